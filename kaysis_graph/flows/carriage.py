"""By whom what services require is carried, and how often they are asked for, as columns to be counted over."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from kaysis_graph.answers.answer import day
from kaysis_graph.facts.makers_and_takers import packed
from kaysis_graph.facts.requirements import Requirements
from kaysis_graph.flows.answer import Carriers, Yearly
from kaysis_graph.graph.columns import Ints, Longs, Mask
from kaysis_graph.graph.queries import load
from kaysis_graph.graph.store import Store
from kaysis_graph.graph.view import View

_CARRIAGE = load("flows/carriage")
CODES: Final = {"": 0, "applicant": 1, "institution": 2, "system": 3}
APPLICANT: Final = CODES["applicant"]


@dataclass(frozen=True)
class CarriageColumns:
    """Requirements as packed columns."""

    services: list[str]
    required: list[str]
    first_days: list[str]
    carriers: list[str]
    terms: list[bool]


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


def of_requirements(view: View, known: Requirements) -> Carriage:
    """The columns of requirements that were read one by one."""
    rows = [
        (service, each.required, each.carried_by or "", bool(each.alternative or each.condition or each.copies))
        for service, required in known.of.items()
        for each in required.values()
    ]
    services, required, carriers, terms = zip(*rows, strict=True) if rows else ((), (), (), ())
    return _arranged(view, CarriageColumns([*services], [*required], [""] * len(rows), [*carriers], [*terms]))


@dataclass(frozen=True)
class WholeCarriage:
    """Everything required on the day of a view, to be asked once for each view.

    70,000 requirements take the embedded engine about a second.
    """

    store: Store

    def __call__(self, view: View) -> Carriage:
        """The columns of all requirements that hold."""
        return _arranged(view, self.store.read(_CARRIAGE, into=CarriageColumns, at=day(view))[0])

    def __hash__(self) -> int:
        return id(self.store)


def _arranged(view: View, columns: CarriageColumns) -> Carriage:
    find = view.records.position_of
    # Of edges that run side by side the one that began last is told.
    order = sorted(range(len(columns.services)), key=columns.first_days.__getitem__)
    told = {
        (find[columns.services[row]] << 32) | find[columns.required[row]]: row
        for row in order
        if columns.services[row] in find and columns.required[row] in find
    }
    keys = np.array(sorted(told), np.int64)
    rows = [told[key] for key in keys.tolist()]
    return Carriage(
        keys,
        np.array([CODES.get(columns.carriers[row], 0) for row in rows], np.int32),
        np.array([columns.terms[row] for row in rows], np.bool_),
        _transactions(view),
    )


def _transactions(view: View) -> Longs:
    services, column = view.fields.of_kind["Service"], view.fields.of_kind["Service"].columns["yearly_transactions"]
    transactions = np.full(len(view), -1, np.int64)
    is_said = column.said(len(services))
    transactions[services.position[is_said]] = column.ranks(len(services))[is_said]
    return transactions
