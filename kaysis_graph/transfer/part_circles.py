"""Records that an input would make part of themselves, over its own edges and those the graph has; every import asks.

A unit that is part of itself stands nowhere in the tree of the state, and each walk up from it would come back.
"""

import itertools
from collections import defaultdict
from collections.abc import Iterator, Sequence
from graphlib import CycleError, TopologicalSorter

from kaysis_graph.errors import Problem
from kaysis_graph.graph.queries import load
from kaysis_graph.graph.store import Reader
from kaysis_graph.records.checks import StoredEdgeRow
from kaysis_graph.transfer.spool import Part, Spool

_LEAVING = load("records/edges_leaving_of_type")
PART_OF = "PART_OF"
_AT_A_TIME = 5_000
# Records of a circle that its problem names.
_SHOWN = 12


def find_circles(reader: Reader, spool: Spool) -> Iterator[Problem]:
    """One error for each circle whose edges hold on one day, if the input gives one of them at least.

    The input's own edges, and those the graph has of the same records, are in the spool; what lies above them is read
    here, level by level.
    """
    query = _LEAVING.named(EDGE_TYPE=PART_OF)
    while wholes := spool.unread_wholes(_AT_A_TIME):
        spool.note_parts(
            Part(row.source, row.target, row.properties["first_day"], str(row.properties.get("valid_to") or ""))
            for row in reader.read(query, into=StoredEdgeRow, ids=wholes)
        )
    parts = spool.parts_in_circles()
    for day in sorted({part.first for part in parts}):
        on_day = [part for part in parts if part.first <= day and (not part.last or day < part.last)]
        while circle := _circle(on_day):
            steps = set(itertools.pairwise(circle))
            closing = [part for part in on_day if (part.source, part.target) in steps]
            if told := [part for part in closing if part.place]:
                yield _problem(circle, told[-1])
            parts = [part for part in parts if part not in closing]
            on_day = [part for part in on_day if part not in closing]


def _circle(parts: Sequence[Part]) -> list[str]:
    """The records of a circle in their order, the first again at its end; empty where there is none."""
    below: dict[str, set[str]] = defaultdict(set)
    for part in parts:
        below[part.target].add(part.source)
    try:
        TopologicalSorter(below).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def _problem(circle: Sequence[str], part: Part) -> Problem:
    # Told from its smallest identifier on, so that it reads alike in each run.
    first = circle.index(min(circle))
    turned = [*circle[first:-1], *circle[:first], circle[first]]
    rule = "transfer.part_of_itself" if len(set(circle)) == 1 else "transfer.part_of_circle"
    shown = " → ".join(turned[:_SHOWN]) + (" …" if len(turned) > _SHOWN else "")
    place = {**part.place, "id": part.source, "edge": f"{PART_OF} → {part.target}"}
    return Problem(rule, place, {"id": part.source, "ids": shown})
