"""The explorer: the part of the graph that some steps, one after the other, bring into view.

The same steps give the same picture, places included, whoever evaluates them and whenever they were added.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise
from typing import Final

import numpy as np

from kaysis_graph.answers.answer import Answer, Cut, Thing, things_by_position
from kaysis_graph.answers.institution_choice import NOBODY, chosen_institution
from kaysis_graph.answers.question import known_edge_types, known_kinds
from kaysis_graph.explorer import neighbours
from kaysis_graph.explorer import steps as reading
from kaysis_graph.explorer.positions import Place, Places
from kaysis_graph.explorer.question import ExplorerQuestion
from kaysis_graph.explorer.steps import PAGE, Connect, ExplorerStep, Open, Show, Side
from kaysis_graph.facts import legal_basis, legal_force
from kaysis_graph.facts.owners import institutions
from kaysis_graph.graph import shortest_paths
from kaysis_graph.graph.columns import Ints, Mask, date_of
from kaysis_graph.graph.graph import Graph
from kaysis_graph.graph.view import Direction, View
from kaysis_graph.graph.walks import both_ways
from kaysis_graph.records.record_model import Spell
from kaysis_graph.schema import Schema

MOST: Final = 5_000
"""How many records are shown at once; a reader cannot tell more apart, and a page cannot move more."""

MOST_EDGES: Final = 20_000


@dataclass(frozen=True)
class NeighbourCount:
    """How many neighbours of one meaning a record has, and how many of them are shown."""

    direction: Side
    type: str
    kind: str
    total: int
    shown: int


@dataclass(frozen=True)
class ShownRecord:
    """One record shown: its days, whose it is, the step that brought it (`act`) and the record it came from.

    Its days are those of its latest spell, derived from its ties where it tells none; `earlier_spells` those before.
    `counts` are its own edges. `resting` counts what rests directly on an act of law or its provisions, as its page
    does; None for other kinds.
    """

    thing: Thing
    valid_from: date | None
    valid_to: date | None
    earlier_spells: tuple[Spell, ...]
    institution: str | None
    act: int
    parent: str | None
    x: float
    y: float
    counts: tuple[NeighbourCount, ...]
    resting: int | None


@dataclass(frozen=True)
class Hub:
    """Neighbours of one meaning that stand as one node with their number; `id` is the step without its pages."""

    id: str
    parent: str
    direction: Side
    type: str
    kind: str
    total: int
    x: float
    y: float
    act: int


@dataclass(frozen=True)
class ShownEdge:
    """One edge between records shown; `holds` tells whether it holds on the day.

    `has_effect` is False for a repeal or amendment whose source was not in force on its day.
    """

    source: str
    type: str
    target: str
    valid_from: date | None
    valid_to: date | None
    holds: bool
    has_effect: bool


@dataclass(frozen=True)
class StepOutcome:
    """What a step brought: how many records it is about, how many of them are shown, whether there are more."""

    act: str
    total: int
    shown: int
    more: bool


@dataclass(frozen=True)
class RecountedRecord:
    """A record that was shown before, with its counts after the steps that were added."""

    id: str
    counts: tuple[NeighbourCount, ...]


@dataclass(frozen=True)
class Explored(Answer):
    """The records that the steps show and all edges among them; with `since` what the steps from that one on added.

    `touched` are records shown before whose counts those steps changed.
    """

    nodes: tuple[ShownRecord, ...]
    hubs: tuple[Hub, ...]
    edges: tuple[ShownEdge, ...]
    acts: tuple[StepOutcome, ...]
    touched: tuple[RecountedRecord, ...]
    institutions: dict[str, Thing]
    most: int


def explored_by(graph: Graph, question: ExplorerQuestion, at: date, since: int = 0) -> Explored:
    """What the steps show on the day, or what those from `since` on added to it, as far as it is asked for.

    Invalid lists every step that cannot be read or names a record there is not, kinds and edge types there are not,
    and a unit in place of its institution; NotFound for no organisation.
    """
    kinds = known_kinds(graph.schema, question.kinds, "kinds")
    types = known_edge_types(graph.schema, question.types, "types")
    chosen_institution(graph.on(at), question.institution)
    return _narrowed(_whole(graph, question, at, since), kinds, types, question.institution)


def _whole(graph: Graph, question: ExplorerQuestion, at: date, since: int) -> Explored:
    said, ever = question.act, question.ever
    view = graph.on(at)
    state = _State(view, graph.schema, ever=ever)
    for text, act in zip(said, reading.read(graph.schema, view.records, said), strict=True):
        state.do(text, act)
    away = {view.records.position_of.get(identifier) for identifier in question.hide}
    shown = [place for place in state.nodes if place not in away]
    marks = np.zeros(len(view), np.bool_)
    marks[shown] = True
    fresh = np.array([place for place in shown if state.nodes[place].act >= since], np.int32)
    edges, left_out = _edges(view, fresh, marks, ever=ever)
    touched = _touched(view, state, edges, since, marks) if since else np.empty(0, np.int32)
    counted = _counts(view, graph.schema, np.concatenate((fresh, touched)), marks, ever=ever)
    owners = institutions(view, fresh)
    names = things_by_position(view, [*fresh.tolist(), *(owner for owner in owners.tolist() if owner >= 0)])
    cut = _cut(state.left_out, left_out)
    return Explored(
        at,
        view.sequence,
        complete=cut is None,
        cut=cut,
        nodes=tuple(
            _node(view, state, place, names, owner, counted[place])
            for place, owner in zip(fresh.tolist(), owners.tolist(), strict=True)
        ),
        hubs=tuple(hub for hub in state.hubs.values() if hub.act >= since),
        edges=edges,
        acts=tuple(state.done),
        touched=tuple(RecountedRecord(str(view.records.ids[place]), counted[place]) for place in touched.tolist()),
        institutions={names[owner].id: names[owner] for owner in dict.fromkeys(owners.tolist()) if owner >= 0},
        most=MOST,
    )


def _narrowed(
    answer: Explored, kinds: frozenset[str] | None, types: Collection[str] | None, institution: str | None
) -> Explored:
    """The answer with only records of these kinds and this institution, and only edges of these types among them."""
    nodes = tuple(
        node
        for node in answer.nodes
        if (kinds is None or node.thing.kind in kinds) and institution in (None, node.institution or NOBODY)
    )
    # Edges of a patch also join records that an earlier answer brought.
    away = {node.thing.id for node in answer.nodes} - {node.thing.id for node in nodes}
    edges = tuple(
        edge
        for edge in answer.edges
        if edge.source not in away and edge.target not in away and (types is None or edge.type in types)
    )
    return replace(answer, nodes=nodes, edges=edges)


@dataclass(frozen=True)
class _Placed:
    """A record in the state: by which step, from which record, and where it lies."""

    act: int
    parent: int | None
    place: Place


@dataclass
class _State:
    """What is shown after some steps."""

    view: View
    schema: Schema
    ever: bool
    nodes: dict[int, _Placed] = field(default_factory=dict)
    hubs: dict[str, Hub] = field(default_factory=dict)
    done: list[StepOutcome] = field(default_factory=list)
    left_out: int = 0
    _places: Places = field(default_factory=Places)

    def do(self, text: str, act: ExplorerStep) -> None:
        """One more step."""
        match act:
            case Show(identifier):
                total, shown = 1, int(self._started(identifier) in self.nodes)
            case Connect(source, target):
                total, shown = self._connect(source, target)
            case Open():
                total, shown = self._open(text, act)
        self.done.append(StepOutcome(text, total, shown, shown < total))

    def _started(self, identifier: str) -> int:
        position = self.view.records.position_of[identifier]
        if position not in self.nodes and self._has_room(1):
            self.nodes[position] = _Placed(len(self.done), None, self._places.start())
        return position

    def _connect(self, source: str, target: str) -> tuple[int, int]:
        ends = self._started(source), self._started(target)
        if any(end not in self.nodes for end in ends):
            return 2, 0
        found = shortest_paths.routes(self.view, *ends, both_ways(self.schema.edge_types)).routes
        way = [ends[0], *(hop.target for hop in found[0])] if found else []
        new = [place for place in way if place not in self.nodes]
        if self._has_room(len(new)):
            one, other = (self.nodes[end].place for end in ends)
            before = dict(pairwise(reversed(way)))
            for place, spot in zip(new, self._places.between(one, other, len(new)), strict=True):
                self.nodes[place] = _Placed(len(self.done), before[place], spot)
        return len(way), sum(place in self.nodes for place in way)

    def _open(self, text: str, act: Open) -> tuple[int, int]:
        centre = self._started(act.id)
        if centre not in self.nodes:
            return 0, 0
        direction: Direction = "out" if act.side == "out" else "into"
        found = neighbours.neighbours(self.view, centre, act.type, direction, act.kind, ever=self.ever)
        if act.pages == 0:
            self._gather(text.rpartition("~")[0], act, centre, len(found))
            return len(found), 0
        wanted = found[: act.pages * PAGE].tolist()
        # Page by page, so that a second page does not move the first.
        for begin in range(0, len(wanted), PAGE):
            new = [place for place in wanted[begin : begin + PAGE] if place not in self.nodes]
            new = new[: self._room(len(new))]
            for place, spot in zip(new, self._around(centre, len(new)), strict=True):
                self.nodes[place] = _Placed(len(self.done), centre, spot)
        return len(found), sum(place in self.nodes for place in wanted)

    def _gather(self, identifier: str, act: Open, centre: int, total: int) -> None:
        if identifier in self.hubs or total == 0:
            return
        ((x, y),) = self._around(centre, 1)
        slug = self.schema.kinds[act.kind].slug
        self.hubs[identifier] = Hub(identifier, act.id, act.side, act.type, slug, total, x, y, len(self.done))

    def _around(self, centre: int, count: int) -> list[Place]:
        here = self.nodes[centre]
        return self._places.around(here.place, None if here.parent is None else self.nodes[here.parent].place, count)

    def _room(self, count: int) -> int:
        """How many of so many records still fit; the others are counted as left out."""
        fits = min(count, MOST - len(self.nodes))
        self.left_out += count - fits
        return fits

    def _has_room(self, count: int) -> bool:
        """Whether so many records fit; if not, all of them are left out."""
        fits = len(self.nodes) + count <= MOST
        self.left_out += 0 if fits else count
        return fits


def _node(  # noqa: PLR0913  # everything a node says
    view: View, state: _State, place: int, names: Mapping[int, Thing], owner: int, counts: tuple[NeighbourCount, ...]
) -> ShownRecord:
    placed = state.nodes[place]
    return ShownRecord(
        thing=names[place],
        valid_from=date_of(int(view.records.valid_from[place])),
        valid_to=date_of(int(view.records.valid_to[place])),
        earlier_spells=tuple(_earlier(view, place)),
        institution=names[owner].id if owner >= 0 else None,
        act=placed.act,
        parent=None if placed.parent is None else str(view.records.ids[placed.parent]),
        x=placed.place[0],
        y=placed.place[1],
        counts=counts,
        resting=int(view.once(legal_basis.directly)[place]) if names[place].kind in legal_basis.TEXTS else None,
    )


def _earlier(view: View, place: int) -> Iterator[Spell]:
    for first, last in view.records.earlier.of(place):
        over = date_of(last)
        assert over is not None, "what is earlier has a last day"
        yield Spell(date_of(first), over)


def _edges(view: View, fresh: Ints, marks: Mask, *, ever: bool) -> tuple[tuple[ShownEdge, ...], int]:
    """The edges between fresh records and all that are shown, and how many were too many."""
    found: list[ShownEdge] = []
    left_out = 0
    ids = view.records.ids
    for edge_type, columns in view.edges.items():
        rows = neighbours.edges_among(view, fresh, marks, edge_type, ever=ever)
        left_out += max(0, len(rows) - (MOST_EDGES - len(found)))
        rows = rows[: MOST_EDGES - len(found)]
        cells = zip(
            ids[columns.source[rows]].tolist(),
            ids[columns.target[rows]].tolist(),
            columns.valid_from[rows].tolist(),
            columns.valid_to[rows].tolist(),
            view.holds_of(edge_type, rows).tolist(),
            legal_force.have_effect(view, edge_type, rows).tolist(),
            strict=True,
        )
        found += [
            ShownEdge(source, edge_type, target, date_of(first), date_of(last), holds, has_effect)
            for source, target, first, last, holds, has_effect in cells
        ]
    return tuple(found), left_out


def _touched(view: View, state: _State, edges: Sequence[ShownEdge], since: int, marks: Mask) -> Ints:
    """Records shown before that the steps since then opened or joined to something, ascending."""
    find = view.records.position_of
    met = {find[end] for edge in edges for end in (edge.source, edge.target)}
    met |= {placed.parent for placed in state.nodes.values() if placed.act >= since and placed.parent is not None}
    return np.array(sorted(place for place in met if marks[place] and state.nodes[place].act < since), np.int32)


def _counts(
    view: View, schema: Schema, asked: Ints, marks: Mask, *, ever: bool
) -> dict[int, tuple[NeighbourCount, ...]]:
    """The counts of each of the records by position."""
    types = list(view.edges)
    slugs = [schema.kinds[name].slug for name in view.records.kinds]
    sides: tuple[Side, Side] = ("out", "in")
    counted: list[list[NeighbourCount]] = [[] for _ in asked]
    for row, way, edge_type, kind, total, shown in neighbours.counts(view, asked, marks, ever=ever).tolist():
        counted[row].append(NeighbourCount(sides[way], types[edge_type], slugs[kind], total, shown))
    return dict(zip(asked.tolist(), map(tuple, counted), strict=True))


def _cut(records: int, edges: int) -> Cut | None:
    if records:
        return Cut("explorer.too_many", {"left": records, "most": MOST})
    if edges:
        return Cut("explorer.too_many_edges", {"left": edges, "most": MOST_EDGES})
    return None
