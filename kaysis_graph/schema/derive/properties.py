"""The properties of our own vocabulary, gathered from every kind and edge that a name occurs on."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TypeVar

from kaysis_graph.schema.definitions import OWN, EdgeDefinition, Field, Kind, Label, Schema, Term

_T = TypeVar("_T")
EDGE, EARLIER, SPELL, RECORD = "Edge", "EarlierValue", "EarlierSpell", "Record"
"""The classes of ours that are no kinds: an edge with its days, an earlier value, and what all kinds are."""
RELATION = Term("dct", "relation")
DATATYPES: Mapping[str, Term] = {
    "text": Term("xsd", "string"),
    "prose": Term("xsd", "string"),
    "flag": Term("xsd", "boolean"),
    "integer": Term("xsd", "integer"),
    "date": Term("xsd", "date"),
    "link": Term("xsd", "anyURI"),
    "wording": Term("rdf", "langString"),
    "duration": Term("rdf", "JSON"),
}
"""What values are outside, by the type of the field; a text with a language is an rdf:langString.

Codes are concepts, and what an IRI names is a thing: neither has a datatype.
"""
TAGGED = Term("rdf", "langString")


@dataclass(frozen=True)
class Property:
    """One property of ours: the classes that have it, what it reaches, its names, and the public ones it answers to.

    It is under each of `broader`, whichever record has it; `close` are used in its place for some records only.
    """

    name: str
    label: Label
    others: tuple[Label, ...]
    abouts: tuple[Label, ...]
    has: tuple[str, ...]
    reaches: tuple[str, ...]
    is_link: bool
    broader: tuple[Term, ...]
    close: tuple[Term, ...]


def of(schema: Schema) -> list[Property]:
    """Every property once: roles of edges in the order of the edge types, then fields in the order they are met."""
    return [*_roles(schema), *_fields(schema)]


def own(name: str) -> str:
    """A term of ours as it is written."""
    return f"{OWN}:{name}"


def datatype(held: Field, term: Term) -> Term | None:
    """The datatype of the field's values under the term; None for codes and IRIs, which are things."""
    if is_thing(held):
        return None
    return TAGGED if term.language else DATATYPES[held.type]


def is_thing(held: Field) -> bool:
    """Whether the values of the field are things outside: a concept, or what an IRI names."""
    return held.codes is not None or held.type == "iri"


def _roles(schema: Schema) -> Iterator[Property]:
    found: dict[str, list[tuple[Kind, EdgeDefinition]]] = {}
    for kind in schema.kinds.values():
        for edge in kind.edges.values():
            found.setdefault(edge.role, []).append((kind, edge))
    order = list(schema.edge_types)
    for role, ends in sorted(found.items(), key=lambda one: order.index(one[1][0][1].type)):
        edge_type = schema.edge_types[ends[0][1].type]
        standard = _once(edge.rdf.get(target) for _, edge in ends for target in edge.to)
        known = [term for term in standard if term is not None]
        broader = edge_type.rdf or (known[0] if len(known) == len(standard) == 1 else RELATION)
        yield Property(
            name=role,
            label=edge_type.label,
            others=(),
            abouts=(edge_type.about,),
            has=tuple(kind.name for kind, _ in ends),
            reaches=tuple(_once(target for _, edge in ends for target in edge.to)),
            is_link=True,
            broader=(broader,),
            close=tuple(term for term in known if term != broader),
        )


def _fields(schema: Schema) -> Iterator[Property]:
    found: dict[str, list[tuple[str, Field]]] = {}
    for kind in schema.kinds.values():
        for name, held in kind.fields.items():
            found.setdefault(name, []).append((kind.name, held))
        for edge in kind.edges.values():
            for name, held in edge.fields.items():
                found.setdefault(name, []).append((EDGE, held))
    for name, ends in found.items():
        fields = [held for _, held in ends]
        labels = _once(held.label for held in fields)
        has = _once(home for home, _ in ends)
        if name in ("valid_from", "valid_to"):
            has += [EARLIER, SPELL]
        public = [{Term(term.prefix, term.local) for term in held.rdf if term.prefix != OWN} for held in fields]
        shared = set.intersection(*public)
        everywhere = _once(Term(term.prefix, term.local) for held in fields for term in _public(held))
        yield Property(
            name=name,
            label=labels[0],
            others=tuple(labels[1:]),
            abouts=tuple(_once(held.about for held in fields if held.about is not None)),
            has=tuple(has),
            reaches=_values(fields),
            is_link=is_thing(fields[0]),
            broader=tuple(term for term in everywhere if term in shared),
            close=tuple(term for term in everywhere if term not in shared),
        )


def _public(held: Field) -> Iterator[Term]:
    for term in (*held.rdf, *chain.from_iterable(held.rdf_when.values())):
        if term.prefix != OWN:
            yield term


def _values(fields: Sequence[Field]) -> tuple[str, ...]:
    if fields[0].type == "iri":
        return ("rdfs:Resource",)
    types = {datatype(held, term) for held in fields for term in held.terms}
    if types == {None}:
        return ("skos:Concept",)
    # A name that is tagged for some records only.
    return tuple(term.name for term in types if term) if len(types) == 1 else ("rdfs:Literal",)


def _once(found: Iterable[_T]) -> list[_T]:
    return list(dict.fromkeys(found))
