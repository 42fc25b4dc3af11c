"""What is wrong with records and edges: alone, against the schema; together, against each other and the graph.

Saving, importing and dry runs call the same functions, so what a dry run accepts is what is written.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import BaseModel, ValidationError

from kaysis_graph.errors import Problem
from kaysis_graph.graph.queries import load
from kaysis_graph.graph.store import Reader
from kaysis_graph.records.record_model import Edge, Record, kind_of
from kaysis_graph.schema import Kind, Schema
from kaysis_graph.schema.fieldtypes import Duration
from kaysis_graph.schema.identifiers import canonical_identifier
from kaysis_graph.schema.models import edge_model, record_model

_KINDS = load("records/kinds")
_TOMBSTONES = load("records/tombstones")
_LEAVING = load("records/edges_leaving_of_type")
_IDS_AT_A_TIME = 5_000
# Letters of a wrong value that a problem repeats.
_SHOWN = 80
# What the model says is wrong, as we say it.
_RULES: Mapping[str, str] = {
    "missing": "checks.missing_field",
    "string_type": "checks.not_text",
    "bool_type": "checks.not_a_flag",
    "int_type": "checks.not_an_integer",
    "greater_than_equal": "checks.out_of_range",
    "less_than_equal": "checks.out_of_range",
    "list_type": "checks.not_a_list",
    "model_type": "checks.not_an_object",
    "not_a_date": "checks.not_a_date",
    "not_a_link": "checks.not_a_link",
    "not_one_line": "checks.not_one_line",
    "empty": "checks.empty",
    "unfit_character": "checks.unfit_character",
    "too_long": "checks.too_long",
    "duration_says_nothing": "checks.duration_says_nothing",
    "duration_without_unit": "checks.duration_without_unit",
    "duration_reversed": "checks.duration_reversed",
}
Place = Mapping[str, str | int]


@dataclass(frozen=True)
class KindRow:
    """An identifier with the labels of its record."""

    id: str
    labels: list[str]


@dataclass(frozen=True)
class TombstoneRow:
    """A record that was deleted."""

    id: str
    kind: str
    title: str


@dataclass(frozen=True)
class StoredEdgeRow:
    """An edge as it is stored."""

    source: str
    type: str
    target: str
    properties: dict[str, Any]


def record_problems(schema: Schema, told: Mapping[str, Any], place: Place) -> list[Problem]:
    """What is wrong with the JSON of one record, apart from its edges."""
    name = told.get("kind")
    kind = schema.kinds.get(name) if isinstance(name, str) else None
    if kind is None:
        known = ", ".join(schema.kinds)
        return [Problem("checks.unknown_kind", place, {"kind": _shown(name), "known": known})]
    where = {**place, "kind": kind.name, "id": _shown(told.get("id", ""))}
    alone = {key: value for key, value in told.items() if key != "edges" and value is not None}
    return [
        *_model_problems(schema, record_model(schema, kind), kind, alone, where),
        *_form_problems(schema, kind, told.get("id"), where),
        *_date_problems(told, where),
        *_earlier_problems(told, where),
        *_spell_problems(told, where),
        *_edges_form(told, where),
    ]


def edges_told(told: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The edges in the JSON of a record; what is no edge at all is left to `record_problems`."""
    edges = told.get("edges")
    return [edge for edge in edges if isinstance(edge, Mapping)] if isinstance(edges, list | tuple) else []


def edge_problems(schema: Schema, kind: Kind, told: Mapping[str, Any], place: Place) -> list[Problem]:
    """What is wrong with the JSON of one edge that leaves a record of the kind."""
    definition = kind.edge(str(told.get("type", "")))
    where = {**place, "edge": f"{_shown(told.get('type', ''))} → {_shown(told.get('to', ''))}"}
    if definition is None:
        known = ", ".join(edge.type for edge in kind.edges.values()) or "–"
        return [
            Problem("checks.unknown_edge", where, {"type": _shown(told.get("type")), "kind": kind.name, "known": known})
        ]
    kept = {key: value for key, value in told.items() if value is not None}
    problems = _model_problems(schema, edge_model(schema, kind, definition), kind, kept, where, definition.type)
    return [*problems, *_date_problems(told, where)]


def together_problems(  # noqa: PLR0913  # the whole input and what is known of it
    reader: Reader,
    schema: Schema,
    records: Mapping[str, Record],
    edges: Sequence[tuple[Edge, Place]],
    whole: frozenset[str] = frozenset(),
    planned: Mapping[str, str] | None = None,
    gone: frozenset[tuple[str, str, str, str]] = frozenset(),
) -> list[Problem]:
    """What is wrong with checked records and edges as a whole: missing or unfit ends, kinds that change, counts.

    `records` are those about to be written, by identifier; `edges` come with their places. Records in `whole` will
    have exactly the edges given; the others keep those they have. `planned` gives kinds that need not be looked up:
    of records that exist, and of those that the same input makes elsewhere. `gone` are edges that will not be there.
    """
    ends = {edge.target for edge, _ in edges} | {edge.source for edge, _ in edges} | set(records)
    kinds = {**(planned or {}), **kinds_of(reader, schema, ends - set(planned or ()))}
    problems = []
    for tombstone in _in_parts(reader, sorted(set(records) - set(kinds))):
        values = {"id": tombstone.id, "title": tombstone.title}
        problems.append(Problem("checks.deleted", {"id": tombstone.id}, values))
    for record in records.values():
        if (known := kinds.get(record.id)) and known != record.kind:
            problems.append(
                Problem("checks.kind_changes", {"id": record.id}, {"id": record.id, "old": known, "new": record.kind})
            )
        kinds[record.id] = record.kind
    problems.extend(problem for edge, place in edges if (problem := _end_problem(schema, kinds, edge, place)))
    problems.extend(_twice(edges))
    problems.extend(_count_problems(reader, schema, kinds, records, edges, whole, gone))
    return problems


def kinds_of(reader: Reader, schema: Schema, ids: Iterable[str]) -> dict[str, str]:
    """The kinds of the records that exist among these identifiers."""
    wanted = sorted(set(ids))
    return {
        row.id: kind_of(schema, row.labels)
        for start in range(0, len(wanted), _IDS_AT_A_TIME)
        for row in reader.read(_KINDS, into=KindRow, ids=wanted[start : start + _IDS_AT_A_TIME])
    }


def _in_parts(reader: Reader, ids: Sequence[str]) -> Iterable[TombstoneRow]:
    for start in range(0, len(ids), _IDS_AT_A_TIME):
        yield from reader.read(_TOMBSTONES, into=TombstoneRow, ids=ids[start : start + _IDS_AT_A_TIME])


def _model_problems(  # noqa: PLR0913  # what is checked, against what, where
    schema: Schema, model: type[BaseModel], kind: Kind, told: Mapping[str, Any], where: Place, edge_type: str = ""
) -> list[Problem]:
    try:
        model.model_validate(dict(told))
    except ValidationError as invalid:
        return [_problem(schema, kind, edge_type, dict(error), where) for error in invalid.errors(include_url=False)]
    return []


def _form_problems(schema: Schema, kind: Kind, identifier: object, where: Place) -> list[Problem]:
    """Two forms of one identifier would be two records: only the one that every way in makes of them is kept."""
    if not isinstance(identifier, str) or not re.fullmatch(kind.id_pattern, identifier):
        return []
    meant = canonical_identifier(schema, identifier)
    values = {"value": identifier, "id": meant}
    return [] if meant == identifier else [Problem("checks.other_form_of_id", {**where, "field": "id"}, values)]


def _edges_form(told: Mapping[str, Any], where: Place) -> list[Problem]:
    edges = told.get("edges")
    if edges is None or (isinstance(edges, list | tuple) and len(edges) == len(edges_told(told))):
        return []
    return [Problem("checks.not_edges", {**where, "field": "edges"}, {"value": _shown(edges)})]


def _problem(schema: Schema, kind: Kind, edge_type: str, error: Mapping[str, Any], where: Place) -> Problem:
    spot = ".".join(str(step) for step in error["loc"])
    edge = kind.edge(edge_type)
    fields = edge.fields if edge else kind.fields
    first, *rest = [str(step) for step in error["loc"]] or [""]
    in_earlier = first == "earlier" and not edge
    if first == "earlier_spells" and not edge:
        # Of a spell there are its two days; the step between is its number.
        fields = {name: held for name, held in fields.items() if name in ("valid_from", "valid_to")}
        first, rest = (rest[1] if len(rest) > 1 else first), []
    name = rest[0] if in_earlier and rest else first
    known = fields.get(name)
    place = {**where, "field": spot}
    values: dict[str, object] = {**error.get("ctx", {}), "field": spot, "value": _shown(error.get("input"))}
    match error["type"]:
        case "extra_forbidden" | "invalid_key":
            own = [*Duration.model_fields] if known and known.type == "duration" and len(error["loc"]) > 1 else fields
            usable = [held.name for held in fields.values() if held.dated] if in_earlier else own
            return Problem("checks.unknown_field", place, {"field": spot, "known": ", ".join(usable)})
        case "literal_error" if known and (known.codes or known.type == "duration"):
            codes = known.codes or "duration_unit"
            entries = schema.codes[codes].entries.values()
            listed = ", ".join(f"{entry.code} ({entry.label.tr})" for entry in entries)
            return Problem("checks.not_in_list", place, {**values, "list": codes, "known": listed})
        case "string_pattern_mismatch" | "string_too_long" if first == "id":
            asked = {"kind": kind.name, "pattern": kind.id_pattern, "example": kind.id_example}
            return Problem("checks.wrong_id", place, {**values, **asked})
        case "model_type" if known and known.type == "duration":
            return Problem("checks.not_a_duration", place, values)
        case told if told in _RULES:
            return Problem(_RULES[told], place, values)
        case _:
            expected = known.type if known else "?"
            return Problem("checks.wrong_value", place, {**values, "type": expected, "reason": str(error["msg"])})


def _shown(value: object) -> str:
    """The value as a problem repeats it: short, and without halves of letters, which no file or terminal takes."""
    return str(value)[:_SHOWN].encode(errors="backslashreplace").decode()


def _date_problems(told: Mapping[str, Any], where: Place) -> list[Problem]:
    first, last = _day(told.get("valid_from")), _day(told.get("valid_to"))
    if first is None or last is None or first < last:
        return []
    return [Problem("checks.ends_before_it_begins", {**where, "field": "valid_to"}, {"first": first, "last": last})]


def _earlier_problems(told: Mapping[str, Any], where: Place) -> list[Problem]:
    earlier = told.get("earlier")
    if not isinstance(earlier, Mapping):
        return []
    problems = []
    for name, values in earlier.items():
        before: date | None = None
        place = {**where, "field": f"earlier.{name}"}
        for number, held in enumerate(values if isinstance(values, list) else []):
            if not isinstance(held, Mapping):
                continue
            first, last = _day(held.get("valid_from")), _day(held.get("valid_to"))
            if last and first and last <= first:
                problems.append(Problem("checks.ends_before_it_begins", place, {"first": first, "last": last}))
            if number and first != before:
                problems.append(Problem("checks.earlier_overlap", place, {"field": name}))
            before = last
    return problems


def _spell_problems(told: Mapping[str, Any], where: Place) -> list[Problem]:
    """Spells end before the next begins; only the oldest may be without a first day."""
    spells = told.get("earlier_spells")
    if not isinstance(spells, list | tuple) or not spells:
        return []
    place = {**where, "field": "earlier_spells"}
    problems = []
    before: date | None = None
    held = [spell for spell in spells if isinstance(spell, Mapping)]
    for number, spell in enumerate([*held, told]):
        first, last = _day(spell.get("valid_from")), _day(spell.get("valid_to"))
        if spell is not told and first and last and last <= first:
            problems.append(Problem("checks.ends_before_it_begins", place, {"first": first, "last": last}))
        if number and before is not None and (first is None or first < before):
            values = {"first": first or "–", "last": last or "–", "before": before}
            problems.append(Problem("checks.spells_overlap", place, values))
        before = last
    return problems


def _end_problem(schema: Schema, kinds: Mapping[str, str], edge: Edge, place: Place) -> Problem | None:
    where = {**place, "edge": f"{edge.type} → {edge.target}"}
    if edge.source not in kinds:
        return Problem("checks.no_source", where, {"id": edge.source})
    definition = schema.kinds[kinds[edge.source]].edge(edge.type)
    if definition is None:
        known = ", ".join(held.type for held in schema.kinds[kinds[edge.source]].edges.values()) or "–"
        return Problem("checks.unknown_edge", where, {"type": edge.type, "kind": kinds[edge.source], "known": known})
    if edge.target not in kinds:
        return Problem("checks.no_target", where, {"id": edge.target, "kinds": ", ".join(definition.to)})
    if kinds[edge.target] not in definition.to:
        values = {"id": edge.target, "kind": kinds[edge.target], "kinds": ", ".join(definition.to)}
        return Problem("checks.unfit_target", where, values)
    return None


def _twice(edges: Sequence[tuple[Edge, Place]]) -> list[Problem]:
    seen: dict[tuple[str, str, str, str], Edge] = {}
    problems = []
    for edge, place in edges:
        if seen.setdefault(edge.key, edge).fields != edge.fields:
            values = {"type": edge.type, "to": edge.target, "first": edge.first_day or "–"}
            problems.append(Problem("checks.edge_twice", place, values))
    return problems


def _count_problems(  # noqa: PLR0913  # the whole input and what is known of it
    reader: Reader,
    schema: Schema,
    kinds: Mapping[str, str],
    records: Mapping[str, Record],
    edges: Sequence[tuple[Edge, Place]],
    whole: frozenset[str],
    gone: frozenset[tuple[str, str, str, str]],
) -> list[Problem]:
    counted = {
        (kind.name, edge.type): edge
        for kind in schema.kinds.values()
        for edge in kind.edges.values()
        if edge.least or edge.most is not None
    }
    sources: dict[tuple[str, str], set[str]] = {
        (name, edge_type): {record.id for record in records.values() if record.kind == name}
        for name, edge_type in counted
    }
    spans: dict[tuple[str, str], dict[tuple[str, str], tuple[str, str]]] = defaultdict(dict)
    places: dict[tuple[str, str], Place] = {}
    for edge, place in edges:
        if (key := (kinds.get(edge.source, ""), edge.type)) in counted:
            sources[key].add(edge.source)
            places[edge.source, edge.type] = place
            spans[edge.source, edge.type][edge.target, edge.first_day] = _span(edge.first_day, edge.fields)
    problems = []
    for (name, edge_type), definition in counted.items():
        touched = sorted(sources[name, edge_type])
        for row in _kept(reader, edge_type, [identifier for identifier in touched if identifier not in whole]):
            first = row.properties["first_day"]
            if (row.source, edge_type, row.target, first) in gone:
                continue
            spans[row.source, edge_type].setdefault((row.target, first), _span(first, row.properties))
        for identifier in touched:
            held = spans[identifier, edge_type].values()
            where = {**places.get((identifier, edge_type), {}), "kind": name, "id": identifier, "edge": edge_type}
            if len(held) < definition.least:
                problems.append(Problem("checks.too_few", where, {"type": edge_type, "least": definition.least}))
            if definition.most is not None and _at_once(held) > definition.most:
                problems.append(Problem("checks.too_many", where, {"type": edge_type, "most": definition.most}))
    return problems


def _kept(reader: Reader, edge_type: str, ids: Sequence[str]) -> Iterable[StoredEdgeRow]:
    query = _LEAVING.named(EDGE_TYPE=edge_type)
    for start in range(0, len(ids), _IDS_AT_A_TIME):
        yield from reader.read(query, into=StoredEdgeRow, ids=ids[start : start + _IDS_AT_A_TIME])


def _span(first_day: str, fields: Mapping[str, Any]) -> tuple[str, str]:
    last = fields.get("valid_to")
    return first_day, last.isoformat() if isinstance(last, date) else "9999-12-31"


def _at_once(spans: Collection[tuple[str, str]]) -> int:
    """How many of the spans hold on the busiest day."""
    events = sorted([(first, 1) for first, _ in spans] + [(last, -1) for _, last in spans])
    busiest = now = 0
    for _, step in events:
        now += step
        busiest = max(busiest, now)
    return busiest


def _day(value: object) -> date | None:
    if isinstance(value, date):
        return value
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return None
    return None
