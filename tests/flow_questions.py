"""The usual questions about data flows, asked in one line."""

from datetime import date
from typing import Any

from kaysis_graph.flows.answer import FlowAnswer, FlowArrow
from kaysis_graph.flows.ask import FlowWalk, flows_of
from kaysis_graph.flows.question import FlowQuestion, Scope
from kaysis_graph.graph.graph import Graph


def of_service(graph: Graph, identifier: str, at: date, **page: Any) -> FlowAnswer:
    return flows_of(graph, FlowQuestion(service=identifier), at, **page)


def of_unit(graph: Graph, identifier: str, at: date, **page: Any) -> FlowAnswer:
    return flows_of(graph, FlowQuestion(unit=identifier), at, **page)


def of_institution(graph: Graph, identifier: str, at: date, scope: Scope | None = None, **page: Any) -> FlowAnswer:
    return flows_of(graph, FlowQuestion(organisation=identifier, scope=scope), at, **page)


def between(graph: Graph, sender: str, receiver: str, at: date, **page: Any) -> FlowAnswer:
    return flows_of(graph, FlowQuestion(from_=sender, to=receiver), at, **page)


def of_state(graph: Graph, at: date, **page: Any) -> FlowAnswer:
    return flows_of(graph, FlowQuestion(), at, **page)


def every_arrow(graph: Graph, question: FlowQuestion, at: date) -> list[FlowArrow]:
    return list(FlowWalk(graph, question, at).listing().rows)
