"""The lives of records that tell no first day of themselves, kept beside them so that Cypher can ask for a day.

They follow from the ties a record leaves, which may be written before or after it, in another change or by an undo:
so they are worked out anew for whatever a write has touched. They are no part of the record: neither its JSON nor its
history names them.
"""

import itertools
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kaysis_graph.graph.columns import last_day, span_of
from kaysis_graph.graph.queries import load
from kaysis_graph.graph.spells import derived_spells, stored_spells
from kaysis_graph.graph.store import Transaction

_TIED = load("records/tied")
_SET_SPELLS = load("records/set_spells")
# As many as other statements about identifiers take at once.
_IDS_AT_A_TIME = 5_000


@dataclass(frozen=True)
class TiedRow:
    """A record without a first day: the day it ends, the days of its ties as texts, and the spells that stand there."""

    id: str
    over: date | None
    ties: list[list[str]]
    spells: list[str] | None


def write_lives(transaction: Transaction, ids: Iterable[str]) -> None:
    """The derived spells of those of the records that tell no first day, written where they differ."""
    wanted = sorted(set(ids))
    for start in range(0, len(wanted), _IDS_AT_A_TIME):
        rows = transaction.read(_TIED, into=TiedRow, ids=wanted[start : start + _IDS_AT_A_TIME])
        derived = [(row, _spells(row)) for row in rows]
        changed = [{"id": row.id, "spells": spells} for row, spells in derived if spells != row.spells]
        if changed:
            transaction.run(_SET_SPELLS, rows=changed)


def _spells(row: TiedRow) -> list[str] | None:
    return stored_spells(derived_spells(itertools.starmap(span_of, row.ties), last_day(row.over))) or None
