"""A ministry's data flow with the offices that are tied to it and housed elsewhere, folded by kind of office."""

from datetime import date

import pytest
from dated_graphs import DatedGraph
from fastapi.testclient import TestClient  # noqa: TID251  # asked as a browser asks it
from flow_questions import between, every_arrow, of_state
from worlds import Row, document, organisation, part_of, produces, provided_by, put, requires, service

from kaysis_graph.flows.answer import FlowAnswer
from kaysis_graph.flows.ask import flows_of
from kaysis_graph.flows.picture import flow_diagram
from kaysis_graph.flows.question import FlowQuestion
from kaysis_graph.flows.table import flow_table
from kaysis_graph.graph.graph import Graph
from kaysis_graph.graph.store import Store
from kaysis_graph.schema import Schema

NOW = date(2026, 11, 29)
MINISTRY, TOWN = "99000001", "99000007"
REGISTRY: dict[str, object] = {"status": "district_directorate", "types": ["civil_registry"]}


def field_offices() -> list[Row]:
    """A ministry whose two registries and one police office sit in two districts, and a town that asks of them."""
    return [
        organisation(1, "İçişleri Bakanlığı", "ministry"),
        organisation(2, "Nüfus Genel Müdürlüğü", "central_unit", part_of(1)),
        organisation(3, "Altındağ Kaymakamlığı", "district_governorship"),
        organisation(4, "Yakutiye Kaymakamlığı", "district_governorship"),
        _registry(5, "Altındağ İlçe Nüfus Müdürlüğü", "Altındağ District Civil Registry", 3),
        _registry(6, "Yakutiye İlçe Nüfus Müdürlüğü", "Yakutiye District Civil Registry", 4),
        organisation(7, "Uğurludağ Belediyesi", "municipality"),
        # An affiliated body is an institution of its own: what hangs under it is not the ministry's.
        organisation(8, "Emniyet Genel Müdürlüğü", "affiliated_body", part_of(1)),
        organisation(9, "Altındağ İlçe Emniyet Müdürlüğü", "provincial_unit", part_of(3), _tied(8)),
        document(1, "Nüfus kayıt örneği"),
        document(2, "Ruhsat"),
        service(1, "Kayıt örneği verilmesi", provided_by(5), provided_by(6), produces(1)),
        service(2, "Ruhsat verilmesi", provided_by(7), requires(1, carried_by="applicant"), produces(2)),
        service(3, "Denetim", provided_by(9), requires(2), requires(1)),
    ]


def _tied(number: int, **more: object) -> Row:
    return part_of(number, is_secondary=True, **more)


def _registry(number: int, title: str, title_en: str, housed_in: int) -> Row:
    edges = (part_of(housed_in), _tied(2, valid_from="2020-01-01"))
    return organisation(number, title, "provincial_unit", *edges, title_en=title_en, **REGISTRY)


def ask(graph: Graph, organisation_id: str = MINISTRY, at: date = NOW, **more: object) -> FlowAnswer:
    return flows_of(graph, FlowQuestion(organisation=organisation_id, **more), at)  # type: ignore[arg-type]


def told(answer: FlowAnswer) -> set[tuple[str, str]]:
    return {(arrow.sender.name("tr"), arrow.receiver.name("tr")) for arrow in answer.arrows}


def test_a_ministry_counts_the_offices_tied_to_it_as_one_end_for_each_kind(store: Store, kinds: Schema) -> None:
    answer = ask(put(store, kinds, field_offices()))
    assert told(answer) == {
        ("İlçe Nüfus Müdürlükleri (2)", "Uğurludağ Belediyesi"),
        ("İlçe Nüfus Müdürlükleri (2)", "Altındağ Kaymakamlığı"),
    }
    (end,) = answer.folded
    assert (end.id, end.name("en")) == (
        "offices-99000001-provincial_unit-district_directorate-civil_registry",
        "District Civil Registry (2 offices)",
    )
    assert end.institution is not None
    assert (end.institution.id, answer.tied) == (MINISTRY, 2)


def test_the_offices_are_shown_each_when_asked(store: Store, kinds: Schema) -> None:
    answer = ask(put(store, kinds, field_offices()), offices="each")
    assert told(answer) == {
        (f"{place} İlçe Nüfus Müdürlüğü", taker)
        for place in ("Altındağ", "Yakutiye")
        for taker in ("Uğurludağ Belediyesi", "Altındağ Kaymakamlığı")
    }
    assert answer.folded == ()


def test_own_and_tied_units_are_told_apart_and_ties_have_days(store: Store, kinds: Schema) -> None:
    graph = put(store, kinds, field_offices())
    assert told(ask(graph, units="own")) == set()
    assert told(ask(graph, units="tied")) == told(ask(graph))
    before = ask(graph, at=date(2019, 12, 31))
    assert (told(before), before.tied) == (set(), 0)
    directorate = ask(graph, "99000002")
    assert told(directorate) == told(ask(graph))
    assert directorate.folded[0].group is not None
    assert directorate.folded[0].group.tied_to is not None
    assert directorate.folded[0].group.tied_to.id == "99000002"


def test_an_affiliated_body_counts_its_own_offices_and_its_ministry_does_not(store: Store, kinds: Schema) -> None:
    answer = ask(put(store, kinds, field_offices()), "99000008")
    # An office that is alone of its kind stays itself.
    assert {receiver for _, receiver in told(answer)} == {"Altındağ İlçe Emniyet Müdürlüğü"}


def test_rolled_up_the_offices_stand_with_the_institution_that_was_asked_about(store: Store, kinds: Schema) -> None:
    graph = put(store, kinds, field_offices())
    rolled = ask(graph, level="institution")
    assert ("İçişleri Bakanlığı", "Uğurludağ Belediyesi") in told(rolled)
    assert ("Bakanlık (1 kurum)", "Belediye (1 kurum)") in told(ask(graph, level="category"))


def test_between_two_institutions_and_with_another_the_tied_offices_count_too(store: Store, kinds: Schema) -> None:
    graph = put(store, kinds, field_offices())
    assert told(between(graph, MINISTRY, TOWN, NOW)) == {("İlçe Nüfus Müdürlükleri (2)", "Uğurludağ Belediyesi")}
    narrowed = ask(graph, TOWN, with_=(MINISTRY,))
    assert narrowed.totals.documents == 1
    assert ask(graph, TOWN, with_=("99000002",)).totals.documents == 1


def test_the_whole_state_counts_each_flow_once(store: Store, kinds: Schema) -> None:
    answer = of_state(put(store, kinds, field_offices()), NOW)
    to_town = [arrow for arrow in answer.arrows if arrow.receiver.id == TOWN]
    assert sorted(arrow.sender.name("tr") for arrow in to_town) == ["Altındağ Kaymakamlığı", "Yakutiye Kaymakamlığı"]
    assert sum(arrow.meetings for arrow in to_town) == 2


def test_what_is_asked_for_needlessly_is_looked_for_in_tied_offices_too(store: Store, kinds: Schema) -> None:
    rows = [*field_offices(), service(4, "Kimlik", provided_by(5), requires(2, carried_by="applicant"))]
    gaps = ask(put(store, kinds, rows)).gaps
    assert gaps.once_only is not None
    assert [gap.document.id for gap in gaps.once_only] == ["dbys-2"]
    assert [thing.id for thing in gaps.once_only[0].made_by] == [TOWN]


@pytest.mark.parametrize(
    ("asked", "why", "wider"),
    [
        (FlowQuestion(organisation=MINISTRY, units="own"), "units", FlowQuestion(organisation=MINISTRY)),
        (FlowQuestion(unit="99000002"), "around", FlowQuestion(organisation="99000002")),
        (
            FlowQuestion(organisation=MINISTRY, document=("dbys-2",)),
            "narrowing",
            FlowQuestion(organisation=MINISTRY),
        ),
        (FlowQuestion(organisation=MINISTRY, scope="inside"), "scope", FlowQuestion(organisation=MINISTRY)),
        (FlowQuestion(from_=TOWN, to=MINISTRY), "other_way", FlowQuestion(from_=MINISTRY, to=TOWN)),
    ],
)
def test_an_empty_answer_says_what_there_is_instead(
    store: Store, kinds: Schema, asked: FlowQuestion, why: str, wider: FlowQuestion
) -> None:
    graph = put(store, kinds, field_offices())
    answer = flows_of(graph, asked, NOW)
    assert answer.arrows == ()
    assert answer.instead is not None
    assert (answer.instead.why, answer.instead.question) == (why, wider)
    assert answer.instead.arrows == flows_of(graph, wider, NOW).totals.arrows


def test_where_there_is_nothing_at_all_nothing_is_offered(store: Store, kinds: Schema) -> None:
    graph = put(store, kinds, [organisation(1, "Bakanlık", "ministry")])
    assert ask(graph).instead is None


def test_pictures_and_files_fold_and_unfold_alike(store: Store, kinds: Schema) -> None:
    graph = put(store, kinds, field_offices())
    shown = {
        "kinds": {"İlçe Nüfus Müdürlükleri (2)"},
        "each": {"Altındağ İlçe Nüfus Müdürlüğü", "Yakutiye İlçe Nüfus Müdürlüğü"},
    }
    for offices, senders in shown.items():
        question = FlowQuestion(organisation=MINISTRY, offices=offices)  # type: ignore[arg-type]
        answer = flows_of(graph, question, NOW)
        sheet = flow_table(answer, every_arrow(graph, question, NOW), "tr")
        assert {row[1] for row in sheet.rows} == senders
        assert any("ikinci bağla bağlı 2 büro" in note for note in sheet.footnotes)
        diagram = flow_diagram(answer, "tr")
        assert senders <= {node.title for node in diagram.nodes}
        lanes = {lane.id: lane.title for lane in diagram.lanes}
        folded = [lanes[node.lane or ""] for node in diagram.nodes if node.title == "İlçe Nüfus Müdürlükleri (2)"]
        assert folded == (["İçişleri Bakanlığı"] if offices == "kinds" else [])


def test_thousands_of_offices_are_one_end_and_a_file_tells_each(store: Store, kinds: Schema) -> None:
    many = DatedGraph()
    many.record("99000001", "Organisation", category="ministry")
    many.record("99000002", "Organisation", category="municipality")
    many.record("dbys-1", "Document")
    many.record("heys-1", "Service")
    many.edge("heys-1", "REQUIRES", "dbys-1")
    many.edge("heys-1", "PROVIDED_BY", "99000002")
    for number in range(3_000):
        home, office, offered = f"9910{number:04}", f"9920{number:04}", f"heys-9{number}"
        many.record(home, "Organisation", category="district_governorship")
        many.record(office, "Organisation", category="provincial_unit", status="district_directorate")
        many.edge(office, "PART_OF", home)
        many.edge(office, "PART_OF", "99000001", is_secondary=True)
        many.record(offered, "Service")
        many.edge(offered, "PROVIDED_BY", office)
        many.edge(offered, "PRODUCES", "dbys-1")
    many.written(store)
    graph = put(store, kinds, [])
    answer = ask(graph)
    assert [(arrow.sender.name("tr"), arrow.meetings) for arrow in answer.arrows] == [
        ("İlçe müdürlükleri (3000)", 3_000)
    ]
    each = FlowQuestion(organisation="99000001", offices="each")
    assert sum(1 for _ in every_arrow(graph, each, NOW)) == 3_000


@pytest.mark.pages
def test_the_page_of_our_own_example_has_flows_and_a_way_to_unfold_them(client: TestClient) -> None:
    page = client.get("/flows?organisation=99001009&lang=tr").text
    assert "İlçe Nüfus Müdürlükleri (4)" in page
    assert "/flows?organisation=99001009&amp;lang=tr&amp;offices=each" in page
    own = client.get("/flows?organisation=99001009&units=own&lang=en").text
    assert "these units have no flows" in own
    assert 'href="/flows?organisation=99001009"' in own
    each = client.get("/api/data-flows?organisation=99001009&offices=each&format=csv&lang=tr").text
    assert "Sultanbeyli İlçe Nüfus Müdürlüğü" in each
    assert client.get("/api/data-flows?unit=99006201&units=own").status_code == 422
