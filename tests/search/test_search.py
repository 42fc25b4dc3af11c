"""What a search finds, in which order, and what it says about it."""

from datetime import date

import pytest
from conftest import AUTHOR, WIPE
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kaysis_graph import search
from kaysis_graph.errors import Invalid, NotFound
from kaysis_graph.graph import history
from kaysis_graph.graph.follower import Follower
from kaysis_graph.graph.graph import Graph
from kaysis_graph.graph.store import Store
from kaysis_graph.records import record_model, writer
from kaysis_graph.schema import Schema

ON_2020 = date(2020, 1, 1)


def organisation(identifier: str, title: str, **fields: object) -> dict[str, object]:
    return {"kind": "Organisation", "id": identifier, "title": title, "category": "central_unit", **fields}


def legislation(identifier: str, title: str, **fields: object) -> dict[str, object]:
    return {"kind": "Legislation", "id": identifier, "title": title, "legislation_type": "law", **fields}


RECORDS: list[dict[str, object]] = [
    organisation("24308110", "Ankara Devlet Hastanesi", category="provincial_unit"),
    organisation("24308111", "Hastane", short_title="HST"),
    organisation("24308112", "İstanbul Valiliği", category="governorship"),
    organisation("24308113", "Isı Yalıtımı Şefliği"),
    organisation("24308114", "Sağlık Bakanlığı", category="ministry", title_en="Ministry of Health"),
    organisation("24308115", "Yazışmalarda Birlik Kurulu"),
    organisation("24308116", "Iğdır Belediyesi", category="municipality"),
    organisation(
        "24308117",
        "Strateji ve Bütçe Başkanlığı",
        category="presidency",
        earlier={
            "title": [{"value": "Devlet Planlama Teşkilatı", "valid_from": "1960-09-30", "valid_to": "2011-06-03"}]
        },
    ),
    organisation("24308118", "Kapanan Hastane", valid_to="2015-01-01"),
    organisation("24308119", "Kâğıt Müzesi", is_unverified=True),
    legislation(
        "kanun-5018",
        "Kamu Malî Yönetimi ve Kontrol Kanunu",
        number="5018",
        gazette_no="25326",
        description="Kamu kaynaklarının etkili kullanılmasını, hesap verebilirliği ve malî saydamlığı düzenler.",
    ),
    legislation("kanun-6745", "5018 Sayılı Kanunda Değişiklik Yapan Kanun", number="6745"),
    legislation("bkk-2009-15169", "Hizmet Standartları", legislation_type="regulation", number="2009/15169"),
    {"kind": "Service", "id": "heys-41001", "title": "Nüfus Kayıt Örneği Verilmesi"},
    {"kind": "Document", "id": "dbys-2001", "title": "Yerleşim Yeri Belgesi", "synonyms": ["İkametgâh"]},
]


@pytest.fixture(scope="module")
def full(prepared: Store, kinds: Schema) -> Graph:
    """A graph of the records above; read only."""
    prepared.write(lambda transaction: transaction.run(WIPE))
    history.begin(prepared)
    made = [record_model.record_of(kinds, told) for told in RECORDS]
    prepared.write(lambda transaction: writer.merge(transaction, kinds, made, [], AUTHOR))
    return Graph(prepared, kinds, Follower(prepared, kinds, None))


def ids(page: search.ask.FoundPage) -> list[str]:
    return [hit.name.id for hit in page.hits]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("hastane", "24308110"),
        ("HASTANE", "24308110"),
        ("hastaneler", "24308111"),
        ("hastanesi", "24308111"),
        ("ISTANBUL", "24308112"),
        ("istanbul", "24308112"),
        ("İSTANBUL", "24308112"),
        ("İstanbul'un", "24308112"),
        ("yazışma", "24308115"),
        ("yazışmaların", "24308115"),
        ("isi", "24308113"),
        ("ısı", "24308113"),
        ("saglik", "24308114"),
        ("ministry health", "24308114"),
        ("IĞDIR", "24308116"),
        ("igdir", "24308116"),
        ("kagit", "24308119"),
        ("24308114", "24308114"),
        ("243081", "24308114"),
        ("5018", "kanun-5018"),
        ("5018 sayılı kanun", "kanun-5018"),
        ("5018 sayılı Kanun'un", "kanun-5018"),
        ("kanun-5018", "kanun-5018"),
        ("25326", "kanun-5018"),
        ("2009/15169", "bkk-2009-15169"),
        ("2009/15169 sayılı", "bkk-2009-15169"),
        ("heys-41001", "heys-41001"),
        ("41001", "heys-41001"),
        ("Devlet Planlama Teşkilatı", "24308117"),
        ("hst", "24308111"),
        ("ikametgah", "dbys-2001"),
        ("saydamlık", "kanun-5018"),
        ("kamu mali yonetimi", "kanun-5018"),
        ("nüfus kayıt örnekleri", "heys-41001"),
    ],
)
def test_it_finds_what_is_meant(full: Graph, words: str, expected: str) -> None:
    page = search.ask.found(full, words)
    assert expected in ids(page)
    assert not page.is_relaxed


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("hastane", ["24308111", "24308118", "24308110"]),
        ("5018", ["kanun-5018", "kanun-6745"]),
        ("5018 sayılı kanun", ["kanun-5018", "kanun-6745"]),
        ("istanbul", ["24308112"]),
    ],
)
def test_the_exact_name_or_number_comes_first(full: Graph, words: str, expected: list[str]) -> None:
    assert ids(search.ask.found(full, words)) == expected


def test_a_former_title_is_told_with_its_days(full: Graph) -> None:
    (hit,) = search.ask.found(full, "planlama teşkilatı").hits
    assert hit.name.title == "Strateji ve Bütçe Başkanlığı"
    assert hit.former is not None
    assert (hit.former.title, hit.former.valid_from, hit.former.valid_to) == (
        "Devlet Planlama Teşkilatı",
        date(1960, 9, 30),
        date(2011, 6, 3),
    )
    assert hit.field == "eski ad"


def test_as_of_a_date_a_record_is_called_what_it_was_called(full: Graph) -> None:
    (hit,) = search.ask.found(full, "planlama", at=date(2000, 1, 1)).hits
    assert hit.name.title == "Devlet Planlama Teşkilatı"
    assert hit.name.present_title == "Strateji ve Bütçe Başkanlığı"
    assert hit.former is None


def test_with_a_date_only_records_valid_on_it_are_found(full: Graph) -> None:
    assert "24308118" in ids(search.ask.found(full, "hastane", at=date(2014, 12, 31)))
    assert "24308118" not in ids(search.ask.found(full, "hastane", at=date(2015, 1, 1)))


def test_a_hit_says_when_it_ended_or_is_unverified(full: Graph) -> None:
    hits = {hit.name.id: hit.name for hit in search.ask.found(full, "kapanan kağıt").hits}
    assert hits["24308118"].has_ended
    assert hits["24308119"].is_unverified


def test_the_words_around_a_match_in_a_description_are_shown(full: Graph) -> None:
    (hit,) = search.ask.found(full, "hesap verebilirlik").hits
    assert hit.field == "Açıklama"
    assert "hesap verebilirliği" in hit.snippet


def test_when_no_record_has_all_words_any_word_is_enough_and_it_says_so(full: Graph) -> None:
    page = search.ask.found(full, "hastane yokböyleşey")
    assert page.is_relaxed
    assert ids(page) == ["24308110", "24308111", "24308118"]


def test_nothing_found_is_an_empty_page(full: Graph) -> None:
    page = search.ask.found(full, "yokböyleşey")
    assert (page.hits, page.total, page.facets, page.next_cursor) == ([], 0, {}, None)


def test_counts_cover_all_that_was_found_and_other_kinds_too(full: Graph) -> None:
    page = search.ask.found(full, "kanun", kinds=["legislation"], limit=1)
    assert page.total == 2
    assert page.facets["legislation_type"] == {"law": 2}
    assert search.ask.found(full, "belge", kinds=["document"]).facets["kind"] == {"Document": 1}
    every = search.ask.found(full, "hizmet standart", kinds=["service"])
    assert every.total == 0


def test_filters_narrow_what_is_found(full: Graph) -> None:
    page = search.ask.found(full, "hastane", kinds=["Organisation"], filters={"category": "provincial_unit"})
    assert ids(page) == ["24308110"]
    assert ids(search.ask.found(full, "kanun", filters={"number": "6745"})) == ["kanun-6745"]


def test_pages_follow_each_other_without_gap_or_repetition(full: Graph) -> None:
    whole = ids(search.ask.found(full, "hastane kanun belge"))
    assert len(whole) > 4
    seen: list[str] = []
    cursor = None
    while True:
        page = search.ask.found(full, "hastane kanun belge", limit=2, cursor=cursor)
        assert page.total == len(whole)
        seen += ids(page)
        cursor = page.next_cursor
        if cursor is None:
            break
    assert seen == whole


@pytest.mark.parametrize("words", ["", "   ", "…?!", '+-&|!(){}[]^"~*?:\\/', "\x00", "'"])
def test_a_question_without_a_word_is_refused_with_a_hint(full: Graph, words: str) -> None:
    with pytest.raises(Invalid) as refused:
        search.ask.found(full, words)
    (problem,) = refused.value.problems
    assert problem.rule == "search.no_words"
    assert problem.hint("tr")


@pytest.mark.parametrize("words", ["x" * 10_000, " ".join(f"söz{n}" for n in range(100))])
def test_an_overlong_question_is_refused_with_a_hint(full: Graph, words: str) -> None:
    with pytest.raises(Invalid) as refused:
        search.ask.found(full, words)
    assert [problem.rule for problem in refused.value.problems] == ["search.too_long"]


@pytest.mark.parametrize(
    "words",
    [
        'hastane" OR *:*', "hastane) OR (kanun", "title:hastane", "hastane~2", "[a TO z]", "hasta*", "-hastane",
        "search_names:x", "AND", "NOT hastane", "a" * 900, "٣٤٥", "日本語 hastane", "hastane\u200d", "_", "__ hastane",
        "kind_organisation", "number_5018", "é́́", "🏥 hastane",
    ],
)  # fmt: skip
def test_the_syntax_of_the_engine_means_nothing_in_a_question(full: Graph, words: str) -> None:
    page = search.ask.found(full, words)
    assert page.total <= len(RECORDS)
    search.ask.suggested(full, words)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=60))
def test_any_text_is_answered_or_refused(full: Graph, words: str) -> None:
    try:
        rules = [] if search.ask.found(full, words, limit=3) else ["nothing at all"]
    except Invalid as refused:
        rules = [problem.rule for problem in refused.problems]
    assert rules in ([], ["search.no_words"])
    search.ask.suggested(full, words)


def test_a_cursor_of_another_question_is_refused(full: Graph) -> None:
    cursor = search.ask.found(full, "hastane", limit=1).next_cursor
    assert cursor is not None
    for wrong in (cursor, "çöp", "", "e30", "W10"):
        with pytest.raises(Invalid) as refused:
            search.ask.found(full, "kanun", cursor=wrong)
        assert refused.value.problems[0].rule == "records.bad_cursor"


def test_unknown_kinds_and_filters_are_refused_naming_the_known_ones(full: Graph) -> None:
    with pytest.raises(NotFound) as unknown:
        search.ask.found(full, "hastane", kinds=["hospital"])
    assert "organisation" in str(unknown.value.hint("en"))
    with pytest.raises(Invalid) as refused:
        search.ask.found(full, "hastane", kinds=["organisation"], filters={"colour": "red"})
    assert "category" in refused.value.problems[0].hint("en")


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("has", "24308111"), ("Sağ", "24308114"), ("istan", "24308112"), ("2430811", "24308110"),
        ("5018", "kanun-5018"), ("devlet has", "24308110"), ("41001", "heys-41001"),
    ],
)  # fmt: skip
def test_names_come_up_while_somebody_types(full: Graph, typed: str, expected: str) -> None:
    assert expected in [name.id for name in search.ask.suggested(full, typed)]


def test_a_title_that_begins_so_is_suggested_first(full: Graph) -> None:
    assert [name.id for name in search.ask.suggested(full, "hasta", limit=2)] == ["24308111", "24308110"]
    assert search.ask.suggested(full, "?") == []


def test_a_saved_change_is_found_at_once(full: Graph, kinds: Schema) -> None:
    told = organisation("24308190", "Fındık Araştırma Enstitüsü")
    writer.save(full.store, kinds, told, AUTHOR)
    assert ids(search.ask.found(full, "fındık")) == ["24308190"]
    writer.save(full.store, kinds, {**told, "title": "Çay Araştırma Enstitüsü"}, AUTHOR)
    assert ids(search.ask.found(full, "fındık")) == []
    assert ids(search.ask.found(full, "cay")) == ["24308190"]
    writer.delete(full.store, kinds, "24308190", AUTHOR)
    assert ids(search.ask.found(full, "çay")) == []


def test_exact_is_said_of_a_whole_title_only(full: Graph) -> None:
    matches = {
        words: search.ask.found(full, words).hits[0].match
        for words in ("HASTANE", "hst", "ikametgâh", "24308111", "Ministry of Health", "devlet hastanesi", "hast")
    }
    assert matches == {
        "HASTANE": "exact",
        "hst": "alias",
        "ikametgâh": "alias",
        "24308111": "number",
        "Ministry of Health": "exact",
        "devlet hastanesi": "name",
        "hast": "beginning",
    }


def test_the_words_that_were_found_are_marked(full: Graph) -> None:
    hit = search.ask.found(full, "devlet hastane").hits[0]
    assert [hit.name.title[first:last] for first, last in hit.title_marks] == ["Devlet", "Hastanesi"]
    described = search.ask.found(full, "saydamlık").hits[0]
    assert [described.snippet[first:last] for first, last in described.snippet_marks] == ["saydamlığı"]
