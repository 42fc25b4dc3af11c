"""Several processes that serve one port together, each over the same engine and the same home."""

import os
import signal
import socket
import sys
import threading
import time
from dataclasses import dataclass
from multiprocessing import connection, get_context, parent_process
from multiprocessing.context import SpawnProcess
from types import FrameType

from kaysis_graph import schema
from kaysis_graph.cli.service.application import run
from kaysis_graph.cli.service.port import listening_port, say_where, shared_port
from kaysis_graph.errors import Conflict, KaysisError
from kaysis_graph.graph.graph import open_graph
from kaysis_graph.messages import say
from kaysis_graph.settings import Settings

# A worker keeps its projection in the file at its end: half a second at 900,000 edges.
_SECONDS_TO_END = 20.0
# guess: one that cannot begin, because the engine is away, tries again at this pace.
_PAUSE = 2.0


@dataclass(frozen=True)
class _Worker:
    process: SpawnProcess
    begun_at: float


def serve_together(settings: Settings, count: int) -> None:
    """Serves with so many processes until Ctrl-C or SIGTERM; one that ends is begun again, and it is said.

    The graph was opened before by whoever calls this, so that the engine runs and the projection lies in its file.
    Conflict when the port is taken, and where the system lets no processes share one.
    """
    if not hasattr(socket, "SO_REUSEPORT"):
        raise Conflict("serving.one_process")
    # A port that others share already would be shared with them; this takes none but one that is free.
    with listening_port(settings):
        pass
    with shared_port(settings) as bound:
        workers: list[_Worker] = []
        try:
            workers = [_begun(settings) for _ in range(count)]
            say_where(settings, bound)
            while True:
                ended = connection.wait([worker.process.sentinel for worker in workers])
                for place, worker in enumerate(workers):
                    if worker.process.sentinel in ended:
                        workers[place] = _begun_again(worker, settings)
        except KeyboardInterrupt:
            return
        finally:
            _end([worker.process for worker in workers])


def _begun(settings: Settings) -> _Worker:
    process = get_context("spawn").Process(target=_work, args=(settings,), name="kaysis worker")
    process.start()
    return _Worker(process, time.monotonic())


def _begun_again(worker: _Worker, settings: Settings) -> _Worker:
    worker.process.join()
    told = say("serving.worker_ended", settings.language, pid=worker.process.pid, code=worker.process.exitcode)
    sys.stderr.write(told + "\n")
    sys.stderr.flush()
    time.sleep(max(0.0, worker.begun_at + _PAUSE - time.monotonic()))
    return _begun(settings)


def _end(processes: list[SpawnProcess]) -> None:
    for process in processes:
        process.terminate()
    deadline = time.monotonic() + _SECONDS_TO_END
    for process in processes:
        process.join(max(0.0, deadline - time.monotonic()))
        if process.is_alive():
            process.kill()
            process.join()


def _work(settings: Settings) -> None:
    """What one of the processes does."""
    # Ctrl-C reaches all processes of a terminal: the first one ends the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _interrupt)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        graph = open_graph(settings, schema.read())
        try:
            with shared_port(settings) as listening:
                run(graph, settings, listening)
        finally:
            graph.close()
    except KeyboardInterrupt:
        return
    except KaysisError as error:
        sys.exit(str(error))


def _end_with_parent() -> None:
    """Nobody begins again, or ends, the workers of a first process that was killed."""
    parent = parent_process()
    assert parent is not None, "begun by another process"
    parent.join()
    os.kill(os.getpid(), signal.SIGTERM)


def _interrupt(number: int, frame: FrameType | None) -> None:  # noqa: ARG001  # as signals are told
    raise KeyboardInterrupt
