"""What falls with a record, by which chain, and whose it is."""

from datetime import date

import pytest
from dated_graphs import DatedGraph
from worlds import (
    Row,
    based_on,
    document,
    organisation,
    part_of,
    produces,
    provided_by,
    put,
    requires,
    service,
    statements,
)

from kaysis_graph.answers.institution_choice import NOBODY
from kaysis_graph.errors import NotFound
from kaysis_graph.graph.graph import Graph
from kaysis_graph.graph.store import Store
from kaysis_graph.impact import selection
from kaysis_graph.impact.ask import ROWS, Fallen, Impact, ImpactWalk, about_ground, impact_of
from kaysis_graph.impact.question import ImpactQuestion
from kaysis_graph.impact.reply import impact_reply
from kaysis_graph.schema import Schema

NOW = date(2024, 1, 1)
ACT: Row = {"kind": "Legislation", "id": "kanun-1", "title": "Kanun", "legislation_type": "law", "number": "1"}
ARTICLE: Row = {
    "kind": "Provision",
    "id": "kanun-1.m2",
    "title": "m.2",
    "place": "m.2",
    "provision_type": "article",
    "edges": [{"type": "PART_OF", "to": "kanun-1"}],
}
MINISTRY, OFFICE, TOWN = "99000001", "99000002", "99000003"
STATE: list[Row] = [
    ACT,
    ARTICLE,
    organisation(1, "Bakanlık", "ministry"),
    organisation(2, "Daire", "central_unit", part_of(1)),
    organisation(3, "Belediye", "municipality"),
    service(1, "Belge verme", provided_by(2), produces(1), based_on("kanun-1.m2")),
    service(2, "Ruhsat verme", provided_by(3), requires(1)),
    service(3, "Belge örneği verme", provided_by(3), produces(1)),
    document(1, "Belge"),
]


def fallen(answer: Impact) -> list[tuple[str, int, str | None]]:
    return [(row.thing.id, row.depth, row.institution.id if row.institution else None) for row in answer.rows]


def every(graph: Graph, question: ImpactQuestion) -> list[Fallen]:
    return [*ImpactWalk(graph, question, NOW).listing().rows]


def state_of(store: Store, kinds: Schema) -> Graph:
    return put(store, kinds, STATE)


def test_what_falls_with_an_act_comes_with_the_chain_that_makes_it_so(store: Store, kinds: Schema) -> None:
    answer = impact_of(state_of(store, kinds), ImpactQuestion(id="kanun-1"), NOW)
    assert fallen(answer) == [("heys-1", 2, MINISTRY), ("dbys-1", 3, None), ("heys-2", 4, TOWN)]
    chain = [(link.type, link.along, link.thing.id) for link in answer.rows[-1].chain]
    assert chain == [
        ("PART_OF", False, "kanun-1.m2"),
        ("BASED_ON", False, "heys-1"),
        ("PRODUCES", True, "dbys-1"),
        ("REQUIRES", False, "heys-2"),
    ]
    assert (answer.own, answer.total, answer.direct, answer.complete, answer.cut) == (1, 3, 1, True, None)


def test_each_dependant_says_what_stays_of_its_ground(store: Store, kinds: Schema) -> None:
    rows = [*STATE, {**ACT, "id": "kanun-2", "number": "2", "title": "Öteki Kanun"}]
    rows.append(service(4, "İki dayanaklı", provided_by(3), based_on("kanun-1"), based_on("kanun-2")))
    answer = impact_of(put(store, kinds, rows), ImpactQuestion(id="kanun-1"), NOW)
    grounds = {row.thing.id: row.ground for row in answer.rows}
    assert grounds["dbys-1"] is None
    only, one_of_two = grounds["heys-1"], grounds["heys-4"]
    assert only is not None
    assert about_ground(only, "tr") == "tek dayanağını yitirir"
    assert one_of_two is not None
    assert about_ground(one_of_two, "tr") == "2 dayanağından 1 tanesini yitirir; kalan: Öteki Kanun"
    assert [base.id for base in only.touched] == ["kanun-1.m2"]


def test_other_sources_of_a_document_are_counted(store: Store, kinds: Schema) -> None:
    graph = state_of(store, kinds)
    sources = {row.thing.id: row.other_sources for row in impact_of(graph, ImpactQuestion(id="kanun-1"), NOW).rows}
    assert sources == {"heys-1": 0, "dbys-1": 1, "heys-2": 0}


def test_the_impact_is_counted_by_institution_and_kind(store: Store, kinds: Schema) -> None:
    answer = impact_of(state_of(store, kinds), ImpactQuestion(id="kanun-1"), NOW)
    shares = [(share.institution and share.institution.id, share.count, share.kinds) for share in answer.institutions]
    assert shares == [
        (None, 1, {"Document": 1}),
        (MINISTRY, 1, {"Service": 1}),
        (TOWN, 1, {"Service": 1}),
    ]
    assert answer.kinds == {"Service": 2, "Document": 1}


def test_kinds_narrow_what_is_told_and_not_what_is_walked(store: Store, kinds: Schema) -> None:
    graph = state_of(store, kinds)
    answer = impact_of(graph, ImpactQuestion(id="kanun-1", kinds=("service",)), NOW)
    assert [row.thing.id for row in answer.rows] == ["heys-1", "heys-2"]
    assert (answer.total, answer.direct) == (2, 1)
    assert answer.kinds == {"Service": 2, "Document": 1}
    assert [(share.institution and share.institution.id, share.count) for share in answer.institutions] == [
        (MINISTRY, 1),
        (TOWN, 1),
    ]


def test_an_institution_and_words_narrow_the_rows_and_not_what_else_could_be_chosen(
    store: Store, kinds: Schema
) -> None:
    graph = state_of(store, kinds)
    of_town = impact_of(graph, ImpactQuestion(id="kanun-1", institution=TOWN), NOW)
    assert [row.thing.id for row in of_town.rows] == ["heys-2"]
    assert (of_town.kinds, len(of_town.institutions)) == ({"Service": 1}, 3)
    nobodys = impact_of(graph, ImpactQuestion(id="kanun-1", institution=NOBODY), NOW)
    assert [row.thing.id for row in nobodys.rows] == ["dbys-1"]
    named = impact_of(graph, ImpactQuestion(id="kanun-1", words="VERME belge"), NOW)
    assert [row.thing.id for row in named.rows] == ["heys-1"]
    assert [row.thing.id for row in every(graph, ImpactQuestion(id="kanun-1", words="heys"))] == [
        "heys-1",
        "heys-2",
    ]
    with pytest.raises(NotFound):
        impact_of(graph, ImpactQuestion(id="kanun-1", institution="99000009"), NOW)


def test_rows_come_in_groups_and_by_title(store: Store, kinds: Schema) -> None:
    graph = state_of(store, kinds)
    by_kind = impact_of(graph, ImpactQuestion(id="kanun-1", group="kind"), NOW)
    assert [row.thing.kind for row in by_kind.rows] == ["Service", "Service", "Document"]
    assert by_kind.groups == {"Service": 2, "Document": 1}
    by_institution = impact_of(graph, ImpactQuestion(id="kanun-1", group="institution"), NOW)
    assert by_institution.groups == {NOBODY: 1, MINISTRY: 1, TOWN: 1}
    assert [row.thing.id for row in by_institution.rows] == ["heys-1", "heys-2", "dbys-1"]
    assert impact_of(graph, ImpactQuestion(id="kanun-1", group="depth"), NOW).groups == dict.fromkeys("234", 1)
    by_title = impact_of(graph, ImpactQuestion(id="kanun-1", sort="title"), NOW)
    assert [row.thing.title for row in by_title.rows] == ["Belge", "Belge verme", "Ruhsat verme"]


def test_names_are_read_of_so_many_and_no_more(store: Store, kinds: Schema, monkeypatch: pytest.MonkeyPatch) -> None:
    graph = state_of(store, kinds)
    monkeypatch.setattr(selection, "MOST_NAMED", 1)
    answer = impact_of(graph, ImpactQuestion(id="kanun-1", words="e"), NOW)
    assert answer.cut is not None
    assert (answer.cut.key, answer.complete) == ("impact.named", False)
    assert [row.thing.id for row in answer.rows] == ["heys-1"]


def test_a_unit_takes_its_units_and_services_along(store: Store, kinds: Schema) -> None:
    assert fallen(impact_of(state_of(store, kinds), ImpactQuestion(id=MINISTRY), NOW)) == [
        (OFFICE, 1, MINISTRY),
        ("heys-1", 2, MINISTRY),
        ("dbys-1", 3, None),
        ("heys-2", 4, TOWN),
    ]


def test_depth_and_pages_say_what_they_leave_out(store: Store, kinds: Schema) -> None:
    graph = state_of(store, kinds)
    shallow = impact_of(graph, ImpactQuestion(id="kanun-1", depth=2), NOW)
    assert shallow.cut is not None
    assert (shallow.total, shallow.complete, shallow.cut.key) == (1, False, "answers.depth")
    question = ImpactQuestion(id="kanun-1")
    first, rest = impact_of(graph, question, NOW, limit=2), impact_of(graph, question, NOW, offset=2)
    assert first.cut is not None
    assert (first.total, first.cut.key, first.cut.values["next"]) == (3, "answers.page", 2)
    assert (rest.complete, first.institutions) == (False, rest.institutions)
    assert [*first.rows, *rest.rows] == every(graph, question)


def test_circles_end_and_days_count(store: Store, kinds: Schema) -> None:
    rows = [
        service(1, "Bir", requires(1), produces(2, valid_from="2010-01-01", valid_to="2020-01-01")),
        service(2, "İki", requires(2), produces(1)),
        document(1, "Bir"),
        document(2, "İki"),
    ]
    graph = put(store, kinds, rows)
    assert fallen(impact_of(graph, ImpactQuestion(id="dbys-1"), date(2015, 1, 1))) == [
        ("heys-1", 1, None),
        ("dbys-2", 2, None),
        ("heys-2", 3, None),
    ]
    assert [impact_of(graph, ImpactQuestion(id="dbys-1"), date(year, 1, 1)).total for year in (2009, 2010, 2020)] == [
        1,
        3,
        1,
    ]


def test_a_hub_of_2500_is_paged_and_streamed(store: Store, kinds: Schema) -> None:
    many = DatedGraph()
    many.record("dbys-1", "Document")
    many.record("99000001", "Organisation", category="ministry")
    for number in range(2_500):
        many.record(f"heys-{number:05}", "Service")
        many.edge(f"heys-{number:05}", "REQUIRES", "dbys-1")
        many.edge(f"heys-{number:05}", "PROVIDED_BY", "99000001")
    many.written(store)
    graph = put(store, kinds, [])
    answer = impact_of(graph, ImpactQuestion(id="dbys-1"), NOW)
    assert (answer.total, len(answer.rows), answer.complete) == (2_500, ROWS, False)
    assert [(share.institution and share.institution.id, share.count) for share in answer.institutions] == [
        ("99000001", 2_500)
    ]
    assert len(every(graph, ImpactQuestion(id="dbys-1"))) == 2_500


def test_asking_for_what_is_not_there_is_refused(store: Store, kinds: Schema) -> None:
    with pytest.raises(NotFound):
        impact_of(put(store, kinds, [ACT]), ImpactQuestion(id="kanun-2"), NOW)


def test_a_page_with_its_picture_walks_once_and_asks_the_engine_nothing(store: Store, kinds: Schema) -> None:
    graph = state_of(store, kinds)
    reply = impact_reply(graph, ImpactQuestion(id="kanun-1"), NOW, "tr", 0, 1)
    with statements() as asked:
        assert len(reply.diagram.nodes) == 5
        assert [row.thing.id for row in reply.answer.rows] == ["heys-1"]
        assert reply.answer is reply.answer
    assert asked == []


def test_files_tell_of_all_rows_and_whether_they_are_all(store: Store, kinds: Schema) -> None:
    reply = impact_reply(state_of(store, kinds), ImpactQuestion(id="kanun-1"), NOW, "tr", 1, 1)
    assert (len(list(reply.listing.rows)), reply.listing.answer.complete) == (3, True)
    assert (len(list(reply.page_listing.rows)), reply.page_listing.answer.complete) == (1, False)
    assert reply.formats == ("json", "csv", "xlsx", "svg", "png", "pdf", "mermaid", "graphml")
