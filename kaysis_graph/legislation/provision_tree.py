"""One level of a tree of legislation: what an act rests on, or what rests on it, each with how much lies beyond it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from kaysis_graph.answers.answer import (
    Answer,
    Thing,
    counted,
    kind_name,
    page_cut,
    position,
    position_of_kind,
    things_by_position,
)
from kaysis_graph.facts import legal_basis
from kaysis_graph.facts.legal_basis import Relation, Walk
from kaysis_graph.graph.graph import Graph
from kaysis_graph.graph.view import View
from kaysis_graph.legislation.dependency_tree import Direction

ROWS = 50
_ROWS_AT_A_TIME = 1_000


@dataclass(frozen=True)
class ActBranch:
    """One record of the level, over which text it was reached, and how many records lie one level beyond it."""

    thing: Thing
    via: Thing
    beyond: int


@dataclass(frozen=True)
class ActBranches(Answer):
    """One level under a record of the tree, by identifier."""

    start: Thing
    direction: Direction
    relation: Relation
    total: int
    offset: int
    kinds: dict[str, int]
    rows: tuple[ActBranch, ...]


@dataclass(frozen=True)
class FoundLevel:
    """A level by position: the rows shown as (record, via, beyond), how many there are in all, and of which kinds."""

    total: int
    rows: tuple[tuple[int, int, int], ...]
    kinds: dict[str, int]

    def places(self) -> Iterable[int]:
        """Every record that has to be named."""
        return (place for one, via, _ in self.rows for place in (one, via))

    def named(self, names: Mapping[int, Thing]) -> tuple[ActBranch, ...]:
        """The rows with the names of these records."""
        return tuple(ActBranch(names[one], names[via], beyond) for one, via, beyond in self.rows)


def of(  # noqa: PLR0913  # a question with its limits
    graph: Graph,
    identifier: str,
    at: date,
    *,
    direction: Direction = "down",
    relation: Relation = "based_on",
    offset: int = 0,
    limit: int = ROWS,
) -> ActBranches:
    """The level beyond a record on the day. NotFound when there is none of that name."""
    view = graph.on(at)
    kinds = view.records.kinds if direction == "up" else ("Legislation", "Provision")
    place = position_of_kind(view, identifier, *kinds)
    level = found(view, place, direction, relation, slice(offset, offset + limit))
    names = things_by_position(graph, view, [place, *level.places()])
    cut = page_cut(level.total, offset, len(level.rows))
    return ActBranches(
        at,
        view.sequence,
        complete=cut is None,
        cut=cut,
        start=names[place],
        direction=direction,
        relation=relation,
        total=level.total,
        offset=offset,
        kinds=level.kinds,
        rows=level.named(names),
    )


def stream(
    graph: Graph, identifier: str, at: date, *, direction: Direction = "down", relation: Relation = "based_on"
) -> Iterator[ActBranch]:
    """All rows of the same answer."""
    view = graph.on(at)
    place = position(view, identifier)
    for begin in range(0, len(_level(view, place, direction, relation).positions), _ROWS_AT_A_TIME):
        level = found(view, place, direction, relation, slice(begin, begin + _ROWS_AT_A_TIME))
        yield from level.named(things_by_position(graph, view, level.places()))


def found(view: View, place: int, direction: Direction, relation: Relation, shown: slice) -> FoundLevel:
    """The level beyond the record at a position."""
    walk = _level(view, place, direction, relation)
    rows = zip(walk.positions[shown].tolist(), walk.via[shown].tolist(), strict=True)
    return FoundLevel(
        len(walk.positions),
        tuple((one, via, len(_level(view, one, direction, relation).positions)) for one, via in rows),
        counted([kind_name(view, one) for one in walk.positions.tolist()]),
    )


def _level(view: View, place: int, direction: Direction, relation: Relation) -> Walk:
    walk = legal_basis.towards if direction == "up" else legal_basis.against
    return walk(view, place, relation, 1)
