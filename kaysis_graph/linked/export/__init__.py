"""Records, terms and the whole graph given out as RDF."""
