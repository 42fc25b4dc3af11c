"""The structure of the state as of a date."""

import os
from datetime import date
from pathlib import Path

import pytest
from conftest import AUTHOR
from dated_graphs import DatedGraph
from worlds import Row, based_on, organisation, part_of, put, seed_rows, service

from kaysis_graph import files, text
from kaysis_graph.errors import Invalid, NotFound
from kaysis_graph.graph.graph import Graph
from kaysis_graph.graph.store import Store
from kaysis_graph.organisations import branches, change_days, pictures, structure, surroundings
from kaysis_graph.organisations.difference import UnitDifference
from kaysis_graph.organisations.question import UnitTreeQuestion
from kaysis_graph.organisations.structure import Ancestors, Tree, UnitTree, ancestors
from kaysis_graph.records import reader, writer
from kaysis_graph.schema import Schema
from kaysis_graph.transfer import import_files
from kaysis_graph.transfer.maps import definition, mapped_source

NOW = date(2024, 1, 1)
SHARED = Path(os.environ.get("KAYSIS_SHARED", Path(__file__).parents[3] / "shared")) / "data" / "tr"
MINISTRY = "99000001"
REWRITTEN, ADDED = "2018-07-10", "2019-01-10"
# The shape of the events of a ministry in CBK 1: there from the start, repealed, added, repealed and added again.
UNITS: list[Row] = [
    organisation(1, "Bakanlık", "ministry", valid_from=REWRITTEN),
    organisation(2, "Personel Genel Müdürlüğü", "central_unit", part_of(1, valid_from=REWRITTEN)),
    organisation(3, "Strateji Başkanlığı", "central_unit", part_of(1, valid_from=REWRITTEN, valid_to="2021-06-25")),
    organisation(4, "Göç İdaresi", "central_unit", part_of(1, valid_from="2021-10-29")),
    organisation(
        5,
        "Sivil Toplum Genel Müdürlüğü",
        "central_unit",
        part_of(1, valid_from=REWRITTEN, valid_to=ADDED),
        part_of(1, valid_from="2020-01-01"),
    ),
]


def tree(graph: Graph, unit: str, at: date, *, depth: int | None = None, **page: int) -> Tree:
    return UnitTree(graph, UnitTreeQuestion(id=unit, depth=depth), at).answer(**page)


def under(answer: Tree) -> list[str]:
    return [row.thing.id.removeprefix("9900000") for row in answer.rows]


def above(answer: Ancestors) -> list[tuple[str, int]]:
    return [(row.thing.id.removeprefix("9900000"), row.depth) for row in answer.rows]


def test_the_units_of_a_ministry_are_those_of_the_day(store: Store, kinds: Schema) -> None:
    graph = put(store, kinds, UNITS)
    days = ("2018-07-09", "2018-07-10", "2019-01-10", "2020-01-01", "2021-06-25", "2021-10-29")
    units = [under(tree(graph, MINISTRY, date.fromisoformat(day))) for day in days]
    assert units == [[], ["2", "3", "5"], ["2", "3"], ["2", "3", "5"], ["2", "5"], ["2", "4", "5"]]


def test_a_renamed_unit_has_the_title_of_the_day(store: Store, kinds: Schema) -> None:
    earlier = {"title": [{"value": "Dernekler Dairesi", "valid_from": "2018-07-10", "valid_to": "2018-09-13"}]}
    rows = [
        organisation(1, "Bakanlık", "ministry"),
        organisation(2, "Sivil Toplum", "central_unit", part_of(1), earlier=earlier),
    ]
    graph = put(store, kinds, rows)
    days = (date(2018, 9, 12), date(2018, 9, 13))
    assert [tree(graph, MINISTRY, day).rows[0].thing.title for day in days] == ["Dernekler Dairesi", "Sivil Toplum"]


def test_two_parents_make_one_row_that_names_both(store: Store, kinds: Schema) -> None:
    rows = [
        organisation(1, "Bakanlık", "ministry"),
        organisation(2, "Başkanlık", "ministry"),
        organisation(3, "Daire", "central_unit", part_of(1), part_of(2, is_secondary=True)),
        organisation(4, "Şube", "central_unit", part_of(3)),
    ]
    graph = put(store, kinds, rows)
    (unit, deeper) = tree(graph, MINISTRY, NOW).rows
    assert (unit.parent, unit.other_parents, unit.units, unit.is_institution) == (MINISTRY, ("99000002",), 1, False)
    assert (deeper.parent, deeper.depth) == ("99000003", 2)
    answer = ancestors(graph, "99000004", NOW)
    assert above(answer) == [("3", 1), ("1", 2), ("2", 2)]
    assert [row.is_institution for row in answer.rows] == [False, True, True]
    assert answer.institution.id == MINISTRY


def test_the_institution_follows_the_category_of_the_day(store: Store, kinds: Schema) -> None:
    earlier = {"category": [{"value": "central_unit", "valid_to": "2021-10-29"}]}
    rows = [
        organisation(1, "Bakanlık", "ministry"),
        organisation(2, "Göç İdaresi", "affiliated_body", part_of(1), earlier=earlier),
        organisation(3, "Daire", "central_unit", part_of(2)),
    ]
    graph = put(store, kinds, rows)
    days = (date(2021, 10, 28), date(2021, 10, 29))
    assert [ancestors(graph, "99000003", day).institution.id for day in days] == [MINISTRY, "99000002"]


def test_circles_end(store: Store, kinds: Schema) -> None:
    rows = [
        organisation(1, "Bir", "central_unit", part_of(2), part_of(1)),
        organisation(2, "İki", "central_unit", part_of(3)),
        organisation(3, "Üç", "central_unit", part_of(1)),
    ]
    graph = put(store, kinds, rows)
    assert above(ancestors(graph, MINISTRY, NOW)) == [("2", 1), ("3", 2)]
    assert under(tree(graph, MINISTRY, NOW)) == ["3", "2"]
    assert ancestors(graph, MINISTRY, NOW).institution.id == MINISTRY


def test_depth_and_pages_say_what_they_leave_out(store: Store, kinds: Schema) -> None:
    rows = [organisation(1, "Bakanlık", "ministry")]
    rows += [organisation(number, f"Birim {number}", "central_unit", part_of(number // 2)) for number in range(2, 10)]
    graph = put(store, kinds, rows)
    shallow = tree(graph, MINISTRY, NOW, depth=1)
    assert shallow.cut is not None
    assert (under(shallow), shallow.cut.key, shallow.complete) == (["2", "3"], "answers.depth", False)
    first, rest = tree(graph, MINISTRY, NOW, limit=3), tree(graph, MINISTRY, NOW, offset=3)
    assert first.cut is not None
    assert (first.total, first.complete, first.cut.values["next"]) == (8, False, 3)
    assert (rest.complete, rest.depths) == (False, {1: 2, 2: 4, 3: 2})
    assert [*first.rows, *rest.rows] == [*UnitTree(graph, UnitTreeQuestion(id=MINISTRY), NOW).listing().rows]
    assert tree(graph, MINISTRY, NOW, depth=3).complete


def test_a_hub_of_2500_units_is_paged_and_streamed(store: Store, kinds: Schema) -> None:
    many = DatedGraph()
    many.record("10000000", "Organisation", category="ministry")
    for number in range(2_500):
        many.record(f"{20000000 + number}", "Organisation", category="central_unit")
        many.edge(f"{20000000 + number}", "PART_OF", "10000000")
    many.written(store)
    graph = put(store, kinds, [])
    answer = tree(graph, "10000000", NOW)
    assert (answer.total, len(answer.rows), answer.complete) == (2_500, structure.ROWS, False)
    assert sum(1 for _ in UnitTree(graph, UnitTreeQuestion(id="10000000"), NOW).listing().rows) == 2_500


def test_asking_for_what_is_not_there_or_no_unit_is_refused(store: Store, kinds: Schema) -> None:
    graph = put(store, kinds, [organisation(1, "Bakanlık", "ministry"), service(1, "Belge verme")])
    for wrong in ("99000009", "heys-1"):
        with pytest.raises(NotFound):
            ancestors(graph, wrong, NOW)
        with pytest.raises(NotFound):
            tree(graph, wrong, NOW)


@pytest.mark.skipif(not SHARED.is_dir(), reason=f"the real ministry units are not there: {SHARED} (KAYSIS_SHARED)")
def test_the_real_units_of_the_ministry_of_the_interior_are_those_of_the_day(store: Store, kinds: Schema) -> None:
    graph = put(store, kinds, seed_rows())
    columns = definition.read(files.SEED / "maps" / "units.toml", kinds)
    import_files.run(
        store, kinds, mapped_source.source(kinds, [SHARED / "derived_ministry_units.csv"], columns), AUTHOR
    )
    graph.follower.catch_up()
    (interior,) = [row["id"] for row in seed_rows() if row["title"] == "İçişleri Bakanlığı"]
    days = (date(2018, 9, 1), date(2019, 1, 11), date(2021, 7, 1), date(2025, 10, 17))
    units = [{row.thing.title for row in tree(graph, interior, day, depth=1).rows} for day in days]
    assert [len(titles) for titles in units] == [18, 20, 21, 22]
    emergencies = "Acil Durumlar ve Savunma Planlaması Dairesi Başkanlığı"
    assert units[1] - units[0] == {
        "Hukuk Hizmetleri Genel Müdürlüğü",
        "Sivil Toplumla İlişkiler Genel Müdürlüğü",
        "İç Güvenlik Stratejileri Dairesi Başkanlığı",
    }
    assert units[0] - units[1] == {emergencies}
    assert units[2] - units[1] == {
        "Bilgi Teknolojileri Genel Müdürlüğü",
        "Güvenlik ve Acil Durumlar Koordinasyon Merkezi",
    }
    # Its name is lost in the consolidated text: repealed on 2021-06-30.
    assert units[1] - units[2] == {"Adı metinde kalmayan birim (İçişleri Bakanlığı, k bendi)"}
    assert (units[3] - units[2], units[2] - units[3]) == ({emergencies}, set())


def test_one_level_is_in_turkish_order_page_by_page(store: Store, kinds: Schema) -> None:
    names = ["Çankırı", "Cebeci", "Ağrı", "İzmir", "Isparta", "Şile", "Sivas"]
    rows = [organisation(1, "Bakanlık", "ministry"), organisation(2, "Başkanlık", "ministry")]
    rows += [organisation(number, name, "central_unit", part_of(1)) for number, name in enumerate(names, 3)]
    rows[2]["edges"].append(part_of(2, is_secondary=True))
    rows.append(organisation(20, "Şube", "central_unit", part_of(3)))
    graph = put(store, kinds, rows)
    first = branches.children(graph, MINISTRY, NOW, limit=3)
    rest = branches.children(graph, MINISTRY, NOW, cursor=first.next_cursor)
    assert [row.thing.title for row in (*first.rows, *rest.rows)] == text.in_order(names, str)
    assert (first.total, first.complete, rest.complete, rest.next_cursor) == (7, False, True, None)
    (doubled,) = [row for row in (*first.rows, *rest.rows) if row.other_parents]
    assert (doubled.thing.title, doubled.units, [far.id for far in doubled.other_parents]) == (
        "Çankırı", 1, ["99000002"],
    )  # fmt: skip
    assert [row.thing.title for row in branches.roots(graph, NOW).rows] == ["Bakanlık", "Başkanlık"]
    ways = [[row.thing.id for row in branches.way_to(graph, "99000020", NOW).rows]]
    ways += [[row.thing.id for row in branches.way_to(graph, "99000003", NOW, under="99000002").rows]]
    assert ways == [[MINISTRY, "99000003", "99000020"], ["99000002", "99000003"]]
    with pytest.raises(Invalid):
        branches.children(graph, "99000002", NOW, cursor=first.next_cursor)


def test_units_of_other_days_are_listed_when_asked_for_with_the_days_of_their_tie(store: Store, kinds: Schema) -> None:
    graph = put(store, kinds, UNITS)
    day = date(2019, 6, 1)
    now, ever = (branches.children(graph, MINISTRY, day, ever=ever) for ever in (False, True))
    assert [row.thing.id[-1] for row in now.rows] == ["2", "3"]
    days = {row.thing.id[-1]: (str(row.tie_from), str(row.tie_to)) for row in ever.rows}
    assert days["5"] == (REWRITTEN, ADDED)
    assert days["4"] == ("2021-10-29", "None")
    assert ever.total == 4


def test_the_surroundings_of_a_unit_are_all_above_it_its_siblings_counted_and_two_levels(
    store: Store, kinds: Schema
) -> None:
    rows = [organisation(1, "Bakanlık", "ministry")]
    rows += [organisation(number, f"Birim {number}", "central_unit", part_of(number // 2)) for number in range(2, 64)]
    graph = put(store, kinds, rows)
    answer = surroundings.around(graph, "99000004", NOW)
    assert [(tie.unit.id[-1], tie.parent.id[-1]) for tie in answer.above] == [("4", "2"), ("2", "1")]
    assert (answer.siblings, answer.depths, answer.total) == ({"99000002": 1}, {1: 2, 2: 4}, 6)
    drawn = pictures.ego_diagram(answer, kinds, "tr")
    assert [node.count for node in drawn.nodes if node.shape == "group"] == [1]
    assert len(drawn.nodes) == 3 + 1 + 6


def test_the_picture_of_a_hub_counts_what_it_cannot_show(store: Store, kinds: Schema) -> None:
    rows = [organisation(1, "Bakanlık", "ministry")]
    rows += [organisation(number, f"Birim {number}", "central_unit", part_of(1)) for number in range(2, 700)]
    graph = put(store, kinds, rows)
    answer = surroundings.around(graph, MINISTRY, NOW)
    drawn = pictures.ego_diagram(answer, kinds, "en")
    assert (answer.complete, answer.total) == (False, 698)
    assert len(drawn.nodes) <= pictures.MOST_BOXES
    assert sum(node.count for node in drawn.nodes) == 699


def test_two_days_differ_by_what_was_added_ended_moved_and_renamed(store: Store, kinds: Schema) -> None:
    day, repeal = "2020-01-01", {"valid_from": "2020-01-01", "source": "CBK 9 m.2"}
    renamed = {"title": [{"value": "Eski Ad", "valid_from": "2018-07-10", "valid_to": day}]}
    rows = [
        {"kind": "Legislation", "id": "cbk-9", "title": "CBK 9", "legislation_type": "presidential_decree"},
        organisation(1, "Bakanlık", "ministry"),
        organisation(2, "Daire", "central_unit", part_of(1)),
        organisation(3, "Yeni Ad", "central_unit", part_of(1), earlier=renamed),
        organisation(4, "Taşınan", "central_unit", part_of(1, valid_to=day), part_of(2, **repeal)),
        organisation(5, "Şube", "central_unit", part_of(4)),
        organisation(6, "Biten", "central_unit", part_of(1), {"type": "SUCCEEDED_BY", "to": "99000007"}, valid_to=day),
        organisation(7, "Eklenen", "central_unit", part_of(1, **repeal), based_on("cbk-9", valid_from=day)),
        organisation(8, "Sonra", "central_unit", part_of(1, valid_from="2022-01-01")),
    ]
    graph = put(store, kinds, rows)
    answer = UnitDifference(graph, MINISTRY, date(2019, 12, 31), date(2020, 1, 1)).answer()
    told = {row.thing.title: row for row in answer.rows}
    assert {title: row.marks for title, row in told.items()} == {
        "Yeni Ad": ("renamed",), "Taşınan": ("moved",), "Biten": ("ended",), "Eklenen": ("added",),
    }  # fmt: skip
    assert {row.day for row in answer.rows} == {date(2020, 1, 1)}
    assert told["Yeni Ad"].title_before == "Eski Ad"
    moved, added = told["Taşınan"], told["Eklenen"]
    assert [[far.id for far in ends] for ends in (moved.parents_before, moved.parents_after)] == [
        [MINISTRY], ["99000002"],
    ]  # fmt: skip
    assert ([far.id for far in told["Biten"].successors], told["Biten"].thing.state) == (["99000007"], "ended")
    assert ([basis.id for basis in added.bases], added.source) == (["cbk-9"], "CBK 9 m.2")
    assert (answer.units_before, answer.units_after, answer.complete) == (5, 5, True)
    assert list(UnitDifference(graph, MINISTRY, answer.since, answer.at).listing().rows) == list(answer.rows)
    assert UnitDifference(graph, MINISTRY, date(2020, 1, 1), date(2020, 1, 1)).answer().rows == ()
    drawn = pictures.difference_diagram(answer, kinds, "tr")
    notes = {node.title: (node.note.partition(" · ")[0], "ended" in node.tags) for node in drawn.nodes}
    assert (notes["Biten"], notes["Eklenen"]) == (("Sona erdi 01.01.2020", True), ("Eklendi 01.01.2020", False))


def test_what_ended_and_came_again_between_two_days_is_told_with_the_days(store: Store, kinds: Schema) -> None:
    closed = [{"valid_from": "2010-01-01", "valid_to": "2020-03-01"}]
    again = organisation(6, "Belediye", "central_unit", part_of(1), valid_from="2020-05-01", earlier_spells=closed)
    graph = put(store, kinds, [*UNITS, again])
    since, until = date(2018, 9, 1), date(2026, 11, 29)
    told = {row.thing.title: row for row in UnitDifference(graph, MINISTRY, since, until).answer().rows}
    away = {
        title: [(str(span.valid_from), str(span.valid_to)) for span in row.away]
        for title, row in told.items()
        if "returned" in row.marks
    }
    assert away == {
        "Sivil Toplum Genel Müdürlüğü": [("2019-01-10", "2020-01-01")],
        "Belediye": [("2020-03-01", "2020-05-01")],
    }
    assert (told["Belediye"].marks, told["Belediye"].day) == (("returned",), date(2020, 5, 1))
    days = {str(row.day): (row.began, row.ended) for row in change_days.change_days(graph, MINISTRY, until).rows}
    assert (days["2020-03-01"], days["2020-05-01"]) == ((0, 1), (1, 0))


def test_a_unit_without_days_is_no_root_before_its_tie_begins(store: Store, kinds: Schema) -> None:
    rows = [organisation(1, "Bakanlık", "ministry"), organisation(2, "Hukuk Hizmetleri", "central_unit")]
    graph = put(store, kinds, rows)
    before, after = date(2018, 9, 1), date(2019, 6, 1)

    def found(at: date) -> tuple[list[str], list[str], str]:
        roots = [row.thing.title for row in branches.roots(graph, at).rows]
        listed = [record.title for record in reader.listed(graph, "Organisation", at=at).records]
        name = reader.titles(graph, ["99000002"], at)["99000002"]
        return roots, listed, "there" if name.has_begun else "not"

    both = (["Bakanlık", "Hukuk Hizmetleri"], ["Bakanlık", "Hukuk Hizmetleri"], "there")
    assert (found(before), found(after)) == (both, both)
    # The tie is written after the unit, in a change of its own.
    saved = writer.save(store, kinds, rows[1] | {"edges": [part_of(1, valid_from=ADDED)]}, AUTHOR)
    graph.follower.catch_up()
    assert found(before) == (["Bakanlık"], ["Bakanlık"], "not")
    assert found(after) == (["Bakanlık"], ["Bakanlık", "Hukuk Hizmetleri"], "there")
    assert "valid_from" not in reader.get(store, kinds, "99000002").record.fields
    assert saved.records == 0, "what is derived is no fact of the record"
    writer.save(store, kinds, rows[1] | {"edges": []}, AUTHOR)
    graph.follower.catch_up()
    assert found(before) == both


def test_the_difference_is_that_of_the_units_of_both_days(store: Store, kinds: Schema) -> None:
    graph = put(store, kinds, UNITS)
    days = [date.fromisoformat(day) for day in ("2018-07-09", REWRITTEN, ADDED, "2020-01-01", "2021-06-25")]
    for since in days:
        for until in (day for day in days if day >= since):
            rows = UnitDifference(graph, MINISTRY, since, until).answer().rows
            before, after = (set(under(tree(graph, MINISTRY, day))) for day in (since, until))
            added, ended = ({row.thing.id[-1] for row in rows if mark in row.marks} for mark in ("added", "ended"))
            assert (added - {"1"}, ended) == (after - before, before - after)
    with pytest.raises(Invalid):
        UnitDifference(graph, MINISTRY, days[1], days[0])


def test_the_days_of_change_are_told_with_how_many_ties_began_and_ended(store: Store, kinds: Schema) -> None:
    graph = put(store, kinds, UNITS)
    rows = change_days.change_days(graph, MINISTRY, NOW).rows
    assert [(str(row.day), row.began, row.ended) for row in rows] == [
        ("2021-10-29", 1, 0),
        ("2021-06-25", 0, 1),
        ("2020-01-01", 1, 0),
        (ADDED, 0, 1),
        (REWRITTEN, 3, 0),
    ]
