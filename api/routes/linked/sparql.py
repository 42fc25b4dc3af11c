"""The SPARQL 1.1 protocol, reading only: queries by GET, by form and as they are, in every format of results."""

import asyncio
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import parse_qsl

import pyoxigraph
from fastapi import APIRouter, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from api import accept_header, etag
from api.errors import status_of
from api.negotiation import negotiated
from api.openapi import refusals, texts
from api.request import asking, iris_of
from api.responses import html_with_pictures
from kaysis_graph.errors import Forbidden, KaysisError, NotFound, TooLarge
from kaysis_graph.linked.copy.checkpoints import Checkpoint
from kaysis_graph.linked.export.whole_graph import FORMS
from kaysis_graph.linked.iris import Iris
from kaysis_graph.linked.linked import Linked
from kaysis_graph.linked.sparql import guard, service_description
from kaysis_graph.linked.sparql.guard import Form
from kaysis_graph.linked.sparql.limits import BadQuery, GivenUp, QueryLimits, WrongMedia
from kaysis_graph.linked.sparql.pool import Answered, Asking, SparqlQuery
from kaysis_graph.settings import VERSION
from ui.pages.linked.query_page import query_page
from ui.pages.linked.query_result import Outcome

api = APIRouter(tags=["linked data"])
# What a client may ask for; the first of each is what it is then given.
RESULTS: Mapping[str, tuple[str, ...]] = {
    "json": ("application/sparql-results+json", "application/json"),
    "xml": ("application/sparql-results+xml", "application/xml", "text/xml"),
    "csv": ("text/csv",),
    "tsv": ("text/tab-separated-values",),
}
TRIPLES: Mapping[str, tuple[str, ...]] = {
    "turtle": FORMS["turtle"].names,
    "ntriples": FORMS["ntriples"].names,
    "rdfxml": (*FORMS["rdfxml"].names, "application/xml", "text/xml"),
    "jsonld": FORMS["jsonld"].names,
    "nquads": FORMS["nquads"].names,
    "trig": FORMS["trig"].names,
}
# How clients in use name formats of graphs; SPARQLWrapper asks for `xml` whatever the query.
_ALIASES: Mapping[str, str] = {
    "xml": "rdfxml", "rdf": "rdfxml", "rdf+xml": "rdfxml", "json": "jsonld", "json-ld": "jsonld",
    "ttl": "turtle", "n3": "turtle", "nt": "ntriples", "n-triples": "ntriples", "nq": "nquads",
}  # fmt: skip
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\]+")
_CHARSET = re.compile(r"charset\s*=\s*\"?([\w-]+)", re.IGNORECASE)
_UTF8 = re.compile(r"utf-?8", re.IGNORECASE)
_UPDATE, _DIRECT, _FORM = (
    re.compile(re.escape(f"application/{name}"), re.IGNORECASE)
    for name in ("sparql-update", "sparql-query", "x-www-form-urlencoded")
)
_SECONDS_BETWEEN_LOOKS = 0.2
# What nginx writes for a client that went away; nobody reads it.
_CLIENT_GONE = 499
# Letters take up to four bytes, and a form writes each as three letters.
_BYTES_A_LETTER = 12
Format = Annotated[
    str | None,
    Query(
        description="Of rows and of yes or no the first four; of graphs the others, and what clients call them.",
        json_schema_extra={"enum": [*RESULTS, *TRIPLES, *(name for name in _ALIASES if name not in RESULTS)]},
    ),
]
_GRAPH = {"items": {"type": "string", "pattern": f"^{_IRI.pattern}$"}}
_SENT = {
    "required": True,
    "content": {
        "application/sparql-query": {"schema": {"type": "string", "minLength": 1}},
        "application/x-www-form-urlencoded": {
            "schema": {
                "type": "object",
                "required": ["query"],
                "properties": {
                    "query": {"type": "string", "minLength": 1},
                    **{name: {"type": "array", **_GRAPH} for name in ("default-graph-uri", "named-graph-uri")},
                    "format": {"type": "string", "enum": [*RESULTS, *TRIPLES]},
                },
            }
        },
    },
}
_GIVEN = texts(*(names[0] for names in (*RESULTS.values(), *TRIPLES.values())), "text/html")
# The default graphs and the named ones that a query is asked of.
Dataset = tuple[list[str], list[str]]


@dataclass(frozen=True)
class Sent:
    """What a request says under each name, in its address and in its body."""

    parameters: Sequence[tuple[str, str]]

    def every(self, name: str) -> list[str]:
        """All that was said under the name."""
        return [value for said, value in self.parameters if said == name]

    def query(self) -> str | None:
        """The query; BadQuery when there are several, TooLarge when it is longer than one may be."""
        said = self.every("query")
        if len(said) > 1:
            raise BadQuery("sparql.several_queries", count=len(said))
        if said and len(said[0]) > QueryLimits().text:
            raise TooLarge("sparql.query_too_long", most=QueryLimits().text)
        return said[0] if said else None

    def format(self) -> str | None:
        """The format that was asked for by its name."""
        return next((value for value in self.every("format") if value), None)


# Clients that were told of the endpoint with a slash at its end do not follow a redirect of what they post.
@api.get("/sparql/", operation_id="sparql", include_in_schema=False)
@api.post("/sparql/", operation_id="sparql_sent", include_in_schema=False)
@api.get("/sparql", operation_id="sparql", summary="SPARQL 1.1 query",
         response_class=Response,
         responses=_GIVEN | refusals(304, 308, 400, 403, 404, 405, 406, 413, 422, 503))  # fmt: skip
@api.post("/sparql", operation_id="sparql_sent", summary="SPARQL 1.1 query, sent as a form or as it is",
          response_class=Response, openapi_extra={"requestBody": _SENT},
          responses=_GIVEN | refusals(400, 403, 404, 405, 406, 413, 415, 422, 503))  # fmt: skip
async def sparql(
    request: Request,
    query: Annotated[list[str] | None, Query(description="Without one the service describes itself.")] = None,  # noqa: ARG001  # told to OpenAPI; read together with the body
    default_graph: Annotated[list[str] | None, Query(alias="default-graph-uri", json_schema_extra=_GRAPH)] = None,  # noqa: ARG001  # same
    named_graph: Annotated[list[str] | None, Query(alias="named-graph-uri", json_schema_extra=_GRAPH)] = None,  # noqa: ARG001  # same
    format: Format = None,  # noqa: A002, ARG001  # same
) -> Response:
    """Asked of a copy that follows the graph within a second; `Last-Sync` tells the change it stands at.

    The default graph is what is valid today; the history and the vocabulary are named graphs. Past a limit the answer
    is an error, never a part.
    """
    linked: Linked | None = request.app.state.linked
    sent = await sent_in(request)
    if _is_for_people(request, sent):
        return await _page(request, linked, sent)
    text = sent.query()
    if text is None and request.method == "POST":
        raise BadQuery("sparql.no_query")
    dataset = _dataset(sent, iris_of(request))
    if text is None:
        return _description(request, sent, iris_of(request))
    if linked is None:
        raise NotFound("sparql.switched_off")
    reading = await run_in_threadpool(guard.read, text)
    wanted, media = _wanted(request, sent, reading.form)
    is_kept = reading.is_steady and request.method == "GET"
    newest = linked.newest
    if is_kept and newest is not None:
        headers = _headers(newest, _tag(newest, sent, wanted))
        if (known := etag.unchanged(request.headers, headers)) is not None:
            return known
    answered = await answer(request, linked, dataset, text, wanted)
    if answered is None:
        return Response(status_code=_CLIENT_GONE)
    found_in = answered.checkpoint
    headers = _headers(found_in, _tag(found_in, sent, wanted) if is_kept else None)
    return Response(answered.content, headers=headers, media_type=media)


async def answer(request: Request, linked: Linked, dataset: Dataset, text: str, wanted: str) -> Answered | None:
    """The answer to a query that the guard let through; None when the client went away, and the work with it."""
    client = request.client.host if request.client is not None else ""
    asking = Asking(SparqlQuery(text, wanted, client, *dataset))
    work = asyncio.wrap_future(linked.pool.begin(asking))
    while not work.done():
        await asyncio.wait({work}, timeout=_SECONDS_BETWEEN_LOOKS)
        if not work.done() and await request.is_disconnected():
            asking.give_up()
    try:
        return work.result()
    except GivenUp:
        return None


async def _page(request: Request, linked: Linked | None, sent: Sent) -> Response:
    """The page for people: the query in its form, and what came of it or what is wrong with it."""
    asked = await asking(request)
    text, outcome = "", None
    try:
        text = sent.query() or ""
        outcome = await _outcome(request, linked, sent, text) if text else None
    except KaysisError as error:
        page = await run_in_threadpool(query_page, asked, text, error)
        return html_with_pictures(page, status_of(error))
    return html_with_pictures(await run_in_threadpool(query_page, asked, text, outcome))


async def _outcome(request: Request, linked: Linked | None, sent: Sent, text: str) -> Outcome | None:
    if linked is None:
        raise NotFound("sparql.switched_off")
    wanted, media = "json", RESULTS["json"][0]
    if (await run_in_threadpool(guard.read, text)).form in ("CONSTRUCT", "DESCRIBE"):
        wanted, media = "ntriples", TRIPLES["ntriples"][0]
    answered = await answer(request, linked, _dataset(sent, linked.iris), text, wanted)
    if answered is None:
        return None
    return Outcome(media, answered.content, answered.seconds, answered.checkpoint.sequence)


def _is_for_people(request: Request, sent: Sent) -> bool:
    """Whether a page is wanted: by name, or by a browser, which prefers HTML to every form of results."""
    named = sent.format()
    if named is not None:
        return named == "html"
    return accept_header.is_for_people(accept_header.ranges(request.headers.get("accept", "*/*")))


async def sent_in(request: Request) -> Sent:
    """What the request says; Forbidden for an update, BadQuery and WrongMedia for what the protocol does not know."""
    parameters = list(request.query_params.multi_items())
    if request.method == "POST":
        parameters += await _body(request)
    if any(name == "update" for name, _ in parameters):
        raise Forbidden("sparql.forbidden_protocol_update")
    return Sent(parameters)


async def _body(request: Request) -> list[tuple[str, str]]:
    said = request.headers.get("content-type", "")
    kind = said.partition(";")[0].strip()
    charset = _CHARSET.search(said)
    if _UPDATE.fullmatch(kind):
        raise Forbidden("sparql.forbidden_protocol_update")
    if not _DIRECT.fullmatch(kind) and not _FORM.fullmatch(kind):
        raise WrongMedia("sparql.bad_media_type", type=kind[:80])
    if charset is not None and not _UTF8.fullmatch(charset[1]):
        raise BadQuery("sparql.not_utf8")
    most, content = QueryLimits().text * _BYTES_A_LETTER, b""
    async for part in request.stream():
        content += part
        if len(content) > most:
            raise TooLarge("sparql.query_too_long", most=QueryLimits().text)
    try:
        text = content.decode()
        if _DIRECT.fullmatch(kind):
            return [("query", text)]
        return parse_qsl(text, keep_blank_values=True, errors="strict")
    except UnicodeDecodeError as error:
        raise BadQuery("sparql.not_utf8") from error


def _wanted(request: Request, sent: Sent, form: Form | None) -> tuple[str, str]:
    """The format of the answer and its media type: what was named, what is accepted, or the usual one."""
    offered = TRIPLES if form in ("CONSTRUCT", "DESCRIBE") else RESULTS
    named = [_ALIASES.get(name, name) if offered is TRIPLES else name for name in sent.every("format") if name]
    # A form asks for rows and for triples at once, and does not know which a query gives.
    chosen = next((name for name in named if name in offered), named[0] if named else None)
    best = negotiated(offered, chosen, request.headers.get("accept", "*/*"))
    return best, offered[best][0]


def _dataset(sent: Sent, iris: Iris) -> Dataset:
    """The graphs that the protocol names; BadQuery for one that is no IRI."""
    return _graphs(sent, "default-graph-uri", iris), _graphs(sent, "named-graph-uri", iris)


def _graphs(sent: Sent, name: str, iris: Iris) -> list[str]:
    graphs = sent.every(name)
    for graph in graphs:
        if not _IRI.fullmatch(graph):
            raise BadQuery("sparql.bad_graph", value=graph[:80], example=iris.history.value)
    return graphs


def _headers(checkpoint: Checkpoint, tag: str | None) -> dict[str, str]:
    kept = {"Cache-Control": "no-store"} if tag is None else {"ETag": tag, "Cache-Control": "no-cache"}
    return {"Last-Sync": str(checkpoint.sequence), **kept}


def _tag(checkpoint: Checkpoint, sent: Sent, wanted: str) -> str:
    # A checkpoint has a path of its own also where only the day has changed.
    told = [VERSION, str(checkpoint.path), wanted, *(f"{name}={value}" for name, value in sent.parameters)]
    return etag.weak_tag(*told, sequence=checkpoint.sequence)


def _description(request: Request, sent: Sent, iris: Iris) -> Response:
    _, media = _wanted(request, sent, "DESCRIBE")
    form = pyoxigraph.RdfFormat.from_media_type(media)
    content = pyoxigraph.serialize(service_description.triples(iris), format=form, prefixes=dict(iris.prefixes))
    return Response(content, headers={"Cache-Control": "no-cache"}, media_type=media)
