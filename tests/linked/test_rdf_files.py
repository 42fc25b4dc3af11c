"""RDF files as they lie about: odd names, faults in several places, nodes without a name."""

import json
import random
import re
import string
from pathlib import Path

import pyoxigraph
import pytest
from pyoxigraph import Quad
from test_linked_import import PREFIXES, brought, edges, everything, exported, imported, rules, wiped, written

from kaysis_graph.graph.store import Store
from kaysis_graph.messages import LANGUAGES, catalogue
from kaysis_graph.schema import Schema

DOCUMENTS = [
    f"ex:d{number} a cv:EvidenceType ; dct:identifier 'dbys-{number}' ; dct:title 'B'@tr ." for number in range(1, 5)
]


@pytest.mark.parametrize("name", ["my catalogue (1).ttl", "50% [ek] {x}.ttl", "Hizmet Kataloğu #2?.ttl", "a%20b.ttl"])
def test_a_file_is_read_whatever_its_name(store: Store, kinds: Schema, tmp_path: Path, name: str) -> None:
    path = written(
        tmp_path, f"{DOCUMENTS[0]} <#here> a cv:EvidenceType ; dct:identifier 'dbys-9' ; dct:title 'C'@tr .", name
    )
    report = imported(store, kinds, path)
    assert (report.status, report.records.new) == ("written", 2), report.first_problems
    kept = [told.get("same_as") for told, _ in everything(store, kinds).values()]
    assert kept == [["http://example.org/d1"], None], "a name within the file is kept nowhere"


CHOICE = """
ex:s a cpsv:PublicService ; dct:identifier "heys-1" ; dct:title "Hizmet"@tr ; cv:holdsRequirement
    [ cv:hasEvidenceTypeList [ cv:specifiesEvidenceType ex:d1 ], [ cv:specifiesEvidenceType ex:d2 ] ],
    [ cv:hasEvidenceTypeList [ cv:specifiesEvidenceType ex:d3 ], [ cv:specifiesEvidenceType ex:d4 ] ] .
[] a cv:EvidenceType ; dct:identifier "dbys-5" ; dct:title "İlk"@tr ;
    cv:unheard [ dct:title "x" ; cv:more [ dct:title "y" ] ] .
[] a cv:EvidenceType ; dct:identifier "dbys-6" ; dct:title "Son"@tr .
_:a a cv:EvidenceType ; dct:identifier "dbys-7" ; dct:title "Halka"@tr ; cv:unheard _:b . _:b cv:unheard _:a .
"""  # fmt: skip


def test_nodes_without_a_name_are_the_same_in_each_run_and_any_order(
    store: Store, kinds: Schema, tmp_path: Path
) -> None:
    first = brought(store, kinds, tmp_path, CHOICE + "\n".join(DOCUMENTS))
    groups = {edge["to"]: edge["alternative"] for edge in edges(store, kinds, "heys-1")}
    assert groups["dbys-1"] == groups["dbys-2"] == "dbys-1 | dbys-2"
    assert groups["dbys-3"] == groups["dbys-4"] == "dbys-3 | dbys-4"
    told = sorted(problem.text("en") for problem in first.first_problems)
    assert any("_:" in one for one in told)
    again = imported(store, kinds, written(tmp_path, CHOICE + "\n".join(DOCUMENTS)))
    assert again.status == "unchanged"
    assert sorted(problem.text("en") for problem in again.first_problems) == told
    lines = [f"{quad.subject} {quad.predicate} {quad.object} ." for quad in parsed(CHOICE + "\n".join(DOCUMENTS))]
    chance = random.Random(7)  # an order, no secret
    for number in range(3):
        chance.shuffle(lines)
        path = tmp_path / f"shuffled-{number}.nt"
        path.write_text("\n".join(lines), "utf-8")
        assert imported(store, kinds, path).status == "unchanged"


def parsed(turtle: str) -> list[Quad]:
    return list(pyoxigraph.parse(PREFIXES + turtle, pyoxigraph.RdfFormat.TURTLE))


def test_all_that_is_wrong_is_told_in_one_run(store: Store, kinds: Schema, tmp_path: Path) -> None:
    broken = written(
        tmp_path, "ex:a ex:b unheard .\nex:a dct:title 'A'@tr .\nex:a ex:b [ .\nex:c ex:d 5x .\n", "broken.ttl"
    )
    unnamed = written(
        tmp_path,
        "ex:u a cpsv:PublicService ; dct:title 'U'@tr ; kaysis:importance 'hiç' ; kaysis:valid_from '2020-13-01' ."
        " ex:v a cpsv:PublicService ; dct:title 'V'@tr .",
        "unnamed.ttl",
    )
    context = tmp_path / "context.jsonld"
    addresses = ["https://a.example/one.jsonld", "https://b.example/two.jsonld"]
    context.write_text(json.dumps({"@context": addresses, "@id": "http://example.org/x"}), "utf-8")
    report = imported(store, kinds, broken, unnamed, context)
    found = rules(report)
    assert report.status == "refused", report
    assert (found.get("linked.remote_context"), found["linked.no_identifier"]) == (2, 2), report.first_problems
    assert found["linked.syntax"] >= 2
    assert (found["linked.unknown_code"], found["transfer.no_such_day"]) == (1, 1)
    rows = [problem.place["row"] for problem in report.first_problems if problem.rule == "linked.syntax"]
    offset = PREFIXES.count("\n")
    assert rows[0] == offset + 1


def test_a_blank_free_export_comes_back_from_any_form_of_name(store: Store, kinds: Schema, tmp_path: Path) -> None:
    brought(store, kinds, tmp_path, "\n".join(DOCUMENTS))
    before, quads = everything(store, kinds), exported(store, kinds)
    path = tmp_path / "dışa aktarım (2).nq"
    path.write_text("".join(f"{quad} .\n" for quad in quads), "utf-8")
    wiped(store)
    assert imported(store, kinds, path).status == "written"
    assert everything(store, kinds) == before


WRONG = """
<https://a.example/id/organisation/99500001> a cv:PublicOrganisation ; dct:title "Birim"@tr ;
    kaysis:category <https://a.example/def/code/organisation_category.unheard> ;
    org:subOrganizationOf <https://a.example/id/organisation/99500009> .
<https://a.example/id/organisation/99500002> a cv:PublicOrganisation ; dct:title "Daire"@tr ;
    kaysis:valid_from "2020-02-30" ; kaysis:valid_to "çok eski" .
<https://a.example/id/legislation/kanun-99001> a eli:LegalResource ; dct:title "Kanun"@tr .
ex:hizmet a cpsv:PublicService ; dct:identifier "heys-99001" ; dct:title "Hizmet"@tr ;
    cv:hasLegalResource <https://a.example/id/organisation/99500002> .
"""

# The table of identifiers has columns.
IDS = {"tr": "--ids çizelgesinin legislation_type sütununda", "en": "in the column legislation_type of the --ids table"}


def test_what_is_wrong_with_rdf_is_told_by_subject_and_property(store: Store, kinds: Schema, tmp_path: Path) -> None:
    report = imported(store, kinds, written(tmp_path, WRONG, "yanlış.ttl"))
    told = {(problem.rule, problem.place.get("property")): problem for problem in report.first_problems}
    home = "https://a.example/id"
    for rule, spoken, subject in (
        ("checks.not_in_list", "kaysis:category", f"{home}/organisation/99500001"),
        ("checks.no_target", "org:subOrganizationOf", f"{home}/organisation/99500001"),
        ("transfer.no_such_day", "kaysis:valid_from", f"{home}/organisation/99500002"),
        ("transfer.unreadable_date", "kaysis:valid_to", f"{home}/organisation/99500002"),
        ("checks.missing_field", "eli:type_document", f"{home}/legislation/kanun-99001"),
        ("checks.unfit_target", "cv:hasLegalResource", "http://example.org/hizmet"),
    ):
        problem = told[rule, spoken]
        assert (problem.place["file"], problem.place["subject"]) == ("yanlış.ttl", subject)
        assert not {"row", "column", "map"} & problem.place.keys()
        for language in LANGUAGES:
            sentences = f"{problem.text(language)} {problem.hint(language)}"
            assert spoken in sentences, sentences
            alone = sentences.replace(IDS[language], "")
            assert not re.search(r"\b(column|row|map|cell|sütun|satır|eşleme|hücre)", alone), alone


def test_what_is_said_of_rdf_needs_no_more_than_what_is_said_of_tables() -> None:
    keys = [key for key in catalogue() if key.startswith("rdf.") and not key.endswith("_hint")]
    named: dict[str, list[str]] = {key.rpartition(".")[2]: [] for key in keys}
    for key, said in catalogue().items():
        area, _, name = key.partition(".")
        if area in ("checks", "transfer") and name.removesuffix("_hint") in named:
            named[name.removesuffix("_hint")].append(said["en"])
    for name, shared in named.items():
        assert shared, name
        known = {held for one in shared for held in placeholders(one)} | {"property", "field", "value"}
        for key in (f"rdf.{name}", f"rdf.{name}_hint"):
            for language in LANGUAGES:
                assert placeholders(catalogue()[key][language]) <= known, key


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}
