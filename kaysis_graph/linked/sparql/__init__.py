"""Queries in SPARQL, answered by workers that can be killed."""
