"""A SPARQL endpoint of twenty lines for the page in front of it: the whole graph in memory, no limits, no worker."""

import asyncio
import time

from fastapi import APIRouter, FastAPI, Request  # noqa: TID251  # served as it is in production
from pyoxigraph import QueryResultsFormat, QueryTriples, RdfFormat, Store
from starlette.responses import JSONResponse, Response

from api.asking import Question
from api.errors import status_of
from api.offers import html_with_pictures
from api.query_page import query_page
from api.query_result import TRIPLES, Outcome
from kaysis_graph.errors import Invalid, KaysisError, Problem
from kaysis_graph.graph.graph import Graph
from kaysis_graph.linked import whole
from kaysis_graph.linked.iris import Iris
from kaysis_graph.registry.names import today

WAITS = "# waits"


def held(graph: Graph, base: str) -> Store:
    """The graph as RDF, in memory."""
    store = Store()
    store.bulk_extend(whole.quads(graph.store, Iris(base, graph.schema), graph.on(today())))
    return store


def put_before(app: FastAPI, store: Store) -> None:
    """Lets the app answer `/sparql` from the store."""
    router = APIRouter(include_in_schema=False)

    @router.api_route("/sparql", methods=["GET", "POST"])
    async def sparql(asked: Question, request: Request, query: str = "") -> Response:
        text = query or (await request.body()).decode()
        if WAITS in text:
            await asyncio.sleep(30)
        outcome: Outcome | KaysisError | None = None
        try:
            outcome = _answered(store, text, asked.graph.sequence) if text else None
        except KaysisError as error:
            outcome = error
        status = status_of(outcome) if isinstance(outcome, KaysisError) else 200
        if "text/html" in asked.accept or asked.format == "html":
            return html_with_pictures(query_page(asked, text, outcome), status)
        if isinstance(outcome, Invalid):
            told = [
                {"detail": one.text(asked.language), "hint": one.hint(asked.language), "place": dict(one.place)}
                for one in outcome.problems
            ]
            return JSONResponse({"detail": None, "hint": None, "problems": told}, status)
        assert isinstance(outcome, Outcome)
        return Response(outcome.content, 200, {"Last-Sync": str(outcome.sequence)}, outcome.media)

    app.include_router(router)


def _answered(store: Store, query: str, sequence: int) -> Outcome:
    begun = time.perf_counter()
    try:
        found = store.query(query)
    except SyntaxError as error:
        raise Invalid([Problem("api.unfit", {"line": 2}, {"name": "query", "value": str(error)[:80]})]) from error
    if isinstance(found, QueryTriples):
        media, content = TRIPLES, found.serialize(format=RdfFormat.N_TRIPLES)
    else:
        media, content = "application/sparql-results+json", found.serialize(format=QueryResultsFormat.JSON)
    return Outcome(media, content or b"", time.perf_counter() - begun, sequence)
