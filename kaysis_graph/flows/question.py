"""A question about data flows as it was written, and the rules by which its parts go together.

Addresses and commands fill the same object, so that what one refuses the other refuses too.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from kaysis_graph.errors import Invalid, Problem
from kaysis_graph.flows.answer import Carrier, FlowQuestion, Level, Offices, Scope, Units

_ENDS = "from … to"


def as_parameter(name: str) -> str:
    """A part of the question as addresses call it."""
    return name


def as_option(name: str) -> str:
    """A part of the question as the command line calls it."""
    return f"--{name.replace('_', '-')}"


@dataclass(frozen=True)
class FlowRequest:
    """Whose flows are asked for, and how they are narrowed and rolled up; None is what was not said.

    Without a subject it asks about the whole state.
    """

    organisation: str | None = None
    unit: str | None = None
    service: str | None = None
    sender: str | None = None
    receiver: str | None = None
    scope: Scope | None = None
    level: Level | None = None
    documents: tuple[str, ...] = ()
    counterparts: tuple[str, ...] = ()
    carried_by: Carrier | None = None
    units: Units | None = None
    offices: Offices | None = None

    @property
    def subjects(self) -> dict[str, str | None]:
        """Whom it is about, by the names of the parameters."""
        return {
            "organisation": self.organisation,
            "unit": self.unit,
            "service": self.service,
            "from": self.sender,
            "to": self.receiver,
        }

    @property
    def narrowing(self) -> dict[str, str | None]:
        """How the answer is narrowed and rolled up, by the names of the parameters."""
        return {
            "scope": self.scope,
            "level": self.level,
            "document": ",".join(self.documents),
            "with": ",".join(self.counterparts),
            "carried_by": self.carried_by,
            "units": self.units,
            "offices": self.offices,
        }

    def problems(self, called: Callable[[str], str]) -> list[Problem]:
        """What does not go together, with the parts named as whoever asked calls them."""
        ways = self._ways
        known = ("organisation", "unit", "service", "from", "to", "with", "scope", "level")
        names = {name: called(name) for name in known}

        def wrong(rule: str, name: str, **values: object) -> Problem:
            return Problem(rule, {"parameter": called(name)}, {**names, "name": called(name), **values})

        problems = []
        if len(ways) > 1:
            given = ", ".join(f"{names['from']} … {names['to']}" if way == _ENDS else called(way) for way in ways)
            second = "from" if ways[1] == _ENDS else ways[1]
            problems.append(wrong("api.one_way", second, count=len(ways), given=given))
        if (self.sender is None) != (self.receiver is None):
            problems.append(wrong("api.missing", "from" if self.sender is None else "to"))
        if self.scope is not None and self.organisation is None:
            problems.append(wrong("api.scope_alone", "scope"))
        for name, value in (("units", self.units), ("offices", self.offices)):
            if value is not None and ways not in (["organisation"], [_ENDS]):
                problems.append(wrong("flows.units_alone", name))
        if self.level == "unit" and not ways:
            problems.append(wrong("flows.level_of_state", "level"))
        if self.counterparts and ways == [_ENDS]:
            problems.append(wrong("flows.with_between", "with"))
        return problems

    def question(self) -> FlowQuestion:
        """The question; Invalid unless its parts go together."""
        if problems := self.problems(as_parameter):
            raise Invalid(problems)
        ways = self._ways
        narrowed = partial(
            FlowQuestion,
            scope=self.scope or "both",
            level=self.level or ("unit" if ways else "institution"),
            documents=tuple(dict.fromkeys(self.documents)),
            counterparts=tuple(dict.fromkeys(self.counterparts)),
            carried_by=self.carried_by,
            units=self.units or "both",
            offices=self.offices or "kinds",
        )
        match ways:
            case ["organisation"]:
                return narrowed("institution", (str(self.organisation),))
            case ["unit"]:
                return narrowed("unit", (str(self.unit),))
            case ["service"]:
                return narrowed("service", (str(self.service),))
            case [_]:
                return narrowed("between", (str(self.sender), str(self.receiver)))
            case _:
                return narrowed("state")

    @property
    def _ways(self) -> list[str]:
        """In which ways it is asked: one of them, or none for the whole state."""
        ways = {**self.subjects, _ENDS: self.sender or self.receiver}
        return [name for name, value in ways.items() if value and name not in ("from", "to")]
