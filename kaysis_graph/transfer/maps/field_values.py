"""The value of one field as its type wants it, made by a rule from a row."""

from typing import Any

from kaysis_graph import text
from kaysis_graph.schema import Schema
from kaysis_graph.schema.definitions import Field
from kaysis_graph.transfer.maps import expressions
from kaysis_graph.transfer.maps.day_notations import read_day
from kaysis_graph.transfer.maps.duration_notations import has_numbers, read_duration
from kaysis_graph.transfer.maps.expressions import Scope, written
from kaysis_graph.transfer.maps.rules import Rule, steps_of
from kaysis_graph.transfer.unfit import Unfit


def make_value(  # what, how, from what, and what is odd about it
    schema: Schema, definition: Field | None, rule: Rule, scope: Scope, remarks: list[Unfit]
) -> Any:  # noqa: ANN401  # JSON
    """The value as JSON; Unfit when it cannot be made. What is kept and yet odd is added to the remarks."""
    if rule.duration is not None:
        return _duration_of_parts(rule, scope)
    value = expressions.made(rule, scope) if rule.column is None else scope.cell(rule.column)
    if value in ("", None, []) or definition is None:
        return value
    if definition.many:
        return [_one(schema, definition, rule, one, remarks) for one in (value if isinstance(value, list) else [value])]
    if isinstance(value, list) and len(value) > 1:
        raise Unfit("transfer.several_values", field=definition.name, count=len(value))
    return _one(schema, definition, rule, value, remarks)


def _duration_of_parts(rule: Rule, scope: Scope) -> Any:  # noqa: ANN401  # JSON
    parts = {name: expressions.made(steps_of(said), scope) for name, said in (rule.duration or {}).items()}
    told: dict[str, Any] = {}
    for name, value in parts.items():
        if written(value):
            match name:
                case "min" | "max":
                    told[name] = expressions.integer(written(value))
                case "is_working":
                    told[name] = expressions.flag(written(value))
                case _:
                    told[name] = written(value)
    return told if {"min", "max", "text"} & told.keys() else None


def _one(  # one return for each type
    schema: Schema,
    definition: Field,
    rule: Rule,
    value: Any,  # noqa: ANN401  # a cell
    remarks: list[Unfit],
) -> Any:  # noqa: ANN401  # JSON
    told = written(value)
    match definition.type:
        case "date":
            read = read_day(told)
            if rule.earliest is not None and read.day < rule.earliest:
                raise Unfit("transfer.too_early", value=told, earliest=rule.earliest)
            # The cell of a sheet that is a date with a time was warned of where it was read.
            if read.time and isinstance(value, str):
                remarks.append(Unfit("transfer.time_left_out", value=told[:80], day=read.day, time=read.time))
            return read.day.isoformat()
        case "integer":
            return expressions.integer(told)
        case "flag":
            return expressions.flag(told)
        case "code":
            return _code(schema, definition, told)
        case "duration":
            duration = read_duration(told)
            if not has_numbers(duration):
                remarks.append(Unfit("transfer.duration_in_words", value=told[:80]))
            return duration
        case _:
            return told


def _code(schema: Schema, definition: Field, value: str) -> str:
    """The code, or the code whose label in either language is meant; what is neither is left to the checks."""
    entries = schema.codes[definition.codes or ""].entries
    if value in entries:
        return value
    folded = text.fold(value)
    meant = (
        entry.code for entry in entries.values() if folded in (text.fold(entry.label.tr), text.fold(entry.label.en))
    )
    return next(meant, value)
