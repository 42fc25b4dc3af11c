"""Records read back: one, in lists, by their edges, under their names of a date, with their history."""

from datetime import date
from typing import Any

import pytest
from conftest import AUTHOR
from worlds import graph_of

from kaysis_graph.errors import Gone, Invalid, NotFound
from kaysis_graph.graph.graph import Graph
from kaysis_graph.graph.store import Store
from kaysis_graph.records import reader, record_model, writer
from kaysis_graph.records.record_model import Edge, Record
from kaysis_graph.schema import Schema

TITLES = ["Çankaya", "Cebeci", "Iğdır", "Ilgaz", "İzmir", "Ürgüp", "Uşak", "Şirvan", "Sivas", "Madde 10", "Madde 9"]
IN_ORDER = ["Cebeci", "Çankaya", "Iğdır", "Ilgaz", "İzmir", "Madde 9", "Madde 10", "Sivas", "Şirvan", "Uşak", "Ürgüp"]


def organisation(number: int, title: str, **fields: object) -> dict[str, Any]:
    told = {"kind": "Organisation", "id": str(number), "title": title, "category": "central_unit"}
    return {**told, **fields}


@pytest.fixture
def towns(store: Store, kinds: Schema) -> Graph:
    """A graph with eleven organisations under a twelfth."""
    told = [organisation(10000000 + number, title) for number, title in enumerate(TITLES)]
    told[0] |= {"category": "ministry", "valid_from": "2018-07-10", "types": ["hospital"], "is_active": True}
    told[1] |= {"category": "ministry", "valid_from": "1990-01-01", "valid_to": "2020-01-01"}
    told[2] |= {
        "valid_from": "1990-01-01",
        "earlier": {
            "title": [{"value": "Sürmeli", "valid_to": "1992-05-27"}],
            "category": [{"value": "university", "valid_to": "1992-05-27"}],
        },
    }
    head = organisation(20000000, "Baş", title_en="Head", is_unverified=True)
    law: dict[str, Any] = {
        "kind": "Legislation",
        "id": "kanun-1",
        "title": "Kanun",
        "legislation_type": "law",
        "number": "1",
    }
    acts = [
        {**law, "id": f"yonetmelik-{day}", "title": f"Yönetmelik {day}", "gazette_on": f"2020-01-{day:02}"}
        for day in (3, 1, 2)
    ]
    made = [record_model.record_of(kinds, one) for one in (*told, head, law, *acts)]
    edges = [
        Edge(str(10000000 + number), "PART_OF", "20000000", {"valid_from": date(2000 + number, 1, 1)})
        for number in range(len(TITLES))
    ]
    edges.append(Edge("10000000", "PART_OF", "20000000", {"valid_to": date(1999, 1, 1), "tie": "service_unit"}))
    edges.append(Edge("20000000", "PART_OF", "20000000"))
    edges.append(Edge("20000000", "BASED_ON", "kanun-1"))
    store.write(lambda transaction: writer.merge(transaction, kinds, made, edges, AUTHOR))
    return graph_of(store, kinds)


def titles_of(page: reader.Page) -> list[str]:
    return [record.title for record in page.records]


def test_a_record_comes_back_with_its_fields_and_changes(towns: Graph, kinds: Schema) -> None:
    shown = reader.get(towns.store, kinds, "10000002")
    assert shown.record.title == "Iğdır"
    assert shown.record.fields["valid_from"] == date(1990, 1, 1)
    assert shown.record.on("title", date(1980, 1, 1)) == "Sürmeli"
    assert shown.changes == (1,)


def test_an_unknown_record_is_not_found_and_a_hint_helps(towns: Graph, kinds: Schema) -> None:
    with pytest.raises(NotFound) as missing:
        reader.get(towns.store, kinds, "kanun-99999")
    assert "kanun-99999" in missing.value.text("tr")
    assert missing.value.hint("tr")


def test_a_deleted_record_is_gone_and_keeps_its_history(store: Store, kinds: Schema) -> None:
    writer.save(store, kinds, organisation(10000000, "Kısa Ömürlü"), AUTHOR)
    writer.delete(store, kinds, "10000000", AUTHOR)
    with pytest.raises(Gone) as gone:
        reader.get(store, kinds, "10000000")
    assert "Kısa Ömürlü" in gone.value.text("tr")
    assert [event.what for event in reader.history(store, "10000000").events] == ["removed", "added"]


def test_names_are_those_of_the_date(towns: Graph) -> None:
    ids = ["10000002", "10000001", "20000000", "nothing"]
    names = reader.titles(towns, ids, date(1991, 1, 1))
    assert set(names) == set(ids) - {"nothing"}
    assert (names["10000002"].title, names["10000002"].present_title) == ("Sürmeli", "Iğdır")
    assert not names["10000001"].has_ended
    assert names["20000000"].title_en == "Head"
    assert names["20000000"].is_unverified
    later = reader.titles(towns, ids, date(2020, 1, 1))
    assert (later["10000002"].title, later["10000002"].kind) == ("Iğdır", "Organisation")
    assert later["10000001"].has_ended
    assert not reader.titles(towns, ["10000000"], date(2018, 7, 9))["10000000"].has_begun


def test_more_names_than_one_statement_takes_come_in_the_order_asked(store: Store, kinds: Schema) -> None:
    made = [
        Record("Place", f"koy-{number}", {"title": f"Köy {number}", "place_type": "village"}) for number in range(5_100)
    ]
    store.write(lambda transaction: writer.merge(transaction, kinds, made, [], AUTHOR))
    wanted = [f"koy-{number}" for number in range(5_099, -1, -1)]
    assert list(reader.titles(graph_of(store, kinds), [*wanted, *wanted])) == wanted
    assert reader.titles(graph_of(store, kinds), []) == {}


def test_a_list_is_in_turkish_alphabetical_order(towns: Graph) -> None:
    page = reader.listed(towns, "organisation")
    assert titles_of(page) == ["Baş", *IN_ORDER]
    assert (page.total, page.next_cursor) == (12, None)
    assert titles_of(reader.listed(towns, "Organisation", sort="-title")) == [*reversed(IN_ORDER), "Baş"]


@pytest.mark.parametrize(
    "sort", ["title", "-title", "category", "-category", "valid_from", "-valid_from", "is_active", "-is_active"]
)
@pytest.mark.parametrize("limit", [1, 5])
def test_pages_give_every_record_once(towns: Graph, sort: str, limit: int) -> None:
    whole = titles_of(reader.listed(towns, "organisation", sort=sort))
    seen: list[str] = []
    cursor = None
    while True:
        page = reader.listed(towns, "organisation", sort=sort, limit=limit, cursor=cursor)
        seen += titles_of(page)
        cursor = page.next_cursor
        if cursor is None:
            break
    assert seen == whole
    assert len(set(seen)) == 12


def test_records_without_a_value_come_last_in_both_directions(towns: Graph) -> None:
    up = titles_of(reader.listed(towns, "organisation", sort="valid_from"))
    down = titles_of(reader.listed(towns, "organisation", sort="-valid_from"))
    assert up[:4] == ["Cebeci", "Iğdır", "Çankaya", "Baş"]
    assert down[:4] == ["Çankaya", "Cebeci", "Iğdır", "Baş"]


def test_a_list_goes_on_where_it_was_when_records_come_between(store: Store, kinds: Schema) -> None:
    for number, title in enumerate(["Adana", "Bursa", "Denizli"]):
        writer.save(store, kinds, organisation(10000000 + number, title), AUTHOR)
    first = reader.listed(graph_of(store, kinds), "organisation", limit=2)
    writer.save(store, kinds, organisation(10000009, "Afyon"), AUTHOR)
    writer.save(store, kinds, organisation(10000008, "Ceyhan"), AUTHOR)
    rest = reader.listed(graph_of(store, kinds), "organisation", limit=9, cursor=first.next_cursor)
    assert titles_of(rest) == ["Ceyhan", "Denizli"]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"category": "ministry"}, ["Cebeci", "Çankaya"]),
        ({"category": "BAKANLIK"}, ["Cebeci", "Çankaya"]),
        ({"category": "ministry, central_unit", "valid_from": "1990"}, ["Cebeci", "Iğdır"]),
        ({"types": "hospital"}, ["Çankaya"]),
        ({"is_active": "evet"}, ["Çankaya"]),
        ({"valid_from": "1990-01-01..1990-12-31"}, ["Cebeci", "Iğdır"]),
        ({"valid_from": "..2000"}, ["Cebeci", "Iğdır"]),
        ({"valid_from": "2018-07.."}, ["Çankaya"]),
        ({"valid_to": "2020-01-01"}, ["Cebeci"]),
        ({"category": "university"}, []),
    ],
)
def test_filters_leave_what_fits(towns: Graph, filters: dict[str, str], expected: list[str]) -> None:
    page = reader.listed(towns, "organisation", filters=filters)
    assert titles_of(page) == expected
    assert page.total == len(expected)


def test_absent_flags_count_as_false(towns: Graph) -> None:
    assert reader.listed(towns, "organisation", filters={"is_active": "false"}).total == 11


def test_with_a_date_a_dated_field_is_compared_by_what_it_said_then(towns: Graph) -> None:
    then = reader.listed(towns, "organisation", filters={"category": "university"}, at=date(1992, 5, 26))
    assert titles_of(then) == ["Iğdır"]
    after = reader.listed(towns, "organisation", filters={"category": "university"}, at=date(1992, 5, 27))
    assert titles_of(after) == []


def test_with_a_date_only_records_valid_on_it_are_listed(towns: Graph) -> None:
    assert reader.listed(towns, "organisation", at=date(2019, 12, 31)).total == 12
    assert reader.listed(towns, "organisation", at=date(2020, 1, 1)).total == 11
    # Those that tell no first day are there since their first tie; of the one with a tie without any, nothing tells.
    assert titles_of(reader.listed(towns, "organisation", at=date(1989, 12, 31))) == ["Baş"]


def test_dates_sort_as_dates(towns: Graph) -> None:
    page = reader.listed(towns, "legislation", sort="-gazette_on", limit=2)
    assert titles_of(page) == ["Yönetmelik 3", "Yönetmelik 2"]
    assert titles_of(reader.listed(towns, "legislation", sort="-gazette_on", limit=2, cursor=page.next_cursor)) == [
        "Yönetmelik 1",
        "Kanun",
    ]


@pytest.mark.parametrize(
    ("asked", "rule"),
    [
        ({"filters": {"colour": "red"}}, "records.unknown_filter"),
        ({"filters": {"title": "Iğdır"}}, "records.unknown_filter"),
        ({"filters": {"category": "castle"}}, "records.not_a_code"),
        ({"filters": {"category": " , "}}, "records.not_a_code"),
        ({"filters": {"is_active": "maybe"}}, "records.not_a_flag"),
        ({"filters": {"valid_from": "yesterday"}}, "records.not_a_date"),
        ({"filters": {"valid_from": ".."}}, "records.not_a_date"),
        ({"filters": {"valid_from": "2020-02-30"}}, "records.not_a_date"),
        ({"filters": {"valid_from": "0000"}}, "records.not_a_date"),
        ({"sort": "address"}, "records.unknown_sort"),
        ({"sort": "types"}, "records.unknown_sort"),
        ({"sort": "--title"}, "records.unknown_sort"),
        ({"cursor": "çöp"}, "records.bad_cursor"),
        ({"cursor": "e30"}, "records.bad_cursor"),
        ({"limit": 0}, "records.bad_limit"),
        ({"limit": 5_000}, "records.bad_limit"),
    ],
)
def test_a_list_says_what_it_does_not_know(towns: Graph, asked: dict[str, object], rule: str) -> None:
    with pytest.raises(Invalid) as refused:
        reader.listed(towns, "organisation", **asked)  # type: ignore[arg-type]
    problem = refused.value.problems[0]
    assert problem.rule == rule
    assert problem.text("tr")
    assert problem.hint("en")


def test_every_wrong_filter_is_named_at_once(towns: Graph) -> None:
    with pytest.raises(Invalid) as refused:
        reader.listed(towns, "organisation", filters={"colour": "red", "category": "castle", "valid_to": "x"})
    assert len(refused.value.problems) == 3


def test_a_cursor_belongs_to_one_list(towns: Graph) -> None:
    cursor = reader.listed(towns, "organisation", limit=1).next_cursor
    assert cursor is not None
    for asked in ({"sort": "-title"}, {"sort": "category"}):
        with pytest.raises(Invalid):
            reader.listed(towns, "organisation", cursor=cursor, **asked)  # type: ignore[arg-type]
    with pytest.raises(Invalid):
        reader.listed(towns, "legislation", cursor=cursor)


def test_an_unknown_kind_is_not_found_naming_the_known_ones(towns: Graph) -> None:
    with pytest.raises(NotFound) as missing:
        reader.listed(towns, "castle")
    assert "data_element" in str(missing.value.hint("en"))


def test_edges_come_by_type_and_then_by_name(towns: Graph) -> None:
    page = reader.edges(towns, "20000000", "in")
    assert [edge.other.title for edge in page.edges] == ["Baş", "Cebeci", "Çankaya", "Çankaya", *IN_ORDER[2:]]
    assert {edge.role for edge in page.edges} == {"part_of"}
    assert page.total == 13
    twice = [edge for edge in page.edges if edge.other.title == "Çankaya"]
    assert [edge.first_day for edge in twice] == ["", "2000-01-01"]
    assert twice[0].fields == {"valid_to": date(1999, 1, 1), "tie": "service_unit"}
    assert [edge.holds for edge in twice] == [False, True]


@pytest.mark.parametrize("limit", [1, 4])
def test_pages_of_edges_give_every_edge_once(towns: Graph, limit: int) -> None:
    whole = reader.edges(towns, "20000000", "in").edges
    seen: list[reader.NamedEdge] = []
    cursor = None
    while True:
        page = reader.edges(towns, "20000000", "in", limit=limit, cursor=cursor)
        seen += page.edges
        assert page.total == 13
        cursor = page.next_cursor
        if cursor is None:
            break
    assert seen == whole


def test_edges_leaving_are_another_list(towns: Graph) -> None:
    page = reader.edges(towns, "20000000", "out")
    assert [(edge.type, edge.other.id) for edge in page.edges] == [("BASED_ON", "kanun-1"), ("PART_OF", "20000000")]
    only = reader.edges(towns, "20000000", "out", edge_type="BASED_ON")
    assert [edge.other.kind for edge in only.edges] == ["Legislation"]
    assert only.total == 1
    assert reader.edges(towns, "20000000", "out", other_kind="organisation").total == 1


def test_an_edge_holds_while_its_dates_and_the_record_it_leaves_do(towns: Graph) -> None:
    before = reader.edges(towns, "20000000", "in", at=date(2018, 12, 31))
    assert before.total == 12
    after = reader.edges(towns, "20000000", "in", at=date(2020, 1, 1))
    assert "Cebeci" not in [edge.other.title for edge in after.edges]
    assert after.total == 11


def test_the_far_end_may_have_ended_and_is_shown_as_ended(store: Store, kinds: Schema) -> None:
    writer.save(store, kinds, organisation(10000000, "Üst"), AUTHOR)
    below = {**organisation(10000001, "Alt"), "edges": [{"type": "PART_OF", "to": "10000000"}]}
    writer.save(store, kinds, below, AUTHOR)
    writer.end(store, kinds, "10000000", date(2020, 1, 1), AUTHOR)
    (edge,) = reader.edges(graph_of(store, kinds), "10000001", "out", at=date(2021, 1, 1)).edges
    assert edge.other.has_ended


def test_edges_are_counted_by_direction_type_and_kind(towns: Graph) -> None:
    counts = [(count.direction, count.type, count.kind, count.total) for count in reader.edge_counts(towns, "20000000")]
    assert counts == [
        ("out", "BASED_ON", "Legislation", 1),
        ("out", "PART_OF", "Organisation", 1),
        ("in", "PART_OF", "Organisation", 13),
    ]


def test_edges_of_nothing_and_of_unknown_types_are_refused(towns: Graph) -> None:
    with pytest.raises(NotFound):
        reader.edges(towns, "99999999", "out")
    with pytest.raises(NotFound):
        reader.edge_counts(towns, "99999999")
    with pytest.raises(Invalid) as refused:
        reader.edges(towns, "20000000", "out", edge_type="LOVES")
    assert "PART_OF" in refused.value.problems[0].hint("en")
    cursor = reader.edges(towns, "20000000", "in", limit=1).next_cursor
    with pytest.raises(Invalid):
        reader.edges(towns, "20000000", "out", cursor=cursor)


def test_history_tells_what_each_change_did(store: Store, kinds: Schema) -> None:
    writer.save(store, kinds, organisation(10000000, "Üst"), AUTHOR)
    writer.save(
        store, kinds, {**organisation(10000001, "Alt"), "edges": [{"type": "PART_OF", "to": "10000000"}]}, AUTHOR
    )
    writer.change_field(store, kinds, "10000001", "title", "Yeni Alt", date(2020, 1, 1), AUTHOR)
    told = [{"type": "PART_OF", "to": "10000000", "tie": "service_unit"}]
    record = record_model.record_json(reader.get(store, kinds, "10000001").record)
    writer.save(store, kinds, {**record, "edges": told}, AUTHOR)
    writer.save(store, kinds, {**record, "edges": []}, AUTHOR)
    page = reader.history(store, "10000001")
    assert [(event.number, event.what, [edge.what for edge in event.edges]) for event in page.events] == [
        (5, None, ["removed"]),
        (4, None, ["changed"]),
        (3, "changed", []),
        (2, "added", ["added"]),
    ]
    renamed = {difference.field: (difference.before, difference.after) for difference in page.events[2].fields}
    assert renamed["title"] == ("Alt", "Yeni Alt")
    assert renamed["earlier.title"][1][0]["value"] == "Alt"
    (tied,) = page.events[1].edges
    assert [(one.field, one.before, one.after) for one in tied.fields] == [("tie", None, "service_unit")]
    assert (page.events[0].who, page.events[0].why, page.total) == ("test", "a test", 4)


def test_history_comes_in_pages(store: Store, kinds: Schema) -> None:
    for number in range(5):
        writer.save(store, kinds, organisation(10000000, f"Ad {number}"), AUTHOR)
    first = reader.history(store, "10000000", limit=2)
    second = reader.history(store, "10000000", limit=2, cursor=first.next_cursor)
    third = reader.history(store, "10000000", limit=2, cursor=second.next_cursor)
    assert [event.number for page in (first, second, third) for event in page.events] == [5, 4, 3, 2, 1]
    assert (third.next_cursor, third.total) == (None, 5)
    assert reader.history(store, "nothing").events == []
