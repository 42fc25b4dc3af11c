"""A question about data flows looked up in a view: whose arrows, between which ends, narrowed to what."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from kaysis_graph.answers import flow_lines
from kaysis_graph.answers.answer import position_of_kind
from kaysis_graph.answers.carriage import CODES, WholeCarriage
from kaysis_graph.answers.flow_answer import Level, Question
from kaysis_graph.answers.flow_gaps import Search
from kaysis_graph.answers.flow_lines import Lines, lines_of, only, units_meant
from kaysis_graph.graph import handovers
from kaysis_graph.graph.columns import Ints, Mask
from kaysis_graph.graph.graph import Graph
from kaysis_graph.graph.handovers import Handovers
from kaysis_graph.graph.sides import Side, Sides, everyone, group_of_category
from kaysis_graph.graph.structure import category, institution_of
from kaysis_graph.graph.view import View


@dataclass(frozen=True)
class Asked:
    """A question looked up: the records asked about and narrowed to, the arrows, and where gaps are looked for."""

    records: tuple[int, ...]
    lines: Lines
    gaps: Search
    documents: tuple[int, ...] = ()
    counterparts: tuple[int, ...] = ()


@dataclass(frozen=True)
class _Frame:
    """What every part of a question shares: who makes and takes, where arrows end, and who is on the other side."""

    view: View
    among: Sides
    level: Level
    counterparts: Mask | None

    def lines(self, parts: list[Handovers], place: Ints, *, across: bool = False) -> Lines:
        """The arrows of the parts, whose ends were at `place` or at the level asked for."""
        are_categories = self.level == "category"
        members = self.view.once(institution_of) if are_categories else place
        return lines_of(self.view, parts, members, across=across, are_categories=are_categories)

    def place(self, near: Callable[[], Ints]) -> Ints:
        """Where arrows end at the level asked for; `near` tells it for units."""
        institution = self.view.once(institution_of)
        match self.level:
            case "unit":
                return near()
            case "institution":
                return institution
            case "category":
                codes = self.view.once(category)
                numbers = [group_of_category(code) for code in range(-1, int(codes.max(initial=-1)) + 1)]
                groups: Ints = np.array(numbers, np.int32)[codes[institution] + 1]
                return groups

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


def looked_up(graph: Graph, view: View, question: Question) -> Asked:
    """The question in the view; NotFound for a record that is not there or not of the kind asked for."""
    documents = tuple(position_of_kind(view, each, "Document", "DataElement") for each in question.documents)
    counterparts = tuple(position_of_kind(view, each, "Organisation") for each in question.counterparts)
    among = _among(graph, view, question, documents)
    frame = _Frame(view, among, question.level, _units(view, counterparts))
    records, lines, gaps = _answered(frame, question)
    return Asked(records, lines, gaps, documents, counterparts)


def _among(graph: Graph, view: View, question: Question, documents: tuple[int, ...]) -> Sides:
    made, taken = everyone(view).makers, everyone(view).takers
    if documents:
        wanted = np.unique(np.array(documents, np.int32))
        made, taken = made.of_documents(wanted), taken.of_documents(wanted)
    if question.carried_by is not None:
        carriage = view.once(WholeCarriage(graph.store))
        code = CODES["" if question.carried_by == "unknown" else question.carried_by]
        taken = taken.rows(carriage.carrier_codes(taken.service, taken.document) == code)
    return Sides(made, taken)


def _units(view: View, organisations: tuple[int, ...]) -> Mask | None:
    if not organisations:
        return None
    units: Mask = np.logical_or.reduce([units_meant(view, each) for each in organisations])
    return units


def _answered(frame: _Frame, question: Question) -> tuple[tuple[int, ...], Lines, Search]:
    view = frame.view
    match question.subject:
        case "service":
            return _of_service(frame, position_of_kind(view, question.ids[0], "Service"))
        case "unit":
            unit = position_of_kind(view, question.ids[0], "Organisation")
            return _of_units(frame, unit, only(view, unit), question)
        case "institution":
            organisation = position_of_kind(view, question.ids[0], "Organisation")
            return _of_units(frame, organisation, units_meant(view, organisation), question)
        case "between":
            sender, receiver = (position_of_kind(view, each, "Organisation") for each in question.ids)
            return _between(frame, sender, receiver)
        case "state":
            gaps = Search(view, frame.among.makers, frame.among.takers, None, lone=True)
            return (), _lines_of_state(frame, question), gaps


def _of_service(frame: _Frame, service: int) -> tuple[tuple[int, ...], Lines, Search]:
    view, among, marks = frame.view, frame.among, only(frame.view, service)
    place = frame.place(lambda: handovers.places_near(view, _marked(view, view.out(service, "PROVIDED_BY"))))
    parts = [
        handovers.to_services(view, marks, place, among=frame.from_counterparts),
        handovers.from_services(view, marks, place, among=frame.to_counterparts),
    ]
    own_makers, own_takers = among.makers.of_services(marks), among.takers.of_services(marks)
    return (service,), frame.lines(parts, place), _gaps(view, own_makers, own_takers)


def _of_units(frame: _Frame, asked: int, units: Mask, question: Question) -> tuple[tuple[int, ...], Lines, Search]:
    view, among = frame.view, frame.among
    place = frame.place(lambda: handovers.places_near(view, units))
    parts = []
    # What stays inside has no counterpart.
    if question.scope != "between" and frame.counterparts is None:
        parts.append(handovers.inside(view, units, place, among=among))
    if question.scope != "inside":
        parts.append(handovers.incoming(view, units, place, among=frame.from_counterparts))
        parts.append(handovers.outgoing(view, units, place, among=frame.to_counterparts))
    own_makers, own_takers = among.makers.of_units(units), among.takers.of_units(units)
    return (asked,), frame.lines(parts, place), _gaps(view, own_makers, own_takers)


def _between(frame: _Frame, sender: int, receiver: int) -> tuple[tuple[int, ...], Lines, Search]:
    view, among = frame.view, frame.among
    senders, receivers = units_meant(view, sender), units_meant(view, receiver)
    place = frame.place(lambda: handovers.places_near(view, senders | receivers))
    parts = [handovers.from_to(view, senders, receivers, place, among=among)]
    own_makers, own_takers = among.makers.of_units(senders), among.takers.of_units(receivers)
    return (sender, receiver), frame.lines(parts, place), Search(view, own_makers, own_takers, own_makers, lone=False)


def _lines_of_state(frame: _Frame, question: Question) -> Lines:
    view = frame.view
    if not question.is_narrowed and frame.level != "category":
        return view.once(flow_lines.of_state)
    place = frame.place(lambda: view.once(institution_of))
    made, taken = frame.among.makers.placed(place), frame.among.takers.placed(place)
    chosen = frame.counterparts
    if chosen is None:
        return frame.lines([handovers.between(view, made, taken)], place, across=True)
    parts = [
        handovers.between(view, made.of_units(chosen), taken),
        handovers.between(view, made.of_other_units(chosen), taken.of_units(chosen)),
    ]
    return frame.lines(parts, place, across=True)


def _gaps(view: View, own_makers: Side, own_takers: Side) -> Search:
    return Search(view, own_makers, own_takers, everyone(view).makers, lone=True)


def _marked(view: View, positions: Ints) -> Mask:
    marks = np.zeros(len(view), np.bool_)
    marks[positions] = True
    return marks & view.records.of_kinds("Organisation")
