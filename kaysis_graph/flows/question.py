"""A question about data flows, and the rules by which its parts go together.

Addresses and commands fill the same object, so that what one refuses the other refuses too.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, ClassVar, Final, Literal, Self

from pydantic import Field

from kaysis_graph.answers.question import Called, Names, Question, parameter_name
from kaysis_graph.errors import Problem

Subject = Literal["service", "unit", "institution", "between", "state"]
Scope = Literal["inside", "between", "both"]
Level = Literal["unit", "institution", "category"]
Units = Literal["own", "tied", "both"]
Offices = Literal["kinds", "each"]
Carrier = Literal["applicant", "institution", "system", "unknown"]

_ENDS = "from … to"
_SUBJECTS: Final = {"organisation": "Organisation", "unit": "Organisation", "service": "Service",
                    "from_": "Organisation", "to": "Organisation"}  # fmt: skip


@dataclass(frozen=True)
class FlowTerms:
    """A question as its answer repeats it: the records, and for an institution whether inside it, with others, or both.

    `level` is what the ends of arrows are: units of whom was asked about and other institutions (`unit`), institutions,
    or categories of institutions. The arrows are narrowed to some `documents`, to those exchanged with some
    `counterparts`, and to requirements that are carried in one way; what is empty narrows nothing.
    """

    subject: Subject
    ids: tuple[str, ...]
    scope: Scope
    level: Level
    documents: tuple[str, ...]
    counterparts: tuple[str, ...]
    carried_by: Carrier | None
    units: Units
    offices: Offices


class FlowQuestion(Question):
    """Whose flows are asked for, and how they are narrowed and rolled up; without a subject those of the whole state.

    None is what was not said, and then the usual holds.
    """

    PAGE = "/flows"
    API = "/api/data-flows"
    COMMAND = ("flows",)
    # These leave arrows out on purpose; the others roll them up or count them otherwise.
    NARROWING: ClassVar[tuple[str, ...]] = ("document", "with_", "carried_by")

    # One of these is asked about at a time: an example at each would be a question that is refused.
    organisation: Annotated[str | None, Field(description="A DETSİS number.", examples=["99001009"])] = None
    unit: Annotated[str | None, Field(description="A DETSİS number.")] = None
    service: Annotated[str | None, Field(description="A HEYS number.")] = None
    from_: Annotated[str | None, Field(description="The institution that hands over; with `to`.")] = None
    to: Annotated[str | None, Field(description="The institution that receives; with `from`.")] = None
    scope: Annotated[
        Scope | None, Field(description="With `organisation`: inside it, with others, or both (when left out).")
    ] = None
    level: Annotated[
        Level | None,
        Field(description="What arrows join: units near what was asked about, institutions, or their categories."),
    ] = None
    document: Annotated[Names, Field(description="Only these documents or data: numbers with commas between.")] = ()
    with_: Annotated[Names, Field(description="Only with these institutions: numbers with commas between.")] = ()
    carried_by: Annotated[Carrier | None, Field(description="Only what is carried like this today.")] = None
    units: Annotated[
        Units | None,
        Field(
            description="With `organisation`, or `from` and `to`: the units that belong to it, the offices tied to it "
            "by a further tie and housed elsewhere, or both (when left out)."
        ),
    ] = None
    offices: Annotated[
        Offices | None,
        Field(description="Tied offices as one end for each kind of office (when left out), or each by itself."),
    ] = None

    def problems(self, called: Called = parameter_name) -> list[Problem]:
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
        if self.lacks_an_end:
            problems.append(wrong("api.missing", "from" if self.from_ is None else "to"))
        if self.scope is not None and self.organisation is None:
            problems.append(wrong("api.scope_alone", "scope"))
        for name, value in (("units", self.units), ("offices", self.offices)):
            if value is not None and ways not in (["organisation"], [_ENDS]):
                problems.append(wrong("flows.units_alone", name))
        if self.level == "unit" and not ways:
            problems.append(wrong("flows.level_of_state", "level"))
        if self.with_ and ways == [_ENDS]:
            problems.append(wrong("flows.with_between", "with"))
        return problems

    def usual(self, name: str) -> object:
        """What holds where nothing is said; the whole state is not asked for unit by unit."""
        match name:
            case "scope" | "units":
                return "both"
            case "level":
                return "institution" if self.subject == "state" else "unit"
            case "offices":
                return "kinds"
            case _:
                return super().usual(name)

    def choices(self, name: str) -> Sequence[str]:
        """The words that a part takes in this question."""
        words = super().choices(name)
        return [word for word in words if word != "unit"] if name == "level" and self.subject == "state" else words

    @property
    def subjects(self) -> dict[str, str]:
        """Whom it is about, by the names of the parameters."""
        return {name: value for name, value in self.parameters.items() if name in map(parameter_name, _SUBJECTS)}

    @property
    def subject(self) -> Subject:
        """In which way it is asked: of its ways the first."""
        match self._ways:
            case ["organisation", *_]:
                return "institution"
            case ["unit", *_]:
                return "unit"
            case ["service", *_]:
                return "service"
            case [_, *_]:
                return "between"
            case _:
                return "state"

    @property
    def ids(self) -> tuple[str, ...]:
        """The records that it is about."""
        return tuple(self.subjects.values())

    @property
    def lacks_an_end(self) -> bool:
        """Whether of two institutions only one is named."""
        return (self.from_ is None) != (self.to is None)

    @property
    def is_narrowed(self) -> bool:
        """Whether anything is left out on purpose."""
        return any(getattr(self, name) for name in self.NARROWING)

    @property
    def not_narrowed(self) -> Self:
        """The same with nothing left out."""
        defaults = {name: type(self).model_fields[name].default for name in self.NARROWING}
        return self.model_copy(update=defaults)

    @property
    def filters(self) -> tuple[str, ...]:
        """The fields that mean anything in this way of asking, in the order of a form."""
        fields = [*self.NARROWING, "level"]
        if self.subject == "between":
            fields.remove("with_")
        if self.subject == "institution":
            fields.append("scope")
        if self.subject in ("institution", "between"):
            fields += ["units", "offices"]
        return tuple(fields)

    @property
    def told(self) -> FlowTerms:
        """The question as its answer repeats it."""
        return FlowTerms(
            subject=self.subject,
            ids=self.ids,
            scope=self.meant("scope"),
            level=self.ends,
            documents=self.document,
            counterparts=self.with_,
            carried_by=self.carried_by,
            units=self.meant("units"),
            offices=self.meant("offices"),
        )

    @property
    def ends(self) -> Level:
        """What the ends of arrows are."""
        level: Level = self.meant("level")
        return level

    @property
    def _ways(self) -> list[str]:
        """In which ways it is asked: one of them, or none for the whole state."""
        ways = {name: getattr(self, name) for name in ("organisation", "unit", "service")}
        ways[_ENDS] = self.to if self.from_ is None else self.from_
        return [name for name, value in ways.items() if value is not None]
