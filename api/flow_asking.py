"""The question of an address about data flows."""

from dataclasses import dataclass
from functools import partial
from typing import Annotated, Literal

from fastapi import Depends, Query

from api.asking import Blank, listed
from kaysis_graph.answers.flow_answer import Carrier, Level, Offices, Question, Scope, Units
from kaysis_graph.errors import Invalid, Problem

Named = Annotated[str | None, Blank, Query(description="A DETSİS number.", examples=["99001009"])]


@dataclass(frozen=True)
class Given:
    """What an address says, as it was written: about whom, and narrowed to what."""

    organisation: str | None
    unit: str | None
    service: str | None
    sender: str | None
    receiver: str | None
    scope: Scope | None
    level: Level | None
    document: str | None
    counterpart: str | None
    carried_by: Carrier | None
    units: Units | None
    offices: Offices | None

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
            "document": self.document,
            "with": self.counterpart,
            "carried_by": self.carried_by,
            "units": self.units,
            "offices": self.offices,
        }


async def given(  # noqa: PLR0913  # the parameters of the address
    organisation: Named = None,
    unit: Named = None,
    service: Annotated[str | None, Blank, Query(description="A HEYS number.", examples=["heys-41001"])] = None,
    sender: Annotated[
        str | None, Blank, Query(alias="from", description="The institution that hands over; with `to`.")
    ] = None,
    receiver: Annotated[
        str | None, Blank, Query(alias="to", description="The institution that receives; with `from`.")
    ] = None,
    scope: Annotated[
        Literal["inside", "between", "both"] | None,
        Blank,
        Query(description="With `organisation`: inside it, with others, or both (when left out)."),
    ] = None,
    level: Annotated[
        Literal["unit", "institution", "category"] | None,
        Blank,
        Query(description="What arrows join: units near what was asked about, institutions, or their categories."),
    ] = None,
    document: Annotated[
        str | None, Blank, Query(description="Only these documents or data: numbers with commas between.")
    ] = None,
    counterpart: Annotated[
        str | None, Blank, Query(alias="with", description="Only with these institutions: numbers with commas between.")
    ] = None,
    carried_by: Annotated[
        Literal["applicant", "institution", "system", "unknown"] | None,
        Blank,
        Query(description="Only what is carried like this today."),
    ] = None,
    units: Annotated[
        Literal["own", "tied", "both"] | None,
        Blank,
        Query(
            description="With `organisation`, or `from` and `to`: the units that belong to it, the offices tied to it "
            "by a further tie and housed elsewhere, or both (when left out)."
        ),
    ] = None,
    offices: Annotated[
        Literal["kinds", "each"] | None,
        Blank,
        Query(description="Tied offices as one end for each kind of office (when left out), or each by itself."),
    ] = None,
) -> Given:
    """What the address says.

    Asynchronous, because it does nothing that waits: a thread for it would cost more than the work.
    """
    return Given(
        organisation, unit, service, sender, receiver, scope, level, document, counterpart, carried_by, units, offices
    )


GivenFlows = Annotated[Given, Depends(given)]


def question_of(said: Given) -> Question:
    """The question of an address; Invalid unless it is asked in one way only."""
    ways = {**said.subjects, "from … to": said.sender or said.receiver}
    asked = [name for name, value in ways.items() if value and name not in ("from", "to")]
    if problems := _problems(said, asked):
        raise Invalid(problems)
    narrow = partial(
        Question,
        scope=said.scope or "both",
        level=said.level or ("unit" if asked else "institution"),
        documents=_distinct(said.document),
        counterparts=_distinct(said.counterpart),
        carried_by=said.carried_by,
        units=said.units or "both",
        offices=said.offices or "kinds",
    )
    match asked:
        case ["organisation"]:
            return narrow("institution", (str(said.organisation),))
        case ["unit"]:
            return narrow("unit", (str(said.unit),))
        case ["service"]:
            return narrow("service", (str(said.service),))
        case [_]:
            return narrow("between", (str(said.sender), str(said.receiver)))
        case _:
            return narrow("state")


def _distinct(said: str | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(listed(said)))


def _problems(said: Given, asked: list[str]) -> list[Problem]:
    problems = []
    if len(asked) > 1:
        values = {"count": len(asked), "given": ", ".join(asked)}
        problems.append(Problem("api.one_way", {"parameter": asked[1].partition(" ")[0]}, values))
    if (said.sender is None) != (said.receiver is None):
        absent = "from" if said.sender is None else "to"
        problems.append(Problem("api.missing", {"parameter": absent}, {"name": absent}))
    if said.scope is not None and said.organisation is None:
        problems.append(Problem("api.scope_alone", {"parameter": "scope"}))
    for name, value in (("units", said.units), ("offices", said.offices)):
        if value is not None and asked not in (["organisation"], ["from … to"]):
            problems.append(Problem("flows.units_alone", {"parameter": name}, {"name": name}))
    if said.level == "unit" and not asked:
        problems.append(Problem("flows.level_of_state", {"parameter": "level"}))
    if said.counterpart is not None and asked == ["from … to"]:
        problems.append(Problem("flows.with_between", {"parameter": "with"}))
    return problems
