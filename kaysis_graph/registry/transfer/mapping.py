"""The map of an import: a TOML file that says how rows become records and edges.

`docs/importing.md` teaches it. Everything the map may say is a field of a model here; anything else is refused.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from kaysis_graph.errors import Invalid, NotFound, Problem
from kaysis_graph.schema import Schema

Scalar: TypeAlias = str | int | bool
Condition: TypeAlias = dict[str, Scalar | list[Scalar]]
Combining = Literal["first", "join", "count", "lowest", "highest"]
TextStep = Literal["fold", "lower", "upper", "title_case", "one_line"]
TEMPLATE_NAME = re.compile(r"\{([^{}]+)\}")


class _Closed(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True, strict=False)


def _strings(value: Any) -> Any:  # noqa: ANN401  # whatever TOML holds
    """Numbers and dates as the text a template is made of; the rest is left to the model to judge."""
    return value.isoformat() if isinstance(value, date) else value


class Find(_Closed):
    """A record that is in the graph already, looked up by its kind and name, and by what it is part of."""

    kind: str
    title: str
    part_of: str | None = None


class Rule(_Closed):
    """How one value is made: the template `from`, then the steps in the order they stand here."""

    template: str = Field(default="", alias="from")
    find: Find | None = None
    extract: str | None = None
    replace: list[tuple[str, str]] = []
    text: list[TextStep] = []
    split: str | None = None
    values: dict[str, Scalar] | str | None = None
    pad: int | None = None
    range: tuple[int, int] | None = None
    join: str | None = None
    otherwise: Annotated[Scalar, BeforeValidator(_strings)] | None = None
    earliest: date | None = None
    unreadable: str | None = None
    duration: dict[str, "Said"] | None = None


Said: TypeAlias = Annotated[Scalar | list[Scalar] | Rule, BeforeValidator(_strings)]


class EarlierRule(_Closed):
    """An earlier value of a dated field."""

    value: Said
    valid_from: Said | None = None
    valid_to: Said
    when: Condition = {}


class RecordRule(_Closed):
    """One record from each row, or from each item of a list in the row."""

    kind: str
    id: str
    each: str | None = None
    when: Condition = {}
    unless: Condition = {}
    keep: list[str] = []
    stub: bool = False
    repeated: Literal["report", "number"] = "report"
    combine: dict[str, Combining] = {}
    fields: dict[str, Said] = {}
    earlier: dict[str, EarlierRule] = {}


class Says(_Closed):
    """A sentence in both languages; names in braces are filled from the row."""

    tr: str
    en: str


class WarnRule(_Closed):
    """A warning for each row that meets the condition: what the importer should look at, though it is kept."""

    says: Says
    each: str | None = None
    when: Condition = {}
    unless: Condition = {}


class StubRule(_Closed):
    """The record that is made, marked as a stub, where the end of an edge is missing."""

    kind: str
    fields: dict[str, Said] = {}


class EdgeRule(_Closed):
    """One edge from each row, or from each item; with `ends`, the end of an edge that is open on that day."""

    type: str
    source: str = Field(alias="from")
    to: str
    each: str | None = None
    when: Condition = {}
    unless: Condition = {}
    keep: list[str] = []
    missing: Literal["report", "stub"] = "report"
    stub: StubRule | None = None
    ends: str | None = None
    combine: dict[str, Combining] = {}
    fields: dict[str, Said] = {}


class Source(_Closed):
    """How the files are read; what is not said is found out."""

    format: Literal["csv", "xlsx", "json", "jsonl"] | None = None
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    rows: str | None = None


class ImportMap(_Closed):
    """A whole map: how to read, which columns to leave, named values and lookups, rules for records and edges."""

    about: str = ""
    source: Source = Source()
    ignore: list[str] | Literal["*"] = []
    lookups: dict[str, dict[str, Scalar]] = {}
    values: dict[str, Said] = {}
    record: list[RecordRule] = []
    edge: list[EdgeRule] = []
    warn: list[WarnRule] = []

    def columns(self) -> set[str]:
        """The columns the map reads, nested ones with their list before a dot; positions (`#`) left out."""
        named = {name for name in _names(self) if name not in self.values}
        # A value may be made from the column of its own name.
        named |= {name for name, said in self.values.items() if name in set(_names_of(said))}
        return {name for name in named if name != "#" and not name.endswith(".#")} | self.lists()

    def behind(self, template: str) -> str:
        """The columns a template is made of in the end, as one text."""
        found: dict[str, None] = {}
        waiting = list(reversed(names_in(template)))
        seen: set[str] = set()
        while waiting:
            name = waiting.pop()
            if name in self.values and name not in seen:
                seen.add(name)
                waiting.extend(reversed(list(_names_of(self.values[name]))))
            else:
                found[name] = None
        return ", ".join(found)

    def columns_by_field(self) -> dict[str, dict[str, str]]:
        """For each rule (`record 1`, `edge 2`) the columns its fields come from; the ends of an edge are `from`, `to`."""
        told: dict[str, dict[str, str]] = {}
        for number, record in enumerate(self.record, 1):
            fields = {name: self.behind(steps_of(said).template) for name, said in record.fields.items()}
            told[f"record {number}"] = {"id": self.behind(record.id), **fields}
        for number, edge in enumerate(self.edge, 1):
            fields = {name: self.behind(steps_of(said).template) for name, said in edge.fields.items()}
            told[f"edge {number}"] = {"from": self.behind(edge.source), "to": self.behind(edge.to), **fields}
        return told

    def lists(self) -> set[str]:
        """The columns that hold lists of items to go through."""
        rules: list[RecordRule | EdgeRule | WarnRule] = [*self.record, *self.edge, *self.warn]
        return {rule.each for rule in rules if rule.each}


def read(path: Path, schema: Schema) -> ImportMap:
    """The map in a file; Invalid with every place where it says what it may not."""
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise NotFound("transfer.no_file", file=str(path)) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Invalid([Problem("transfer.map_unreadable", {"file": path.name}, {"reason": str(error)})]) from error
    return parse(told, schema, path.name)


def parse(told: Mapping[str, Any], schema: Schema, name: str) -> ImportMap:
    """The map of a TOML document; `name` is the file named in problems."""
    try:
        mapping = ImportMap.model_validate(dict(told))
    except ValidationError as invalid:
        raise Invalid([_wrong(name, dict(error)) for error in invalid.errors(include_url=False)]) from invalid
    if problems := list(_problems(mapping, schema, name)):
        raise Invalid(problems)
    return mapping


def steps_of(said: Said) -> Rule:
    """The rule behind what a map says; plain text is a template without steps."""
    return said if isinstance(said, Rule) else Rule.model_validate({"from": str(said)})


def names_in(template: str) -> list[str]:
    """The columns and values a template names."""
    return TEMPLATE_NAME.findall(template)


def _wrong(file: str, error: Mapping[str, Any]) -> Problem:
    spot = ".".join(str(step) for step in error["loc"] if step != "Rule" and not str(step).startswith("function-"))
    known = "transfer.map_key" if error["type"] == "extra_forbidden" else "transfer.map_value"
    return Problem(known, {"file": file, "key": spot}, {"key": spot, "reason": str(error["msg"])})


def _names_of(said: Said) -> Iterator[str]:
    if isinstance(said, str):
        yield from names_in(said)
    if isinstance(said, Rule):
        yield from names_in(said.template)
        if said.find:
            yield from names_in(said.find.title)
            yield from names_in(said.find.part_of or "")
        for value in (said.otherwise, *(said.values.values() if isinstance(said.values, dict) else ())):
            yield from names_in(value) if isinstance(value, str) else ()
        for part in (said.duration or {}).values():
            yield from _names_of(part)


def _names(mapping: ImportMap) -> Iterator[str]:
    for value in (value for table in mapping.lookups.values() for value in table.values() if isinstance(value, str)):
        yield from names_in(value)
    for warn in mapping.warn:
        yield from [*warn.when, *warn.unless, *names_in(warn.says.tr), *names_in(warn.says.en)]
    for said in mapping.values.values():
        yield from _names_of(said)
    rules: list[RecordRule | EdgeRule] = [*mapping.record, *mapping.edge]
    for rule in rules:
        yield from rule.when
        yield from rule.unless
        for said in rule.fields.values():
            yield from _names_of(said)
    for record in mapping.record:
        yield from names_in(record.id)
        for earlier in record.earlier.values():
            yield from earlier.when
            for said in (earlier.value, earlier.valid_from or "", earlier.valid_to):
                yield from _names_of(said)
    for edge in mapping.edge:
        for template in (edge.source, edge.to, edge.ends or ""):
            yield from names_in(template)
        for said in edge.stub.fields.values() if edge.stub else ():
            yield from _names_of(said)


def _problems(mapping: ImportMap, schema: Schema, file: str) -> Iterator[Problem]:
    if not mapping.record and not mapping.edge:
        yield Problem("transfer.map_empty", {"file": file})
    for number, record in enumerate(mapping.record, 1):
        place = f"record {number}"
        yield from _kind_problems(schema, file, place, record.kind, [*record.fields, *record.earlier])
        for said in record.fields.values():
            yield from _rule_problems(mapping, file, place, said)
        if record.repeated == "number" and record.id.strip("{}") not in mapping.values:
            yield Problem("transfer.map_number", {"file": file, "key": place})
    for number, edge in enumerate(mapping.edge, 1):
        place = f"edge {number}"
        if edge.type not in schema.edge_types:
            known = ", ".join(schema.edge_types)
            yield Problem("transfer.map_edge", {"file": file, "key": place}, {"type": edge.type, "known": known})
        if edge.missing == "stub" and edge.stub is None:
            yield Problem("transfer.map_stub", {"file": file, "key": place})
        if edge.stub:
            yield from _kind_problems(schema, file, f"{place}.stub", edge.stub.kind, edge.stub.fields)
        for said in [*edge.fields.values(), *(edge.stub.fields.values() if edge.stub else ())]:
            yield from _rule_problems(mapping, file, place, said)
    for name, said in mapping.values.items():
        yield from _rule_problems(mapping, file, f"values.{name}", said)


def _kind_problems(
    schema: Schema, file: str, place: str, name: str, fields: list[str] | dict[str, Said]
) -> Iterator[Problem]:
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
