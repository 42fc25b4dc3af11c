"""A service with linked data over a graph, for the tests of the endpoint."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from fastapi import FastAPI  # noqa: TID251  # served as it is in production
from fastapi.testclient import TestClient  # noqa: TID251  # asked as a client asks it

from api.app import create
from kaysis_graph.graph.graph import Graph
from kaysis_graph.linked.linked import Linked
from kaysis_graph.linked.sparql.limits import QueryLimits
from kaysis_graph.settings import Settings

LIMITS = QueryLimits(seconds=20.0, workers=2, per_client=2)


def app(graph: Graph, settings: Settings, home: Path, limits: QueryLimits = LIMITS) -> tuple[FastAPI, Linked]:
    """The service, once its first copy is built."""
    here = replace(settings, home=home)
    linked = Linked(graph, here, limits)
    linked._keeper.catch_up()
    return create(graph, here, linked), linked


@contextmanager
def served(
    graph: Graph, settings: Settings, home: Path, limits: QueryLimits = LIMITS
) -> Iterator[tuple[TestClient, Linked]]:
    """A client of the service."""
    made, linked = app(graph, settings, home, limits)
    with TestClient(made, raise_server_exceptions=False, follow_redirects=False) as client:
        yield client, linked
