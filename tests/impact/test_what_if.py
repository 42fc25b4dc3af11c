"""What would change if records ended: the same answers over the day as it is and as it would be."""

from datetime import date

import pytest
from fastapi.testclient import TestClient  # noqa: TID251  # asked as a browser asks it
from worlds import Row, based_on, document, organisation, part_of, produces, provided_by, put, requires, service

from kaysis_graph.errors import Invalid, NotFound
from kaysis_graph.facts import legal_force
from kaysis_graph.graph.graph import Graph
from kaysis_graph.graph.store import Store
from kaysis_graph.impact.assumption import assume
from kaysis_graph.impact.what_if import what_if_of
from kaysis_graph.impact.what_if_answer import Loss, WhatIf
from kaysis_graph.impact.what_if_question import WhatIfQuestion
from kaysis_graph.impact.what_if_words import about_loss, what_if_diagram, what_if_table
from kaysis_graph.legislation import dependency_tree
from kaysis_graph.schema import Schema

NOW = date(2026, 11, 29)


def law(number: int, *edges: Row, **more: object) -> Row:
    told = {"kind": "Legislation", "id": f"kanun-{number}", "title": f"Kanun {number}", "legislation_type": "law"}
    return {**told, "number": str(number), "edges": list(edges), **more}


def small_state() -> list[Row]:
    """A law with an article, a regulation on it, a circular on the regulation, and services on either side."""
    article = {"kind": "Provision", "id": "kanun-1.m2", "title": "m.2", "place": "m.2", "provision_type": "article"}
    return [
        law(1),
        {**article, "edges": [{"type": "PART_OF", "to": "kanun-1"}]},
        law(2),
        law(3, based_on("kanun-1.m2")),
        law(4, based_on("kanun-3")),
        law(5, based_on("kanun-1"), based_on("kanun-2")),
        organisation(1, "Bakanlık", "ministry"),
        organisation(2, "Daire", "central_unit", part_of(1)),
        organisation(3, "Belediye", "municipality"),
        document(1, "Belge"),
        document(2, "Rapor"),
        service(1, "Belge verme", provided_by(2), produces(1), based_on("kanun-1.m2")),
        service(2, "Ruhsat verme", provided_by(3), requires(1), requires(2), based_on("kanun-2")),
        service(
            3, "Rapor verme", provided_by(2), provided_by(3), produces(2), based_on("kanun-1"), based_on("kanun-2")
        ),
        service(4, "Danışma", provided_by(3), based_on("kanun-4")),
    ]


def asked(store: Store, kinds: Schema) -> Graph:
    return put(store, kinds, small_state())


def effects(losses: tuple[Loss, ...]) -> dict[str, str]:
    return {loss.thing.id: about_loss(loss, "en") for loss in losses}


def figures(answer: WhatIf) -> dict[str, tuple[int, int]]:
    return {figure.name: (figure.before, figure.after) for figure in answer.figures if figure.before != figure.after}


def test_a_repealed_act_takes_its_articles_and_each_dependant_says_what_stays(store: Store, kinds: Schema) -> None:
    answer = what_if_of(asked(store, kinds), WhatIfQuestion(record=("kanun-1",)), NOW)
    (assumed,) = answer.assumed
    assert (assumed.thing.id, assumed.how, assumed.own) == ("kanun-1", "repealed", 1)
    assert effects(answer.acts) == {
        "kanun-3": "loses its only ground",
        "kanun-5": "loses 1 of its 2 grounds; what stays: Kanun 2",
    }
    assert effects(answer.services) == {
        "heys-1": "loses its only ground",
        "heys-3": "loses 1 of its 2 grounds; what stays: Kanun 2",
    }


def test_documents_flows_and_tables_follow(store: Store, kinds: Schema) -> None:
    answer = what_if_of(asked(store, kinds), WhatIfQuestion(record=("kanun-1",)), NOW)
    (lost,) = answer.documents
    assert (lost.document.id, [made.id for made in lost.made_by]) == ("dbys-1", ["heys-1"])
    assert [service.id for service in lost.required_by] == ["heys-2"]
    (flow,) = answer.flows
    ends = (flow.sender.id, flow.receiver.id, flow.before, flow.after)
    assert (ends, [each.id for each in flow.documents]) == (("99000001", "99000003", 2, 1), ["dbys-1"])
    tables = {
        table.unit.id: (
            table.before,
            table.after,
            [each.id for each in table.struck],
            [each.id for each in table.in_vain],
        )
        for table in answer.tables
    }
    assert tables == {"99000002": (2, 1, ["heys-1"], []), "99000003": (3, 3, [], ["heys-2"])}
    assert figures(answer) == {
        "acts_in_force": (5, 4),
        "provisions_in_force": (1, 0),
        "acts_without_ground": (0, 1),
        "services": (4, 3),
        "documents_made": (2, 1),
        "flows": (3, 2),
        "table_lines": (5, 4),
    }


def test_the_chain_is_followed_when_asked_and_else_acts_stay(store: Store, kinds: Schema) -> None:
    graph = asked(store, kinds)
    assert "heys-4" not in effects(what_if_of(graph, WhatIfQuestion(record=("kanun-1",)), NOW).services)
    followed = what_if_of(graph, WhatIfQuestion(record=("kanun-1",), chain="all"), NOW)
    assert {loss.thing.id: loss.depth for loss in followed.acts if loss.is_whole} == {"kanun-3": 1, "kanun-4": 2}
    assert effects(followed.services)["heys-4"] == "loses its only ground"


def test_several_acts_together_take_what_each_alone_would_leave(store: Store, kinds: Schema) -> None:
    answer = what_if_of(asked(store, kinds), WhatIfQuestion(record=("kanun-1", "kanun-2")), NOW)
    assert effects(answer.acts)["kanun-5"] == "loses all of its 2 grounds"
    assert effects(answer.services)["heys-3"] == "loses all of its 2 grounds"


def test_a_closed_institution_takes_its_units_and_leaves_what_others_offer(store: Store, kinds: Schema) -> None:
    answer = what_if_of(asked(store, kinds), WhatIfQuestion(record=("99000001",)), NOW)
    assert (answer.assumed[0].how, answer.assumed[0].own) == ("closed", 1)
    assert effects(answer.services) == {
        "heys-1": "loses the only one who offers it",
        "heys-3": "loses 1 of the 2 who offer it; what stays: Belediye",
    }
    assert [loss.document.id for loss in answer.documents] == ["dbys-1"]
    assert answer.acts == ()


def test_a_document_no_longer_issued_is_asked_for_in_vain(store: Store, kinds: Schema) -> None:
    answer = what_if_of(asked(store, kinds), WhatIfQuestion(record=("dbys-2",)), NOW)
    assert answer.assumed[0].how == "no_longer_issued"
    assert [(loss.document.id, [each.id for each in loss.required_by]) for loss in answer.documents] == [
        ("dbys-2", ["heys-2"])
    ]
    assert figures(answer) == {"documents_made": (2, 1), "flows": (3, 1)}


def test_nothing_is_written_and_the_day_itself_stays_as_it_is(store: Store, kinds: Schema) -> None:
    graph = asked(store, kinds)
    before = graph.on(NOW)
    marks = before.once(legal_force.in_force).copy()
    what_if_of(graph, WhatIfQuestion(record=("kanun-1",), chain="all"), NOW)
    assert graph.on(NOW) is before
    assert (before.once(legal_force.in_force) == marks).all()
    assert dependency_tree.in_force(graph, "kanun-1", NOW).is_in_force
    after = assume(before, [before.records.position_of["kanun-1"]]).after
    assert not after.once(legal_force.in_force)[before.records.position_of["kanun-1.m2"]]


def test_the_rest_says_nothing_would_change_or_what_is_wrong(store: Store, kinds: Schema) -> None:
    graph = put(store, kinds, [*small_state(), law(9, valid_to="2020-01-01")])
    assert set(what_if_of(graph, WhatIfQuestion(record=("kanun-5",)), NOW).totals.values()) == {0}
    assert figures(what_if_of(graph, WhatIfQuestion(record=("kanun-5",)), NOW)) == {"acts_in_force": (5, 4)}
    with pytest.raises(NotFound):
        what_if_of(graph, WhatIfQuestion(record=("kanun-77",)), NOW)
    for wrong in (("kanun-9",), ()):
        with pytest.raises(Invalid):
            what_if_of(graph, WhatIfQuestion(record=wrong), NOW)
    with pytest.raises(Invalid):
        what_if_of(graph, WhatIfQuestion(record=("kanun-1",), assume="closed"), NOW)


def test_the_table_holds_every_row_and_the_picture_marks_what_falls(store: Store, kinds: Schema) -> None:
    answer = what_if_of(asked(store, kinds), WhatIfQuestion(record=("kanun-1",)), NOW, limit=None)
    rows = [*what_if_table(answer, "tr").rows]
    assert {row[0] for row in rows} == {"assumed", "figures", "acts", "services", "documents", "flows", "tables"}
    tags = {node.id: "ended" in node.tags for node in what_if_diagram(answer, kinds, "tr").nodes}
    assert tags["kanun-1"]
    assert tags["kanun-3"]
    assert not tags["kanun-5"]


@pytest.mark.pages
def test_the_page_the_api_and_the_impact_page_lead_to_each_other(client: TestClient) -> None:
    page = client.get("/impact/legislation/kanun-5490?lang=tr").text
    assert "/impact/what-if?record=kanun-5490" in page
    told = client.get("/impact/what-if?record=kanun-5490&lang=tr").text
    assert "Nüfus Hizmetleri Kanunu yürürlükten kalkarsa" in told
    assert "kaysis impact kanun-5490 --assume repealed" in told
    assert client.get("/impact/what-if").status_code == 200
    assert client.get("/api/impact/what-if?record=kanun-5490&assume=closed").status_code == 422
    body = client.get("/api/impact/what-if?record=kanun-5490,99006201").json()
    assert [assumed["how"] for assumed in body["assumed"]] == ["repealed", "closed"]
    assert client.get("/api/impact/what-if?record=kanun-5490&format=svg").status_code == 200
