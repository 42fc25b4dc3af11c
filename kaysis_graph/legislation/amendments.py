"""What was done to an act and its provisions, and what it did to others: each amendment and repeal with its day.

A provision that has ended is still the act's own here: that an article was repealed is told of the act it stood in.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from kaysis_graph.facts import legal_force
from kaysis_graph.graph.columns import Ints, Mask
from kaysis_graph.graph.view import View

Way = Literal["by", "of"]
# guess: article, paragraph, clause, sub-clause and annexes nest five deep; the rest is for cycles to end in.
_DEEPEST = 16


@dataclass(frozen=True)
class Changes:
    """Amendments and repeals that took effect by the day, as columns, by day, source and target.

    `act` is the act at the far end: that of the source for changes of an act, that of the target for changes by it.
    `is_whole` marks repeals that ended what they point to. A day that is not known is the lowest number.
    """

    source: Ints
    target: Ints
    act: Ints
    on: Ints
    is_repeal: Mask
    is_whole: Mask

    def __len__(self) -> int:
        return len(self.source)


def of_act(view: View, act: int) -> Changes:
    """What amended or repealed an act or a provision, or any provision it ever had, by the day."""
    return _changes(view, parts_ever(view, act), "of")


def without_effect(view: View, act: int, way: Way = "of") -> Changes:
    """What would have changed it (`of`), or what it would have changed (`by`), had the source been in force."""
    return _changes(view, parts_ever(view, act), way, idle=True)


def by_act(view: View, act: int) -> Changes:
    """What an act or a provision, or any provision it ever had, amended or repealed by the day."""
    return _changes(view, parts_ever(view, act), "by")


def parts_ever(view: View, text: int) -> Ints:
    """The act or provision, first, and all provisions it ever had, whatever their days."""
    columns, provisions = view.edges["PART_OF"], view.records.of_kinds("Provision")
    found, front = {text: None}, [text]
    for _ in range(_DEEPEST):
        parts = [part for place in front for part in columns.source[columns.rows_to(place)].tolist()]
        front = [part for part in dict.fromkeys(parts) if provisions[part] and part not in found]
        if not front:
            break
        found |= dict.fromkeys(front)
    return np.array([*found], np.int32)


def act_ever(view: View, texts: Ints) -> Ints:
    """For each provision the act it is or was part of; everything else stands for itself."""
    columns, provisions = view.edges["PART_OF"], view.records.of_kinds("Provision")
    acts = texts.copy()
    for _ in range(_DEEPEST):
        rows = np.searchsorted(columns.source, acts)
        climbing = provisions[acts] & (rows < len(columns))
        climbing[climbing] = columns.source[rows[climbing]] == acts[climbing]
        if not climbing.any():
            break
        acts[climbing] = columns.target[rows[climbing]]
    return acts


def _changes(view: View, parts: Ints, way: Way, *, idle: bool = False) -> Changes:
    source, target, on, is_repeal, is_whole = [], [], [], [], []
    for edge_type, question in (("AMENDS", legal_force.amendments), ("REPEALS", legal_force.repeals)):
        columns, effects = view.edges[edge_type], view.once(question)
        rows_of = columns.rows_to if way == "of" else columns.rows_from
        rows = np.concatenate([rows_of(part) for part in parts.tolist()])
        rows = rows[(effects.idle if idle else effects.done)[rows]]
        source.append(columns.source[rows])
        target.append(columns.target[rows])
        on.append(effects.first[rows])
        is_repeal.append(np.full(len(rows), edge_type == "REPEALS"))
        is_whole.append(effects.ends[rows] & (edge_type == "REPEALS"))
    sources, targets, days = (np.concatenate(column) for column in (source, target, on))
    rank = view.records.rank
    order = np.lexsort((rank[targets], rank[sources], days))
    far = sources if way == "of" else targets
    return Changes(
        sources[order],
        targets[order],
        act_ever(view, far[order]),
        days[order],
        np.concatenate(is_repeal)[order],
        np.concatenate(is_whole)[order],
    )
