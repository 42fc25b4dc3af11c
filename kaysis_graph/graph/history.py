"""The change sequence: one gap-free number for every write, chained by hashes.

Each write transaction that changes anything appends one `Change`. Its number is the ETag of every answer and
the position in the change feed. Its hash covers the hash before it, so a change that was altered, taken out or
slipped in later shows (`verify`). Who can rewrite the whole chain with its head can still deceive: keep the head's
hash elsewhere (`kaysis status` prints it) where that matters.
"""

import hashlib
import json
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from kaysis_graph import clock
from kaysis_graph.errors import EngineDown
from kaysis_graph.graph.queries import load
from kaysis_graph.graph.store import Reader, Store, Transaction

_BEGIN = load("graph/changes/begin")
_GRAPH_ID = load("graph/changes/graph_id")
_HEAD = load("graph/changes/head")
_LOCK = load("graph/changes/lock")
_APPEND = load("graph/changes/append")
_LAST = load("graph/changes/last")
_AFTER = load("graph/changes/after")
_OF_RECORD = load("graph/changes/of_record")
_TIMES = load("graph/changes/times")
FIRST_HASH = "0" * 64
# Changes hold up to a megabyte of rows each; a hundred at a time keep a reader below 100 MB.
_CHANGES_AT_A_TIME = 100


@dataclass(frozen=True)
class Author:
    """Who changes the graph and why; `job` ties the changes of one import together."""

    who: str
    why: str
    job: str | None = None


@dataclass(frozen=True)
class Head:
    """Where the sequence stands: the number and hash of the last change, 0 and zeros before the first."""

    number: int
    hash: str


@dataclass(frozen=True)
class GraphId:
    """The name a graph was given."""

    graph_id: str


@dataclass(frozen=True)
class Last:
    """The highest number any change carries, whatever the head says."""

    number: int


@dataclass(frozen=True)
class ChangeTime:
    """When a change was made, as it is stored: ISO 8601 in UTC, to the millisecond."""

    number: int
    at: str


@dataclass(frozen=True)
class RowChange:
    """What a change did to one record or one edge: its JSON form before and after, None where there was none.

    A record row has `record` = {kind, id}; an edge row has `edge` = {source, type, target, first_day}.
    """

    record: Mapping[str, str] | None
    edge: Mapping[str, str] | None
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None

    @property
    def edge_key(self) -> tuple[str, str, str, str]:
        """The four values that identify the edge of an edge row: its source, type, target and first day."""
        assert self.edge is not None, "an edge row"
        return (self.edge["source"], self.edge["type"], self.edge["target"], self.edge["first_day"])


@dataclass(frozen=True)
class Change:
    """One step of the sequence as it is stored; `rows` is the JSON text that the hash covers."""

    number: int
    at: str
    who: str
    why: str
    job: str | None
    hash: str
    previous_hash: str
    rows: str

    @property
    def head(self) -> Head:
        """Where the sequence stands after it."""
        return Head(self.number, self.hash)

    def follows(self, before: Head) -> bool:
        """Whether it is the next change after this one, by number and by hash."""
        return self.number == before.number + 1 and self.previous_hash == before.hash

    def told(self) -> list[RowChange]:
        """The rows of the change, records before edges."""
        return [
            RowChange(row.get("record"), row.get("edge"), row["before"], row["after"]) for row in json.loads(self.rows)
        ]


@dataclass(frozen=True)
class ChainFlaw:
    """A place where the sequence is not what was written."""

    number: int
    what: Literal["missing", "altered", "unchained", "beyond_head", "lost_tail"]


def begin(store: Store) -> None:
    """Begins the sequence in a graph that has none; elsewhere nothing."""
    store.write(lambda transaction: transaction.run(_BEGIN, hash=FIRST_HASH, graph_id=uuid.uuid4().hex))


def graph_id(reader: Reader) -> str:
    """A name the graph was given when its sequence began, so that what is kept of one is not taken for another."""
    rows = reader.read(_GRAPH_ID, into=GraphId)
    if not rows:
        raise EngineDown("history.no_head")
    return rows[0].graph_id


def head(reader: Reader) -> Head:
    """Where the sequence stands now."""
    rows = reader.read(_HEAD, into=Head)
    return rows[0] if rows else Head(0, FIRST_HASH)


def lock(transaction: Transaction) -> Head:
    """Where the sequence stands, with every other writer kept waiting until this transaction ends."""
    rows = transaction.read(_LOCK, into=Head)
    if not rows:
        raise EngineDown("history.no_head")
    return rows[0]


def append(transaction: Transaction, before: Head, author: Author, rows: Sequence[RowChange]) -> Head:
    """The new head after the rows were recorded as the next change."""
    number = before.number + 1
    at = clock.now().isoformat(timespec="milliseconds")
    told = json.dumps([_as_json(row) for row in rows], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    digest = _digest(number, at, author.who, author.why, author.job, before.hash, told)
    transaction.run(
        _APPEND,
        number=number,
        at=at,
        who=author.who,
        why=author.why,
        job=author.job,
        hash=digest,
        previous_hash=before.hash,
        rows=told,
    )
    return Head(number, digest)


def changes_after(reader: Reader, number: int, limit: int = _CHANGES_AT_A_TIME) -> list[Change]:
    """The changes after that number, oldest first, at most `limit`."""
    return reader.read(_AFTER, into=Change, number=number, upto=number + limit)


def all_changes(reader: Reader, after: int = 0) -> Iterator[Change]:
    """Every change after that number, oldest first, read a hundred at a time."""
    last = head(reader).number
    for start in range(after, last, _CHANGES_AT_A_TIME):
        yield from changes_after(reader, start)


def changes_of(reader: Reader, identifier: str) -> list[Change]:
    """The changes that touched a record or an edge that leaves it, newest first; a deleted record keeps its own."""
    return reader.read(_OF_RECORD, into=Change, id=identifier)


def times_of(reader: Reader, numbers: Iterable[int]) -> dict[int, str]:
    """When the changes of these numbers were made."""
    wanted = sorted(set(numbers))
    return {row.number: row.at for row in reader.read(_TIMES, into=ChangeTime, numbers=wanted)} if wanted else {}


def verify(store: Store) -> Iterator[ChainFlaw | Head]:
    """Every flaw of the sequence in its order, then the last sound head.

    A change is checked against its own hash and against the hash before it; numbers must follow each other up to
    the head.
    """
    expected = Head(0, FIRST_HASH)
    end = head(store)
    last = max(end.number, *(row.number for row in store.read(_LAST, into=Last)), 0)
    for start in range(0, last, _CHANGES_AT_A_TIME):
        for change in changes_after(store, start):
            for number in range(expected.number + 1, change.number):
                yield ChainFlaw(number, "missing")
            gap = change.number != expected.number + 1
            if digest_of(change) != change.hash:
                yield ChainFlaw(change.number, "altered")
            elif change.previous_hash != expected.hash and not gap:
                yield ChainFlaw(change.number, "unchained")
            if change.number > end.number:
                yield ChainFlaw(change.number, "beyond_head")
            expected = change.head
    for number in range(expected.number + 1, end.number + 1):
        yield ChainFlaw(number, "lost_tail")
    if expected.number == end.number and expected.hash != end.hash:
        yield ChainFlaw(end.number, "unchained")
    yield expected


def digest_of(change: Change) -> str:
    """The hash a change must bear, from everything else it says."""
    return _digest(change.number, change.at, change.who, change.why, change.job, change.previous_hash, change.rows)


def _digest(  # noqa: PLR0913  # exactly the fields of a change
    number: int, at: str, who: str, why: str, job: str | None, previous_hash: str, rows: str
) -> str:
    # A JSON list, so that no field can borrow letters from its neighbour.
    told = json.dumps([number, at, who, why, job, previous_hash, rows], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(told.encode()).hexdigest()


def _as_json(row: RowChange) -> dict[str, Any]:
    named = {"record": dict(row.record)} if row.record is not None else {"edge": dict(row.edge or {})}
    return {**named, "before": row.before, "after": row.after}
