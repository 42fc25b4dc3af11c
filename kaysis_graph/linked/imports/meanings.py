"""What classes and properties mean in the schema: its `rdf` keys read the other way round.

Beside its own terms a reader meets what catalogues write in their place: older namespaces, narrower classes, the
inverse of a property, the property of a neighbouring vocabulary. Each is listed here with the term it stands for.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from kaysis_graph.linked.iris import Iris
from kaysis_graph.linked.literals import LAST_DAYS
from kaysis_graph.schema import Kind, Schema
from kaysis_graph.schema.definitions import EdgeDefinition, Field, Term

# The base under which our own terms are compared, whatever base a file has.
_BASE = "urn:kaysis"
_OWN_TERM = re.compile(r"(?:https?|urn):\S*/def/([A-Za-z][A-Za-z0-9_]*)")
# Namespaces that are written in another way than the standard says.
_NAMESPACES = {
    "https://data.europa.eu/m8g/": "http://data.europa.eu/m8g/",
    "http://data.europa.eu/m8g#": "http://data.europa.eu/m8g/",
    "http://purl.org/dc/elements/1.1/": "http://purl.org/dc/terms/",
    "https://purl.org/dc/terms/": "http://purl.org/dc/terms/",
    "http://schema.org/": "https://schema.org/",
    "https://purl.org/vocab/cpsv#": "http://purl.org/vocab/cpsv#",
    "https://data.europa.eu/eli/ontology#": "http://data.europa.eu/eli/ontology#",
    "https://www.w3.org/": "http://www.w3.org/",
    "https://xmlns.com/foaf/0.1/": "http://xmlns.com/foaf/0.1/",
}
# Terms that say the same as one of ours, or less: superseded, narrower, misspelt, of a neighbouring vocabulary.
_TERMS = {
    "org:FormalOrganization": "org:Organization",
    "org:OrganizationalUnit": "org:Organization",
    "cv:PublicOrganization": "cv:PublicOrganisation",
    "cv:Evidence": "cv:EvidenceType",
    "cpsv:Input": "cv:EvidenceType",
    "cpsv:Output": "cv:Output",
    "cv:spatial": "dct:spatial",
    "cpsv:hasInput": "cv:hasInputType",
    "cv:hasSupportingEvidence": "cv:hasInputType",
    "org:unitOf": "org:subOrganizationOf",
    "eli:title": "dct:title",
    "eli:title_short": "skos:altLabel",
    "eli:title_alternative": "skos:altLabel",
    "dct:alternative": "skos:altLabel",
    "schema:alternateName": "skos:altLabel",
    "skos:hiddenLabel": "skos:altLabel",
    "rdfs:label": "dct:title",
    "skos:exactMatch": "owl:sameAs",
    "schema:sameAs": "owl:sameAs",
    "rdfs:comment": "dct:description",
    "schema:name": "dct:title",
    "schema:description": "dct:description",
    "schema:startDate": "kaysis:valid_from",
    "schema:endDate": "kaysis:valid_to",
}
# What says the same where a kind has no use of its own for the property.
_NAMES = {
    "skos:prefLabel": "dct:title",
    "foaf:name": "dct:title",
    # Of a provision, whose own property is younger than most catalogues.
    "eli:type_document": "eli:type_subdivision",
}
# The inverse of a property of ours.
_INVERSES = {
    "org:hasSubOrganization": "org:subOrganizationOf",
    "org:hasUnit": "org:subOrganizationOf",
    "org:heldBy": "org:holds",
    "eli:has_part": "eli:is_part_of",
    "eli:repealed_by": "eli:repeals",
    "eli:amended_by": "eli:amends",
    "eli:basis_for": "eli:based_on",
    "dct:replaces": "dct:isReplacedBy",
    "dct:hasPart": "dct:isPartOf",
    # Of a datum; where a kind has a use of its own for a property, that comes first.
    "dct:isPartOf": "kaysis:contains",
}
# Classes that say too little to make a record: an agent may be a person, or whoever publishes the file.
_TOO_WIDE = ("foaf:Agent", "eli:Agent")

Languages = Mapping[str | None, Field]


@dataclass(frozen=True)
class KindMeaning:
    """What properties say of a record of the kind: a field by the language of the text, or an edge."""

    kind: Kind
    fields: Mapping[str, Languages]
    edges: Mapping[str, tuple[EdgeDefinition, ...]]
    edge_fields: Mapping[str, Mapping[str, Languages]]


class Meanings:
    """The schema by classes and properties."""

    def __init__(self, schema: Schema) -> None:
        self.schema = schema
        self.iris = Iris(_BASE, schema)
        self._canonical: dict[str, str] = {}
        self._same = self._pairs(_TERMS)
        self._names = self._pairs(_NAMES)
        self.inverses = self._pairs(_INVERSES)
        self._last_days = frozenset(map(self.named, LAST_DAYS))

    def canonical(self, iri: str) -> str:
        """The class or property as the schema writes it; what it does not know is given back as it is."""
        held = self._canonical.get(iri)
        if held is None:
            held = self._canonical[iri] = self._found(iri)
        return held

    @cached_property
    def own_classes(self) -> Mapping[str, str]:
        """The kind that each class of our own vocabulary is."""
        return {self.iris.own(kind.name).value: kind.name for kind in self.schema.kinds.values()}

    @cached_property
    def classes(self) -> Mapping[str, frozenset[str]]:
        """The kinds that each class of a public vocabulary may be."""
        wide = {self.named(term) for term in _TOO_WIDE}
        found: dict[str, set[str]] = defaultdict(set)
        for kind in self.schema.kinds.values():
            for term in chain(kind.rdf, *kind.rdf_when.values()):
                found[self.iris.term(term).value].add(kind.name)
        return {iri: frozenset(kinds) for iri, kinds in found.items() if iri not in wide}

    @cached_property
    def kinds(self) -> Mapping[str, KindMeaning]:
        """What properties mean, by the name of the kind."""
        return {kind.name: self._kind(kind) for kind in self.schema.kinds.values()}

    def named(self, said: str) -> str:
        """The IRI of `prefix:name`."""
        prefix, _, local = said.partition(":")
        return self.iris.term(Term(prefix, local)).value

    def tells_last_day(self, iri: str) -> bool:
        """Whether a property, as a catalogue writes it, has the last day of something for its value."""
        return _spelled(iri) in self._last_days

    def field(self, meaning: KindMeaning, predicate: str) -> Languages | None:
        """The fields of the kind that a property, as the schema writes it, gives."""
        return meaning.fields.get(predicate) or meaning.fields.get(self._names.get(predicate, ""))

    def rank(self, field: Field, predicate: str) -> int:
        """How near a property is to the field: 0 for its own name, then as the schema lists them, last what is lent."""
        ways = [self.iris.own(field.name).value, *(self.iris.term(term).value for term in _terms(field))]
        return ways.index(predicate) if predicate in ways else len(ways)

    def _found(self, iri: str) -> str:
        if (own := _OWN_TERM.fullmatch(iri)) is not None:
            return self.iris.own(own[1]).value
        iri = _spelled(iri)
        return self._same.get(iri, iri)

    def _pairs(self, table: Mapping[str, str]) -> dict[str, str]:
        return {self.named(said): self.named(meant) for said, meant in table.items()}

    def _kind(self, kind: Kind) -> KindMeaning:
        edges: dict[str, list[EdgeDefinition]] = defaultdict(list)
        for edge in kind.edges.values():
            for iri in {self.iris.own(edge.role).value, *(self.iris.term(term).value for term in edge.rdf.values())}:
                edges[iri].append(edge)
        return KindMeaning(
            kind=kind,
            fields=self._fields(kind.fields.values()),
            edges={iri: tuple(found) for iri, found in edges.items()},
            edge_fields={edge.type: self._fields(edge.fields.values()) for edge in kind.edges.values()},
        )

    def _fields(self, fields: Iterable[Field]) -> dict[str, dict[str | None, Field]]:
        found: dict[str, dict[str | None, Field]] = defaultdict(dict)
        for field in fields:
            for term in _terms(field):
                found[self.iris.term(term).value].setdefault(term.language, field)
            found[self.iris.own(field.name).value] = {None: field}
        return dict(found)


def _terms(field: Field) -> Iterator[Term]:
    return chain(field.rdf, *field.rdf_when.values())


def _spelled(iri: str) -> str:
    """The class or property in the namespace that its vocabulary has now."""
    for said, meant in _NAMESPACES.items():
        if iri.startswith(said):
            return meant + iri.removeprefix(said)
    return iri
