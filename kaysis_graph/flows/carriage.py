"""By whom what services require is carried, and how often they are asked for, as columns to be counted over."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from kaysis_graph.facts.makers_and_takers import packed
from kaysis_graph.facts.requirements import rows_required
from kaysis_graph.flows.answer import Carriers, Yearly
from kaysis_graph.graph.columns import Ints, Longs, Mask, frozen
from kaysis_graph.graph.view import View

_TERMS = ("alternative", "condition", "copies")
CODES: Final = {"": 0, "applicant": 1, "institution": 2, "system": 3}
APPLICANT: Final = CODES["applicant"]


@dataclass(frozen=True)
class Carriage:
    """Each requirement by service and document, ascending: who carries it, and whether there are terms to tell.

    `transactions` is by position of the service, -1 where it is not known.
    """

    keys: Longs
    codes: Ints
    has_terms: Mask
    transactions: Longs

    def carrier_codes(self, services: Ints, documents: Ints) -> Ints:
        """The code of who carries each of the documents to the service beside it; 0 where it is not known."""
        found, known = self._found(services, documents)
        codes: Ints = np.where(known, self.codes[found], 0) if len(self.keys) else np.zeros(len(services), np.int32)
        return codes

    def with_terms(self, services: Ints, documents: Ints) -> Mask:
        """Marks the pairs of which the service says more than that it requires the document."""
        found, known = self._found(services, documents)
        return known & self.has_terms[found] if len(self.keys) else np.zeros(len(services), np.bool_)

    def carriers(self, services: Ints, documents: Ints) -> Carriers:
        """How many of the pairs of service and document are carried by whom."""
        counts = np.bincount(self.carrier_codes(services, documents), minlength=len(CODES)).tolist()
        return Carriers(applicant=counts[1], institution=counts[2], system=counts[3], unknown=counts[0])

    def yearly(self, services: Ints) -> Yearly:
        """The transactions of these services added up, each service once."""
        each = np.unique(services)
        transactions = self.transactions[each]
        known = transactions >= 0
        count = int(known.sum())
        return Yearly(int(transactions[known].sum()) if count else None, len(each), len(each) - count)

    def _found(self, services: Ints, documents: Ints) -> tuple[Longs, Mask]:
        keys = packed(services, documents)
        found = np.minimum(np.searchsorted(self.keys, keys), max(len(self.keys) - 1, 0))
        return found, (self.keys[found] == keys if len(self.keys) else np.zeros(len(keys), np.bool_))


def carriage_of(view: View, services: Ints | None = None) -> Carriage:
    """What these services, or all, require on the day of a view."""
    columns, rows = view.edges["REQUIRES"], rows_required(view, services)
    keys = columns.keys[rows]
    # Of edges that run side by side the one that began last is told.
    is_last = np.ones(len(rows), np.bool_)
    is_last[:-1] = keys[1:] != keys[:-1]
    rows = rows[is_last]
    names, carriers = columns.codes("carried_by", rows)
    code_of = np.array([*(CODES.get(name, 0) for name in names), 0], np.int32)
    has_terms = np.zeros(len(rows), np.bool_)
    for name in _TERMS:
        has_terms |= columns.is_said(name, rows)
    return Carriage(keys[is_last], code_of[carriers], has_terms, view.once(_transactions))


def _transactions(view: View) -> Longs:
    services, column = view.fields.of_kind["Service"], view.fields.of_kind["Service"].columns["yearly_transactions"]
    transactions = np.full(len(view), -1, np.int64)
    is_said = column.said(len(services))
    transactions[services.position[is_said]] = column.ranks(len(services))[is_said]
    return frozen(transactions)
