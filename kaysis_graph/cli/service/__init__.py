"""The processes of a service and the port that they listen to."""
