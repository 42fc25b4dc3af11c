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
    position_of_kind,
    things_by_position,
    whole_list,
)
from kaysis_graph.answers.reply import Listing
from kaysis_graph.facts import legal_basis
from kaysis_graph.facts.legal_basis import Relation, Walk
from kaysis_graph.graph.graph import Graph
from kaysis_graph.graph.view import View
from kaysis_graph.legislation.question import BranchQuestion, Direction

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


class BranchLevel:
    """The level beyond a record: pages and files are cut from it."""

    def __init__(self, graph: Graph, question: BranchQuestion, at: date) -> None:
        """NotFound when there is no record of that name."""
        self._graph = graph
        self._question = question
        self._at = at
        self._view = view = graph.on(at)
        kinds = view.records.kinds if question.direction == "up" else ("Legislation", "Provision")
        self._start = position_of_kind(view, question.id, *kinds)
        self._walk = _level(view, self._start, question.direction, question.relation)

    def answer(self, offset: int = 0, limit: int = ROWS) -> ActBranches:
        """The level with at most `limit` rows from `offset` on."""
        view, question = self._view, self._question
        level = self._cut(slice(offset, offset + limit))
        names = things_by_position(view, [self._start, *level.places()])
        cut = page_cut(level.total, offset, len(level.rows))
        return ActBranches(
            self._at,
            view.sequence,
            complete=cut is None,
            cut=cut,
            start=names[self._start],
            direction=question.direction,
            relation=question.relation,
            total=level.total,
            offset=offset,
            kinds=level.kinds,
            rows=level.named(names),
        )

    def listing(self) -> Listing[ActBranches, ActBranch]:
        """The level beside all its rows."""
        return Listing(whole_list(self.answer(limit=0)), self._all_rows())

    def _all_rows(self) -> Iterator[ActBranch]:
        for begin in range(0, len(self._walk.positions), _ROWS_AT_A_TIME):
            level = self._cut(slice(begin, begin + _ROWS_AT_A_TIME))
            yield from level.named(things_by_position(self._view, level.places()))

    def _cut(self, shown: slice) -> FoundLevel:
        return _cut(self._view, self._walk, self._question.direction, self._question.relation, shown)


def found(view: View, place: int, direction: Direction, relation: Relation, shown: slice) -> FoundLevel:
    """The level beyond the record at a position."""
    return _cut(view, _level(view, place, direction, relation), direction, relation, shown)


def _cut(view: View, walk: Walk, direction: Direction, relation: Relation, shown: slice) -> FoundLevel:
    rows = zip(walk.positions[shown].tolist(), walk.via[shown].tolist(), strict=True)
    return FoundLevel(
        len(walk.positions),
        tuple((one, via, len(_level(view, one, direction, relation).positions)) for one, via in rows),
        counted([kind_name(view, one) for one in walk.positions.tolist()]),
    )


def _level(view: View, place: int, direction: Direction, relation: Relation) -> Walk:
    walk = legal_basis.towards if direction == "up" else legal_basis.against
    return walk(view, place, relation, 1)
