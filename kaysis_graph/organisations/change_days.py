"""The days on which the structure under a unit changed."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from kaysis_graph.answers.answer import Answer, Thing, position_of_kind, things_by_position
from kaysis_graph.facts.institutions import ever_under
from kaysis_graph.graph.columns import OPEN_FROM, OPEN_TO, date_of
from kaysis_graph.graph.graph import Graph


@dataclass(frozen=True)
class ChangeDay:
    """A day, with how many ties to a parent began and how many ended on it."""

    day: date
    began: int
    ended: int


@dataclass(frozen=True)
class ChangeDays(Answer):
    """The days on which units came under a unit, left it or changed places under it, latest first.

    All days there ever were, whatever the day of the question; changes of a title alone are not among them.
    """

    start: Thing
    rows: tuple[ChangeDay, ...]


def change_days(graph: Graph, identifier: str, at: date) -> ChangeDays:
    """The days of change under a unit. NotFound for no such organisation."""
    view = graph.on(at)
    start = position_of_kind(view, identifier, "Organisation")
    columns, records = view.edges["PART_OF"], view.records
    rows = np.flatnonzero(ever_under(view, start)[columns.target]).astype(np.int32)
    _, firsts, lasts = records.held_spans(columns, rows)
    counts: dict[int, list[int]] = {}
    for place, (days, never) in enumerate(((firsts, OPEN_FROM), (lasts, OPEN_TO))):
        found, numbers = np.unique(days[days != never], return_counts=True)
        for day, number in zip(found.tolist(), numbers.tolist(), strict=True):
            counts.setdefault(day, [0, 0])[place] = number
    told = []
    for day, (began, ended) in sorted(counts.items(), reverse=True):
        written = date_of(day)
        assert written is not None, "open ends were left out"
        told.append(ChangeDay(written, began, ended))
    name = things_by_position(view, [start])[start]
    return ChangeDays(at, view.sequence, True, None, name, tuple(told))
