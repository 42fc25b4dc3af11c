"""An import taken back: the reverse of its changes written as new changes, newest first."""

from collections.abc import Sequence
from dataclasses import replace

from kaysis_graph.errors import Conflict, Invalid, NotFound
from kaysis_graph.graph import history
from kaysis_graph.graph.history import Author, RowChange
from kaysis_graph.graph.queries import load
from kaysis_graph.graph.store import Reader, Store, Transaction
from kaysis_graph.records import checks, record_model, writer
from kaysis_graph.records.writer import EdgeKey, Saved, WantedState
from kaysis_graph.schema import Schema
from kaysis_graph.transfer import jobs
from kaysis_graph.transfer.later_changes import LaterChanges

_UNDONE = load("transfer/mark_undone")


def undo(store: Store, schema: Schema, job: str, author: Author) -> Saved:
    """Everything the job wrote is as it was before; identifiers it made are free again.

    NotFound when there is no such job, Conflict when it was undone already. Invalid, with nothing undone, when others
    have built on it since: a record changed again, an edge that arrives at a record it made. An undo that was broken
    off goes on when it is run again. Whatever others write while it runs is looked at again before each step.
    """
    _refuse_unknown(store, job)
    numbers = jobs.numbers_of(store, job)
    if problems := list(LaterChanges(store, schema, job).problems(numbers)):
        raise Invalid(problems)

    def begin(transaction: Transaction) -> None:
        history.lock(transaction)
        _refuse_unknown(transaction, job)
        jobs.finish(transaction, job, "undoing")

    store.write(begin)
    by = replace(author, job=jobs.undo_of(job))
    # The import may have written on until it was marked.
    undone = [_reverse(store, schema, job, number, by) for number in jobs.numbers_of(store, job)]
    store.write(lambda transaction: jobs.finish(transaction, job, "undone"))
    sequence = history.head(store).number
    return Saved(sequence, sum(saved.records for saved in undone), sum(saved.edges for saved in undone))


def _refuse_unknown(reader: Reader, job: str) -> None:
    held = jobs.named(reader, job)
    if held is None:
        raise NotFound("transfer.no_job", job=job)
    if held.status != "undone":
        return
    if (newer := jobs.again(reader, held)) is not None:
        raise Conflict("transfer.undone_and_again", job=job, again=newer.id)
    raise Conflict("transfer.undone_already", job=job)


def _reverse(store: Store, schema: Schema, job: str, number: int, author: Author) -> Saved:
    def work(transaction: Transaction) -> Saved:
        head = history.lock(transaction)
        # Two may undo one job at once: whoever comes second must not touch what was brought in again since.
        _refuse_unknown(transaction, job)
        if problems := list(LaterChanges(transaction, schema, job).problems([number])):
            raise Invalid(problems)
        wanted = _wanted(schema, jobs.rows_of(transaction, number), transaction)
        saved = writer.write(transaction, schema, head, wanted, author)
        transaction.run(_UNDONE, ids=sorted(wanted.deleted))
        return saved

    return store.write(work)


def _wanted(schema: Schema, rows: Sequence[RowChange], reader: Reader) -> WantedState:
    kinds = checks.kinds_of(reader, schema, {row.edge["source"] for row in rows if row.edge})
    made, edges = {}, {}
    dropped: set[EdgeKey] = set()
    deleted: set[str] = set()
    for row in rows:
        if row.record is not None:
            if row.before is None:
                deleted.add(row.record["id"])
            else:
                made[row.record["id"]] = record_model.record_of(schema, row.before)
        elif row.edge is not None and row.edge["source"] in kinds:
            if row.before is None:
                dropped.add(row.edge_key)
            else:
                kind = schema.kinds[kinds[row.edge["source"]]]
                edges[row.edge_key] = record_model.edge_of(kind, row.edge["source"], row.before)
    return WantedState(made, edges, frozenset(dropped), frozenset(deleted))
