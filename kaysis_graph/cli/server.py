"""What the commands that run the service and look after the graph do."""

import gc
import json
import signal
import time
from dataclasses import replace
from types import FrameType

from rich.text import Text

from kaysis_graph import schema
from kaysis_graph.cli import display, transfer
from kaysis_graph.cli.open_graph import opened_graph, opened_store
from kaysis_graph.cli.progress import progress_told
from kaysis_graph.cli.service.application import run
from kaysis_graph.cli.service.port import listening_port, say_where
from kaysis_graph.cli.service.workers import serve_together
from kaysis_graph.cli.terminal import Terminal
from kaysis_graph.errors import Conflict, EngineDown, KaysisError
from kaysis_graph.graph import engines, history
from kaysis_graph.graph.graph import Graph, open_graph
from kaysis_graph.graph.history import ChainFlaw, Head
from kaysis_graph.graph.store import Store
from kaysis_graph.records import audit
from kaysis_graph.search.index.word_index import WordIndex
from kaysis_graph.settings import checked_host
from kaysis_graph.transfer import jobs, restore


class NotSound(KaysisError):
    """The change chain or the projection is not what was written; the flaws were said."""


def serve(terminal: Terminal, port: int | None, host: str | None, workers: int, *, wants_seed: bool) -> None:
    """The service on loopback, or the address said, until it is stopped; the seed goes into an empty graph first.

    With more than one worker, this process opens the graph once, for them all to begin from, and looks after them.
    """
    settings = terminal.settings if port is None else replace(terminal.settings, port=port)
    if host is not None:
        settings = replace(settings, host=checked_host(host))
    if wants_seed:
        transfer.planted_if_empty(terminal)
    # Uvicorn ends well on SIGTERM and raises it again: left to itself it would end us before the graph is closed.
    signal.signal(signal.SIGTERM, _end)
    graph = open_graph(settings, schema.read(), anew=True)
    try:
        if restore.is_unfinished(graph.store):
            raise Conflict("cli.restore_unfinished")
        if workers == 1:
            with listening_port(settings) as listening:
                say_where(settings, listening)
                run(graph, settings, listening)
    finally:
        graph.close()
    if workers > 1:
        # Nothing is asked of it here any more, and it grows with the graph.
        del graph
        gc.collect()
        serve_together(settings, workers)
    terminal.note(terminal.say("cli.served"))


def status(terminal: Terminal, *, as_json: bool) -> None:
    """How engine, graph, projection and imports are; EngineDown when the engine does not answer.

    The embedded engine is not started for this.
    """
    seen = engines.status(terminal.settings)
    told: dict[str, object] = {
        "engine": seen.name,
        "is_running": seen.is_running,
        "release": seen.release,
        "url": seen.url,
        "pid": seen.pid,
        "home": str(terminal.settings.home),
    }
    if not seen.is_running:
        if as_json:
            terminal.data((json.dumps(told, ensure_ascii=False, indent=1), "\n"))
        if seen.trouble is not None:
            raise seen.trouble
        raise EngineDown("cli.engine_sleeps", home=terminal.settings.home)
    with opened_graph(terminal) as graph:
        told |= _graph_told(graph) | _linked_told(terminal, graph.sequence)
        counts = graph.follower.current.counts()
        if as_json:
            terminal.data((json.dumps(told | {"counts": counts}, ensure_ascii=False, indent=1), "\n"))
            return
        _show_status(terminal, told)
        _show_counts(terminal, counts)


def verify(terminal: Terminal) -> None:
    """The change chain gone through from the beginning, the graph held against it, the projection against the engine.

    The search index is held against the projection where there is one.

    NotSound when any of them is not what was written.
    """
    with opened_store(terminal) as store:
        flaws = _flaws_told(terminal, store)
    with opened_graph(terminal) as graph:
        if not graph.follower.agrees() or graph.follower.seen.rebuilt:
            flaws += 1
            terminal.print(terminal.say("cli.projection_was_wrong"), "red")
        counts = graph.follower.current.counts()
        records = sum(count for name, count in counts.items() if name in graph.schema.kinds)
        terminal.print(terminal.say("cli.projection_agrees", records=terminal.number(records)))
        words = graph.beside(WordIndex)
        if words.is_kept:
            if not words.agrees():
                flaws += 1
                terminal.print(terminal.say("cli.search_was_wrong"), "red")
            terminal.print(terminal.say("cli.search_agrees", records=terminal.number(records)))
    if flaws:
        raise NotSound("cli.not_sound", count=flaws)
    terminal.print(terminal.say("cli.sound"), "bold green")


def _flaws_told(terminal: Terminal, store: Store) -> int:
    """How many flaws the change chain has and how many records and edges differ from it, each said."""
    flaws = 0
    if restore.is_unfinished(store):
        flaws += 1
        terminal.print(terminal.say("cli.restore_unfinished"), "red")
    for found in history.verify(store):
        match found:
            case ChainFlaw():
                flaws += 1
                terminal.print(terminal.say(f"history.{found.what}", number=found.number), "red")
            case Head():
                number = terminal.number(found.number)
                terminal.print(terminal.say("cli.sound_until", number=number, hash=found.hash))
    strays = 0
    for stray in audit.strays(store, schema.read()):
        strays += 1
        terminal.print(terminal.say(f"cli.stray_{stray.what}", name=stray.name), "red")
    if not strays:
        terminal.print(terminal.say("cli.graph_as_told"))
    return flaws + strays


def linked_rebuild(terminal: Terminal) -> None:
    """A new copy for SPARQL beside the one in use, put in its place; a running service turns to it by itself."""
    from kaysis_graph.linked.copy import keeper  # the store is loaded for this command alone
    from kaysis_graph.linked.iris import Iris

    settings = terminal.settings
    begun = time.perf_counter()
    with opened_graph(terminal) as graph, progress_told(terminal) as told:
        iris = Iris(settings.base, graph.schema, settings.publication)
        built = keeper.build(graph, iris, keeper.folder(settings), lambda done, total: told("records", done, total))
    values = {"number": terminal.number(built.sequence), "seconds": round(time.perf_counter() - begun, 1)}
    terminal.print(terminal.say("cli.linked_rebuilt", base=settings.base, **values))


def stop(terminal: Terminal) -> None:
    """The embedded engine ended cleanly; nothing when it does not run, or the graph is on a server."""
    if terminal.settings.graph_url is not None:
        terminal.print(terminal.say("cli.not_ours_to_stop", url=terminal.settings.graph_url))
        return
    terminal.print(terminal.say("cli.stopped" if engines.stop(terminal.settings) else "cli.did_not_run"))


def _end(number: int, frame: FrameType | None) -> None:  # noqa: ARG001  # as signals are told
    raise KeyboardInterrupt


def _graph_told(graph: Graph) -> dict[str, object]:
    head = history.head(graph.store)
    seen = graph.follower.seen
    unfinished = [job.id for job in jobs.every(graph.store) if job.status in jobs.UNFINISHED]
    return {
        "sequence": head.number,
        "hash": head.hash,
        "projection": "file" if seen.loaded_from_file and not seen.rebuilt else "engine",
        "projection_seconds": round(seen.build_seconds, 3),
        "projection_caught_up": seen.caught_up_changes,
        "projection_lag": head.number - graph.sequence,
        "unfinished_jobs": unfinished,
        "restore_unfinished": restore.is_unfinished(graph.store),
    }


def _linked_told(terminal: Terminal, sequence: int) -> dict[str, object]:
    """Where the copy for SPARQL stands, whoever keeps it; None when there is none."""
    from kaysis_graph.linked.copy import keeper  # the store is loaded for this command alone

    newest = keeper.newest_in(keeper.folder(terminal.settings))
    behind = None if newest is None else max(0, sequence - newest.sequence)
    return {"linked_sequence": None if newest is None else newest.sequence, "linked_lag": behind}


def _show_status(terminal: Terminal, told: dict[str, object]) -> None:
    lines: list[tuple[display.Shown, ...]] = [
        (Text(terminal.say(f"cli.status_{name}"), "dim"), str(told[name]))
        for name in ("engine", "release", "url", "pid", "home", "sequence", "hash")
        if told[name] is not None
    ]
    source = terminal.say(f"cli.projection_{told['projection']}", seconds=told["projection_seconds"])
    lag = terminal.say("cli.projection_lag", lag=told["projection_lag"])
    lines.append((Text(terminal.say("cli.status_projection"), "dim"), f"{source} · {lag}"))
    copy = "cli.linked_none" if told["linked_lag"] is None else "cli.linked_stands"
    told_of_copy = terminal.say(copy, number=told["linked_sequence"], lag=told["linked_lag"])
    lines.append((Text(terminal.say("cli.status_linked"), "dim"), told_of_copy))
    unfinished = told["unfinished_jobs"]
    assert isinstance(unfinished, list), "as it was put there"
    unfinished_jobs = Text(", ".join(unfinished), "yellow") if unfinished else Text(terminal.say("cli.none"))
    lines.append((Text(terminal.say("cli.status_jobs"), "dim"), unfinished_jobs))
    display.rows(terminal, ("", ""), lines)
    if told["restore_unfinished"]:
        terminal.print(terminal.say("cli.restore_unfinished"), "red")


def _show_counts(terminal: Terminal, counts: dict[str, int]) -> None:
    known = schema.read()
    terminal.print()
    kinds = [
        (terminal.number(count), display.plural(terminal, name))
        for name, count in counts.items()
        if name in known.kinds and count
    ]
    display.rows(terminal, ("count", "kind"), kinds, right=(0,))
    terminal.print()
    edges = [
        (terminal.number(count), name, display.edge(terminal, name))
        for name, count in counts.items()
        if name in known.edge_types and count
    ]
    display.rows(terminal, ("count", "edge", "meaning"), edges, right=(0,))
