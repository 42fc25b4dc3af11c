"""Running the service: one line that says where to look, and a clean end."""

import errno
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn

from api.app import create
from kaysis_graph.errors import Conflict
from kaysis_graph.graph.graph import Graph
from kaysis_graph.linked.linked import Linked
from kaysis_graph.messages import say
from kaysis_graph.settings import Settings, bracketed

# A reader who stays connected must not keep the service from ending.
_SECONDS_TO_END = 3
# Longer than load balancers keep a connection that nobody uses: who closes first must not be the one who is asked.
_SECONDS_KEPT = 75


def serve(graph: Graph, settings: Settings) -> None:
    """Serves until Ctrl-C or SIGTERM; Conflict when the port is taken. Closing the graph is the caller's."""
    app = create(graph, settings, Linked(graph, settings) if settings.is_linked else None)
    with _port(settings) as listening:
        config = uvicorn.Config(
            app,
            log_level="warning",
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=_SECONDS_TO_END,
            timeout_keep_alive=_SECONDS_KEPT,
        )
        server = uvicorn.Server(config)
        address = f"http://{bracketed(settings.host)}:{listening.getsockname()[1]}/"
        sys.stdout.write(say("serving.look_here", settings.language, address=address) + "\n")
        sys.stdout.flush()
        try:
            server.run(sockets=[listening])
        except KeyboardInterrupt:
            # Uvicorn ends first and then passes the signal on.
            return


@contextmanager
def _port(settings: Settings) -> Iterator[socket.socket]:
    """The port of the settings, taken before anything is said about it."""
    # Named by its protocol, or asyncio leaves Nagle's algorithm on and each answer waits 44 ms for an acknowledgement.
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    # Addresses of connections that just ended may be taken again; on Windows it would mean taking any.
    if sys.platform != "win32":
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    with listening:
        try:
            listening.bind((settings.host, settings.port))
        except OSError as error:
            if error.errno not in (errno.EADDRINUSE, errno.EACCES):
                raise
            raise Conflict("serving.port_taken", port=settings.port) from error
        # Who reads the line and asks at once waits for a moment instead of being refused.
        listening.listen()
        yield listening
