"""Which institution each unit belongs to on the day of a view."""

import numpy as np

from kaysis_graph.graph.columns import Ints, Mask, distinct, frozen, spread
from kaysis_graph.graph.view import View
from kaysis_graph.graph.walks import subtree

_UNREACHED = np.iinfo(np.int64).max


def category(view: View) -> Ints:
    """The number of each record's category on the day, -1 where it has none; names are `categories.names`."""
    return view.records.categories.on(view.day, len(view))


def is_institution(view: View) -> Mask:
    """Marks the organisations whose category on the day makes them an institution."""
    held = view.once(category)
    marks = np.append(view.records.categories.is_institution, False)
    return frozen(marks[held] & view.records.of_kinds("Organisation"))


def institution_of(view: View) -> Ints:
    """For each record the institution it belongs to on the day; the record itself where there is none.

    An institution is its own. A unit belongs to the nearest institution above it over PART_OF; at equal distance the
    way with fewer secondary edges counts, then the lower identifier. Units in a cycle without an institution stay
    with themselves, as do records that are not organisations.
    """
    organisations = view.records.of_kinds("Organisation")
    columns = view.edges["PART_OF"]
    rows = view.holding("PART_OF", columns.by_target)
    unit, above = columns.source[rows], columns.target[rows]
    within = organisations[unit] & organisations[above]
    unit, above, is_secondary = unit[within], above[within], columns.is_secondary[rows][within].astype(np.int64)
    starts = np.zeros(len(view) + 1, np.int64)
    np.cumsum(np.bincount(above, minlength=len(view)), out=starts[1:])

    rank = view.records.rank
    front = np.flatnonzero(view.once(is_institution)).astype(np.int32)
    # The number of secondary edges above, the rank of the institution below: the smaller wins within one level.
    best = np.full(len(view), _UNREACHED, np.int64)
    best[front] = rank[front]
    first = np.empty(len(view), np.int64)
    while len(front):
        counts = starts[front + 1] - starts[front]
        edges = spread(starts[front], counts)
        offers = np.repeat(best[front], counts) + (is_secondary[edges] << 32)
        is_new = best[unit[edges]] == _UNREACHED
        met, offers = unit[edges][is_new], offers[is_new]
        np.minimum.at(best, met, offers)
        numbers = np.arange(len(met))
        first[met[::-1]] = numbers[::-1]
        front = met[first[met] == numbers]
    by_rank = np.empty(len(view), np.int32)
    by_rank[rank] = np.arange(len(view), dtype=np.int32)
    institution = np.arange(len(view), dtype=np.int32)
    reached = best != _UNREACHED
    institution[reached] = by_rank[best[reached] & 0xFFFFFFFF]
    return frozen(institution)


def units_of(view: View, institution: int) -> Mask:
    """Marks the units that belong to the institution on the day, itself among them."""
    units: Mask = view.once(institution_of) == institution
    return units & view.records.of_kinds("Organisation")


def units_below(view: View, organisation: int) -> Mask:
    """Marks the organisation and the units that hang under it over any PART_OF of the day, first tie or second.

    The ways do not pass through an institution: what hangs under an affiliated body is that body's.
    """
    adjacency = view.adjacency("PART_OF", "into")
    open_to = view.records.of_kinds("Organisation") & ~view.once(is_institution)
    below = np.zeros(len(view), np.bool_)
    front = np.array([organisation], np.int32)
    while len(front):
        below[front] = True
        met = adjacency.of_all(front)
        front = distinct(met[open_to[met] & ~below[met]])
    return frozen(below)


def one_level_up(view: View, organisation: int) -> int | None:
    """The organisation above on the day, as `levels_up` chooses it."""
    above = int(levels_up(view, np.array([organisation], np.int32))[0])
    return None if above < 0 else above


def levels_up(view: View, organisations: Ints) -> Ints:
    """What is one level above each on the day, -1 where nothing is.

    The first tie counts before the second, then the lowest identifier.
    """
    columns = view.edges["PART_OF"]
    rows, counts = columns.rows_of(organisations, leaving=True)
    asked = np.repeat(np.arange(len(organisations)), counts)
    above = columns.target[rows]
    is_offer = view.holds_of("PART_OF", rows) & (above != columns.source[rows])
    rows, asked, above = rows[is_offer], asked[is_offer], above[is_offer]
    best = np.lexsort((view.records.rank[above], columns.is_secondary[rows], asked))[::-1]
    found = np.full(len(organisations), -1, np.int32)
    # Of several written to one place the last stays: the best, since the order is turned round.
    found[asked[best]] = above[best]
    return found


def ever_under(view: View, unit: int) -> Mask:
    """Marks the records that hang under the unit over PART_OF of any day, itself among them."""
    columns = view.edges["PART_OF"]
    source = columns.source[columns.by_target]
    starts = np.zeros(len(view) + 1, np.int64)
    np.cumsum(np.bincount(columns.target, minlength=len(view)), out=starts[1:])
    seen = np.zeros(len(view), np.bool_)
    front = np.array([unit], np.int32)
    while len(front):
        seen[front] = True
        met = source[spread(starts[front], starts[front + 1] - starts[front])]
        front = np.unique(met[~seen[met]])
    return frozen(seen)


def units_meant(view: View, organisation: int) -> Mask:
    """The units an organisation stands for: all of an institution, or a unit with the units under it.

    Institutions under a unit are not part of it.
    """
    institution, own = view.once(institution_of), view.once(is_institution)
    if own[organisation]:
        return units_of(view, organisation)
    units = np.zeros(len(view), np.bool_)
    units[subtree(view, organisation).positions] = True
    belongs = (institution == institution[organisation]) | ~own[institution]
    meant: Mask = units & belongs & view.records.of_kinds("Organisation")
    return meant


def only(view: View, position: int) -> Mask:
    """Marks one record."""
    marks = np.zeros(len(view), np.bool_)
    marks[position] = True
    return marks
