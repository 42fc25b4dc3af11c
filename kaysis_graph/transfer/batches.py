"""Writing what an import has made ready: records first, then edges, in batches under one job.

What was found new when it was compared is new still when nobody has written since: it is not looked up again.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from kaysis_graph.errors import Invalid
from kaysis_graph.graph import history
from kaysis_graph.graph.history import Author, Head
from kaysis_graph.graph.store import Store, Transaction
from kaysis_graph.records import record_model, writer
from kaysis_graph.records.record_model import Edge
from kaysis_graph.records.writer import Existing, Saved, WantedState
from kaysis_graph.schema import Schema
from kaysis_graph.transfer import inventions, jobs
from kaysis_graph.transfer.inventions import Invention
from kaysis_graph.transfer.overlay import laid_over
from kaysis_graph.transfer.spool import ReadyEdge, ReadyRecord, Spool
from kaysis_graph.transfer.unfinished_jobs import unfinished_problems

# A change holds at most this much JSON, so that whoever follows the sequence reads it at once.
_MOST_BYTES = 1_000_000
MOST = 2_000


@dataclass
class Written:
    """How many changes, records and edges an import wrote."""

    changes: int = 0
    records: int = 0
    edges: int = 0


def write(  # noqa: PLR0913  # what, compared with what, where to, by whom, and who hears of it
    store: Store,
    schema: Schema,
    spool: Spool,
    compared_at: Head,
    author: Author,
    fingerprint: str,
    progress: Callable[[str, int, int | None], None],
) -> Written:
    """Everything ready in the spool written under the author's job; nothing at all when nothing is ready.

    `compared_at` is where the sequence stood before the spool was compared with the graph.
    """
    job = str(author.job)
    total = sum(spool.ready())
    if not total:
        return Written()

    def begin(transaction: Transaction) -> Head:
        head = history.lock(transaction)
        jobs.refuse_undone(transaction, job)
        if problems := list(unfinished_problems(transaction, spool, job)):
            raise Invalid(problems)
        jobs.begin(transaction, job, fingerprint, author)
        return head

    def finish(transaction: Transaction) -> None:
        history.lock(transaction)
        jobs.refuse_undone(transaction, job)
        jobs.finish(transaction, job, "done")

    begun_at = store.write(begin)
    for given in spool.invention_batches(MOST):
        _keep(store, given)
    pen = _Pen(store, schema, author, compared_at.number if begun_at == compared_at else None)
    done = 0
    for records in spool.record_batches(MOST, _MOST_BYTES):
        pen.write(_records, records)
        progress("write", done := done + len(records), total)
    for edges in spool.edge_batches(MOST, _MOST_BYTES):
        pen.write(_edges, edges)
        progress("write", done := done + len(edges), total)
    store.write(finish)
    return pen.written


def _keep(store: Store, given: list[Invention]) -> None:
    """Numbers before the records that bear them: an import that is broken off gives the same ones again."""

    def work(transaction: Transaction) -> None:
        history.lock(transaction)
        inventions.keep(transaction, given)

    store.write(work)


_One = TypeVar("_One", ReadyRecord, ReadyEdge)
# What is to be written of a batch, and what of it the graph has.
_Act = Callable[[Transaction, Schema, Sequence[_One]], tuple[WantedState, Existing]]


class _Pen:
    """Writes batch after batch, and knows whether anybody else has written since the input was compared."""

    def __init__(self, store: Store, schema: Schema, author: Author, expected: int | None) -> None:
        """`expected` is the number the sequence stands at when nobody has; None when somebody has already."""
        self.written = Written()
        self._store = store
        self._schema = schema
        self._author = author
        self._expected = expected

    def write(self, act: _Act[_One], batch: Sequence[_One]) -> None:
        job = str(self._author.job)

        def work(transaction: Transaction) -> tuple[Saved, bool]:
            head = history.lock(transaction)
            jobs.refuse_undone(transaction, job)
            is_alone = head.number == self._expected
            # What was new may be there by now.
            known = batch if is_alone else [replace(one, is_new=False) for one in batch]
            wanted, found = act(transaction, self._schema, known)
            saved = writer.write(transaction, self._schema, head, wanted, self._author, found)
            jobs.note(transaction, job, saved.records, saved.edges)
            return saved, is_alone

        saved, is_alone = self._store.write(work)
        self._expected = saved.sequence if is_alone else None
        self.written.changes += bool(saved.records or saved.edges)
        self.written.records += saved.records
        self.written.edges += saved.edges


def _records(transaction: Transaction, schema: Schema, batch: Sequence[ReadyRecord]) -> tuple[WantedState, Existing]:
    asked = [one.told["id"] for one in batch if not one.is_new]
    stored = writer.existing(transaction, schema, asked) if asked else {}
    before = {identifier: record_model.record_json(record) for identifier, record in stored.items()}
    laid = (laid_over(before.get(one.told["id"]), one.told, one.keep) for one in batch)
    made = {told["id"]: record_model.record_of(schema, told) for told in laid}
    return WantedState(made, {}), Existing(stored, {}, {})


def _edges(transaction: Transaction, schema: Schema, batch: Sequence[ReadyEdge]) -> tuple[WantedState, Existing]:
    kinds = {one.source: one.kind for one in batch}
    # An edge whose first day was corrected takes the place of the one it was.
    given = [(_edge(schema, one, one.told).key, one) for one in batch]
    were = {key: (*key[:3], one.first) for key, one in given if not one.is_new}
    held = writer.edges_between(transaction, schema, {*were, *were.values()}, kinds) if were else {}
    edges: dict[writer.EdgeKey, Edge] = {}
    for key, one in given:
        before = held.get(key) or held.get(were.get(key, key))
        edge = _edge(schema, one, laid_over(record_model.edge_json(before) if before else None, one.told, one.keep))
        edges[edge.key] = edge
    dropped = frozenset(old for key, old in were.items() if old != key and old in held and old not in edges)
    return WantedState({}, edges, dropped), Existing({}, held, kinds)


def _edge(schema: Schema, ready: ReadyEdge, told: Mapping[str, Any]) -> Edge:
    return record_model.edge_of(schema.kinds[ready.kind], ready.source, told)
