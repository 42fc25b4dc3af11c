"""Imports and undoings that were broken off, or are under way: what they touch is not to be built on."""

from collections.abc import Iterator

from kaysis_graph.errors import Problem
from kaysis_graph.graph.store import Reader
from kaysis_graph.transfer import jobs
from kaysis_graph.transfer.spool import Spool

_NAMED_IDS = 3


def unfinished_problems(reader: Reader, spool: Spool, own: str) -> Iterator[Problem]:
    """One problem for each other job that is not at its end and wrote records that the input in the spool names."""
    for job in jobs.every(reader):
        if job.status not in jobs.UNFINISHED or job.id == own:
            continue
        named = spool.named_among(_touched(reader, job.id))
        if named:
            shown = ", ".join(named[:_NAMED_IDS]) + (" …" if len(named) > _NAMED_IDS else "")
            yield Problem(f"transfer.rests_on_{job.status}", {}, {"job": job.id, "count": len(named), "ids": shown})


def _touched(reader: Reader, job: str) -> set[str]:
    touched: set[str] = set()
    for number in jobs.numbers_of(reader, job):
        for row in jobs.rows_of(reader, number):
            if row.record is not None:
                touched.add(row.record["id"])
            elif row.edge is not None:
                touched |= {row.edge["source"], row.edge["target"]}
    return touched
