"""What every export needs beside the records: code lists, the catalogue, and the few outside things that are named.

Everything pointed at is typed, so that a consumer's shapes hold on the export alone.
"""

from collections.abc import Iterator

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from kaysis_graph.linked import forms
from kaysis_graph.linked.forms import Subject
from kaysis_graph.linked.iris import Iris
from kaysis_graph.linked.literals import RDF
from kaysis_graph.messages import LANGUAGES, say
from kaysis_graph.schema.definitions import CodeList, Label, Term

_TYPE = NamedNode(f"{RDF}type")


def quads(iris: Iris) -> Iterator[Quad]:
    """Code lists as concept schemes, the catalogue with its publisher, and what lies in no register of ours."""
    for codes in iris.schema.codes.values():
        yield from code_list(iris, codes)
    yield from catalogue(iris)
    yield from _outside(iris)


def code_list(iris: Iris, codes: CodeList) -> Iterator[Quad]:
    """A code list as a SKOS concept scheme, with labels in both languages and the order of the list."""
    concept, scheme, label, in_scheme, top, notation = (
        iris.term(Term("skos", name))
        for name in ("Concept", "ConceptScheme", "prefLabel", "inScheme", "hasTopConcept", "notation")
    )
    home = _subject(iris.scheme(codes.name))
    yield home.says(_TYPE, scheme)
    # DCAT-AP wants a title of a scheme, SKOS a label.
    yield from _labels(home, iris.term(Term("dct", "title")), codes.label)
    yield from _labels(home, label, codes.label)
    for entry in codes.entries.values():
        one = _subject(iris.code(codes.name, entry.code))
        yield home.says(top, one.iri)
        yield one.says(_TYPE, concept)
        for term in codes.rdf:
            yield one.says(_TYPE, iris.term(term))
        yield one.says(in_scheme, home.iri)
        yield one.says(notation, Literal(entry.code))
        yield from _labels(one, label, entry.label)


def catalogue(iris: Iris) -> Iterator[Quad]:
    """The catalogue of services as a dataset (CPSV-AP 3.2.0), published by whoever runs this service."""
    home, publisher = _subject(iris.catalogue), _subject(iris.publisher)
    yield home.says(_TYPE, iris.term(Term("dcat", "Dataset")))
    yield home.says(forms.IDENTIFIER, Literal("catalogue"))
    for language in LANGUAGES:
        for name, key in (("title", "linked.catalogue"), ("description", "linked.catalogue_about")):
            yield home.says(iris.term(Term("dct", name)), Literal(say(key, language), language=language))
    yield home.says(iris.term(Term("dct", "publisher")), publisher.iri)
    yield publisher.says(_TYPE, iris.term(Term("foaf", "Agent")))
    yield publisher.says(forms.IDENTIFIER, Literal("publisher"))
    for language in LANGUAGES:
        called = Literal(say("linked.publisher", language), language=language)
        yield publisher.says(iris.term(Term("foaf", "name")), called)
        yield publisher.says(iris.term(Term("dct", "title")), called)


def _outside(iris: Iris) -> Iterator[Quad]:
    yield _subject(forms.TURKIYE).says(_TYPE, iris.term(Term("dct", "Location")))
    for language in (forms.TURKISH, forms.ENGLISH):
        yield _subject(language).says(_TYPE, iris.term(Term("dct", "LinguisticSystem")))
    for state in (forms.IN_FORCE, forms.PARTLY_IN_FORCE, forms.NOT_IN_FORCE):
        yield _subject(state).says(_TYPE, iris.term(Term("eli", "InForce")))


def _labels(subject: Subject, predicate: NamedNode, label: Label) -> Iterator[Quad]:
    for language in LANGUAGES:
        yield subject.says(predicate, Literal(label.of(language), language=language))


def _subject(iri: NamedNode) -> Subject:
    return Subject(iri, DefaultGraph())
