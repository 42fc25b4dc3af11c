"""What an act rests on, through every act between, walked with networkx."""

import networkx as nx
from rdflib import Graph, URIRef

rdf = Graph().parse("http://127.0.0.1:8000/api/dump?format=ntriples", format="nt")
acts = nx.DiGraph(rdf.subject_objects(URIRef("http://data.europa.eu/eli/ontology#based_on")))
bases = nx.descendants(acts, URIRef("http://127.0.0.1:8000/id/legislation/cbk-1"))
