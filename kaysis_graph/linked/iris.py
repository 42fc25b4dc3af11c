"""The IRIs of records, terms, codes and graphs, minted and read in one place.

A record is `{base}/id/{kind}/{id}`, and what belongs to it has a fragment behind that. Everything of the vocabulary
lies under `{base}/def/`. Letters outside ASCII are percent-encoded as UTF-8, so that every client writes an IRI alike.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import quote, unquote

from pyoxigraph import NamedNode

from kaysis_graph.publication import NOTHING_SAID, Publication
from kaysis_graph.schema import Kind, Schema
from kaysis_graph.schema.definitions import OWN, Term

# What needs no encoding in a path (RFC 3986, section 2.3).
_PLAIN = "-._~"


@dataclass(frozen=True, eq=False)
class Iris:
    """All IRIs under one base, for one schema, and who answers for them: a graph is published under its base."""

    base: str
    schema: Schema
    publication: Publication = NOTHING_SAID

    @cached_property
    def prefixes(self) -> Mapping[str, str]:
        """Every vocabulary by its prefix: ours, our codes and graphs, the records of each kind, the public ones."""
        kinds = {kind.slug: f"{self.base}/id/{kind.slug}/" for kind in self.schema.kinds.values()}
        own = {OWN: f"{self.base}/def/", "code": f"{self.base}/def/code/", "graph": f"{self.base}/id/graph/"}
        return {**own, **kinds, **self.schema.prefixes}

    def record(self, kind: Kind, identifier: str) -> str:
        """The IRI of a record."""
        return f"{self.base}/id/{kind.slug}/{quote(identifier, _PLAIN)}"

    def term(self, term: Term) -> NamedNode:
        """A class or property of any vocabulary."""
        return NamedNode(f"{self.prefixes[term.prefix]}{term.local}")

    def own(self, name: str) -> NamedNode:
        """A class or property of our own vocabulary: a kind, a field or the role of an edge."""
        return NamedNode(f"{self.base}/def/{name}")

    def scheme(self, codes: str) -> NamedNode:
        """A code list."""
        return NamedNode(f"{self.base}/def/code/{codes}")

    def code(self, codes: str, code: str) -> NamedNode:
        """One code of a list."""
        return NamedNode(f"{self.base}/def/code/{codes}.{code}")

    @cached_property
    def history(self) -> NamedNode:
        """The graph of what is not valid today."""
        return NamedNode(f"{self.base}/id/graph/history")

    @cached_property
    def ontology(self) -> NamedNode:
        """The graph of our own vocabulary; the vocabulary itself is `{base}/def/`."""
        return NamedNode(f"{self.base}/id/graph/ontology")

    @cached_property
    def catalogue(self) -> NamedNode:
        """The catalogue that all services are part of."""
        return NamedNode(f"{self.base}/id/catalogue")

    @cached_property
    def publisher(self) -> NamedNode:
        """Whoever runs this service."""
        return NamedNode(f"{self.base}/id/publisher")

    @property
    def stream(self) -> str:
        """Where the stream of changes is read, of which every page lies below."""
        return f"{self.base}/data/stream"

    @cached_property
    def unknown_place(self) -> NamedNode:
        """The place of an organisation whose place is not known."""
        return NamedNode(f"{self.base}/id/catalogue#unknown-place")

    def record_of(self, iri: str) -> tuple[Kind, str] | None:
        """The kind and the identifier of the record that an IRI, or one it owns, names; None when it names none."""
        path, _, _ = iri.partition("#")
        home = f"{self.base}/id/"
        if not path.startswith(home):
            return None
        slug, _, name = path.removeprefix(home).partition("/")
        kind = self.schema.kind(slug)
        if kind is None or kind.slug != slug or not name or "/" in name:
            return None
        return kind, unquote(name)

    def code_of(self, iri: str) -> tuple[str, str] | None:
        """The list and the code that an IRI names; None when it names none we know."""
        codes, _, code = iri.removeprefix(f"{self.base}/def/code/").partition(".")
        held = self.schema.codes.get(codes)
        return (codes, code) if held is not None and code in held.entries else None


def fragment(*parts: str) -> str:
    """The part of an owned IRI behind the record's, its parts told apart by a sign that none of them keeps."""
    return "#" + "~".join(quote(part, "-._").replace("~", "%7E") for part in parts)
