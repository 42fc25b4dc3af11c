"""The port of a service, taken before anything is said about it."""

import errno
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from kaysis_graph.errors import Conflict
from kaysis_graph.messages import say
from kaysis_graph.settings import Settings, bracketed


def say_where(settings: Settings, bound: socket.socket) -> None:
    """The line that says where to look."""
    address = f"http://{bracketed(settings.host)}:{bound.getsockname()[1]}/"
    sys.stdout.write(say("serving.look_here", settings.language, address=address) + "\n")
    sys.stdout.flush()


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
