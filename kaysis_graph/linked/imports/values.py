"""Values of fields out of RDF terms: what `literals` writes, and what catalogues write in its place."""

import json
import re
from typing import Any

from kaysis_graph import text
from kaysis_graph.linked.imports.known_records import lasting
from kaysis_graph.linked.imports.statements import Said
from kaysis_graph.linked.literals import JSON, XSD
from kaysis_graph.schema import Schema
from kaysis_graph.schema.definitions import Field
from kaysis_graph.schema.fieldtypes import Duration
from kaysis_graph.transfer.maps import expressions
from kaysis_graph.transfer.unfit import Unfit

_CODE = re.compile(r"\S*/def/code/([a-z_]+)\.(\S+)")
_LINK = re.compile(r"https?://\S+")
# A day may come with the hour of a dateTime or with a time zone.
_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(T\S*|Z|[+-]\d{2}:\d{2})?")
_DURATION = re.compile(r"P(?:(\d+)([YMD])|T(\d+)([HMS]))")
_UNITS = {"Y": "year", "M": "month", "D": "day", "TH": "hour", "TM": "minute", "TS": "second"}
_INTEGER = re.compile(r"[+-]?\d{1,19}(\.0+)?")


def value_of(schema: Schema, field: Field, said: Said, named: list[str]) -> Any:  # noqa: ANN401  # JSON by type
    """The value as the JSON of a record has it; Unfit when it cannot be one.

    `named` are the notations and labels of the concept that an IRI stands for, as far as the files have them.
    """
    match field.type:
        case "code":
            return _code(schema, field, said, named)
        case "date":
            found = _DAY.fullmatch(said.value.strip())
            return expressions.day(found[1] if found else said.value.strip()).isoformat()
        case "integer":
            if not _INTEGER.fullmatch(said.value.strip()):
                raise Unfit("transfer.no_integer", value=said.value[:80])
            return int(said.value.strip().partition(".")[0])
        case "flag":
            return expressions.flag({"1": "true", "0": "false"}.get(said.value, said.value))
        case "duration":
            return _duration(said)
        case _:
            return _text(field.type, said)


def _text(type_name: str, said: Said) -> str:
    """A value that is kept as text."""
    match type_name:
        case "link":
            if not _LINK.fullmatch(said.value):
                raise Unfit("linked.no_link", value=said.value[:80])
            return said.value
        case "iri":
            iri = None if said.form else lasting(said.value)
            if iri is None:
                raise Unfit("linked.no_iri", value=said.value[:80])
            return iri
        case "wording":
            return f"{said.value}@{said.tag}"
        case "text":
            return " ".join(said.value.split()) if "\n" in said.value or "\r" in said.value else said.value
        case _:
            return said.value


def _code(schema: Schema, field: Field, said: Said, named: list[str]) -> str:
    codes = schema.codes[field.codes or ""]
    if (own := _CODE.fullmatch(said.value)) and not said.form and own[1] == codes.name:
        # A code that the list does not have is left to the checks, which name those it has.
        return own[2]
    last = re.split(r"[/#]", said.value)[-1]
    for name in [said.value, *named, *([] if said.form else [last])]:
        folded = text.fold(name)
        for entry in codes.entries.values():
            if name == entry.code or folded in (text.fold(entry.label.tr), text.fold(entry.label.en)):
                return entry.code
    raise Unfit("linked.unknown_code", value=said.value[:80], list=codes.name)


def _duration(said: Said) -> dict[str, Any]:
    if said.form == JSON.value:
        try:
            told = json.loads(said.value)
            Duration.model_validate(told)
        except (ValueError, RecursionError) as error:
            raise Unfit("linked.no_duration", value=said.value[:80]) from error
        return dict(told)
    found = _DURATION.fullmatch(said.value)
    if found is None:
        if said.form == f"{XSD}duration" or not said.value.strip():
            raise Unfit("linked.no_duration", value=said.value[:80])
        return {"text": " ".join(said.value.split())}
    number, unit = (found[1], found[2]) if found[1] else (found[3], f"T{found[4]}")
    return {"max": int(number), "unit": _UNITS[unit]}
