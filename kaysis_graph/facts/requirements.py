"""What services require on a day: by whom it is carried, and under which terms."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from kaysis_graph.graph.queries import load
from kaysis_graph.graph.store import Reader

_REQUIREMENTS = load("facts/requirements")


@dataclass(frozen=True)
class RequirementRow:
    """A service with its requirements as maps."""

    id: str
    requirements: list[dict[str, Any]]


@dataclass(frozen=True)
class Requirement:
    """One thing a service requires, with what the edge says of it."""

    required: str
    carried_by: str | None = None
    alternative: str | None = None
    condition: str | None = None
    copies: int | None = None
    order: int | None = None


@dataclass(frozen=True)
class Requirements:
    """The requirements of some services by what is required."""

    of: Mapping[str, Mapping[str, Requirement]]

    def one(self, service: str, required: str) -> Requirement:
        """The requirement of the service; one without terms when the service has it no more."""
        return self.of.get(service, {}).get(required) or Requirement(required)

    def instead(self, service: str, requirement: Requirement) -> list[str]:
        """What else the service takes in place of the required: the others of the same alternative group."""
        if requirement.alternative is None:
            return []
        return [
            other.required
            for other in self.of.get(service, {}).values()
            if other.alternative == requirement.alternative and other.required != requirement.required
        ]


def read(reader: Reader, services: Iterable[str], at: date) -> Requirements:
    """The requirements of the services that hold on the day.

    Of edges that run side by side to one document the one that began last is told.
    """
    asked = list(dict.fromkeys(services))
    rows = reader.read(_REQUIREMENTS, into=RequirementRow, ids=asked, at=at) if asked else []
    of = {}
    for row in rows:
        latest = sorted(row.requirements, key=lambda told: (told["first_day"] or "", told["required"]))
        of[row.id] = {told["required"]: _requirement(told) for told in latest}
    return Requirements(of)


def _requirement(told: Mapping[str, Any]) -> Requirement:
    return Requirement(
        told["required"],
        told["carried_by"],
        told["alternative"],
        told["condition"],
        told["copies"],
        told["order"],
    )
