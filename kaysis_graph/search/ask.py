"""Finding records of all kinds by name, number, former name and words, ordered and counted by the search index."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from tantivy import Query

from kaysis_graph import article_order, clock, text
from kaysis_graph.errors import Invalid, Problem
from kaysis_graph.graph.graph import Graph
from kaysis_graph.messages import Language
from kaysis_graph.records import cursors, names
from kaysis_graph.records.filters import read_filters
from kaysis_graph.records.lists import check_limit, known_kind
from kaysis_graph.records.names import Name
from kaysis_graph.records.record_model import Record
from kaysis_graph.records.search_text import number, words_of
from kaysis_graph.search import corrections, matches
from kaysis_graph.search.asked_words import AskedWords
from kaysis_graph.search.cited_acts import read_cited_question
from kaysis_graph.search.corrections import Correction
from kaysis_graph.search.facets import Counting, FacetRow
from kaysis_graph.search.hit_order import HitPlace, Ranked, RankedDocument, Sort
from kaysis_graph.search.index.open_index import FoundDocument, OpenIndex
from kaysis_graph.search.index.terms import all_of
from kaysis_graph.search.index.word_index import WordIndex
from kaysis_graph.search.matches import Former
from kaysis_graph.search.query import SearchQuery

_MOST_AT_ONCE = 200
_MOST_SUGGESTED = 50
# The first two are a number or a whole name, which of them the record says.
_RANKS = (
    "exact", "alias", "number", "number", "beginning", "beginning", "name", "name", "synonym", "word", "stem",
)  # fmt: skip
# What a stream reads at a time.
_STREAMED_AT_ONCE = 1_000
# What a cursor says of the last hit, as the index takes it.
_KEY, _IDENTIFIER = re.compile(r"(?:[0-9a-f]{2})*"), re.compile(r"[\w.-]+")
Match = Literal["exact", "alias", "number", "beginning", "name", "synonym", "word", "stem"]
SURE: tuple[Match, ...] = ("exact", "alias", "number")
"""What says that a record was meant and no other: its whole title, another of its names whole, its number."""


@dataclass(frozen=True)
class Hit:
    """One record found: whole, its name on the date, how well it matched, in which field, the words around the match.

    `former` is given when a former title matched and the title of the date did not. The marks are where the words that
    were looked for stand in the title and in the snippet: first letter, and the letter after the last.
    """

    record: Record
    name: Name
    match: Match
    field: str
    snippet: str
    former: Former | None
    title_marks: tuple[tuple[int, int], ...] = ()
    snippet_marks: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class FoundPage:
    """Some of what was found, in the order asked for.

    `total` covers everything that passes the filters; each facet counts what passes the others, so that it tells what
    one more value of it would add. `is_relaxed`: nothing has all the words, so any of them was enough. `also` are the
    synonyms that were looked for too. `corrected` are words that no record has, with those that were looked for in
    their place; `did_you_mean` is the question in other words, where one that no record has is too short for that.
    """

    hits: list[Hit]
    facets: dict[str, dict[str, int]]
    total: int
    is_relaxed: bool
    also: tuple[str, ...]
    corrected: tuple[Correction, ...]
    did_you_mean: str | None
    next_cursor: str | None


def found(  # noqa: PLR0913  # what is looked for, among what, from where
    graph: Graph,
    words: str,
    *,
    kinds: Sequence[str] = (),
    filters: Mapping[str, str] | None = None,
    at: date | None = None,
    cursor: str | None = None,
    limit: int = 20,
    language: Language = "tr",
    sort: Sort = "relevance",
) -> FoundPage:
    """A page of the records that match the words, best first; `at` leaves only those valid that day.

    Exact names and numbers come first, then the number in a longer question, names that begin with it, names with all
    its words or those of a synonym, texts with all its words, stems; among equals services first and what belongs to
    others last, then in Turkish alphabetical order. `sort` orders by title or by the
    first day instead. All words must match; when nothing has them all, a long word that no record has is taken for one
    that is a letter away, and when that does not help, any of the words is enough. Invalid for a question without
    words or over long, an unknown filter, a cursor of another question; NotFound for an unknown kind.
    """
    check_limit(limit, _MOST_AT_ONCE)
    search = _begun(graph, words, kinds, filters, at)
    order = f"search {sort} {search.question.name}"
    was_relaxed, after = _read_cursor(cursor, order)
    counting = search.counting()
    reading = _read_loosely(search, counting, words, was_relaxed=was_relaxed)
    search, counts = reading.search, reading.counts
    everywhere = counting.rows(search.candidates(is_relaxed=reading.is_relaxed)) if kinds else counts
    total = counting.total(counts)
    ranked = search.ranked(is_relaxed=reading.is_relaxed)
    rows = ranked.page(sort, after, min(limit + 1, total)) if total else []
    hits = _hits(graph, ranked, rows[:limit], sort, at, language)
    following = None
    if len(rows) > limit:
        last = hits[-1].record
        key = article_order.sort_key(last.kind, last.id, last.title)
        following = cursors.cursor(order, [reading.is_relaxed, rows[limit - 1].place, key, last.id])
    written = _written_words(hits) if reading.taken or reading.offered else {}
    offered = {said: written.get(taken, taken) for said, taken in reading.offered.items()}
    return FoundPage(
        hits=hits,
        facets=counting.facets(counts, everywhere),
        total=total,
        is_relaxed=reading.is_relaxed,
        also=search.question.also,
        corrected=corrections.corrections_in(words, reading.taken, written),
        did_you_mean=corrections.said_again(words, offered) if offered else None,
        next_cursor=following,
    )


def streamed(  # noqa: PLR0913  # what is looked for, among what
    graph: Graph,
    words: str,
    *,
    kinds: Sequence[str] = (),
    filters: Mapping[str, str] | None = None,
    at: date | None = None,
    language: Language = "tr",
    sort: Sort = "relevance",
) -> Iterator[Hit]:
    """All hits of the question, in the order of its pages and without their counts; of one moment to the end."""
    search = _begun(graph, words, kinds, filters, at)
    reading = _read_loosely(search, search.counting(), words, was_relaxed=False)
    ranked = reading.search.ranked(is_relaxed=reading.is_relaxed)
    after = None
    while True:
        rows = ranked.page(sort, after, _STREAMED_AT_ONCE)
        hits = _hits(graph, ranked, rows, sort, at, language)
        yield from hits
        if len(rows) < _STREAMED_AT_ONCE:
            return
        last = hits[-1].record
        after = HitPlace(rows[-1].place, article_order.sort_key(last.kind, last.id, last.title), last.id)


def suggested(
    graph: Graph, words: str, limit: int = 8, at: date | None = None, kinds: Sequence[str] = ()
) -> list[Name]:
    """The names that come up while somebody types: of that number, beginning so, then those that have its words.

    At most `limit`, of the kinds if any are named; empty while there is nothing to go by. NotFound for an unknown kind.
    """
    check_limit(limit, _MOST_SUGGESTED)
    among = [known_kind(graph.schema, kind).name for kind in kinds]
    index = graph.beside(WordIndex).opened()
    try:
        question = read_cited_question(index, words)
    except Invalid:
        return []
    terms = index.terms
    chosen: dict[str, FoundDocument] = {}
    for query in terms.suggestions(question):
        # What came up for a better reason may come up again.
        asked = all_of([query, *terms.kinds(among)])
        if len(chosen) < limit:
            for one in index.first(asked, limit + len(chosen)):
                chosen.setdefault(one.id, one)
    called = names.titles(graph, list(chosen)[:limit], at)
    return list(called.values())


@dataclass(frozen=True)
class _Search:
    """A question with the index it is put to, the kinds it is among and what narrows it."""

    index: OpenIndex
    question: SearchQuery
    kinds: list[Query]
    narrowed: Mapping[str, Any]

    def candidates(self, *, is_relaxed: bool) -> Query:
        """All that has the words, whatever narrows it."""
        return self.index.terms.candidates(self.question, is_relaxed=is_relaxed)

    def counting(self) -> Counting:
        """What counts the hits of the question, however it is read."""
        return Counting(self.index.searcher, self.index.terms, self.index.fields, self.narrowed)

    def ranked(self, *, is_relaxed: bool) -> Ranked:
        """What is found, to be read in an order."""
        filters = [*self.kinds, *self.index.terms.filters(self.narrowed)]
        return Ranked(self.index, self.question, self.candidates(is_relaxed=is_relaxed), filters)


@dataclass(frozen=True)
class _Reading:
    """How a question had to be read for anything to be found, with what was counted.

    `taken` are the words that were taken for others, `offered` those that are only offered; folded.
    """

    search: _Search
    counts: list[FacetRow]
    is_relaxed: bool
    taken: Mapping[str, str]
    offered: Mapping[str, str]


def _read_loosely(search: _Search, counting: Counting, words: str, *, was_relaxed: bool) -> _Reading:
    """The question as it was said where anything has its words; else with mistakes mended, else with any of them."""
    counts = [] if was_relaxed else counting.rows(search.candidates(is_relaxed=False), search.kinds)
    if counts:
        return _Reading(search, counts, is_relaxed=False, taken={}, offered={})
    unknown = corrections.unknown_words(search.index, search.question)
    taken = corrections.taken_for(unknown)
    offered = {said: other for said, other in unknown.items() if said not in taken}
    if taken:
        mended = read_cited_question(search.index, corrections.said_again(words, taken))
        search = replace(search, question=mended)
        if not was_relaxed:
            counts = counting.rows(search.candidates(is_relaxed=False), search.kinds)
    is_relaxed = was_relaxed or (not counts and len(search.question.words) > 1)
    if is_relaxed:
        counts = counting.rows(search.candidates(is_relaxed=True), search.kinds)
    return _Reading(search, counts, is_relaxed, taken, offered)


def _written_words(hits: Sequence[Hit]) -> dict[str, str]:
    """Words of the titles of hits as they are written, by how they are folded and by their stems."""
    shown = [word[0] for hit in hits for word in text.shown_words(hit.name.title)]
    return {text.stem(word): text.lower(word) for word in shown} | {text.fold(word): text.lower(word) for word in shown}


def _begun(
    graph: Graph, words: str, kinds: Sequence[str], filters: Mapping[str, str] | None, at: date | None
) -> _Search:
    schema = graph.schema
    chosen = [known_kind(schema, kind) for kind in kinds]
    narrowed = read_filters(schema, chosen or list(schema.kinds.values()), filters or {}, at).takes(at)
    index = graph.beside(WordIndex).opened()
    among = index.terms.kinds([kind.name for kind in chosen])
    return _Search(index, read_cited_question(index, words), among, narrowed)


def _read_cursor(cursor: str | None, order: str) -> tuple[bool, HitPlace | None]:
    """Whether any word was enough, and where the page before ended."""
    is_relaxed, place, key, identifier = cursors.marks_of(cursor, order, (bool, int, str, str))
    if cursor is None:
        return False, None
    match is_relaxed, place, key, identifier:
        case bool(), int(), str(), str() if _KEY.fullmatch(key) and _IDENTIFIER.fullmatch(identifier):
            return is_relaxed, HitPlace(place, key, identifier)
    raise Invalid([Problem("records.bad_cursor", {"parameter": "cursor"}, {"cursor": cursor[:40]})])


def _hits(  # noqa: PLR0913  # what was found, of whom, how it is shown
    graph: Graph, ranked: Ranked, rows: Sequence[RankedDocument], sort: Sort, at: date | None, language: Language
) -> list[Hit]:
    records = [ranked.index.record_at(row.found) for row in rows]
    called = _named(graph, records, at or clock.today())
    ranks = ranked.ranks_of(rows, sort)
    asked = AskedWords(ranked.question)
    return [
        _hit(graph, asked, record, called[record.id], rank, language)
        for record, rank in zip(records, ranks, strict=True)
    ]


def _named(graph: Graph, records: Sequence[Record], day: date) -> dict[str, Name]:
    """The names of records on the day; those of the index where one is gone since."""
    called = names.titles(graph, [record.id for record in records], day)
    return {record.id: called.get(record.id) or names.name_of_record(record, day) for record in records}


def _hit(  # noqa: PLR0913  # a record and what it is called, by what it was found
    graph: Graph, asked: AskedWords, record: Record, name: Name, rank: int, language: Language
) -> Hit:
    field, snippet = matches.field_of(graph.schema, record, asked, name.title, language)
    former = matches.former_of(record, asked, name.title)
    shown = (name.title_en if language == "en" else None) or name.title
    return Hit(
        record,
        name,
        _match(graph, record, name, asked.question, rank),
        field,
        snippet,
        former,
        asked.spots(shown),
        asked.spots(snippet),
    )


def _match(graph: Graph, record: Record, name: Name, question: SearchQuery, rank: int) -> Match:
    """How well the record matches: "exact" only where the whole title was said."""
    match: Match = _RANKS[rank]  # type: ignore[assignment]  # the ranks of the index
    if match == "beginning" and not question.says_all(words_of(graph.schema, record).name_words):
        return "synonym"
    if rank > 1:
        return match
    if question.name in (" ".join(text.words(title)) for title in (name.title, name.title_en or "")):
        return "exact"
    is_number = matches.has_number(record, question) or number(record.id) in question.cited
    return "number" if is_number else "alias"
