"""Which record an IRI of a file names: ours says so itself, any other is known by an identifier that fits its kind."""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote

from kaysis_graph import text
from kaysis_graph.errors import Invalid, NotFound, Problem
from kaysis_graph.linked import patterns
from kaysis_graph.linked.export.description import TYPE
from kaysis_graph.linked.imports.known_records import KnownRecords
from kaysis_graph.linked.imports.meanings import Meanings
from kaysis_graph.linked.imports.statements import Said, Statements
from kaysis_graph.linked.imports.values import value_of
from kaysis_graph.schema import Kind
from kaysis_graph.schema.identifiers import canonical_identifier
from kaysis_graph.transfer.maps.applied import Place
from kaysis_graph.transfer.unfit import Unfit

_OWN = re.compile(r"(https?://[^\s#?]+)/id/([a-z_]+)/([^\s/#?]+)(#\S*)?")
# Ours, and no record: code lists, the vocabulary, the catalogue, whoever publishes it.
_APART = re.compile(r"https?://[^\s#?]+/(def(/\S*)?|id/(catalogue|publisher)(#\S*)?|id/graph/\S+)")
_UNKNOWN_PLACE = re.compile(r"https?://[^\s#?]+/id/catalogue#unknown-place")
_OUTSIDE = frozenset(
    one.value
    for one in (
        patterns.IN_FORCE, patterns.PARTLY_IN_FORCE, patterns.NOT_IN_FORCE, *patterns.LANGUAGES_OF_TEXTS.values()
    )
)  # fmt: skip
# Acts whose type and number together are an identifier; regulations and communiqués share their numbers.
_NUMBERED = {"law": "kanun", "decree_law": "khk", "presidential_decree": "cbk"}
# The registers by the name that a scheme has, and what an identifier begins with where the number alone is told.
_REGISTERS = {"HEYS": "heys-", "DBYS": "dbys-", "DETSIS": ""}
# guess: the ends of edges come in runs; a hundred thousand names are 30 MB.
_REMEMBERED = 100_000


@dataclass(frozen=True)
class Identity:
    """What an IRI names: a record by kind and identifier, or nothing of ours; `problem` when it should but cannot."""

    kind: str | None = None
    id: str | None = None
    is_own: bool = False
    problem: Problem | None = None


@dataclass(frozen=True)
class IdentityRow:
    """What the table of `--ids` says of an IRI: its identifier, empty to leave it out, and fields of its record."""

    id: str
    fields: Mapping[str, str]
    place: Place


def table(path: Path) -> dict[str, IdentityRow]:
    """The rows of a CSV file with the columns `iri` and `id`, and any field beside them.

    Invalid without these two, for a row that does not reach them, and for two rows of one IRI.
    """
    try:
        content = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise NotFound("transfer.no_file", file=str(path)) from error
    except UnicodeDecodeError as error:
        raise Invalid([Problem("linked.unreadable", {"file": path.name}, {"reason": error})]) from error
    delimiter = ";" if content.partition("\n")[0].count(";") else ","
    rows = csv.DictReader(io.StringIO(content, newline=""), delimiter=delimiter)
    if not {"iri", "id"} <= set(rows.fieldnames or ()):
        raise Invalid([Problem("linked.ids_columns", {"file": path.name, "row": 1})])
    found: dict[str, IdentityRow] = {}
    problems = []
    for row in rows:
        cells = {name: cell.strip() for name, cell in row.items() if isinstance(name, str) and isinstance(cell, str)}
        place: Place = {"file": path.name, "row": rows.line_num}
        if not cells.get("iri") or "id" not in cells:
            problems.append(Problem("linked.ids_short", place))
        elif cells["iri"] in found:
            problems.append(Problem("linked.ids_twice", place, {"iri": cells["iri"]}))
        else:
            fields = {name: cell for name, cell in cells.items() if cell and name not in ("iri", "id")}
            found[cells["iri"]] = IdentityRow(cells["id"], fields, place)
    if problems:
        raise Invalid(problems)
    return found


def is_apart(iri: str) -> bool:
    """Whether the IRI has the form of one that every export of ours names, and that is no record."""
    return iri in _OUTSIDE or _APART.fullmatch(iri) is not None


class Naming:
    """Finds the record behind each IRI of an input."""

    def __init__(
        self, meanings: Meanings, statements: Statements, given: Mapping[str, IdentityRow], known: KnownRecords
    ) -> None:
        self._meanings = meanings
        self._statements = statements
        self._known = known
        self._given = given
        self._used: set[str] = set()
        self._patterns = {kind.name: re.compile(kind.id_pattern) for kind in meanings.schema.kinds.values()}
        self._part_of = meanings.named("eli:is_part_of")
        self.of = lru_cache(_REMEMBERED)(self._of)

    def owner(self, iri: str) -> tuple[str, str] | None:
        """The kind and identifier in an IRI of ours, or in one that a record of ours owns."""
        found = _OWN.fullmatch(iri)
        kind = self._meanings.schema.kind(found[2]) if found else None
        if found is None or kind is None or kind.slug != found[2]:
            return None
        name = self._canonical(unquote(found[3]))
        return (kind.name, name) if self._patterns[kind.name].fullmatch(name) else None

    def row(self, iri: str) -> IdentityRow | None:
        """The row of the table for the IRI."""
        row = self._given.get(iri)
        if row is not None:
            self._used.add(iri)
        return row

    def unused(self) -> Iterator[tuple[str, IdentityRow]]:
        """The rows of the table that nothing has asked for."""
        return ((iri, row) for iri, row in self._given.items() if iri not in self._used)

    def fitting(self, identifier: str, kinds: Sequence[str]) -> str | None:
        """The first of the kinds whose identifiers have this form."""
        return next((name for name in kinds if self._patterns[name].fullmatch(identifier)), None)

    def _of(self, iri: str) -> Identity:
        row = self.row(iri)
        if iri in _OUTSIDE or _UNKNOWN_PLACE.fullmatch(iri) or (row is not None and not row.id):
            return Identity()
        owner = self.owner(iri)
        if owner is not None:
            return Identity() if "#" in iri else self._own(owner, self._statements.of(iri))
        said = self._statements.of(iri)
        kinds = self._kinds(said)
        named = [self._canonical(row.id)] if row is not None else self._known.ids(iri)
        if len(named) > 1:
            return Identity(problem=Problem("linked.known_twice", {"subject": iri}, {"ids": ", ".join(named)}))
        if named and not kinds:
            kinds = {name for name in [self.fitting(named[0], list(self._patterns))] if name}
        if len(kinds) > 1:
            return Identity(problem=Problem("linked.two_kinds", {"subject": iri}, {"kinds": ", ".join(sorted(kinds))}))
        if not kinds:
            return Identity()
        kind = self._meanings.schema.kinds[kinds.pop()]
        if row is None and named and not self._patterns[kind.name].fullmatch(named[0]):
            # It was something else when it was brought in.
            named = []
        return self._foreign(iri, kind, said, named[0] if named else None)

    def _canonical(self, written: str) -> str:
        return canonical_identifier(self._meanings.schema, written)

    def _own(self, owner: tuple[str, str], said: Sequence[Said]) -> Identity:
        """A record of ours, unless its classes are of another kind."""
        kinds = self._kinds(said)
        if kinds and owner[0] not in kinds:
            values = {"kind": owner[0], "told": ", ".join(sorted(kinds))}
            return Identity(problem=Problem("linked.kind_clash", {"id": owner[1]}, values))
        return Identity(owner[0], owner[1], is_own=True)

    def others(self, identifier: str, said: Sequence[Said]) -> list[str]:
        """The identifiers that a source gives beside the one a record has here, each once."""
        taken = {identifier, *(identifier.removeprefix(before) for before in _REGISTERS.values())}
        number = self._meanings.named("eli:number")
        taken |= {one.value.strip() for one in said if self._meanings.canonical(one.predicate) == number}
        found = dict.fromkeys(" ".join(one.split()) for one in self._candidates(said, with_register=False))
        return [one for one in found if one and one not in taken]

    def _foreign(self, iri: str, kind: Kind, said: Sequence[Said], named: str | None) -> Identity:
        identifier = named or next(self._identifiers(kind, said), None)
        if identifier is not None:
            return Identity(kind.name, identifier)
        has = ", ".join(dict.fromkeys(self._candidates(said))) or "–"
        values = {"kind": kind.name, "has": has[:80], "pattern": kind.id_pattern, "example": kind.id_example}
        return Identity(kind.name, problem=Problem("linked.no_identifier", {"subject": iri, "kind": kind.name}, values))

    def _kinds(self, said: Sequence[Said]) -> set[str]:
        """The kinds that all classes leave open, or those that do not go together; our own class decides alone."""
        types = {self._meanings.canonical(one.value) for one in said if one.predicate == TYPE.value}
        if own := {kind for iri, kind in self._meanings.own_classes.items() if iri in types}:
            return own
        open_to = [self._meanings.classes[iri] for iri in types if iri in self._meanings.classes]
        found = {*frozenset.intersection(*open_to)} or {*frozenset().union(*open_to)} if open_to else set()
        if found == {"Legislation", "Provision"}:
            is_part = any(self._meanings.canonical(one.predicate) == self._part_of for one in said)
            found.discard("Legislation" if is_part else "Provision")
        if found == {"Document", "DataElement"}:
            # An output is a document, unless it says that it is a datum.
            found.discard("DataElement")
        return found

    def _candidates(self, said: Sequence[Said], *, with_register: bool = True) -> Iterator[str]:
        names = {
            self._meanings.named(name)
            for name in ("dct:identifier", "skos:notation", "eli:id_local", "schema:identifier")
        }
        for one in said:
            predicate = self._meanings.canonical(one.predicate)
            if predicate in names:
                yield one.value.strip()
            elif predicate == self._meanings.named("adms:identifier"):
                yield from self._notations(one.value, with_register=with_register)

    def _notations(self, node: str, *, with_register: bool) -> Iterator[str]:
        """The notation of an adms:Identifier; with what begins the identifiers of the register that it names."""
        said = self._statements.of(node)
        notation = self._meanings.named("skos:notation")
        agency = self._meanings.named("adms:schemeAgency")
        registers = [
            before
            for one in said
            if self._meanings.canonical(one.predicate) == agency
            for name, before in _REGISTERS.items()
            if text.fold(name) == text.fold(one.value)
        ]
        for one in said:
            if self._meanings.canonical(one.predicate) == notation:
                if with_register:
                    yield from (f"{before}{one.value.strip()}" for before in registers)
                yield one.value.strip()

    def _identifiers(self, kind: Kind, said: Sequence[Said]) -> Iterator[str]:
        """Identifiers that fit the kind, the likeliest first."""
        for candidate in map(self._canonical, self._candidates(said)):
            if self._patterns[kind.name].fullmatch(candidate):
                yield candidate
        if kind.name != "Legislation":
            return
        told = {self._meanings.canonical(one.predicate): one for one in said}
        number = told.get(self._meanings.named("eli:number"))
        type_said = told.get(self._meanings.named("eli:type_document"))
        if number is None or type_said is None:
            return
        try:
            code = value_of(self._meanings.schema, kind.fields["legislation_type"], type_said, [])
        except Unfit:
            return
        candidate = self._canonical(f"{_NUMBERED.get(code, '')}-{number.value.strip()}")
        if self._patterns[kind.name].fullmatch(candidate):
            yield candidate
