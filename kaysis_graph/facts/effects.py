"""Which repeals and amendments have an effect: those whose source is in force on the day they take effect.

An effect takes place on the first day of its edge, or on that of the act it comes from where the edge has none. What
was itself repealed or ended by then does nothing: neither notation of an end (`valid_to`, a REPEALS edge) makes a
difference. A repeal without effect takes nothing away, so each day is told by the days before it. On one day a
repeal comes before what its target does that day, except that an act which ends itself still does what it says for
that day; where acts repeal one another in a circle on one day, none comes first and all of it counts. A repeal on a
day that is not known takes nothing from what its target did.

All of this holds whatever the day of a view is.
"""

from dataclasses import dataclass

import numpy as np

from kaysis_graph.graph.columns import OPEN_FROM, OPEN_TO, Ints, Longs, Mask, distinct, frozen, spread
from kaysis_graph.graph.view import View

# guess: article, paragraph, clause, sub-clause and annexes nest five deep; the rest is for cycles to end in.
_DEEPEST_PROVISION = 16
_OF_DAY = 1 << 31
_NONE = np.empty(0, np.int64)


@dataclass(frozen=True)
class Effects:
    """The edges of a type by row: the day of each, and whether its source is in force on it.

    `is_early` marks those that are dated before what they come from begins. A whole repeal of that kind has no effect;
    an amendment, or a repeal in part, counts if its source was in force when it began: consolidated texts cite the
    day an act was accepted, which is before the day it comes into force.
    """

    first: Ints
    works: Mask
    is_early: Mask


@dataclass(frozen=True)
class _Sources:
    """What the edges of a type come from: from when on it is there, and whether the edge points to it or its act."""

    there_from: Ints
    is_target: Mask


@dataclass(frozen=True)
class _Nodes:
    """Texts on days: those that effects come from, and what those are part of on that day.

    `of` is the node of each effect, `part` and `whole` are the ties between nodes.
    """

    text: Ints
    day: Ints
    of: Longs
    part: Longs
    whole: Longs
    is_sound: Mask
    is_part: Mask


@dataclass(frozen=True)
class _Kills:
    """The whole repeals (rows of REPEALS) that would take a node out of force."""

    row: Ints
    node: Longs


@dataclass(frozen=True)
class _Question:
    """Which effects work, given which repeals do: those asked from their nodes, of the others it is known."""

    nodes: _Nodes
    kills: _Kills
    asked: Longs
    known: Mask

    def working(self, repealing: Mask) -> Mask:
        """Those that come from what is in force when these repeals work; a provision is in one that is."""
        nodes = self.nodes
        is_sound = nodes.is_sound.copy()
        is_sound[self.kills.node[repealing[self.kills.row]]] = False
        stands = is_sound & ~nodes.is_part
        while True:
            met = nodes.part[stands[nodes.whole]]
            met = met[is_sound[met] & ~stands[met]]
            if len(met) == 0:
                break
            stands[met] = True
        works = self.known.copy()
        works[self.asked] = stands[nodes.of]
        return works


def of_repeals(view: View) -> Effects:
    """Of all repeals, whatever the day of the view; to be asked by `view.ever`."""
    columns = view.edges["REPEALS"]
    first, sources = _days(view, "REPEALS")
    is_early = first < sources.there_from
    known = ~is_early | columns.is_secondary
    day = np.where(columns.is_secondary, np.maximum(first, sources.there_from), first)
    asked = np.flatnonzero(~view.ever(_stays)[columns.source])
    nodes = _nodes(view, columns.source[asked], day[asked])
    kills = _kills(view, nodes, first, sources.is_target)
    works = _settled(_Question(nodes, kills, asked, known), first)
    return Effects(frozen(first), frozen(works), frozen(is_early))


def of_amendments(view: View) -> Effects:
    """Of all amendments, whatever the day of the view; to be asked by `view.ever`."""
    columns = view.edges["AMENDS"]
    first, sources = _days(view, "AMENDS")
    asked = np.flatnonzero(~view.ever(_stays)[columns.source])
    nodes = _nodes(view, columns.source[asked], np.maximum(first, sources.there_from)[asked])
    repeals = view.ever(of_repeals)
    kills = _kills(view, nodes, repeals.first, _days(view, "REPEALS")[1].is_target)
    works = _Question(nodes, kills, asked, np.ones(len(columns), np.bool_)).working(repeals.works)
    return Effects(frozen(first), frozen(works), frozen(first < sources.there_from))


def _stays(view: View) -> Mask:
    """Marks what is in force on every day since it began: nearly all of a state, and need not be asked day by day."""
    columns, part_of = view.edges["REPEALS"], view.edges["PART_OF"]
    provisions, texts = (view.records.of_kinds(*kinds) for kinds in (("Provision",), ("Provision", "Legislation")))
    is_sound = view.records.is_lasting.copy()
    is_sound[columns.target[~columns.is_secondary]] = False
    rows = np.flatnonzero(provisions[part_of.source])
    parts, wholes = part_of.source[rows], part_of.target[rows]
    # What is part of one thing on some days, or of several, is asked day by day.
    is_sound[parts[(part_of.valid_from[rows] != OPEN_FROM) | (part_of.valid_to[rows] != OPEN_TO)]] = False
    is_sound[parts[1:][parts[1:] == parts[:-1]]] = False
    stays = is_sound.copy()
    stays[parts] = False
    while True:
        met = parts[(stays & texts)[wholes] & (is_sound & ~stays)[parts]]
        if len(met) == 0:
            return frozen(stays)
        stays[met] = True


def _days(view: View, edge_type: str) -> tuple[Ints, _Sources]:
    columns = view.edges[edge_type]
    sources = _sources(view, edge_type)
    return np.where(columns.valid_from == OPEN_FROM, sources.there_from, columns.valid_from), sources


def _sources(view: View, edge_type: str) -> _Sources:
    """A provision is there no earlier than what it is part of, whatever the days of that."""
    records, part_of, columns = view.records, view.edges["PART_OF"], view.edges[edge_type]
    position = columns.source
    there_from, is_target = records.first_from[position].copy(), position == columns.target
    provisions = records.of_kinds("Provision")
    climbing = np.flatnonzero(provisions[position])
    position = position[climbing]
    for _ in range(_DEEPEST_PROVISION):
        row = np.searchsorted(part_of.source, position)
        is_part = provisions[position] & (row < len(part_of))
        is_part[is_part] = part_of.source[row[is_part]] == position[is_part]
        climbing, position = climbing[is_part], part_of.target[row[is_part]]
        if len(climbing) == 0:
            break
        there_from[climbing] = np.maximum(there_from[climbing], records.first_from[position])
        is_target[climbing] |= position == columns.target[climbing]
    return _Sources(there_from, is_target)


def _nodes(view: View, source: Ints, day: Ints) -> _Nodes:
    records, part_of = view.records, view.edges["PART_OF"]
    provisions = records.of_kinds("Provision")
    wanted = _keys(source, day)
    known = front = distinct(wanted)
    ties: list[tuple[Longs, Longs]] = []
    while len(front):
        front = front[provisions[_texts(front)]]
        begins = np.searchsorted(part_of.source, _texts(front))
        counts = np.searchsorted(part_of.source, _texts(front), side="right") - begins
        rows, parts = spread(begins, counts), np.repeat(front, counts)
        days = _days_of(parts)
        holds = (part_of.valid_from[rows] <= days) & (days < part_of.valid_to[rows])
        parts, wholes = parts[holds], _keys(part_of.target[rows[holds]], days[holds])
        ties.append((parts, wholes))
        met = distinct(wholes)
        front = met[~_among(known, met)]
        known = np.sort(np.concatenate((known, front)))
    text, days = _texts(known), _days_of(known)
    part, whole = (
        np.searchsorted(known, np.concatenate([_NONE, *ends]))
        for ends in ([tie[end] for tie in ties] for end in (0, 1))
    )
    is_part = np.zeros(len(known), np.bool_)
    is_part[part] = True
    # Only a text holds up what is part of it.
    holds_up = records.of_kinds("Provision", "Legislation")[text[whole]]
    part, whole = part[holds_up], whole[holds_up]
    return _Nodes(text, days, np.searchsorted(known, wanted), part, whole, records.valid_on(text, days), is_part)


def _kills(view: View, nodes: _Nodes, first: Ints, is_target: Mask) -> _Kills:
    columns = view.edges["REPEALS"]
    ended = np.zeros(len(view), np.bool_)
    ended[columns.target[~columns.is_secondary]] = True
    hit = np.flatnonzero(ended[nodes.text])
    row, counts = columns.rows_of(nodes.text[hit], leaving=False)
    node = np.repeat(hit, counts)
    day = nodes.day[node]
    counts_then = (first[row] < day) | ((first[row] == day) & ~is_target[row])
    kept = ~columns.is_secondary[row] & (first[row] != OPEN_FROM) & counts_then & (day < columns.valid_to[row])
    # What was enacted again has outlived the repeals of its earlier spells.
    text = nodes.text[node]
    since = view.records.since_on(text, day)
    kept &= (since == view.records.first_from[text]) | (first[row] > since)
    return _Kills(row[kept], node[kept])


def _settled(question: _Question, first: Ints) -> Mask:
    """Which repeals work, when whether they do depends on which others do.

    Those that work at most and at least close in on each other; along days that order them they meet. What is left
    between the two hangs on a circle of one day: all of the earliest such day counts, and the days after it follow.
    """
    counted = np.zeros(len(first), np.bool_)
    at_most = question.working(counted)
    while True:
        at_least = question.working(at_most) | counted
        closer = question.working(at_least) | counted
        if (closer == at_most).all():
            between = at_most & ~at_least
            if not between.any():
                return at_most
            counted |= between & (first == first[between].min())
        at_most = closer


# A text on a day as one number, in the order of texts.
def _keys(text: Ints, day: Ints) -> Longs:
    return (text.astype(np.int64) << 32) | (day.astype(np.int64) + _OF_DAY)


def _texts(keys: Longs) -> Ints:
    return (keys >> 32).astype(np.int32)


def _days_of(keys: Longs) -> Ints:
    return ((keys & 0xFFFFFFFF) - _OF_DAY).astype(np.int32)


def _among(ordered: Longs, keys: Longs) -> Mask:
    places = np.minimum(np.searchsorted(ordered, keys), len(ordered) - 1)
    found: Mask = ordered[places] == keys
    return found
