"""RDF files as the source of an import: every subject that is a record, with its fields and edges.

The mapping is the schema's own, read the other way round (`meanings`). What says nothing that the schema has room for
is counted by class and property, and told at the end.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kaysis_graph.errors import Invalid, Problem
from kaysis_graph.graph.store import Reader
from kaysis_graph.linked.export.description import TYPE
from kaysis_graph.linked.export.whole_graph import Name
from kaysis_graph.linked.imports import identity, parser
from kaysis_graph.linked.imports.edges import Edging
from kaysis_graph.linked.imports.fields import Fielding
from kaysis_graph.linked.imports.identity import Identity, IdentityRow, Naming
from kaysis_graph.linked.imports.known_records import KnownRecords, lasting
from kaysis_graph.linked.imports.meanings import KindMeaning, Meanings
from kaysis_graph.linked.imports.statements import FOLLOWS, OBJECT, PREDICATE, SUBJECT, Said, Statements
from kaysis_graph.linked.literals import RDF
from kaysis_graph.linked.patterns import NO_LONGER_IN_FORCE
from kaysis_graph.schema import Schema
from kaysis_graph.schema.definitions import OWN, WORDINGS, Term
from kaysis_graph.transfer.import_files import ImportSource
from kaysis_graph.transfer.maps.applied import Given, GivenRecord, Place
from kaysis_graph.transfer.report import FileRead

# What says how a record stands to others and is made anew with each export, or is read where the record is named.
_READ_ELSEWHERE = (
    "rdf:type", "dct:identifier", "skos:notation", "eli:id_local", "adms:identifier", "schema:identifier",
    "eli:is_realized_by", "eli:in_force", "cv:processingTime", "cpsv:follows", "cv:holdsRequirement",
)  # fmt: skip
# Of a record that a source describes under two IRIs both are kept.
_UNITED = dict.fromkeys(("same_as", "other_identifiers", *WORDINGS.values()), "join")
# Nodes that belong to a record, with what is read of them there.
_PARTS = {
    "adms:Identifier": ("skos:notation", "adms:schemeAgency"),
    "eli:LegalExpression": ("eli:title", "dct:title", "eli:realizes", "eli:language", "eli:title_short"),
    "cv:Requirement": ("dct:identifier", "cv:hasConcept", "cv:hasEvidenceTypeList", "cv:hasInputType"),
    "cv:InformationRequirement": ("dct:identifier", "cv:hasConcept", "cv:hasEvidenceTypeList", "cv:hasInputType"),
    "cv:EvidenceTypeList": ("dct:identifier", "cv:specifiesEvidenceType"),
    "cpsv:Rule": ("dct:identifier",),
    "rdf:Statement": (),
    "kaysis:EarlierSpell": ("dcat:startDate", "dcat:endDate", "kaysis:valid_from", "kaysis:valid_to"),
}


@dataclass
class Left:
    """What was not mapped of one class and property: how often, and where for example."""

    count: int = 0
    subject: str = ""
    value: str = ""
    place: Place = field(default_factory=dict)


def source(schema: Schema, paths: Sequence[Path], form: Name | None = None, ids: Path | None = None) -> ImportSource:
    """The files, all of them together, as RDF; `ids` is a table of identifiers for IRIs that are not ours."""
    given = identity.table(ids) if ids else {}
    rules = hashlib.sha256(ids.read_bytes()).hexdigest() if ids else ""

    def read(reader: Reader, files: list[FileRead], step: Callable[[int], None]) -> Iterator[Given]:
        with Statements() as statements:
            yield from _taken_in(statements, paths, form, files, step)
            statements.close_reading()
            known = KnownRecords(reader, schema)
            yield from Arriving(schema, statements, given, [path.name for path in paths], known).given()

    return ImportSource(paths, f"rdf {form} {rules}", read, _properties(schema), is_by_row=False)


def _properties(schema: Schema) -> dict[str, dict[str, str]]:
    """By kind, what says a field or an edge in RDF: its public term, else ours."""
    return {
        kind.name: {
            **{name: _written(field.rdf[0]) if field.rdf else f"{OWN}:{name}" for name, field in kind.fields.items()},
            **{
                edge.type: ", ".join(dict.fromkeys(map(_written, edge.rdf.values()))) or f"{OWN}:{edge.role}"
                for edge in kind.edges.values()
            },
        }
        for kind in schema.kinds.values()
    }


def _written(term: Term) -> str:
    return f"{term.prefix}:{term.local}" + (f"@{term.language}" if term.language else "")


def _taken_in(
    statements: Statements, paths: Sequence[Path], form: Name | None, files: list[FileRead], step: Callable[[int], None]
) -> Iterator[Problem]:
    before = 0
    for number, path in enumerate(paths):
        done = 0
        found = form or parser.form_of(path)
        try:
            for done in statements.add(number, parser.quads(path, found)):
                step(before + done)
        except Invalid as invalid:
            yield from invalid.problems
        else:
            if not done:
                yield Problem("linked.no_statements", {"file": path.name}, {}, "warning")
        before += done
        files.append(FileRead(path.name, found, None, None, done))


class Arriving:
    """Statements at work: each subject once, in the order of IRIs."""

    def __init__(  # what is read, and what is known of it
        self,
        schema: Schema,
        statements: Statements,
        given: Mapping[str, IdentityRow],
        files: Sequence[str],
        known: KnownRecords,
    ) -> None:
        self._meanings = Meanings(schema)
        self._statements = statements
        self._files = files
        self._known = known
        self._naming = Naming(self._meanings, statements, given, known)
        self._fielding = Fielding(self._meanings, statements, known)
        self._edging = Edging(self._meanings, statements, self._naming, self._fielding)
        self._elsewhere = {self._meanings.named(name) for name in _READ_ELSEWHERE}
        self._parts = {
            self._meanings.named(name): {TYPE.value, *(self._meanings.named(one) for one in read)}
            for name, read in _PARTS.items()
        }
        self._left: dict[tuple[str, str], Left] = {}

    def given(self) -> Iterator[Given]:
        """What the files say of records and edges, then what of them was not mapped."""
        for subject, said in self._statements.subjects():
            place: Place = {"file": self._files[said[0].file], "subject": subject}
            name = self._naming.of(subject)
            if name.problem is not None:
                yield Problem(name.problem.rule, {**place, **name.problem.place}, name.problem.values)
                yield from self._of_nobody(name, subject, said, place)
            elif name.kind and name.id:
                yield from self._record(name, subject, said, {**place, "kind": name.kind, "id": name.id})
            elif not identity.is_apart(subject):
                self._part(subject, said, place)
        yield from self._of_table()
        for (kind, predicate), left in sorted(self._left.items()):
            rule = "linked.unmapped_property" if predicate else "linked.unmapped_class"
            values = {"class": kind, "property": predicate, "count": left.count, "subject": left.subject}
            yield Problem(rule, left.place, {**values, "value": left.value[:80]}, "warning")

    def _of_nobody(self, name: Identity, subject: str, said: list[Said], place: Place) -> Iterator[Problem]:
        """What else is wrong with a record that has no identifier, so that all of it is told in one run."""
        if name.kind:
            for one in self._record(name, subject, said, {**place, "kind": name.kind}):
                if isinstance(one, Problem):
                    yield one

    def _of_table(self) -> Iterator[Problem]:
        """Rows of the table for IRIs that nothing in the files has to do with."""
        for iri, row in self._naming.unused():
            yield Problem("linked.ids_unused", row.place, {"iri": iri}, "warning")

    def _record(self, name: Identity, subject: str, said: list[Said], place: Place) -> Iterator[Given]:
        kind, identifier = name.kind or "", name.id or ""
        meaning = self._meanings.kinds[kind]
        told: dict[str, Any] = {}
        rest = [one for one in said if not self._is_read(one, name)]
        rest = yield from self._fielding.take(meaning, told, name, rest, place)
        if not name.is_own:
            self._keep_names(told, identifier, subject, said)
        rest = yield from self._edging.take(meaning, identifier, subject, rest, place)
        nodes = self._edging.nodes_of(subject)
        yield from self._fielding.earlier(meaning, told, nodes, place)
        rest = yield from self._fielding.earlier_spells(meaning, told, rest, place)
        for node, about in nodes:
            self._left_of_node(meaning, node, about, place)
        for one in rest:
            self._leave(kind, one, subject, place)
        row = self._naming.row(subject)
        if row is not None:
            told.update((yield from self._fielding.told_in_table(meaning, row)))
        yield from self._fielding.complete(told, name, place)
        yield GivenRecord(kind, identifier, told, [], _UNITED, bool(told.get("is_stub")), place)

    def _keep_names(self, told: dict[str, Any], identifier: str, subject: str, said: Sequence[Said]) -> None:
        """What the source calls the record: its IRI, by which the next harvest finds it, and its other identifiers."""
        if (iri := lasting(subject)) is not None:
            told["same_as"] = list(dict.fromkeys([*self._known.iris(identifier), *told.get("same_as", ()), iri]))
        if others := self._naming.others(identifier, said):
            told["other_identifiers"] = list(dict.fromkeys([*told.get("other_identifiers", ()), *others]))

    def _is_read(self, said: Said, name: Identity) -> bool:
        predicate = self._meanings.canonical(said.predicate)
        if predicate == NO_LONGER_IN_FORCE.value and name.is_own:
            # Of ours: kaysis:valid_to tells the end of the record, this is worked out of repeals as well.
            return True
        if predicate == FOLLOWS and not self._statements.tell_of(said.value):
            # A rule that another file describes is not read here.
            return False
        return predicate in self._elsewhere and predicate not in self._meanings.kinds[name.kind or ""].fields

    def _part(self, subject: str, said: list[Said], place: Place) -> None:
        """What belongs to a record is read with it; anything else, and what is not read of a part, is left."""
        row = self._naming.row(subject)
        if row is not None and not row.id:
            return
        types = [self._meanings.canonical(one.value) for one in said if one.predicate == TYPE.value]
        if self._is_about_a_record(said):
            return
        parts = [iri for iri in types if iri in self._parts]
        if not parts:
            for iri in types or ["–"]:
                self._count((iri, ""), subject, "", place)
            return
        read: set[str] = set().union(*(self._parts[iri] for iri in parts))
        if self._naming.owner(subject) is not None:
            # Every export makes them anew for what belongs to a record.
            read |= {self._meanings.named(name) for name in ("dct:title", "dct:description", "cpsv:implements")}
        self._leave_unread(parts[0], said, read, subject, place)

    def _is_about_a_record(self, said: Sequence[Said]) -> bool:
        """Whether this is a statement about a record that is read with it."""
        about = next((one.value for one in said if one.predicate == SUBJECT), None)
        if about is None:
            return False
        name = self._naming.of(about)
        return name.id is not None and self._statements.tell_of(about)

    def _left_of_node(self, meaning: KindMeaning, node: str, said: Sequence[Said], place: Place) -> None:
        """What a statement about a record says beside an edge or an earlier value, or all of it where it is neither."""
        about = next((one for one in said if one.predicate == PREDICATE), None)
        if about is None:
            return
        predicate = self._meanings.canonical(about.value)
        read = {TYPE.value, SUBJECT, PREDICATE, OBJECT}
        if (edges := meaning.edges.get(predicate)) is not None:
            read |= {iri for edge in edges for iri in meaning.edge_fields[edge.type]}
        elif self._meanings.field(meaning, predicate) is not None:
            read |= {self._meanings.iris.own(name).value for name in ("valid_from", "valid_to")}
        else:
            self._leave(f"{RDF}Statement", about, node, place)
            return
        self._leave_unread(f"{RDF}Statement", said, read, node, place)

    def _leave_unread(self, kind: str, said: Sequence[Said], read: set[str], subject: str, place: Place) -> None:
        for one in said:
            if one.predicate not in read and self._meanings.canonical(one.predicate) not in read:
                self._leave(kind, one, subject, place)

    def _leave(self, kind: str, said: Said, subject: str, place: Place) -> None:
        language = said.form if said.form.startswith("@") else ""
        self._count((kind, said.predicate + language), subject, said.value, place)

    def _count(self, key: tuple[str, str], subject: str, value: str, place: Place) -> None:
        left = self._left.setdefault(key, Left(0, subject, value, place))
        left.count += 1
