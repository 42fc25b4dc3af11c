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
    with listening_port(settings) as listening:
        say_where(settings, listening)
        run(graph, settings, listening)


def say_where(settings: Settings, bound: socket.socket) -> None:
    """The line that says where to look."""
    address = f"http://{bracketed(settings.host)}:{bound.getsockname()[1]}/"
    sys.stdout.write(say("serving.look_here", settings.language, address=address) + "\n")
    sys.stdout.flush()


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


@contextmanager
def listening_port(settings: Settings) -> Iterator[socket.socket]:
    """The port of the settings, taken before anything is said about it."""
    with _bound(settings) as listening:
        # Who reads the line and asks at once waits for a moment instead of being refused.
        listening.listen()
        yield listening


@contextmanager
def shared_port(settings: Settings) -> Iterator[socket.socket]:
    """The port of the settings for one of several processes of a user: those that listen get connections in turn.

    One socket that all of them listen to would not do: whoever wakes first takes every connection that waits.
    """
    with _bound(settings, socket.SO_REUSEPORT) as bound:
        yield bound


def _bound(settings: Settings, *options: int) -> socket.socket:
    # Named by its protocol, or asyncio leaves Nagle's algorithm on and each answer waits 44 ms for an acknowledgement.
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    bound = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    # Addresses of connections that just ended may be taken again; on Windows it would mean taking any.
    if sys.platform != "win32":
        options = (socket.SO_REUSEADDR, *options)
    try:
        for option in options:
            bound.setsockopt(socket.SOL_SOCKET, option, 1)
        bound.bind((settings.host, settings.port))
    except OSError as error:
        bound.close()
        if error.errno not in (errno.EADDRINUSE, errno.EACCES):
            raise
        raise Conflict("serving.port_taken", port=settings.port) from error
    return bound
