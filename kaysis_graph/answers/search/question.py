"""What a search is for: words, among kinds and under filters, in an order."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated

from pydantic import Field

from kaysis_graph.answers.question import ARGUMENT, Question, known_kinds
from kaysis_graph.graph.graph import Graph
from kaysis_graph.messages import Language
from kaysis_graph.schema import Schema
from kaysis_graph.search import ask
from kaysis_graph.search.ask import FoundPage, Hit
from kaysis_graph.search.hit_order import Sort


class SearchQuestion(Question):
    """What was looked for, and which fields of what was found are columns; filters are fields with what they say."""

    PAGE = "/search"
    API = "/api/search"
    COMMAND = ("search",)

    q: Annotated[str, ARGUMENT, Field(description="A name, words or a number.", examples=["5018", "hastane"])] = ""
    kind: Annotated[str | None, Field(description="Slugs of kinds, between commas.")] = None
    sort: Annotated[Sort, Field(description="By title, or by first day, instead of the best first.")] = "relevance"
    columns: Annotated[
        str | None,
        Field(
            description="Fields of the kinds, between commas, as columns of tables.",
            examples=["legislation_type,accepted_on"],
        ),
    ] = None
    filters: Mapping[str, str] = Field(exclude=True, default_factory=dict)

    def kinds(self, schema: Schema) -> tuple[str, ...]:
        """The kinds it is among, all where none is said; Invalid with every one there is not."""
        names = [name for part in (self.kind or "").split(",") if (name := part.strip())]
        return tuple(sorted(known_kinds(schema, names, "kind") or ()))


def read_page(  # noqa: PLR0913  # a question with its page
    graph: Graph, question: SearchQuestion, day: date | None, language: Language, cursor: str | None, limit: int
) -> FoundPage:
    """One page of what was found as of a day, or with None whatever there ever was."""
    return ask.found(
        graph,
        question.q,
        kinds=question.kinds(graph.schema),
        filters=question.filters,
        at=day,
        cursor=cursor,
        limit=limit,
        language=language,
        sort=question.sort,
    )


def read_hits(graph: Graph, question: SearchQuestion, day: date | None, language: Language) -> Iterator[Hit]:
    """All hits, one after the other."""
    return ask.streamed(
        graph,
        question.q,
        kinds=question.kinds(graph.schema),
        filters=question.filters,
        at=day,
        language=language,
        sort=question.sort,
    )
