"""The export as rdflib reads it, what rules find wrong with it, and the edges and classes that it tells."""

import os
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyoxigraph
import pyshacl
from pyoxigraph import DefaultGraph, Quad, RdfFormat
from rdflib import RDF, RDFS, SH, XSD, BNode, Literal, Namespace, URIRef
from rdflib import Graph as Triples
from rdflib.collection import Collection
from rdflib.namespace import OWL
from rdflib.term import Node

from kaysis_graph import schema
from kaysis_graph.clock import today
from kaysis_graph.graph.graph import Graph
from kaysis_graph.graph.queries import parse
from kaysis_graph.linked.export import all_quads, vocabulary
from kaysis_graph.linked.iris import Iris
from kaysis_graph.schema import Schema
from kaysis_graph.schema.derive import owl, shacl

SHARED = Path(os.environ.get("KAYSIS_SHARED", Path(__file__).parents[2] / "shared")) / "standards"
STANDARDS = {
    "CPSV-AP": "cpsv-ap-3.2.0/cpsv-ap-SHACL.ttl",
    "CPOV": "cpov-2.1.2/core-public-organisation-ap-SHACL.ttl",
    "CCCEV": "cccev-2.1.0/cccev-ap-SHACL.ttl",
    "DCAT-AP": "dcat-ap-3.0.1/dcat-ap-SHACL.ttl",
}
ONTOLOGIES = (
    "cpsv-ap-3.2.0/cpsv-ap.ttl",
    "cpov-2.1.2/core-public-organisation-ap.ttl",
    "cccev-2.1.0/cccev.ttl",
    "m8g/m8g.ttl",
    "eli-1.4/eli.owl",
    "w3c/org.ttl",
    "w3c/dcat.ttl",
)
BASE = "https://kaysis.gov.example"
KAYSIS, CODE, ID, SHAPE = (Namespace(f"{BASE}/{path}/") for path in ("def", "def/code", "id", "def/shape"))
CV, CPSV = Namespace("http://data.europa.eu/m8g/"), Namespace("http://purl.org/vocab/cpsv#")
ELI = Namespace("http://data.europa.eu/eli/ontology#")
Triple = tuple[Node, Node, Node]
HELD = parse(
    "held",
    """// The edges that hold on a day, each pair of ends once: how many of a type lead from a kind to a kind.
// takes: at
// gives: type, source, target, edges
MATCH (source:Record)-[edge]->(target:Record)
WHERE (source.spells IS NULL
         AND (source.valid_from IS NULL OR source.valid_from <= $at)
         AND (source.valid_to IS NULL OR $at < source.valid_to)
       OR any(spell IN coalesce(source.spells, [])
              WHERE left(spell, 10) <= toString($at) AND toString($at) < right(spell, 10)))
  AND (edge.valid_from IS NULL OR edge.valid_from <= $at) AND (edge.valid_to IS NULL OR $at < edge.valid_to)
WITH DISTINCT type(edge) AS type, source, target
RETURN type, labels(source) AS source, labels(target) AS target, count(*) AS edges
""",
)
EVER = parse(
    "ever",
    """// All edges there ever were.
// gives: edges
MATCH (:Record)-[edge]->(:Record)
RETURN count(edge) AS edges
""",
)


@dataclass(frozen=True)
class HeldRow:
    type: str
    source: list[str]
    target: list[str]
    edges: int


@dataclass(frozen=True)
class EverRow:
    edges: int


@dataclass(frozen=True)
class Export:
    """The seed as RDF: what is valid today, and that with the history."""

    today: Triples
    whole: Triples


def exported(graph: Graph) -> Export:
    """The whole graph as RDF, as of today."""
    quads = list(all_quads.quads(graph.store, Iris(BASE, graph.schema), graph.on(today())))
    return Export(triples(quad for quad in quads if quad.graph_name == DefaultGraph()), triples(quads))


@cache
def rules(name: str) -> Triples:
    """The shapes of a standard."""
    return Triples().parse(SHARED / STANDARDS[name])


@cache
def our_rules() -> Triples:
    """Our own shapes under the base of the tests."""
    return Triples().parse(data=vocabulary.under(shacl.document(schema.read()), BASE), format="turtle")


@cache
def our_ontology() -> Triples:
    """Our own ontology under the base of the tests."""
    return Triples().parse(data=vocabulary.under(owl.document(schema.read()), BASE), format="turtle")


def triples(quads: Iterable[Quad]) -> Triples:
    text = pyoxigraph.serialize((quad.triple for quad in quads), format=RdfFormat.N_TRIPLES)
    assert text is not None
    return Triples().parse(data=text, format="nt")


@dataclass(frozen=True)
class Flaw:
    """One result of a validation."""

    severity: str
    shape: str
    focus: Node | None
    path: Node | None
    messages: tuple[Literal, ...]


def flaws(data: Triples, rules: Triples) -> list[Flaw]:
    """What the rules find wrong with a graph."""
    _, report, _ = pyshacl.validate(data, shacl_graph=rules, inference="none", inplace=True)
    assert isinstance(report, Triples)
    return [
        Flaw(
            severity=str(report.value(one, SH.resultSeverity)).removeprefix(str(SH)),
            shape=str(report.value(one, SH.sourceShape)).removeprefix(str(SHAPE)),
            focus=report.value(one, SH.focusNode),
            path=report.value(one, SH.resultPath),
            messages=tuple(text for text in report.objects(one, SH.resultMessage) if isinstance(text, Literal)),
        )
        for one in report.subjects(RDF.type, SH.ValidationResult)
    ]


def flaws_of(nodes: set[Node], data: Triples, rules: Triples) -> list[Flaw]:
    """What the rules find wrong with some nodes, asked of no more than them and the classes of what they point at.

    The validator has a filter of its own, which the counts of values of a form trip over (pySHACL 0.40).
    """
    part = Triples()
    for node in nodes:
        for triple in data.triples((node, None, None)):
            part.add(triple)
            for known in data.triples((triple[2], RDF.type, None)):
                part.add(known)
    return [flaw for flaw in flaws(part, rules) if flaw.focus in nodes]


class Ontologies:
    """What the ontologies say of classes and properties, as far as RDFS draws conclusions from it."""

    def __init__(self, *graphs: Triples) -> None:
        self.graphs = graphs
        self.above = self._closed(RDFS.subClassOf)
        self.over = self._closed(RDFS.subPropertyOf)
        self.domains = self._ends(RDFS.domain)
        self.ranges = self._ends(RDFS.range)

    def classes(self, types: Iterable[Node]) -> set[Node]:
        """The classes and every class above them."""
        given = set(types)
        return given.union(*(self.above[one] for one in given))

    def demanded(self, ends: dict[Node, set[frozenset[Node]]], predicate: Node) -> Iterator[frozenset[Node]]:
        """What a statement makes of its subject or object: for each demand, one of these classes."""
        for one in {predicate, *self.over[predicate]}:
            yield from ends.get(one, ())

    def _closed(self, relation: URIRef) -> dict[Node, set[Node]]:
        up: dict[Node, set[Node]] = defaultdict(set)
        for graph in self.graphs:
            for lower, upper in graph.subject_objects(relation):
                if isinstance(upper, URIRef):
                    up[lower].add(upper)
        closed: dict[Node, set[Node]] = defaultdict(set)
        for one in list(up):
            waiting = [one]
            while waiting:
                for upper in up.get(waiting.pop(), ()):
                    if upper not in closed[one]:
                        closed[one].add(upper)
                        waiting.append(upper)
        return closed

    def _ends(self, relation: URIRef) -> dict[Node, set[frozenset[Node]]]:
        ends: dict[Node, set[frozenset[Node]]] = defaultdict(set)
        for graph in self.graphs:
            for one, end in graph.subject_objects(relation):
                union = graph.value(end, OWL.unionOf)
                members = Collection(graph, union) if isinstance(end, BNode) and union is not None else [end]
                ends[one].add(frozenset(members))
        return ends


def classes_added(graph: Triples) -> Counter[tuple[Node, frozenset[Node]]]:
    """What domains and ranges would make of things beyond the classes they are given, by the property."""
    ontologies = Ontologies(*(Triples().parse(SHARED / path) for path in ONTOLOGIES), our_ontology())
    said: dict[Node, set[Node]] = defaultdict(set)
    for subject, named in graph.subject_objects(RDF.type):
        said[subject].add(named)
    classes = {subject: ontologies.classes(types) for subject, types in said.items()}
    anything = {RDFS.Resource, RDFS.Literal, OWL.Thing}
    added, looked_at = Counter[tuple[Node, frozenset[Node]]](), 0
    for subject, predicate, value in graph:
        demands = [(subject, one) for one in ontologies.demanded(ontologies.domains, predicate)]
        demands += [(value, one) for one in ontologies.demanded(ontologies.ranges, predicate)]
        for node, demand in demands:
            looked_at += 1
            is_one = {kind_of(node)} if isinstance(node, Literal) else classes.get(node, set())
            if not demand & (is_one | anything):
                added[predicate, demand] += 1
    assert looked_at > len(graph) / 2
    return added


def kind_of(literal: Literal) -> Node:
    return literal.datatype or (RDF.langString if literal.language else XSD.string)


def pointed_at_without_class(graph: Triples) -> set[Node]:
    """What is pointed at and has no class; classes and the words of the vocabulary are described elsewhere."""
    return {
        value
        for _, predicate, value in graph
        if isinstance(value, URIRef)
        and predicate not in (RDF.type, RDF.predicate)
        and (value, RDF.type, None) not in graph
    }


def edges_held(graph: Graph) -> Counter[tuple[str, str, str]]:
    """By type and kinds, how many edges hold today by the engine."""
    rows = graph.store.read(HELD, into=HeldRow, at=today())
    kinds = graph.schema
    return Counter(
        {(row.type, kind_among(kinds, row.source), kind_among(kinds, row.target)): row.edges for row in rows}
    )


def edges_ever(graph: Graph) -> int:
    """How many edges there ever were by the engine."""
    (row,) = graph.store.read(EVER, into=EverRow)
    return row.edges


def edges_told(export: Export, kinds: Schema) -> int:
    """How many edges the export tells: its nodes of edges, and the triples of today that have none."""
    nodes = set(export.whole.subjects(RDF.type, KAYSIS.Edge))
    parts = (RDF.subject, RDF.predicate, RDF.object)
    told = {tuple(export.whole.value(node, part) for part in parts) for node in nodes}
    assert all(None not in edge for edge in told)
    return len(nodes) + sum(1 for edge in plain_edges(export.today, kinds) if edge not in told)


def kind_among(kinds: Schema, labels: list[str]) -> str:
    return next(label for label in labels if label in kinds.kinds)


def edges_said(graph: Triples, kinds: Schema) -> Iterator[tuple[str, str, str]]:
    """Each edge that the triples tell: its type and the kinds it joins, in whatever form it is said."""
    kind_of = {record: name for name in kinds.kinds for record in graph.subjects(RDF.type, KAYSIS[name])}
    iris = Iris(BASE, kinds)
    for name, kind in kinds.kinds.items():
        for edge in kind.edges.values():
            for target in edge.to:
                ways = {URIRef(iris.own(edge.role).value)}
                ways |= {URIRef(iris.term(edge.rdf[target]).value)} if target in edge.rdf else set()
                ways |= {ELI.changes} if edge.type == "REPEALS" else set()
                for record in graph.subjects(RDF.type, KAYSIS[name]):
                    for end in ends(graph, record, ways):
                        if kind_of.get(end) == target:
                            yield edge.type, name, target


def ends(graph: Triples, record: Node, ways: set[URIRef]) -> Iterator[Node]:
    """The records at the other end, past procedures, requirements and lists."""
    for way in ways:
        for end in graph.objects(record, way):
            # A step is part of the procedure of its service.
            yield URIRef(str(end).removesuffix("#procedure"))
    if CV.hasInputType in ways:
        for requirement in graph.objects(record, CV.holdsRequirement):
            for choice in graph.objects(requirement, CV.hasEvidenceTypeList):
                yield from graph.objects(choice, CV.specifiesEvidenceType)
    if CV.holdsRequirement in ways:
        for requirement in graph.objects(record, CV.holdsRequirement):
            yield from graph.objects(requirement, CV.hasConcept)


def plain_edges(graph: Triples, kinds: Schema) -> Iterator[Triple]:
    """Each pair of ends that an edge of today joins, with the role of ours."""
    iris = Iris(BASE, kinds)
    for name, kind in kinds.kinds.items():
        for edge in kind.edges.values():
            ways = {URIRef(iris.own(edge.role).value), *(URIRef(iris.term(term).value) for term in edge.rdf.values())}
            ways |= {ELI.changes} if edge.type == "REPEALS" else set()
            for record in graph.subjects(RDF.type, KAYSIS[name]):
                for end in set(ends(graph, record, ways)):
                    if any((end, RDF.type, KAYSIS[target]) in graph for target in edge.to):
                        yield record, KAYSIS[edge.role], end
