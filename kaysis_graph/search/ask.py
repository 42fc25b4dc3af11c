"""Finding records of all kinds by name, number, former name and words; counts say how far they were counted."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from kaysis_graph import clock, text
from kaysis_graph.errors import Invalid, Problem
from kaysis_graph.graph.queries import load
from kaysis_graph.graph.store import Reader
from kaysis_graph.messages import Language
from kaysis_graph.records import cursors, names, record_model, search_text
from kaysis_graph.records.filters import read_filters
from kaysis_graph.records.lists import check_limit, known_kind
from kaysis_graph.records.names import Name
from kaysis_graph.records.record_model import Record, RecordRow
from kaysis_graph.schema import Schema
from kaysis_graph.schema.derive import search_index
from kaysis_graph.search import facets, matches
from kaysis_graph.search.cited_acts import read_cited_question
from kaysis_graph.search.kind_order import kind_place, kind_takes
from kaysis_graph.search.matches import Former
from kaysis_graph.search.query import SearchQuery

_FOUND = load("search/found")
_BEGINNING = load("search/beginning")
_FIRST = load("search/first")
# Ranking and counting read each candidate: 20,000 took half a second on the embedded engine, beside other work.
MOST_CANDIDATES = 10_000
_MOST_AT_ONCE = 200
_MOST_SUGGESTED = 50
# guess: among so many titles that begin alike, some are of the kind; the index finds the others by their words.
_MOST_BEGINNING = 1_000
# The first two are a number or a whole name, which of them the record says.
_RANKS = (
    "exact", "alias", "number", "number", "beginning", "beginning", "name", "name", "synonym", "word", "stem",
)  # fmt: skip
# Streams ask for as much at a time as an engine hands over in a second.
_STREAMED_AT_ONCE = 1_000
Match = Literal["exact", "alias", "number", "beginning", "name", "synonym", "word", "stem"]
SURE: tuple[Match, ...] = ("exact", "alias", "number")
"""What says that a record was meant and no other: its whole title, another of its names whole, its number."""
Sort = Literal["relevance", "title", "newest", "oldest"]


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
    synonyms that were looked for too. `counted_first` is set when there were more candidates than are counted and
    ranked: then totals and order hold for that many only.
    """

    hits: list[Hit]
    facets: dict[str, dict[str, int]]
    total: int
    is_relaxed: bool
    also: tuple[str, ...]
    counted_first: int | None
    next_cursor: str | None


@dataclass(frozen=True)
class FoundRow:
    """A record found, with its rank and its place in the order."""

    id: str
    labels: list[str]
    rank: int
    place: int
    sort_key: str
    properties: dict[str, Any]


def found(  # noqa: PLR0913  # what is looked for, among what, from where
    reader: Reader,
    schema: Schema,
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
    first day instead. All words must match; when nothing has them all, any is enough. Invalid for a question without
    words or over long, an unknown filter, a cursor of another question; NotFound for an unknown kind.
    """
    check_limit(limit, _MOST_AT_ONCE)
    question = read_cited_question(reader, words)
    chosen = [known_kind(schema, kind) for kind in kinds]
    narrowed = read_filters(schema, chosen or list(schema.kinds.values()), filters or {}, at).takes(at)
    order = f"search {sort} {question.name}"
    is_relaxed, place, key, identifier = cursors.marks_of(cursor, order, (bool, int, str, str))
    if cursor is not None and None in (is_relaxed, place, key, identifier):
        raise Invalid([Problem("records.bad_cursor", {"parameter": "cursor"}, {"cursor": cursor[:40]})])
    asked_kinds = [kind.name for kind in chosen]
    counting = facets.Counting(reader, schema, narrowed, MOST_CANDIDATES)
    counts = counting.rows(question.lucene(asked_kinds, is_relaxed=bool(is_relaxed)))
    if not counts and not is_relaxed and len(question.words) > 1:
        is_relaxed = True
        counts = counting.rows(question.lucene(asked_kinds, is_relaxed=True))
    asked = question.lucene(asked_kinds, is_relaxed=bool(is_relaxed))
    takes = _takes(schema, question, asked, narrowed, sort)
    after = {"last_place": place, "last_key": key, "last_id": identifier, "limit": limit + 1}
    rows = reader.read(_FOUND, into=FoundRow, **takes, **after)
    everywhere = counting.rows(question.lucene([], is_relaxed=bool(is_relaxed))) if chosen else counts
    is_cut = any(sum(row.total for row in counted) >= MOST_CANDIDATES for counted in (counts, everywhere))
    shown = rows[:limit]
    following = None
    if len(rows) > limit:
        end = shown[-1]
        following = cursors.cursor(order, [bool(is_relaxed), end.place, end.sort_key, end.id])
    return FoundPage(
        hits=[_hit(schema, question, row, at, language) for row in shown],
        facets=counting.facets(counts, everywhere),
        total=counting.total(counts),
        is_relaxed=bool(is_relaxed),
        also=question.also,
        counted_first=MOST_CANDIDATES if is_cut else None,
        next_cursor=following,
    )


def streamed(  # noqa: PLR0913  # what is looked for, among what
    reader: Reader,
    schema: Schema,
    words: str,
    *,
    kinds: Sequence[str] = (),
    filters: Mapping[str, str] | None = None,
    at: date | None = None,
    language: Language = "tr",
    sort: Sort = "relevance",
) -> Iterator[Hit]:
    """All hits of the question, in the order of its pages and without their counts.

    As many as are ranked: MOST_CANDIDATES where there are more.
    """
    question = read_cited_question(reader, words)
    chosen = [known_kind(schema, kind) for kind in kinds]
    narrowed = read_filters(schema, chosen or list(schema.kinds.values()), filters or {}, at).takes(at)
    is_relaxed = found(reader, schema, words, kinds=kinds, filters=filters, at=at, limit=1).is_relaxed
    asked = question.lucene([kind.name for kind in chosen], is_relaxed=is_relaxed)
    takes = _takes(schema, question, asked, narrowed, sort)
    after: dict[str, Any] = {"last_place": None, "last_key": None, "last_id": None}
    while True:
        rows = reader.read(_FOUND, into=FoundRow, **takes, **after, limit=_STREAMED_AT_ONCE)
        yield from (_hit(schema, question, row, at, language) for row in rows)
        if len(rows) < _STREAMED_AT_ONCE:
            return
        after = {"last_place": rows[-1].place, "last_key": rows[-1].sort_key, "last_id": rows[-1].id}


def suggested(  # noqa: PLR0913  # what is looked for, among what
    reader: Reader,
    schema: Schema,
    words: str,
    limit: int = 8,
    at: date | None = None,
    kinds: Sequence[str] = (),
) -> list[Name]:
    """The names that come up while somebody types: of that number, beginning so, then those that have its words.

    At most `limit`, of the kinds if any are named; quick rather than complete, empty while there is nothing to go by.
    NotFound for an unknown kind.
    """
    check_limit(limit, _MOST_SUGGESTED)
    try:
        question = read_cited_question(reader, words)
    except Invalid:
        return []
    day = at or clock.today()
    beginning = text.fold(words.strip())
    among = [known_kind(schema, kind).name for kind in kinds]
    most = _MOST_BEGINNING if among else limit
    rows = reader.read(_BEGINNING, into=RecordRow, beginning=beginning, kinds=among, most=most, limit=limit)
    rows.sort(key=lambda row: (row.properties["search_name"] != beginning, *_in_order(row)))
    if len(rows) < limit or question.numbers:
        typed = question.as_typed(among)
        others = reader.read(_FIRST, into=RecordRow, index=search_index.NAME, question=typed, limit=_MOST_SUGGESTED)
        numbers = {question.number, *question.numbers}
        others.sort(key=_in_order)
        # Law 5018 comes before its provisions, whose titles begin with the number.
        exact = [row for row in others if not numbers.isdisjoint(row.properties["search_numbers"])]
        cited = _cited(question, others)
        # Of all articles 9, "5018 m.9" is one of Law 5018.
        exact.sort(key=lambda row: not _says_all(row.properties["title"], question))
        rows = [*cited, *exact, *rows, *others]
    named = {row.id: names.name_of(schema, names.row_of(row.id, row.labels, row.properties), day) for row in rows}
    return list(named.values())[:limit]


def _says_all(title: str, question: SearchQuery) -> bool:
    said = {text.fold(word) for word in re.findall(r"\w+", title)}
    return said.issuperset(word.folded for word in question.words)


def _cited(question: SearchQuery, rows: Sequence[RecordRow]) -> list[RecordRow]:
    """The provisions that are cited, the most exact first."""
    order = {held: place for place, held in enumerate((*question.cited_exactly, *question.cited))}
    found = [(order[held], row) for row in rows for held in row.properties["search_numbers"] if held in order]
    return [row for _, row in sorted(found, key=lambda pair: pair[0])]


def _in_order(row: RecordRow) -> tuple[int, str, str]:
    return kind_place(row.labels), row.properties["sort_key"], row.id


def _takes(
    schema: Schema, question: SearchQuery, asked: str, narrowed: Mapping[str, Any], sort: Sort
) -> dict[str, Any]:
    """What the statement that ranks takes beside the place to go on from."""
    ranked = {"index": search_index.NAME, "question": asked, "most": MOST_CANDIDATES, "sort": sort}
    return {**ranked, **question.takes, **narrowed, **kind_takes(schema)}


def _hit(schema: Schema, question: SearchQuery, row: FoundRow, at: date | None, language: Language) -> Hit:
    record = record_model.loaded_record(schema, row.labels, row.properties)
    name = names.name_of(schema, names.row_of(row.id, row.labels, row.properties), at or clock.today())
    field, snippet = matches.field_of(schema, record, question, name.title, language)
    former = matches.former_of(record, question, name.title)
    shown = (name.title_en if language == "en" else None) or name.title
    return Hit(
        record,
        name,
        _match(record, name, question, row),
        field,
        snippet,
        former,
        matches.marks_in(question, shown),
        matches.marks_in(question, snippet),
    )


def _match(record: Record, name: Name, question: SearchQuery, row: FoundRow) -> Match:
    """How well the record matches: "exact" only where the whole title was said."""
    match: Match = _RANKS[row.rank]  # type: ignore[assignment]  # the ranks of the query
    if match == "beginning" and not question.says_all(row.properties["search_names"]):
        return "synonym"
    if row.rank > 1:
        return match
    if question.name in (" ".join(text.words(title)) for title in (name.title, name.title_en or "")):
        return "exact"
    is_number = matches.has_number(record, question) or search_text.number(record.id) in question.cited
    return "number" if is_number else "alias"
