"""Our own vocabulary as OWL: a class for each kind, a property for each field and role, and the public terms beside.

A class or property is under a public one only where that is true of every record. Where it depends on the record
(a service is a cpsv:PublicService while somebody offers it), skos:closeMatch says so without entailing anything.
"""

from collections.abc import Iterator, Sequence

from kaysis_graph.messages import LANGUAGES, say
from kaysis_graph.schema.definitions import Kind, Label, Schema
from kaysis_graph.schema.derive import properties, turtle
from kaysis_graph.schema.derive.properties import EARLIER, EDGE, RECORD, SPELL, Property, own

_HOME = own("")


def document(schema: Schema) -> str:
    """The ontology as Turtle: itself, the classes, the properties."""
    return turtle.document(schema, "The vocabulary of KAYSİS Graph as OWL.", _blocks(schema))


def _blocks(schema: Schema) -> Iterator[str]:
    yield turtle.block(_HOME, _ontology(schema))
    yield turtle.block(own(RECORD), _every_kind(schema))
    for kind in schema.kinds.values():
        yield turtle.block(own(kind.name), _kind(kind))
    for name, words, broader in (
        (EDGE, "edge", "rdf:Statement"),
        (EARLIER, "earlier", "rdf:Statement"),
        (SPELL, "spell", "dct:PeriodOfTime"),
    ):
        yield turtle.block(own(name), _node(words, broader))
    for one in properties.of(schema):
        yield turtle.block(own(one.name), _property(schema, one))


def _ontology(schema: Schema) -> Iterator[turtle.Said]:
    whole = schema.vocabulary
    yield "a", "owl:Ontology"
    yield "dct:title", turtle.each(whole.label)
    yield "dct:description", turtle.each(whole.about)
    yield "rdfs:comment", turtle.each(_label("ontology.how_to_read"))
    yield "owl:versionInfo", turtle.text(whole.version)
    yield "dct:license", f"<{whole.licence}>"


def _every_kind(schema: Schema) -> Iterator[turtle.Said]:
    yield "a", "owl:Class"
    yield "rdfs:label", turtle.each(_label("ontology.record"))
    yield "rdfs:comment", turtle.each(_label("ontology.record_about"))
    yield "owl:unionOf", turtle.listed(own(name) for name in schema.kinds)
    yield "rdfs:isDefinedBy", _HOME


def _kind(kind: Kind) -> Iterator[turtle.Said]:
    yield "a", "owl:Class"
    yield "rdfs:subClassOf", [own(RECORD), *(term.name for term in kind.rdf)]
    yield "skos:closeMatch", list(dict.fromkeys(term.name for terms in kind.rdf_when.values() for term in terms))
    yield "rdfs:label", turtle.each(kind.label)
    yield "rdfs:comment", turtle.each(kind.about)
    yield "rdfs:isDefinedBy", _HOME


def _node(words: str, broader: str) -> Iterator[turtle.Said]:
    yield "a", "owl:Class"
    yield "rdfs:subClassOf", broader
    yield "rdfs:label", turtle.each(_label(f"ontology.{words}"))
    yield "rdfs:comment", turtle.each(_label(f"ontology.{words}_about"))
    yield "rdfs:isDefinedBy", _HOME


def _property(schema: Schema, one: Property) -> Iterator[turtle.Said]:
    yield "a", "owl:ObjectProperty" if one.is_link else "owl:DatatypeProperty"
    yield "rdfs:subPropertyOf", [term.name for term in one.broader]
    yield "skos:closeMatch", [term.name for term in one.close]
    yield "rdfs:label", turtle.each(one.label)
    yield "skos:altLabel", [text for label in one.others for text in turtle.each(label)]
    yield (
        "rdfs:comment",
        [
            turtle.text(" ".join(dict.fromkeys(about.of(language) for about in one.abouts)), language)
            for language in LANGUAGES
            if one.abouts
        ],
    )
    yield "rdfs:domain", _union(schema, one.has)
    yield "rdfs:range", _union(schema, one.reaches)
    yield "rdfs:isDefinedBy", _HOME


def _union(schema: Schema, names: Sequence[str]) -> str:
    """One class, or the union of several; all kinds together are one class."""
    kinds = [name for name in names if name in schema.kinds]
    if len(kinds) == len(schema.kinds):
        names = [RECORD, *(name for name in names if name not in schema.kinds)]
    terms = [name if ":" in name else own(name) for name in names]
    return terms[0] if len(terms) == 1 else turtle.node([("a", "owl:Class"), ("owl:unionOf", turtle.listed(terms))])


def _label(key: str) -> Label:
    return Label(*(say(key, language) for language in LANGUAGES))
