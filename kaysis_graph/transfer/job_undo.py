"""An import taken back: the reverse of its changes written as new changes, newest first."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from kaysis_graph.errors import Conflict, Invalid, NotFound
from kaysis_graph.graph import history
from kaysis_graph.graph.history import Author, RowChange
from kaysis_graph.graph.queries import load
from kaysis_graph.graph.store import Reader, Store, Transaction
from kaysis_graph.records import checks, record_model, writer
from kaysis_graph.records.writer import EdgeKey, Existing, Saved, WantedState
from kaysis_graph.schema import Schema
from kaysis_graph.transfer import jobs
from kaysis_graph.transfer.later_changes import LaterChanges

if TYPE_CHECKING:
    from kaysis_graph.records.record_model import Edge, Record

_UNDONE = load("transfer/mark_undone")
Progress = Callable[[str, int, int | None], None]


def undo(store: Store, schema: Schema, job: str, author: Author, progress: Progress | None = None) -> Saved:
    """Everything the job wrote is as it was before; identifiers it made are free again.

    NotFound when there is no such job, Conflict when it was undone already. Invalid, with nothing undone, when others
    have built on it since: a record changed again, an edge that arrives at a record it made. An undo that was broken
    off goes on when it is run again. Whatever others write while it runs is looked at again before each step.
    `progress` hears the stages `check` and `undo`, counted in changes.
    """
    told = progress or _quiet
    held = _known_job(store, job)
    # Of an undo that goes on it is not known what it took back already: everything is looked up.
    looked_at = None if held.status == "undoing" else history.head(store).number
    numbers = jobs.numbers_of(store, job)
    later = LaterChanges(store, schema, job)
    if problems := list(later.problems(numbers, lambda done: told("check", done, len(numbers)))):
        raise Invalid(problems)

    def begin(transaction: Transaction) -> None:
        history.lock(transaction)
        _known_job(transaction, job)
        jobs.finish(transaction, job, "undoing")

    store.write(begin)
    by = replace(author, job=jobs.undo_of(job))
    records = edges = 0
    # The import may have written on until it was marked.
    numbers = jobs.numbers_of(store, job)
    for done, number in enumerate(numbers, 1):
        saved = _reverse(store, schema, job, number, by, looked_at)
        if looked_at is not None:
            # A number that is none of ours shows that somebody has written since, and then each step looks anew.
            looked_at += saved.records + saved.edges > 0
        records, edges = records + saved.records, edges + saved.edges
        told("undo", done, len(numbers))
    store.write(lambda transaction: jobs.finish(transaction, job, "undone"))
    return Saved(history.head(store).number, records, edges)


def _known_job(reader: Reader, job: str) -> jobs.Job:
    """The job, when there is one that was not undone yet."""
    held = jobs.named(reader, job)
    if held is None:
        raise NotFound("transfer.no_job", job=job)
    if held.status != "undone":
        return held
    if (newer := jobs.again(reader, held)) is not None:
        raise Conflict("transfer.undone_and_again", job=job, again=newer.id)
    raise Conflict("transfer.undone_already", job=job)


def _reverse(  # noqa: PLR0913  # whose change, by whom, and since when it was looked at
    store: Store, schema: Schema, job: str, number: int, author: Author, looked_at: int | None
) -> Saved:
    """One change taken back; `looked_at` is the number up to which it is known that nobody has built on it."""

    def work(transaction: Transaction) -> Saved:
        head = history.lock(transaction)
        # Two may undo one job at once: whoever comes second must not touch what was brought in again since.
        _known_job(transaction, job)
        is_alone = head.number == looked_at
        if not is_alone and (problems := list(LaterChanges(transaction, schema, job).problems([number]))):
            raise Invalid(problems)
        rows = jobs.rows_of(transaction, number)
        wanted, written = _wanted(schema, rows, transaction)
        saved = writer.write(transaction, schema, head, wanted, author, written if is_alone else None)
        transaction.run(_UNDONE, ids=sorted(wanted.deleted))
        return saved

    return store.write(work)


def _wanted(schema: Schema, rows: Sequence[RowChange], reader: Reader) -> tuple[WantedState, Existing | None]:
    """What was before the change, and what the change wrote: as things are, when nobody has written since.

    None for the latter where it wrote what the schema does not know any more.
    """
    kinds = checks.kinds_of(reader, schema, {row.edge["source"] for row in rows if row.edge})
    made: dict[str, Record] = {}
    written: dict[str, Record] = {}
    edges: dict[EdgeKey, Edge] = {}
    held: dict[EdgeKey, Edge] = {}
    dropped: set[EdgeKey] = set()
    deleted: set[str] = set()
    for row in rows:
        if row.record is not None:
            identifier = row.record["id"]
            if row.after is not None:
                written[identifier] = record_model.record_of(schema, row.after)
            if row.before is None:
                deleted.add(identifier)
            else:
                made[identifier] = record_model.record_of(schema, row.before)
        elif row.edge is not None and row.edge["source"] in kinds:
            kind = schema.kinds[kinds[row.edge["source"]]]
            if row.after is not None and kind.edge(row.edge["type"]) is not None:
                held[row.edge_key] = record_model.edge_of(kind, row.edge["source"], row.after)
            if row.before is None:
                dropped.add(row.edge_key)
            else:
                edges[row.edge_key] = record_model.edge_of(kind, row.edge["source"], row.before)
    known = kinds | {record.id: record.kind for record in [*written.values(), *made.values()]}
    wanted = WantedState(made, edges, frozenset(dropped), frozenset(deleted))
    return wanted, Existing(written, held, known) if dropped <= held.keys() else None


def _quiet(stage: str, done: int, total: int | None) -> None:
    """Progress nobody asked for."""
