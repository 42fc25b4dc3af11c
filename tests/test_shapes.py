"""The export keeps the rules of the public standards and our own, which do refuse what is broken, and loses no edge.

Shapes are asked without inference: every class a rule aims at is in the export itself, so that what holds here holds
for a consumer who reasons over nothing. That rules reach their nodes is shown by breaking copies.
"""

import json
import os
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph
import pyshacl
import pytest
from pyoxigraph import DefaultGraph, Quad, RdfFormat
from rdflib import RDF, RDFS, SH, XSD, BNode, Literal, Namespace, URIRef
from rdflib import Graph as Triples
from rdflib.collection import Collection
from rdflib.compare import isomorphic
from rdflib.namespace import DCTERMS, FOAF, OWL, SKOS
from rdflib.term import Node

from kaysis_graph.graph.graph import Graph
from kaysis_graph.graph.queries import parse
from kaysis_graph.linked import vocabulary, whole
from kaysis_graph.linked.iris import Iris
from kaysis_graph.registry.names import today
from kaysis_graph.schema import Schema
from kaysis_graph.schema.derive import codes, context, ontology, shapes

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
standards = pytest.mark.skipif(not SHARED.is_dir(), reason=f"the standards are not in {SHARED} (KAYSIS_SHARED)")
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
WHERE (source.valid_from IS NULL OR source.valid_from <= $at) AND (source.valid_to IS NULL OR $at < source.valid_to)
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


@pytest.fixture(scope="module")
def iris(kinds: Schema) -> Iris:
    return Iris(BASE, kinds)


@pytest.fixture(scope="module")
def export(sample: Graph, iris: Iris) -> Export:
    quads = list(whole.quads(sample.store, iris, sample.on(today())))
    held = [quad for quad in quads if quad.graph_name == DefaultGraph()]
    assert len(quads) > len(held) > 30_000
    return Export(triples(held), triples(quads))


@pytest.fixture(scope="module")
def ours(kinds: Schema) -> Triples:
    return Triples().parse(data=vocabulary.under(shapes.document(kinds), BASE), format="turtle")


@pytest.fixture(scope="module")
def rules(ours: Triples) -> Callable[[str], Triples]:
    """The shapes of a standard, or our own, read once."""
    read = {"KAYSİS": ours}

    def of(name: str) -> Triples:
        if name not in read:
            read[name] = Triples().parse(SHARED / STANDARDS[name])
        return read[name]

    return of


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


def test_our_own_rules_find_nothing_wrong_with_the_seed(export: Export, ours: Triples) -> None:
    assert flaws(export.today, ours) == []


def test_our_own_rules_find_nothing_wrong_with_the_history(export: Export, ours: Triples) -> None:
    past = set(export.whole.subjects()) - set(export.today.subjects())
    assert len(past) > 20
    assert flaws_of(past, export.whole, ours) == []


@standards
@pytest.mark.parametrize("part", ["today", "whole"])
@pytest.mark.parametrize("standard", STANDARDS)
def test_a_standard_finds_no_violation_in_the_seed(
    export: Export, rules: Callable[[str], Triples], standard: str, part: str
) -> None:
    found = flaws(getattr(export, part), rules(standard))
    assert [flaw for flaw in found if flaw.severity == "Violation"] == []


@dataclass(frozen=True)
class Break:
    """A node, the statements about it that are taken out (by predicate), and those put in."""

    node: URIRef
    out: tuple[URIRef, ...] = ()
    put: tuple[tuple[URIRef, Node], ...] = ()

    def flaws(self, data: Triples, rules: Triples) -> list[Flaw]:
        """What the rules find wrong with the node once it is broken, asked of it and the classes of what it names."""
        said = [
            (predicate, value) for predicate, value in data.predicate_objects(self.node) if predicate not in self.out
        ]
        assert all((self.node, predicate, None) in data for predicate in self.out), "what is taken out must be there"
        broken = Triples()
        for predicate, value in (*said, *self.put):
            broken.add((self.node, predicate, value))
            for known in data.triples((value, RDF.type, None)):
                broken.add(known)
        return [flaw for flaw in flaws(broken, rules) if flaw.focus == self.node]


SERVICE, UNIT, ACT = ID["service/heys-41001"], ID["organisation/99001009"], ID["legislation/kanun-5490"]
DOCUMENT, DATUM, PROVINCE = ID["document/dbys-2001"], ID["data_element/veri-1"], ID["place/il-06"]
PROVISION = ID["provision/bkk-2006-11081.m24"]
ALTERNATIVES = URIRef(f"{SERVICE}#alternatives~bildirim")
COUNT, DAY = KAYSIS.yearly_transactions, Literal("2020-01-01", datatype=XSD.date)
EDGE = URIRef(f"{SERVICE}#edge~PROVIDED_BY~99006201")


def turkish(text: str) -> Literal:
    return Literal(text, lang="tr")


@standards
@pytest.mark.parametrize(
    ("standard", "broken", "path"),
    [
        ("CPSV-AP", Break(SERVICE, out=(CV.hasCompetentAuthority,)), CV.hasCompetentAuthority),
        ("CPSV-AP", Break(SERVICE, (DCTERMS.title,), ((DCTERMS.title, Literal("Ad")),)), DCTERMS.title),
        ("CPSV-AP", Break(SERVICE, put=((CPSV.produces, UNIT),)), CPSV.produces),
        ("CPSV-AP", Break(DOCUMENT, out=(DCTERMS.title,)), DCTERMS.title),
        ("CPSV-AP", Break(UNIT, out=(DCTERMS.spatial,)), DCTERMS.spatial),
        ("CPOV", Break(UNIT, put=((SKOS.prefLabel, turkish("Başka ad")),)), SKOS.prefLabel),
        ("CPOV", Break(UNIT, put=((SKOS.prefLabel, Literal("Ad")),)), SKOS.prefLabel),
        ("CCCEV", Break(DATUM, put=((SKOS.prefLabel, turkish("Veri")),)), SKOS.prefLabel),
        ("CCCEV", Break(ALTERNATIVES, put=((CV.hasEvidenceTypeList, UNIT),)), CV.hasEvidenceTypeList),
        ("DCAT-AP", Break(UNIT, out=(FOAF.name,)), FOAF.name),
        ("DCAT-AP", Break(ID.catalogue, out=(DCTERMS.title,)), DCTERMS.title),
    ],
)
def test_a_standard_finds_what_is_broken(
    export: Export, rules: Callable[[str], Triples], standard: str, broken: Break, path: URIRef
) -> None:
    found = broken.flaws(export.today, rules(standard))
    assert path in {flaw.path for flaw in found if flaw.severity == "Violation"}


@pytest.mark.parametrize(
    ("broken", "shape"),
    [
        (Break(SERVICE, out=(DCTERMS.identifier,)), "Service.identifier"),
        (Break(SERVICE, (DCTERMS.identifier,), ((DCTERMS.identifier, Literal("41001")),)), "Service.identifier"),
        (Break(SERVICE, put=((DCTERMS.identifier, Literal("heys-41002")),)), "Service.identifier"),
        (Break(SERVICE, out=(DCTERMS.title,)), "Record.title"),
        (Break(SERVICE, put=((DCTERMS.title, turkish("Başka ad")),)), "Record.title"),
        (Break(SERVICE, put=((DCTERMS.title, Literal("Ad")),)), "Record.title.languages"),
        (Break(SERVICE, put=((DCTERMS.title, Literal("Titel", lang="de")),)), "Record.title.languages"),
        (Break(SERVICE, put=((KAYSIS.valid_from, Literal("2020-01-01")),)), "Record.valid_from"),
        (Break(SERVICE, put=((KAYSIS.channel, CODE["service_channel.by_pigeon"]),)), "Service.channel"),
        (Break(SERVICE, put=((COUNT, Literal("41", datatype=XSD.string)),)), "Service.yearly_transactions"),
        (Break(SERVICE, put=((COUNT, Literal(41)), (COUNT, Literal(42)))), "Service.yearly_transactions"),
        (Break(SERVICE, put=((CV.hasCompetentAuthority, DOCUMENT),)), "Service.provided_by"),
        (Break(SERVICE, put=((CV.hasLegalResource, UNIT),)), "Service.based_on"),
        (Break(SERVICE, put=((KAYSIS.uses, Literal("e-Devlet")),)), "Service.uses"),
        (Break(SERVICE, out=(DCTERMS.isPartOf,)), "Service.catalogue"),
        (Break(SERVICE, put=((KAYSIS.valid_from, DAY), (KAYSIS.valid_to, DAY))), "Record.days"),
        (Break(PROVINCE, put=((DCTERMS.isPartOf, ID["place/il-34"]), (DCTERMS.isPartOf, PROVINCE))), "Place.part_of"),
        (Break(UNIT, (RDF.type,), ((RDF.type, KAYSIS.Organisation),)), "Organisation.type.cv-PublicOrganisation"),
        (Break(UNIT, put=((RDF.type, KAYSIS.Service),)), "Service"),
        (Break(ACT, out=(ELI.type_document,)), "Legislation.legislation_type"),
        (Break(ACT, out=(ELI.in_force,)), "Legislation.in_force"),
        (Break(PROVISION, out=(ELI.is_part_of,)), "Provision.part_of.least"),
        (Break(URIRef(f"{ACT}#tr"), out=(ELI.title,)), "Text.title"),
        (Break(URIRef(f"{ACT}#tr"), put=((ELI.title, turkish("Başka ad")),)), "Text.title"),
        (Break(EDGE, out=(RDF.object,)), "Edge.object"),
        (Break(EDGE, (RDF.predicate,), ((RDF.predicate, DCTERMS.relation),)), "Edge.predicate"),
        (Break(EDGE, put=((KAYSIS.is_unverified, Literal("evet")),)), "Edge.is_unverified"),
        (Break(ALTERNATIVES, out=(DCTERMS.title,)), "Requirement.title"),
        (Break(URIRef(f"{ALTERNATIVES}~dbys-2006"), out=(CV.specifiesEvidenceType,)), "Choice.document"),
        (Break(CODE["service_channel.electronic"], out=(SKOS.prefLabel,)), "Code.label"),
    ],
)  # fmt: skip
def test_our_own_rules_find_what_is_broken_and_say_so_in_both_languages(
    export: Export, ours: Triples, broken: Break, shape: str
) -> None:
    assert broken.node in set(export.today.subjects())
    found = {flaw.shape: flaw for flaw in broken.flaws(export.today, ours)}
    assert shape in found
    said = {text.language: str(text) for text in found[shape].messages}
    assert set(said) == {"tr", "en"}
    names = {str(name) for name in ours.objects(SHAPE[shape], SH.name)}
    assert not names or all(any(name in text for name in names) for text in said.values())
    assert found[shape].severity == ("Warning" if shape.endswith(".least") else "Violation")


def test_an_earlier_value_without_its_record_is_refused(export: Export, ours: Triples) -> None:
    past = next(node for node in export.whole.subjects(RDF.type, KAYSIS.EarlierValue) if isinstance(node, URIRef))
    found = Break(past, out=(RDF.subject,)).flaws(export.whole, ours)
    assert [flaw.shape for flaw in found] == ["EarlierValue.subject"]


def test_our_shapes_are_shapes(kinds: Schema, ours: Triples) -> None:
    nothing = Triples()
    pyshacl.validate(nothing, shacl_graph=ours, meta_shacl=True)
    targets = set(ours.objects(None, SH.targetClass))
    assert {KAYSIS[kind] for kind in kinds.kinds} < targets
    for shape in ours.subjects(RDF.type, SH.PropertyShape):
        assert {text.language for text in ours.objects(shape, SH.message) if isinstance(text, Literal)} == {"tr", "en"}


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


@standards
def test_no_domain_or_range_makes_a_thing_what_the_export_does_not_say(export: Export, kinds: Schema) -> None:
    read = [Triples().parse(SHARED / path) for path in ONTOLOGIES]
    own = Triples().parse(data=vocabulary.under(ontology.document(kinds), BASE), format="turtle")
    ontologies = Ontologies(*read, own)
    said: dict[Node, set[Node]] = defaultdict(set)
    for subject, named in export.whole.subject_objects(RDF.type):
        said[subject].add(named)
    classes = {subject: ontologies.classes(types) for subject, types in said.items()}
    anything = {RDFS.Resource, RDFS.Literal, OWL.Thing}
    added, looked_at = Counter[tuple[Node, frozenset[Node]]](), 0
    for subject, predicate, value in export.whole:
        demands = [(subject, one) for one in ontologies.demanded(ontologies.domains, predicate)]
        demands += [(value, one) for one in ontologies.demanded(ontologies.ranges, predicate)]
        for node, demand in demands:
            looked_at += 1
            is_one = {kind_of(node)} if isinstance(node, Literal) else classes.get(node, set())
            if not demand & (is_one | anything):
                added[predicate, demand] += 1
    assert looked_at > 20_000
    assert added == {}


def kind_of(literal: Literal) -> Node:
    return literal.datatype or (RDF.langString if literal.language else XSD.string)


@standards
def test_our_ontology_puts_no_record_into_a_class_it_is_not_given(export: Export, kinds: Schema) -> None:
    own = Ontologies(Triples().parse(data=vocabulary.under(ontology.document(kinds), BASE), format="turtle"))
    for subject, named in export.whole.subject_objects(RDF.type):
        above = {one for one in own.classes([named]) if one != KAYSIS.Record}
        assert above <= set(export.whole.objects(subject, RDF.type)), (subject, named)


def test_everything_that_is_pointed_at_has_a_class(export: Export) -> None:
    loose = {
        value
        for _, predicate, value in export.today
        if isinstance(value, URIRef)
        and predicate not in (RDF.type, RDF.predicate)
        and (value, RDF.type, None) not in export.today
    }
    assert loose == set()


@pytest.mark.parametrize("label", [DCTERMS.title, SKOS.prefLabel, FOAF.name, ELI.title, DCTERMS.description])
def test_a_label_is_said_once_in_each_language(export: Export, label: URIRef) -> None:
    said = Counter(
        (subject, text.language) for subject, text in export.whole.subject_objects(label) if isinstance(text, Literal)
    )
    assert len(said) > 30
    assert set(said.values()) == {1}


def test_every_record_has_a_turkish_title(export: Export, kinds: Schema) -> None:
    for kind in kinds.kinds:
        for record in export.whole.subjects(RDF.type, KAYSIS[kind]):
            assert any(
                isinstance(text, Literal) and text.language == "tr"
                for text in export.whole.objects(record, DCTERMS.title)
            )


def test_every_edge_that_holds_is_in_the_graph_of_today(export: Export, sample: Graph, kinds: Schema) -> None:
    rows = sample.store.read(HELD, into=HeldRow, at=today())
    held = {(row.type, kind_among(kinds, row.source), kind_among(kinds, row.target)): row.edges for row in rows}
    assert sum(held.values()) > 1_500
    assert Counter(edges_said(export.today, kinds)) == held


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


def test_nodes_of_edges_and_triples_without_one_are_all_the_edges_there_ever_were(
    export: Export, sample: Graph, kinds: Schema
) -> None:
    nodes = set(export.whole.subjects(RDF.type, KAYSIS.Edge))
    told = {
        tuple(export.whole.value(node, part) for part in (RDF.subject, RDF.predicate, RDF.object)) for node in nodes
    }
    assert all(None not in edge for edge in told)
    plain = sum(1 for edge in plain_edges(export.today, kinds) if edge not in told)
    (ever,) = sample.store.read(EVER, into=EverRow)
    assert len(nodes) + plain == ever.edges


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


def test_the_file_of_codes_says_what_the_export_says(export: Export, kinds: Schema) -> None:
    file = set(Triples().parse(data=vocabulary.under(codes.document(kinds), BASE), format="turtle"))
    lists = set(export.today.subjects(RDF.type, SKOS.ConceptScheme)) | set(
        export.today.subjects(RDF.type, SKOS.Concept)
    )
    assert file == {triple for triple in export.today if triple[0] in lists}


def test_a_record_in_json_with_our_context_is_the_record(export: Export, kinds: Schema) -> None:
    told = json.loads(vocabulary.under(context.document(kinds), BASE))["@context"]
    for kind in kinds.kinds:
        for record in sorted(map(str, export.whole.subjects(RDF.type, KAYSIS[kind])))[:3]:
            part = Triples()
            for triple in export.whole:
                if str(triple[0]) == record or str(triple[0]).startswith(f"{record}#"):
                    part.add(triple)
            text = part.serialize(format="json-ld", context=told)
            assert isomorphic(part, triples(pyoxigraph.parse(text, RdfFormat.JSON_LD))), record
            assert '"title": {' in text
