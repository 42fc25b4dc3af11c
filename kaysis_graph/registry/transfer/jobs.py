"""Imports as the graph remembers them: under way, done, or undone."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from kaysis_graph.graph.history import Author
from kaysis_graph.graph.queries import load
from kaysis_graph.graph.store import Reader, Transaction

_OF_INPUT = load("transfer/job")
_ALL = load("transfer/jobs")
_BEGIN = load("transfer/begin_job")
_NOTE = load("transfer/note_job")
_FINISH = load("transfer/finish_job")
_SHOWN = 12
Status = Literal["writing", "done", "undoing", "undone"]


@dataclass(frozen=True)
class Job:
    """One import: the fingerprint of its files and map, and how many records and edges it wrote."""

    id: str
    fingerprint: str
    status: Status
    who: str
    why: str
    at: str
    records: int
    edges: int


def every(reader: Reader) -> list[Job]:
    """All imports, newest first."""
    return reader.read(_ALL, into=Job)


def job_for(reader: Reader, fingerprint: str) -> str:
    """The identifier under which the input is written: that of the import that was broken off, else a new one."""
    held = reader.read(_OF_INPUT, into=Job, fingerprint=fingerprint)
    broken_off = next((job.id for job in held if job.status == "writing"), None)
    name = f"import-{fingerprint[:_SHOWN]}"
    return broken_off or (f"{name}-{len(held) + 1}" if held else name)


def begin(transaction: Transaction, job: str, fingerprint: str, author: Author) -> None:
    """Notes that the import writes from now on."""
    at = datetime.now(UTC).isoformat(timespec="seconds")
    transaction.run(_BEGIN, id=job, fingerprint=fingerprint, who=author.who, why=author.why, at=at)


def note(transaction: Transaction, job: str, records: int, edges: int) -> None:
    """Notes what a batch wrote, in the transaction that wrote it."""
    transaction.run(_NOTE, id=job, records=records, edges=edges)


def finish(transaction: Transaction, job: str, status: Status) -> None:
    """Notes how the import ended."""
    transaction.run(_FINISH, id=job, status=status)
