"""The makers and the takers of documents and data on the day of a view.

A document of 200 makers and 10,000 takers is 10,200 rows here and not two million pairs.
"""

from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from kaysis_graph.facts.institutions import category, institution_of
from kaysis_graph.graph.columns import Ints, Longs, Mask, distinct, frozen, spread
from kaysis_graph.graph.view import View

NOWHERE: Final = -(2**31)
"""The unit and place of a service that no organisation provides."""


@dataclass(frozen=True)
class Side:
    """The makers or the takers of documents, one row per document, service and providing unit, in that order.

    `place` is where an arrow begins or ends: a record, or a group as `group_of_category` numbers it.
    """

    document: Ints
    service: Ints
    unit: Ints
    place: Ints

    def __len__(self) -> int:
        return len(self.document)

    def rows(self, chosen: Longs | Mask | slice) -> "Side":
        """These rows of it, in their order."""
        return Side(self.document[chosen], self.service[chosen], self.unit[chosen], self.place[chosen])

    def placed(self, place: Ints) -> "Side":
        """The same with the place of each unit looked up by its position."""
        places = np.full(len(self), NOWHERE, np.int32)
        known = self.unit != NOWHERE
        places[known] = place[self.unit[known]]
        return replace(self, place=places)

    def of_units(self, units: Mask) -> "Side":
        """The rows whose unit is marked."""
        return self.rows(self._is_of(units))

    def of_other_units(self, units: Mask) -> "Side":
        """The rows whose unit is not marked."""
        return self.rows(~self._is_of(units))

    def of_services(self, services: Mask) -> "Side":
        """The rows whose service is marked."""
        return self.rows(services[self.service])

    def of_documents(self, documents: Ints) -> "Side":
        """The rows of these documents, which must be ascending."""
        begins = np.searchsorted(self.document, documents)
        return self.rows(spread(begins, np.searchsorted(self.document, documents, side="right") - begins))

    def rows_of(self, document: int) -> slice:
        """Which rows are those of one document."""
        begin, end = np.searchsorted(self.document, np.array([document, document + 1], np.int32)).tolist()
        return slice(begin, end)

    def _is_of(self, units: Mask) -> Mask:
        chosen: Mask = self.unit != NOWHERE
        chosen[chosen] = units[self.unit[chosen]]
        return chosen


@dataclass(frozen=True)
class Sides:
    """Those who make and those who take, of whom handovers are told: everyone, or fewer where fewer were asked for."""

    makers: Side
    takers: Side


def everyone(view: View) -> Sides:
    """All makers and takers of the state."""
    return Sides(view.once(makers), view.once(takers))


def makers(view: View) -> Side:
    """All who produce a document or data element; their place is the institution of the unit."""
    return _side(view, "PRODUCES")


def takers(view: View) -> Side:
    """All who require a document or data element; their place is the institution of the unit."""
    return _side(view, "REQUIRES")


def made_and_taken(view: View) -> Longs:
    """The documents that a service both produces and requires, as document * 2**32 + service, ascending."""
    both = view.matrix_into("PRODUCES").multiply(view.matrix_into("REQUIRES")).tocoo()
    return np.sort((both.row.astype(np.int64) << 32) | both.col)


def group_of_category(code: int) -> int:
    """The number under which organisations of a category (-1: without one) are grouped; below zero, unlike a record."""
    return -2 - code


def category_of_group(group: int) -> int:
    """The category of a group's number; -1 for those without one."""
    return -2 - group


def grouped(view: View, side: Side, most: int | None) -> tuple[Side, Ints]:
    """The side with the places of documents that have more than `most` put together by category; which documents."""
    if most is None or len(side) == 0:
        return side, np.empty(0, np.int32)
    # Only documents with that many rows can have that many places: the others are not sorted.
    many = np.bincount(side.document, minlength=len(view)) > most
    candidates = np.flatnonzero(many[side.document])
    pairs = distinct(packed(side.document[candidates], side.place[candidates]))
    over = np.bincount(pairs >> 32, minlength=len(view)) > most
    changed = over[side.document] & (side.place >= 0)
    place = side.place.copy()
    place[changed] = -2 - view.once(category)[place[changed]]
    return replace(side, place=place), np.flatnonzero(over).astype(np.int32)


def packed(high: NDArray[np.integer[Any]], low: NDArray[np.integer[Any]]) -> Longs:
    """Two numbers as one, ordered by the first; a negative second one is kept but comes last."""
    return (high.astype(np.int64) << 32) | (low.astype(np.int64) & 0xFFFFFFFF)


def _side(view: View, edge_type: str) -> Side:
    adjacency = view.adjacency(edge_type, "into")
    document = np.repeat(np.arange(len(view), dtype=np.int32), np.diff(adjacency.starts))
    service = adjacency.neighbours
    # A service may require another service: that is not a document on its way.
    fits = view.records.of_kinds("Document", "DataElement")[document] & view.records.of_kinds("Service")[service]
    document, service = document[fits], service[fits]
    providers = view.adjacency("PROVIDED_BY", "out")
    counts = providers.counts(service)
    rows = np.maximum(counts, 1)
    unit = np.full(int(rows.sum()), NOWHERE, np.int32)
    unit[np.repeat(counts > 0, rows)] = providers.of_all(service)
    side = Side(np.repeat(document, rows), np.repeat(service, rows), unit, unit)
    side = side.placed(view.once(institution_of))
    return Side(frozen(side.document), frozen(side.service), frozen(side.unit), frozen(side.place))
