"""Linked data: the graph as RDF, both ways, and the copy that SPARQL is asked of."""
