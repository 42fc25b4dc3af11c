"""The application of the service, which stands above this library and is loaded only where it is served."""

import pkgutil
import socket

from kaysis_graph.graph.graph import Graph
from kaysis_graph.settings import Settings


def run(graph: Graph, settings: Settings, listening: socket.socket) -> None:
    """Answers what comes to the port until Ctrl-C or SIGTERM. Closing the graph is the caller's."""
    # Named as text, as uvicorn names an app: no other command loads it.
    running = pkgutil.resolve_name("api.server:run")
    running(graph, settings, listening)
