"""Running the service on a port, to a clean end."""

import socket

import uvicorn

from api.app import create
from kaysis_graph.graph.graph import Graph
from kaysis_graph.linked.linked import Linked
from kaysis_graph.settings import Settings

# A reader who stays connected must not keep the service from ending.
_SECONDS_TO_END = 3
# Longer than load balancers keep a connection that nobody uses: who closes first must not be the one who is asked.
_SECONDS_KEPT = 75


def run(graph: Graph, settings: Settings, listening: socket.socket) -> None:
    """Answers what comes to the port, which other processes may do as well, until Ctrl-C or SIGTERM."""
    config = uvicorn.Config(
        create(graph, settings, Linked(graph, settings) if settings.is_linked else None),
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=_SECONDS_TO_END,
        timeout_keep_alive=_SECONDS_KEPT,
    )
    try:
        uvicorn.Server(config).run(sockets=[listening])
    except KeyboardInterrupt:
        # Uvicorn ends first and then passes the signal on.
        return
