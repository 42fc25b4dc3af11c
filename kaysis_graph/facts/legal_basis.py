"""Walking legislation: what rests on what, what repealed and amended what, through the provisions in between.

Who rests on article 9 of an act rests on the act; so an act is walked together with its provisions, and a
provision that is reached brings the act it is part of. Those hops inside an act cost no depth: depth counts only
the edges between texts.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from kaysis_graph.facts import legal_force
from kaysis_graph.facts.makers_and_takers import packed
from kaysis_graph.graph.columns import Ints, Longs, Mask, distinct, frozen
from kaysis_graph.graph.view import Adjacency, View
from kaysis_graph.graph.walks import Step, in_order, reach

Relation = Literal["based_on", "repeals", "amends"]
EDGE_TYPES: dict[Relation, str] = {"based_on": "BASED_ON", "repeals": "REPEALS", "amends": "AMENDS"}
TEXTS = frozenset({"Legislation", "Provision"})
_WITHIN = Step("PART_OF", "into", leaving=TEXTS, arriving=frozenset({"Provision"}))
_AROUND = Step("PART_OF", "out", leaving=frozenset({"Provision"}), arriving=TEXTS)


@dataclass(frozen=True)
class Walk:
    """What was reached, by depth and then in their order, without the start.

    For each row: the record, its depth, and the record whose edge led there (`via`, the end of the edge on the side
    of the start: the start itself, a record of an earlier row, or a provision of one). `whole` is False when
    `deepest` ended the walk.
    """

    positions: Ints
    depths: Ints
    via: Ints
    whole: bool


def towards(view: View, start: int, relation: Relation, deepest: int | None = None) -> Walk:
    """Along the edges: what the act rests on, repealed or amended, by its own and through its provisions.

    A provision that is reached brings the act it is part of, as a row of the same depth; the other provisions of that
    act, and what they rest on, it does not bring.
    """
    links = _links(view, relation, "out")
    front = _with(view, np.array([start], np.int32), _WITHIN)
    return _walked(view, start, front, links, _AROUND, deepest)


def against(view: View, start: int, relation: Relation, deepest: int | None = None) -> Walk:
    """Against the edges: what rests on the act or its provisions, and what repealed or amended them."""
    links = _links(view, relation, "into")
    front = _with(view, np.array([start], np.int32), _WITHIN)
    return _walked(view, start, front, links, _WITHIN, deepest)


def places_in_acts(view: View, texts: Iterable[int]) -> dict[int, str | None]:
    """Where provisions stand in their acts, as it is read: `m.9 f.1 b.a`; None for an act itself."""
    positions = np.fromiter(texts, np.int32)
    return dict(zip(positions.tolist(), view.said("place", positions), strict=True))


def directly(view: View) -> Ints:
    """How many records rest directly on each text or on its provisions: as `against` of depth one, for all at once.

    To be asked by `view.once`.
    """
    columns, rows = view.edges["BASED_ON"], view.all_holding("BASED_ON")
    provisions, part_of = view.records.of_kinds("Provision"), view.adjacency("PART_OF", "out")
    pairs = met = distinct(packed(columns.source[rows], columns.target[rows]))
    while len(met):
        sources, texts = _ends(met)
        inside = provisions[texts]
        above = part_of.of_all(texts[inside])
        found = distinct(packed(np.repeat(sources[inside], part_of.counts(texts[inside])), above))
        # What was met before is not climbed from again, so a circle ends.
        met = np.setdiff1d(found, pairs, assume_unique=True)
        pairs = np.concatenate([pairs, met])
    sources, texts = _ends(pairs)
    return frozen(np.bincount(texts[sources != texts], minlength=len(view)).astype(np.int32))


def own_provisions(view: View, text: int) -> Ints:
    """The provisions an act or provision consists of on the day, at any depth, as their act reads."""
    return in_order(view, reach(view, [text], [_WITHIN]).found)


def standing_bases(view: View, position: int) -> Ints:
    """What a record rests on that has not ended by the day, each once."""
    bases = view.adjacency("BASED_ON", "out").of(position)
    return bases[~view.once(legal_force.ended)[bases]]


def act_of(view: View, positions: Ints) -> Ints:
    """For each provision the act it is part of on the day; everything else stands for itself."""
    acts = positions.copy()
    provisions = view.records.of_kinds("Provision")
    part_of = view.adjacency("PART_OF", "out")
    # guess: provisions nest five deep; sixteen ends a cycle.
    for _ in range(16):
        climbing = provisions[acts] & (part_of.counts(acts) > 0)
        if not climbing.any():
            break
        acts[climbing] = part_of.neighbours[part_of.starts[acts[climbing]]]
    return acts


def _walked(  # noqa: PLR0913  # one walk, two directions
    view: View, start: int, front: Ints, links: Adjacency, beside: Step, deepest: int | None
) -> Walk:
    # A provision may be walked on from with its act and be reached by an edge of its own only later: what was walked
    # from and what was told are two things.
    walked, told = np.zeros((2, len(view)), np.bool_)
    walked[front] = True
    outside = beside is _AROUND
    levels: list[tuple[Ints, Ints]] = []
    whole = True
    while len(front):
        met, via = _unseen(links, front, told)
        if len(met) == 0:
            break
        if deepest is not None and len(levels) >= deepest:
            whole = False
            break
        told[met] = True
        around, around_via = _beside(view, met, beside, told if outside else walked)
        on = np.concatenate([met, around])
        if outside:
            # The act around a provision is an answer of its own; provisions within an act are only ways on.
            met, via = on, np.concatenate([via, around_via])
            told[around] = True
        order = np.argsort(view.records.rank[met], kind="stable")
        levels.append((met[order], via[order]))
        front = in_order(view, distinct(on[~walked[on]]))
        walked[front] = True
    none = np.empty(0, np.int32)
    positions = np.concatenate([none, *(met for met, _ in levels)])
    depths = np.repeat(np.arange(1, len(levels) + 1, dtype=np.int32), [len(met) for met, _ in levels])
    vias = np.concatenate([none, *(via for _, via in levels)])
    kept = positions != start
    return Walk(positions[kept], depths[kept], vias[kept], whole)


def _unseen(links: Adjacency, front: Ints, seen: Mask) -> tuple[Ints, Ints]:
    met, parents = links.of_all(front), np.repeat(front, links.counts(front))
    fresh = ~seen[met]
    found, first = np.unique(met[fresh], return_index=True)
    return found.astype(np.int32), parents[fresh][first]


def _beside(view: View, texts: Ints, step: Step, seen: Mask) -> tuple[Ints, Ints]:
    """The provisions within, or the acts around, not seen before; each with the text it was reached from."""
    reached = reach(view, texts, [step])
    rows = np.flatnonzero((reached.depths > 0) & ~seen[reached.positions])
    return reached.positions[rows], reached.parents[rows]


def _with(view: View, texts: Ints, step: Step) -> Ints:
    return in_order(view, reach(view, texts, [step]).positions)


def _ends(pairs: Longs) -> tuple[Ints, Ints]:
    return (pairs >> 32).astype(np.int32), (pairs & 0xFFFFFFFF).astype(np.int32)


def _links(view: View, relation: Relation, direction: Literal["out", "into"]) -> Adjacency:
    if relation == "based_on":
        return view.adjacency("BASED_ON", direction)
    return _done(view, EDGE_TYPES[relation], direction)


def _done(view: View, edge_type: str, direction: Literal["out", "into"]) -> Adjacency:
    """The repeals or amendments that took effect by the day: they stay done when the act that did them ends."""
    source, target = (ends.astype(np.int64) for ends in legal_force.done(view, edge_type))
    near, far = (source, target) if direction == "out" else (target, source)
    pairs = distinct((near << 32) | far)
    starts = np.zeros(len(view) + 1, np.int64)
    np.cumsum(np.bincount(pairs >> 32, minlength=len(view)), out=starts[1:])
    return Adjacency(starts, (pairs & 0xFFFFFFFF).astype(np.int32))
