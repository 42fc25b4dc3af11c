"""The life of an act on a line: accepted, published, in force, amended by what and where, repealed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, get_args

from kaysis_graph.answers.answer import (
    Answer,
    Thing,
    counted,
    page_cut,
    position_of_kind,
    things_by_position,
    whole_list,
)
from kaysis_graph.answers.reply import Listing
from kaysis_graph.facts.legal_force import told_over
from kaysis_graph.graph.columns import OPEN_FROM, date_of, day_of
from kaysis_graph.graph.graph import Graph
from kaysis_graph.graph.queries import load
from kaysis_graph.graph.view import View
from kaysis_graph.legislation import amendments
from kaysis_graph.legislation.amendments import Changes
from kaysis_graph.legislation.question import TimelineQuestion
from kaysis_graph.records import reader
from kaysis_graph.records.record_model import Record

What = Literal[
    "accepted", "published", "in_force", "amended", "repealed_in_part", "repealed", "ended", "without_effect"
]
ROWS = 500
_ROWS_AT_A_TIME = 200
_CHANGES = load("legislation/timeline_changes")
_ORDER: tuple[What, ...] = get_args(What)


@dataclass(frozen=True)
class ActEvent:
    """Something that happened to an act on a day: of itself, or done by another act to it or to its provisions.

    `touched` are the provisions it was done to, none where it was the act itself; `amendments` counts them by kind of
    amendment. `sources` say where it was read.
    """

    on: date | None
    what: What
    by: Thing | None
    touched: tuple[Thing, ...]
    amendments: dict[str, int]
    sources: tuple[str, ...]
    is_unverified: bool


@dataclass(frozen=True)
class Timeline(Answer):
    """What happened to an act or provision up to the day, oldest first; what has no known day comes first."""

    start: Thing
    total: int
    offset: int
    whats: dict[str, int]
    rows: tuple[ActEvent, ...]


@dataclass(frozen=True)
class Deed:
    """One event by position; `pairs` are the edges it is made of."""

    on: int
    what: What
    by: int | None = None
    touched: tuple[int, ...] = ()
    pairs: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class _Edge:
    source: str
    type: str
    target: str
    properties: dict[str, object]


_Key = tuple[str, str, str]


class ActLife:
    """The events of an act or provision up to the day, found once: pages, the picture and files are cut from them."""

    def __init__(self, graph: Graph, question: TimelineQuestion, at: date) -> None:
        """NotFound when there is no act or provision of that name."""
        self._graph = graph
        self._at = at
        self.view = graph.on(at)
        self.place = position_of_kind(self.view, question.id, "Legislation", "Provision")
        self.deeds = found(graph, self.view, self.place)

    def answer(self, offset: int = 0, limit: int = ROWS) -> Timeline:
        """The life with at most `limit` events from `offset` on."""
        view, deeds = self.view, self.deeds
        shown = deeds[offset : offset + limit]
        cut = page_cut(len(deeds), offset, len(shown))
        rows, names = _named(self._graph, view, self.place, shown)
        whats = counted([deed.what for deed in deeds])
        return Timeline(self._at, view.sequence, cut is None, cut, names[self.place], len(deeds), offset, whats, rows)

    def listing(self) -> Listing[Timeline, ActEvent]:
        """The life beside all its events."""
        return Listing(whole_list(self.answer(limit=0)), self._all_rows())

    def _all_rows(self) -> Iterator[ActEvent]:
        for begin in range(0, len(self.deeds), _ROWS_AT_A_TIME):
            yield from _named(self._graph, self.view, self.place, self.deeds[begin : begin + _ROWS_AT_A_TIME])[0]


def found(graph: Graph, view: View, place: int, record: Record | None = None) -> list[Deed]:
    """The events of the act or provision at a position, by day; its record is read where it is not given."""
    record = record or reader.get(graph.store, graph.schema, str(view.records.ids[place])).record
    done = [*_done(place, amendments.of_act(view, place)), *_without_effect(view, place)]
    repealed_on = {deed.on for deed in done if deed.what == "repealed"}
    # That it ended on the day of its repeal is no event of its own.
    own = [deed for deed in _own(record, view.day) if deed.what != "ended" or deed.on not in repealed_on]
    if view.ever(told_over)[place]:
        own.append(Deed(OPEN_FROM, "ended"))
    rank = view.records.rank
    return sorted(
        [*own, *done],
        key=lambda deed: (deed.on, _ORDER.index(deed.what), -1 if deed.by is None else int(rank[deed.by])),
    )


def _own(record: Record, until: int) -> Iterator[Deed]:
    """What the record says of itself."""
    days: list[tuple[What, object]] = [
        ("accepted", record.fields.get("accepted_on")),
        ("published", record.fields.get("gazette_on")),
    ]
    for first, last in record.spells():
        days += [("in_force", first), ("ended", last)]
    for what, day in days:
        if isinstance(day, date) and day_of(day) <= until:
            yield Deed(day_of(day), what)


def _done(place: int, changes: Changes) -> Iterator[Deed]:
    """What other acts did: all that one act did on one day in one way is one event."""
    rows_of: dict[tuple[int, int, What], list[int]] = {}
    for row in range(len(changes)):
        what: What = "amended"
        if changes.is_repeal[row]:
            is_end = changes.is_whole[row] and changes.target[row] == place
            what = "repealed" if is_end else "repealed_in_part"
        rows_of.setdefault((int(changes.on[row]), int(changes.act[row]), what), []).append(row)
    for (on, act, what), rows in rows_of.items():
        touched = [int(changes.target[row]) for row in rows if changes.target[row] != place]
        pairs = tuple((int(changes.source[row]), int(changes.target[row])) for row in rows)
        yield Deed(on, what, act, tuple(dict.fromkeys(touched)), pairs)


def _without_effect(view: View, place: int) -> Iterator[Deed]:
    """What other acts were to do, and did not, being out of force on the day."""
    for deed in _done(place, amendments.without_effect(view, place)):
        yield replace(deed, what="without_effect")


def _named(
    graph: Graph, view: View, place: int, deeds: Sequence[Deed]
) -> tuple[tuple[ActEvent, ...], Mapping[int, Thing]]:
    asked = [place, *(one for deed in deeds for one in (*deed.touched, *(() if deed.by is None else (deed.by,))))]
    names = things_by_position(view, asked)
    targets = dict.fromkeys(str(view.records.ids[target]) for deed in deeds for _, target in deed.pairs)
    said = _said(graph, [*targets])
    return tuple(_event(view, deed, names, said) for deed in deeds), names


def _said(graph: Graph, targets: Sequence[str]) -> Mapping[_Key, list[_Edge]]:
    """What the changes of these texts say of themselves, whatever their days.

    Asked by what was changed: a text has few changes, an act that amends may have hundreds (244 ms against 40 ms).
    """
    said: dict[_Key, list[_Edge]] = {}
    if targets:
        for row in graph.store.read(_CHANGES, into=_Edge, ids=[*targets]):
            said.setdefault((row.type, row.source, row.target), []).append(row)
    return said


def _event(view: View, deed: Deed, names: Mapping[int, Thing], said: Mapping[_Key, list[_Edge]]) -> ActEvent:
    ids, on = view.records.ids, date_of(deed.on)
    types = {"amended": ("AMENDS",), "without_effect": ("AMENDS", "REPEALS")}.get(deed.what, ("REPEALS",))
    edges = [
        edge.properties
        for source, target in deed.pairs
        for edge_type in types
        for edge in said.get((edge_type, str(ids[source]), str(ids[target])), [])
        if edge.properties.get("valid_from") in (None, on)
    ]
    return ActEvent(
        on=on,
        what=deed.what,
        by=None if deed.by is None else names[deed.by],
        touched=tuple(names[place] for place in deed.touched),
        amendments=counted([str(edge["amendment"]) for edge in edges if edge.get("amendment")]),
        sources=tuple(dict.fromkeys(str(edge["source"]) for edge in edges if edge.get("source"))),
        is_unverified=any(bool(edge.get("is_unverified")) for edge in edges),
    )
