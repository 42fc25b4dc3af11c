"""The code lists as SKOS concept schemes; the export takes its own from here (`linked/export/vocabulary.py`)."""

from collections.abc import Iterable, Iterator

from kaysis_graph.schema.definitions import CodeList, Entry, Schema
from kaysis_graph.schema.derive import turtle


def document(schema: Schema, lists: Iterable[CodeList] | None = None) -> str:
    """The lists as Turtle, or all of them, with labels in both languages and the order of the list."""
    about = "Code lists of KAYSİS Graph as SKOS concept schemes."
    return turtle.document(schema, about, _blocks(schema.codes.values() if lists is None else lists))


def _blocks(lists: Iterable[CodeList]) -> Iterator[str]:
    for codes in lists:
        yield turtle.block(f"code:{codes.name}", _scheme(codes))
        for entry in codes.entries.values():
            yield turtle.block(f"code:{codes.name}.{entry.code}", _concept(codes, entry))


def _scheme(codes: CodeList) -> Iterator[turtle.Said]:
    yield "a", "skos:ConceptScheme"
    # DCAT-AP wants a title of a scheme, SKOS a label.
    yield "dct:title", turtle.each(codes.label)
    yield "skos:prefLabel", turtle.each(codes.label)
    yield "skos:hasTopConcept", [f"code:{codes.name}.{code}" for code in codes.entries]


def _concept(codes: CodeList, entry: Entry) -> Iterator[turtle.Said]:
    yield "a", ["skos:Concept", *(term.name for term in codes.rdf)]
    yield "skos:inScheme", f"code:{codes.name}"
    yield "skos:notation", turtle.text(entry.code)
    yield "skos:prefLabel", turtle.each(entry.label)
