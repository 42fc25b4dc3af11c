"""Reading `ontology/` into a schema, refusing what is not known and saying where.

The TOML holds facts only: no expressions, conditions or code names. A key that is not listed here is an error,
so that a misspelt `requierd` never passes for `not required`.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from kaysis_graph import files
from kaysis_graph.errors import SchemaError
from kaysis_graph.schema.definitions import (
    OWN,
    ROLES,
    CodeList,
    EdgeDefinition,
    EdgeType,
    Entry,
    Field,
    Kind,
    Label,
    Schema,
    Term,
    Vocabulary,
)
from kaysis_graph.schema.fieldtypes import FIELD_TYPES

_NAME = re.compile(r"[a-z][a-z0-9_]*")
_KIND_NAME = re.compile(r"[A-Z][A-Za-z]*")
_EDGE_TYPE = re.compile(r"[A-Z][A-Z_]*")
# Names the record's JSON form and the stored node need for themselves.
_RESERVED = frozenset({"id", "kind", "edges", "earlier", "sort_key", "spells", "changes", "first_day"})
# Names an edge's JSON form needs beside them.
_RESERVED_ON_EDGES = _RESERVED | {"type", "to"}
# Labels of nodes that are no records of a kind, and classes of the vocabulary that are none.
_RESERVED_KINDS = frozenset(
    {"Record", "Change", "Sequence", "Tombstone", "Job", "Invention", "Edge", "EarlierValue", "EarlierSpell"}
)
_TERM = re.compile(r"([a-z]+):([A-Za-z][A-Za-z0-9_-]*)(?:@([a-z]{2}))?")
_OF_A_KIND = ("name", "id_pattern", "id_example", "label", "plural", "about", "fields", "edges", "rdf", "rdf_when")
_FIELD_FLAGS = ("required", "many", "searched", "filtered", "dated", "shown")
_Table = Mapping[str, Any]


@cache
def read(folder: Path = files.ONTOLOGY) -> Schema:
    """The schema of a folder; a SchemaError names the file and the key of the first thing that is wrong."""
    vocabulary = _Place(folder / "vocabulary.toml")
    vocabulary.knows(vocabulary.table, ("vocabulary", "prefixes", "record", "edge", "types"), "")
    prefixes = vocabulary.prefixes = _prefixes(vocabulary)
    whole = _vocabulary(vocabulary)
    codes = {path.stem: _code_list(_Place(path, prefixes)) for path in sorted((folder / "codes").glob("*.toml"))}
    record, edge, types = (vocabulary.needs(vocabulary.table, part, "", dict) for part in ("record", "edge", "types"))
    record_fields = _fields(vocabulary, record, "record", codes, known={})
    edge_fields = _edge_fields(vocabulary, edge, "edge", codes, known={})
    edge_types = {name: _edge_type(vocabulary, name, types) for name in types}
    places = [_Place(path, prefixes) for path in sorted((folder / "kinds").glob("*.toml"))]
    kinds = [_kind(place, codes, edge_types, record_fields, edge_fields) for place in places]
    _check_together(kinds, places)
    _check_names(kinds, places)
    return Schema({kind.name: kind for kind in kinds}, edge_types, codes, whole, prefixes)


class _Place:
    """A TOML file and the way to complain about a key in it."""

    def __init__(self, path: Path, prefixes: Mapping[str, str] | None = None) -> None:
        self.path = path
        self.prefixes = prefixes or {}
        try:
            self.table: _Table = tomllib.loads(path.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
            raise SchemaError("schema.unreadable", file=path.name, reason=str(error)) from error

    def wrong(self, key: str, reason: str) -> SchemaError:
        return SchemaError("schema.wrong", file=self.path.name, key=key, reason=reason)

    def knows(self, table: _Table, keys: Iterable[str], where: str) -> None:
        known = tuple(keys)
        for key in table:
            if key not in known:
                raise self.wrong(f"{where}.{key}".strip("."), f"unknown key; known: {', '.join(known)}")

    def needs(self, table: _Table, key: str, where: str, of_type: type) -> Any:  # noqa: ANN401  # checked right here
        value = table.get(key)
        if not isinstance(value, of_type) or (of_type is int and isinstance(value, bool)):
            raise self.wrong(f"{where}.{key}".strip("."), f"must be given as {of_type.__name__}")
        return value

    def texts(self, table: _Table, key: str, where: str) -> tuple[str, ...]:
        value = self.needs(table, key, where, list)
        if not all(isinstance(one, str) for one in value) or len(set(value)) < len(value):
            raise self.wrong(f"{where}.{key}".strip("."), "must be a list of names, each once")
        return tuple(value)

    def label(self, table: _Table, key: str, where: str) -> Label:
        label = self.needs(table, key, where, dict)
        here = f"{where}.{key}".strip(".")
        self.knows(label, ("tr", "en"), here)
        return Label(*(self.needs(label, language, here, str) for language in ("tr", "en")))

    def terms(self, table: _Table, where: str) -> tuple[Term, ...]:
        """The terms of public vocabularies under `rdf`, as `dct:title@tr`; none when it is not given."""
        here = f"{where}.rdf".strip(".")
        return tuple(self.term(said, here) for said in (self.texts(table, "rdf", where) if "rdf" in table else ()))

    def term(self, said: object, here: str) -> Term:
        found = _TERM.fullmatch(said) if isinstance(said, str) else None
        if found is None:
            raise self.wrong(here, "a term is written prefix:name or prefix:name@language")
        if found[1] not in (OWN, *self.prefixes):
            raise self.wrong(here, f"unknown prefix {found[1]}; known: {', '.join((OWN, *self.prefixes))}")
        return Term(found[1], found[2], found[3])


def _prefixes(place: _Place) -> dict[str, str]:
    given = _tables(place, place.table, "prefixes", "")
    if OWN in given:
        raise place.wrong(f"prefixes.{OWN}", "is our own, and its address is that of whoever runs the service")
    return {name: place.needs(given, name, "prefixes", str) for name in given}


def _vocabulary(place: _Place) -> Vocabulary:
    table = place.needs(place.table, "vocabulary", "", dict)
    where = "vocabulary"
    place.knows(table, ("label", "about", "version", "licence"), where)
    version, licence = (place.needs(table, key, where, str) for key in ("version", "licence"))
    return Vocabulary(place.label(table, "label", where), place.label(table, "about", where), version, licence)


def _code_list(place: _Place) -> CodeList:
    place.knows(place.table, ("label", "entries", "rdf"), "")
    entries = {}
    given = place.needs(place.table, "entries", "", dict)
    for code in given:
        table = place.needs(given, code, "entries", dict)
        where = f"entries.{code}"
        if not _NAME.fullmatch(code):
            raise place.wrong(where, "a code is written in small letters, digits and underscores")
        place.knows(table, ("tr", "en", "marks"), where)
        label = Label(place.needs(table, "tr", where, str), place.needs(table, "en", where, str))
        entries[code] = Entry(code, label, frozenset(place.texts(table, "marks", where) if "marks" in table else ()))
    label = place.label(place.table, "label", "")
    return CodeList(place.path.stem, label, entries, place.terms(place.table, ""))


def _edge_type(place: _Place, name: str, tables: _Table) -> EdgeType:
    where = f"types.{name}"
    table = place.needs(tables, name, "types", dict)
    if not _EDGE_TYPE.fullmatch(name):
        raise place.wrong(where, "an edge type is written in capitals and underscores")
    place.knows(table, ("label", "about", "rdf"), where)
    term = place.term(table["rdf"], f"{where}.rdf") if "rdf" in table else None
    return EdgeType(name, place.label(table, "label", where), place.label(table, "about", where), term)


def _fields(
    place: _Place, tables: _Table, where: str, codes: Mapping[str, CodeList], known: Mapping[str, Field]
) -> dict[str, Field]:
    fields = dict(known)
    for name in tables:
        table = place.needs(tables, name, where, dict)
        here = f"{where}.{name}"
        if name in _RESERVED or name.startswith(("earlier_", "search_")) or not _NAME.fullmatch(name):
            raise place.wrong(here, "not a name for a field: small letters, and none that the record itself needs")
        place.knows(table, ("type", "label", "about", "codes", "rdf", "rdf_when", *_FIELD_FLAGS), here)
        flags = {flag: place.needs(table, flag, here, bool) for flag in _FIELD_FLAGS if flag in table}
        terms = place.terms(table, here)
        if name in known:
            # A kind may say more of a common field (its title is dated), not make it something else.
            place.knows(table, ("label", "about", "rdf", *_FIELD_FLAGS), here)
            changed = replace(known[name], **flags)
            label = place.label(table, "label", here) if "label" in table else changed.label
            about = place.label(table, "about", here) if "about" in table else changed.about
            fields[name] = replace(changed, label=label, about=about, rdf=terms if "rdf" in table else changed.rdf)
            continue
        about = place.label(table, "about", here) if "about" in table else None
        value_type, label = place.needs(table, "type", here, str), place.label(table, "label", here)
        roles = _by_role(place, table, here)
        made = Field(name, value_type, label, about, rdf=terms, rdf_when=roles, **flags)
        fields[name] = _with_codes(place, made, table, here, codes)
    return fields


def _edge_fields(
    place: _Place, tables: _Table, where: str, codes: Mapping[str, CodeList], known: Mapping[str, Field]
) -> dict[str, Field]:
    for name in tables:
        if name in _RESERVED_ON_EDGES:
            raise place.wrong(f"{where}.{name}", "not a name for a field of an edge: the edge itself needs it")
    fields = _fields(place, tables, where, codes, known)
    for field in fields.values():
        # An edge is dated as a whole, lists and the search look at records, and of an edge everything is shown.
        if field.dated or field.searched or field.filtered or field.shown:
            raise place.wrong(f"{where}.{field.name}", "a field of an edge is not dated, searched, filtered or shown")
    return fields


def _with_codes(place: _Place, made: Field, table: _Table, here: str, codes: Mapping[str, CodeList]) -> Field:
    if made.type not in FIELD_TYPES:
        raise place.wrong(f"{here}.type", f"unknown type; known: {', '.join(FIELD_TYPES)}")
    if made.dated and made.many:
        raise place.wrong(here, "a field of many values cannot be dated")
    if (made.type == "code") != ("codes" in table):
        raise place.wrong(here, "type code and a code list go together")
    if made.type != "code":
        return made
    name = place.needs(table, "codes", here, str)
    if name not in codes:
        raise place.wrong(f"{here}.codes", f"no such code list: {name}")
    return replace(made, codes=name)


def _edge(  # noqa: PLR0913  # an edge and all it may name
    place: _Place,
    role: str,
    table: _Table,
    codes: Mapping[str, CodeList],
    edge_types: Mapping[str, EdgeType],
    edge_fields: Mapping[str, Field],
) -> EdgeDefinition:
    where = f"edges.{role}"
    place.knows(table, ("type", "to", "label", "inverse", "least", "most", "fields", "rdf"), where)
    edge_type = place.needs(table, "type", where, str)
    if edge_type not in edge_types:
        raise place.wrong(f"{where}.type", f"not in vocabulary.toml: {edge_type}")
    least = place.needs(table, "least", where, int) if "least" in table else 0
    most = place.needs(table, "most", where, int) if "most" in table else None
    if least < 0 or (most is not None and most < max(least, 1)):
        raise place.wrong(where, "least is 0 or more, and most is 1 or more and not under least")
    reaches = place.texts(table, "to", where)
    return EdgeDefinition(
        role=role,
        type=edge_type,
        to=reaches,
        label=place.label(table, "label", where),
        inverse=place.label(table, "inverse", where),
        least=least,
        most=most,
        fields=_edge_fields(place, _tables(place, table, "fields", where), f"{where}.fields", codes, edge_fields),
        rdf=_properties(place, table, where, reaches),
    )


def _properties(place: _Place, table: _Table, where: str, reaches: tuple[str, ...]) -> dict[str, Term]:
    """The property of an edge by the kind it reaches: one for all of them, or one for each."""
    said = table.get("rdf", {})
    by_kind = said if isinstance(said, dict) else dict.fromkeys(reaches, said)
    place.knows(by_kind, reaches, f"{where}.rdf")
    return {kind: place.term(term, f"{where}.rdf") for kind, term in by_kind.items()}


def _kind(
    place: _Place,
    codes: Mapping[str, CodeList],
    edge_types: Mapping[str, EdgeType],
    record_fields: Mapping[str, Field],
    edge_fields: Mapping[str, Field],
) -> Kind:
    table = place.table
    place.knows(table, _OF_A_KIND, "")
    name = place.needs(table, "name", "", str)
    if not _KIND_NAME.fullmatch(name) or name in _RESERVED_KINDS:
        raise place.wrong("name", "a kind is a singular noun with a capital, and none that the graph itself needs")
    edges = _tables(place, table, "edges", "")
    kind = Kind(
        name=name,
        slug=place.path.stem,
        id_pattern=place.needs(table, "id_pattern", "", str),
        id_example=place.needs(table, "id_example", "", str),
        label=place.label(table, "label", ""),
        plural=place.label(table, "plural", ""),
        about=place.label(table, "about", ""),
        fields=_fields(place, _tables(place, table, "fields", ""), "fields", codes, record_fields),
        edges={
            role: _edge(place, role, place.needs(edges, role, "edges", dict), codes, edge_types, edge_fields)
            for role in edges
        },
        rdf=place.terms(table, ""),
        rdf_when=_by_role(place, table, ""),
    )
    types = [edge.type for edge in kind.edges.values()]
    if len(set(types)) < len(types):
        raise place.wrong("edges", "two roles of one kind share an edge type; an edge is known by its type")
    try:
        fits = re.fullmatch(kind.id_pattern, kind.id_example)
    except re.error as error:
        raise place.wrong("id_pattern", f"is no regular expression: {error}") from error
    if not fits:
        raise place.wrong("id_example", "does not fit id_pattern")
    return kind


def _by_role(place: _Place, table: _Table, where: str) -> dict[str, tuple[Term, ...]]:
    """The terms for records that have a role today, by the role."""
    here = f"{where}.rdf_when".strip(".")
    said = _tables(place, table, "rdf_when", where)
    place.knows(said, ROLES, here)
    return {role: tuple(place.term(one, f"{here}.{role}") for one in place.texts(said, role, here)) for role in said}


def _tables(place: _Place, table: _Table, key: str, where: str) -> _Table:
    tables: _Table = place.needs(table, key, where, dict) if key in table else {}
    return tables


def _check_together(kinds: list[Kind], places: list[_Place]) -> None:
    names: dict[str, str] = {}
    for kind, place in zip(kinds, places, strict=True):
        if names.setdefault(kind.name, place.path.name) != place.path.name:
            raise place.wrong("name", f"{names[kind.name]} has the same")
    for kind, place in zip(kinds, places, strict=True):
        for role, edge in kind.edges.items():
            unknown = [name for name in edge.to if name not in names]
            if unknown:
                raise place.wrong(f"edges.{role}.to", f"no such kind: {', '.join(unknown)}")
        for other in kinds:
            # Identifiers are unique over all kinds, so that an edge or a path needs nothing but an identifier.
            if other is not kind and re.fullmatch(other.id_pattern, kind.id_example):
                raise place.wrong("id_pattern", f"{kind.id_example} could also be of kind {other.name}")


def _check_names(kinds: list[Kind], places: list[_Place]) -> None:
    """A name is one property of the vocabulary, so it has the same type of value wherever it stands."""
    meanings: dict[str, tuple[tuple[str, str | None], str]] = {}

    def is_one(name: str, meaning: tuple[str, str | None], place: _Place, where: str) -> None:
        first, at = meanings.setdefault(name, (meaning, f"{place.path.name}, {where}"))
        if first != meaning:
            raise place.wrong(where, f"{name} is {_said(first)} in {at}; a name means one thing everywhere")

    for kind, place in zip(kinds, places, strict=True):
        for name, field in kind.fields.items():
            is_one(name, _meaning(field), place, f"fields.{name}")
        for role, edge in kind.edges.items():
            is_one(role, ("edge", edge.type), place, f"edges.{role}")
            for name, field in edge.fields.items():
                is_one(name, _meaning(field), place, f"edges.{role}.fields.{name}")


def _meaning(field: Field) -> tuple[str, str | None]:
    # One line or many are the same string outside.
    return ("text" if field.type == "prose" else field.type), field.codes


def _said(meaning: tuple[str, str | None]) -> str:
    return " ".join(filter(None, meaning))
