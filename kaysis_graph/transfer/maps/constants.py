"""What a map says itself, without asking a row: codes, days, flags and numbers that no row could make right."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from kaysis_graph.errors import Problem
from kaysis_graph.records import checks
from kaysis_graph.schema import Kind, Schema
from kaysis_graph.schema.definitions import Field
from kaysis_graph.transfer.maps.expressions import Scope, written
from kaysis_graph.transfer.maps.field_values import make_value
from kaysis_graph.transfer.maps.rules import ImportMap, Rule, Said, names_in, steps_of
from kaysis_graph.transfer.unfit import Unfit

_Check = Callable[[str, Any], list[Problem]]


def find_unfit_constants(mapping: ImportMap, schema: Schema, file: str) -> Iterator[Problem]:
    """Each value of the map that its field does not take, with the key where it stands.

    The fields are those of the schema; a kind, an edge or a field that it does not know is told elsewhere.
    """
    for number, record in enumerate(mapping.record, 1):
        if (kind := schema.kinds.get(record.kind)) is not None:
            fields = (kind.fields, record.fields, _as_record(schema, kind))
            yield from _problems(mapping, schema, f"record {number}", *fields, file)
    for number, edge in enumerate(mapping.edge, 1):
        # Which kind the edge leaves is known only when the whole input is: a value that one of them takes is right.
        kinds = [kind for kind in schema.kinds.values() if kind.edge(edge.type)]
        known = {name: held for kind in kinds if (found := kind.edge(edge.type)) for name, held in found.fields.items()}
        edges = (known, edge.fields, _as_edge(schema, kinds, edge.type))
        yield from _problems(mapping, schema, f"edge {number}", *edges, file)
        if edge.stub and (kind := schema.kinds.get(edge.stub.kind)) is not None:
            stub = (kind.fields, edge.stub.fields, _as_record(schema, kind))
            yield from _problems(mapping, schema, f"edge {number}.stub", *stub, file)


def _problems(  # noqa: PLR0913  # the fields, what is said of them, and where
    mapping: ImportMap,
    schema: Schema,
    place: str,
    fields: Mapping[str, Field],
    said: Mapping[str, Said],
    check: _Check,
    file: str,
) -> Iterator[Problem]:
    for name, how in said.items():
        if (definition := fields.get(name)) is None:
            continue
        for constant in dict.fromkeys(_constants(mapping, how)):
            where: dict[str, str | int] = {"file": file, "key": f"{place}.{name}"}
            try:
                value = make_value(schema, definition, steps_of(constant), _no_row(mapping), [])
            except Unfit as unfit:
                yield Problem(unfit.rule, where, unfit.values)
                continue
            for problem in check(name, value):
                yield Problem(problem.rule, where, problem.values)


def _constants(mapping: ImportMap, said: Said) -> Iterator[str]:
    """The texts that the field may come to without a word of the row."""
    rule = steps_of(said)
    table = mapping.lookups.get(rule.values, {}) if isinstance(rule.values, str) else rule.values
    if _is_moved(rule):
        return
    if table is None and not (rule.extract or rule.replace or rule.text or rule.scheme or rule.find or rule.duration):
        yield from _plain(rule.template)
    for value in (table or {}).values():
        yield from _plain(value)
    if rule.otherwise is not None:
        yield from _plain(rule.otherwise)


def _is_moved(rule: Rule) -> bool:
    """Whether steps behind the table make something else of its values, or a date is kept as it was written."""
    steps = (rule.split, rule.items, rule.pad, rule.range, rule.add_days, rule.join, rule.unreadable, rule.earliest)
    return any(step is not None for step in steps)


def _plain(value: object) -> Iterator[str]:
    told = written(value)
    if told and "{}" not in told and not names_in(told):
        yield told


def _as_record(schema: Schema, kind: Kind) -> _Check:
    def check(name: str, value: object) -> list[Problem]:
        told = {"kind": kind.name, "id": kind.id_example, name: value}
        return _of_field(name, checks.record_problems(schema, told, {}))

    return check


def _as_edge(schema: Schema, kinds: list[Kind], edge_type: str) -> _Check:
    def check(name: str, value: object) -> list[Problem]:
        told = {"type": edge_type, "to": "–", name: value}
        found = [
            _of_field(name, checks.edge_problems(schema, kind, told, {}))
            for kind in kinds
            if (edge := kind.edge(edge_type)) and name in edge.fields
        ]
        return found[0] if found and all(found) else []

    return check


def _of_field(name: str, problems: list[Problem]) -> list[Problem]:
    return [problem for problem in problems if str(problem.place.get("field", "")).partition(".")[0] == name]


def _no_row(mapping: ImportMap) -> Scope:
    return Scope({}, {}, mapping.lookups, lambda *_: [], lambda *_: None)
