"""Imports as the graph remembers them: under way, done, or undone."""

from dataclasses import dataclass
from typing import Literal

from kaysis_graph import clock
from kaysis_graph.errors import Conflict
from kaysis_graph.graph import history
from kaysis_graph.graph.history import Author, RowChange
from kaysis_graph.graph.queries import load
from kaysis_graph.graph.store import Reader, Transaction

_OF_INPUT = load("transfer/job")
_NAMED = load("transfer/job_named")
_ALL = load("transfer/jobs")
_BEGIN = load("transfer/begin_job")
_NOTE = load("transfer/note_job")
_FINISH = load("transfer/finish_job")
_CHANGES = load("transfer/job_changes")
_SHOWN = 12
Status = Literal["writing", "done", "undoing", "undone"]
UNFINISHED: tuple[Status, ...] = ("writing", "undoing")


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


@dataclass(frozen=True)
class Numbered:
    """The number of a change."""

    number: int


def every(reader: Reader) -> list[Job]:
    """All imports, newest first."""
    return reader.read(_ALL, into=Job)


def named(reader: Reader, job: str) -> Job | None:
    """The import of that name, if there is one."""
    return next(iter(reader.read(_NAMED, into=Job, id=job)), None)


def numbers_of(reader: Reader, job: str) -> list[int]:
    """The numbers of the changes that the job made, newest first."""
    return [row.number for row in reader.read(_CHANGES, into=Numbered, job=job)]


def rows_of(reader: Reader, number: int) -> list[RowChange]:
    """What the change of that number did."""
    return history.changes_after(reader, number - 1, 1)[0].told()


def undo_of(job: str) -> str:
    """The name under which the changes that take a job back are written."""
    return f"{job}-undone"


def job_for(reader: Reader, fingerprint: str) -> str:
    """The identifier under which the input is written: that of the import that was broken off, else a new one."""
    held = reader.read(_OF_INPUT, into=Job, fingerprint=fingerprint)
    broken_off = next((job.id for job in held if job.status == "writing"), None)
    name = f"import-{fingerprint[:_SHOWN]}"
    return broken_off or (f"{name}-{len(held) + 1}" if held else name)


def again(reader: Reader, job: Job) -> Job | None:
    """The newest import of the same input that was not undone."""
    held = reader.read(_OF_INPUT, into=Job, fingerprint=job.fingerprint)
    return next((other for other in held if other.id != job.id and other.status != "undone"), None)


def begin(transaction: Transaction, job: str, fingerprint: str, author: Author) -> None:
    """Notes that the import writes from now on."""
    at = clock.now().isoformat(timespec="seconds")
    transaction.run(_BEGIN, id=job, fingerprint=fingerprint, who=author.who, why=author.why, at=at)


def refuse_undone(reader: Reader, job: str) -> None:
    """Conflict when the job was taken back, or is being taken back: nothing may be written under its name any more."""
    held = named(reader, job)
    if held is not None and held.status in ("undoing", "undone"):
        raise Conflict("transfer.undone_meanwhile", job=job)


def note(transaction: Transaction, job: str, records: int, edges: int) -> None:
    """Notes what a batch wrote, in the transaction that wrote it."""
    transaction.run(_NOTE, id=job, records=records, edges=edges)


def finish(transaction: Transaction, job: str, status: Status) -> None:
    """Notes how the import ended."""
    transaction.run(_FINISH, id=job, status=status)
