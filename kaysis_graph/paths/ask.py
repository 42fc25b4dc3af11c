"""Paths: how two records are connected, the shortest way first."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from kaysis_graph.answers.answer import Answer, Cut, Thing, position, things_by_position
from kaysis_graph.answers.question import known_edge_types, known_kinds
from kaysis_graph.facts.spread import SPREAD_STEPS
from kaysis_graph.graph import shortest_paths
from kaysis_graph.graph.graph import Graph
from kaysis_graph.graph.walks import Step, both_ways
from kaysis_graph.paths.question import Direction, PathQuestion


@dataclass(frozen=True)
class Crossing:
    """One edge that a hop goes over: its type, and whether it is walked along its direction."""

    type: str
    along: bool


@dataclass(frozen=True)
class Hop:
    """One hop from a record to the next, over every edge type that joins the two."""

    source: Thing
    target: Thing
    over: tuple[Crossing, ...]


@dataclass(frozen=True)
class Paths(Answer):
    """The ways between two records, the shortest first, then by identifiers; empty when nothing joins them.

    `avoided` are the records that no way was to go through.
    """

    source: Thing
    target: Thing
    direction: Direction
    avoided: tuple[Thing, ...]
    paths: tuple[tuple[Hop, ...], ...]


def paths_of(graph: Graph, question: PathQuestion, at: date) -> Paths:
    """The shortest way and the next ones, one where the question does not say how many.

    NotFound when one of the records is unknown, Invalid when an end is missing or for kinds or edge types there are
    not.
    """
    question.checked()
    types = known_edge_types(graph.schema, question.types, "types")
    through = known_kinds(graph.schema, question.through, "through")
    count = question.count or 1
    view = graph.on(at)
    ends = position(view, question.from_), position(view, question.to)
    past = [position(view, identifier) for identifier in question.avoid]
    steps = _steps(graph, question.direction, types)
    found = shortest_paths.routes(view, *ends, steps, count=count, through=through, past=past, longest=question.longest)
    asked = {place for way in found.routes for hop in way for place in (hop.source, hop.target)}
    names = things_by_position(view, [*ends, *past, *sorted(asked)])
    ways = tuple(
        tuple(
            Hop(
                names[hop.source],
                names[hop.target],
                tuple(Crossing(step.type, step.direction == "out") for step in hop.steps),
            )
            for hop in way
        )
        for way in found.routes
    )
    cut = _cut(found, count, question.longest)
    avoided = tuple(names[place] for place in past)
    source, target = names[ends[0]], names[ends[1]]
    return Paths(at, view.sequence, cut is None, cut, source, target, question.direction, avoided, ways)


def _steps(graph: Graph, direction: Direction, types: Collection[str] | None) -> tuple[Step, ...]:
    wanted = [name for name in graph.schema.edge_types if types is None or name in types]
    if direction == "impact":
        return tuple(step for step in SPREAD_STEPS if step.type in wanted)
    return both_ways(wanted)


def _cut(found: shortest_paths.Routes, count: int, longest: int | None) -> Cut | None:
    match found.limit:
        case "longest" if longest is not None:
            return Cut("paths.longest", {"longest": longest})
        case "longest":
            return Cut("paths.much_longer", {"more": shortest_paths.MORE_HOPS})
        case "most":
            return Cut("paths.too_many", {"count": count})
        case _:
            return None
