"""The chain of repeals: what an act repealed and what repealed it, wholly or in part, over several steps."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from kaysis_graph.answers.answer import Answer, Cut, Thing, position_of_kind, things_by_position
from kaysis_graph.graph.columns import date_of
from kaysis_graph.graph.graph import Graph
from kaysis_graph.graph.view import View
from kaysis_graph.legislation import amendments
from kaysis_graph.legislation.amendments import Changes, Way

STEPS = 200
# More articles than these are not read in a line.
_PLACES = 4


@dataclass(frozen=True)
class ChainStep:
    """One act of the chain: repealed by, or repealing, the act `parent` of an earlier step or the one asked about.

    `provisions` counts the provisions that were repealed apart from the act; `is_whole` tells whether the act itself
    was. `has_effect` is False where the repealing act was not in force on that day: nothing was repealed, and the
    chain ends there. `places` are the articles that did it, as they are written.
    """

    depth: int
    parent: str
    act: Thing
    on: date | None
    is_whole: bool
    has_effect: bool
    provisions: int
    places: tuple[str, ...]
    is_unverified: bool


@dataclass(frozen=True)
class RepealChain(Answer):
    """What repealed an act (`of`) or what it repealed (`by`), step by step, each step by day."""

    start: Thing
    way: Way
    rows: tuple[ChainStep, ...]


@dataclass(frozen=True)
class _Link:
    depth: int
    parent: int
    act: int
    on: int
    is_whole: bool
    has_effect: bool
    pairs: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class FoundChain:
    """A chain by position; `is_cut` when there were more steps than asked for."""

    links: tuple[_Link, ...]
    is_cut: bool

    def places(self) -> Iterable[int]:
        """Every record that has to be named."""
        return (place for link in self.links for place in (link.parent, link.act))


def of(graph: Graph, identifier: str, at: date, *, way: Way = "of", limit: int = STEPS) -> RepealChain:
    """The chain on the day, `limit` steps at most. NotFound when there is no such act or provision."""
    view = graph.on(at)
    place = position_of_kind(view, identifier, "Legislation", "Provision")
    chain = found(view, place, way, limit)
    names = things_by_position(view, [place, *chain.places()])
    (rows,) = named(view, [chain], names)
    cut = Cut("answers.steps", {"shown": limit}) if chain.is_cut else None
    return RepealChain(at, view.sequence, cut is None, cut, names[place], way, rows)


def found(view: View, place: int, way: Way, most: int) -> FoundChain:
    """The chain from a position, nearest steps first; each act stands where it was met first."""
    links: list[_Link] = []
    seen = {place}
    front = [place]
    depth = 0
    while front and len(links) < most:
        depth += 1
        level = [link for parent in front for link in _links(view, parent, way, depth)]
        fresh = [*{link.act: link for link in reversed(level) if link.act not in seen}.values()][::-1]
        links += fresh
        seen |= {link.act for link in fresh}
        # What was repealed in part is in force: its own repeals are no step of this chain.
        front = [link.act for link in fresh if link.is_whole]
    return FoundChain(tuple(links[:most]), is_cut=bool(front) or len(links) > most)


def named(view: View, chains: Sequence[FoundChain], names: Mapping[int, Thing]) -> tuple[tuple[ChainStep, ...], ...]:
    """The chains with the names of their acts and what the edges say of themselves."""
    return tuple(tuple(_step(view, link, names) for link in chain.links) for chain in chains)


def _links(view: View, parent: int, way: Way, depth: int) -> list[_Link]:
    """The steps from an act by day, those that ended it first, those without effect last."""
    done = amendments.of_act(view, parent) if way == "of" else amendments.by_act(view, parent)
    idle = amendments.without_effect(view, parent, way)
    return [
        *_links_of(view, parent, way, depth, done, has_effect=True),
        *_links_of(view, parent, way, depth, idle, has_effect=False),
    ]


def _links_of(  # noqa: PLR0913  # a level of the chain, by whether it did anything
    view: View, parent: int, way: Way, depth: int, changes: Changes, *, has_effect: bool
) -> list[_Link]:
    is_itself = changes.target == parent if way == "of" else ~view.records.of_kinds("Provision")[changes.target]
    is_whole = changes.is_whole & is_itself
    rows_of: dict[int, list[int]] = {}
    for row in np.flatnonzero(changes.is_repeal & (changes.act != parent)).tolist():
        rows_of.setdefault(int(changes.act[row]), []).append(row)
    level = []
    for act, rows in rows_of.items():
        telling = [row for row in rows if is_whole[row]] or rows
        pairs = tuple((int(changes.source[row]), int(changes.target[row])) for row in rows)
        on = min(int(changes.on[row]) for row in telling)
        level.append(_Link(depth, parent, act, on, bool(is_whole[rows].any()), has_effect, pairs))
    return sorted(level, key=lambda link: (not link.is_whole, link.on, int(view.records.rank[link.act])))


def _step(view: View, link: _Link, names: Mapping[int, Thing]) -> ChainStep:
    ids = view.records.ids
    repeals = view.edges["REPEALS"]
    # Of edges that run side by side the one that began last is told.
    rows = np.array([repeals.rows_between(source, target)[-1] for source, target in link.pairs], np.int32)
    provisions = view.records.of_kinds("Provision")
    places = [place for place in repeals.said("by_place", rows) if place]
    return ChainStep(
        depth=link.depth,
        parent=str(ids[link.parent]),
        act=names[link.act],
        on=date_of(link.on),
        is_whole=link.is_whole,
        has_effect=link.has_effect,
        provisions=len({target for _, target in link.pairs if provisions[target]}),
        places=tuple(dict.fromkeys(places))[:_PLACES],
        is_unverified=any(repeals.said("is_unverified", rows)),
    )
