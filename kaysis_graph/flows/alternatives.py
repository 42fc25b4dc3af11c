"""What there is where a question about data flows has no arrows: the nearest wider question that has some."""

from collections.abc import Iterator
from dataclasses import dataclass

from kaysis_graph.facts.institutions import institution_of
from kaysis_graph.flows.answer import Why
from kaysis_graph.flows.question import FlowQuestion
from kaysis_graph.flows.selection import busy_offices, looked_up
from kaysis_graph.graph.graph import Graph
from kaysis_graph.graph.view import View


@dataclass(frozen=True)
class Alternative:
    """A question that has arrows, the step that led to it, and the records it asks about by position."""

    why: Why
    question: FlowQuestion
    records: tuple[int, ...]
    arrows: int
    offices: int


def find_alternative(graph: Graph, view: View, question: FlowQuestion) -> Alternative | None:
    """The first of ever wider questions that has arrows; None where there are none at all."""
    for why, wider in _wider(view, question):
        asked = looked_up(graph, view, wider)
        if len(asked.lines):
            offices = int(busy_offices(view, asked.records[0]).sum()) if asked.records else 0
            return Alternative(why, wider, asked.records, len(asked.lines), offices)
    return None


def _wider(view: View, question: FlowQuestion) -> Iterator[tuple[Why, FlowQuestion]]:
    """Each step takes away one thing that left arrows out, and keeps what the steps before it took away."""

    def without(**changes: object) -> FlowQuestion:
        return question.model_copy(update=changes)

    if question.is_narrowed:
        question = question.not_narrowed
        yield "narrowing", question
    if question.units in ("own", "tied"):
        question = without(units=None)
        yield "units", question
    if question.scope in ("inside", "between"):
        question = without(scope=None)
        yield "scope", question
    if question.subject == "between":
        yield "other_way", without(from_=question.to, to=question.from_)
        return
    if question.subject == "unit":
        question = without(unit=None, organisation=question.unit)
        yield "around", question
    if question.subject == "institution":
        own = view.records.position_of[question.ids[0]]
        above = int(view.once(institution_of)[own])
        if above != own:
            yield "above", without(organisation=str(view.records.ids[above]))
