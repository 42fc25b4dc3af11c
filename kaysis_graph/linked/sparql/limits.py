"""The limits of one query, and the error for each: a query beyond a limit is refused, never answered in part."""

import os
from dataclasses import dataclass

from kaysis_graph.errors import EngineDown, Invalid, KaysisError, Problem


@dataclass(frozen=True)
class QueryLimits:
    """How long, how large and how many.

    A worker opens with 0.45 GB of address space (measured, pyoxigraph 0.5.13), which counts as `memory`.
    """

    seconds: float = 60.0
    """From the moment a worker takes the query. # guess: what public endpoints give"""
    result: int = 50_000_000
    """Bytes of one answer; 250,000 rows of three short columns as JSON."""
    memory: int = 2_000_000_000
    """Bytes of address space of one worker, where the platform can bound it."""
    workers: int = max(2, min(8, os.cpu_count() or 2))
    """Queries that run at once: each takes a core while it runs."""
    per_client: int = 2
    """Of them for one client. # guess: one long query and one page beside it"""
    kept_back: int = 2
    """More that run at once, for clients of whom nothing runs: a small question beside hard ones shares a core."""
    waiting: int = 64
    """Queries that wait for a worker, all clients together. # guess: as many small ones as are over within patience"""
    waiting_per_client: int = 32
    """Of them for one client: programs ask twenty small things at once."""
    patience: float = 10.0
    """Seconds to wait for a worker. # guess: readers leave after that"""
    text: int = 250_000
    """Letters of a query: 5,000 IRIs in a VALUES list. Cutting them into terminals takes 0.3 s, at worst 1 s."""


class BadQuery(Invalid):
    """The query is not SPARQL, or not in a way that only one reading is possible; `line` and `column` tell where."""

    def __init__(self, rule: str, **values: object) -> None:
        place = {name: value for name, value in values.items() if name in ("line", "column") and isinstance(value, int)}
        super().__init__([Problem(rule, place, values)])


class WrongMedia(KaysisError):
    """The body of a request is of a type that no query comes in."""


class OutOfTime(EngineDown):
    """The query took longer than one query may."""


class OutOfMemory(EngineDown):
    """The query needed more memory than one query may."""


class Broken(EngineDown):
    """The worker ended under the query for a reason of the engine's own, such as a query nested too deeply."""


class Busy(EngineDown):
    """Every worker is taken, or the client has as many queries under way as one may."""


class NotBuilt(EngineDown):
    """There is no copy that could be asked: it is switched off or still being built."""


class GivenUp(KaysisError):
    """Whoever asked went away before the answer came; nobody is told."""
