"""Paths: how two records are connected, the shortest way first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from kaysis_graph.answers.answer import Answer, Cut, Thing, position, things_by_position
from kaysis_graph.errors import TooLarge
from kaysis_graph.facts.spread import SPREAD_STEPS
from kaysis_graph.graph import shortest_paths
from kaysis_graph.graph.graph import Graph
from kaysis_graph.graph.walks import Step, both_ways

Direction = Literal["any", "impact"]
"""Over edges either way, or only from what is needed to what needs it, as impact spreads."""

# guess: more ways than this nobody compares.
MOST = 20


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


def between(  # noqa: PLR0913  # a question with its limits
    graph: Graph,
    source: str,
    target: str,
    at: date,
    *,
    count: int = 1,
    types: Iterable[str] | None = None,
    through: Iterable[str] | None = None,
    avoid: Iterable[str] = (),
    direction: Direction = "any",
    longest: int | None = None,
) -> Paths:
    """The shortest way and the `count` - 1 next, over edges of the types in the direction asked for.

    `through` names the kinds that may lie in between, `avoid` the records that may not, `longest` limits the hops.
    With direction `impact` the ways lead from the source to what is affected when it changes. NotFound when one of the
    records is unknown, TooLarge when more ways are asked for than are ever told.
    """
    if count > MOST:
        raise TooLarge("paths.count", count=count, most=MOST)
    view = graph.on(at)
    ends = position(view, source), position(view, target)
    past = [position(view, identifier) for identifier in dict.fromkeys(avoid)]
    steps = _steps(graph, direction, types)
    found = shortest_paths.routes(view, *ends, steps, count=count, through=through, past=past, longest=longest)
    asked = {place for way in found.routes for hop in way for place in (hop.source, hop.target)}
    names = things_by_position(graph, view, [*ends, *past, *sorted(asked)])
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
    cut = _cut(found, count, longest)
    avoided = tuple(names[place] for place in past)
    return Paths(at, view.sequence, cut is None, cut, names[ends[0]], names[ends[1]], direction, avoided, ways)


def _steps(graph: Graph, direction: Direction, types: Iterable[str] | None) -> tuple[Step, ...]:
    wanted = list(graph.schema.edge_types if types is None else types)
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
