"""What a search is for: words, among kinds and under filters, in an order."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from kaysis_graph.graph.graph import Graph
from kaysis_graph.messages import Language
from kaysis_graph.search import ask
from kaysis_graph.search.ask import FoundPage, Hit, Sort


@dataclass(frozen=True)
class SearchQuestion:
    """What was looked for; as of a day, or with None whatever there ever was."""

    words: str
    kinds: tuple[str, ...]
    filters: Mapping[str, str]
    sort: Sort

    def page(self, graph: Graph, at: date | None, language: Language, cursor: str | None, limit: int) -> FoundPage:
        """One page of what was found."""
        return ask.found(
            graph.store,
            graph.schema,
            self.words,
            kinds=self.kinds,
            filters=self.filters,
            at=at,
            cursor=cursor,
            limit=limit,
            language=language,
            sort=self.sort,
        )

    def hits(self, graph: Graph, at: date | None, language: Language) -> Iterator[Hit]:
        """All hits, one after the other."""
        return ask.streamed(
            graph.store,
            graph.schema,
            self.words,
            kinds=self.kinds,
            filters=self.filters,
            at=at,
            language=language,
            sort=self.sort,
        )
