"""RDF of others read into records and edges."""
