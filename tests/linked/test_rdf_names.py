"""What RDF files call a record: titles in every language, further names and identifiers, and the IRI of the source."""

from pathlib import Path
from typing import Any

import pytest
from conftest import AUTHOR
from pyoxigraph import Literal, NamedNode, Quad
from test_linked_import import brought, edges, everything, exported, fields, imported, rules, wiped, written

from kaysis_graph.graph.store import Store
from kaysis_graph.records import writer
from kaysis_graph.schema import Schema

DCT, SKOS = "http://purl.org/dc/terms/", "http://www.w3.org/2004/02/skos/core#"
SAME_AS = NamedNode("http://www.w3.org/2002/07/owl#sameAs")
MINISTRY = (
    "ex:m a cv:PublicOrganisation ; dct:identifier '99500001' ; kaysis:category code:organisation_category.ministry"
)


def texts(quads: list[Quad], subject: str, predicate: str) -> set[tuple[str, str | None]]:
    """The texts of a property of a record with their languages."""
    return {
        (quad.object.value, quad.object.language)
        for quad in quads
        if str(quad.subject).endswith(f"{subject}>")
        and quad.predicate.value == predicate
        and isinstance(quad.object, Literal)
    }


@pytest.mark.parametrize(
    ("titles", "title", "others", "told"),
    [
        ("'Ministerie'@nl", "Ministerie", ["Ministerie@nl"], {("Ministerie", "nl")}),
        ("'Ministry'@en", "Ministry", ["Ministry@en"], {("Ministry", "en")}),
        ("'Ministero'@it, 'Departement'@nb-no", "Ministero", ["Ministero@it", "Departement@nb-no"],
         {("Ministero", "it"), ("Departement", "nb-no")}),
        ("'Bakanlık'@tr, 'Ministerium'@de, 'Amt'@de", "Bakanlık", ["Ministerium@de", "Amt@de"],
         {("Bakanlık", "tr"), ("Ministerium", "de")}),
        ("'TÜBİTAK'@tr, 'TÜBİTAK'@de", "TÜBİTAK", ["TÜBİTAK@de", "TÜBİTAK@tr"], {("TÜBİTAK", "tr"), ("TÜBİTAK", "de")}),
    ],
)  # fmt: skip
def test_a_title_keeps_its_language_through_import_export_and_import(  # noqa: PLR0913  # fixtures
    store: Store,
    kinds: Schema,
    tmp_path: Path,
    titles: str,
    title: str,
    others: list[str],
    told: set[tuple[str, str]],
) -> None:
    brought(store, kinds, tmp_path, f"{MINISTRY} ; dct:title {titles} .")
    held = fields(store, kinds, "99500001")
    assert (held["title"], held["other_titles"]) == (title, others)
    before, quads = everything(store, kinds), exported(store, kinds)
    for predicate in (f"{DCT}title", f"{SKOS}prefLabel"):
        assert texts(quads, "organisation/99500001", predicate) == told
    again(store, kinds, tmp_path, quads)
    assert everything(store, kinds) == before


def again(store: Store, kinds: Schema, folder: Path, quads: list[Quad]) -> None:
    """The export taken into an empty graph, without a remark."""
    path = folder / "export.nq"
    path.write_text("".join(f"{quad} .\n" for quad in quads), "utf-8")
    wiped(store)
    report = imported(store, kinds, path)
    assert report.status == "written", report.first_problems
    assert not [rule for rule in rules(report) if rule.startswith("linked.")], report.first_problems


def test_further_labels_are_kept_and_named(store: Store, kinds: Schema, tmp_path: Path) -> None:
    report = brought(
        store, kinds, tmp_path,
        """@prefix foaf: <http://xmlns.com/foaf/0.1/> .
        organisation:99500001 a cv:PublicOrganisation ; kaysis:category code:organisation_category.ministry ;
            dct:title "Birinci ad"@tr ; skos:prefLabel "İkinci ad"@tr, "Üçüncü ad"@tr ; foaf:name "Dördüncü ad"@tr ;
            skos:altLabel "Kısa"@tr, "Daha kısa"@tr, "Amt"@de .
        ex:s a cpsv:PublicService ; dct:identifier "heys-1" ; dct:title "Hizmet"@tr ; dct:alternative "Başka"@tr ;
            dct:description "d1"@tr, "d2"@tr, "d"@nl .
        """,
    )  # fmt: skip
    assert rules(report)["linked.kept_beside"] == 5
    held = fields(store, kinds, "99500001")
    assert (held["title"], held["short_title"]) == ("Birinci ad", "Kısa")
    assert sorted(held["other_titles"]) == [
        "Amt@de", "Daha kısa@tr", "Dördüncü ad@tr", "Üçüncü ad@tr", "İkinci ad@tr"
    ]  # fmt: skip
    service = fields(store, kinds, "heys-1")
    assert service["other_titles"] == ["Başka@tr"]
    assert (service["description"], sorted(service["other_descriptions"])) == ("d1", ["d2@tr", "d@nl"])
    quads = exported(store, kinds)
    assert texts(quads, "service/heys-1", f"{DCT}description") == {("d1", "tr"), ("d", "nl")}
    before = everything(store, kinds)
    again(store, kinds, tmp_path, quads)
    assert everything(store, kinds) == before


def test_a_description_in_another_language_is_not_called_none(store: Store, kinds: Schema, tmp_path: Path) -> None:
    brought(
        store, kinds, tmp_path,
        f"""{MINISTRY} ; dct:title "Bakanlık"@tr .
        ex:s a cpsv:PublicService ; dct:identifier "heys-1" ; dct:title "Tjeneste"@nb ; dct:description "Om den"@nb ;
            cv:hasCompetentAuthority ex:m .""",
    )  # fmt: skip
    assert texts(exported(store, kinds), "service/heys-1", f"{DCT}description") == {("Om den", "nb")}


def test_the_text_of_an_act_says_the_language_it_has(store: Store, kinds: Schema, tmp_path: Path) -> None:
    brought(
        store, kinds, tmp_path,
        "legislation:kanun-1 a eli:LegalResource ; eli:type_document code:legislation_type.law ;"
        " eli:is_realized_by ex:text . ex:text a eli:LegalExpression ; eli:title 'Wet'@nl ; eli:title_short 'W1'@nl .",
    )  # fmt: skip
    assert fields(store, kinds, "kanun-1")["other_titles"] == ["Wet@nl", "W1@nl"]
    quads = exported(store, kinds)
    assert texts(quads, "legislation/kanun-1#nl", "http://data.europa.eu/eli/ontology#title") == {("Wet", "nl")}
    languages = [
        str(quad.object)
        for quad in quads
        if str(quad.subject).endswith("kanun-1#nl>") and quad.predicate.value.endswith("#language")
    ]
    assert languages == ["<http://publications.europa.eu/resource/authority/language/NLD>"]


def test_an_organisation_whose_place_nobody_told_is_not_put_anywhere(
    store: Store, kinds: Schema, tmp_path: Path
) -> None:
    brought(store, kinds, tmp_path, f"{MINISTRY} ; dct:title 'Bakanlık'@tr .")
    quads = exported(store, kinds)
    (place,) = (quad.object for quad in quads if quad.predicate.value == f"{DCT}spatial")
    assert str(place).endswith("/id/catalogue#unknown-place>")
    said = {str(quad.object) for quad in quads if quad.subject == place}
    assert '"Bulunduğu yer girilmemiştir."@tr' in said
    assert f"<{DCT}Location>" in said


CATALOGUE = """
ex:permit a cpsv:PublicService ; dct:identifier "P-1", "P-1b" ; dct:title "Ruhsat"@tr ;
    adms:identifier [ skos:notation "77" ; adms:schemeAgency "Belediye" ] ; cv:hasCompetentAuthority ex:office ;
    cv:hasInputType ex:identity .
ex:office a cv:PublicOrganisation ; skos:prefLabel "Ruhsat Dairesi"@tr .
ex:identity a cv:EvidenceType ; dct:identifier "dbys-99001" ; dct:title "Kimlik belgesi"@tr .
"""
IDS = """iri,id,category
http://example.org/permit,heys-99001,
http://example.org/office,99500001,central_unit
"""


def test_a_catalogue_harvested_again_needs_no_table_of_identifiers(store: Store, kinds: Schema, tmp_path: Path) -> None:
    ids = tmp_path / "ids.csv"
    ids.write_text(IDS, "utf-8")
    first = imported(store, kinds, written(tmp_path, CATALOGUE), ids=ids)
    assert first.status == "written", first.first_problems
    permit = fields(store, kinds, "heys-99001")
    assert permit["same_as"] == ["http://example.org/permit"]
    assert permit["other_identifiers"] == ["P-1", "P-1b", "77"]
    same = {str(quad.object) for quad in exported(store, kinds) if quad.predicate == SAME_AS}
    assert same == {"<http://example.org/permit>", "<http://example.org/office>", "<http://example.org/identity>"}
    unchanged = imported(store, kinds, written(tmp_path, CATALOGUE))
    assert unchanged.status == "unchanged", unchanged.first_problems
    changed = CATALOGUE.replace('"Ruhsat"@tr', '"Yapı ruhsatı"@tr').replace(
        "ex:identity .",
        'ex:identity, ex:deed . ex:deed a cv:EvidenceType ; dct:identifier "dbys-99002" ; dct:title "Tapu"@tr .',
        1,
    )
    second = imported(store, kinds, written(tmp_path, changed))
    assert (second.status, second.records.new, second.records.changed, second.edges.new) == ("written", 1, 1, 1)
    assert fields(store, kinds, "heys-99001")["title"] == "Yapı ruhsatı"
    # Also where the file says nothing of it but a fact.
    third = imported(
        store,
        kinds,
        written(
            tmp_path,
            "ex:permit dct:requires ex:other . ex:other a cpsv:PublicService ;"
            " dct:identifier 'heys-2' ; dct:title 'Başka'@tr ; cv:hasCompetentAuthority ex:office .",
        ),
    )
    assert third.status == "written", third.first_problems
    assert {edge["to"] for edge in edges(store, kinds, "heys-99001")} == {
        "heys-2",
        "99500001",
        "dbys-99001",
        "dbys-99002",
    }
    assert edges(store, kinds, "heys-2") == [{"type": "PROVIDED_BY", "to": "99500001"}]


def test_a_second_catalogue_adds_its_iri_to_those_known(store: Store, kinds: Schema, tmp_path: Path) -> None:
    told = "a cv:EvidenceType ; dct:identifier 'dbys-1' ; dct:title 'Belge'@tr ."
    brought(store, kinds, tmp_path, f"ex:a {told} ex:b {told}")
    brought(store, kinds, tmp_path, f"<http://other.example/a b> {told}")
    assert fields(store, kinds, "dbys-1")["same_as"] == [
        "http://example.org/a", "http://example.org/b", "http://other.example/a%20b"
    ]  # fmt: skip
    assert imported(store, kinds, written(tmp_path, f"<http://other.example/a b> {told}")).status == "unchanged"


def test_an_iri_that_two_records_claim_is_refused_with_both(store: Store, kinds: Schema, tmp_path: Path) -> None:
    for number in (1, 2):
        document: dict[str, Any] = {"kind": "Document", "id": f"dbys-{number}", "title": "Belge"}
        writer.save(store, kinds, {**document, "same_as": ["http://example.org/a"]}, AUTHOR)
    report = imported(store, kinds, written(tmp_path, "ex:a a cv:EvidenceType ; dct:title 'Belge'@tr ."))
    (problem,) = report.first_problems
    assert (report.status, problem.rule) == ("refused", "linked.known_twice")
    assert "dbys-1, dbys-2" in problem.text("en")


def test_a_turkish_title_written_here_outlives_the_next_harvest(store: Store, kinds: Schema, tmp_path: Path) -> None:
    told = "ex:d a cv:EvidenceType ; dct:identifier 'dbys-1' ; dct:title '{}'@nl ."
    brought(store, kinds, tmp_path, told.format("Bewijs"))
    brought(store, kinds, tmp_path, told.format("Akte"))
    held = fields(store, kinds, "dbys-1")
    assert (held["title"], held["other_titles"]) == ("Akte", ["Akte@nl"])
    writer.save(store, kinds, {**held, "title": "Kanıt"}, AUTHOR)
    brought(store, kinds, tmp_path, told.format("Stuk"))
    held = fields(store, kinds, "dbys-1")
    assert (held["title"], held["other_titles"]) == ("Kanıt", ["Stuk@nl"])


def test_one_act_without_a_title_does_not_stop_a_catalogue(store: Store, kinds: Schema, tmp_path: Path) -> None:
    act = "legislation:kanun-{} a eli:LegalResource ; eli:type_document code:legislation_type.law"
    report = brought(store, kinds, tmp_path, f"{act.format(1)} . {act.format(2)} ; dct:title 'İki'@tr .")
    assert rules(report) == {"linked.stub": 1}
    stub = fields(store, kinds, "kanun-1")
    assert (stub["title"], stub["is_stub"]) == ("kanun-1", True)
    assert imported(store, kinds, written(tmp_path, f"{act.format(1)} .")).records.unchanged == 1
    brought(store, kinds, tmp_path, f"{act.format(1)} ; dct:title 'Bir'@tr .")
    assert fields(store, kinds, "kanun-1").get("is_stub") is None
    brought(store, kinds, tmp_path, f"{act.format(1)} ; eli:number '1' .")
    assert fields(store, kinds, "kanun-1")["title"] == "Bir"


def test_an_act_that_its_source_calls_ended_is_never_told_as_in_force(
    store: Store, kinds: Schema, tmp_path: Path
) -> None:
    act = "ex:{0} a eli:LegalResource ; eli:id_local 'kanun-99000{0}' ; dct:title 'K'@tr ; eli:type_document"
    act += " code:legislation_type.law ; eli:in_force eli:InForce-{1} "
    brought(
        store, kinds, tmp_path,
        act.format(1, "notInForce") + "." + act.format(2, "partiallyInForce") + "." + act.format(3, "inForce") + "."
        + act.format(4, "notInForce") + "; eli:date_no_longer_in_force '2001-02-03'^^xsd:date .",
    )  # fmt: skip
    quads = exported(store, kinds)
    force = "http://data.europa.eu/eli/ontology#in_force"
    told = {str(quad.subject)[-2]: str(quad.object)[1:-1].rpartition("-")[2]
            for quad in quads if quad.predicate.value == force}  # fmt: skip
    assert told == {"1": "notInForce", "2": "partiallyInForce", "3": "inForce", "4": "notInForce"}
    ended = fields(store, kinds, "kanun-990004")
    assert "told_force" not in ended
    assert ended["valid_to"] == "2001-02-04", "the day after the last one, which ELI tells"
    last = "http://data.europa.eu/eli/ontology#date_no_longer_in_force"
    assert {str(quad.object).split('"')[1] for quad in quads if quad.predicate.value == last} == {"2001-02-03"}
    before = everything(store, kinds)
    again(store, kinds, tmp_path, quads)
    assert everything(store, kinds) == before
