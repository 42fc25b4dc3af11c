"""A record for rdflib: for those who go on in Python with its RDF."""

from datetime import date

import rdflib

from kaysis_graph.graph.graph import Graph
from kaysis_graph.linked.export import documents
from kaysis_graph.linked.iris import Iris
from kaysis_graph.records import whole_records


def to_rdflib(graph: Graph, iris: Iris, identifier: str, at: date) -> rdflib.Graph:
    """What `/data/{kind}/{id}` says of the record as of the day, with its prefixes bound. NotFound for no record."""
    whole = whole_records.one(graph.store, graph.schema, identifier)
    triples = documents.of_record(graph.store, iris, graph.on(at), whole)
    said = rdflib.Graph(bind_namespaces="none")
    for prefix, namespace in iris.prefixes.items():
        said.bind(prefix, namespace)
    return said.parse(data=documents.serialised(iris, triples, "ntriples"), format="nt")
