"""The document of one record keeps by itself the rules that the whole export keeps."""

import pytest
from conftest import AUTHOR
from exported import BASE, SHARED, STANDARDS, flaws, our_rules, pointed_at_without_class, rules
from pyoxigraph import Literal, NamedNode
from rdflib import Graph as Triples
from rdflib import URIRef

from kaysis_graph.clock import today
from kaysis_graph.graph.graph import Graph
from kaysis_graph.graph.store import Store
from kaysis_graph.linked.export import documents
from kaysis_graph.linked.iris import Iris
from kaysis_graph.records import whole_records, writer
from kaysis_graph.schema import Schema

# One that rests on much of each kind the seed has.
RECORDS = (
    "heys-41001", "heys-41002", "99001009", "kanun-5018", "kanun-5490.m11", "dbys-2001", "veri-1", "il-06",
    "heys-41002.adim-1",
)  # fmt: skip


def document(graph: Graph, identifier: str) -> Triples:
    """The document as a reader of RDF has it."""
    iris = Iris(BASE, graph.schema)
    whole = whole_records.one(graph.store, graph.schema, identifier)
    triples = documents.of_record(graph.store, iris, graph.on(today()), whole)
    return Triples().parse(data=documents.serialised(iris, triples, "ntriples"), format="nt")


@pytest.mark.parametrize("identifier", RECORDS)
def test_the_document_of_a_record_breaks_none_of_our_rules(sample: Graph, identifier: str) -> None:
    assert [flaw for flaw in flaws(document(sample, identifier), our_rules()) if flaw.severity == "Violation"] == []


@pytest.mark.parametrize("identifier", RECORDS)
def test_the_document_of_a_record_breaks_none_of_the_rules_of_whole_graphs(sample: Graph, identifier: str) -> None:
    published = documents.published(Iris(BASE, sample.schema), "rules.ttl")
    found = flaws(document(sample, identifier), Triples().parse(data=published, format="turtle"))
    assert [flaw for flaw in found if flaw.severity == "Violation"] == []


@pytest.mark.skipif(not SHARED.is_dir(), reason=f"not there: {SHARED} (KAYSIS_SHARED)")
@pytest.mark.parametrize("identifier", RECORDS)
def test_the_document_of_a_record_breaks_no_rule_of_a_standard(sample: Graph, identifier: str) -> None:
    found = document(sample, identifier)
    for standard in STANDARDS:
        assert flaws(found, rules(standard)) == [], standard


@pytest.mark.parametrize("identifier", RECORDS)
def test_everything_that_a_document_points_at_has_a_class(sample: Graph, identifier: str) -> None:
    # What a neighbour belongs to is told by the neighbour's own document.
    missing = pointed_at_without_class(document(sample, identifier))
    assert {node for node in missing if isinstance(node, URIRef) and not str(node).startswith(f"{BASE}/id/")} == set()


def test_a_title_that_was_borrowed_is_listed_in_its_own_language(store: Store, kinds: Schema) -> None:
    told = {"kind": "Document", "id": "dbys-90001", "title": "Ausweis", "other_titles": ["Ausweis@de"]}
    writer.save(store, kinds, told, author=AUTHOR)
    writer.save(store, kinds, {"kind": "Document", "id": "dbys-90002", "title": "Kimlik"}, author=AUTHOR)
    nodes = {name: NamedNode(f"{BASE}/id/document/{name}") for name in ("dbys-90001", "dbys-90002")}
    listed = [one.object for one in documents.named_records(store, Iris(BASE, kinds), nodes)]
    assert {Literal("Ausweis", language="de"), Literal("Kimlik", language="tr")} <= set(listed)
    assert Literal("Ausweis", language="tr") not in listed
