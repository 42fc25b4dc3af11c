"""Small graphs as plain rows: random ones to hold walks against, and a way to lay them out as a projection."""

import random
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np

from kaysis_graph import text
from kaysis_graph.graph.columns import OPEN_FROM, OPEN_TO, date_of
from kaysis_graph.graph.projection import EdgeLists, EdgeRow, Projection
from kaysis_graph.graph.record_table import NamedRecordRow, RecordTable
from kaysis_graph.graph.titles import title_number
from kaysis_graph.graph.view import View
from kaysis_graph.graph.walks import Step

KINDS = ("Organisation", "Legislation", "Provision", "Service", "Document", "DataElement")
BELONGING = ("ISSUED_BY", "OPERATED_BY", "AT", "SENT_BY", "LOCATED_IN")
CATEGORIES = {"ministry": True, "municipality": True, "unit": False}
WALKED = ("BASED_ON", "REPEALS", "PART_OF", "PROVIDED_BY", "PRODUCES", "REQUIRES")
TYPES = (*WALKED, "AMENDS")
SOME_DAY = date(2020, 6, 1)


@dataclass
class Sketch:
    """A small graph as plain rows, the reference for what the projection says."""

    records: dict[str, NamedRecordRow] = field(default_factory=dict)
    edges: dict[tuple[str, str, str, int], EdgeRow] = field(default_factory=dict)

    def record(
        self,
        name: str,
        kind: str,
        first: int = OPEN_FROM,
        last: int = OPEN_TO,
        *spans: str,
        earlier: tuple[tuple[int, int], ...] = (),
    ) -> None:
        categories = tuple((OPEN_FROM, OPEN_TO, each) for each in spans)
        self.records[name] = NamedRecordRow(name, kind, first, last, categories, earlier)

    def call(self, name: str, title: str, *former: tuple[int, int, str]) -> None:
        """Gives a record a title, and those it had before with their days."""
        row = self.records[name]
        earlier = tuple((first, last, title_number(row.kind, text.fold(said))) for first, last, said in former)
        number = title_number(row.kind, text.fold(title))
        self.records[name] = replace(row, title=number, former_titles=earlier)

    def edge(  # noqa: PLR0913  an edge as it stands
        self,
        source: str,
        edge_type: str,
        target: str,
        first: int = OPEN_FROM,
        last: int = OPEN_TO,
        *,
        is_partial: bool = False,
    ) -> None:
        self.edges[source, edge_type, target, first] = EdgeRow(source, edge_type, target, first, last, is_partial)

    def projection(self, sequence: int = 1) -> Projection:
        rows = list(self.records.values())
        table = RecordTable.build(
            tuple(dict.fromkeys((*KINDS, *(row.kind for row in rows)))),
            CATEGORIES,
            ids=[row.id for row in rows],
            kind=[row.kind for row in rows],
            valid_from=np.array([row.valid_from for row in rows], np.int32),
            valid_to=np.array([row.valid_to for row in rows], np.int32),
            spans=[(row.id, *span) for row in rows for span in row.categories],
            earlier=[(row.id, *spell) for row in rows for spell in row.earlier],
            told_over=[row.id for row in rows if row.is_told_over],
            titles=[row.title for row in rows],
            former_titles=[(row.id, *span) for row in rows for span in row.former_titles],
        )
        lists = {}
        for edge_type in {edge.type for edge in self.edges.values()}:
            edges = [edge for edge in self.edges.values() if edge.type == edge_type]
            lists[edge_type] = EdgeLists(
                [edge.source for edge in edges],
                [edge.target for edge in edges],
                np.array([edge.valid_from for edge in edges], np.int32),
                np.array([edge.valid_to for edge in edges], np.int32),
                [edge.is_secondary for edge in edges],
            )
        return Projection.build(sequence, "schema", table, (*TYPES, *BELONGING), lists)

    def valid(self, name: str, day: int) -> bool:
        """By its own spells; a part that tells no first day is there while one of its ties holds, if all begin."""
        row = self.records[name]
        if row.is_undated and (ties := self.ties_of(name)):
            held = [tie for tie in ties if tie.valid_from < min(tie.valid_to, row.valid_to)]
            if held and all(tie.valid_from != OPEN_FROM for tie in ties):
                return day < row.valid_to and any(tie.valid_from <= day < tie.valid_to for tie in held)
        spells = [*row.earlier, (row.valid_from, row.valid_to)]
        return any(first <= day < last for first, last in spells)

    def spells_of(self, name: str) -> list[tuple[int, int]]:
        """All spells, those of a part without a first day as runs of days on which a tie holds."""
        row = self.records[name]
        own = [*row.earlier, (row.valid_from, row.valid_to)]
        if not row.is_undated or self.valid(name, OPEN_FROM):
            return own
        turns = sorted({day for tie in self.ties_of(name) for day in (tie.valid_from, tie.valid_to)} | {row.valid_to})
        begins = [day for day in turns if self.valid(name, day) and not self.valid(name, day - 1)]
        ends = [day for day in turns if self.valid(name, day - 1) and not self.valid(name, day)]
        return list(zip(begins, ends, strict=True)) or own

    def over(self, name: str, day: int) -> bool:
        return not self.valid(name, day) and any(first <= day for first, _ in self.spells_of(name))

    def ties_of(self, name: str) -> list[EdgeRow]:
        return [edge for edge in self.edges.values() if edge.type == "PART_OF" and edge.source == name]

    def holding(self, edge_type: str, day: int) -> list[EdgeRow]:
        return [
            edge
            for edge in self.edges.values()
            if edge.type == edge_type and edge.valid_from <= day < edge.valid_to and self.valid(edge.source, day)
        ]

    def neighbours(self, name: str, step: Step, day: int) -> set[str]:
        edges = self.holding(step.type, day)
        pairs = [(e.source, e.target) if step.direction == "out" else (e.target, e.source) for e in edges]
        return {
            far
            for near, far in pairs
            if near == name
            and (step.leaving is None or self.records[near].kind in step.leaving)
            and (step.arriving is None or self.records[far].kind in step.arriving)
        }


def random_sketch(seed: int, size: int = 40, edges: int = 160) -> Sketch:
    """Records of all kinds and edges between any of them, with cycles, self-loops, parallel edges and short lives."""
    chance = random.Random(seed)
    sketch = Sketch()
    names = [f"r{number:03}" for number in range(size)]
    chance.shuffle(names)

    def days() -> tuple[int, int]:
        first = chance.choice([OPEN_FROM, *range(18_000, 19_000, 100)])
        last = chance.choice([OPEN_TO, OPEN_TO, *range(18_100, 19_100, 100)])
        return first, last

    for name in names:
        kind = chance.choice(KINDS)
        spans: tuple[tuple[int, int, str], ...] = ()
        if kind == "Organisation":
            turn = chance.choice([18_300, 18_500])
            before, after = chance.choices([*CATEGORIES], k=2)
            spans = ((OPEN_FROM, turn, before), (turn, OPEN_TO, after))
        first, last = days()
        earlier: tuple[tuple[int, int], ...] = ()
        if first != OPEN_FROM and chance.random() < 0.5:
            earlier = ((chance.choice([OPEN_FROM, 17_000]), 17_400), (17_800, first - chance.choice([0, 50])))
        sketch.records[name] = NamedRecordRow(name, kind, first, last, spans, earlier)
    for _ in range(edges):
        source, target = chance.choices(names, k=2)
        first, last = days()
        edge = EdgeRow(source, chance.choice(WALKED), target, first, last, chance.random() < 0.3)
        sketch.edges[edge.source, edge.type, edge.target, edge.valid_from] = edge
    return sketch


def names(projection: Projection, positions: Iterable[int]) -> list[str]:
    return [projection.records.ids[position] for position in positions]


def view_of(sketch: Sketch, day: int) -> View:
    view = sketch.projection().on(date_of(day) or SOME_DAY)
    assert view.day == day
    return view


DAYS = (17_000, 17_500, 17_975, 18_300, 18_450, 18_500, 18_999, 20_000)
SEEDS = range(12)
