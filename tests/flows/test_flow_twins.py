"""Data flows over the projection equal their twins in `cypher/flows/twins/`, the plain Cypher for the same question."""

import random
from dataclasses import astuple, dataclass
from datetime import date

import numpy as np
import pytest
from conftest import WIPE
from dated_graphs import DatedGraph, days_asked, random_graph
from worlds import put, seed_rows

from kaysis_graph.facts import handovers, makers_and_takers
from kaysis_graph.facts.handovers import Handovers
from kaysis_graph.facts.institutions import institution_of, is_institution, only
from kaysis_graph.facts.makers_and_takers import NOWHERE, Side
from kaysis_graph.flows.question import Units
from kaysis_graph.flows.unit_lines import units_counted
from kaysis_graph.graph import history, projection_source
from kaysis_graph.graph.columns import Mask
from kaysis_graph.graph.queries import load
from kaysis_graph.graph.store import Store
from kaysis_graph.graph.view import View
from kaysis_graph.schema import Schema

OF_SERVICE, OF_INSTITUTION = load("flows/twins/flows_of_service"), load("flows/twins/flows_of_institution")
BETWEEN, OF_STATE = load("flows/twins/flows_between"), load("flows/twins/flows_of_state")
SEEDS = range(4)
# Of every kind of question this many are asked of each graph and day: each takes the embedded engine some 20 ms.
ASKED = 8


@dataclass(frozen=True)
class Meeting:
    sender_unit: str | None
    sender: str | None
    receiver_unit: str | None
    receiver: str | None
    document: str
    producing: str
    requiring: str


@dataclass(frozen=True)
class RolledUp:
    sender: str
    receiver: str
    documents: int
    meetings: int


def flow_graph(schema: Schema, seed: int) -> DatedGraph:
    """A random graph in which many services make, ask for and exchange few documents; dates, circles and twins too."""
    chance = random.Random(seed)
    graph = random_graph(schema, seed, edges=110)
    for number in range(18):
        graph.record(f"heys-{number}", "Service", **_days(chance))
        for _ in range(chance.choice([0, 1, 1, 2])):
            unit = chance.choice(graph.of_kinds("Organisation"))
            graph.edge(f"heys-{number}", "PROVIDED_BY", unit, **_days(chance))
        for _ in range(4):
            made = chance.choice(graph.of_kinds("Document", "DataElement"))
            graph.edge(f"heys-{number}", chance.choice(["PRODUCES", "REQUIRES"]), made, **_days(chance))
    return graph


def _days(chance: random.Random) -> dict[str, date]:
    first, last = sorted(chance.sample(range(2000, 2021, 2), 2))
    first_day = {"valid_from": date(first, 1, 1)} if chance.random() < 0.3 else {}
    return first_day | ({"valid_to": date(last, 1, 1)} if chance.random() < 0.2 else {})


@pytest.fixture(params=[*SEEDS, "seed"], scope="module")
def graphs(request: pytest.FixtureRequest, prepared: Store, kinds: Schema) -> tuple[Store, list[View]]:
    """A random graph or the small real state in the engine, and the projection of it on days when something changes."""
    prepared.write(lambda transaction: transaction.run(WIPE))
    history.begin(prepared)
    if request.param == "seed":
        graph = put(prepared, kinds, seed_rows())
        return prepared, [graph.on(at) for at in (date(2012, 1, 1), date(2018, 9, 1), date(2026, 11, 23))]
    flow_graph(kinds, request.param).written(prepared)
    projection = projection_source.from_engine(prepared, kinds, 0, "")
    return prepared, [projection.on(at) for at in days_asked(request.param, 3)]


def categories(schema: Schema) -> list[str]:
    return sorted(schema.codes["organisation_category"].marked("institution"))


def meetings_of(view: View, parts: list[Handovers]) -> set[Meeting]:
    """The meetings of services that the handovers, placed at units, are made of."""
    found = set()
    institution = view.once(institution_of)

    def name(place: int) -> str | None:
        return None if place == NOWHERE else str(view.records.ids[place])

    def owner(place: int) -> str | None:
        return None if place == NOWHERE else name(int(institution[place]))

    for part in parts:
        for arrow in range(len(part)):
            sender, receiver = int(part.sender[arrow]), int(part.receiver[arrow])
            for producing in part.producing_services(arrow).tolist():
                for requiring in part.requiring_services(arrow).tolist():
                    if producing != requiring:
                        document = str(view.records.ids[part.document[arrow]])
                        ends = (name(sender), owner(sender), name(receiver), owner(receiver))
                        services = (str(view.records.ids[producing]), str(view.records.ids[requiring]))
                        found.add(Meeting(*ends, document, *services))
    return found


def met(view: View, senders: Side, receivers: Side) -> Handovers:
    """Everything between the two, each unit by itself and nothing grouped."""
    place = np.arange(len(view), dtype=np.int32)
    return handovers.between(view, senders.placed(place), receivers.placed(place), most=None)


def some(marks: Mask, most: int = ASKED) -> list[int]:
    """Some of the records marked, always the same ones."""
    found: list[int] = np.flatnonzero(marks).tolist()
    return random.Random(len(found)).sample(found, min(most, len(found)))


def day(view: View) -> date:
    return date.fromordinal(view.day + date(1970, 1, 1).toordinal())


def test_flows_of_a_service_equal_their_twin(graphs: tuple[Store, list[View]], kinds: Schema) -> None:
    store, views = graphs
    for view in views:
        made, taken = view.once(makers_and_takers.makers), view.once(makers_and_takers.takers)
        for service in some(view.records.of_kinds("Service")):
            marks = only(view, service)
            parts = [met(view, made.of_services(marks), taken), met(view, made, taken.of_services(marks))]
            rows = store.read(
                OF_SERVICE, into=Meeting, id=str(view.records.ids[service]), at=day(view), categories=categories(kinds)
            )
            assert set(rows) == meetings_of(view, parts)
            assert len(rows) == len(set(rows))


@pytest.mark.parametrize("counted", ["own", "tied", "both"])
def test_flows_of_an_institution_equal_their_twin(
    graphs: tuple[Store, list[View]], kinds: Schema, counted: Units
) -> None:
    store, views = graphs
    told = 0
    for view in views:
        made, taken = view.once(makers_and_takers.makers), view.once(makers_and_takers.takers)
        for institution in some(view.records.of_kinds("Organisation"), 12):
            units = units_counted(view, institution, counted)
            parts = [met(view, made.of_units(units), taken), met(view, made, taken.of_units(units))]
            rows = store.read(
                OF_INSTITUTION,
                into=Meeting,
                id=str(view.records.ids[institution]),
                at=day(view),
                categories=categories(kinds),
                units=counted,
            )
            assert set(rows) == meetings_of(view, parts)
            assert len(rows) == len(set(rows))
            told += len(rows)
    assert told or counted == "tied"


def test_flows_between_institutions_equal_their_twin(graphs: tuple[Store, list[View]], kinds: Schema) -> None:
    store, views = graphs
    for view in views[:2]:
        made, taken = view.once(makers_and_takers.makers), view.once(makers_and_takers.takers)
        institutions = some(view.once(is_institution), 3)
        for sender in institutions:
            for receiver in institutions:
                own = made.of_units(units_counted(view, sender, "both"))
                part = met(view, own, taken.of_units(units_counted(view, receiver, "both")))
                ids = {"from_id": str(view.records.ids[sender]), "to_id": str(view.records.ids[receiver])}
                rows = store.read(
                    BETWEEN, into=Meeting, at=day(view), categories=categories(kinds), units="both", **ids
                )
                assert set(rows) == meetings_of(view, [part])
                assert len(rows) == len(set(rows))


def test_flows_of_the_state_equal_their_twin(graphs: tuple[Store, list[View]], kinds: Schema) -> None:
    store, views = graphs
    for view in views:
        rolled = handovers.rolled_up(view, most=None)
        ids = view.records.ids
        columns = (rolled.documents.tolist(), rolled.meetings.tolist())
        ends = ([str(ids[place]) for place in side.tolist()] for side in (rolled.sender, rolled.receiver))
        rows = store.read(OF_STATE, into=RolledUp, at=day(view), categories=categories(kinds))
        assert sorted(map(astuple, rows)) == sorted(zip(*ends, *columns, strict=True))
