"""Who hands what to whom, against every pair of services counted one by one."""

from collections import defaultdict

import numpy as np
import pytest
from sketches import DAYS, SEEDS, SOME_DAY, Sketch, names, random_sketch, view_of

from kaysis_graph.facts import handovers
from kaysis_graph.facts.handovers import Handovers
from kaysis_graph.facts.institutions import category, institution_of
from kaysis_graph.facts.makers_and_takers import NOWHERE, category_of_group, group_of_category, makers, takers
from kaysis_graph.graph.columns import Ints, date_of
from kaysis_graph.graph.view import View

Meeting = tuple[str, str, str, str, str]


def dense(seed: int) -> Sketch:
    """Many services and few documents, so that most meet."""
    sketch = random_sketch(seed, size=36, edges=400)
    for row in [*sketch.records.values()]:
        if row.kind in {"Legislation", "Provision"}:
            sketch.record(row.id, "Service", row.valid_from, row.valid_to)
    return sketch


def meetings_of(sketch: Sketch, day: int) -> set[Meeting]:
    """(giving unit, taking unit, document, producing service, requiring service), one by one; '' is no unit."""
    units: dict[str, list[str]] = defaultdict(list)
    for edge in sketch.holding("PROVIDED_BY", day):
        units[edge.source].append(edge.target)
    kind = {name: row.kind for name, row in sketch.records.items()}
    made = {(e.source, e.target) for e in sketch.holding("PRODUCES", day)}
    taken = {(e.source, e.target) for e in sketch.holding("REQUIRES", day)}
    return {
        (giver, taker, document, producing, requiring)
        for producing, document in made
        if kind[document] in {"Document", "DataElement"} and kind[producing] == "Service"
        for requiring, other in taken
        if other == document and producing != requiring and kind[requiring] == "Service"
        for giver in units[producing] or [""]
        for taker in units[requiring] or [""]
    }


def counted(view: View, answer: Handovers) -> dict[tuple[str, str, str], tuple[set[str], set[str], int]]:
    def name(place: int) -> str:
        return "" if place == NOWHERE else str(view.records.ids[place])

    return {
        (name(sender), name(receiver), str(view.records.ids[document])): (
            {str(view.records.ids[service]) for service in answer.producing_services(arrow)},
            {str(view.records.ids[service]) for service in answer.requiring_services(arrow)},
            int(answer.meetings[arrow]),
        )
        for arrow, (sender, receiver, document) in enumerate(
            zip(answer.sender.tolist(), answer.receiver.tolist(), answer.document.tolist(), strict=True)
        )
    }


def expected(view: View, meetings: set[Meeting], place: Ints) -> dict[tuple[str, str, str], int]:
    ids, find = view.records.ids, view.records.position_of
    pairs: dict[tuple[str, str, str], set[tuple[str, str]]] = defaultdict(set)
    for giver, taker, document, producing, requiring in meetings:
        sender, receiver = (str(ids[place[find[unit]]]) if unit else "" for unit in (giver, taker))
        pairs[sender, receiver, document].add((producing, requiring))
    return {arrow: len(met) for arrow, met in pairs.items()}


def only_counts(view: View, answer: Handovers) -> dict[tuple[str, str, str], int]:
    return {arrow: count for arrow, (_, _, count) in counted(view, answer).items()}


@pytest.mark.parametrize("seed", SEEDS)
def test_every_meeting_of_two_services_is_counted_once(seed: int) -> None:
    sketch = dense(seed)
    projection = sketch.projection()
    for day in DAYS:
        view = projection.on(date_of(day) or SOME_DAY)
        met = meetings_of(sketch, day)
        institution = view.once(institution_of)
        units = view.records.of_kinds("Organisation") & (np.arange(len(view)) % 2 == 0)
        inner = set(names(projection, units.nonzero()[0]))
        itself = np.arange(len(view), dtype=np.int32)
        near = handovers.places_near(view, units)

        every = handovers.between(view, view.once(makers), view.once(takers))
        assert only_counts(view, every) == expected(view, met, institution)
        within = {each for each in met if each[0] in inner and each[1] in inner}
        assert only_counts(view, handovers.inside(view, units)) == expected(view, within, itself)
        away = {each for each in met if each[0] in inner and each[1] not in inner}
        assert only_counts(view, handovers.outgoing(view, units, near)) == expected(view, away, near)
        home = {each for each in met if each[0] not in inner and each[1] in inner}
        assert only_counts(view, handovers.incoming(view, units)) == expected(view, home, institution)
        others = ~units
        across = {each for each in away if each[1]}
        assert only_counts(view, handovers.from_to(view, units, others)) == expected(view, across, institution)
        services = view.records.of_kinds("Service") & (np.arange(len(view)) % 3 == 0)
        chosen = set(names(projection, services.nonzero()[0]))
        mine = {each for each in met if each[3] in chosen}
        assert only_counts(view, handovers.from_services(view, services)) == expected(view, mine, institution)
        mine = {each for each in met if each[4] in chosen}
        assert only_counts(view, handovers.to_services(view, services)) == expected(view, mine, institution)
        for (sender, receiver, document), (producing, requiring, _) in counted(view, every).items():
            found = expected(view, met, institution)[sender, receiver, document]
            assert found == len({(p, r) for p in producing for r in requiring if p != r})


@pytest.mark.parametrize("seed", SEEDS)
def test_the_whole_state_rolled_up_is_the_sum_of_its_arrows(seed: int) -> None:
    sketch = dense(seed)
    projection = sketch.projection()
    for day in DAYS:
        view = projection.on(date_of(day) or SOME_DAY)
        arrows = expected(view, meetings_of(sketch, day), view.once(institution_of))
        sums: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
        for (sender, receiver, _), met in arrows.items():
            if sender and receiver:
                sums[sender, receiver][0] += 1
                sums[sender, receiver][1] += met
        answer = handovers.rolled_up_with_inside(view)
        columns = (answer.documents.tolist(), answer.meetings.tolist())
        pairs = zip(names(projection, answer.sender), names(projection, answer.receiver), strict=True)
        assert dict(zip(pairs, zip(*columns, strict=True), strict=True)) == {k: tuple(v) for k, v in sums.items()}
        apart = handovers.rolled_up(view)
        assert len(apart) == len({pair for pair in sums if pair[0] != pair[1]})


def hub(makers_count: int, takers_count: int) -> Sketch:
    """One document made by many municipalities and required by many offices, some of no category."""
    sketch = Sketch()
    sketch.record("document", "Document")
    for number in range(makers_count):
        sketch.record(f"city-{number:05}", "Organisation", -(2**31), 2**31 - 1, "municipality")
        sketch.record(f"giving-{number:05}", "Service")
        sketch.edge(f"giving-{number:05}", "PROVIDED_BY", f"city-{number:05}")
        sketch.edge(f"giving-{number:05}", "PRODUCES", "document")
    for number in range(takers_count):
        sketch.record(f"office-{number:05}", "Organisation", -(2**31), 2**31 - 1, *["ministry"][: number % 2])
        sketch.record(f"taking-{number:05}", "Service")
        sketch.edge(f"taking-{number:05}", "PROVIDED_BY", f"office-{number:05}")
        sketch.edge(f"taking-{number:05}", "REQUIRES", "document")
    return sketch


def test_many_makers_are_grouped_by_category_and_named() -> None:
    view = view_of(hub(200, 5), 0)
    codes = view.records.categories.names
    municipality = group_of_category(codes.index("municipality"))
    answer = handovers.between(view, view.once(makers), view.once(takers))
    assert len(answer) == 5
    assert set(answer.sender.tolist()) == {municipality}
    assert codes[category_of_group(municipality)] == "municipality"
    assert answer.producing.tolist() == [200] * 5
    assert answer.meetings.tolist() == [200] * 5
    assert names_of(view, answer.grouped_makers) == ["document"]
    assert answer.grouped_takers.tolist() == []
    assert len(answer.producing_services(0)) == 200
    assert len(handovers.between(view, view.once(makers), view.once(takers), most=None)) == 1_000


def test_a_document_of_twenty_thousand_takers_does_not_flood_the_answer() -> None:
    view = view_of(hub(200, 20_000), 0)
    answer = handovers.rolled_up(view)
    assert len(answer) == 2
    assert answer.meetings.sum() == 200 * 20_000
    assert {category_of_group(place) for place in answer.receiver.tolist()} == {-1, 0}
    one = view.records.of_kinds("Organisation") & (np.arange(len(view)) == view.records.position_of["city-00007"])
    mine = handovers.outgoing(view, one)
    assert names_of(view, mine.sender) == ["city-00007"] * 2
    assert mine.requiring.tolist() == [10_000, 10_000]
    assert mine.grouped_takers.tolist() == mine.document[:1].tolist()


def test_what_cities_hand_to_cities_stays_in_the_rolled_up_state() -> None:
    sketch = hub(20, 0)
    for number in range(20):
        sketch.record(f"asking-{number}", "Service")
        sketch.edge(f"asking-{number}", "PROVIDED_BY", f"city-{number:05}")
        sketch.edge(f"asking-{number}", "REQUIRES", "document")
    answer = handovers.rolled_up(view_of(sketch, 0))
    assert (answer.sender.tolist(), answer.meetings.tolist()) == (answer.receiver.tolist(), [400])
    assert len(handovers.rolled_up(view_of(sketch, 0), most=None)) == 20 * 19


def names_of(view: View, positions: Ints) -> list[str]:
    return [str(view.records.ids[position]) for position in positions]


def test_a_service_with_its_own_product_hands_nothing_to_itself() -> None:
    sketch = hub(1, 0)
    sketch.edge("giving-00000", "REQUIRES", "document")
    sketch.record("second", "Organisation", -(2**31), 2**31 - 1, "municipality")
    sketch.edge("giving-00000", "PROVIDED_BY", "second")
    view = view_of(sketch, 0)
    assert len(handovers.between(view, view.once(makers), view.once(takers))) == 0
    assert len(handovers.rolled_up_with_inside(view)) == 0


def test_categories_are_those_of_the_day() -> None:
    view = view_of(hub(1, 1), 0)
    held = view.once(category)
    assert held[view.records.position_of["city-00000"]] == 1
    assert held[view.records.position_of["office-00000"]] == -1
