"""RDF files become records: our own export comes back as it was, other catalogues as far as the schema goes."""

import contextlib
import gzip
import json
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import conftest
import pyoxigraph
import pytest
from conftest import AUTHOR
from pyoxigraph import Quad

from kaysis_graph.graph import history
from kaysis_graph.graph.follower import Follower
from kaysis_graph.graph.graph import Graph
from kaysis_graph.graph.store import Store
from kaysis_graph.linked import arriving, parsing, whole
from kaysis_graph.linked.iris import Iris
from kaysis_graph.registry import records, saving, streaming
from kaysis_graph.registry.names import today
from kaysis_graph.registry.transfer import importing, seeding
from kaysis_graph.registry.transfer.report import ImportReport
from kaysis_graph.schema import Schema

STANDARDS = Path("/work/shared/standards")
PREFIXES = """
@prefix cpsv: <http://purl.org/vocab/cpsv#> .
@prefix cv: <http://data.europa.eu/m8g/> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix adms: <http://www.w3.org/ns/adms#> .
@prefix eli: <http://data.europa.eu/eli/ontology#> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix ex: <http://example.org/> .
@prefix kaysis: <https://any.example/graph/def/> .
@prefix code: <https://any.example/graph/def/code/> .
@prefix service: <https://any.example/graph/id/service/> .
@prefix document: <https://any.example/graph/id/document/> .
@prefix organisation: <https://any.example/graph/id/organisation/> .
@prefix legislation: <https://any.example/graph/id/legislation/> .
"""
UNIT = """
organisation:99500001 a cv:PublicOrganisation ; dct:title 'Birim'@tr ;
    kaysis:category code:organisation_category.ministry .
"""
DOCUMENTS = "".join(
    f"document:dbys-{number} a cv:EvidenceType ; dct:title 'Belge {number}'@tr .\n" for number in range(1, 6)
)


def written(folder: Path, turtle: str, name: str = "data.ttl") -> Path:
    """A file of Turtle with the prefixes of these tests."""
    path = folder / name
    path.write_text(PREFIXES + turtle, "utf-8")
    return path


def imported(store: Store, kinds: Schema, *paths: Path, ids: Path | None = None) -> ImportReport:
    return importing.run(store, kinds, arriving.source(kinds, paths, ids=ids), AUTHOR)


def brought(store: Store, kinds: Schema, folder: Path, turtle: str) -> ImportReport:
    """The report of an import that is expected to go through."""
    report = imported(store, kinds, written(folder, turtle))
    assert report.status == "written", report.first_problems
    return report


def rules(report: ImportReport) -> dict[str, int]:
    return {count.rule: count.count for count in report.by_rule}


def everything(store: Store, kinds: Schema) -> dict[str, tuple[dict[str, Any], list[dict[str, Any]]]]:
    """Every record with the edges that leave it, as JSON."""
    return {
        held.record.id: (
            records.record_json(held.record),
            sorted((records.edge_json(edge) for edge in held.edges), key=lambda edge: json.dumps(edge, sort_keys=True)),
        )
        for page in streaming.every(store, kinds)
        for held in page
    }


def fields(store: Store, kinds: Schema, identifier: str) -> dict[str, Any]:
    (record,) = saving.existing(store, kinds, [identifier]).values()
    return records.record_json(record)


def edges(store: Store, kinds: Schema, identifier: str) -> list[dict[str, Any]]:
    (held,) = streaming.some(store, kinds, [identifier])
    return sorted((records.edge_json(edge) for edge in held.edges), key=lambda edge: (edge["type"], edge["to"]))


@contextlib.contextmanager
def graph_of(store: Store, kinds: Schema) -> Iterator[Graph]:
    graph = Graph(store, kinds, Follower(store, kinds, None))
    yield graph


def exported(store: Store, kinds: Schema, base: str = "https://kaysis.example/graf") -> list[Quad]:
    """All quads of the graph, as of today."""
    with graph_of(store, kinds) as graph:
        return list(whole.quads(store, Iris(base, kinds), graph.on(today())))


def wiped(store: Store) -> None:
    store.write(lambda transaction: transaction.run(conftest.WIPE))
    history.begin(store)


@pytest.fixture
def planted(store: Store, kinds: Schema) -> Store:
    """The seed with what is hard to say in RDF on top of it."""
    seeding.plant(store, kinds)
    saving.change_field(store, kinds, "99001009", "title", "Yeni İçişleri Bakanlığı", date(2026, 1, 1), AUTHOR)
    saving.change_field(store, kinds, "99001002", "title", "Yarının Bakanlığı", date(2090, 1, 1), AUTHOR)
    saving.end(store, kinds, "heys-41001", date(2026, 2, 1), AUTHOR)
    record = {
        "kind": "Document",
        "id": "dbys-77",
        "title": "Çok “tırnaklı” \\ belge",
        "synonyms": ["Zarf", "Ad", "Çizelge"],
        "note": "birinci satır\nikinci\tsatır",
        "edges": [
            {"type": "ISSUED_BY", "to": "99001009", "valid_from": "2001-01-01", "valid_to": "2005-01-01"},
            {"type": "ISSUED_BY", "to": "99001009", "valid_from": "2010-01-01"},
            {"type": "ISSUED_BY", "to": "99001002", "valid_from": "2091-01-01"},
        ],
    }
    saving.save(store, kinds, record, AUTHOR)
    return store


@pytest.mark.parametrize("name", ["whole.nq", "whole.trig", "whole.jsonld", "whole.nq.gz"])
def test_our_own_export_comes_back_as_it_was(planted: Store, kinds: Schema, tmp_path: Path, name: str) -> None:
    before, quads = everything(planted, kinds), exported(planted, kinds)
    path = tmp_path / name
    form = parsing.form_of(path)
    content = pyoxigraph.serialize(iter(quads), format=parsing.FORMS[form])
    assert content is not None
    path.write_bytes(gzip.compress(content) if path.suffix == ".gz" else content)
    again = importing.check(planted, kinds, arriving.source(kinds, [path]), AUTHOR)
    assert (again.errors, again.records.new, again.records.changed) == (0, 0, 0), again.first_problems
    assert (again.edges.new, again.edges.changed) == (0, 0)
    wiped(planted)
    report = imported(planted, kinds, path)
    assert report.status == "written", report.first_problems
    assert not [rule for rule in rules(report) if rule.startswith("linked.")]
    after = everything(planted, kinds)
    assert after == before
    assert Counter(exported(planted, kinds)) == Counter(quads)
    assert imported(planted, kinds, path).status == "unchanged"
