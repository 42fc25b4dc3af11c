"""Where what a service asks for comes from: the services and offices that make it, those that fit the asker first."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from kaysis_graph.answers.answer import Thing
from kaysis_graph.facts.institutions import institution_of
from kaysis_graph.facts.makers_and_takers import NOWHERE, Side, makers, packed
from kaysis_graph.facts.nearness import NO_PLACE, Nearness, Origin, place_of
from kaysis_graph.graph.columns import Ints, Longs, Mask, distinct, frozen
from kaysis_graph.graph.view import View

# guess: who needs more of them opens the document.
_NAMED = 3
_FARTHEST: Final = np.iinfo(np.int32).max


@dataclass(frozen=True)
class DocumentSource:
    """Who makes a document: the services whose result it is and the offices that give it, best fit first.

    One entry of `services`, `units` and `places` belongs together; a unit is None where nobody provides the service, a
    place where it is not known. The first `equal_count` of the `office_count` offices fit alike, and `nearness` says
    how well. `aside_count` further services give the document beside something else they are asked for. Where no
    service makes it the institutions are those that issue it. `is_own` tells that an institution which provides the
    asking service is among them, `elsewhere_count` how many others are.
    """

    services: tuple[Thing, ...] = ()
    units: tuple[Thing | None, ...] = ()
    places: tuple[Thing | None, ...] = ()
    service_count: int = 0
    office_count: int = 0
    equal_count: int = 0
    nearness: Nearness | None = None
    aside_count: int = 0
    institutions: tuple[Thing, ...] = ()
    institution_count: int = 0
    is_own: bool = False
    elsewhere_count: int = 0


@dataclass(frozen=True)
class FoundSources:
    """The same by position, waiting for names; services and units are the offices in the order of their fit."""

    services: Ints
    units: Ints
    places: Ints
    nearness: Nearness | None
    equal_count: int
    aside_count: int
    institutions: Ints
    own: Ints

    def positions(self) -> set[int]:
        """The records that are named."""
        known = [each for each in (*_first(self.units), *_first(self.places)) if each >= 0]
        return {*_first(self.services), *known, *_first(self.institutions)}

    def named(self, names: dict[int, Thing]) -> DocumentSource:
        """The source with its names."""
        is_own = np.isin(self.institutions, self.own)
        return DocumentSource(
            services=tuple(names[each] for each in _first(self.services)),
            units=tuple(names[each] if each >= 0 else None for each in _first(self.units)),
            places=tuple(names[each] if each >= 0 else None for each in _first(self.places)),
            service_count=len(np.unique(self.services)),
            office_count=len(self.services),
            equal_count=self.equal_count,
            nearness=self.nearness,
            aside_count=self.aside_count,
            institutions=tuple(names[each] for each in _first(self.institutions)),
            institution_count=len(self.institutions),
            is_own=bool(is_own.any()),
            elsewhere_count=int((~is_own).sum()),
        )


def made(view: View, service: int, document: int, origin: Origin) -> FoundSources:
    """Who makes the document on the day for whoever asks from there, the asking service itself left out.

    Services whose result it is come before those that give it as a by-product, and those that give nothing else before
    those that do: an adult is not sent to register a birth to get an identity card. Among them the nearest office
    comes first, then one of the same category as the asking one, then the lowest identifiers.
    """
    side, beside = _makers_of(view, document)
    is_other = side.service != service
    side, beside = side.rows(is_other), beside[is_other]
    is_best = _is_best(beside)
    aside_count = len(np.unique(side.service[~is_best]))
    order, distances, equal_count = _by_fit(view, side.rows(is_best), origin)
    side = side.rows(is_best).rows(order)
    placed = side.place[side.place != NOWHERE]
    institutions = placed[np.sort(np.unique(placed, return_index=True)[1])]
    if len(institutions) == 0:
        issuers = np.unique(view.once(institution_of)[view.out(document, "ISSUED_BY")])
        institutions = issuers[np.argsort(view.records.rank[issuers])]
    where = np.full(len(side), NO_PLACE, np.int32)
    known = side.unit != NOWHERE
    where[known] = view.once(place_of)[side.unit[known]]
    return FoundSources(
        services=side.service,
        units=side.unit,
        places=where,
        nearness=origin.nearness(int(distances[0])) if known.any() and known[0] else None,
        equal_count=equal_count,
        aside_count=aside_count,
        institutions=institutions,
        own=origin.institutions,
    )


def best_maker(view: View, document: int, origin: Origin) -> tuple[int, int] | None:
    """The service that fits best, and how many services make the document as their result; None when none does."""
    side, beside = _makers_of(view, document)
    if len(side) == 0:
        return None
    side = side.rows(_is_best(beside))
    _, fit = _fit(view, side, origin)
    fitting = side.service[fit == fit.min()]
    return int(fitting[np.argmin(view.records.rank[fitting])]), len(distinct(side.service))


def _makers_of(view: View, document: int) -> tuple[Side, Ints]:
    """The makers of a document, and what each makes beside it."""
    side = view.once(makers)
    rows = side.rows_of(document)
    return side.rows(rows), view.once(_beside)[rows]


def _beside(view: View) -> Ints:
    """For each row of the makers: 0 where the document is made alone, 1 with others, 2 where it is a by-product."""
    side = view.once(makers)
    columns = view.edges["PRODUCES"]
    rows = view.all_holding("PRODUCES")
    rows = rows[~columns.is_secondary[rows]]
    results = distinct(packed(columns.source[rows], columns.target[rows]))
    makes_more = np.bincount(results >> 32, minlength=len(view)) > 1
    is_result = np.isin(packed(side.service, side.document), results)
    return frozen(np.where(is_result, makes_more[side.service], 2).astype(np.int32))


def _is_best(beside: Ints) -> Mask:
    """Marks those that make the least beside the document."""
    best: Mask = beside == beside.min(initial=2)
    return best


def _by_fit(view: View, side: Side, origin: Origin) -> tuple[Longs, Ints, int]:
    """The rows in the order of their fit, their distances in that order, how many fit as well as the first."""
    distances, fit = _fit(view, side, origin)
    is_placed = side.unit != NOWHERE
    unit_rank = np.where(is_placed, view.records.rank[np.where(is_placed, side.unit, 0)], -1)
    order = np.lexsort((unit_rank, view.records.rank[side.service], fit))
    equal_count = int((fit == fit.min()).sum()) if len(fit) else 0
    return order, distances[order], equal_count


def _fit(view: View, side: Side, origin: Origin) -> tuple[Ints, Longs]:
    """How far each row is, and how well it fits: the nearest least, and of those the ones of the asking category."""
    is_placed: Mask = side.unit != NOWHERE
    distances = np.full(len(side), _FARTHEST, np.int32)
    is_other_kind = np.ones(len(side), np.bool_)
    if is_placed.any():
        units = side.unit[is_placed]
        distances[is_placed] = origin.distances(view, units)
        is_other_kind[is_placed] = ~origin.has_category(view, units)
    return distances, packed(distances, is_other_kind.astype(np.int32))


def _first(rows: Ints) -> list[int]:
    first: list[int] = rows[:_NAMED].tolist()
    return first
