"""The copy of the graph as quads, kept in step with the change sequence."""
