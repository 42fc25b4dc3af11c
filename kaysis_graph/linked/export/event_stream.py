"""The stream of versions as RDF: an event stream by LDES 1.0 over the pages of TREE.

Each page leads to the next, so that who comes back asks for the last page he had. A version is named by its record and
its time; what it says is in a graph of its own name, with the IRIs of the record's own document, and in formats that
have no graphs beside it. A record that was deleted has an `as:Delete` in its place.
"""

from collections.abc import Iterator, Sequence
from urllib.parse import quote

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from kaysis_graph.graph.store import Reader
from kaysis_graph.graph.view import View
from kaysis_graph.linked import literals
from kaysis_graph.linked.export.description import Describer
from kaysis_graph.linked.export.versions import Version
from kaysis_graph.linked.iris import Iris, fragment
from kaysis_graph.linked.literals import RDF, XSD
from kaysis_graph.messages import LANGUAGES, say
from kaysis_graph.records import whole_records

# Ten statements a record make a page of 300 kB.
AT_A_TIME = 250
_FIRST = "0"
_LDES, _TREE, _DCT = "https://w3id.org/ldes#", "https://w3id.org/tree#", "http://purl.org/dc/terms/"
_ACTIVITY = "https://www.w3.org/ns/activitystreams#"
_TYPE = NamedNode(f"{RDF}type")
_DEFAULT = DefaultGraph()
# Who follows within a minute is told of everything in time to show it; the copies themselves follow within a second.
_SECONDS_BETWEEN_LOOKS = 60


def prefixes(iris: Iris) -> dict[str, str]:
    """Those of every export, and of the vocabularies of streams."""
    return {**iris.prefixes, "ldes": _LDES, "tree": _TREE, "as": _ACTIVITY}


def page_address(iris: Iris, place: Version | None) -> str:
    """Where the page is read that begins after a place of the stream."""
    return f"{iris.stream}/{_FIRST if place is None else place.at + '~' + quote(place.id, '-._~')}"


def place_in(said: str) -> Version | None:
    """The place in the address of a page; None for the beginning, ValueError for none."""
    if said == _FIRST:
        return None
    at, mark, name = said.partition("~")
    if not mark or not name or not at.endswith("Z"):
        raise ValueError(said)
    return Version(at, name)


def description(iris: Iris, oldest: Version | None) -> Iterator[Quad]:
    """The stream, how it is read and what of it is kept, with the way to its first page."""
    root, stream = NamedNode(iris.stream), _stream(iris)
    yield from _is_stream(iris)
    for language in LANGUAGES:
        for term, key in (("title", "linked.stream"), ("description", "linked.stream_about")):
            yield _quad(stream, f"{_DCT}{term}", Literal(say(key, language), language=language))
    yield _quad(root, _TYPE.value, _ldes("EventSource"))
    kept = NamedNode(f"{iris.stream}#kept")
    yield _quad(root, f"{_LDES}retentionPolicy", kept)
    for name in ("RetentionPolicy", "LatestVersionSubset"):
        yield _quad(kept, _TYPE.value, _ldes(name))
    # By the standard, and by the name that clients knew before it.
    for name in ("versionAmount", "amount"):
        yield _quad(kept, f"{_LDES}{name}", _whole(1))
    yield from _leads(root, page_address(iris, None), oldest)


def page(iris: Iris, place: Version | None, versions: Sequence[Version], *, is_full: bool) -> Iterator[Quad]:
    """The description of a page: a full page links to the next one, and never changes again."""
    address = NamedNode(page_address(iris, place))
    yield from _is_stream(iris)
    yield _quad(address, _TYPE.value, NamedNode(f"{_TREE}Node"))
    if is_full:
        yield _quad(address, f"{_LDES}immutable", Literal("true", datatype=NamedNode(f"{XSD}boolean")))
        yield from _leads(address, page_address(iris, versions[-1]), versions[-1])


def members(reader: Reader, iris: Iris, view: View, versions: Sequence[Version]) -> Iterator[Quad]:
    """The versions themselves, oldest first."""
    describer = Describer(iris, view)
    found = {one.record.id: one for one in whole_records.some(reader, iris.schema, [one.id for one in versions])}
    for version in versions:
        kind = iris.schema.kind_of(version.id)
        assert kind is not None, "every record's identifier has the form of its kind"
        record = NamedNode(iris.record(kind, version.id))
        named = NamedNode(f"{record.value}{fragment('version', version.at)}")
        yield _quad(_stream(iris), f"{_TREE}member", named)
        yield _quad(named, f"{_DCT}isVersionOf", record)
        yield _quad(named, f"{_DCT}created", literals.moment(version.at))
        if (held := found.get(version.id)) is None:
            yield _quad(named, _TYPE.value, NamedNode(f"{_ACTIVITY}Delete"))
            yield _quad(named, f"{_ACTIVITY}object", record)
            continue
        edges = sorted(held.edges, key=lambda edge: (edge.type, edge.target, edge.first_day))
        for triple in dict.fromkeys(quad.triple for quad in describer.quads(held.record, edges)):
            yield Quad(triple.subject, triple.predicate, triple.object, named)


def _is_stream(iris: Iris) -> Iterator[Quad]:
    """The description of the stream on every page: the properties that hold the version and the time of a member."""
    stream = _stream(iris)
    yield _quad(stream, _TYPE.value, _ldes("EventStream"))
    yield _quad(stream, f"{_TREE}view", NamedNode(iris.stream))
    yield _quad(stream, f"{_LDES}timestampPath", NamedNode(f"{_DCT}created"))
    yield _quad(stream, f"{_LDES}versionOfPath", NamedNode(f"{_DCT}isVersionOf"))
    yield _quad(stream, f"{_LDES}versionDeletePath", _TYPE)
    yield _quad(stream, f"{_LDES}versionDeleteObject", NamedNode(f"{_ACTIVITY}Delete"))
    yield _quad(stream, f"{_LDES}pollingInterval", _whole(_SECONDS_BETWEEN_LOOKS))


def _leads(node: NamedNode, target: str, since: Version | None) -> Iterator[Quad]:
    relation = NamedNode(f"{node.value}#next")
    yield _quad(node, _TYPE.value, NamedNode(f"{_TREE}Node"))
    yield _quad(node, f"{_TREE}relation", relation)
    yield _quad(relation, f"{_TREE}node", NamedNode(target))
    if since is None:
        yield _quad(relation, _TYPE.value, NamedNode(f"{_TREE}Relation"))
        return
    yield _quad(relation, _TYPE.value, NamedNode(f"{_TREE}GreaterThanOrEqualToRelation"))
    yield _quad(relation, f"{_TREE}path", NamedNode(f"{_DCT}created"))
    yield _quad(relation, f"{_TREE}value", literals.moment(since.at))


def _stream(iris: Iris) -> NamedNode:
    return NamedNode(f"{iris.stream}#stream")


def _quad(subject: NamedNode, predicate: str, value: NamedNode | Literal) -> Quad:
    return Quad(subject, NamedNode(predicate), value, _DEFAULT)


def _ldes(name: str) -> NamedNode:
    return NamedNode(f"{_LDES}{name}")


def _whole(number: int) -> Literal:
    return Literal(str(number), datatype=NamedNode(f"{XSD}integer"))
