"""A record and an edge as values, and their two other forms: JSON for people and files, properties for the graph."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from kaysis_graph import article_order, text
from kaysis_graph.graph.columns import first_day, last_day
from kaysis_graph.graph.spells import stored_spells
from kaysis_graph.schema import Kind, Schema
from kaysis_graph.schema.fieldtypes import FIELD_TYPES, Stored, Value


@dataclass(frozen=True)
class Earlier:
    """What a dated field said before: from its first day (None: from the beginning) up to, not including, its last."""

    value: Value
    valid_from: date | None
    valid_to: date

    def holds(self, at: date) -> bool:
        """Whether the field said this on the day."""
        return is_within(self.valid_from, self.valid_to, at)


@dataclass(frozen=True)
class Spell:
    """A time a record was there before the present one: from its first day (None: not known) up to its last."""

    valid_from: date | None
    valid_to: date


@dataclass(frozen=True)
class Record:
    """One record: its fields by name, absent ones left out, and the earlier values of its dated fields.

    `valid_from` and `valid_to` among the fields are its latest spell; `earlier_spells` are those before it, in order.
    """

    kind: str
    id: str
    fields: Mapping[str, Value]
    earlier: Mapping[str, tuple[Earlier, ...]] = field(default_factory=dict)
    earlier_spells: tuple[Spell, ...] = ()

    @property
    def title(self) -> str:
        """The name it has now; a record in the making may not have one yet."""
        return str(self.fields.get("title", self.id))

    def on(self, name: str, at: date) -> Value | None:
        """What the field said on the day."""
        said = next((earlier.value for earlier in self.earlier.get(name, ()) if earlier.holds(at)), None)
        return said if said is not None else self.fields.get(name)

    def is_valid(self, at: date) -> bool:
        """Whether one of the spells the record tells of itself holds on the day."""
        return any(is_within(first, last, at) for first, last in self.spells())

    def spells(self) -> list[tuple[date | None, date | None]]:
        """The first and last days of all its spells, the oldest first."""
        first, last = self.fields.get("valid_from"), self.fields.get("valid_to")
        latest = (first if isinstance(first, date) else None, last if isinstance(last, date) else None)
        return [*((spell.valid_from, spell.valid_to) for spell in self.earlier_spells), latest]


@dataclass(frozen=True)
class Edge:
    """One edge, known by its ends, its type and its first day."""

    source: str
    type: str
    target: str
    fields: Mapping[str, Value] = field(default_factory=dict)

    @property
    def first_day(self) -> str:
        """The day it begins, as text; empty when it has no beginning."""
        first = self.fields.get("valid_from")
        return first.isoformat() if isinstance(first, date) else ""

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What tells it from every other edge."""
        return (self.source, self.type, self.target, self.first_day)


@dataclass(frozen=True)
class RecordRow:
    """A record as it is stored, with the changes that touched it."""

    id: str
    labels: list[str]
    properties: dict[str, Any]


def holds(fields: Mapping[str, Value], at: date) -> bool:
    """Whether dates hold on the day: in force on `valid_from`, no longer on `valid_to`, absent means open."""
    first, last = fields.get("valid_from"), fields.get("valid_to")
    return is_within(first if isinstance(first, date) else None, last if isinstance(last, date) else None, at)


def is_within(first: date | None, last: date | None, at: date) -> bool:
    """Whether a day is in a half-open span: on the first day it is, on the last not any more; None is open."""
    return (first is None or first <= at) and (last is None or at < last)


def record_json(record: Record) -> dict[str, Any]:
    """The record as JSON: `kind`, `id`, its fields, `earlier` and `earlier_spells` where there are any; ISO dates."""
    told = {"kind": record.kind, "id": record.id, **{name: _plain(value) for name, value in record.fields.items()}}
    if record.earlier:
        told["earlier"] = {
            name: [
                {
                    "value": _plain(earlier.value),
                    "valid_from": _plain(earlier.valid_from),
                    "valid_to": _plain(earlier.valid_to),
                }
                for earlier in values
            ]
            for name, values in record.earlier.items()
        }
    if record.earlier_spells:
        told["earlier_spells"] = [
            {"valid_from": _plain(spell.valid_from), "valid_to": _plain(spell.valid_to)}
            for spell in record.earlier_spells
        ]
    return told


def edge_json(edge: Edge) -> dict[str, Any]:
    """The edge as it stands in the JSON of the record it leaves."""
    return {"type": edge.type, "to": edge.target, **{name: _plain(value) for name, value in edge.fields.items()}}


def record_of(schema: Schema, told: Mapping[str, Any]) -> Record:
    """The record of a JSON form that was checked before; keys of other things, such as `edges`, are passed over."""
    kind = schema.kinds[told["kind"]]
    fields = {
        name: _typed(definition.type, value)
        for name, value in told.items()
        if value is not None and value != [] and (definition := kind.fields.get(name)) is not None
    }
    earlier = {
        name: tuple(
            Earlier(
                _typed(kind.fields[name].type, held["value"]),
                _day(held.get("valid_from")),
                _known_day(held["valid_to"]),
            )
            for held in values
        )
        for name, values in (told.get("earlier") or {}).items()
        if values
    }
    spells = (
        Spell(_day(held.get("valid_from")), _known_day(held["valid_to"])) for held in told.get("earlier_spells") or ()
    )
    return Record(kind.name, told["id"], fields, earlier, tuple(spells))


def edge_of(kind: Kind, source: str, told: Mapping[str, Any]) -> Edge:
    """The edge of a JSON form that was checked before."""
    definition = kind.edge(told["type"])
    assert definition is not None, "checked before"
    fields = {
        name: _typed(known.type, told[name])
        for name, known in definition.fields.items()
        if told.get(name) is not None and told[name] != []
    }
    return Edge(source, definition.type, told["to"], fields)


def stored_record(schema: Schema, record: Record) -> dict[str, Stored]:
    """The properties of the record's node: its fields, and what search and sorting need beside them."""
    kind = schema.kinds[record.kind]
    properties: dict[str, Stored] = {"id": record.id}
    for name, value in record.fields.items():
        properties[name] = _stored(kind.fields[name].type, value)
    for name, values in record.earlier.items():
        kept = FIELD_TYPES[kind.fields[name].type].stored
        # Days in a list are kept as text, as the days beside them are.
        said = [kept(earlier.value) for earlier in values]
        properties[f"earlier_{name}"] = [_iso(one) if isinstance(one, date) else one for one in said]  # type: ignore[assignment]  # of one type
        properties[f"earlier_{name}_from"] = [_iso(earlier.valid_from) for earlier in values]
        properties[f"earlier_{name}_to"] = [_iso(earlier.valid_to) for earlier in values]
    if record.earlier_spells:
        properties["earlier_spell_from"] = [_iso(spell.valid_from) for spell in record.earlier_spells]
        properties["earlier_spell_to"] = [_iso(spell.valid_to) for spell in record.earlier_spells]
        # What Cypher asks whether the record is there on a day, where two days do not tell it.
        properties["spells"] = stored_spells((first_day(first), last_day(last)) for first, last in record.spells())
    properties["sort_key"] = article_order.sort_key(record.kind, record.id, record.title)
    # What imports look a record up by, whose name alone is known.
    properties["search_name"] = text.fold(record.title)
    return properties


def kind_of(schema: Schema, labels: Iterable[str]) -> str:
    """The kind among the labels of a record."""
    return next(label for label in labels if label in schema.kinds)


def loaded_record(schema: Schema, labels: Iterable[str], properties: Mapping[str, Any]) -> Record:
    """The record of a stored node; what the schema no longer knows is passed over."""
    kind = schema.kinds[kind_of(schema, labels)]
    fields = {
        name: _loaded(definition.type, value)
        for name, definition in kind.fields.items()
        if (value := properties.get(name)) is not None
    }
    earlier = {}
    # Of every field: one that keeps no earlier values may have some past the history, which `verify` must find.
    for name, definition in kind.fields.items():
        if values := properties.get(f"earlier_{name}"):
            loaded = FIELD_TYPES[definition.type].loaded
            days = zip(properties[f"earlier_{name}_from"], properties[f"earlier_{name}_to"], strict=True)
            earlier[name] = tuple(
                Earlier(loaded(value), _day(first), _known_day(last))
                for value, (first, last) in zip(values, days, strict=True)
            )
    spells = zip(properties.get("earlier_spell_from") or (), properties.get("earlier_spell_to") or (), strict=True)
    return Record(
        kind.name,
        properties["id"],
        fields,
        earlier,
        tuple(Spell(_day(first), _known_day(last)) for first, last in spells),
    )


def stored_edge(schema: Schema, source_kind: str, edge: Edge) -> dict[str, Stored]:
    """The properties of the edge's relationship."""
    definition = schema.kinds[source_kind].edge(edge.type)
    assert definition is not None, "checked before"
    kept = {name: _stored(definition.fields[name].type, value) for name, value in edge.fields.items()}
    return {**kept, "first_day": edge.first_day}


def loaded_edge(  # noqa: PLR0913  # an edge, part by part
    schema: Schema, source_kind: str, source: str, edge_type: str, target: str, properties: Mapping[str, Any]
) -> Edge:
    """The edge of a stored relationship."""
    definition = schema.kinds[source_kind].edge(edge_type)
    fields = {
        name: _loaded(known.type, properties[name])
        for name, known in (definition.fields if definition else {}).items()
        if properties.get(name) is not None
    }
    return Edge(source, edge_type, target, fields)


def _plain(value: Value | None) -> Any:  # noqa: ANN401  # JSON
    match value:
        case date():
            return value.isoformat()
        case list():
            return [_plain(held) for held in value]
        case _:
            return value


def _typed(type_name: str, value: Any) -> Value:  # noqa: ANN401  # JSON that was checked
    if type_name == "date" and isinstance(value, str):
        return date.fromisoformat(value)
    if isinstance(value, list):
        # Said twice is said once.
        return list({repr(held): _typed(type_name, held) for held in value}.values())
    if isinstance(value, dict):
        # Absent and null mean the same, so that one duration has one form.
        return {name: held for name, held in value.items() if held is not None and held is not False}
    return value  # type: ignore[no-any-return]  # checked against the model


def _stored(type_name: str, value: Value) -> Stored:
    kept = FIELD_TYPES[type_name].stored
    return [kept(held) for held in value] if isinstance(value, list) else kept(value)  # type: ignore[return-value]


def _loaded(type_name: str, value: Any) -> Value:  # noqa: ANN401  # a property
    loaded = FIELD_TYPES[type_name].loaded
    return [loaded(held) for held in value] if isinstance(value, list) else loaded(value)


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _day(value: date | str | None) -> date | None:
    if isinstance(value, str):
        return date.fromisoformat(value) if value else None
    return value


def _known_day(value: date | str) -> date:
    day = _day(value)
    assert day is not None, "what is earlier has a last day"
    return day
