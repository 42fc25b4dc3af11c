"""Which acts and provisions are in force on the day of a view, and which have lost what they rest on.

An act is repealed by a REPEALS edge to it that holds on its own days, if what the edge comes from was in force on the
edge's first day (or, when the edge has no first day, from the act's own first day on): `effects` tells. It does not
come back when the repealing act ends.

A source may say that an act is not in force without a day. Where nothing else tells one, of no day can be said that it
was in force: it is on none (`told_over`), and what it did to others on days that are known stays done.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np

from kaysis_graph.facts import effects
from kaysis_graph.graph.columns import OPEN_FROM, OPEN_TO, Ints, Mask, distinct, first_day, frozen
from kaysis_graph.graph.view import View

_EFFECTS = {"REPEALS": effects.of_repeals, "AMENDS": effects.of_amendments}


@dataclass(frozen=True)
class LostBases:
    """Acts that have lost bases, ascending, and for each lost base a row of (act, base), by act and base."""

    acts: Ints
    lost_act: Ints
    lost_base: Ints


@dataclass(frozen=True)
class EffectRows:
    """The edges of a type by row: the day each takes effect, whether it has by the day, whether it ends its target.

    Each takes effect on its first day, or on that of the act it comes from, and stays done when that act ends.
    `idle` marks those that would have taken effect by the day, had what they come from been in force on theirs.
    """

    first: Ints
    done: Mask
    ends: Mask
    idle: Mask


def repeals(view: View) -> EffectRows:
    """What the repeals have done by the day; those in part (`is_partial`) leave the act in force."""
    # What is done in part is kept as the lesser of its edges.
    return _done(view, "REPEALS", ending=~view.edges["REPEALS"].is_secondary)


def amendments(view: View) -> EffectRows:
    """What the amendments have done by the day; none of them ends anything."""
    return _done(view, "AMENDS", ending=np.zeros(len(view.edges["AMENDS"]), np.bool_))


def have_effect(view: View, edge_type: str, rows: Ints) -> Mask:
    """Whether these repeals or amendments count, each on its day, be it past or to come; edges of other types do."""
    if edge_type not in _EFFECTS:
        return np.ones(len(rows), np.bool_)
    works: Mask = view.ever(_EFFECTS[edge_type]).works[rows]
    return works


def has_effect(view: View, source: str, target: str, edge_type: str, first: date | None) -> bool:
    """The same of the edge between two records that begins on a day; one that the view does not know yet has one."""
    begin, end = view.records.position_of.get(source), view.records.position_of.get(target)
    if edge_type not in _EFFECTS or begin is None or end is None:
        return True
    rows = view.edges[edge_type].rows_between(begin, end)
    rows = rows[view.edges[edge_type].valid_from[rows] == first_day(first)]
    return bool(have_effect(view, edge_type, rows).all())


def repealed(view: View) -> Mask:
    """Marks the acts and provisions that a REPEALS edge to them has repealed by the day."""
    marked = np.zeros(len(view), np.bool_)
    marked[view.edges["REPEALS"].target[view.once(lasting)]] = True
    return frozen(marked)


def told_over(view: View) -> Mask:
    """Marks what a source calls no longer in force, where neither its own days nor a repeal tell since when."""
    columns, records = view.edges["REPEALS"], view.records
    marked = records.is_told_over & (records.own_to == OPEN_TO)
    marked[columns.target[view.ever(effects.of_repeals).works & ~columns.is_secondary]] = False
    return frozen(marked)


def lasting(view: View) -> Mask:
    """Marks the rows of the repeals that have ended the spell of the day; what was enacted again outlives the others.

    Of a text with several spells a repeal ends the one it falls in, so those up to the first day of this one are past.
    """
    target, told = view.edges["REPEALS"].target, view.once(repeals)
    is_first = view.since[target] == view.records.first_from[target]
    return frozen(told.ends & (is_first | (told.first > view.since[target])))


def repealing(view: View, position: int) -> Ints:
    """The rows of the repeals of an act or provision that count by the day, by source and first day."""
    rows = view.edges["REPEALS"].rows_to(position)
    return rows[view.once(lasting)[rows]]


def repealed_since(view: View, position: int) -> int:
    """The day from which the first repeal that counts by the day ended it; open where none does."""
    rows = repealing(view, position)
    return int(view.once(repeals).first[rows].min()) if len(rows) else OPEN_FROM


def repealed_by(view: View, position: int) -> Ints:
    """The acts and provisions whose repeal of this one counts by the day, each once, ascending."""
    return distinct(view.edges["REPEALS"].source[repealing(view, position)])


def done(view: View, edge_type: str) -> tuple[Ints, Ints]:
    """The sources and targets of all repeals or amendments that took effect by the day."""
    columns, rows = view.edges[edge_type], view.once(repeals if edge_type == "REPEALS" else amendments).done
    return columns.source[rows], columns.target[rows]


def in_force(view: View) -> Mask:
    """Marks what is in force: acts, provisions whose act is, and of all other kinds what is valid.

    A provision is in force when it is valid, not repealed, and so is one of those it is part of, up to its act;
    one that is part of nothing stands for itself.
    """
    return _standing(view, view.valid & ~view.once(repealed) & ~view.ever(told_over))


def ended(view: View) -> Mask:
    """Marks what is no longer in force: ended or repealed by the day, or told so; provisions also with their act.

    What begins later has not ended.
    """
    return frozen(~_standing(view, ~view.over & ~view.once(repealed) & ~view.ever(told_over)))


def unfounded_in_all(view: View) -> LostBases:
    """The acts in force that have bases, all of which have ended."""
    acts, bases, lost = _bases(view)
    standing = np.zeros(len(view), np.bool_)
    standing[acts[~lost]] = True
    kept = lost & ~standing[acts]
    return LostBases(frozen(distinct(acts[kept])), frozen(acts[kept]), frozen(bases[kept]))


def unfounded_in_any(view: View) -> LostBases:
    """The acts in force of which at least one base has ended."""
    acts, bases, lost = _bases(view)
    return LostBases(frozen(distinct(acts[lost])), frozen(acts[lost]), frozen(bases[lost]))


def _bases(view: View) -> tuple[Ints, Ints, Mask]:
    """Each act in force with each of its bases, and whether that base has ended."""
    columns = view.edges["BASED_ON"]
    rows = view.all_holding("BASED_ON")
    acts, bases = columns.source[rows], columns.target[rows]
    asked = (view.once(in_force) & view.records.of_kinds("Legislation"))[acts]
    asked[1:] &= (acts[1:] != acts[:-1]) | (bases[1:] != bases[:-1])
    acts, bases = acts[asked], bases[asked]
    return acts, bases, view.once(ended)[bases]


def _standing(view: View, is_sound: Mask) -> Mask:
    """What is sound itself and, for provisions, part of something that stands."""
    records = view.records
    provisions = records.of_kinds("Provision")
    is_part = np.zeros(len(records), np.bool_)
    is_part[view.edges["PART_OF"].source[view.all_holding("PART_OF")]] = True
    stands = is_sound & ~(provisions & is_part)
    front = np.flatnonzero(stands & (provisions | records.of_kinds("Legislation"))).astype(np.int32)
    adjacency = view.adjacency("PART_OF", "into")
    open_to = is_sound & provisions
    while len(front):
        met = adjacency.of_all(front)
        front = distinct(met[open_to[met] & ~stands[met]])
        stands[front] = True
    return frozen(stands)


def _done(view: View, edge_type: str, ending: Mask) -> EffectRows:
    told = view.ever(_EFFECTS[edge_type])
    begun = (told.first <= view.day) & (view.day < view.edges[edge_type].valid_to)
    done = begun & told.works
    return EffectRows(told.first, frozen(done), frozen(done & ending), frozen(begun & ~told.works))
