"""A question about data flows looked up in a view: whose arrows, between which ends, narrowed to what."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from kaysis_graph.answers.answer import position_of_kind
from kaysis_graph.facts import handovers
from kaysis_graph.facts.handovers import Handovers
from kaysis_graph.facts.institutions import category, institution_of, only
from kaysis_graph.facts.makers_and_takers import NOWHERE, Side, Sides, everyone, group_of_category
from kaysis_graph.flows import unit_lines
from kaysis_graph.flows.carriage import CODES, carriage_of
from kaysis_graph.flows.gaps import Search
from kaysis_graph.flows.office_kinds import OfficeKind, office_kinds
from kaysis_graph.flows.question import FlowQuestion, Level
from kaysis_graph.flows.unit_lines import Lines, lines_of, units_counted, units_tied
from kaysis_graph.graph.columns import Ints, Mask, frozen
from kaysis_graph.graph.graph import Graph
from kaysis_graph.graph.view import View

# guess: a million arrows take half a second; a ministry whose 60,000 schools all exchange the same stays grouped.
_MOST_UNFOLDED = 1_000_000


@dataclass(frozen=True)
class FlowSelection:
    """A question looked up: the records asked about and narrowed to, the arrows, and where gaps are looked for."""

    records: tuple[int, ...]
    lines: Lines
    gaps: Search
    documents: tuple[int, ...] = ()
    counterparts: tuple[int, ...] = ()
    tied: int = 0


@dataclass(frozen=True)
class _Tied:
    """The offices tied to an organisation that was asked about, of those who make or take, and their kinds."""

    to: int
    offices: Mask
    kinds: tuple[OfficeKind, ...] = ()


@dataclass(frozen=True)
class _Shared:
    """What every part of a question shares: who makes and takes, where arrows end, and who is on the other side."""

    graph: Graph
    view: View
    among: Sides
    question: FlowQuestion
    counterparts: Mask | None

    @property
    def level(self) -> Level:
        """What the ends of arrows are."""
        return self.question.ends

    def lines(self, parts: list[Handovers], place: Ints, *, across: bool = False, tied: Sequence[_Tied] = ()) -> Lines:
        """The arrows of the parts, whose ends were at `place` or at the level asked for."""
        are_categories = self.level == "category"
        members = self._home(tied) if are_categories else place
        lines = lines_of(self.view, parts, members, across=across, are_categories=are_categories)
        kinds = [kind for each in tied for kind in each.kinds]
        return replace(lines, offices={self._number(number): kind for number, kind in enumerate(kinds)})

    def tied(self, organisation: int) -> _Tied:
        """The offices tied to an organisation that make or take anything, where the question lets them count."""
        offices = busy_offices(self.view, organisation)
        if self.question.units == "own" or not offices.any():
            return _Tied(organisation, np.zeros(len(self.view), np.bool_))
        if self.level != "unit" or self.question.offices == "each":
            return _Tied(organisation, offices)
        return _Tied(organisation, offices, self.view.once(KindsOfOffices(self.graph, organisation)))

    def most(self, units: Mask) -> int | None:
        """From how many places on a document is grouped by category, around these units."""
        if self.question.offices != "each":
            return handovers.MOST_PLACES
        own = Sides(self.among.makers.of_units(units), self.among.takers.of_units(units))
        pairs = handovers.count_pairs(own.makers, self.among.takers) + handovers.count_pairs(
            self.among.makers, own.takers
        )
        return None if pairs <= _MOST_UNFOLDED else handovers.MOST_PLACES

    def place(self, near: Callable[[], Ints], tied: Sequence[_Tied] = ()) -> Ints:
        """Where arrows end at the level asked for; `near` tells it for units, a kind of office is one end."""
        institution = self._home(tied)
        match self.level:
            case "unit":
                place = near().copy()
                for each in tied:
                    place[each.offices] = np.flatnonzero(each.offices)
                for number, kind in enumerate(kind for each in tied for kind in each.kinds):
                    place[kind.members] = self._number(number)
                return frozen(place)
            case "institution":
                return institution
            case "category":
                codes = self.view.once(category)
                numbers = [group_of_category(code) for code in range(-1, int(codes.max(initial=-1)) + 1)]
                groups: Ints = np.array(numbers, np.int32)[codes[institution] + 1]
                return groups

    def _home(self, tied: Sequence[_Tied]) -> Ints:
        """The institution each unit counts with: tied offices with that of the organisation asked about."""
        institution = self.view.once(institution_of)
        if not any(each.offices.any() for each in tied):
            return institution
        home = institution.copy()
        for each in tied:
            home[each.offices] = institution[each.to]
        return frozen(home)

    def _number(self, kind: int) -> int:
        """The number that stands for a kind of office as an end: those of categories come before it."""
        return group_of_category(len(self.view.records.categories.names) + kind)

    @property
    def from_counterparts(self) -> Sides:
        """Those who take, and of those who make only the counterparts."""
        made = self.among.makers
        return Sides(made if self.counterparts is None else made.of_units(self.counterparts), self.among.takers)

    @property
    def to_counterparts(self) -> Sides:
        """Those who make, and of those who take only the counterparts."""
        taken = self.among.takers
        return Sides(self.among.makers, taken if self.counterparts is None else taken.of_units(self.counterparts))


def looked_up(graph: Graph, view: View, question: FlowQuestion) -> FlowSelection:
    """The question in the view; NotFound for a record that is not there or not of the kind asked for."""
    documents = tuple(position_of_kind(view, each, "Document", "DataElement") for each in question.document)
    counterparts = tuple(position_of_kind(view, each, "Organisation") for each in question.with_)
    among = _among(view, question, documents)
    shared = _Shared(graph, view, among, question, _units(view, counterparts))
    records, lines, gaps = _answered(shared, question)
    tied = (
        sum(int(busy_offices(view, each).sum()) for each in records)
        if question.subject in ("institution", "between")
        else 0
    )
    return FlowSelection(records, lines, gaps, documents, counterparts, tied)


def busy_offices(view: View, organisation: int) -> Mask:
    """The offices tied to an organisation that make or take anything, however a question is narrowed."""
    return units_tied(view, organisation) & view.once(_makers_and_takers)


def _makers_and_takers(view: View) -> Mask:
    marks = np.zeros(len(view), np.bool_)
    for side in (everyone(view).makers, everyone(view).takers):
        marks[side.unit[side.unit != NOWHERE]] = True
    return frozen(marks)


def _among(view: View, question: FlowQuestion, documents: tuple[int, ...]) -> Sides:
    made, taken = everyone(view).makers, everyone(view).takers
    if documents:
        wanted = np.unique(np.array(documents, np.int32))
        made, taken = made.of_documents(wanted), taken.of_documents(wanted)
    if question.carried_by is not None:
        carriage = view.once(carriage_of)
        code = CODES["" if question.carried_by == "unknown" else question.carried_by]
        taken = taken.rows(carriage.carrier_codes(taken.service, taken.document) == code)
    return Sides(made, taken)


def _units(view: View, organisations: tuple[int, ...]) -> Mask | None:
    if not organisations:
        return None
    units: Mask = np.logical_or.reduce([units_counted(view, each, "both") for each in organisations])
    return units


def _answered(shared: _Shared, question: FlowQuestion) -> tuple[tuple[int, ...], Lines, Search]:
    view = shared.view
    match question.subject:
        case "service":
            return _of_service(shared, position_of_kind(view, question.ids[0], "Service"))
        case "unit":
            unit = position_of_kind(view, question.ids[0], "Organisation")
            return _of_units(shared, unit, only(view, unit), ())
        case "institution":
            organisation = position_of_kind(view, question.ids[0], "Organisation")
            units = units_counted(view, organisation, question.meant("units"))
            return _of_units(shared, organisation, units, (shared.tied(organisation),))
        case "between":
            sender, receiver = (position_of_kind(view, each, "Organisation") for each in question.ids)
            return _between(shared, sender, receiver)
        case "state":
            gaps = Search(view, shared.among.makers, shared.among.takers, None, lone=True)
            return (), _lines_of_state(shared, question), gaps


def _of_service(shared: _Shared, service: int) -> tuple[tuple[int, ...], Lines, Search]:
    view, among, marks = shared.view, shared.among, only(shared.view, service)
    place = shared.place(lambda: handovers.places_near(view, _marked(view, view.out(service, "PROVIDED_BY"))))
    parts = [
        handovers.to_services(view, marks, place, among=shared.from_counterparts),
        handovers.from_services(view, marks, place, among=shared.to_counterparts),
    ]
    own_makers, own_takers = among.makers.of_services(marks), among.takers.of_services(marks)
    return (service,), shared.lines(parts, place), _gaps(view, own_makers, own_takers)


def _of_units(shared: _Shared, asked: int, units: Mask, tied: Sequence[_Tied]) -> tuple[tuple[int, ...], Lines, Search]:
    view, among, question = shared.view, shared.among, shared.question
    place = shared.place(lambda: handovers.places_near(view, units & ~_offices(view, tied)), tied)
    most = shared.most(units)
    parts = []
    # What stays inside has no counterpart.
    if question.scope != "between" and shared.counterparts is None:
        parts.append(handovers.inside(view, units, place, most, among))
    if question.scope != "inside":
        parts.append(handovers.incoming(view, units, place, most, shared.from_counterparts))
        parts.append(handovers.outgoing(view, units, place, most, shared.to_counterparts))
    own_makers, own_takers = among.makers.of_units(units), among.takers.of_units(units)
    return (asked,), shared.lines(parts, place, tied=tied), _gaps(view, own_makers, own_takers)


def _between(shared: _Shared, sender: int, receiver: int) -> tuple[tuple[int, ...], Lines, Search]:
    view, among, which = shared.view, shared.among, shared.question.meant("units")
    senders, receivers = units_counted(view, sender, which), units_counted(view, receiver, which)
    tied = [shared.tied(each) for each in dict.fromkeys((sender, receiver))]
    place = shared.place(lambda: handovers.places_near(view, (senders | receivers) & ~_offices(view, tied)), tied)
    parts = [handovers.from_to(view, senders, receivers, place, shared.most(senders), among)]
    own_makers, own_takers = among.makers.of_units(senders), among.takers.of_units(receivers)
    gaps = Search(view, own_makers, own_takers, own_makers, lone=False)
    return (sender, receiver), shared.lines(parts, place, tied=tied), gaps


def _offices(view: View, tied: Sequence[_Tied]) -> Mask:
    marks = np.zeros(len(view), np.bool_)
    for each in tied:
        marks |= each.offices
    return marks


@dataclass(frozen=True)
class KindsOfOffices:
    """The kinds of the offices tied to an organisation that make or take anything, to be asked once for each view."""

    graph: Graph
    organisation: int

    def __call__(self, view: View) -> tuple[OfficeKind, ...]:
        """The kinds; offices that are alone of theirs stay themselves."""
        return tuple(office_kinds(self.graph.schema, view, self.organisation, busy_offices(view, self.organisation)))

    def __hash__(self) -> int:
        return hash((id(self.graph), self.organisation))


def _lines_of_state(shared: _Shared, question: FlowQuestion) -> Lines:
    view = shared.view
    if not question.is_narrowed and shared.level != "category":
        return view.once(unit_lines.of_state)
    place = shared.place(lambda: view.once(institution_of))
    made, taken = shared.among.makers.placed(place), shared.among.takers.placed(place)
    chosen = shared.counterparts
    if chosen is None:
        return shared.lines([handovers.between(view, made, taken)], place, across=True)
    parts = [
        handovers.between(view, made.of_units(chosen), taken),
        handovers.between(view, made.of_other_units(chosen), taken.of_units(chosen)),
    ]
    return shared.lines(parts, place, across=True)


def _gaps(view: View, own_makers: Side, own_takers: Side) -> Search:
    return Search(view, own_makers, own_takers, everyone(view).makers, lone=True)


def _marked(view: View, positions: Ints) -> Mask:
    marks = np.zeros(len(view), np.bool_)
    marks[positions] = True
    return marks & view.records.of_kinds("Organisation")
