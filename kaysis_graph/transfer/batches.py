"""Writing what an import has made ready: records first, then edges, in batches under one job."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from kaysis_graph.errors import Invalid
from kaysis_graph.graph import history
from kaysis_graph.graph.history import Author
from kaysis_graph.graph.store import Store, Transaction
from kaysis_graph.records import record_model, writer
from kaysis_graph.records.record_model import Edge
from kaysis_graph.records.writer import Existing, Saved, WantedState
from kaysis_graph.schema import Schema
from kaysis_graph.transfer import inventions, jobs
from kaysis_graph.transfer.comparison import laid_over
from kaysis_graph.transfer.inventions import Invention
from kaysis_graph.transfer.spool import Ready, Spool
from kaysis_graph.transfer.unfinished_jobs import unfinished_problems

# A change holds at most this much JSON, so that whoever follows the sequence reads it at once.
_MOST_BYTES = 1_000_000
_MOST = 2_000


@dataclass
class Written:
    """How many changes, records and edges an import wrote."""

    changes: int = 0
    records: int = 0
    edges: int = 0


def write(  # noqa: PLR0913  # what, where to, by whom, and who hears of it
    store: Store,
    schema: Schema,
    spool: Spool,
    author: Author,
    fingerprint: str,
    progress: Callable[[str, int, int | None], None],
) -> Written:
    """Everything ready in the spool written under the author's job; nothing at all when nothing is ready."""
    job = str(author.job)
    total = sum(spool.ready())
    written = Written()
    if not total:
        return written

    def begin(transaction: Transaction) -> None:
        history.lock(transaction)
        jobs.refuse_undone(transaction, job)
        if problems := list(unfinished_problems(transaction, spool, job)):
            raise Invalid(problems)
        jobs.begin(transaction, job, fingerprint, author)

    def finish(transaction: Transaction) -> None:
        history.lock(transaction)
        jobs.refuse_undone(transaction, job)
        jobs.finish(transaction, job, "done")

    store.write(begin)
    for given in spool.invention_batches(_MOST):
        _keep(store, given)
    done = 0
    for act, batches in (
        (_records, spool.record_batches(_MOST, _MOST_BYTES)),
        (_edges, spool.edge_batches(_MOST, _MOST_BYTES)),
    ):
        for batch in batches:
            saved = _write_batch(store, schema, act, batch, author)
            written.changes += bool(saved.records or saved.edges)
            written.records += saved.records
            written.edges += saved.edges
            done += len(batch)
            progress("write", done, total)
    store.write(finish)
    return written


def _keep(store: Store, given: list[Invention]) -> None:
    """Numbers before the records that bear them: an import that is broken off gives the same ones again."""

    def work(transaction: Transaction) -> None:
        history.lock(transaction)
        inventions.keep(transaction, given)

    store.write(work)


_Act = Callable[[Transaction, Schema, history.Head, list[Ready], Author], Saved]


def _write_batch(store: Store, schema: Schema, act: _Act, batch: list[Ready], author: Author) -> Saved:
    def work(transaction: Transaction) -> Saved:
        head = history.lock(transaction)
        jobs.refuse_undone(transaction, str(author.job))
        saved = act(transaction, schema, head, batch, author)
        jobs.note(transaction, str(author.job), saved.records, saved.edges)
        return saved

    return store.write(work)


def _records(transaction: Transaction, schema: Schema, head: history.Head, batch: list[Ready], author: Author) -> Saved:
    stored = writer.existing(transaction, schema, [identifier for identifier, _, _, _, _ in batch])
    before = {identifier: record_model.record_json(record) for identifier, record in stored.items()}
    laid = (laid_over(before.get(identifier), told, keep) for identifier, _, told, keep, _ in batch)
    wanted = WantedState({told["id"]: record_model.record_of(schema, told) for told in laid}, {})
    return writer.write(transaction, schema, head, wanted, author, Existing(stored, {}, {}))


def _edges(transaction: Transaction, schema: Schema, head: history.Head, batch: list[Ready], author: Author) -> Saved:
    kinds = {source: kind for source, kind, _, _, _ in batch}
    given = [(_edge(schema, kinds, source, told), told, keep, first) for source, _, told, keep, first in batch]
    # An edge whose first day was corrected takes the place of the one it was.
    were = {edge.key: (*edge.key[:3], first) for edge, _, _, first in given}
    held = writer.edges_between(transaction, schema, {*were, *were.values()}, kinds)
    edges: dict[writer.EdgeKey, Edge] = {}
    for edge, told, keep, _ in given:
        before = held.get(edge.key) or held.get(were[edge.key])
        laid: dict[str, Any] = laid_over(record_model.edge_json(before) if before else None, told, keep)
        edges[_edge(schema, kinds, edge.source, laid).key] = _edge(schema, kinds, edge.source, laid)
    dropped = frozenset(old for key, old in were.items() if old != key and old in held and old not in edges)
    return writer.write(transaction, schema, head, WantedState({}, edges, dropped), author, Existing({}, held, kinds))


def _edge(schema: Schema, kinds: dict[str, str], source: str, told: dict[str, Any]) -> Edge:
    return record_model.edge_of(schema.kinds[kinds[source]], source, told)
