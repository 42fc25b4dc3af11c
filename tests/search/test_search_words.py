"""Everyday words: synonyms, and services before what belongs to them."""

from pathlib import Path

import pytest
from worlds import organisation, put, service

from kaysis_graph import search
from kaysis_graph.errors import SchemaError
from kaysis_graph.graph.store import Store
from kaysis_graph.schema import Schema
from kaysis_graph.search.synonyms import read_synonyms


def ids(page: search.ask.FoundPage) -> list[str]:
    return [hit.name.id for hit in page.hits]


def test_a_service_comes_before_its_documents_and_steps(store: Store, kinds: Schema) -> None:
    graph = put(
        store,
        kinds,
        [
            {"kind": "Document", "id": "dbys-1", "title": "Evlenme beyannamesi"},
            service(1, "Evlenme işlemleri"),
            {
                "kind": "CorrespondenceStep",
                "id": "heys-1.adim-1",
                "title": "Evlenme dosyasının parafı",
                "step_kind": "initials",
                "order": 1,
                "edges": [{"type": "PART_OF", "to": "heys-1"}],
            },
        ],
    )
    expected = ["heys-1", "dbys-1", "heys-1.adim-1"]
    assert ids(search.ask.found(graph, "evlenme")) == expected
    assert [name.id for name in search.ask.suggested(graph, "evlen")] == expected
    first = search.ask.found(graph, "evlenme", limit=1)
    assert ids(search.ask.found(graph, "evlenme", limit=2, cursor=first.next_cursor)) == expected[1:]


def test_what_people_say_finds_what_the_register_calls_it(store: Store, kinds: Schema) -> None:
    graph = put(
        store,
        kinds,
        [
            service(1, "Evlenme işlemleri"),
            service(2, "Yivsiz tüfek ruhsatnamesi verilmesi"),
            service(3, "Doğum işlemleri"),
            {"kind": "Document", "id": "dbys-1", "title": "Sürücü belgesi"},
        ],
    )
    for words, identifier, also in (
        ("evlilik", "heys-1", ("evlenme", "nikâh")),
        ("EVLİLİĞİN", "heys-1", ("evlenme", "nikâh")),
        ("av tüfeği", "heys-2", ("yivsiz tüfek",)),
        ("Av tüfeği ruhsatı", "heys-2", ("yivsiz tüfek ruhsatnamesi",)),
        ("doğum kaydı", "heys-3", ("doğum tescili", "doğum işlemleri")),
        ("ehliyet", "dbys-1", ("sürücü belgesi",)),
    ):
        page = search.ask.found(graph, words)
        assert (ids(page)[:1], page.also, page.is_relaxed) == ([identifier], also, False)
        assert page.hits[0].match == "synonym"
        assert [name.id for name in search.ask.suggested(graph, words)][:1] == [identifier]
    # One way only: a rifle licence is asked for by more than hunters.
    assert search.ask.found(graph, "yivsiz tüfek").also == ()
    hit = search.ask.found(graph, "evlilik").hits[0]
    assert [hit.name.title[first:last] for first, last in hit.title_marks] == ["Evlenme"]


def test_synonyms_are_checked_when_they_are_read(tmp_path: Path) -> None:
    for told, said in (
        ('[[both]]\nwords = ["evlilik", "evlenme"]\n[[one]]\nsaid = "Evlilik"\nalso = ["nikâh"]', "two places"),
        ('[[both]]\nwords = ["evlilik"]', "nothing beside it"),
        ('[[one]]\nsaid = "ehliyet"', "needs said and also"),
        ('[[both]]\nwords = ["?", "evlenme"]', "phrases with words"),
        ("[[all]]", "unknown key"),
        ("[[both", "synonyms.toml"),
    ):
        folder = tmp_path / str(len(list(tmp_path.iterdir())))
        folder.mkdir()
        (folder / "synonyms.toml").write_text(told, "utf-8")
        with pytest.raises(SchemaError, match=said):
            read_synonyms(folder)


def test_a_long_word_with_one_mistake_is_taken_for_the_word_it_was_meant_to_be(store: Store, kinds: Schema) -> None:
    graph = put(
        store,
        kinds,
        [
            service(1, "Pasaport başvurusu"),
            service(2, "Pasaport Yenileme"),
            service(3, "Ehliyetnâme"),
            organisation(1, "Kömür İşletmesi"),
        ],
    )
    for words, expected, said, taken in (
        ("pasapport", ["heys-1", "heys-2"], "pasapport", "pasaport"),
        ("Pasaprot", ["heys-1", "heys-2"], "Pasaprot", "pasaport"),
        ("PASAPOT yenileme", ["heys-2"], "PASAPOT", "pasaport"),
        ("pasaport yenilame", ["heys-2"], "yenilame", "yenileme"),
    ):
        page = search.ask.found(graph, words)
        assert (ids(page), page.is_relaxed, page.did_you_mean) == (expected, False, None), words
        assert [(held.said, held.taken) for held in page.corrected] == [(said, taken)]
        assert [hit.record.id for hit in search.ask.streamed(graph, words)] == expected
    first = search.ask.found(graph, "pasapport", limit=1)
    following = search.ask.found(graph, "pasapport", limit=1, cursor=first.next_cursor)
    assert (ids(first), ids(following), following.next_cursor) == (["heys-1"], ["heys-2"], None)


def test_what_is_right_or_too_short_or_a_number_is_taken_for_nothing_else(store: Store, kinds: Schema) -> None:
    graph = put(store, kinds, [service(1, "Pasaport başvurusu"), organisation(1, "Kömür İşletmesi")])
    for words in ("pasaport", "pasaportun", "başvuru", "PASAPORTLAR"):
        assert search.ask.found(graph, words).corrected == ()
    page = search.ask.found(graph, "kömmür")
    assert (page.total, page.corrected, page.did_you_mean) == (0, (), "komur")
    assert search.ask.found(graph, "kömmür işletmesi").did_you_mean == "kömür işletmesi"
    for words in ("99000002", "pasabord", "yok"):
        page = search.ask.found(graph, words)
        assert (page.total, page.corrected, page.did_you_mean) == (0, (), None)
