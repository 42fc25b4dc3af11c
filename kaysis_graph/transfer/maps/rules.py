"""What the map of an import may say: every key of it is a field of a model here, anything else is refused."""

import re
from collections.abc import Iterator
from datetime import date
from functools import cached_property, lru_cache
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

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
    scheme: str | None = None
    split: str | None = None
    items: Literal["texts", "documents"] | None = None
    values: dict[str, Scalar] | str | None = None
    pad: int | None = None
    range: tuple[int, int] | None = None
    add_days: int | None = None
    join: str | None = None
    otherwise: Annotated[Scalar, BeforeValidator(_strings)] | None = None
    earliest: date | None = None
    unreadable: str | None = None
    duration: dict[str, "Said"] | None = None

    @cached_property
    def column(self) -> str | None:
        """The one name that is the whole rule, where it has no steps."""
        names = names_in(self.template)
        is_lone = len(names) == 1 and len(self.template) == len(names[0]) + 2
        return names[0] if is_lone and self == _plain_rule(self.template) else None


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
    clear: list[str] = []
    stub: bool = False
    spells: bool = False
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
    clear: list[str] = []
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
    sheet: str | Annotated[int, Field(ge=1)] | None = None
    header_row: Annotated[int, Field(ge=1)] | None = None
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
        # What a value lists is told by the map, not by the file.
        named = {
            name for name in named | self.lists() if name.partition(".")[0] not in self.values.keys() & self.lists()
        }
        return {name for name in named if name != "#" and not name.endswith(".#")}

    def behind(self, template: str) -> str:
        """The columns a template is made of in the end, as one text."""
        found: dict[str, None] = {}
        waiting = list(reversed(names_in(template)))
        seen: set[str] = set()
        while waiting:
            name = waiting.pop()
            if name not in self.values and (whole := name.partition(".")[0]) in self.values:
                name = whole
            if name in self.values and name not in seen:
                seen.add(name)
                waiting.extend(reversed(list(_names_of(self.values[name]))))
            else:
                found[name] = None
        return ", ".join(found)

    def columns_by_field(self) -> dict[str, dict[str, str]]:
        """For each rule (`record 1`, `edge 2`) the columns its fields come from; edges have `from` and `to` too."""
        told: dict[str, dict[str, str]] = {}
        for number, record in enumerate(self.record, 1):
            fields = {name: self.behind(steps_of(said).template) for name, said in record.fields.items()}
            told[f"record {number}"] = {"id": self.behind(record.id), **fields}
        for number, edge in enumerate(self.edge, 1):
            fields = {name: self.behind(steps_of(said).template) for name, said in edge.fields.items()}
            told[f"edge {number}"] = {"from": self.behind(edge.source), "to": self.behind(edge.to), **fields}
        return told

    def kinds(self) -> set[str]:
        """The kinds of which the map makes records, stubs too."""
        return {rule.kind for rule in self.record} | {rule.stub.kind for rule in self.edge if rule.stub}

    def lists(self) -> set[str]:
        """The columns that hold lists of items to go through."""
        rules: list[RecordRule | EdgeRule | WarnRule] = [*self.record, *self.edge, *self.warn]
        return {rule.each for rule in rules if rule.each}


def steps_of(said: Said) -> Rule:
    """The rule behind what a map says; plain text is a template without steps."""
    return said if isinstance(said, Rule) else _plain_rule(str(said))


@lru_cache(maxsize=4_096)
def _plain_rule(template: str) -> Rule:
    return Rule.model_validate({"from": template})


@lru_cache(maxsize=4_096)
def names_in(template: str) -> tuple[str, ...]:
    """The columns and values a template names."""
    return tuple(TEMPLATE_NAME.findall(template))


def _names_of(said: Said) -> Iterator[str]:
    if isinstance(said, str):
        yield from names_in(said)
    if isinstance(said, Rule):
        yield from names_in(said.template)
        if said.find:
            yield from names_in(said.find.title + (said.find.part_of or ""))
        for value in (said.otherwise, *(said.values.values() if isinstance(said.values, dict) else ())):
            yield from names_in(str(value))
        for part in (said.duration or {}).values():
            yield from _names_of(part)


def _names(mapping: ImportMap) -> Iterator[str]:
    for table in mapping.lookups.values():
        yield from names_in(" ".join(str(value) for value in table.values()))
    for said in mapping.values.values():
        yield from _names_of(said)
    for warn in mapping.warn:
        yield from [*warn.when, *warn.unless, *names_in(warn.says.tr + warn.says.en)]
    for record in mapping.record:
        yield from _names_of_record(record)
    for edge in mapping.edge:
        yield from [*edge.when, *edge.unless, *names_in(f"{edge.source}{edge.to}{edge.ends or ''}")]
        for said in [*edge.fields.values(), *(edge.stub.fields.values() if edge.stub else ())]:
            yield from _names_of(said)


def _names_of_record(rule: RecordRule) -> Iterator[str]:
    yield from [*rule.when, *rule.unless, *names_in(rule.id)]
    for said in rule.fields.values():
        yield from _names_of(said)
    for earlier in rule.earlier.values():
        yield from earlier.when
        for said in (earlier.value, earlier.valid_from or "", earlier.valid_to):
            yield from _names_of(said)
