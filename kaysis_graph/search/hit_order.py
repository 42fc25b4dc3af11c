"""The order of what was found: by rank, by title or by first day, read from the index as far as it is asked for."""

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from tantivy import Order, Query

from kaysis_graph.search.index.documents import order_word
from kaysis_graph.search.index.open_index import FoundDocument, OpenIndex
from kaysis_graph.search.index.terms import BY_NAMES, RANKS, all_of, none_of
from kaysis_graph.search.kind_order import KIND_PLACES
from kaysis_graph.search.query import SearchQuery

Sort = Literal["relevance", "title", "newest", "oldest"]
# Places of records without a first day: after all that have one, in either direction.
_NO_DAY: Final = {"newest": 1, "oldest": 99_999_999}


@dataclass(frozen=True)
class HitPlace:
    """Where a hit stands: its place by rank or day, then its sort key, then its identifier."""

    place: int
    sort_key: str
    id: str


@dataclass(frozen=True)
class RankedDocument:
    """A document that was found, with its place."""

    place: int
    found: FoundDocument


@dataclass(frozen=True)
class Ranked:
    """What a question finds under its filters, to be read in an order."""

    index: OpenIndex
    question: SearchQuery
    candidates: Query
    filters: list[Query]

    @property
    def found(self) -> Query:
        """All that it finds."""
        return all_of([self.candidates, *self.filters])

    def page(self, sort: Sort, after: HitPlace | None, limit: int) -> list[RankedDocument]:
        """As many documents as asked for, those that come after a place where one is given."""
        if sort == "relevance":
            return self._by_rank(after, limit)
        if sort == "title":
            return self._by_title(0, self.found, after, limit)
        return self._by_day(sort, after, limit)

    def ranks_of(self, documents: Sequence[RankedDocument], sort: Sort) -> list[int]:
        """The rank of each of the documents, which an order by title or day does not tell."""
        if sort == "relevance":
            return [held.place // KIND_PLACES for held in documents]
        terms = self.index.terms
        ranks = terms.ranks(self.question)
        here = terms.any_term("order", [held.found.order for held in documents])
        found: dict[str, int] = {}
        for rank, query in enumerate(ranks):
            for one in self.index.first(all_of([here, query]), len(documents)):
                found.setdefault(one.order, rank)
        return [found.get(held.found.order, len(ranks)) for held in documents]

    def _by_rank(self, after: HitPlace | None, limit: int) -> list[RankedDocument]:
        """Places are a rank and in it the place of the kind."""
        ranks = self.index.terms.ranks(self.question)
        first = after.place // KIND_PLACES if after else 0
        # What has a better rank is left out of the next ones. Most ranks are nobody's, and leaving out what is not
        # there doubles the time that a common word takes.
        better = ranks[:first]
        page: list[RankedDocument] = []
        for rank in range(first, len(ranks) + 1):
            # Most questions are nobody's whole name or number; this look costs next to nothing.
            if rank < BY_NAMES and not self.index.first(ranks[rank], 1):
                continue
            asked = none_of([*self._needed(rank), *ranks[rank : rank + 1]], better)
            is_begun = after is not None and rank == first
            if after and is_begun:
                order = order_word(after.place % KIND_PLACES, after.sort_key, after.id)
                asked = all_of([asked, self.index.terms.after(order)])
            found = self.index.first(asked, limit - len(page))
            page += [RankedDocument(rank * KIND_PLACES + int(one.order[0]), one) for one in found]
            if len(page) == limit:
                break
            if found or is_begun:
                better = [*better, *ranks[rank : rank + 1]]
        return page

    def _needed(self, rank: int) -> list[Query]:
        """What a record must meet beside its rank: what has a rank by names has the words already.

        Finding all that has them takes 10 ms for a word of 300,000 records, and so it would for each rank.
        """
        is_implied = BY_NAMES <= rank < RANKS and self.index.terms.are_beginnings(self.question)
        return self.filters if is_implied else [self.candidates, *self.filters]

    def _by_title(self, place: int, query: Query, after: HitPlace | None, limit: int) -> list[RankedDocument]:
        """The documents of a query by title alone: the order of the index puts the place of the kind before it."""
        terms = self.index.terms
        runs: list[list[FoundDocument]] = []
        for kind_place in range(KIND_PLACES):
            least = order_word(kind_place, after.sort_key, after.id) if after else str(kind_place)
            runs.append(self.index.first(all_of([query, terms.between(least, str(kind_place + 1))]), limit))
        merged = heapq.merge(*runs, key=lambda found: found.order[1:])
        return [RankedDocument(place, found) for found, _ in zip(merged, range(limit), strict=False)]

    def _by_day(self, sort: Sort, after: HitPlace | None, limit: int) -> list[RankedDocument]:
        """The newest or the oldest first day in front; a place is the day as a number, negative for the newest."""
        page: list[RankedDocument] = []
        for place, query in self._days(sort, after, limit):
            rest = after if after and after.place == place else None
            page += self._by_title(place, query, rest, limit - len(page))
            if len(page) == limit:
                break
        return page

    def _days(self, sort: Sort, after: HitPlace | None, limit: int) -> Iterator[tuple[int, Query]]:
        """The days in their order, each with what began on it; at last what tells no day."""
        terms, no_day = self.index.terms, _NO_DAY[sort]
        sign, order = (-1, Order.Desc) if sort == "newest" else (1, Order.Asc)
        bound = sign * after.place if after and after.place != no_day else None
        is_left = after is None or after.place != no_day
        while is_left:
            ends = (None, bound) if sort == "newest" else (bound, None)
            rest = self.found if bound is None else all_of([self.found, terms.number("began", *ends)])
            days = self.index.days(rest, limit, order)
            for day in days:
                yield sign * day, all_of([self.found, terms.number("began", day, day)])
            is_left = bool(days)
            bound = days[-1] + sign if days else None
        yield no_day, all_of([self.found, terms.without_day()])
