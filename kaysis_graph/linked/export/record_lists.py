"""Lists of records for harvesters, page by page: which there are of a kind, and when each was last changed (Hydra)."""

import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode, Triple

from kaysis_graph.article_order import record_key
from kaysis_graph.graph.queries import load
from kaysis_graph.graph.record_table import RecordTable
from kaysis_graph.graph.store import Reader
from kaysis_graph.linked import literals
from kaysis_graph.linked.export import documents
from kaysis_graph.linked.export.description import TYPE
from kaysis_graph.linked.export.documents import MODIFIED
from kaysis_graph.linked.iris import Iris
from kaysis_graph.linked.literals import XSD
from kaysis_graph.linked.patterns import IDENTIFIER
from kaysis_graph.messages import LANGUAGES
from kaysis_graph.schema import Kind

AT_A_TIME = 250
HYDRA = "http://www.w3.org/ns/hydra/core#"
_LAST_CHANGES = load("records/last_changes")


@dataclass(frozen=True)
class LastChange:
    """When a record was last changed."""

    id: str
    at: str


@dataclass(frozen=True)
class ListPart:
    """Some identifiers that follow one, of how many in all, and whether there are more behind them."""

    after: str | None
    identifiers: Sequence[str]
    total: int
    has_more: bool


def part_of(records: RecordTable, kind: Kind, after: str | None) -> ListPart:
    """The identifiers of a kind that follow one, in their order; those of records that have ended, too."""
    every = records.ids[records.in_rank(records.of_kinds(kind.name))]
    start = 0 if after is None else bisect.bisect_right(every, record_key(after), key=record_key)
    return ListPart(after, every[start : start + AT_A_TIME].tolist(), len(every), start + AT_A_TIME < len(every))


def list_address(iris: Iris, kind: Kind, after: str | None = None) -> str:
    """Where the records of a kind are listed, from behind an identifier on when one is given."""
    return f"{iris.base}/data/{kind.slug}" + ("" if after is None else f"?after={quote(after, '-._~')}")


def page(reader: Reader, iris: Iris, kind: Kind, part: ListPart) -> Iterator[Triple]:
    """Some records of a kind with their names and the times of their last changes, and the way to the next page."""
    after, identifiers = part.after, part.identifiers
    collection, view = NamedNode(list_address(iris, kind)), NamedNode(list_address(iris, kind, after))
    if after is None:
        view = NamedNode(f"{collection.value}#page")
    yield Triple(collection, TYPE, _hydra("Collection"))
    for language in LANGUAGES:
        title = Literal(kind.plural.of(language), language=language)
        yield Triple(collection, NamedNode("http://purl.org/dc/terms/title"), title)
    yield Triple(collection, _hydra("totalItems"), Literal(str(part.total), datatype=NamedNode(f"{XSD}integer")))
    yield Triple(collection, _hydra("view"), view)
    yield Triple(view, TYPE, _hydra("PartialCollectionView"))
    yield Triple(view, _hydra("first"), collection)
    if part.has_more:
        yield Triple(view, _hydra("next"), NamedNode(list_address(iris, kind, identifiers[-1])))
    nodes = {name: NamedNode(iris.record(kind, name)) for name in identifiers}
    times = last_changed(reader, identifiers)
    for name, node in nodes.items():
        yield Triple(collection, _hydra("member"), node)
        yield Triple(node, IDENTIFIER, Literal(name))
        if (at := times.get(name)) is not None:
            yield Triple(node, MODIFIED, literals.moment(at))
    yield from documents.named_records(reader, iris, nodes)


def last_changed(reader: Reader, identifiers: Sequence[str]) -> dict[str, str]:
    """When each of the records, or an edge that leaves it, was last changed, as the change sequence writes times."""
    return {row.id: row.at for row in reader.read(_LAST_CHANGES, into=LastChange, ids=list(identifiers))}


def _hydra(name: str) -> NamedNode:
    return NamedNode(f"{HYDRA}{name}")
