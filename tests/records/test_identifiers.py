"""One form of each identifier, by whatever way it comes in: files, addresses, commands, search."""

from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import AUTHOR
from fastapi.testclient import TestClient  # noqa: TID251  # asked as a browser asks it
from map_texts import import_text

from kaysis_graph import schema, search
from kaysis_graph.errors import Invalid
from kaysis_graph.graph.follower import Follower
from kaysis_graph.graph.graph import Graph
from kaysis_graph.graph.store import Store
from kaysis_graph.records import writer
from kaysis_graph.schema import Schema
from kaysis_graph.schema.identifiers import canonical_identifier
from kaysis_graph.transfer import job_undo
from kaysis_graph.transfer.report import ImportReport

SERVICES = """
[[record]]
kind = "Service"
id = "heys-{no}"
[record.fields]
title = "{name}"
"""
UNITS = """
[values]
parent_no = { find = { kind = "Organisation", title = "{parent}" } }
[[record]]
kind = "Organisation"
id = "{no}"
[record.fields]
title = "{name}"
category = "central_unit"
[[edge]]
type = "PART_OF"
when = { parent = "*" }
from = "{no}"
to = "{parent_no}"
"""
Bring = Callable[[str, str], ImportReport]


@pytest.fixture
def bring(store: Store, kinds: Schema, tmp_path: Path) -> Bring:
    """An import of a file given as its text, by a map given as its text."""

    def run(content: str, rules: str) -> ImportReport:
        return import_text(store, kinds, rules, tmp_path / "rows.csv", content)

    return run


@pytest.mark.parametrize(
    ("written", "form"),
    [
        ("heys-123", "heys-123"),
        ("heys-00123", "heys-123"),
        ("heys-0", "heys-0"),
        ("heys-00123.adim-01", "heys-123.adim-1"),
        ("kanun-5018.m09.f1", "kanun-5018.m9.f1"),
        ("bkk-2009-015169", "bkk-2009-15169"),
        ("kanun-90011.m9.f1.bg\u0306", "kanun-90011.m9.f1.bğ"),
        ("kanun\u20115018\u200b", "kanun-5018"),
        ("\u00a099500052", "99500052"),
        ("\u0669\u0669\u0665\u0660\u0660\u0660\u0665\u0663", "99500053"),
        # The eight digits of a DETSİS number and the two of a province belong to them.
        ("00123456", "00123456"),
        ("il-06", "il-06"),
        ("il-6", "il-06"),
        # What is no identifier stays what it is.
        ("00123", "00123"),
        ("9950 0005", "9950 0005"),
    ],
)
def test_an_identifier_has_one_form(written: str, form: str) -> None:
    assert canonical_identifier(schema.read(), written) == form
    assert canonical_identifier(schema.read(), form) == form


def test_rows_that_write_one_identifier_differently_are_one_record(store: Store, kinds: Schema, bring: Bring) -> None:
    refused = bring("no,name\n00123,Ruhsat\n123,Başka\n", SERVICES)
    assert [problem.rule for problem in refused.first_problems] == ["transfer.given_twice", "transfer.id_rewritten"]
    report = bring("no,name\n00123,Ruhsat\n123,Ruhsat\n", SERVICES)
    (told,) = report.first_problems
    assert (report.records.new, told.place["row"], told.place["column"]) == (1, 2, "no")
    assert "“heys-00123” was taken as the identifier heys-123" in told.text("en")
    assert bring("no,name\n0123,Ruhsat\n", SERVICES).status == "unchanged"
    job_undo.undo(store, kinds, report.job, AUTHOR)
    assert writer.existing(store, kinds, ["heys-123", "heys-00123"]) == {}


def test_no_way_in_makes_a_second_record_of_another_form(store: Store, kinds: Schema) -> None:
    with pytest.raises(Invalid) as refused:
        writer.save(store, kinds, {"kind": "Service", "id": "heys-0123", "title": "Ruhsat"}, AUTHOR)
    assert refused.value.problems[0].rule == "checks.other_form_of_id"


def test_signs_that_nobody_sees_are_told_and_do_not_hide_a_name(store: Store, kinds: Schema, bring: Bring) -> None:
    names = ["Yıl\u00addız\u00a0Şubesi", "Kıyı\u2011Emniyet  Şefliği", "Yeşilırmak\u2019ın Birimi", "\ufeffSade Birim"]
    rows = "".join(f"9950000{number},{name},\n" for number, name in enumerate(names, 1))
    report = bring(f"no,name,parent\n{rows}", UNITS)
    (told,) = report.first_problems
    assert (told.rule, told.place["column"], told.values["count"], told.values["rows"]) == (
        "transfer.hidden_signs", "name", "3", "2, 3, 5",
    )  # fmt: skip
    assert told.values["cell"] == "Yıl‹U+00AD›dız‹U+00A0›Şubesi"
    below = "\n".join(
        f"9950001{number},Alt,{name}"
        for number, name in enumerate(
            ["yıldız şubesi", "KIYI-EMNİYET ŞEFLİĞİ", "Yeşilırmak'ın Birimi", "Sade\u200b Birim"], 1
        )
    )
    assert bring(f"no,name,parent\n{below}\n", UNITS).edges.new == 4
    graph = Graph(store, kinds, Follower(store, kinds, None))
    for words in ("yıldız", "Kıyı-Emniyet", "yeşilırmak'ın birimi", "sa\u00adde birim"):
        assert search.ask.found(graph, words).total == 1, words
    lost = bring("no,name,parent\n99500021,Alt,Olmayan Birim\n", UNITS).first_problems[0]
    assert (lost.rule, lost.values["title"]) == ("transfer.no_such_name", "Olmayan Birim")


@pytest.mark.pages
@pytest.mark.parametrize(
    ("address", "leads_to"),
    [
        ("/records/legislation/kanun-05018", "/records/legislation/kanun-5018"),
        ("/api/records/legislation/kanun-5018%E2%80%8B?lang=en", "/api/records/legislation/kanun-5018?lang=en"),
        ("/id/legislation/kanun-05018.ttl", "/id/legislation/kanun-5018.ttl"),
        ("/organisations/%C2%A099001009", "/organisations/99001009"),
        ("/api/impact/kanun-5018.m9.f1.bg%CC%86", "/api/impact/kanun-5018.m9.f1.b%C4%9F"),
        ("/flows?organisation=99001009%E2%80%8B&at=2025-01-01", "/flows?organisation=99001009&at=2025-01-01"),
        ("//elsewhere.example/kanun-05018", "/elsewhere.example/kanun-5018"),
    ],
)
def test_an_address_with_another_form_leads_to_the_one(client: TestClient, address: str, leads_to: str) -> None:
    answer = client.get(f"http://testserver{address}")
    assert (answer.status_code, answer.headers["location"]) == (308, leads_to)


def test_a_number_with_zeros_in_front_finds_what_bears_it(sample: Graph) -> None:
    found = search.ask.found(sample, "05018")
    assert found.hits[0].record.id == "kanun-5018"
