"""The shortest ways between two records, in the order of their length and then of their records."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import pairwise
from typing import Final, Literal

import numpy as np

from kaysis_graph.graph.columns import Ints, Mask, distinct
from kaysis_graph.graph.view import Adjacency, View
from kaysis_graph.graph.walks import Expansion, Step, in_order

MORE_HOPS: Final = 3
"""How many hops longer than the shortest the next ways may be."""

# guess: a search among that many records takes some 10 ms for each way that is found.
_MOST: Final = 100_000


@dataclass(frozen=True)
class RouteHop:
    """One hop of a route: from which record to which, over every step that leads there."""

    source: int
    target: int
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Routes:
    """Ways from one record to another that meet no record twice, the shortest first, then as records come.

    None are missing before the last one. `limit` says why there are fewer than asked for: None when there are no
    more at all, "longest" when longer ones were not looked for, "most" when too many records lie between the two.
    """

    routes: tuple[tuple[RouteHop, ...], ...]
    limit: Literal["longest", "most"] | None


def routes(  # noqa: PLR0913  a question with its limits
    view: View,
    source: int,
    target: int,
    steps: Sequence[Step],
    *,
    count: int = 1,
    through: Iterable[str] | None = None,
    past: Iterable[int] = (),
    longest: int | None = None,
) -> Routes:
    """The `count` shortest ways over the steps; for ways without direction see `walks.both_ways`.

    `through` names the kinds that may lie between the two ends, `past` the records that may not; `longest` limits the
    hops, otherwise no way is looked for that has more than MORE_HOPS over the shortest.
    """
    if source == target:
        return Routes(((),), None)
    allowed = np.ones(len(view), np.bool_) if through is None else view.records.of_kinds(*through)
    allowed[[*past]] = False
    allowed[[source, target]] = True
    one = _Ball(view, source, steps, allowed)
    other = _Ball(view, target, [step.back() for step in steps], allowed)
    while not (one.has(other.front) or other.has(one.front)):
        if one.is_whole or other.is_whole:
            return Routes((), None)
        if longest is not None and one.radius + other.radius >= longest:
            return Routes((), "longest")
        _grow_smaller(one, other)
    bound = one.radius + other.radius
    last = bound + MORE_HOPS if longest is None else longest
    found: list[tuple[int, ...]] = []
    limit: Literal["longest", "most"] | None = None
    while True:
        while one.radius + other.radius < bound and not (one.is_whole or other.is_whole):
            _grow_smaller(one, other)
        is_everything = one.is_whole or other.is_whole
        middle = _between(view, one, other, steps, last if is_everything else bound)
        if len(middle.nodes) > _MOST and found:
            limit = "most"
            break
        ways, is_cut = _first(middle, count)
        found = [tuple(middle.nodes[list(way)].tolist()) for way in ways]
        if len(found) == count or (is_everything and not is_cut):
            break
        if is_everything or bound >= last:
            limit = "longest"
            break
        bound += 1
    return Routes(tuple(_hops(view, way, steps) for way in found), limit)


class _Ball:
    """All records within some hops of a start, with how many hops it is to each (-1 outside)."""

    def __init__(self, view: View, start: int, steps: Sequence[Step], allowed: Mask) -> None:
        self.start = start
        self._expand = Expansion(view, steps)
        self._allowed = allowed
        self.hops = np.full(len(view), -1, np.int32)
        self.hops[start] = 0
        self.front: Ints = np.array([start], np.int32)
        self.radius = 0

    @property
    def is_whole(self) -> bool:
        return len(self.front) == 0

    @property
    def cost(self) -> int:
        return self._expand.count(self.front)

    def has(self, positions: Ints) -> bool:
        return bool((self.hops[positions] >= 0).any())

    def grow(self) -> None:
        found, _, _ = self._expand.unseen(self.front, self.hops >= 0)
        self.front = found[self._allowed[found]]
        self.radius += 1
        self.hops[self.front] = self.radius

    def through(self, other: "_Ball", bound: int) -> Ints:
        """The hops again, continued into the other ball to records from which a way fits the bound.

        Each such way enters the other ball at a record known to both, so that only those are started from.
        """
        hops, radius = self.hops.copy(), self.radius
        front = self.front
        while len(front):
            front = front[(other.hops[front] >= 0) & (other.hops[front] + radius <= bound)]
            found, _, _ = self._expand.unseen(front, hops >= 0)
            front = found[self._allowed[found] & (other.hops[found] >= 0)]
            radius += 1
            hops[front] = radius
        return hops


def _grow_smaller(one: _Ball, other: _Ball) -> None:
    smaller = one if one.cost <= other.cost else other
    smaller.grow()


@dataclass(frozen=True)
class _Middle:
    """The records that may lie on a route of a bounded length, numbered anew in their order."""

    nodes: Ints
    out: Adjacency
    into: Adjacency
    source: int
    target: int
    bound: int
    is_cut: bool


def _between(view: View, one: _Ball, other: _Ball, steps: Sequence[Step], bound: int) -> _Middle:
    # Where a ball holds all there is, what lies beyond the bound is worth knowing: there may be longer ways.
    reach = len(view) if one.is_whole or other.is_whole else bound
    behind, ahead = one.through(other, reach), other.through(one, reach)
    between = np.flatnonzero((behind >= 0) & (ahead >= 0)).astype(np.int32)
    fits = behind[between] + ahead[between] <= bound
    nodes = in_order(view, between[fits])
    number = np.full(len(view), -1, np.int32)
    number[nodes] = np.arange(len(nodes), dtype=np.int32)
    far, left, _ = Expansion(view, steps).neighbours(nodes)
    near, far = number[left], number[far]
    joined = (far >= 0) & (near != far)
    near, far = near[joined], far[joined]
    out, into = _adjacency(near, far, len(nodes)), _adjacency(far, near, len(nodes))
    return _Middle(nodes, out, into, int(number[one.start]), int(number[other.start]), bound, not fits.all())


def _adjacency(near: Ints, far: Ints, size: int) -> Adjacency:
    pairs = distinct((near.astype(np.int64) << 32) | far)
    starts = np.zeros(size + 1, np.int64)
    np.cumsum(np.bincount(pairs >> 32, minlength=size), out=starts[1:])
    return Adjacency(starts, (pairs & 0xFFFFFFFF).astype(np.int32))


def _distances(adjacency: Adjacency, start: int, is_blocked: Mask) -> Ints:
    """How many hops each is from the start, -1 when it cannot be reached past the blocked ones."""
    distances = np.full(len(is_blocked), -1, np.int32)
    front, distance = np.array([start], np.int32), 0
    while len(front):
        distances[front] = distance
        met = adjacency.of_all(front)
        front = distinct(met[(distances[met] < 0) & ~is_blocked[met]])
        distance += 1
    return distances


def _first(middle: _Middle, count: int) -> tuple[list[tuple[int, ...]], bool]:
    """The `count` first ways within the bound, and whether there are longer ones.

    Yen's algorithm, with the way of the lowest numbers among the shortest at each turn: scipy's and networkx's leave
    the order of equally long ways, and so which of them are told, to chance.
    """
    found: list[tuple[int, ...]] = []
    waiting: list[tuple[int, tuple[int, ...], int]] = []
    is_cut = middle.is_cut
    first = _lowest(middle, (middle.source,), set())
    if first is not None:
        waiting.append((len(first), first, 0))
    while waiting and len(found) < count:
        _, way, turn = heappop(waiting)
        found.append(way)
        for at in range(turn, len(way) - 1):
            prefix = way[: at + 1]
            taken = {other[at + 1] for other in found if other[: at + 1] == prefix}
            turned = _lowest(middle, prefix, taken)
            if turned is None:
                continue
            if len(turned) - 1 > middle.bound:
                is_cut = True
                continue
            heappush(waiting, (len(turned), turned, at))
    return found, is_cut


def _lowest(middle: _Middle, prefix: tuple[int, ...], taken: set[int]) -> tuple[int, ...] | None:
    """The shortest way on from the prefix that does not go to one of the taken first, of the lowest numbers."""
    is_blocked = np.zeros(len(middle.nodes), np.bool_)
    is_blocked[list(prefix)] = True
    ahead = _distances(middle.into, middle.target, is_blocked)
    options = [each for each in middle.out.of(prefix[-1]).tolist() if ahead[each] >= 0 and each not in taken]
    if not options:
        return None
    here = min(options, key=lambda each: (ahead[each], each))
    way = [*prefix, here]
    while here != middle.target:
        neighbours = middle.out.of(here)
        here = int(neighbours[ahead[neighbours] == ahead[here] - 1][0])
        way.append(here)
    return tuple(way)


def _hops(view: View, way: Sequence[int], steps: Sequence[Step]) -> tuple[RouteHop, ...]:
    return tuple(RouteHop(one, other, _steps(view, one, other, steps)) for one, other in pairwise(way))


def _steps(view: View, one: int, other: int, steps: Sequence[Step]) -> tuple[Step, ...]:
    kinds = view.records.kinds
    near, far = (kinds[view.records.kind[end]] for end in (one, other))
    return tuple(
        step
        for step in steps
        if (step.leaving is None or near in step.leaving)
        and (step.arriving is None or far in step.arriving)
        and other in view.adjacency(step.type, step.direction).of(one)
    )
