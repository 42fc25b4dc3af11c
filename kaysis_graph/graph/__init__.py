"""The one door to the graph: engines, queries, history and the projection."""
