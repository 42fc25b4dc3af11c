"""The change sequence as a feed."""

import json
from dataclasses import dataclass
from typing import Any

from kaysis_graph.answers.answer import Cut
from kaysis_graph.graph import history
from kaysis_graph.graph.graph import Graph


@dataclass(frozen=True)
class ChangeShown:
    """One change with what it did; `hash` covers it and the hash of the change before.

    It is the SHA-256 of the JSON list [number, at, who, why, job, previous_hash, rows], where `rows` is their JSON
    text with sorted keys; both without blanks.
    """

    number: int
    at: str
    who: str
    why: str
    job: str | None
    hash: str
    previous_hash: str
    rows: list[Any]


@dataclass(frozen=True)
class Feed:
    """Changes after a number, oldest first; ask again with `after` = `last`."""

    sequence: int
    complete: bool
    cut: Cut | None
    last: int
    changes: list[ChangeShown]


def read_feed(graph: Graph, after: int, limit: int) -> Feed:
    """The changes after a number that the projection has seen, `limit` of them at most."""
    upto = graph.sequence
    found = [change for change in history.changes_after(graph.store, after, limit) if change.number <= upto]
    last = found[-1].number if found else after
    cut = Cut("api.more_changes", {"left": upto - last}) if last < upto else None
    shown = [
        ChangeShown(
            held.number, held.at, held.who, held.why, held.job, held.hash, held.previous_hash, json.loads(held.rows)
        )
        for held in found
    ]
    return Feed(upto, cut is None, cut, last, shown)
