"""Finding records of all kinds by name, number, former name and words; counts say how far they were counted."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from kaysis_graph import text
from kaysis_graph.errors import Invalid, Problem
from kaysis_graph.graph.queries import load
from kaysis_graph.graph.store import Reader
from kaysis_graph.messages import Language
from kaysis_graph.registry import cursors, matches, names, records
from kaysis_graph.registry.filters import read_filters
from kaysis_graph.registry.lists import RecordRow, check_limit, known_kind
from kaysis_graph.registry.matches import Former
from kaysis_graph.registry.names import Name
from kaysis_graph.registry.questions import Question, read_question
from kaysis_graph.schema import Schema
from kaysis_graph.schema.derive.search_index import NAME as INDEX

_FOUND = load("search/found")
_COUNTS = load("search/counts")
_BEGINNING = load("search/beginning")
_FIRST = load("search/first")
# Ranking and counting read each candidate: 20,000 took half a second on the embedded engine, beside other work.
MOST_CANDIDATES = 10_000
_MOST_AT_ONCE = 200
_MOST_SUGGESTED = 50
# guess: among so many titles that begin alike, some are of the kind; the index finds the others by their words.
_MOST_BEGINNING = 1_000
_RANKS = ("exact", "exact", "number", "beginning", "beginning", "name", "name", "word", "stem")
Match = Literal["exact", "number", "beginning", "name", "word", "stem"]


@dataclass(frozen=True)
class Hit:
    """One record found: its name on the date, how well it matched, in which field, and the words around the match.

    `former` is given when a former title matched and the title of the date did not.
    """

    name: Name
    match: Match
    field: str
    snippet: str
    former: Former | None


@dataclass(frozen=True)
class SearchPage:
    """Some of what was found, best first.

    `total` and `facets` cover everything that passes the filters; `facets["kind"]` also counts the kinds that were not
    asked for. `is_relaxed`: nothing has all the words, so any of them was enough. `counted_first` is set when there
    were more candidates than are counted and ranked: then totals and order hold for that many only.
    """

    hits: list[Hit]
    facets: dict[str, dict[str, int]]
    total: int
    is_relaxed: bool
    counted_first: int | None
    next_cursor: str | None


@dataclass(frozen=True)
class FoundRow:
    """A record found, with its rank."""

    id: str
    labels: list[str]
    rank: int
    sort_key: str
    properties: dict[str, Any]


@dataclass(frozen=True)
class CountRow:
    """How many records of one kind with these codes were found, or left out by the filters."""

    labels: list[str]
    codes: list[str | None]
    passes: bool
    total: int


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
) -> SearchPage:
    """A page of the records that match the words, best first; `at` leaves only those valid that day.

    Exact names and numbers come first, then the number in a longer question, names that begin with it, names with all
    its words, texts with all its words, stems; equals in Turkish alphabetical order. All words must match; when
    nothing has them all, any is enough. Invalid for a question without words or over long, an unknown filter, a
    cursor of another question; NotFound for an unknown kind.
    """
    check_limit(limit, _MOST_AT_ONCE)
    question = read_question(words)
    chosen = [known_kind(schema, kind) for kind in kinds]
    narrowed = read_filters(schema, chosen or list(schema.kinds.values()), filters or {}, at).takes(at)
    order = f"search {question.name}"
    is_relaxed, rank, key, identifier = cursors.marks_of(cursor, order, (bool, int, str, str))
    if cursor is not None and None in (is_relaxed, rank, key, identifier):
        raise Invalid([Problem("records.bad_cursor", {"parameter": "cursor"}, {"cursor": cursor[:40]})])
    asked_kinds = [kind.name for kind in chosen]
    fields = _counted_fields(schema)
    counts = _counts(reader, question.lucene(asked_kinds, is_relaxed=bool(is_relaxed)), fields, narrowed)
    if not counts and not is_relaxed and len(question.words) > 1:
        is_relaxed = True
        counts = _counts(reader, question.lucene(asked_kinds, is_relaxed=True), fields, narrowed)
    asked = question.lucene(asked_kinds, is_relaxed=bool(is_relaxed))
    after = {"last_rank": rank, "last_key": key, "last_id": identifier, "limit": limit + 1}
    takes = {"index": INDEX, "question": asked, "most": MOST_CANDIDATES, **question.takes, **narrowed, **after}
    rows = reader.read(_FOUND, into=FoundRow, **takes)
    everywhere = (
        _counts(reader, question.lucene([], is_relaxed=bool(is_relaxed)), fields, narrowed) if chosen else counts
    )
    total = sum(row.total for row in counts if row.passes)
    is_cut = any(sum(row.total for row in counted) >= MOST_CANDIDATES for counted in (counts, everywhere))
    shown = rows[:limit]
    following = None
    if len(rows) > limit:
        end = shown[-1]
        following = cursors.cursor(order, [bool(is_relaxed), end.rank, end.sort_key, end.id])
    return SearchPage(
        hits=[_hit(schema, question, row, at, language) for row in shown],
        facets=_facets(schema, counts, everywhere, fields),
        total=total,
        is_relaxed=bool(is_relaxed),
        counted_first=MOST_CANDIDATES if is_cut else None,
        next_cursor=following,
    )


def suggested(  # noqa: PLR0913  # what is looked for, among what
    reader: Reader,
    schema: Schema,
    words: str,
    limit: int = 8,
    at: date | None = None,
    kinds: Sequence[str] = (),
) -> list[Name]:
    """The names that come up while somebody types: titles that begin with it, then records with its words or number.

    At most `limit`, of the kinds if any are named; quick rather than complete, empty while there is nothing to go by.
    NotFound for an unknown kind.
    """
    check_limit(limit, _MOST_SUGGESTED)
    try:
        question = read_question(words)
    except Invalid:
        return []
    day = at or names.today()
    beginning = text.fold(words.strip())
    among = [known_kind(schema, kind).name for kind in kinds]
    most = _MOST_BEGINNING if among else limit
    rows = reader.read(_BEGINNING, into=RecordRow, beginning=beginning, kinds=among, most=most, limit=limit)
    rows.sort(key=_by_title)
    if len(rows) < limit:
        typed = question.as_typed(among)
        others = reader.read(_FIRST, into=RecordRow, index=INDEX, question=typed, limit=_MOST_SUGGESTED)
        numbers = {question.number, *question.numbers}
        others.sort(key=lambda row: (numbers.isdisjoint(row.properties["search_numbers"]), *_by_title(row)))
        rows += others
    named = {row.id: names.name_of(schema, names.row_of(row.id, row.labels, row.properties), day) for row in rows}
    return list(named.values())[:limit]


def _by_title(row: RecordRow) -> tuple[str, str]:
    return row.properties["sort_key"], row.id


def _counts(reader: Reader, question: str, fields: Sequence[str], narrowed: Mapping[str, Any]) -> list[CountRow]:
    takes = {"index": INDEX, "question": question, "most": MOST_CANDIDATES, "fields": fields, **narrowed}
    return reader.read(_COUNTS, into=CountRow, **takes)


def _counted_fields(schema: Schema) -> list[str]:
    """The coded fields that say what sort of its kind a record is: those every record of a kind must have."""
    found = {
        held.name: None
        for kind in schema.kinds.values()
        for held in kind.fields.values()
        if held.codes and held.required and held.filtered and not held.many
    }
    return list(found)


def _facets(
    schema: Schema, counts: Sequence[CountRow], everywhere: Sequence[CountRow], fields: Sequence[str]
) -> dict[str, dict[str, int]]:
    """Counts by kind and by code, the most frequent first."""
    facets: dict[str, Counter[str]] = {"kind": Counter(), **{name: Counter() for name in fields}}
    for row in everywhere:
        if row.passes:
            facets["kind"][names.kind_of(schema, row.labels)] += row.total
    for row in counts:
        for name, code in zip(fields, row.codes, strict=False):
            if code is not None:
                facets[name][code] += row.total
    return {
        name: dict(sorted(counter.items(), key=lambda item: (-item[1], item[0])))
        for name, counter in facets.items()
        if counter
    }


def _hit(schema: Schema, question: Question, row: FoundRow, at: date | None, language: Language) -> Hit:
    record = records.loaded_record(schema, row.labels, row.properties)
    name = names.name_of(schema, names.row_of(row.id, row.labels, row.properties), at or names.today())
    field, snippet = matches.field_of(schema, record, question, name.title, language)
    former = matches.former_of(record, question, name.title)
    match: Match = "number" if matches.has_number(record, question) and row.rank == 0 else _RANKS[row.rank]  # type: ignore[assignment]
    return Hit(name, match, field, snippet, former)
