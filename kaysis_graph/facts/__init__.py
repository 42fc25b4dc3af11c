"""What follows from the graph on a day, for two features or more: force, institutions, makers and takers, owners."""
