"""An import taken back: the reverse of its changes written as new changes, newest first."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kaysis_graph.errors import Invalid, NotFound, Problem
from kaysis_graph.graph import history
from kaysis_graph.graph.history import Author, Row
from kaysis_graph.graph.queries import load
from kaysis_graph.graph.store import Reader, Store, Transaction
from kaysis_graph.registry import checks, records, saving
from kaysis_graph.registry.checks import EdgeRow
from kaysis_graph.registry.saving import EdgeKey, Saved, Wanted
from kaysis_graph.registry.transfer import jobs
from kaysis_graph.schema import Schema

_CHANGES = load("transfer/job_changes")
_UNDONE = load("transfer/mark_undone")
_LEAVING = load("records/edges_leaving")
_ARRIVING = load("records/edges_arriving")


@dataclass(frozen=True)
class Numbered:
    """The number of a change."""

    number: int


def undo(store: Store, schema: Schema, job: str, author: Author) -> Saved:
    """Everything the job wrote is as it was before; identifiers it made are free again.

    NotFound when no change belongs to the job. Invalid, with nothing undone, when others have built on it since: a
    record changed again, an edge that arrives at a record it made.
    """
    numbers = [row.number for row in store.read(_CHANGES, into=Numbered, job=job)]
    if not numbers:
        raise NotFound("transfer.no_job", job=job)
    if problems := list(_problems(store, schema, numbers)):
        raise Invalid(problems)
    by = replace(author, job=f"{job}-undone")
    store.write(lambda transaction: jobs.finish(transaction, job, "undoing"))
    undone = [_reverse(store, schema, number, by) for number in numbers]
    store.write(lambda transaction: jobs.finish(transaction, job, "undone"))
    sequence = history.head(store).number
    return Saved(sequence, sum(saved.records for saved in undone), sum(saved.edges for saved in undone))


def _rows(reader: Reader, number: int) -> list[Row]:
    return history.changes_after(reader, number - 1, 1)[0].told()


def _reverse(store: Store, schema: Schema, number: int, author: Author) -> Saved:
    wanted = _wanted(schema, _rows(store, number), store)

    def work(transaction: Transaction) -> Saved:
        head = history.lock(transaction)
        saved = saving.write(transaction, schema, head, wanted, author)
        transaction.run(_UNDONE, ids=sorted(wanted.deleted))
        return saved

    return store.write(work)


def _wanted(schema: Schema, rows: Sequence[Row], reader: Reader) -> Wanted:
    kinds = checks.kinds_of(reader, schema, {row.edge["source"] for row in rows if row.edge})
    made, edges = {}, {}
    dropped: set[EdgeKey] = set()
    deleted: set[str] = set()
    for row in rows:
        if row.record is not None:
            if row.before is None:
                deleted.add(row.record["id"])
            else:
                made[row.record["id"]] = records.record_of(schema, row.before)
        elif row.edge is not None and row.edge["source"] in kinds:
            if row.before is None:
                dropped.add(_key(row))
            else:
                kind = schema.kinds[kinds[row.edge["source"]]]
                edges[_key(row)] = records.edge_of(kind, row.edge["source"], row.before)
    return Wanted(made, edges, frozenset(dropped), frozenset(deleted))


def _key(row: Row) -> EdgeKey:
    assert row.edge is not None, "an edge row"
    return (row.edge["source"], row.edge["type"], row.edge["target"], row.edge["first_day"])


def _problems(store: Store, schema: Schema, numbers: Sequence[int]) -> Iterator[Problem]:
    own: set[EdgeKey] = set()
    for number in numbers:
        rows = _rows(store, number)
        own |= {_key(row) for row in rows if row.edge is not None and row.before is None}
        yield from _changed_since(store, schema, rows)
        made = [row.record["id"] for row in rows if row.record is not None and row.before is None]
        for query in (_LEAVING, _ARRIVING):
            for edge in store.read(query, into=EdgeRow, ids=made):
                if (edge.source, edge.type, edge.target, edge.properties["first_day"]) not in own:
                    values = {"source": edge.source, "type": edge.type, "target": edge.target}
                    yield Problem("transfer.built_on", {"id": edge.source, "edge": edge.type}, values)


def _changed_since(store: Store, schema: Schema, rows: Sequence[Row]) -> Iterator[Problem]:
    """What is neither as the change left it nor, undone already, as it was before."""
    told = {row.record["id"]: row for row in rows if row.record is not None}
    stored = saving.existing(store, schema, told)
    for identifier, row in told.items():
        now = records.record_json(stored[identifier]) if identifier in stored else None
        if now not in (row.after, row.before):
            yield Problem("transfer.changed_since", {"id": identifier}, {"id": identifier})
    keys = {_key(row): row for row in rows if row.edge is not None}
    kinds = checks.kinds_of(store, schema, {key[0] for key in keys})
    held = saving.edges_between(store, schema, [key for key in keys if key[0] in kinds], kinds)
    for key, row in keys.items():
        now = records.edge_json(held[key]) if key in held else None
        if now not in (row.after, row.before):
            place: dict[str, str | int] = {"id": key[0], "edge": f"{key[1]} → {key[2]}"}
            yield Problem("transfer.changed_since", place, {"id": key[0]})
