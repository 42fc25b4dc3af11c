"""Numbers for those who run the service, in the text format of Prometheus at `/metrics`.

What is asked is counted by the pattern of its address, so that neither names nor numbers of records stand in them.
"""

import os
import time
from collections.abc import Iterator

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, InfoMetricFamily, Metric
from prometheus_client.platform_collector import PlatformCollector
from prometheus_client.process_collector import ProcessCollector
from prometheus_client.registry import Collector
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kaysis_graph.graph.graph import Graph
from kaysis_graph.linked.linked import Linked
from kaysis_graph.linked.service_status import Status, read_status

ADDRESS = "/metrics"
_MEDIA = "text/plain; version=0.0.4; charset=utf-8"
# Where the pattern of a request's address is written for who counts it.
_PATTERN = "kaysis_graph.pattern"
# From a page out of the columns to the longest a reader waits.
_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0, 60.0)


class Metrics:
    """The counts of one process, and how its service stands when it is asked."""

    def __init__(self, graph: Graph, linked: Linked | None) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        PlatformCollector(registry=self.registry)
        self.registry.register(_Standing(graph, linked))
        self.requests = Counter(
            "kaysis_requests",
            "Requests answered, by pattern of the address.",
            ("pattern", "status"),
            registry=self.registry,
        )
        self.seconds = Histogram(
            "kaysis_request_seconds", "Time until the answer begins.", buckets=_SECONDS, registry=self.registry
        )

    def page(self, _: Request) -> Response:
        """All of it as text."""
        return Response(generate_latest(self.registry), media_type=_MEDIA, headers={"Cache-Control": "no-store"})


class _Standing(Collector):
    """How engine, projection and SPARQL copy stand, read when somebody looks."""

    def __init__(self, graph: Graph, linked: Linked | None) -> None:
        self._graph = graph
        self._linked = linked

    def collect(self) -> Iterator[Metric]:
        """One number a line; what is not known is left out."""
        told = read_status(self._graph, self._linked)
        for name, (about, value) in _standing(told).items():
            if value is not None:
                yield GaugeMetricFamily(f"kaysis_{name}", about, value=float(value))
        about = "The process that these numbers are of; several that serve one port count each for itself."
        yield InfoMetricFamily("kaysis_process", about, {"pid": str(os.getpid())})


def _standing(told: Status) -> dict[str, tuple[str, float | None]]:
    projection = told.projection
    copy, lag = (told.linked.sequence, told.linked.behind) if told.linked else (None, None)
    return {
        "engine_answers": ("1 when the graph engine answers, 0 when it is away.", told.engine_answers),
        "engine_sequence": ("The newest change that the engine told of.", told.head),
        "sequence": ("The change that answers stand at.", told.sequence),
        "behind": ("Changes that the engine has and answers lack.", projection.behind),
        "records": ("Records that answers know.", projection.records),
        "edges": ("Edges that answers know.", projection.edges),
        "projection_rebuilt": ("How often the projection was built anew since the start.", projection.rebuilt),
        "linked_sequence": ("The change that the SPARQL copy stands at.", copy),
        "linked_behind": (
            "Changes that answers have and the SPARQL copy lacks.",
            lag,
        ),
    }


class CountedRequests:
    """Outermost: counts what leaves the service, also what is answered before any route is asked."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self.app = app
        self.metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun = time.perf_counter()
        pattern: list[str] = []

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                self.metrics.seconds.observe(time.perf_counter() - begun)
                self.metrics.requests.labels(pattern[0] if pattern else "none", message["status"]).inc()
            await send(message)

        await self.app({**scope, _PATTERN: pattern}, receive, sending)


class PatternNoted:
    """Innermost: notes the pattern that the router found for the address."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start" and (route := scope.get("route")) is not None:
                scope[_PATTERN].append(route.path)
            await send(message)

        await self.app(scope, receive, sending if _PATTERN in scope else send)
