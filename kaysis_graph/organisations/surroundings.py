"""A unit with what is around it: all that is above, its siblings counted, two levels under it."""

from dataclasses import dataclass
from datetime import date

from kaysis_graph.answers.answer import Answer, Cut, Thing, position_of_kind
from kaysis_graph.answers.known_things import KnownThings
from kaysis_graph.facts.institutions import institution_of, is_institution
from kaysis_graph.graph import walks
from kaysis_graph.graph.graph import Graph
from kaysis_graph.organisations.question import UnitTreeQuestion
from kaysis_graph.organisations.structure import Unit, UnitTree

LEVELS = 2
# More than a picture draws one by one, so that what is left out can be counted by parent.
_ROWS = 500


@dataclass(frozen=True)
class Tie:
    """That one unit is part of another; `is_secondary` for the second tie of a unit."""

    unit: Thing
    parent: Thing
    is_secondary: bool


@dataclass(frozen=True)
class Ego(Answer):
    """A unit and its surroundings on a day.

    `bases` are what it is founded on that day, `predecessors` and `successors` those of any day.

    `above` are the ties of the unit and of all above it, nearest first. `siblings` counts the other units under each
    of its parents, by the parent's identifier. `rows` are the units one and two levels under it; `total` counts those,
    `depths` by level.
    """

    start: Thing
    institution: Thing
    is_institution: bool
    bases: tuple[Thing, ...]
    predecessors: tuple[Thing, ...]
    successors: tuple[Thing, ...]
    above: tuple[Tie, ...]
    siblings: dict[str, int]
    total: int
    depths: dict[int, int]
    rows: tuple[Unit, ...]


def around(graph: Graph, identifier: str, at: date, known: KnownThings | None = None) -> Ego:
    """The unit with its surroundings on the day. NotFound for no such organisation."""
    view = graph.on(at)
    start = position_of_kind(view, identifier, "Organisation")
    known = known or KnownThings(view)
    above = walks.ancestors(view, start).positions.tolist()
    institution = int(view.once(institution_of)[start])
    bases = view.out(start, "BASED_ON").tolist()
    heirs = view.edges["SUCCEEDED_BY"]
    # Who has ended is valid no more, so the edge to its successor holds on no day.
    before, after = heirs.source[heirs.rows_to(start)].tolist(), heirs.target[heirs.rows_from(start)].tolist()
    under = UnitTree(graph, UnitTreeQuestion(id=identifier, depth=LEVELS), at, known).answer(limit=_ROWS)
    names = known.at([institution, *above, *bases, *before, *after])
    columns, over = view.edges["PART_OF"], set(above)
    rows = [row for place in above for row in view.edges_out(place, "PART_OF").tolist()]
    ties = {
        (place := int(columns.source[row]), far := int(columns.target[row])): Tie(
            names[place], names[far], bool(columns.is_secondary[row])
        )
        for row in rows
        if int(columns.target[row]) in over
    }
    beside = view.adjacency("PART_OF", "into")
    parents = view.out(start, "PART_OF").tolist()
    shown = len(under.rows)
    cut = Cut("tree.chart", {"total": under.total, "shown": shown}) if shown < under.total else None
    return Ego(
        at,
        view.sequence,
        complete=cut is None,
        cut=cut,
        start=names[start],
        institution=names[institution],
        is_institution=bool(view.once(is_institution)[start]),
        bases=tuple(names[place] for place in bases),
        predecessors=tuple(names[place] for place in before),
        successors=tuple(names[place] for place in after),
        above=tuple(ties.values()),
        siblings={str(view.records.ids[far]): int((beside.of(far) != start).sum()) for far in parents},
        total=under.total,
        depths=under.depths,
        rows=under.rows,
    )
