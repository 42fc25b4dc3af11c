"""What every export needs beside the records: code lists, the catalogue, and the few outside things that are named.

Everything pointed at is typed, so that a consumer's shapes hold on the export alone.
"""

from collections.abc import Iterator

import pyoxigraph
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from kaysis_graph.linked import patterns
from kaysis_graph.linked.iris import Iris
from kaysis_graph.linked.literals import RDF
from kaysis_graph.linked.patterns import Subject
from kaysis_graph.messages import LANGUAGES, say
from kaysis_graph.publication import Texts
from kaysis_graph.schema.definitions import Term
from kaysis_graph.schema.derive import skos, turtle

_TYPE = NamedNode(f"{RDF}type")


def quads(iris: Iris) -> Iterator[Quad]:
    """Code lists as concept schemes, the catalogue with its publisher, and what lies in no register of ours."""
    yield from triples(iris, skos.document(iris.schema))
    yield from catalogue(iris)
    yield from _outside(iris)


def under(text: str, base: str) -> str:
    """A derived file (ontology, shapes, context, codes) as it reads under a base; the base has no slash at its end."""
    return text.replace(turtle.STAND_IN, base)


def triples(iris: Iris, text: str) -> Iterator[Quad]:
    """What a derived Turtle file says, under the base, in the default graph."""
    yield from pyoxigraph.parse(under(text, iris.base), pyoxigraph.RdfFormat.TURTLE)


def catalogue(iris: Iris) -> Iterator[Quad]:
    """The catalogue of services as a dataset (CPSV-AP 3.2.0), published by whoever runs this service."""
    home, publisher, said = _subject(iris.catalogue), _subject(iris.publisher), iris.publication
    yield home.says(_TYPE, iris.term(Term("dcat", "Dataset")))
    yield home.says(patterns.IDENTIFIER, Literal("catalogue"))
    for title in texts(said.title, "linked.catalogue"):
        yield home.says(iris.term(Term("dct", "title")), title)
    for description in texts(said.description, "linked.catalogue_about"):
        yield home.says(iris.term(Term("dct", "description")), description)
    yield home.says(iris.term(Term("dct", "publisher")), publisher.iri)
    yield publisher.says(_TYPE, iris.term(Term("foaf", "Agent")))
    yield publisher.says(patterns.IDENTIFIER, Literal("publisher"))
    for called in texts(said.publisher, "linked.publisher"):
        yield publisher.says(iris.term(Term("foaf", "name")), called)
        yield publisher.says(iris.term(Term("dct", "title")), called)
    yield from unknown_place(iris)


def unknown_place(iris: Iris) -> Iterator[Quad]:
    """The place of organisations of which nobody has told it: a location that says no more than this."""
    place = _subject(iris.unknown_place)
    yield place.says(_TYPE, iris.term(Term("dct", "Location")))
    for language in LANGUAGES:
        yield place.says(
            iris.term(Term("rdfs", "label")), Literal(say("linked.place_not_told", language), language=language)
        )


def texts(said: Texts, key: str) -> Iterator[Literal]:
    """The text that the operator gave, in its languages; our own text under the key where there is none."""
    for language in LANGUAGES:
        if not said or language in said:
            yield Literal(said[language] if said else say(key, language), language=language)


def _outside(iris: Iris) -> Iterator[Quad]:
    for language in patterns.LANGUAGES_OF_TEXTS.values():
        for prefix, name in (("dct", "LinguisticSystem"), ("eli", "Language")):
            yield _subject(language).says(_TYPE, iris.term(Term(prefix, name)))
    for state in (patterns.IN_FORCE, patterns.PARTLY_IN_FORCE, patterns.NOT_IN_FORCE):
        yield _subject(state).says(_TYPE, iris.term(Term("eli", "InForce")))


def _subject(iri: NamedNode) -> Subject:
    return Subject(iri, DefaultGraph())
