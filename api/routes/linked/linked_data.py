"""The whole graph as RDF, what describes it to machines, and the page that tells people of both."""

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated

import pyoxigraph
from fastapi import APIRouter, Query, Request
from pyoxigraph import Quad, Triple
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from api import accept_header, etag
from api.errors import NoFormat
from api.negotiation import negotiated
from api.openapi import refusals, texts
from api.rdf_negotiation import NAMES, with_links
from api.request import Asking, graph_of, iris_of, unknown_parameters
from api.responses import html
from kaysis_graph import files
from kaysis_graph.answers.question import Day
from kaysis_graph.clock import today
from kaysis_graph.errors import Invalid
from kaysis_graph.graph import history
from kaysis_graph.graph.graph import Graph
from kaysis_graph.linked.copy.checkpoints import Checkpoint
from kaysis_graph.linked.export import catalogue, void_counts, whole_graph
from kaysis_graph.linked.export.documents import ENDINGS, MEDIA, Serialisation
from kaysis_graph.linked.export.void_counts import Tally
from kaysis_graph.linked.export.whole_graph import FORMS, PACKED_MEDIA, SUFFIXES, Compression, Name, RdfForm, Stream
from kaysis_graph.linked.iris import Iris
from kaysis_graph.messages import say
from kaysis_graph.settings import VERSION
from ui.pages.frame import Link, frame_of
from ui.pages.page_parts import LinkedDataPage, rendered

if TYPE_CHECKING:
    from kaysis_graph.linked.linked import Linked

api = APIRouter(tags=["linked data"])
pages = APIRouter(include_in_schema=False)
# A browser is given the lines that every tool reads.
_NAMES: Mapping[Name, Sequence[str]] = {
    name: (*form.names, "text/html") if name == "nquads" else form.names for name, form in FORMS.items()
}
Chosen = Annotated[Serialisation | None, Query(description="Instead of the Accept header.")]
_EXAMPLES = (("rdflib", "with_rdflib.py"), ("networkx", "with_networkx.py"))
_WRITTEN_FOR = "http://127.0.0.1:8000"


class _Dump(StreamingResponse):
    """A stream whose maker is told when its reader goes away."""

    def __init__(self, stream: Stream, media: str, headers: Mapping[str, str]) -> None:
        super().__init__(_parts(stream), headers=headers, media_type=media)
        self._stream = stream

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._stream.leave()


@api.get("/api/dump", operation_id="dump", summary="The whole graph as RDF", response_class=Response,
         responses=texts(*(form.media for form in FORMS.values()), *PACKED_MEDIA.values())
         | refusals(304, 308, 405, 406, 422, 503))  # fmt: skip
def dump(
    request: Request,
    format: Annotated[Name | None, Query(description="Instead of the Accept header.")] = None,  # noqa: A002  # the name of the parameter in addresses
    compression: Annotated[Compression | None, Query(description="How the file is compressed.")] = None,
    at: Annotated[Day | None, Query(description="The day of the graph; today when left out.")] = None,
) -> Response:
    """Streamed while it is made. `Last-Sync` tells the change it stands at.

    Formats without graphs (Turtle, N-Triples, RDF/XML) hold what is valid on the day; the others the history as well.
    A graph that changes while it is read breaks the connection: a dump is whole, or visibly not.
    """
    if problems := unknown_parameters(request):
        raise Invalid(problems)
    form, packing = _wanted(request, format), compression or "none"
    graph, iris, checkpoint = graph_of(request), iris_of(request), _newest(request) if at is None else None
    sequence = graph.sequence if checkpoint is None else checkpoint.sequence
    on = at or today()
    name = f"kaysis-{on.isoformat()}-{sequence}{form.suffix}{SUFFIXES[packing]}"
    tag = etag.weak_tag(
        VERSION,
        iris.base,
        form.name,
        packing,
        on.isoformat(),
        str(sequence),
        "" if checkpoint is None else str(checkpoint.path),
    )
    headers = {"ETag": tag, "Last-Sync": str(sequence), "Content-Disposition": f'attachment; filename="{name}"'}
    if (known := etag.unchanged(request.headers, headers)) is not None:
        return known
    media = PACKED_MEDIA.get(packing, form.media)
    if request.scope.get("is_head"):
        return Response(headers=headers, media_type=media)
    return _Dump(Stream(_quads(graph, iris, checkpoint, on), form, packing, iris), media, headers)


@pages.get("/.well-known/void")
def void(request: Request, format: Chosen = None, lang: str | None = None) -> Response:  # noqa: A002, ARG001  # the names of the parameters in addresses
    """The dataset by VoID, with its counts."""
    form = _described(request, format)
    tally, on = _tally(request), today()
    iris = iris_of(request)
    tag = etag.weak_tag(VERSION, iris.base, form, on.isoformat(), str(tally.sequence), str(tally.triples))
    headers = {"ETag": tag, "Last-Sync": str(tally.sequence)}
    if (known := etag.unchanged(request.headers, headers)) is not None:
        return known
    described = catalogue.void(iris, tally, on, _some(graph_of(request), iris, on))
    return _description(request, described, form, headers)


@pages.get("/data/catalogue")
def described(request: Request, format: Chosen = None, lang: str | None = None) -> Response:  # noqa: A002, ARG001  # the names of the parameters in addresses
    """The catalogue by DCAT-AP."""
    return _catalogue(request, _described(request, format))


@pages.get("/data/catalogue.{ending}")
def described_in(request: Request, ending: str) -> Response:
    """The catalogue by DCAT-AP, in the format of the ending."""
    if ending not in ENDINGS:
        raise NoFormat("api.no_format", format=ending[:40], known=", ".join(ENDINGS))
    return _catalogue(request, ENDINGS[ending])


@pages.get("/api")
def interface() -> Response:
    """The endpoint that the catalogue names leads to what describes it."""
    return RedirectResponse("/api/openapi.json", 303)


@pages.get("/linked-data")
def linked_data(asked: Asking) -> Response:
    """What there is for programs, and how to begin."""
    frame = frame_of(asked, say("linked_data.title", asked.language), has_day=False)
    iris = asked.iris
    page = LinkedDataPage(
        frame=frame,
        base=iris.base,
        kinds=tuple(
            (kind.plural.of(asked.language), f"{iris.base}/id/{kind.slug}/…") for kind in iris.schema.kinds.values()
        ),
        dumps=tuple(
            (
                form.title,
                form.media,
                frame.say("linked.dump_both" if form.has_graphs else "linked.dump_today"),
                tuple(
                    Link(
                        frame.say("linked_data.plain") if packing == "none" else packing,
                        catalogue.dump_address("", form, packing),
                    )
                    for packing in SUFFIXES
                ),
            )
            for form in FORMS.values()
        ),
        past=example("history.ttl", iris.base),
        examples=tuple((name, example(file, iris.base)) for name, file in _EXAMPLES),
    )
    return html(rendered("linked_data.html", page))


def example(file: str, base: str) -> str:
    """The text of an example as it runs against a base."""
    text = (files.ONTOLOGY / "examples" / file).read_text(encoding="utf-8")
    return text.partition("\n\n")[2].strip().replace(_WRITTEN_FOR, base)


async def _parts(stream: Stream) -> AsyncIterator[bytes]:
    while (part := await run_in_threadpool(next, stream, None)) is not None:
        yield part


def _quads(graph: Graph, iris: Iris, checkpoint: Checkpoint | None, on: date) -> Iterator[Quad]:
    if checkpoint is not None:
        return whole_graph.of_checkpoint(checkpoint, iris)
    return whole_graph.of_graph(graph.store, iris, graph.on(on))


def _tally(request: Request) -> Tally:
    checkpoint, iris = _newest(request), iris_of(request)
    if checkpoint is not None:
        return void_counts.of_checkpoint(checkpoint, iris)
    # As long as there is no copy to ask, everything is read, once for each state.
    graph, state = graph_of(request), request.app.state
    key = (graph.sequence, today())
    if getattr(state, "counted", (None, None))[0] != key:
        quads = whole_graph.of_graph(graph.store, iris, graph.on(key[1]))
        state.counted = (key, void_counts.of_quads(quads, key[0]))
    tally: Tally = state.counted[1]
    return tally


def _some(graph: Graph, iris: Iris, on: date) -> Iterator[str]:
    """A record of each kind that is valid on the day."""
    view = graph.on(on)
    for kind in iris.schema.kinds.values():
        found = view.valid & view.records.of_kinds(kind.name)
        if found.any():
            yield iris.record(kind, view.records.ids[int(found.argmax())])


def _wanted(request: Request, named: Name | None) -> RdfForm:
    return FORMS[negotiated(_NAMES, named, request.headers.get("accept", "*/*"))]


def _described(request: Request, named: Serialisation | None) -> Serialisation:
    """The serialisation of a description: Turtle for who accepts none of them, since people can read it too."""
    if problems := unknown_parameters(request):
        raise Invalid(problems)
    if named is not None:
        return named
    offered = {name: NAMES[name] for name in MEDIA}
    return accept_header.preferred(offered, accept_header.ranges(request.headers.get("accept", "*/*"))) or "turtle"


def _description(
    request: Request, triples: Iterator[Triple], name: Serialisation, headers: Mapping[str, str]
) -> Response:
    form, prefixes = FORMS[name], catalogue.prefixes(iris_of(request))
    content = pyoxigraph.serialize(dict.fromkeys(triples), format=form.rdf, prefixes=prefixes)
    assert content is not None, "written to memory"
    path = request.url.path.partition(".")[0] if request.url.path.startswith("/data/") else request.url.path
    links = [(f"{path}?format={held}", "alternate", media) for held, media in MEDIA.items() if held != name]
    tagged = {"ETag": etag.content_tag(content), **headers}
    return with_links(Response(content, headers=tagged, media_type=form.media), links)


def _catalogue(request: Request, form: Serialisation) -> Response:
    graph = graph_of(request)
    changed = history.times_of(graph.store, [graph.sequence]).get(graph.sequence)
    return _description(request, catalogue.dcat(iris_of(request), changed), form, {})


def _newest(request: Request) -> Checkpoint | None:
    linked: Linked | None = request.app.state.linked
    return None if linked is None else linked.newest
