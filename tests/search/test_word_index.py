"""The search index beside the projection: what it finds, how it keeps step, and who keeps it."""

import random
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest
from conftest import AUTHOR, empty
from fastapi.testclient import TestClient  # noqa: TID251  # asked as a client asks it
from hypothesis import given
from hypothesis import strategies as st
from worlds import Row, organisation, part_of, put, seed_rows, service

from kaysis_graph import article_order, search
from kaysis_graph.graph.columns import OPEN_FROM, OPEN_TO, day_of
from kaysis_graph.graph.follower import Follower
from kaysis_graph.graph.graph import Graph
from kaysis_graph.graph.history import Head
from kaysis_graph.graph.store import Store
from kaysis_graph.records import record_model, writer
from kaysis_graph.records.record_model import Record
from kaysis_graph.records.search_text import RecordWords, words_of
from kaysis_graph.schema import Schema
from kaysis_graph.search.citations import read_citation
from kaysis_graph.search.index import word_index
from kaysis_graph.search.index.day_blocks import blocks_of_day, blocks_of_span
from kaysis_graph.search.index.word_index import WordIndex
from kaysis_graph.search.kind_order import kind_place
from kaysis_graph.search.query import SearchQuery, Word, read_question

PATIENCE = "_WAIT_FOR_KEEPER"


@dataclass(frozen=True)
class Scanned:
    """A record with what search reads of it, and its words and stems as sets."""

    record: Record
    told: RecordWords

    def begins(self, word: Word, held: tuple[str, ...]) -> bool:
        if len(word.folded) < 3:
            return word.folded in held
        return any(one.startswith(word.folded) for one in held)

    def has(self, word: Word) -> bool:
        """Whether the record has a word whole, as a beginning or as a stem."""
        is_stem = bool(word.stem) and (word.stem in self.told.stems or word.stem in self.told.words)
        return self.begins(word, self.told.words) or is_stem

    def is_found(self, question: SearchQuery, *, is_relaxed: bool) -> bool:
        gather = any if is_relaxed else all
        if gather(self.has(word) for word in question.words):
            return True
        if any(all(self.has(word) for word in other) for other in question.others):
            return True
        return not set(question.bare_numbers).isdisjoint(self.told.numbers)

    def rank(self, question: SearchQuery) -> int:
        """The place of the first of the reasons for which the record may be found."""
        names, numbers = self.told.names, self.told.numbers
        present, name_words = names[0], self.told.name_words
        starts = [" ".join(word.folded for word in other) for other in question.others]
        is_whole = all(word.folded in name_words for word in question.words)

        def started(words: tuple[Word, ...]) -> bool:
            return all(any(one.startswith(word.folded) for one in name_words) for word in words)

        has_number = not set(question.numbers).isdisjoint(numbers)
        reasons = [
            present == question.name or (question.number != "" and question.number in numbers),
            question.name in names,
            has_number and is_whole,
            has_number,
            present.startswith(question.name),
            any(name.startswith((question.name, *starts)) for name in names),
            is_whole,
            started(question.words),
            any(started(other) for other in question.others),
            all(word.folded in self.told.words for word in question.words),
        ]
        return next((rank for rank, holds in enumerate(reasons) if holds), len(reasons))


def scan(rows: list[Scanned], words: str) -> tuple[list[str], bool]:
    """What a question finds when every record is looked at, in order, and whether any word was enough."""
    question = read_question(words)
    found = [row for row in rows if row.is_found(question, is_relaxed=False)]
    is_relaxed = not found and len(question.words) > 1
    if is_relaxed:
        found = [row for row in rows if row.is_found(question, is_relaxed=True)]
    found.sort(
        key=lambda row: (
            row.rank(question),
            kind_place([row.record.kind]),
            article_order.sort_key(row.record.kind, row.record.id, row.record.title),
            row.record.id,
        )
    )
    return [row.record.id for row in found], is_relaxed


@pytest.fixture(scope="module")
def scanned(kinds: Schema) -> list[Scanned]:
    """Every record of the seed."""
    records = [record_model.record_of(kinds, row) for row in seed_rows()]
    return [Scanned(record, words_of(kinds, record)) for record in records]


def asked_of(rows: list[Scanned], count: int) -> list[str]:
    """Questions as people put them: words of titles, whole or begun, in any case, numbers, several at once."""
    chance = random.Random(12)
    titles = [row.record.title for row in rows]
    questions = ["il", "ve", "kanun", "KANUN", "İl Nüfus", "nufus mudurlugu", "evlilik", "av tüfeği ruhsatı", "05018"]
    while len(questions) < count:
        words = chance.choice(titles).split()
        said = " ".join(chance.sample(words, min(len(words), chance.randint(1, 3))))
        said = chance.choice([said, said.upper(), said[: chance.randint(1, len(said))], chance.choice(titles)])
        if any(letter.isalnum() for letter in said) and len(said) < 200:
            questions.append(said)
    return questions


def test_the_index_finds_and_orders_what_a_scan_of_all_records_does(sample: Graph, scanned: list[Scanned]) -> None:
    for words in asked_of(scanned, 120):
        if read_citation(words):
            continue
        expected, is_relaxed = scan(scanned, words)
        hits = list(search.ask.streamed(sample, words))
        assert [hit.record.id for hit in hits] == expected, words
        page = search.ask.found(sample, words, limit=7)
        assert (page.total, page.is_relaxed) == (len(expected), is_relaxed), words
        assert [hit.record.id for hit in page.hits] == expected[:7], words
        kinds = Counter(row.record.kind for row in scanned if row.record.id in set(expected))
        assert page.facets.get("kind", {}) == kinds, words


def test_pages_of_every_order_hold_each_hit_once(sample: Graph) -> None:
    for sort in ("relevance", "title", "newest", "oldest"):
        whole = [hit.record.id for hit in search.ask.streamed(sample, "genel", sort=sort)]
        assert len(whole) == len(set(whole)) > 40
        seen: list[str] = []
        cursor = None
        while cursor is not None or not seen:
            page = search.ask.found(sample, "genel", sort=sort, limit=9, cursor=cursor)
            seen += [hit.record.id for hit in page.hits]
            cursor = page.next_cursor
        assert seen == whole, sort


def test_a_day_leaves_what_was_there_on_it(sample: Graph) -> None:
    everything = {hit.record.id for hit in search.ask.streamed(sample, "genel")}
    for day in (date(1990, 1, 1), date(2012, 6, 1), date(2026, 1, 1)):
        view = sample.on(day)
        expected = {name for name in everything if view.valid[view.records.position_of[name]]}
        assert {hit.record.id for hit in search.ask.streamed(sample, "genel", at=day)} == expected
        assert search.ask.found(sample, "genel", at=day).total == len(expected)


@given(
    st.lists(st.integers(-800_000, 900_000) | st.sampled_from([OPEN_FROM, OPEN_TO]), min_size=2, max_size=2),
    st.integers(-800_000, 900_000),
)
def test_a_day_is_in_a_span_when_it_is_in_one_of_its_blocks(ends: list[int], day: int) -> None:
    blocks = blocks_of_span(*ends)
    assert len(blocks) < 45
    assert (not set(blocks_of_day(day)).isdisjoint(blocks)) == (ends[0] <= day < ends[1])


def test_a_code_of_an_earlier_day_is_the_one_asked_about(store: Store, kinds: Schema) -> None:
    earlier = {"category": [{"value": "ministry", "valid_from": None, "valid_to": "2010-01-01"}]}
    graph = put(store, kinds, [organisation(1, "Göç Kurulu", earlier=earlier), organisation(2, "Göç Şubesi")])
    for day, code, expected in (
        ("2009-12-31", "ministry", ["99000001"]),
        ("2010-01-01", "ministry", []),
        ("2009-12-31", "central_unit", ["99000002"]),
        ("2010-01-01", "central_unit", ["99000001", "99000002"]),
    ):
        page = search.ask.found(graph, "göç", filters={"category": code}, at=date.fromisoformat(day))
        assert [hit.record.id for hit in page.hits] == expected, (day, code)


def test_the_days_of_a_unit_follow_its_ties_without_a_word_of_it_being_written(store: Store, kinds: Schema) -> None:
    put(store, kinds, [organisation(1, "Bakanlık"), organisation(2, "Tarım Şubesi", "central_unit", part_of(1))])
    graph = Graph(store, kinds, Follower(store, kinds, None))
    assert search.ask.found(graph, "tarım", at=date(1999, 1, 1)).total == 1
    tied = organisation(2, "Tarım Şubesi", "central_unit", part_of(1, valid_from="2000-01-01"))
    writer.save(store, kinds, tied, AUTHOR)
    assert search.ask.found(graph, "tarım", at=date(1999, 1, 1)).total == 0
    assert search.ask.found(graph, "tarım", at=date(2000, 1, 1)).total == 1


@dataclass
class Desk:
    """A home in which several processes keep and read the index of one graph."""

    store: Store
    kinds: Schema
    home: Path

    def graph(self) -> Graph:
        return Graph(self.store, self.kinds, Follower(self.store, self.kinds, self.home / "projection.npz"))

    def save(self, row: Row) -> None:
        writer.save(self.store, self.kinds, row, AUTHOR)


@pytest.fixture
def desk(store: Store, kinds: Schema, tmp_path: Path) -> Desk:
    put(store, kinds, [organisation(1, "Fındık Enstitüsü"), service(1, "Fındık desteği")])
    return Desk(store, kinds, tmp_path)


def ids(graph: Graph, words: str) -> list[str]:
    return [hit.record.id for hit in search.ask.found(graph, words).hits]


def test_an_index_is_taken_up_from_its_folder_where_it_was_left(desk: Desk) -> None:
    first = desk.graph()
    assert ids(first, "fındık") == ["heys-1", "99000001"]
    assert first.beside(WordIndex).seen.build_seconds > 0
    first.beside(WordIndex).close()
    desk.save(organisation(2, "Fındık Borsası"))
    second = desk.graph()
    assert ids(second, "fındık") == ["heys-1", "99000002", "99000001"]
    work = second.beside(WordIndex).seen
    assert (work.place, work.build_seconds, work.rebuilt) == ("folder", 0.0, 0)
    second.beside(WordIndex).close()


def test_nothing_is_made_before_a_search_is_asked(desk: Desk) -> None:
    graph = desk.graph()
    desk.save(organisation(2, "Fındık Borsası"))
    assert graph.beside(WordIndex).position is None
    assert not (desk.home / "search").exists()
    assert not graph.beside(WordIndex).is_kept
    ids(graph, "fındık")
    graph.beside(WordIndex).close()
    assert graph.beside(WordIndex).is_kept


def test_who_finds_the_folder_kept_reads_what_its_keeper_writes(desk: Desk) -> None:
    keeper, other = desk.graph(), desk.graph()
    assert ids(keeper, "fındık") == ids(other, "fındık")
    assert other.beside(WordIndex).seen.place == "folder kept by another process"
    desk.save(organisation(2, "Fındık Borsası"))
    for graph in (keeper, other):
        graph.follower.catch_up()
    assert ids(keeper, "borsa") == ids(other, "borsa") == ["99000002"]
    assert other.beside(WordIndex).seen.build_seconds == 0.0
    keeper.beside(WordIndex).close()
    desk.save(organisation(3, "Fındık Müzesi"))
    other.follower.catch_up()
    assert ids(other, "müze") == ["99000003"]
    assert other.beside(WordIndex).seen.place == "folder"
    other.beside(WordIndex).close()


def test_who_waits_in_vain_for_the_keeper_of_the_folder_answers_from_memory(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeper = desk.graph()
    assert ids(keeper, "fındık") == ["heys-1", "99000001"]
    desk.save(organisation(2, "Fındık Borsası"))
    other = desk.graph()
    monkeypatch.setattr(word_index, PATIENCE, 0.05)
    assert ids(other, "fındık") == ["heys-1", "99000002", "99000001"]
    assert other.beside(WordIndex).seen.place == "memory"
    keeper.beside(WordIndex).close()


def test_a_damaged_index_is_made_anew(desk: Desk) -> None:
    first = desk.graph()
    ids(first, "fındık")
    first.beside(WordIndex).close()
    (folder,) = (desk.home / "search").iterdir()
    (folder / "meta.json").write_text("{", encoding="utf-8")
    second = desk.graph()
    assert ids(second, "fındık") == ["heys-1", "99000001"]
    assert second.beside(WordIndex).seen.place == "folder"
    second.beside(WordIndex).close()


def test_the_index_of_a_graph_that_was_wiped_goes_with_it(desk: Desk) -> None:
    first = desk.graph()
    ids(first, "fındık")
    empty(desk.store, desk.kinds)
    first.follower.catch_up()
    assert ids(first, "fındık") == []
    first.beside(WordIndex).close()
    put(desk.store, desk.kinds, [organisation(3, "Çay Enstitüsü")])
    second = desk.graph()
    assert ids(second, "enstitü") == ["99000003"]
    assert len(list((desk.home / "search").iterdir())) == 1
    second.beside(WordIndex).close()


def test_an_index_with_too_few_records_is_told_and_made_anew(desk: Desk) -> None:
    graph = desk.graph()
    ids(graph, "fındık")
    words = graph.beside(WordIndex)
    assert words.agrees()
    assert words._writer is not None
    words._writer.delete_documents_by_term("id", "heys-1")
    words._commit(Head(graph.sequence, graph.follower.current.hash))
    assert ids(graph, "fındık") == ["99000001"]
    assert not words.agrees()
    assert ids(graph, "fındık") == ["heys-1", "99000001"]
    words.close()


def test_many_changes_are_taken_over_in_parts(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    graph = desk.graph()
    ids(graph, "fındık")
    monkeypatch.setattr(word_index, "_RECORDS_AT_A_TIME", 3)
    first = date(2000, 1, 1)
    for number in range(10, 25):
        opened = (first + timedelta(days=number)).isoformat()
        desk.save(organisation(number, f"Fındık Şubesi {number}", valid_from=opened))
    graph.follower.catch_up()
    assert search.ask.found(graph, "şube").total == 15
    assert search.ask.found(graph, "şube", at=date.fromordinal(first.toordinal() + 12)).total == 3
    assert day_of(first) > 0
    graph.beside(WordIndex).close()


def test_the_status_says_where_the_index_stands(client: TestClient) -> None:
    assert client.get("/api/search?q=kanun").status_code == 200
    told = client.get("/api/status").json()
    assert (told["search"]["sequence"], told["search"]["behind"]) == (told["sequence"], 0)
    assert (told["search"]["place"], told["search"]["records"]) == ("memory", told["projection"]["records"])
