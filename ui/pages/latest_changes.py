"""The latest changes in a line each: the whole of a change may hold a megabyte of rows."""

from dataclasses import dataclass

from kaysis_graph.graph.queries import load
from kaysis_graph.graph.store import Reader

_LATEST = load("records/latest_changes")


@dataclass(frozen=True)
class LatestChange:
    """One change without what it changed."""

    number: int
    at: str
    who: str
    why: str


def latest(reader: Reader, upto: int, count: int) -> list[LatestChange]:
    """The last changes up to that number, newest first."""
    return reader.read(_LATEST, into=LatestChange, after=upto - count, upto=upto)
