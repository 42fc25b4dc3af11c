"""What records are called on a date: the few fields every answer needs after a walk."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from kaysis_graph import clock
from kaysis_graph.graph.columns import Ints
from kaysis_graph.graph.graph import Graph
from kaysis_graph.graph.queries import load
from kaysis_graph.graph.spells import loaded_spells
from kaysis_graph.graph.store import Reader
from kaysis_graph.graph.view import View
from kaysis_graph.records import record_model
from kaysis_graph.records.record_model import Record
from kaysis_graph.schema import Schema

_NAMES = load("records/names")
# One statement for 5,000 names takes 60 to 150 ms; a longer one only makes others wait.
_IDS_AT_A_TIME = 5_000


@dataclass(frozen=True)
class Name:
    """What a record is called on a date, and what has to be said beside its name.

    `present_title` differs from `title` when it was renamed since; `has_begun` is false when it is not valid yet on
    the date, `has_ended` true when it is not valid any more, between two of its spells, too.
    """

    id: str
    kind: str
    title: str
    title_en: str | None
    present_title: str
    has_begun: bool
    has_ended: bool
    is_unverified: bool
    is_stub: bool


@dataclass(frozen=True)
class StoredNames:
    """The stored names of several records, each a list in the order of the fields of NameRow."""

    names: list[list[Any]]


@dataclass(frozen=True)
class NameRow:
    """What is stored of a record's name."""

    id: str
    labels: list[str]
    title: str
    title_en: str | None
    valid_from: date | None
    valid_to: date | None
    is_unverified: bool | None
    is_stub: bool | None
    earlier: list[str] | None
    earlier_from: list[str] | None
    earlier_to: list[str] | None
    spells: list[str] | None = None

    def all_spells(self) -> list[tuple[date | None, date | None]]:
        """The first and last days of each of its spells, the derived ones of a record that tells none of its own."""
        if not self.spells:
            return [(self.valid_from, self.valid_to)]
        return [(_day(first), _day(last)) for first, last in loaded_spells(self.spells)]


def titles(graph: Graph, ids: Iterable[str], at: date | None = None) -> dict[str, Name]:
    """The names of these records on a date, today when none is given; identifiers of no record are left out.

    They are in the columns of the projection. What another process wrote a moment ago is read from the engine.
    """
    view = graph.on(at or clock.today())
    wanted = list(dict.fromkeys(ids))
    places = [(name, place) for name in wanted if (place := view.records.position_of.get(name)) is not None]
    told = names_at(view, np.array([place for _, place in places], np.int32))
    found = {name: one for (name, _), one in zip(places, told, strict=True)}
    if missing := [name for name in wanted if name not in found]:
        found |= stored_titles(graph.store, graph.schema, missing, at)
    return {name: found[name] for name in wanted if name in found}


def names_at(view: View, positions: Ints) -> list[Name]:
    """The names of the records at these positions on the day of the view."""
    records, fields = view.records, view.fields
    ids = records.ids[positions].tolist()
    kinds = [records.kinds[number] for number in records.kind[positions].tolist()]
    return [
        Name(name, kind, title or name, english, present or name, begun, over, bool(unverified), bool(stub))
        for name, kind, title, english, present, begun, over, unverified, stub in zip(
            ids,
            kinds,
            fields.values(records, positions, "title", view.day),
            fields.values(records, positions, "title_en"),
            fields.values(records, positions, "title"),
            view.begun[positions].tolist(),
            view.over[positions].tolist(),
            fields.values(records, positions, "is_unverified"),
            fields.values(records, positions, "is_stub"),
            strict=True,
        )
    ]


def stored_titles(reader: Reader, schema: Schema, ids: Iterable[str], at: date | None = None) -> dict[str, Name]:
    """The names of these records as the engine has them, for whoever reads all else from it as well."""
    day = at or clock.today()
    wanted = list(dict.fromkeys(ids))
    found = {}
    for start in range(0, len(wanted), _IDS_AT_A_TIME):
        (told,) = reader.read(_NAMES, into=StoredNames, ids=wanted[start : start + _IDS_AT_A_TIME])
        for identifier, labels, title, title_en, first, last, *others in told.names:
            row = NameRow(identifier, labels, title, title_en, _day(first), _day(last), *others)
            found[identifier] = name_of(schema, row, day)
    return found


def name_of(schema: Schema, row: NameRow, at: date) -> Name:
    """The name that a stored record had on the day."""
    begun = [last for first, last in row.all_spells() if first is None or first <= at]
    return Name(
        id=row.id,
        kind=record_model.kind_of(schema, row.labels),
        title=_title_on(row, at.isoformat()) if row.earlier else row.title,
        title_en=row.title_en,
        present_title=row.title,
        has_begun=bool(begun),
        has_ended=_are_over(begun, at),
        is_unverified=bool(row.is_unverified),
        is_stub=bool(row.is_stub),
    )


def name_of_record(record: Record, at: date) -> Name:
    """What a record that was read whole was called on the day; it tells its own spells only."""
    begun = [last for first, last in record.spells() if first is None or first <= at]
    english = record.fields.get("title_en")
    return Name(
        id=record.id,
        kind=record.kind,
        title=str(record.on("title", at) or record.id),
        title_en=str(english) if english else None,
        present_title=record.title,
        has_begun=bool(begun),
        has_ended=_are_over(begun, at),
        is_unverified=bool(record.fields.get("is_unverified")),
        is_stub=bool(record.fields.get("is_stub")),
    )


def row_of(identifier: str, labels: list[str], properties: Mapping[str, object]) -> NameRow:
    """What names a record, out of everything stored of it."""
    held = {name: properties.get(name) for name in ("title", "title_en", "valid_from", "valid_to")}
    flags = {name: properties.get(name) for name in ("is_unverified", "is_stub")}
    earlier = {f"earlier{end}": properties.get(f"earlier_title{end}") for end in ("", "_from", "_to")}
    spells = {"spells": properties.get("spells")}
    return NameRow(id=identifier, labels=labels, **held, **flags, **earlier, **spells)  # type: ignore[arg-type]  # as stored


def _are_over(lasts: list[date | None], at: date) -> bool:
    return bool(lasts) and all(last is not None and last <= at for last in lasts)


def _day(said: str | None) -> date | None:
    return date.fromisoformat(said) if said else None


def _title_on(row: NameRow, day: str) -> str:
    spans = zip(row.earlier or (), row.earlier_from or (), row.earlier_to or (), strict=True)
    return next((title for title, first, last in spans if first <= day < last), row.title)
