"""The map applied to rows: what each row says of records and edges, and what in it cannot be read."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from kaysis_graph import text
from kaysis_graph.errors import Problem
from kaysis_graph.registry.transfer import expressions
from kaysis_graph.registry.transfer.expressions import Finder, Scope, Unfit, written
from kaysis_graph.registry.transfer.rules import (
    EarlierRule,
    EdgeRule,
    ImportMap,
    RecordRule,
    Rule,
    Said,
    steps_of,
)
from kaysis_graph.registry.transfer.sources import File, Row, flattened
from kaysis_graph.schema import Kind, Schema
from kaysis_graph.schema.definitions import Field

Place = dict[str, str | int]


@dataclass(frozen=True)
class GivenRecord:
    """What one row says of one record: JSON without `kind` and `id`."""

    kind: str
    id: str
    told: Mapping[str, Any]
    keep: list[str]
    combine: Mapping[str, str]
    is_stub: bool
    place: Place


@dataclass(frozen=True)
class GivenEdge:
    """What one row says of one edge; with `ends`, that the edge open on that day ends on it."""

    source: str
    type: str
    target: str
    told: Mapping[str, Any]
    keep: list[str]
    combine: Mapping[str, str]
    ends: str | None
    place: Place


Given = GivenRecord | GivenEdge | Problem


@dataclass
class Applying:
    """A map at work on the rows of one file after another; it counts identifiers that come again."""

    schema: Schema
    mapping: ImportMap
    finder: Finder
    seen: Counter[tuple[int, str]] = field(default_factory=Counter)
    columns: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Works out once what every row needs."""
        self._lists = sorted(self.mapping.lists())
        self._edge_fields = {rule.type: _edge_fields(self.schema, rule.type) for rule in self.mapping.edge}
        self._stubs = {
            number: RecordRule(kind=rule.stub.kind, id=rule.to, stub=True, fields=rule.stub.fields)
            for number, rule in enumerate(self.mapping.edge, 1)
            if rule.stub is not None
        }

    def given(self, file: File, row: Row) -> Iterator[Given]:
        """What the row says, records before edges."""
        self.columns.update(row.cells)
        place: Place = {"file": file.name, "row": row.number}
        cells = {**row.cells, "#": row.number}
        scopes: dict[str | None, list[tuple[Scope, Place]]] = {None: [(self._scope(cells), place)]}
        for name in self._lists:
            scopes[name] = list(self._items(name, cells, place))
        for warn in self.mapping.warn:
            for scope, spot in scopes[warn.each]:
                if scope.meets(warn.when) and not (warn.unless and scope.meets(warn.unless)):
                    said = {"tr": written(scope.fill(warn.says.tr)), "en": written(scope.fill(warn.says.en))}
                    yield Problem("transfer.said", spot, said, "warning")
        for number, record in enumerate(self.mapping.record, 1):
            for scope, spot in scopes[record.each]:
                yield from self._record(number, record, scope, {**spot, "map": f"record {number}"})
        for number, edge in enumerate(self.mapping.edge, 1):
            for scope, spot in scopes[edge.each]:
                yield from self._edge(number, edge, scope, {**spot, "map": f"edge {number}"})

    def _scope(self, cells: Mapping[str, Any]) -> Scope:
        return Scope(cells, self.mapping.values, self.mapping.lookups, self.finder)

    def _items(self, name: str, cells: Mapping[str, Any], place: Place) -> Iterator[tuple[Scope, Place]]:
        items = cells.get(name)
        for number, item in enumerate(items if isinstance(items, list) else [], 1):
            inner = flattened(item, f"{name}.") if isinstance(item, dict) else {name: item}
            self.columns.update(inner)
            yield self._scope({**cells, **inner, f"{name}.#": number}), {**place, "item": number}

    def _record(self, number: int, rule: RecordRule, scope: Scope, place: Place) -> Iterator[Given]:
        try:
            if not scope.meets(rule.when) or (rule.unless and scope.meets(rule.unless)):
                return
            identifier = written(scope.fill(rule.id))
        except Unfit as unfit:
            yield self._unfit(unfit, place, "id", rule.id)
            return
        if not identifier:
            yield Problem("transfer.no_id", {**place, "column": self.mapping.behind(rule.id)}, {"template": rule.id})
            return
        if rule.repeated == "number":
            self.seen[number, identifier] += 1
            if (times := self.seen[number, identifier]) > 1:
                taken = identifier
                identifier = f"{identifier}-{times}"
                values = {"id": taken, "number": times, "new": identifier}
                yield Problem("transfer.repeated", {**place, "id": identifier}, values, "warning")
            scope.put(rule.id.strip("{}"), identifier)
        yield from self._told(rule.kind, identifier, rule, scope, place)

    def _told(self, name: str, identifier: str, rule: RecordRule, scope: Scope, place: Place) -> Iterator[Given]:
        kind = self.schema.kinds[name]
        where: Place = {**place, "kind": name, "id": identifier}
        told: dict[str, Any] = {}
        yield from self._fields(kind.fields, rule.fields, scope, where, told)
        for field_name, earlier in rule.earlier.items():
            yield from self._earlier(kind, field_name, earlier, scope, where, told)
        if rule.stub:
            told["is_stub"] = True
        combine: dict[str, str] = dict(rule.combine)
        yield GivenRecord(name, identifier, told, rule.keep, combine, rule.stub, where)

    def _edge(self, number: int, rule: EdgeRule, scope: Scope, place: Place) -> Iterator[Given]:
        try:
            if not scope.meets(rule.when) or (rule.unless and scope.meets(rule.unless)):
                return
            source, target = written(scope.fill(rule.source)), written(scope.fill(rule.to))
            ends = expressions.day(written(scope.fill(rule.ends))).isoformat() if rule.ends else None
        except Unfit as unfit:
            yield self._unfit(unfit, place, rule.type, rule.source + rule.to + (rule.ends or ""))
            return
        if not source or not target:
            template = rule.to if source else rule.source
            yield Problem("transfer.no_id", {**place, "column": self.mapping.behind(template)}, {"template": template})
            return
        where: Place = {**place, "edge": f"{source} {rule.type} {target}"}
        told: dict[str, Any] = {}
        yield from self._fields(self._edge_fields[rule.type], rule.fields, scope, where, told)
        if rule.missing == "stub":
            stub = self._stubs[number]
            yield from self._told(stub.kind, target, stub, scope, place)
        combine: dict[str, str] = dict(rule.combine)
        yield GivenEdge(source, rule.type, target, told, rule.keep, combine, ends, where)

    def _fields(
        self, fields: Mapping[str, Field], said: Mapping[str, Said], scope: Scope, place: Place, told: dict[str, Any]
    ) -> Iterator[Problem]:
        for name, how in said.items():
            rule = steps_of(how)
            try:
                value = self._value(fields.get(name), rule, scope)
            except Unfit as unfit:
                # A value that has a place to be kept as it was written is reported and kept there.
                is_kept = rule.unreadable is not None
                if rule.unreadable:
                    told.setdefault(rule.unreadable, written(scope.fill(rule.template)))
                columns = self.mapping.behind(rule.template)
                severity: Literal["error", "warning"] = "warning" if is_kept else "error"
                yield Problem(unfit.rule, {**place, "field": name, "column": columns}, unfit.values, severity)
                continue
            if value not in ("", None, []):
                told[name] = value

    def _earlier(  # noqa: PLR0913  # where, what and into what
        self, kind: Kind, name: str, rule: EarlierRule, scope: Scope, place: Place, told: dict[str, Any]
    ) -> Iterator[Problem]:
        if not scope.meets(rule.when):
            return
        held: dict[str, Any] = {}
        said = {"value": rule.value, "valid_to": rule.valid_to}
        if rule.valid_from is not None:
            said["valid_from"] = rule.valid_from
        day_field = kind.fields["valid_from"]
        fields = {"value": kind.fields[name], "valid_from": day_field, "valid_to": day_field}
        yield from self._fields(fields, said, scope, place, held)
        if "value" in held and "valid_to" in held:
            told.setdefault("earlier", {}).setdefault(name, []).append(held)

    def _value(self, definition: Field | None, rule: Rule, scope: Scope) -> Any:  # noqa: ANN401  # JSON
        if rule.duration is not None:
            return self._duration(rule, scope)
        value = expressions.made(rule, scope)
        if value in ("", None, []) or definition is None:
            return value
        if definition.many:
            return [self._one(definition, rule, one) for one in (value if isinstance(value, list) else [value])]
        if isinstance(value, list) and len(value) > 1:
            raise Unfit("transfer.several_values", field=definition.name, count=len(value))
        return self._one(definition, rule, value)

    def _unfit(self, unfit: Unfit, place: Place, name: str, template: str) -> Problem:
        return Problem(unfit.rule, {**place, "field": name, "column": self.mapping.behind(template)}, unfit.values)

    def _duration(self, rule: Rule, scope: Scope) -> Any:  # noqa: ANN401  # JSON
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
        return told or None

    def _one(self, definition: Field, rule: Rule, value: Any) -> Any:  # noqa: ANN401  # JSON
        match definition.type:
            case "date":
                read = expressions.day(written(value))
                if rule.earliest is not None and read < rule.earliest:
                    raise Unfit("transfer.too_early", value=written(value), earliest=rule.earliest)
                return read.isoformat()
            case "integer":
                return expressions.integer(written(value))
            case "flag":
                return expressions.flag(written(value))
            case "code":
                return self._code(definition, written(value))
            case _:
                return written(value)

    def _code(self, definition: Field, value: str) -> str:
        """The code, or the code whose label in either language is meant; what is neither is left to the checks."""
        entries = self.schema.codes[definition.codes or ""].entries
        if value in entries:
            return value
        folded = text.fold(value)
        meant = (
            entry.code for entry in entries.values() if folded in (text.fold(entry.label.tr), text.fold(entry.label.en))
        )
        return next(meant, value)


def _edge_fields(schema: Schema, edge_type: str) -> Mapping[str, Field]:
    """The fields any kind gives this edge: which kind it leaves is known only when the whole input is."""
    definitions = (kind.edge(edge_type) for kind in schema.kinds.values())
    return {name: held for definition in definitions if definition for name, held in definition.fields.items()}
