"""What services require on a day: by whom it is carried, and under which terms."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from kaysis_graph.graph.columns import Ints
from kaysis_graph.graph.view import View

_TERMS = ("carried_by", "alternative", "condition", "copies", "order")


@dataclass(frozen=True)
class Requirement:
    """One thing a service requires, with what the edge says of it."""

    required: int
    carried_by: str | None = None
    alternative: str | None = None
    condition: str | None = None
    copies: int | None = None
    order: int | None = None


@dataclass(frozen=True)
class Requirements:
    """The requirements of some services by what is required, all by position."""

    of: Mapping[int, Mapping[int, Requirement]]

    def one(self, service: int, required: int) -> Requirement:
        """The requirement of the service; one without terms when the service has it no more."""
        return self.of.get(service, {}).get(required) or Requirement(required)

    def instead(self, service: int, requirement: Requirement) -> list[int]:
        """What else the service takes in place of the required: the others of the same alternative group."""
        if requirement.alternative is None:
            return []
        return [
            other.required
            for other in self.of.get(service, {}).values()
            if other.alternative == requirement.alternative and other.required != requirement.required
        ]


def rows_required(view: View, services: Ints | None = None) -> Ints:
    """The rows of what these services, or all, require on the day, whether they are there themselves or not."""
    columns = view.edges["REQUIRES"]
    rows = np.arange(len(columns), dtype=np.int32) if services is None else columns.rows_of(services, leaving=True)[0]
    return rows[(columns.valid_from[rows] <= view.day) & (view.day < columns.valid_to[rows])]


def requirements_of(view: View, services: Ints) -> Requirements:
    """The requirements of the services that hold on the day, the oldest first.

    Of edges that run side by side to one document the one that began last is told.
    """
    columns = view.edges["REQUIRES"]
    rows = rows_required(view, np.unique(services))
    rows = rows[np.lexsort((view.records.rank[columns.target[rows]], columns.valid_from[rows]))]
    terms = zip(*(columns.said(name, rows) for name in _TERMS), strict=True)
    of: dict[int, dict[int, Requirement]] = {}
    for service, required, said in zip(
        columns.source[rows].tolist(), columns.target[rows].tolist(), terms, strict=True
    ):
        of.setdefault(service, {})[required] = Requirement(required, *said)
    return Requirements(of)
