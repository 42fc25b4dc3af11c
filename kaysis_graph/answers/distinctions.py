"""What tells records of one title apart: the institution, place, act or service that each belongs to.

A title is shared when another record of the same kind has it on the day, whether that one is valid then or not: lists
and search show both. Titles are compared as search compares them, without case and marks.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from kaysis_graph.facts.institutions import institution_of, levels_up
from kaysis_graph.facts.legal_basis import act_of
from kaysis_graph.facts.nearness import NO_PLACE, is_country, place_of, places_above
from kaysis_graph.facts.owners import holders, institutions, several_institutions
from kaysis_graph.graph.columns import Ints, Longs, Mask, distinct, frozen, spread
from kaysis_graph.graph.titles import UNTITLED
from kaysis_graph.graph.view import View

NOBODY: Final = -1
# guess: a registry under a district office, that under a governor, that under a ministry.
_DEEPEST = 4


@dataclass(frozen=True)
class TitleGroups:
    """The records by the title they have on the day: `order` are the positions, `numbers` their titles, ascending."""

    of: Longs
    order: Longs
    numbers: Longs
    is_shared: Mask

    def sharing(self, positions: Ints) -> Ints:
        """All records that share a title with one of these, those of one title after those of another."""
        asked = distinct(self.of[positions])
        begins = np.searchsorted(self.numbers, asked)
        counts = np.searchsorted(self.numbers, asked, side="right") - begins
        return self.order[spread(begins, counts)].astype(np.int32)


@dataclass(frozen=True)
class Belonging:
    """What tells a record apart, nearest first, and how many more institutions it belongs to beside the last named."""

    parts: tuple[int, ...]
    others: int = 0


def title_groups(view: View) -> TitleGroups:
    """The records by title."""
    of = view.records.titles.on(view.day)
    order = np.argsort(of)
    numbers = of[order]
    is_same = (numbers[1:] == numbers[:-1]) & (numbers[1:] != UNTITLED)
    is_shared = np.zeros(len(view), np.bool_)
    is_shared[order[1:][is_same]] = True
    is_shared[order[:-1][is_same]] = True
    return TitleGroups(of, order, numbers, frozen(is_shared))


def belongings(view: View, positions: Ints) -> dict[int, Belonging]:
    """What tells each of the records apart from those of its title; records whose title is their own are left out.

    A provision by its act, a step by its service, a place by those it lies in. Everything else by its institution: by
    the nearest above with another title where several of one title would be named; and, where that does not tell, by
    the place before it or, without one, by the unit. Laws, services and documents all of one institution are left to
    their numbers.
    """
    groups = view.once(title_groups)
    shared = distinct(positions[groups.is_shared[positions]])
    if not len(shared):
        return {}
    is_place = view.records.are(shared, "Place")
    found = {place: _around(view, place) for place in shared[is_place].tolist()}
    rest = shared[~is_place]
    whole = _wholes(view, rest)
    found |= {
        place: Belonging((above,)) for place, above in zip(rest.tolist(), whole.tolist(), strict=True) if above >= 0
    }
    if (whole < 0).any():
        found |= _owned(view, groups, rest[whole < 0])
    return {place: belonging for place, belonging in found.items() if belonging.parts}


def _around(view: View, place: int) -> Belonging:
    return Belonging(tuple(above for above in places_above(view, place)[1:] if not is_country(view, above)))


def _wholes(view: View, positions: Ints) -> Ints:
    """The act of each provision and the service of each step; NOBODY for other records."""
    above = act_of(view, positions)
    part_of = view.adjacency("PART_OF", "out")
    steps = view.records.are(above, "CorrespondenceStep") & (part_of.counts(above) > 0)
    above[steps] = part_of.neighbours[part_of.starts[above[steps]]]
    return np.where(above == positions, np.int32(NOBODY), above).astype(np.int32)


def _owned(view: View, groups: TitleGroups, asked: Ints) -> dict[int, Belonging]:
    members = groups.sharing(asked)
    first = _institutions_above(view, members)
    institution = _with_own_titles(view, groups, members, first)
    unclear = _is_repeated(groups.of[members], _titles(groups, institution))
    nearer = np.full(len(members), NOBODY, np.int32)
    if unclear.any():
        nearer[unclear] = _nearer(view, groups, members[unclear], first[unclear], institution[unclear])
    # That the National Assembly issued both tells nothing of two laws: their numbers do.
    organisations = view.records.are(members, "Organisation")
    institution[~organisations & ~_is_various(groups.of[members], institution)] = NOBODY
    is_asked = np.isin(members, asked)
    named = nearer[is_asked & (nearer != NOBODY)]
    shared_places = set(named[groups.is_shared[named] & view.records.are(named, "Place")].tolist())
    several = several_institutions(view, members[is_asked & (first == institution)])
    found = {}
    rows = zip(members[is_asked].tolist(), nearer[is_asked].tolist(), institution[is_asked].tolist(), strict=True)
    for member, near, above in rows:
        parts = [part for part in (near, above) if part != NOBODY]
        if near in shared_places:
            parts[1:1] = _around(view, near).parts
        found[member] = Belonging(tuple(dict.fromkeys(parts)), several.get(member, 1) - 1)
    return found


def _institutions_above(view: View, members: Ints) -> Ints:
    """The institution each belongs to; that of an institution is the one above it."""
    found = institutions(view, members)
    is_own = found == members
    if is_own.any():
        found[is_own] = _higher(view, members[is_own])
    return found


def _higher(view: View, organisations: Ints) -> Ints:
    above = levels_up(view, organisations)
    return np.where(above < 0, np.int32(NOBODY), view.once(institution_of)[above]).astype(np.int32)


def _with_own_titles(view: View, groups: TitleGroups, members: Ints, institution: Ints) -> Ints:
    """Of 977 registries under district offices of one title, what is above these: one of many tells nothing."""
    found = institution.copy()
    for _ in range(_DEEPEST):
        pair = _numbered(groups.of[members], _titles(groups, found))
        is_one_of_many = _is_various(pair, found) & (found != NOBODY)
        higher = _higher(view, found[is_one_of_many])
        is_new = (higher != NOBODY) & (higher != found[is_one_of_many])
        if not is_new.any():
            break
        found[is_one_of_many] = np.where(is_new, higher, found[is_one_of_many])
    return found


def _nearer(view: View, groups: TitleGroups, members: Ints, first: Ints, institution: Ints) -> Ints:
    """The place, or else the unit, that tells those apart whose institutions have one title."""
    places = view.once(place_of)
    place = places[members]
    without = (place == NO_PLACE) & (first != institution) & (first != NOBODY)
    place[without] = places[first[without]]
    tells = ~_is_repeated(groups.of[members], _titles(groups, institution), place) & (place != NO_PLACE)
    unit = _units_above(view, groups, members[~tells])
    unit[unit == institution[~tells]] = NOBODY
    place[~tells] = np.where(unit == NOBODY, place[~tells], unit)
    return place


def _units_above(view: View, groups: TitleGroups, members: Ints) -> Ints:
    """The unit above each, or that it belongs to: the nearest whose title is its own."""
    unit = holders(view, members)
    for _ in range(_DEEPEST):
        climbing = (unit != NOBODY) & ((unit == members) | groups.is_shared[unit])
        if not climbing.any():
            break
        unit[climbing] = levels_up(view, unit[climbing])
    return unit


def _titles(groups: TitleGroups, positions: Ints) -> Longs:
    return np.where(positions == NOBODY, np.int64(UNTITLED), groups.of[positions])


def _numbered(*columns: Ints | Longs) -> Longs:
    """A number for each row, the same for rows that agree in all columns."""
    order = np.lexsort(columns)
    is_other = np.zeros(len(order), np.bool_)
    for column in columns:
        is_other[1:] |= np.diff(column[order]) != 0
    numbers = np.empty(len(order), np.int64)
    numbers[order] = np.cumsum(is_other)
    return numbers


def _is_various(numbers: Longs, values: Ints) -> Mask:
    """Marks the rows whose number goes with two values or more."""
    _, some = np.unique(_numbered(numbers, values), return_index=True)
    values_of, place = np.unique(numbers, return_inverse=True)
    various: Mask = np.bincount(place[some], minlength=len(values_of))[place] > 1
    return various


def _is_repeated(*columns: Ints | Longs) -> Mask:
    numbers = _numbered(*columns)
    repeated: Mask = np.bincount(numbers)[numbers] > 1
    return repeated
