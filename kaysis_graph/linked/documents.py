"""Documents of RDF for readers of one thing: a record, the vocabulary, a code list, in each serialisation."""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Literal, get_args

import pyoxigraph
from pyoxigraph import Literal as Text
from pyoxigraph import NamedNode, RdfFormat, Triple

from kaysis_graph import files
from kaysis_graph.graph import history
from kaysis_graph.graph.store import Reader
from kaysis_graph.graph.view import View
from kaysis_graph.linked import forms, literals, vocabulary
from kaysis_graph.linked.compacting import Context
from kaysis_graph.linked.describing import TYPE, Describer
from kaysis_graph.linked.iris import Iris
from kaysis_graph.registry import names
from kaysis_graph.registry.streaming import Whole
from kaysis_graph.schema.definitions import Term

Serialisation = Literal["turtle", "jsonld", "rdfxml", "ntriples"]
SERIALISATIONS: tuple[Serialisation, ...] = get_args(Serialisation)
MODIFIED = NamedNode("http://purl.org/dc/terms/modified")
_FORMATS = {"turtle": RdfFormat.TURTLE, "rdfxml": RdfFormat.RDF_XML, "ntriples": RdfFormat.N_TRIPLES}


def of_record(reader: Reader, iris: Iris, view: View, whole: Whole) -> list[Triple]:
    """All that is said of a record, of today and of other days alike, with the names of whatever it points at.

    And when the record or an edge that leaves it was last changed, which a harvester looks at first.
    """
    # The engines give edges in orders of their own.
    edges = sorted(whole.edges, key=lambda edge: (edge.type, edge.target, edge.first_day))
    quads = Describer(iris, view).quads(whole.record, edges)
    said = dict.fromkeys(quad.triple for quad in quads)
    reached = dict.fromkeys(one.object for one in said if isinstance(one.object, NamedNode))
    said |= dict.fromkeys(_named(reader, iris, whole, reached))
    last = max(whole.changes, default=0)
    home = NamedNode(iris.record(iris.schema.kinds[whole.record.kind], whole.record.id))
    said |= {Triple(home, MODIFIED, literals.moment(at)): None for at in history.times_of(reader, [last]).values()}
    return list(said)


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


def _named(reader: Reader, iris: Iris, whole: Whole, reached: Iterable[NamedNode]) -> Iterator[Triple]:
    """The class and the titles of the records among them, the labels of the codes."""
    label, concept = (iris.term(Term("skos", name)) for name in ("prefLabel", "Concept"))
    others: dict[str, NamedNode] = {}
    for node in reached:
        if whole.record.kind == "CorrespondenceStep" and node.value.endswith(forms.PROCEDURE):
            yield Triple(node, TYPE, iris.term(Term("cpsv", "Rule")))
        if (record := iris.record_of(node.value)) is not None and "#" not in node.value:
            others[record[1]] = node
        elif (code := iris.code_of(node.value)) is not None:
            held = iris.schema.codes[code[0]].entries[code[1]].label
            yield Triple(node, TYPE, concept)
            yield Triple(node, label, Text(held.tr, language="tr"))
            yield Triple(node, label, Text(held.en, language="en"))
    others.pop(whole.record.id, None)
    yield from named_records(reader, iris, others)


def named_records(reader: Reader, iris: Iris, nodes: Mapping[str, NamedNode]) -> Iterator[Triple]:
    """The class and the titles of records, whose nodes are given by their identifiers."""
    title = iris.term(Term("dct", "title"))
    for identifier, name in names.titles(reader, iris.schema, nodes).items():
        node = nodes[identifier]
        yield Triple(node, TYPE, iris.own(name.kind))
        yield Triple(node, title, Text(name.title, language="tr"))
        if name.title_en:
            yield Triple(node, title, Text(name.title_en, language="en"))


def _prefixes(iris: Iris, triples: Iterable[Triple]) -> dict[str, str]:
    """The prefixes that something begins with, so that a document does not begin with thirty lines nobody needs."""
    written = {term.value for one in triples for term in (one.subject, one.predicate, one.object)
               if isinstance(term, NamedNode)}  # fmt: skip
    written |= {one.object.datatype.value for one in triples if isinstance(one.object, Text)}
    return {name: home for name, home in iris.prefixes.items() if any(iri.startswith(home) for iri in written)}


@lru_cache(maxsize=8)
def _published(base: str, name: str) -> str:
    return vocabulary.under((files.ONTOLOGY / name).read_text(encoding="utf-8"), base)


@lru_cache(maxsize=2)
def _context(base: str) -> Context:
    return Context(_published(base, "context.jsonld"))
