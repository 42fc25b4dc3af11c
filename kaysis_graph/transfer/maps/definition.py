"""Reading the map of an import: a TOML file that says how rows become records and edges.

`docs/importing.md` teaches it. What a map may say is in `rules`; here it is held against the schema.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from kaysis_graph.errors import Invalid, NotFound, Problem
from kaysis_graph.schema import Schema
from kaysis_graph.transfer.maps.constants import find_unfit_constants
from kaysis_graph.transfer.maps.rules import EdgeRule, ImportMap, RecordRule, Rule, Said

# What a map may take from files that several maps share.
_SHARED = ("lookups", "values")


def read(path: Path, schema: Schema) -> ImportMap:
    """The map in a file with what it includes; Invalid with every place where it says what it may not."""
    return parse(_with_included(path, _document(path), (path.resolve(),)), schema, path.name)


def parse(told: Mapping[str, Any], schema: Schema, name: str) -> ImportMap:
    """The map of a TOML document; `name` is the file named in problems."""
    try:
        mapping = ImportMap.model_validate(dict(told))
    except ValidationError as invalid:
        raise Invalid([_wrong(name, dict(error)) for error in invalid.errors(include_url=False)]) from invalid
    if problems := [*_problems(mapping, schema, name), *find_unfit_constants(mapping, schema, name)]:
        raise Invalid(problems)
    return mapping


def _document(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise NotFound("transfer.no_file", file=str(path)) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Invalid([Problem("transfer.map_unreadable", {"file": path.name}, {"reason": str(error)})]) from error


def _with_included(path: Path, told: dict[str, Any], within: tuple[Path, ...]) -> dict[str, Any]:
    """The document with the lookups and values of the files it names, which lie beside it; `within` are those above."""
    names = told.pop("include", [])
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        values = {"key": "include", "reason": "a list of file names is wanted"}
        raise Invalid([Problem("transfer.map_value", {"file": path.name, "key": "include"}, values)])
    problems: list[Problem] = []
    for name in names:
        other = (path.parent / name).resolve()
        place = {"file": path.name, "key": "include"}
        if other in within:
            circle = " → ".join(one.name for one in (*within[within.index(other) :], other))
            raise Invalid([Problem("transfer.map_include_circle", place, {"files": circle})])
        if not other.is_file():
            problems.append(Problem("transfer.map_include_missing", place, {"name": name, "folder": str(path.parent)}))
            continue
        shared = _with_included(other, _document(other), (*within, other))
        for key in sorted(shared.keys() - {"about", *_SHARED}):
            place_of: dict[str, str | int] = {"file": other.name, "key": key}
            problems.append(Problem("transfer.map_include_key", place_of, {"key": key, "known": ", ".join(_SHARED)}))
        for table in _SHARED:
            own = told.setdefault(table, {})
            for twice in sorted(own.keys() & shared.get(table, {}).keys()):
                where: dict[str, str | int] = {"file": path.name, "key": f"{table}.{twice}"}
                problems.append(Problem("transfer.map_include_twice", where, {"name": twice, "file": other.name}))
            own |= shared.get(table, {})
    if problems:
        raise Invalid(problems)
    return told


def find_oddities(mapping: ImportMap, name: str) -> Iterator[Problem]:
    """What a map may say and its writer hardly means: warnings, told once and not for each row."""
    for number, record in enumerate(mapping.record, 1):
        for field, said in record.fields.items():
            if isinstance(said, Rule) and said.duration and "min" in said.duration and "max" not in said.duration:
                place: dict[str, str | int] = {"file": name, "key": f"record {number}.{field}", "field": field}
                yield Problem("transfer.map_least_only", place, {"field": field}, "warning")


def _wrong(file: str, error: Mapping[str, Any]) -> Problem:
    spot = ".".join(str(step) for step in error["loc"] if step != "Rule" and not str(step).startswith("function-"))
    known = "transfer.map_key" if error["type"] == "extra_forbidden" else "transfer.map_value"
    return Problem(known, {"file": file, "key": spot}, {"key": spot, "reason": str(error["msg"])})


def _problems(mapping: ImportMap, schema: Schema, file: str) -> Iterator[Problem]:
    if not mapping.record and not mapping.edge:
        yield Problem("transfer.map_empty", {"file": file})
    for number, record in enumerate(mapping.record, 1):
        place = f"record {number}"
        yield from _kind_problems(schema, file, place, record.kind, [*record.fields, *record.earlier])
        for said in record.fields.values():
            yield from _rule_problems(mapping, file, place, said)
        yield from _clear_problems(file, place, record)
        if record.spells and "valid_from" not in record.fields:
            yield Problem("transfer.map_spells", {"file": file, "key": f"{place}.spells"})
        if record.repeated == "number" and record.id.strip("{}") not in mapping.values:
            yield Problem("transfer.map_number", {"file": file, "key": place})
    for number, edge in enumerate(mapping.edge, 1):
        yield from _edge_problems(mapping, schema, file, f"edge {number}", edge)
    for name, said in mapping.values.items():
        yield from _rule_problems(mapping, file, f"values.{name}", said)


def _edge_problems(mapping: ImportMap, schema: Schema, file: str, place: str, edge: EdgeRule) -> Iterator[Problem]:
    where = {"file": file, "key": place}
    if edge.type not in schema.edge_types:
        yield Problem("transfer.map_edge", where, {"type": edge.type, "known": ", ".join(schema.edge_types)})
    known = {
        name
        for kind in schema.kinds.values()
        if (definition := kind.edge(edge.type)) is not None
        for name in definition.fields
    }
    for field in edge.fields if known else ():
        if field not in known:
            place_of = {"file": file, "key": f"{place}.{field}"}
            yield Problem("checks.unknown_field", place_of, {"field": field, "known": ", ".join(sorted(known))})
    if edge.missing == "stub" and edge.stub is None:
        yield Problem("transfer.map_stub", where)
    if edge.stub:
        yield from _kind_problems(schema, file, f"{place}.stub", edge.stub.kind, list(edge.stub.fields))
    yield from _clear_problems(file, place, edge)
    for said in [*edge.fields.values(), *(edge.stub.fields.values() if edge.stub else ())]:
        yield from _rule_problems(mapping, file, place, said)


def _clear_problems(file: str, place: str, rule: RecordRule | EdgeRule) -> Iterator[Problem]:
    for name in rule.clear:
        if name not in rule.fields:
            where: dict[str, str | int] = {"file": file, "key": f"{place}.clear"}
            yield Problem("transfer.map_clear", where, {"name": name, "known": ", ".join(rule.fields) or "–"})


def _kind_problems(schema: Schema, file: str, place: str, name: str, fields: list[str]) -> Iterator[Problem]:
    kind = schema.kinds.get(name)
    if kind is None:
        yield Problem(
            "checks.unknown_kind", {"file": file, "key": place}, {"kind": name, "known": ", ".join(schema.kinds)}
        )
        return
    for field in fields:
        if field not in kind.fields:
            values = {"field": field, "known": ", ".join(kind.fields)}
            yield Problem("checks.unknown_field", {"file": file, "key": f"{place}.{field}"}, values)


def _rule_problems(mapping: ImportMap, file: str, place: str, said: Said) -> Iterator[Problem]:
    if not isinstance(said, Rule):
        return
    if isinstance(said.values, str) and said.values not in mapping.lookups:
        known = ", ".join(mapping.lookups) or "–"
        yield Problem("transfer.map_lookup", {"file": file, "key": place}, {"name": said.values, "known": known})
    if said.extract is not None:
        try:
            re.compile(said.extract)
        except re.error as error:
            yield Problem("transfer.map_value", {"file": file, "key": place}, {"key": "extract", "reason": str(error)})
