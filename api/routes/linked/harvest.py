"""The graph read step by step: the stream of changes (LDES), and lists of the records of a kind (Hydra)."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Annotated

import pyoxigraph
from fastapi import APIRouter, Query, Request
from pyoxigraph import Quad
from starlette.responses import Response

from api import etag
from api.negotiation import negotiated
from api.rdf_negotiation import NAMES, wanted_of_data, with_links
from api.request import Asking, graph_of, iris_of, unknown_parameters
from api.routes.records.records import KindSlug
from kaysis_graph.clock import today
from kaysis_graph.errors import Invalid, NotFound
from kaysis_graph.linked.export import event_stream, record_lists
from kaysis_graph.linked.export.documents import MEDIA, SERIALISATIONS
from kaysis_graph.linked.export.versions import VersionStream
from kaysis_graph.linked.export.whole_graph import FORMS, Name
from kaysis_graph.records import reader
from ui.pages.frame import address

pages = APIRouter(include_in_schema=False)
# A version is a graph of its own, so forms that have graphs come first.
_FORMS: Mapping[Name, Sequence[str]] = {
    "trig": (FORMS["trig"].media,),
    "nquads": (FORMS["nquads"].media,),
    **{name: NAMES[name] for name in ("jsonld", "turtle", "ntriples", "rdfxml")},
}
Chosen = Annotated[Name | None, Query(description="Instead of the Accept header.")]
After = Annotated[str | None, Query(description="The last identifier of the page before.")]
# What stands on a full page only ever moves on to later ones: who keeps the page loses nothing.
_KEPT = "public, max-age=604800, immutable"


@pages.get("/data/stream")
def stream(request: Request, format: Chosen = None) -> Response:  # noqa: A002  # the name of the parameter in addresses
    """The stream described, with the way to its first page."""
    form = _form(request, format)
    oldest, _ = _stream(request).after(None, 1)
    return _given(request, form, event_stream.description(iris_of(request), oldest[0] if oldest else None))


@pages.get("/data/stream/{place}")
def stream_page(request: Request, place: str, format: Chosen = None) -> Response:  # noqa: A002  # same
    """The versions that follow a place of the stream."""
    form = _form(request, format)
    try:
        begun = event_stream.place_in(place)
    except ValueError as error:
        raise NotFound("linked.no_place", place=place[:80]) from error
    versions, is_full = _stream(request).after(begun, event_stream.AT_A_TIME)
    graph, iris = graph_of(request), iris_of(request)
    quads = chain(
        event_stream.page(iris, begun, versions, is_full=is_full),
        event_stream.members(graph.store, iris, graph.on(today()), versions),
    )
    return _given(request, form, quads, {"Cache-Control": _KEPT} if is_full else {})


@pages.get("/data/{kind}")
def records(asked: Asking, kind: KindSlug, after: After = None) -> Response:
    """The records of a kind in the order of their identifiers, also those that have ended."""
    form = wanted_of_data(asked)
    known = reader.known_kind(asked.graph.schema, kind)
    part = record_lists.part_of(asked.graph.follower.current.records, known, after)
    listed = record_lists.page(asked.graph.store, asked.iris, known, part)
    prefixes = {**asked.iris.prefixes, "hydra": record_lists.HYDRA}
    content = pyoxigraph.serialize(dict.fromkeys(listed), format=FORMS[form].rdf, prefixes=prefixes)
    assert content is not None, "written to memory"
    others = [held for held in SERIALISATIONS if held != form]
    links = [(address(asked.url.path, {"after": after, "format": held}), "alternate", MEDIA[held]) for held in others]
    if part.has_more:
        links.append((record_lists.list_address(asked.iris, known, part.identifiers[-1]), "next", ""))
    return with_links(Response(content, headers={"ETag": etag.content_tag(content)}, media_type=MEDIA[form]), links)


def _form(request: Request, named: Name | None) -> Name:
    if problems := unknown_parameters(request):
        raise Invalid(problems)
    return negotiated(_FORMS, named, request.headers.get("accept", "*/*"))


def _given(request: Request, name: Name, quads: Iterator[Quad], headers: Mapping[str, str] | None = None) -> Response:
    form, prefixes = FORMS[name], event_stream.prefixes(iris_of(request))
    # A form without graphs takes triples, each once whatever graph it is of.
    told = quads if form.has_graphs else iter(dict.fromkeys(quad.triple for quad in quads))
    content = pyoxigraph.serialize(told, format=form.rdf, prefixes=prefixes)
    assert content is not None, "written to memory"
    links = [(f"{request.url.path}?format={held}", "alternate", FORMS[held].media) for held in _FORMS if held != name]
    tagged = {"ETag": etag.content_tag(content), **(headers or {})}
    return with_links(Response(content, headers=tagged, media_type=form.media), links)


def _stream(request: Request) -> VersionStream:
    stream: VersionStream = request.app.state.stream
    return stream
