"""RDF files become records: our own export comes back as it was, other catalogues as far as the schema goes."""

import contextlib
import gzip
import itertools
import json
import os
import threading
from collections import Counter
from collections.abc import Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import conftest
import pyoxigraph
import pytest
import zstandard
from conftest import AUTHOR
from hypothesis import HealthCheck, given, settings, strategies
from pyoxigraph import Quad, RdfFormat

from kaysis_graph.cli import transfer
from kaysis_graph.cli.exit_codes import Misuse
from kaysis_graph.clock import today
from kaysis_graph.errors import Invalid, KaysisError
from kaysis_graph.graph import history
from kaysis_graph.graph.follower import Follower
from kaysis_graph.graph.graph import Graph
from kaysis_graph.graph.store import Store
from kaysis_graph.linked.export import all_quads, whole_graph
from kaysis_graph.linked.export.description import Describer
from kaysis_graph.linked.imports import parser, rdf_source
from kaysis_graph.linked.iris import Iris
from kaysis_graph.records import record_model, whole_records, writer
from kaysis_graph.schema import Schema
from kaysis_graph.transfer import import_files, job_undo, seed_data
from kaysis_graph.transfer.report import ImportReport

STANDARDS = Path(os.environ.get("KAYSIS_SHARED", Path(__file__).parents[3] / "shared")) / "standards"
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
    return import_files.run(store, kinds, rdf_source.source(kinds, paths, ids=ids), AUTHOR)


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
            record_model.record_json(held.record),
            sorted(
                (record_model.edge_json(edge) for edge in held.edges), key=lambda edge: json.dumps(edge, sort_keys=True)
            ),
        )
        for page in whole_records.every(store, kinds)
        for held in page
    }


def fields(store: Store, kinds: Schema, identifier: str) -> dict[str, Any]:
    (record,) = writer.existing(store, kinds, [identifier]).values()
    return record_model.record_json(record)


def edges(store: Store, kinds: Schema, identifier: str) -> list[dict[str, Any]]:
    (held,) = whole_records.some(store, kinds, [identifier])
    return sorted((record_model.edge_json(edge) for edge in held.edges), key=lambda edge: (edge["type"], edge["to"]))


@contextlib.contextmanager
def graph_of(store: Store, kinds: Schema) -> Iterator[Graph]:
    graph = Graph(store, kinds, Follower(store, kinds, None))
    yield graph


def exported(store: Store, kinds: Schema, base: str = "https://kaysis.example/graf") -> list[Quad]:
    """All quads of the graph, as of today."""
    with graph_of(store, kinds) as graph:
        return list(all_quads.quads(store, Iris(base, kinds), graph.on(today())))


def wiped(store: Store) -> None:
    store.write(lambda transaction: transaction.run(conftest.WIPE))
    history.begin(store)


@pytest.fixture
def planted(store: Store, kinds: Schema) -> Store:
    """The seed with what is hard to say in RDF on top of it."""
    seed_data.plant(store, kinds)
    writer.change_field(store, kinds, "99001009", "title", "Yeni İçişleri Bakanlığı", date(2026, 1, 1), AUTHOR)
    writer.change_field(store, kinds, "99001002", "title", "Yarının Bakanlığı", date(2090, 1, 1), AUTHOR)
    writer.end(store, kinds, "heys-41001", date(2026, 2, 1), AUTHOR)
    record = {
        "kind": "Document",
        "id": "dbys-77",
        "title": "Çok “tırnaklı” \\ belge",
        "synonyms": ["Zarf", "Ad", "Çizelge"],
        "note": "birinci satır\nikinci\tsatır",
        "valid_from": "2008-01-01",
        "earlier_spells": [
            {"valid_from": None, "valid_to": "2003-01-01"},
            {"valid_from": "2004-05-01", "valid_to": "2006-01-01"},
        ],
        "edges": [
            {"type": "ISSUED_BY", "to": "99001009", "valid_from": "2001-01-01", "valid_to": "2005-01-01"},
            {"type": "ISSUED_BY", "to": "99001009", "valid_from": "2010-01-01"},
            {"type": "ISSUED_BY", "to": "99001002", "valid_from": "2091-01-01"},
        ],
    }
    writer.save(store, kinds, record, AUTHOR)
    return store


def test_our_own_export_comes_back_as_it_was(planted: Store, kinds: Schema, tmp_path: Path) -> None:
    before, quads = everything(planted, kinds), exported(planted, kinds)
    paths = []
    for name in ("whole.nq.gz", "whole.trig.zst", "whole.jsonld"):
        path = tmp_path / name
        content = pyoxigraph.serialize(iter(quads), format=whole_graph.FORMS[parser.form_of(path)].rdf)
        assert content is not None
        match path.suffix:
            case ".gz":
                content = gzip.compress(content)
            case ".zst":
                content = zstandard.compress(content)
        path.write_bytes(content)
        paths.append(path)
    for path in paths:
        again = import_files.check(planted, kinds, rdf_source.source(kinds, [path]), AUTHOR)
        assert (again.errors, again.records.new, again.records.changed) == (0, 0, 0), (path, again.first_problems)
        assert (again.edges.new, again.edges.changed) == (0, 0), path
    wiped(planted)
    report = imported(planted, kinds, paths[0])
    assert report.status == "written", report.first_problems
    assert not [rule for rule in rules(report) if rule.startswith("linked.")]
    assert everything(planted, kinds) == before
    assert Counter(exported(planted, kinds)) == Counter(quads)


def test_documents_of_records_under_another_base_and_in_any_order_change_nothing(
    planted: Store, kinds: Schema, tmp_path: Path
) -> None:
    with graph_of(planted, kinds) as graph:
        describer = Describer(Iris("https://elsewhere.example", kinds), graph.on(today()))
        wanted = [
            "heys-41001",
            "heys-41002",
            "kanun-5018",
            "99001009",
            "99001002",
            "dbys-77",
            "veri-1",
        ]
        paths = []
        for held in whole_records.some(planted, kinds, wanted):
            quads = describer.quads(held.record, held.edges)
            path = tmp_path / f"{held.record.id}.ttl"
            triples = {quad.triple for quad in quads}
            pyoxigraph.serialize(triples, str(path), RdfFormat.TURTLE)
            paths.append(path)
    report = imported(planted, kinds, *paths)
    assert (report.status, report.records.unchanged) == ("unchanged", len(wanted)), report.first_problems


def test_an_import_of_linked_data_is_undone_as_any_other(store: Store, kinds: Schema, tmp_path: Path) -> None:
    report = brought(store, kinds, tmp_path, DOCUMENTS)
    job_undo.undo(store, kinds, report.job, AUTHOR)
    assert everything(store, kinds) == {}


def test_a_public_service_of_another_catalogue_becomes_a_record(store: Store, kinds: Schema, tmp_path: Path) -> None:
    brought(
        store, kinds, tmp_path,
        UNIT + DOCUMENTS + """
        ex:one a cpsv:PublicService ; dct:identifier "heys-900" ;
            dct:title "Ruhsat"@tr, "Permit"@en, "Permis"@fr ; dct:description "Ruhsat verilir."@tr-TR ;
            cv:processingTime "P15D"^^xsd:duration ; cv:hasCompetentAuthority ex:unit ;
            cpsv:hasInput document:dbys-1 ; cpsv:produces document:dbys-2 ; cv:holdsRequirement ex:need, ex:datum ;
            cv:hasLegalResource ex:law ; dct:isPartOf ex:catalogue .
        ex:unit a org:OrganizationalUnit ; skos:prefLabel "Daire"@tr ; adms:identifier [ skos:notation "99500002" ] ;
            kaysis:category code:organisation_category.ministry ; org:unitOf organisation:99500001 .
        ex:need a cv:Requirement ; dct:identifier "kimlik" ; cv:hasEvidenceTypeList ex:first, ex:second .
        ex:first a cv:EvidenceTypeList ; cv:specifiesEvidenceType document:dbys-3, document:dbys-4 .
        ex:second a cv:EvidenceTypeList ; cv:specifiesEvidenceType document:dbys-5 .
        ex:datum a cv:InformationRequirement ; dct:identifier "ad" ; cv:hasConcept ex:name .
        ex:name a cv:InformationConcept ; dct:identifier "veri-9" ; skos:prefLabel "Ad" .
        ex:law a eli:LegalResource ; eli:number "9999" ; eli:type_document code:legislation_type.law ;
            eli:is_realized_by ex:law-tr ; eli:repealed_by ex:later .
        ex:law-tr a eli:LegalExpression ; eli:title "Örnek Kanun"@tr ; eli:realizes ex:law .
        ex:later a eli:LegalResource ; eli:id_local "kanun-10000" ; eli:title "Sonraki Kanun"@tr ;
            eli:type_document <https://other.example/types/law> .
        ex:article a eli:LegalResource ; dct:identifier "kanun-9999.m1" ; eli:title "Madde 1"@tr ;
            eli:is_part_of ex:law ; kaysis:place "m.1" ; eli:type_document code:provision_type.article .
        ex:catalogue a <http://www.w3.org/ns/dcat#Dataset> ; dct:title "Katalog"@tr .
        """,
    )  # fmt: skip
    assert fields(store, kinds, "heys-900") == {
        "kind": "Service", "id": "heys-900", "title": "Ruhsat", "title_en": "Permit", "description": "Ruhsat verilir.",
        "duration": {"max": 15, "unit": "day"}, "other_titles": ["Permis@fr"], "same_as": ["http://example.org/one"],
    }  # fmt: skip
    together = "şunlarla birlikte: "
    assert edges(store, kinds, "heys-900") == [
        {"type": "BASED_ON", "to": "kanun-9999"},
        {"type": "PRODUCES", "to": "dbys-2"},
        {"type": "PROVIDED_BY", "to": "99500002"},
        {"type": "REQUIRES", "to": "dbys-1"},
        {"type": "REQUIRES", "to": "dbys-3", "alternative": "kimlik", "condition": f"{together}dbys-4"},
        {"type": "REQUIRES", "to": "dbys-4", "alternative": "kimlik", "condition": f"{together}dbys-3"},
        {"type": "REQUIRES", "to": "dbys-5", "alternative": "kimlik"},
        {"type": "REQUIRES", "to": "veri-9"},
    ]
    assert edges(store, kinds, "99500002") == [{"type": "PART_OF", "to": "99500001"}]
    assert edges(store, kinds, "kanun-10000") == [{"type": "REPEALS", "to": "kanun-9999"}]
    assert edges(store, kinds, "kanun-9999.m1") == [{"type": "PART_OF", "to": "kanun-9999"}]
    assert fields(store, kinds, "kanun-9999")["title"] == "Örnek Kanun"


TOLERATED = [
    ("dct:title 'Etiketsiz'", {"linked.untagged": 1}, {"title": "Etiketsiz"}),
    ("rdfs:label 'Etiketli'@tr", {}, {"title": "Etiketli"}),
    ("skos:prefLabel 'Başka'@tr", {}, {"title": "Başka"}),
    ("dc:title 'Eski'@tr", {}, {"title": "Eski"}),
    ("dct:title 'Uzun'@tr-turkishlanguage", {"linked.long_language": 1}, {"title": "Uzun"}),
    ("dct:title 'Name'@en, 'Naam'@nl", {"linked.borrowed_title": 1},
     {"title": "Name", "title_en": "Name", "other_titles": ["Naam@nl", "Name@en"]}),
    ("dct:title 'Bir'@tr, 'İki'@tr", {"linked.kept_beside": 1}, {"title": "Bir", "other_titles": ["İki@tr"]}),
    ("dct:title 'İki\\nsatır'@tr", {}, {"title": "İki satır"}),
    ("dct:title 'Ad'@tr ; dct:source <https://x.example/a>", {"linked.iri_for_text": 1},
     {"title": "Ad", "source": "https://x.example/a"}),
    ("dct:title 'Ad'@tr ; kaysis:valid_from '2020-13-45'^^xsd:date", {"transfer.no_such_day": 1}, {"title": "Ad"}),
    ("dct:title 'Ad'@tr ; kaysis:valid_from '2020-02-03T00:00:00'^^xsd:dateTime", {},
     {"title": "Ad", "valid_from": "2020-02-03"}),
    ("dct:title 'Ad'@tr ; kaysis:sample_link 'dosyada'", {"linked.no_link": 1}, {"title": "Ad"}),
    ("dct:title 'Ad'@tr ; cv:evidenceTypeClassification ex:unheard-of", {"linked.unknown_code": 1}, {"title": "Ad"}),
    ("dct:title 'Ad'@tr ; ex:colour 'mavi', 'kırmızı' ; a ex:Thing", {"linked.unmapped_property": 1}, {"title": "Ad"}),
    ("dct:title 'Ad'@tr ; kaysis:issued_by ex:nobody", {"linked.unknown_end": 1}, {"title": "Ad"}),
    ("dct:title 'Ad'@tr ; kaysis:issued_by '99500001'", {"linked.text_for_iri": 1}, {"title": "Ad"}),
]  # fmt: skip


@pytest.mark.parametrize(("said", "warned", "held"), TOLERATED)
def test_what_catalogues_get_wrong_is_a_warning(  # noqa: PLR0913  # fixtures
    store: Store, kinds: Schema, tmp_path: Path, said: str, warned: dict[str, int], held: dict[str, Any]
) -> None:
    before = "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix dc: <http://purl.org/dc/elements/1.1/> ."
    evidence = "@prefix wrong: <https://data.europa.eu/m8g/> ."
    path = written(tmp_path, f"{before}{evidence}{UNIT} ex:a a wrong:Evidence ; dct:identifier 'dbys-5' ; {said} .")
    report = imported(store, kinds, path)
    assert report.status == "written", report.first_problems
    assert rules(report) == warned
    known = {"kind": "Document", "id": "dbys-5", "same_as": ["http://example.org/a"]}
    assert fields(store, kinds, "dbys-5") == {**known, **held}


REFUSED = [
    ("ex:a a cpsv:PublicService, eli:LegalResource ; dct:identifier 'heys-1' ; dct:title 'A'@tr .", "linked.two_kinds"),
    ("service:heys-1 a eli:LegalResource ; dct:title 'A'@tr .", "linked.kind_clash"),
    ("ex:a a cpsv:PublicService ; dct:identifier 'HZM-1' ; dct:title 'A'@tr .", "linked.no_identifier"),
    ("ex:a a cpsv:PublicService ; dct:identifier '41001' ; dct:title 'A'@tr .", "linked.no_identifier"),
    ("service:heys-1 dct:title 'A'@tr ; kaysis:valid_from '2020-01-01'^^xsd:date, '2021-01-01'^^xsd:date .",
     "linked.two_values"),
    ("service:heys-1 dct:title 'A'@tr ; cv:hasCompetentAuthority organisation:99599999 .", "checks.no_target"),
    ("service:heys-1 dct:title 'A'@tr ; cv:hasCompetentAuthority document:dbys-1 . " + DOCUMENTS,
     "checks.unfit_target"),
    ("organisation:99500001 a cv:PublicOrganisation ; dct:title 'A'@tr .", "checks.missing_field"),
    ("service:heys-1 dct:title 'A'@tr . ex:b a cpsv:PublicService ; dct:identifier 'heys-1' ; dct:title 'B'@tr .",
     "transfer.given_twice"),
    ("service:heys-1 dct:title .", "linked.syntax"),
    (UNIT + UNIT.replace("99500001", "99500002") + "organisation:99500001 org:hasUnit organisation:99500002 ;"
     " org:subOrganizationOf organisation:99500002 .", "transfer.part_of_circle"),
    (UNIT + "organisation:99500001 org:subOrganizationOf organisation:99500001 .", "transfer.part_of_itself"),
]  # fmt: skip


@pytest.mark.parametrize(("said", "rule"), REFUSED)
def test_what_would_corrupt_the_graph_is_refused(
    store: Store, kinds: Schema, tmp_path: Path, said: str, rule: str
) -> None:
    report = imported(store, kinds, written(tmp_path, said))
    assert report.status == "refused"
    assert [count.rule for count in report.by_rule if count.severity == "error"] == [rule]
    assert everything(store, kinds) == {}


LOST = [
    # A catalogue of another house under addresses like ours.
    ("<https://other.example/def/services/1> a cpsv:PublicService ; dct:identifier 'heys-901' ; dct:title 'A'@tr .",
     {}, "heys-901"),
    (("<https://other.example/id/publisher> a cv:PublicOrganisation ; dct:identifier '99500008' ; dct:title 'B'@tr ;"
     " kaysis:category code:organisation_category.ministry ."), {}, "99500008"),
    # Described in another file.
    ("service:heys-1 dct:title 'A'@tr ; cv:holdsRequirement ex:asked .", {"linked.unknown_end": 1}, "heys-1"),
    ("service:heys-1 dct:title 'A'@tr ; cpsv:follows ex:rule .", {"linked.unmapped_property": 1}, "heys-1"),
    # Nodes of a record that say more than is read of them.
    (("service:heys-1 dct:title 'A'@tr . <https://kaysis.example/id/service/heys-1#edge~1> a rdf:Statement ;"
     " rdf:subject service:heys-1 ; rdf:predicate kaysis:no_such ; rdf:object 'x' ."),
     {"linked.unmapped_property": 1}, "heys-1"),
    (UNIT + "service:heys-1 dct:title 'A'@tr . <https://kaysis.example/id/service/heys-1#edge~1> a rdf:Statement ;"
     " rdf:subject service:heys-1 ; rdf:predicate kaysis:provided_by ; rdf:object organisation:99500001 ;"
     " kaysis:valid_from '2020-01-01'^^xsd:date ; ex:colour 'mavi' .", {"linked.unmapped_property": 1}, "heys-1"),
    (UNIT + "service:heys-1 dct:title 'A'@tr . [] a rdf:Statement ; rdf:subject service:heys-1 ;"
     " rdf:predicate kaysis:provided_by ; rdf:object organisation:99500001 ;"
     " kaysis:valid_from '2020-01-01'^^xsd:date .", {}, "heys-1"),
    (UNIT + "[] a rdf:Statement ; rdf:subject service:heys-1 ; rdf:predicate kaysis:provided_by ;"
     " rdf:object organisation:99500001 .", {"linked.unmapped_property": 3}, "99500001"),
    (("service:heys-1 dct:title 'A'@tr ; cpsv:follows <https://kaysis.example/id/service/heys-1#procedure> ."
     " <https://kaysis.example/id/service/heys-1#procedure> a cpsv:Rule ; ex:colour 'mavi' ."),
     {"linked.unmapped_property": 1}, "heys-1"),
]  # fmt: skip


@pytest.mark.parametrize(("said", "warnings", "identifier"), LOST)
def test_nothing_that_is_said_is_lost_without_a_word(  # noqa: PLR0913  # fixtures
    store: Store, kinds: Schema, tmp_path: Path, said: str, warnings: dict[str, int], identifier: str
) -> None:
    report = imported(
        store, kinds, written(tmp_path, "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> ." + said)
    )
    assert report.status == "written", report.first_problems
    assert {count.rule: count.count for count in report.by_rule} == warnings
    assert fields(store, kinds, identifier)["id"] == identifier


def test_mistakes_in_the_table_of_identifiers_are_told_with_their_rows(
    store: Store, kinds: Schema, tmp_path: Path
) -> None:
    path = written(tmp_path, "ex:a a cpsv:PublicService ; dct:title 'A'@tr .")
    ids = tmp_path / "ids.csv"
    ids.write_text(
        'iri,id,description,titel\nhttp://example.org/a,heys-7,"iki\nsatır",Ad\nhttp://example.org/b,heys-8,,\n',
        "utf-8",
    )
    report = imported(store, kinds, path, ids=ids)
    assert report.status == "written", report.first_problems
    told = {problem.rule: (problem.place.get("row"), problem.values) for problem in report.first_problems}
    assert told == {
        "linked.ids_column": (3, {"column": "titel", "kind": "Service"}),
        "linked.ids_unused": (4, {"iri": "http://example.org/b"}),
    }
    assert fields(store, kinds, "heys-7")["description"] == "iki\nsatır"
    ids.write_text("iri,id\nhttp://example.org/a\nhttp://example.org/a,heys-7\nhttp://example.org/a,heys-8\n", "utf-8")
    with pytest.raises(Invalid) as refused:
        imported(store, kinds, path, ids=ids)
    assert [(problem.rule, problem.place["row"]) for problem in refused.value.problems] == [
        ("linked.ids_short", 2),
        ("linked.ids_twice", 4),
    ]


CONTEXT, ELSEWHERE = "https://kaysis.example/def/context.jsonld", "https://elsewhere.example/c"


@pytest.mark.parametrize(
    ("document", "rule"),
    [
        ([{"@context": CONTEXT, "@id": "http://b/x"}, {"@id": 5}], "linked.syntax"),
        ({"@context": {"@import": ELSEWHERE}, "@id": "http://b/x"}, "linked.remote_context"),
        (
            [{"@id": "http://b/x", "http://b/p": 1}, {"@context": ELSEWHERE}],
            "linked.remote_context",
        ),
    ],
)
def test_a_fault_beside_our_context_is_told_as_any_other(
    store: Store, kinds: Schema, tmp_path: Path, document: object, rule: str
) -> None:
    path = tmp_path / "data.jsonld"
    path.write_text(json.dumps(document), "utf-8")
    report = imported(store, kinds, path)
    assert (report.status, [count.rule for count in report.by_rule if count.severity == "error"]) == ("refused", [rule])


def test_a_context_that_comes_late_or_is_imported_reads_everything_once(
    store: Store, kinds: Schema, tmp_path: Path
) -> None:
    home, m8g, title = "https://kaysis.example/id", "http://data.europa.eu/m8g", "http://purl.org/dc/terms/title"
    named = [f"{home}/document/dbys-{number}" for number in (1, 2)]
    documents = [
        {"@id": iri, "@type": f"{m8g}/EvidenceType", title: {"@value": "B", "@language": "tr"}} for iri in named
    ]
    choices = [{f"{m8g}/specifiesEvidenceType": {"@id": iri}} for iri in named]
    service = {"@id": f"{home}/service/heys-1", f"{m8g}/holdsRequirement": {f"{m8g}/hasEvidenceTypeList": choices}}
    own = {"@import": CONTEXT, "ad": {"@id": title, "@language": "tr"}}
    late = {"@context": own, "@id": f"{home}/service/heys-1", "ad": "Hizmet"}
    path = tmp_path / "data.jsonld"
    path.write_text(json.dumps([service, *documents, late]), "utf-8")
    report = imported(store, kinds, path)
    assert report.status == "written", report.first_problems
    assert fields(store, kinds, "heys-1")["title"] == "Hizmet"
    assert len({edge["alternative"] for edge in edges(store, kinds, "heys-1")}) == 1


def test_a_table_gives_identifiers_and_what_a_catalogue_does_not_say(
    store: Store, kinds: Schema, tmp_path: Path
) -> None:
    path = written(
        tmp_path,
        """
        ex:po a cv:PublicOrganisation ; skos:prefLabel "Federal Public Service FINANCE"@en ; cv:spatial ex:BE .
        ex:service a cpsv:PublicService ; dct:identifier "Tax-on-web" ; dct:title "Tax-on-web"@en ;
            cv:hasCompetentAuthority ex:po .
        ex:BE a dct:Location .
        """,
    )
    assert rules(imported(store, kinds, path))["linked.no_identifier"] == 3
    ids = tmp_path / "ids.csv"
    ids.write_text(
        "iri,id,category\nhttp://example.org/po,99500009,ministry\n"
        "http://example.org/service,heys-905,\nhttp://example.org/BE,,\n",
        "utf-8-sig",
    )
    report = imported(store, kinds, path, ids=ids)
    assert report.status == "written", report.first_problems
    assert fields(store, kinds, "99500009")["category"] == "ministry"
    assert edges(store, kinds, "heys-905") == [{"type": "PROVIDED_BY", "to": "99500009"}]
    ids.write_text("address;number\n", "utf-8")
    with pytest.raises(Invalid, match="iri and id"):
        imported(store, kinds, path, ids=ids)


def test_an_identifier_that_names_its_register_is_enough_as_a_number(
    store: Store, kinds: Schema, tmp_path: Path
) -> None:
    brought(
        store, kinds, tmp_path,
        "ex:a a cpsv:PublicService ; dct:title 'A'@tr ;"
        " adms:identifier [ a adms:Identifier ; skos:notation '41900' ; adms:schemeAgency 'HEYS' ] .",
    )  # fmt: skip
    assert fields(store, kinds, "heys-41900")["title"] == "A"


@pytest.mark.parametrize(
    "name", ["data.ttl", "data.nt", "data.nq", "data.trig", "data.rdf", "data.jsonld", "data.owl", "data.json", "data"]
)
@pytest.mark.parametrize("form", [RdfFormat.TURTLE, RdfFormat.RDF_XML, RdfFormat.N_QUADS, RdfFormat.JSON_LD])
def test_the_form_is_found_by_name_and_else_by_content(tmp_path: Path, name: str, form: RdfFormat) -> None:
    path = tmp_path / name
    known = {".nt": RdfFormat.N_TRIPLES, ".ttl": RdfFormat.TURTLE, ".nq": RdfFormat.N_QUADS, ".trig": RdfFormat.TRIG,
             ".jsonld": RdfFormat.JSON_LD, ".json": RdfFormat.JSON_LD}  # fmt: skip
    meant = known.get(path.suffix, RdfFormat.RDF_XML) if path.suffix else form
    quads = [*pyoxigraph.parse(PREFIXES + DOCUMENTS, RdfFormat.TURTLE)]
    content = pyoxigraph.serialize(iter(quads), format=meant)
    assert content is not None
    path.write_bytes(b"\xef\xbb\xbf" + content if meant == RdfFormat.TURTLE else content)
    found = parser.form_of(path)
    assert Counter(parser.quads(path, found)) == Counter(quads)


class Listener:
    """A local server that notes whatever is asked of it."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        noted = self.asked

        class Noting(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                noted.append(self.path)
                self.send_response(200)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Nothing for the terminal."""

        self.server = HTTPServer(("127.0.0.1", 0), Noting)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"


@pytest.fixture
def listener() -> Iterator[Listener]:
    made = Listener()
    yield made
    made.server.shutdown()
    made.server.server_close()


OUTWARD = {
    "context.jsonld": '{"@context": "{address}/context", "@id": "ex:a", "title": "A"}',
    "list.jsonld": '{"@context": [{"ex": "http://example.org/"}, "{address}/context"], "@id": "ex:a"}',
    "import.jsonld": '{"@context": {"@version": 1.1, "@import": "{address}/context"}, "@id": "http://example.org/a"}',
    "scoped.jsonld": '{"@context": {"a": {"@id": "http://example.org/a", "@context": "{address}/c"}}, "a": {"b": 1}}',
    "doctype.rdf": '<!DOCTYPE rdf:RDF SYSTEM "{address}/dtd"><rdf:RDF '
    'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>',
    "entity.rdf": '<!DOCTYPE rdf:RDF [<!ENTITY e SYSTEM "{address}/e">]><rdf:RDF '
    'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:ex="http://example.org/">'
    '<rdf:Description rdf:about="http://example.org/a"><ex:b>&e;</ex:b></rdf:Description></rdf:RDF>',
    "parameter.rdf": '<!DOCTYPE rdf:RDF [<!ENTITY % p SYSTEM "{address}/p"> %p;]><rdf:RDF '
    'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>',
    "imports.ttl": "<{address}/a> <http://www.w3.org/2002/07/owl#imports> <{address}/b> ;"
    " <http://www.w3.org/2000/01/rdf-schema#seeAlso> <{address}/c> .",
    "base.ttl": "@base <{address}/base> . @prefix b: <{address}/p#> . <a> b:c <d> .",
}


@pytest.mark.parametrize("name", OUTWARD)
def test_no_file_makes_the_import_ask_anybody(
    store: Store, kinds: Schema, tmp_path: Path, listener: Listener, name: str
) -> None:
    path = tmp_path / name
    path.write_text(OUTWARD[name].replace("{address}", listener.address), "utf-8")
    report = imported(store, kinds, path)
    assert everything(store, kinds) == {}
    assert listener.asked == []
    if path.suffix == ".jsonld":
        (problem,) = report.first_problems
        assert problem.rule == "linked.remote_context"
        assert listener.address in problem.text("en")


def test_our_own_context_is_known_by_its_address(store: Store, kinds: Schema, tmp_path: Path) -> None:
    base = "https://kaysis.example.org/graf"
    path = tmp_path / "one.jsonld"
    document = {
        "@context": f"{base}/def/context.jsonld",
        "@id": f"{base}/id/document/dbys-8",
        "@type": f"{base}/def/Document",
        "http://purl.org/dc/terms/title": {"@value": "Belge", "@language": "tr"},
        "kaysis:document_type": {"@id": "code:document_type.declaration"},
    }
    path.write_text(json.dumps(document), "utf-8")
    assert imported(store, kinds, path).status == "written"
    assert fields(store, kinds, "dbys-8")["document_type"] == "declaration"


def test_entities_that_grow_are_refused_and_namespaces_are_not(store: Store, kinds: Schema, tmp_path: Path) -> None:
    form = (
        '<!DOCTYPE rdf:RDF [{entities}]><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
        ' xmlns:dct="http://purl.org/dc/terms/"><rdf:Description rdf:about="https://a.example/id/document/dbys-3">'
        '<dct:title xml:lang="tr">{title}</dct:title></rdf:Description></rdf:RDF>'
    )
    growing = '<!ENTITY a "xxxxxxxxxx">' + "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in itertools.pairwise("abcdefghijkl")
    )
    path = tmp_path / "data.rdf"
    path.write_text(form.format(entities=growing, title="&l;"), "utf-8")
    assert rules(imported(store, kinds, path)) == {"linked.unreadable": 1}
    path.write_text(form.format(entities='<!ENTITY dct "Belge">', title="&dct;"), "utf-8")
    assert imported(store, kinds, path).status == "written"
    assert fields(store, kinds, "dbys-3")["title"] == "Belge"


BROKEN = {
    "half.nq.gz": gzip.compress(b"<http://a> <http://b> <http://c> .\n" * 2_000)[:60],
    "no.nq.gz": b"not packed at all",
    "half.nq.zst": zstandard.compress(b"<http://a> <http://b> <http://c> .\n" * 2_000)[:30],
    "latin.ttl": "<http://a> <http://b> 'ğ' .".encode("cp1254"),
    "deep.jsonld": b"[" * 100_000,
    "half.rdf": b"<rdf:RDF",
    "nothing.rdf": b"",
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_named_and_nothing_is_written(store: Store, kinds: Schema, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(BROKEN[name])
    report = imported(store, kinds, path)
    assert report.status == "refused"
    assert {problem.place["file"] for problem in report.first_problems} == {name}


STANDARD_FILES = {
    "mapping-reference.ttl": {"linked.no_identifier", "checks.missing_field"},
    "cpsv-ap-3.2.0/example-rdf_public_service.ttl": {"linked.no_identifier"},
    "cpsv-ap-3.2.0/example-rdf_public_service.jsonld": {"linked.no_identifier"},
    "cpov-2.1.2/example-rdf_public_organisation.jsonld": {"linked.no_identifier"},
    "cpov-2.1.2/example-rdf_public_organisation.ttl": {"linked.no_identifier"},
    "cccev-2.1.0/example-rdf_childcare_cost.ttl": {"linked.no_identifier"},
    "cccev-2.1.0/example-rdf_entitlement_to_marry.ttl": {"linked.no_identifier"},
    "eli-1.4/eli.owl": set(),
}


@pytest.mark.skipif(not STANDARDS.is_dir(), reason=f"not there: {STANDARDS}")
@pytest.mark.parametrize("name", STANDARD_FILES)
def test_examples_of_the_standards_are_read_and_what_they_lack_is_said(store: Store, kinds: Schema, name: str) -> None:
    report = import_files.check(store, kinds, rdf_source.source(kinds, [STANDARDS / name]), AUTHOR)
    errors = {count.rule for count in report.by_rule if count.severity == "error"}
    assert errors == STANDARD_FILES[name], report.first_problems


@pytest.mark.skipif(not STANDARDS.is_dir(), reason=f"not there: {STANDARDS}")
def test_the_reference_of_the_mapping_comes_in_with_a_table(store: Store, kinds: Schema, tmp_path: Path) -> None:
    ids = tmp_path / "ids.csv"
    names = [
        "kurum1,24301079,ministry,,,", "birim1,24301080,central_unit,,,", "tr,,,,,", "hizmet1,heys-1,,,,",
        "hizmet2,heys-2,,,,", "belge1,dbys-1,,,,", "belge2,dbys-2,,,,", "veri1,veri-1,,,,",
        "kanun1,kanun-1234,,law,,", "yonetmelik1,yonetmelik-1,,regulation,Yönetmelik,",
        "yonetmelik0,yonetmelik-0,,regulation,Eski Yönetmelik,", "kanun1-m5,kanun-1234.m5,,,Madde 5,m.5,article",
    ]  # fmt: skip
    lines = "\n".join(f"http://example.org/id/{name}" for name in names)
    ids.write_text(f"iri,id,category,legislation_type,title,place,provision_type\n{lines}\n", "utf-8")
    report = imported(store, kinds, STANDARDS / "mapping-reference.ttl", ids=ids)
    assert report.status == "written", report.first_problems
    assert {edge["type"] for edge in edges(store, kinds, "heys-1")} == {
        "BASED_ON", "PRODUCES", "PROVIDED_BY", "REQUIRES"
    }  # fmt: skip
    assert edges(store, kinds, "dbys-1") == [{"type": "CONTAINS", "to": "veri-1"}]
    assert edges(store, kinds, "yonetmelik-1") == [
        {"type": "BASED_ON", "to": "kanun-1234.m5"},
        {"type": "REPEALS", "to": "yonetmelik-0"},
    ]


WORDS = [
    "ex:a",
    "ex:b",
    "_:c",
    "service:heys-1",
    "document:dbys-1",
    "organisation:99500001",
    "a",
    "dct:title",
    "dct:isPartOf",
    "''",
    "3",
    "true",
    ";",
    ",",
    ".",
    "[",
    "]",
    "<x>",
    "cv:hasCompetentAuthority",
    "cpsv:PublicService",
    "kaysis:Service",
    "kaysis:valid_from",
    "kaysis:duration",
    "rdf:subject",
    "'{}'^^rdf:JSON",
    "rdf:predicate",
    "rdf:object",
    "'[1]'^^rdf:JSON",
    "'2020-01-01'^^xsd:date",
    "'x'@tr",
    "'y'",
    "'\\u0000'@tr-x-abcdefghij",
    "'99500001'",
    "cv:holdsRequirement",
    "cv:hasEvidenceTypeList",
    "cv:specifiesEvidenceType",
    "eli:is_part_of",
    "code:beneficiary.citizens",
    "kaysis:beneficiaries",
    "kaysis:requires",
    "eli:repealed_by",
    "cpsv:follows",
    "dct:identifier",
    "kaysis:part_of",
]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    said=strategies.lists(strategies.sampled_from(WORDS), min_size=3, max_size=30), noise=strategies.binary(max_size=12)
)
def test_no_noise_raises_anything_but_an_error_of_ours(
    store: Store, kinds: Schema, tmp_path: Path, said: list[str], noise: bytes
) -> None:
    path = tmp_path / "noise.ttl"
    triples = " ".join(f"{' '.join(said[at : at + 3])} ." for at in range(0, len(said) - 2, 3))
    for content in (triples.encode(), " ".join(said).encode(), triples.encode() + noise):
        path.write_bytes(PREFIXES.encode() + content)
        with contextlib.suppress(KaysisError):
            import_files.check(store, kinds, rdf_source.source(kinds, [path]), AUTHOR)


def test_the_example_of_the_documentation_runs(store: Store, kinds: Schema, tmp_path: Path) -> None:
    page = (Path(__file__).parents[2] / "docs" / "importing.md").read_text("utf-8").partition("## Linked data")[2]
    for language, name in (("turtle", "catalogue.ttl"), ("csv", "ids.csv")):
        (tmp_path / name).write_text(page.partition(f"```{language}\n")[2].partition("```")[0], "utf-8")
    report = imported(store, kinds, tmp_path / "catalogue.ttl", ids=tmp_path / "ids.csv")
    assert (report.status, report.records.new, report.edges.new) == ("written", 3, 2), report.first_problems


def test_the_command_takes_either_a_map_or_linked_data(tmp_path: Path) -> None:
    path = written(tmp_path, DOCUMENTS)
    with pytest.raises(Misuse, match="either by --map"):
        transfer.source_of([path], None, None, None, None)
    with pytest.raises(Misuse, match="either by --map"):
        transfer.source_of([path], path, "rdf", None, None)
    with pytest.raises(Misuse, match="go with --format rdf"):
        transfer.source_of([path], path, None, "turtle", None)
    assert transfer.source_of([path], None, "rdf", "turtle", None).paths == [path]
