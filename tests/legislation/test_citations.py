"""Citations as people write them, and what a search finds for them."""

import pytest
from conftest import WIPE
from worlds import Row, put

from kaysis_graph import search
from kaysis_graph.graph import history
from kaysis_graph.graph.graph import Graph
from kaysis_graph.graph.store import Store
from kaysis_graph.schema import Schema
from kaysis_graph.search.citations import read_citation, read_place
from kaysis_graph.search.cited_acts import missing_place


def legislation(identifier: str, title: str, **fields: object) -> Row:
    return {"kind": "Legislation", "id": identifier, "title": title, "legislation_type": "law", **fields}


def ids(page: search.ask.FoundPage) -> list[str]:
    return [hit.name.id for hit in page.hits]


def provision(act: str, place: str, title: str) -> Row:
    return {
        "kind": "Provision", "id": f"{act}.{place}", "title": title, "provision_type": "article", "place": place,
        "edges": [{"type": "PART_OF", "to": act}],
    }  # fmt: skip


@pytest.fixture(scope="module")
def cited(prepared: Store, kinds: Schema) -> Graph:
    """A graph with acts and their provisions; read only."""
    prepared.write(lambda transaction: transaction.run(WIPE))
    history.begin(prepared)
    return put(
        prepared,
        kinds,
        [
            legislation("kanun-5018", "Kamu Malî Yönetimi ve Kontrol Kanunu", number="5018"),
            legislation("kanun-7201", "Tebligat Kanunu", number="7201"),
            legislation("anayasa-2709", "Türkiye Cumhuriyeti Anayasası", short_title="Anayasa", number="2709"),
            provision("kanun-5018", "m9", "5018 sayılı Kanun m.9"),
            {**provision("kanun-5018", "m9.f1", "5018 sayılı Kanun m.9 f.1"), "provision_type": "paragraph"},
            provision("kanun-5018", "m10", "5018 sayılı Kanun m.10"),
            provision("kanun-5018", "gecici1", "5018 sayılı Kanun geçici m.1"),
            provision("kanun-7201", "m7-a", "7201 sayılı Kanun m.7/a"),
            provision("anayasa-2709", "m74", "Anayasa m.74"),
            provision("anayasa-2709", "m75", "Anayasa m.75"),
        ],
    )


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("5018 m.9", "kanun-5018.m9"), ("5018 md. 9", "kanun-5018.m9"), ("5018 madde 9", "kanun-5018.m9"),
        ("5018/9", "kanun-5018.m9"), ("5018 9'uncu", "kanun-5018.m9"), ("5018'in 9'uncu maddesi", "kanun-5018.m9"),
        ("5018 sayılı Kanunun 9 uncu maddesinin birinci fıkrası", "kanun-5018.m9.f1"),
        ("5018 m.9/1", "kanun-5018.m9.f1"), ("5018 sayılı Kanunun 9 uncu maddesi", "kanun-5018.m9"),
        ("5018 geçici 1", "kanun-5018.gecici1"), ("5018 sayılı Kanun geçici madde 1", "kanun-5018.gecici1"),
        ("geçici 1", "kanun-5018.gecici1"), ("Anayasa madde 74", "anayasa-2709.m74"),
        ("ANAYASA'nın 74'üncü maddesi", "anayasa-2709.m74"), ("Anayasanın 74. maddesi", "anayasa-2709.m74"),
        ("7201 7/a", "kanun-7201.m7-a"), ("7201 m.7/A", "kanun-7201.m7-a"),
        ("Kamu Mali Yonetimi ve Kontrol Kanununun 9 uncu maddesi", "kanun-5018.m9"),
    ],
)  # fmt: skip
def test_a_citation_finds_its_provision_first(cited: Graph, words: str, expected: str) -> None:
    page = search.ask.found(cited, words)
    assert (ids(page)[0], page.is_relaxed) == (expected, False)
    assert next(iter(search.ask.suggested(cited, words))).id == expected


@pytest.mark.parametrize("words", ["24308110", "2009/15169", "hastane", "kanun-5018.m9", "10 m. koşu", "9'uncu", "9/A"])
def test_what_cites_no_act_and_place_is_no_citation(words: str) -> None:
    assert read_citation(words) is None


def test_a_place_is_read_as_identifiers_write_it() -> None:
    said = ("9", "m.9", "Geçici Madde 3", "9/A", "ek 1", "9 uncu", "mükerrer 5", "xx")
    assert [read_place(place) for place in said] == ["m9", "m9", "gecici3", "m9-a", "ek1", "m9", "mukerrer5", "xx"]


def test_an_act_that_stands_in_for_an_article_that_is_not_recorded_is_said_to() -> None:
    assert missing_place("5490 md. 7", ["kanun-5490", "heys-1"]) == "m.7"
    assert missing_place("5490 geçici 3", ["kanun-5490"]) == "geçici m.3"
    assert missing_place("5490 md. 7", ["kanun-5490.m7", "kanun-5490"]) == ""
    assert missing_place("5490 md. 7", ["heys-5490"]) == "", "no act of that number"
    assert missing_place("5490", ["kanun-5490"]) == ""
