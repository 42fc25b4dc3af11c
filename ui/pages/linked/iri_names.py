"""What IRIs are called: records by their titles, codes and our own terms by their labels, others by prefix and name."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import chain

from kaysis_graph.answers.answer import Thing, things
from kaysis_graph.graph.graph import Graph
from kaysis_graph.linked.iris import Iris
from kaysis_graph.messages import Language
from kaysis_graph.schema.definitions import OWN, Label, Term
from kaysis_graph.schema.derive import patterns
from ui.pages.frame import Cell, Frame


def cells(graph: Graph, iris: Iris, frame: Frame, asked: Iterable[str]) -> dict[str, Cell]:
    """How a page names each IRI: a record as everywhere, with its icon, kind and badges."""
    wanted = list(dict.fromkeys(asked))
    records = records_of(graph, iris, frame.at, wanted)
    own = {known.iri: known.label for known in terms(iris) if known.iri.startswith(f"{iris.base}/")}
    return {iri: _cell(iris, frame, iri, records.get(iri), own) for iri in wanted}


def records_of(graph: Graph, iris: Iris, at: date, asked: Iterable[str]) -> dict[str, Thing]:
    """The record that each IRI, or the one it belongs to, names; IRIs of no record are left out."""
    view = graph.on(at)
    places: dict[str, int] = {}
    for iri in asked:
        named = iris.record_of(iri)
        place = view.records.position_of.get(named[1]) if named is not None else None
        if place is not None:
            places[iri] = place
    order = list(dict.fromkeys(places.values()))
    found = dict(zip(order, things(view, order), strict=True))
    return {iri: found[place] for iri, place in places.items()}


@dataclass(frozen=True)
class NamedTerm:
    """A class or property as queries write it, `dct:title`, with its label."""

    term: str
    iri: str
    is_class: bool
    label: Label


def terms(iris: Iris) -> list[NamedTerm]:
    """Every class and property that records are given out with, each once, in alphabetical order."""
    found: dict[str, NamedTerm] = {}

    def know(name: str, label: Label, *, is_class: bool = False) -> None:
        prefix, _, local = name.partition(":")
        found.setdefault(name, NamedTerm(name, iris.term(Term(prefix, local)).value, is_class, label))

    for kind in iris.schema.kinds.values():
        for term in (Term(OWN, kind.name), *kind.rdf, *chain(*kind.rdf_when.values())):
            know(_spelt(term), kind.label, is_class=True)
        for edge in kind.edges.values():
            for term in (Term(OWN, edge.role), *chain(*(patterns.terms(edge, target) for target in edge.to))):
                know(_spelt(term), edge.label)
        for field in (*kind.fields.values(), *chain(*(edge.fields.values() for edge in kind.edges.values()))):
            for term in (Term(OWN, field.name), *field.rdf, *chain(*field.rdf_when.values())):
                know(_spelt(term), field.label)
    for form in patterns.of(iris.schema):
        know(form.target, form.label, is_class=True)
    for part in chain(*patterns.OF_KINDS.values(), *(form.parts for form in patterns.of(iris.schema))):
        know(part.path, part.label)
    return sorted(found.values(), key=lambda known: known.term)


def _spelt(term: Term) -> str:
    return f"{term.prefix}:{term.local}"


def label_of(iris: Iris, iri: str, language: Language, own: Mapping[str, Label]) -> str:
    """What an IRI of no record is called: a code or a term by its label, another by its prefix and its name."""
    code = iris.code_of(iri)
    if code is not None:
        return iris.schema.codes[code[0]].entries[code[1]].label.of(language)
    return own[iri].of(language) if iri in own else compact(iris, iri)


def compact(iris: Iris, iri: str) -> str:
    """The IRI as queries write it, `dct:title`; whole where no prefix fits."""
    for prefix, begins in iris.prefixes.items():
        if iri.startswith(begins) and iri != begins and "/" not in iri.removeprefix(begins):
            return f"{prefix}:{iri.removeprefix(begins)}"
    return iri


def _cell(iris: Iris, frame: Frame, iri: str, record: Thing | None, own: Mapping[str, Label]) -> Cell:
    if record is None:
        ours = f"{iris.base}/"
        href = f"/{iri.removeprefix(ours)}" if iri.startswith(ours) else iri
        return Cell(label_of(iris, iri, frame.language, own), href if href.startswith(("/", "http")) else None)
    told = frame.thing(record)
    _, _, part = iri.partition("#")
    if not part:
        return told
    return Cell(f"{told.text} #{part}", told.href, told.kind, told.badges, shape=told.shape)
