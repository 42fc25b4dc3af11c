"""The map applied to rows: what each row says of records and edges, and what in it cannot be read."""

from collections import Counter
from collections.abc import Collection, Generator, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from kaysis_graph import text
from kaysis_graph.errors import Problem
from kaysis_graph.schema import Kind, Schema
from kaysis_graph.schema.definitions import Field
from kaysis_graph.schema.identifiers import canonical_identifier
from kaysis_graph.transfer import spell_rows
from kaysis_graph.transfer.inventions import Invention
from kaysis_graph.transfer.maps import expressions
from kaysis_graph.transfer.maps.expressions import Finder, Invent, Scope, written
from kaysis_graph.transfer.maps.field_values import make_value
from kaysis_graph.transfer.maps.rules import EarlierRule, EdgeRule, ImportMap, RecordRule, Said, steps_of
from kaysis_graph.transfer.sources.file_rows import File, Row, flattened
from kaysis_graph.transfer.unfit import Unfit

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


Given = GivenRecord | GivenEdge | Invention | Problem


@dataclass
class Applying:
    """A map at work on the rows of one file after another; it counts identifiers that come again."""

    schema: Schema
    mapping: ImportMap
    finder: Finder
    invent: Invent
    seen: Counter[tuple[int, str]] = field(default_factory=Counter)
    columns: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Works out once what every row needs."""
        # An identifier stands in several places of a row, and is told of once.
        self._rewritten: set[str] = set()
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
        self._rewritten.clear()
        place: Place = {"file": file.name, "row": row.number}
        cells = {**_composed(row.cells), "#": row.number}
        whole = self._scope(cells)
        scopes: dict[str | None, list[tuple[Scope, Place]]] = {None: [(whole, place)]}
        for name in self._lists:
            try:
                items = whole.get(name) or []
            except Unfit as unfit:
                scopes[name] = []
                yield self._unfit(unfit, place, name, f"{{{name}}}")
                continue
            scopes[name] = list(self._items(name, items, cells, place))
            yield from self._choices(name, items, place)
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
        return Scope(cells, self.mapping.values, self.mapping.lookups, self.finder, self.invent)

    def _items(self, name: str, items: object, cells: Mapping[str, Any], place: Place) -> Iterator[tuple[Scope, Place]]:
        is_made = name in self.mapping.values
        for number, item in enumerate(items if isinstance(items, list) else [], 1):
            inner = _composed(flattened(item, f"{name}.") if isinstance(item, dict) else {name: item})
            if not is_made:
                self.columns.update(inner)
            scope = self._scope({**cells, **inner, f"{name}.#": number})
            if is_made:
                scope.put(name, str(item["text"]) if isinstance(item, dict) else item)
            yield scope, {**place, "item": number}

    def _choices(self, name: str, items: object, place: Place) -> Iterator[Problem]:
        """What was read as "A or B" in words that were written for people: to be looked at."""
        choices: dict[str, list[Mapping[str, Any]]] = {}
        for item in items if isinstance(items, list) and name in self.mapping.values else ():
            if isinstance(item, dict) and "alternative" in item:
                choices.setdefault(item["alternative"], []).append(item)
        for documents in choices.values():
            read = " | ".join(document["title"] for document in documents)
            values = {"text": str(documents[0]["text"])[:200], "read": read[:200]}
            where = {**place, "column": self.mapping.behind(f"{{{name}}}")}
            yield Problem("transfer.choice_read", where, values, "warning")

    def _record(self, number: int, rule: RecordRule, scope: Scope, place: Place) -> Iterator[Given]:
        try:
            if not scope.meets(rule.when) or (rule.unless and scope.meets(rule.unless)):
                return
            identifier = yield from self._identifier(rule.id, scope, place)
        except Unfit as unfit:
            yield self._unfit(unfit, place, "id", rule.id)
            return
        if not identifier:
            yield self._without_id(rule.id, scope, place)
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

    def _identifier(self, template: str, scope: Scope, place: Place) -> Generator[Problem, None, str]:
        """The identifier that the template gives, in the one form it has; a warning where it was written otherwise."""
        said = written(scope.fill(template))
        identifier = canonical_identifier(self.schema, said)
        if identifier != said and said not in self._rewritten:
            self._rewritten.add(said)
            where = {**place, "id": identifier, "column": self.mapping.behind(template)}
            values = {"written": text.visible(said)[:80], "id": identifier}
            yield Problem("transfer.id_rewritten", where, values, "warning")
        return identifier

    def _told(self, name: str, identifier: str, rule: RecordRule, scope: Scope, place: Place) -> Iterator[Given]:
        kind = self.schema.kinds[name]
        where: Place = {**place, "kind": name, "id": identifier}
        told: dict[str, Any] = {}
        yield from self._fields(kind.fields, rule.fields, scope, where, told, rule.clear)
        for field_name, earlier in rule.earlier.items():
            yield from self._earlier(kind, field_name, earlier, scope, where, told)
        if rule.spells:
            spell_rows.take_spell(told, where)
        if rule.stub:
            told["is_stub"] = True
        combine: dict[str, str] = dict(rule.combine)
        yield GivenRecord(name, identifier, told, rule.keep, combine, rule.stub, where)

    def _edge(self, number: int, rule: EdgeRule, scope: Scope, place: Place) -> Iterator[Given]:
        try:
            if not scope.meets(rule.when) or (rule.unless and scope.meets(rule.unless)):
                return
            source = yield from self._identifier(rule.source, scope, place)
            target = yield from self._identifier(rule.to, scope, place)
            ends = expressions.day(written(scope.fill(rule.ends))).isoformat() if rule.ends else None
        except Unfit as unfit:
            yield self._unfit(unfit, place, rule.type, rule.source + rule.to + (rule.ends or ""))
            return
        if not source or not target:
            yield self._without_id(rule.to if source else rule.source, scope, place)
            return
        where: Place = {**place, "edge": f"{source} {rule.type} {target}"}
        told: dict[str, Any] = {}
        yield from self._fields(self._edge_fields[rule.type], rule.fields, scope, where, told, rule.clear)
        if rule.missing == "stub":
            stub = self._stubs[number]
            yield from self._told(stub.kind, target, stub, scope, place)
        combine: dict[str, str] = dict(rule.combine)
        yield GivenEdge(source, rule.type, target, told, rule.keep, combine, ends, where)

    def _fields(  # noqa: PLR0913  # where, what and into what
        self,
        fields: Mapping[str, Field],
        said: Mapping[str, Said],
        scope: Scope,
        place: Place,
        told: dict[str, Any],
        clear: Collection[str] = (),
    ) -> Iterator[Problem]:
        for name, how in said.items():
            rule = steps_of(how)
            remarks: list[Unfit] = []
            try:
                value = make_value(self.schema, fields.get(name), rule, scope, remarks)
            except Unfit as unfit:
                # A value that has a place to be kept as it was written is reported and kept there.
                is_kept = rule.unreadable is not None
                if rule.unreadable:
                    told.setdefault(rule.unreadable, written(scope.fill(rule.template)))
                columns = self.mapping.behind(rule.template)
                severity: Literal["error", "warning"] = "warning" if is_kept else "error"
                yield Problem(unfit.rule, {**place, "field": name, "column": columns}, unfit.values, severity)
                continue
            columns = self.mapping.behind(rule.template) if remarks else ""
            for odd in remarks:
                yield Problem(odd.rule, {**place, "field": name, "column": columns}, odd.values, "warning")
            if value not in ("", None, []):
                told[name] = value
            elif name in clear:
                told[name] = None

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

    def _without_id(self, template: str, scope: Scope, place: Place) -> Problem:
        where: Place = {**place, "column": self.mapping.behind(template)}
        if scope.missed is None:
            return Problem("transfer.no_id", where, {"template": template})
        kind, title = scope.missed
        return Problem("transfer.no_such_name", where, {"kind": kind, "title": title[:80]})

    def _unfit(self, unfit: Unfit, place: Place, name: str, template: str) -> Problem:
        return Problem(unfit.rule, {**place, "field": name, "column": self.mapping.behind(template)}, unfit.values)


def _composed(cells: Mapping[str, Any]) -> dict[str, Any]:
    return {name: text.composed(cell) if isinstance(cell, str) else cell for name, cell in cells.items()}


def _edge_fields(schema: Schema, edge_type: str) -> Mapping[str, Field]:
    """The fields any kind gives this edge: which kind it leaves is known only when the whole input is."""
    definitions = (kind.edge(edge_type) for kind in schema.kinds.values())
    return {name: held for definition in definitions if definition for name, held in definition.fields.items()}
