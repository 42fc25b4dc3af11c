"""The export keeps the rules of the public standards and our own, which do refuse what is broken, and loses no edge.

Shapes are asked without inference: every class a rule aims at is in the export itself, so that what holds here holds
for a consumer who reasons over nothing. That rules reach their nodes is shown by breaking copies.
"""

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph
import pyshacl
import pytest
from pyoxigraph import DefaultGraph, Quad, RdfFormat
from rdflib import RDF, SH, Literal, Namespace
from rdflib import Graph as Triples
from rdflib.term import Node

from kaysis_graph.graph.graph import Graph
from kaysis_graph.graph.queries import parse
from kaysis_graph.linked import vocabulary, whole
from kaysis_graph.linked.iris import Iris
from kaysis_graph.registry.names import today
from kaysis_graph.schema import Schema
from kaysis_graph.schema.derive import shapes

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
KAYSIS, ID, SHAPE = (Namespace(f"{BASE}/{path}/") for path in ("def", "id", "def/shape"))
CODE = Namespace(f"{BASE}/def/code/")
CV, CPSV, ELI = (
    Namespace(address)
    for address in (
        "http://data.europa.eu/m8g/",
        "http://purl.org/vocab/cpsv#",
        "http://data.europa.eu/eli/ontology#",
    )
)
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
