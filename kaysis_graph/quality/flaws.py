"""The flaws of one rule as columns of numbers, so that a hundred thousand of them are counted without a name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import numpy as np

from kaysis_graph.graph.columns import Ints, Longs, Mask, date_of, frozen, spread
from kaysis_graph.graph.view import View

Fact = str | int | date


@dataclass(frozen=True)
class Flaws:
    """For each flaw the record it is told of, how many others belong to it, and facts under their names.

    `others` holds those of one flaw after those of another. Flaws stand in the order of their records' identifiers.
    """

    places: Ints
    counts: Longs
    others: Ints
    facts: Mapping[str, Sequence[Fact]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.places)

    @cached_property
    def _starts(self) -> Longs:
        starts: Longs = np.cumsum(self.counts) - self.counts
        return frozen(starts)

    def others_of(self, row: int) -> Ints:
        """The other records of one flaw."""
        return self.others[self._starts[row] : self._starts[row] + self.counts[row]]

    def facts_of(self, row: int) -> dict[str, Fact]:
        """The facts of one flaw."""
        return {name: held[row] for name, held in self.facts.items()}


def alone(view: View, marked: Mask) -> Flaws:
    """One flaw for each marked record, which no other is needed to tell."""
    places = np.flatnonzero(marked).astype(np.int32)
    places = frozen(places[np.argsort(view.records.rank[places])])
    return Flaws(places, frozen(np.zeros(len(places), np.int64)), frozen(np.empty(0, np.int32)))


def pairs(view: View, places: Ints, others: Ints, **facts: Sequence[Fact]) -> Flaws:
    """One flaw for each pair; `facts` have a value for each."""
    rank = view.records.rank
    order = np.lexsort((rank[others], rank[places]))
    told = {name: [held[row] for row in order.tolist()] for name, held in facts.items()}
    return Flaws(frozen(places[order]), frozen(np.ones(len(order), np.int64)), frozen(others[order]), told)


def grouped(view: View, places: Ints, others: Ints) -> Flaws:
    """One flaw for each record that has others, with all of them, each once."""
    rank = view.records.rank
    order = np.lexsort((rank[others], rank[places]))
    places, others = places[order], others[order]
    is_new = np.ones(len(places), np.bool_)
    is_new[1:] = (places[1:] != places[:-1]) | (others[1:] != others[:-1])
    places, others = places[is_new], others[is_new]
    is_first = np.ones(len(places), np.bool_)
    is_first[1:] = places[1:] != places[:-1]
    counts = np.diff(np.append(np.flatnonzero(is_first), len(places)))
    return Flaws(frozen(places[is_first]), frozen(counts.astype(np.int64)), frozen(others))


def narrowed(flaws: Flaws, kept: Mask) -> Flaws:
    """The marked flaws alone."""
    rows = np.flatnonzero(kept)
    facts = {name: [held[row] for row in rows.tolist()] for name, held in flaws.facts.items()}
    starts = np.cumsum(flaws.counts) - flaws.counts
    others = flaws.others[spread(starts[rows], flaws.counts[rows])]
    return Flaws(frozen(flaws.places[rows]), frozen(flaws.counts[rows]), frozen(others), facts)


def days(numbers: Ints) -> list[Fact]:
    """Days that are known, as dates."""
    told = [date_of(number) for number in numbers.tolist()]
    return [day for day in told if day is not None]
