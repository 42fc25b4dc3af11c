"""What a search found, as programs read it, and as a table of every hit."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from kaysis_graph import search
from kaysis_graph.answers.answer import Cut, Thing, things_read
from kaysis_graph.answers.records.answer import cut_of
from kaysis_graph.answers.records.table import value_in_cell
from kaysis_graph.answers.search.columns import column_fields
from kaysis_graph.answers.search.question import SearchQuestion, read_hits
from kaysis_graph.graph.graph import Graph
from kaysis_graph.messages import Language, say
from kaysis_graph.render.table import Column, Table
from kaysis_graph.schema import Field
from kaysis_graph.search.ask import FoundPage, Hit
from kaysis_graph.search.corrections import Correction
from kaysis_graph.search.matches import Former

# As many as the engine hands over at once.
_NAMED_AT_ONCE = 1_000


@dataclass(frozen=True)
class HitShown:
    """One record found: how well it matched, in which field, the words around, and a former title that did.

    `match` is `exact` only where the whole title was said. The marks are where the words that were looked for stand in
    the title of the language and in the snippet: the first letter of each, and the letter after its last.
    """

    thing: Thing
    match: search.ask.Match
    field: str
    snippet: str
    former: Former | None
    title_marks: tuple[tuple[int, int], ...]
    snippet_marks: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class SearchAnswer:
    """What was found, best first; `is_relaxed` when no record has all the words.

    `also` are the synonyms that were looked for too, `corrected` the words that were looked for in place of those that
    no record has; `did_you_mean` is the question in other words. Each facet counts what passes all the other filters.
    """

    at: date
    sequence: int
    complete: bool
    cut: Cut | None
    query: str
    total: int
    is_relaxed: bool
    also: tuple[str, ...]
    corrected: tuple[Correction, ...]
    did_you_mean: str | None
    facets: Mapping[str, Mapping[str, int]]
    next_cursor: str | None
    hits: list[HitShown]


@dataclass(frozen=True)
class Suggestions:
    """The first names that come up while somebody types."""

    at: date
    sequence: int
    complete: bool
    cut: Cut | None
    suggestions: list[Thing]


def search_answer(
    graph: Graph, at: date, question: SearchQuestion, page: FoundPage, cursor: str | None
) -> SearchAnswer:
    """One page of what was found; `cursor` is where it began."""
    cut = cut_of(page.total, len(page.hits), page.next_cursor)
    things = things_read(graph, at, [hit.name for hit in page.hits])
    kinds = graph.schema.kinds
    return SearchAnswer(
        at=at,
        sequence=graph.sequence,
        complete=cut is None and cursor is None,
        cut=cut,
        query=question.q,
        total=page.total,
        is_relaxed=page.is_relaxed,
        also=page.also,
        corrected=page.corrected,
        did_you_mean=page.did_you_mean,
        facets={
            name: {(kinds[key].slug if name == "kind" else key): count for key, count in counted.items()}
            for name, counted in page.facets.items()
        },
        next_cursor=page.next_cursor,
        hits=[
            HitShown(thing, hit.match, hit.field, hit.snippet, hit.former, hit.title_marks, hit.snippet_marks)
            for thing, hit in zip(things, page.hits, strict=True)
        ],
    )


def hit_table(  # noqa: PLR0913  # a search, of a day or of any, with its columns
    graph: Graph,
    question: SearchQuestion,
    at: date,
    day: date | None,
    language: Language,
    shown: Sequence[Field],
) -> Table:
    """Every hit with its days and the fields `shown`; `day` narrows them where one was said."""
    kinds = graph.schema.kinds
    known = column_fields(graph.schema)
    days = [known["valid_from"], known["valid_to"]]
    fields = [*days, *(held for held in shown if held not in days)]
    columns = (
        Column("id", say("tables.id", language)),
        Column("kind", say("tables.kind", language)),
        Column("title", say("tables.title", language)),
        Column("belongs_to", say("tables.belongs_to", language)),
        Column("match", say("search.match", language)),
        *(Column(held.name, held.label.of(language)) for held in fields),
    )
    rows = (
        (
            thing.id,
            kinds[thing.kind].label.of(language),
            thing.title,
            thing.distinction(language) or None,
            say(f"pages.match_{hit.match}", language),
            *(value_in_cell(hit.record.on(held.name, at)) for held in fields),
        )
        for hit, thing in _named_hits(graph, at, read_hits(graph, question, day, language))
    )
    return Table(say("pages.search_title", language, words=question.q[:80]), columns, rows)


def _named_hits(graph: Graph, at: date, stream: Iterator[Hit]) -> Iterator[tuple[Hit, Thing]]:
    """All hits with their names, so many looked up at a time."""
    while hits := list(islice(stream, _NAMED_AT_ONCE)):
        yield from zip(hits, things_read(graph, at, [hit.name for hit in hits]), strict=True)
