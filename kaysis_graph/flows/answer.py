"""What an answer about data flows holds."""

from dataclasses import dataclass
from typing import Literal

from kaysis_graph.answers.answer import Answer, Thing
from kaysis_graph.flows.question import FlowQuestion
from kaysis_graph.messages import Language, say
from kaysis_graph.schema.definitions import Label

Whose = Literal["requiring", "producing", "document"]
Side = Literal["makers", "takers"]
Why = Literal["narrowing", "scope", "units", "around", "other_way", "above"]


@dataclass(frozen=True)
class CategoryEnd:
    """Senders or receivers of one category put together; `count` is how many there are.

    `are_institutions` tells institutions from units. `category` is None for those without one. Where the offices of
    one kind were folded, `tied_to` is whom they are tied to, and `count` is how many of them hand over or receive
    anything at all, whichever arrow it is told on.
    """

    category: str | None
    label: Label
    count: int
    are_institutions: bool
    tied_to: Thing | None = None


@dataclass(frozen=True)
class End:
    """Where an arrow begins or ends: a unit or institution, a group of them, or neither.

    Neither is known when no unit provides the service. `institution` is the one the unit belongs to on the day, itself
    for an institution; a group has one when all of it belongs there or is tied there. `category` is that of the unit
    or of the group.
    """

    id: str
    record: Thing | None
    group: CategoryEnd | None
    institution: Thing | None
    category: str | None

    def name(self, language: Language) -> str:
        """The title, or the category with the number of members."""
        if self.record is not None:
            return self.record.name(language)
        if self.group is None:
            return say("flows.nobody", language)
        if self.group.tied_to is not None:
            key = "flows.group_offices"
        else:
            key = "flows.group_institutions" if self.group.are_institutions else "flows.group_units"
        return say(key, language, category=self.group.label.of(language), count=self.group.count)


@dataclass(frozen=True)
class Carriers:
    """By whom documents are carried today: how many requirements name each, and how many do not say."""

    applicant: int = 0
    institution: int = 0
    system: int = 0
    unknown: int = 0


@dataclass(frozen=True)
class Yearly:
    """The yearly transactions of the requiring services: the sum of those known, None when none is.

    `unknown` is how many of the `services` do not say.
    """

    transactions: int | None
    services: int
    unknown: int


@dataclass(frozen=True)
class Basis:
    """A legal basis: whose it is, and how many of the services on that side (or the one document) name it.

    `record` is the act or provision named, `act` the act it lies in, `place` where in the act, as it is read.
    """

    record: Thing
    act: Thing | None
    place: str | None
    whose: Whose
    count: int


@dataclass(frozen=True)
class DocumentTerms:
    """What a requiring service says of the document: with which others it is interchangeable, when, how many copies.

    `instead` are the other documents of the same alternative group: one of them is enough.
    """

    service: Thing
    alternative: str | None
    instead: tuple[Thing, ...]
    condition: str | None
    copies: int | None


@dataclass(frozen=True)
class Carried:
    """One document or datum on an arrow, and everything said of its way.

    The lists of services, bases and terms hold the first of `producing_count`, `requiring_count`, `basis_count` and
    `terms_count`. `meetings` counts the pairs of a producing and another requiring service.
    """

    document: Thing
    producing: tuple[Thing, ...]
    producing_count: int
    requiring: tuple[Thing, ...]
    requiring_count: int
    meetings: int
    bases: tuple[Basis, ...]
    basis_count: int
    carried_by: Carriers
    yearly: Yearly
    terms: tuple[DocumentTerms, ...]
    terms_count: int


@dataclass(frozen=True)
class FlowArrow:
    """Everything one end hands to the other.

    `carries` holds the first of `document_count`, those with the most meetings first. `carried_by` and `yearly` are
    of the whole arrow: a service that requires two documents counts once in `yearly` and twice in `carried_by`.
    """

    sender: End
    receiver: End
    carries: tuple[Carried, ...]
    document_count: int
    meetings: int
    carried_by: Carriers
    yearly: Yearly

    @property
    def documents(self) -> tuple[Thing, ...]:
        """The documents that are listed."""
        return tuple(carried.document for carried in self.carries)


@dataclass(frozen=True)
class Totals:
    """How many arrows, documents and ends the whole answer has, whatever part of it is shown."""

    arrows: int
    documents: int
    senders: int
    receivers: int


@dataclass(frozen=True)
class Grouped:
    """A document whose makers or takers are too many to be shown one by one; `count` is how many there are."""

    document: Thing
    side: Side
    count: int


@dataclass(frozen=True)
class Unmatched:
    """A document required that nobody makes, or made and required by nobody, with the first of the services."""

    document: Thing
    services: tuple[Thing, ...]
    service_count: int


@dataclass(frozen=True)
class OnceOnly:
    """A document asked from the applicant although another institution makes it.

    `asked_by` are the first of `asking_count` services, `made_by` the first of `maker_count` institutions.
    """

    document: Thing
    asked_by: tuple[Thing, ...]
    asking_count: int
    made_by: tuple[Thing, ...]
    maker_count: int
    yearly: Yearly


@dataclass(frozen=True)
class Gaps:
    """What does not meet: each list holds the first, in the order of the identifiers, of as many as its count says.

    `once_only` is None where it is not looked for: over the whole state.
    """

    unproduced: tuple[Unmatched, ...] = ()
    unproduced_count: int = 0
    unasked: tuple[Unmatched, ...] = ()
    unasked_count: int = 0
    once_only: tuple[OnceOnly, ...] | None = None
    once_only_count: int | None = None


@dataclass(frozen=True)
class Instead:
    """What there is where an answer is empty: the nearest wider question that has arrows, and how many it has.

    `why` names the step that made the difference; `offices` counts the tied units that hand over or receive anything.
    """

    why: Why
    question: FlowQuestion
    asked: tuple[Thing, ...]
    arrows: int
    offices: int


@dataclass(frozen=True)
class FlowAnswer(Answer):
    """Who hands what to whom: `limit` arrows from `offset` on, those with the most documents first.

    `documents` and `counterparts` are those the question was narrowed to. `tied` counts the offices tied to those
    asked about that hand over or receive anything, whether the question lets them count or not; `folded` are the kinds
    they were put together by. `instead` is there only where there are no arrows, and not always then.
    """

    question: FlowQuestion
    asked: tuple[Thing, ...]
    arrows: tuple[FlowArrow, ...]
    offset: int
    limit: int
    totals: Totals
    grouped: tuple[Grouped, ...]
    grouped_count: int
    gaps: Gaps
    documents: tuple[Thing, ...] = ()
    counterparts: tuple[Thing, ...] = ()
    tied: int = 0
    folded: tuple[End, ...] = ()
    instead: Instead | None = None


@dataclass(frozen=True)
class FlowChoices:
    """What a question can be narrowed to: its documents and the institutions on the other side, the busiest first."""

    documents: tuple[Thing, ...]
    counterparts: tuple[Thing, ...]
