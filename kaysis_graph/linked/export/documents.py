"""Documents of RDF for readers of one thing: a record, the vocabulary, a code list, in each serialisation."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, get_args

import pyoxigraph
from pyoxigraph import NamedNode, RdfFormat, Triple

from kaysis_graph import files
from kaysis_graph.graph.queries import load
from kaysis_graph.graph.store import Reader
from kaysis_graph.graph.view import View
from kaysis_graph.linked import literals, patterns, wordings
from kaysis_graph.linked.export import vocabulary
from kaysis_graph.linked.export.description import TYPE, Describer
from kaysis_graph.linked.export.jsonld import Context
from kaysis_graph.linked.export.whole_graph import FORMS
from kaysis_graph.linked.iris import Iris
from kaysis_graph.records import names, whole_records
from kaysis_graph.records.whole_records import LatestWhole
from kaysis_graph.schema import Kind
from kaysis_graph.schema.definitions import Term
from kaysis_graph.schema.fieldtypes import parts_of_wording

_OTHER_TITLES = load("records/other_titles")
Serialisation = Literal["turtle", "jsonld", "rdfxml", "ntriples"]
SERIALISATIONS: tuple[Serialisation, ...] = get_args(Serialisation)
MODIFIED = NamedNode("http://purl.org/dc/terms/modified")
_FORMATS = {"turtle": RdfFormat.TURTLE, "rdfxml": RdfFormat.RDF_XML, "ntriples": RdfFormat.N_TRIPLES}


@dataclass(frozen=True)
class OtherTitles:
    """The titles of a record in other languages, each with its language."""

    id: str
    other_titles: list[str]


def of_record(reader: Reader, iris: Iris, view: View, whole: LatestWhole) -> list[Triple]:
    """All that is said of a record, of today and of other days alike, and of what it points at enough for its classes.

    So the document keeps the rules of the standards by itself. It says, too, when the record or an edge that leaves it
    was last changed, which a harvester looks at first.
    """
    describer = Describer(iris, view)
    quads = describer.quads(whole.record, whole.edges)
    said = dict.fromkeys(quad.triple for quad in quads)
    home = NamedNode(iris.record(iris.schema.kinds[whole.record.kind], whole.record.id))
    if whole.changed_at is not None:
        said[Triple(home, MODIFIED, literals.moment(whole.changed_at))] = None
    described = {whole.record.id}
    # It ends: what is demanded leads from parts to their wholes, on to who provides these, and to where that is.
    while wanted := sorted({identifier for _, identifier in _records(iris, said)} - described):
        pointed_at = {one.object for one in said}
        for one in sorted(whole_records.some_on(reader, iris.schema, view, wanted), key=lambda held: held.record.id):
            followed = NamedNode(
                f"{iris.record(iris.schema.kinds[one.record.kind], one.record.id)}{patterns.PROCEDURE}"
            )
            told = describer.neighbour(one.record, one.edges, is_followed=followed in pointed_at)
            said |= dict.fromkeys(quad.triple for quad in told)
        described.update(wanted)
    return [*said, *_surroundings(iris, said)]


def serialised(iris: Iris, triples: Iterable[Triple], form: Serialisation) -> bytes:
    """The statements as text, subject by subject in the order in which these are first met."""
    grouped: dict[str, list[Triple]] = {}
    for one in triples:
        grouped.setdefault(str(one.subject), []).append(one)
    ordered = [one for group in grouped.values() for one in group]
    if form == "jsonld":
        return _context(iris.base).document(ordered).encode()
    prefixes = {} if form == "ntriples" else _prefixes(iris, ordered)
    # Without an output it gives the text.
    return pyoxigraph.serialize(ordered, format=_FORMATS[form], prefixes=prefixes) or b""


def published(iris: Iris, name: str) -> str:
    """A derived file of `ontology/` as it reads under our base."""
    return _published(iris.base, name)


def parsed(text: str) -> list[Triple]:
    """The statements of a Turtle text."""
    return [quad.triple for quad in pyoxigraph.parse(text, RdfFormat.TURTLE)]


def named_records(reader: Reader, iris: Iris, nodes: Mapping[str, NamedNode]) -> Iterator[Triple]:
    """The class and the titles of records, whose nodes are given by their identifiers."""
    title = iris.term(Term("dct", "title"))
    beside = {row.id: row.other_titles for row in reader.read(_OTHER_TITLES, into=OtherTitles, ids=list(nodes))}
    for identifier, name in names.stored_titles(reader, iris.schema, nodes).items():
        node = nodes[identifier]
        borrowed = wordings.language_among(map(parts_of_wording, beside.get(identifier, ())), name.title)
        yield Triple(node, TYPE, iris.own(name.kind))
        yield Triple(node, title, pyoxigraph.Literal(name.title, language=borrowed or wordings.MAIN))
        if name.title_en:
            yield Triple(node, title, pyoxigraph.Literal(name.title_en, language="en"))


def _records(iris: Iris, said: Iterable[Triple]) -> Iterator[tuple[Kind, str]]:
    """The records that are pointed at, as themselves or by the procedure that a service follows."""
    for one in said:
        if isinstance(one.object, NamedNode):
            value = one.object.value.removesuffix(patterns.PROCEDURE)
            if "#" not in value and (found := iris.record_of(value)) is not None:
                yield found


def _surroundings(iris: Iris, said: Iterable[Triple]) -> Iterator[Triple]:
    """What is pointed at and is no record: codes with their lists, the catalogue, languages, states of force."""
    known = _outside(iris)
    waiting = [one.object for one in said]
    done: set[object] = set()
    while waiting:
        node = waiting.pop(0)
        if node in done or not isinstance(node, NamedNode):
            continue
        done.add(node)
        for one in known.get(node, ()):
            yield one
            waiting.append(one.object)


@lru_cache(maxsize=2)
def _outside(iris: Iris) -> Mapping[NamedNode, Sequence[Triple]]:
    """The statements beside those on records that every export has, by subject; of a code list only its title."""
    found: dict[NamedNode, list[Triple]] = defaultdict(list)
    tops = iris.term(Term("skos", "hasTopConcept"))
    for quad in vocabulary.quads(iris):
        if isinstance(quad.subject, NamedNode) and quad.predicate != tops:
            found[quad.subject].append(quad.triple)
    return found


def _prefixes(iris: Iris, triples: Iterable[Triple]) -> dict[str, str]:
    """The prefixes that something begins with, so that a document does not begin with thirty lines nobody needs."""
    written = {term.value for one in triples for term in (one.subject, one.predicate, one.object)
               if isinstance(term, NamedNode)}  # fmt: skip
    written |= {one.object.datatype.value for one in triples if isinstance(one.object, pyoxigraph.Literal)}
    return {name: home for name, home in iris.prefixes.items() if any(iri.startswith(home) for iri in written)}


@lru_cache(maxsize=8)
def _published(base: str, name: str) -> str:
    return vocabulary.under((files.ONTOLOGY / name).read_text(encoding="utf-8"), base)


@lru_cache(maxsize=2)
def _context(base: str) -> Context:
    return Context(_published(base, "context.jsonld"))


MEDIA: Mapping[Serialisation, str] = {name: FORMS[name].media for name in SERIALISATIONS}
ENDINGS: Mapping[str, Serialisation] = {FORMS[name].suffix.removeprefix("."): name for name in SERIALISATIONS}
