"""An act at a glance: how it stands and why, its repeals, its life, its text, and who rests on it."""

from datetime import date

import pytest
from test_legislation import NOW, act, amends, article, repeals
from worlds import Row, based_on, organisation, provided_by, put, service

from kaysis_graph import search
from kaysis_graph.answers.edge_effects import has_effect
from kaysis_graph.answers.institution_choice import NOBODY
from kaysis_graph.answers.text_difference import Piece, compared, found, laid_out
from kaysis_graph.errors import NotFound
from kaysis_graph.explorer.ask import explored_by
from kaysis_graph.explorer.picture import diagram_of
from kaysis_graph.explorer.question import ExplorerQuestion
from kaysis_graph.graph.store import Store
from kaysis_graph.legislation import act_summary, repeal_chains, turning_days
from kaysis_graph.legislation.act_summary import Act
from kaysis_graph.legislation.dependants import RestingWalk
from kaysis_graph.legislation.lost_ground import LostGroundList
from kaysis_graph.legislation.provision_texts import ActTextSearch
from kaysis_graph.legislation.provision_tree import BranchLevel
from kaysis_graph.legislation.question import (
    BranchQuestion,
    LostGroundQuestion,
    RestingQuestion,
    TextQuestion,
    TimelineQuestion,
)
from kaysis_graph.legislation.timeline import ActLife
from kaysis_graph.records import reader
from kaysis_graph.render import mermaid
from kaysis_graph.schema import Schema


def texts(number: int, place: int, first: str | None, last: str | None, **more: object) -> Row:
    return article(number, place, first_text=first, last_text=last, **more)


def test_an_act_says_since_when_it_is_in_force_and_what_amended_it_last(store: Store, kinds: Schema) -> None:
    rows = [
        act(1, valid_from="2000-01-01"),
        article(1, 2),
        act(2, amends("kanun-1.m2", valid_from="2005-01-01"), amends("kanun-1", valid_from="2005-01-01")),
        act(3, amends("kanun-1.m2", valid_from="2010-01-01")),
    ]
    graph = put(store, kinds, rows)

    def standing(at: date) -> act_summary.Standing:
        return act_summary.act(graph, "kanun-1", at).standing

    now = standing(NOW)
    assert (now.state, now.since, now.amendments, now.amending) == ("in_force", date(2000, 1, 1), 3, 2)
    assert (now.last_on, now.last_by and now.last_by.id) == (date(2010, 1, 1), "kanun-3")
    assert standing(date(2007, 1, 1)).amendments == 2
    before = standing(date(1999, 1, 1))
    assert (before.state, before.since, before.begins) == ("future", None, date(2000, 1, 1))
    part = act_summary.act(graph, "kanun-1.m2", NOW)
    assert (part.whole and part.whole.id, part.standing.since, part.standing.amendments) == (
        "kanun-1",
        date(2000, 1, 1),
        2,
    )


def test_an_ended_act_says_what_ended_it_and_a_provision_what_it_fell_with(store: Store, kinds: Schema) -> None:
    rows = [
        act(1),
        article(1, 2),
        act(2, repeals("kanun-1", valid_from="2010-01-01"), valid_from="2010-01-01"),
        act(3, valid_to="2012-01-01"),
        act(4, based_on("kanun-1"), based_on("kanun-3"), based_on("kanun-2")),
    ]
    graph = put(store, kinds, rows)

    def told(identifier: str) -> Act:
        return act_summary.act(graph, identifier, NOW)

    repealed = told("kanun-1").standing
    assert repealed.ending is not None
    assert (repealed.state, repealed.ending.on, [one.id for one in repealed.ending.by], repealed.amendments) == (
        "repealed",
        date(2010, 1, 1),
        ["kanun-2"],
        0,
    )
    fallen = told("kanun-1.m2").standing
    assert fallen.ending is not None
    assert fallen.ending.fell_with is not None
    assert (fallen.state, fallen.ending.on, fallen.ending.fell_with.id) == ("repealed", date(2010, 1, 1), "kanun-1")
    ended = told("kanun-3").standing
    assert ended.ending is not None
    assert (ended.state, ended.ending.on, ended.ending.by) == ("ended", date(2012, 1, 1), ())
    ground = told("kanun-4").standing
    assert [(lost.text.id, lost.on) for lost in ground.lost] == [
        ("kanun-1", date(2010, 1, 1)),
        ("kanun-3", date(2012, 1, 1)),
    ]
    assert (ground.state, ground.bases) == ("in_force", 3)


def test_a_level_of_the_tree_counts_what_lies_beyond(store: Store, kinds: Schema) -> None:
    rows = [
        act(1),
        article(1, 9),
        act(2, based_on("kanun-1.m9")),
        act(3, based_on("kanun-2"), based_on("kanun-1")),
        service(1, "Belge verme", based_on("kanun-2")),
    ]
    graph = put(store, kinds, rows)
    down = BranchLevel(graph, BranchQuestion(id="kanun-1"), NOW).answer()
    assert [(row.thing.id, row.via.id, row.beyond) for row in down.rows] == [
        ("kanun-2", "kanun-1.m9", 2),
        ("kanun-3", "kanun-1", 0),
    ]
    first = BranchLevel(graph, BranchQuestion(id="kanun-1"), NOW).answer(limit=1)
    assert (first.complete, first.total, first.kinds) == (False, 2, {"Legislation": 2})
    up = BranchLevel(graph, BranchQuestion(id="heys-1", direction="up"), NOW).answer()
    assert [(row.thing.id, row.beyond) for row in up.rows] == [("kanun-2", 2)]


def test_the_chain_of_repeals_goes_on_over_whole_repeals_only(store: Store, kinds: Schema) -> None:
    rows = [
        act(1),
        article(1, 4, valid_to="2001-01-01"),
        act(2, repeals("kanun-1", valid_from="2005-01-01", by_place="m.7"), valid_from="2005-01-01"),
        act(3, repeals("kanun-2", valid_from="2010-01-01"), valid_from="2010-01-01"),
        act(4, repeals("kanun-1.m4", valid_from="2001-01-01"), valid_from="2001-01-01"),
        act(5, repeals("kanun-4", valid_from="2002-01-01", is_unverified=True), valid_from="2002-01-01"),
    ]
    graph = put(store, kinds, rows)
    chain = repeal_chains.of(graph, "kanun-1", NOW)
    assert [(step.depth, step.parent, step.act.id, step.is_whole, step.provisions) for step in chain.rows] == [
        (1, "kanun-1", "kanun-2", True, 0),
        # That the article ended with its repeal does not hide who repealed it.
        (1, "kanun-1", "kanun-4", False, 1),
        (2, "kanun-2", "kanun-3", True, 0),
    ]
    assert chain.rows[0].places == ("m.7",)
    assert not chain.rows[0].is_unverified
    assert repeal_chains.of(graph, "kanun-4", NOW).rows[0].is_unverified
    back = repeal_chains.of(graph, "kanun-3", NOW, way="by")
    assert [(step.act.id, step.on) for step in back.rows] == [
        ("kanun-2", date(2010, 1, 1)),
        ("kanun-1", date(2005, 1, 1)),
    ]
    cut = repeal_chains.of(graph, "kanun-1", NOW, limit=1)
    assert (cut.complete, len(cut.rows)) == (False, 1)


def test_the_life_of_an_act_is_told_up_to_the_day(store: Store, kinds: Schema) -> None:
    rows = [
        act(1, accepted_on="1999-12-01", gazette_on="1999-12-05", valid_from="2000-01-01"),
        article(1, 2),
        article(1, 3),
        act(
            2,
            amends("kanun-1.m2", valid_from="2005-01-01", amendment="adds", source="RG 25690"),
            amends("kanun-1.m3", valid_from="2005-01-01", amendment="amends", is_unverified=True),
        ),
        act(3, repeals("kanun-1.m3", valid_from="2008-01-01"), valid_from="2008-01-01"),
        act(4, repeals("kanun-1", valid_from="2012-01-01"), valid_from="2012-01-01"),
    ]
    graph = put(store, kinds, rows)
    life = ActLife(graph, TimelineQuestion(id="kanun-1"), NOW).answer()
    assert [(event.what, event.by and event.by.id, [one.id for one in event.touched]) for event in life.rows] == [
        ("accepted", None, []),
        ("published", None, []),
        ("in_force", None, []),
        ("amended", "kanun-2", ["kanun-1.m2", "kanun-1.m3"]),
        ("repealed_in_part", "kanun-3", ["kanun-1.m3"]),
        ("repealed", "kanun-4", []),
    ]
    amended = life.rows[3]
    assert (amended.amendments, amended.sources, amended.is_unverified) == (
        {"adds": 1, "amends": 1},
        ("RG 25690",),
        True,
    )
    assert ActLife(graph, TimelineQuestion(id="kanun-1"), date(2006, 1, 1)).answer().total == 4
    assert [*ActLife(graph, TimelineQuestion(id="kanun-1"), NOW).listing().rows] == [*life.rows]
    assert ActLife(graph, TimelineQuestion(id="kanun-1.m3"), NOW).answer().whats == {"amended": 1, "repealed": 1}


def test_a_timeline_says_what_had_no_effect_because_what_did_it_was_out_of_force(store: Store, kinds: Schema) -> None:
    rows = [
        act(1),
        article(1, 2),
        act(2, amends("kanun-1.m2", valid_from="2010-01-01"), repeals("kanun-1", valid_from="2011-01-01")),
        act(3, repeals("kanun-2", valid_from="2009-01-01")),
    ]
    graph = put(store, kinds, rows)
    life = ActLife(graph, TimelineQuestion(id="kanun-1"), NOW).answer()
    lapsed = [(event.on, event.by and event.by.id) for event in life.rows if event.what == "without_effect"]
    assert lapsed == [(date(2010, 1, 1), "kanun-2"), (date(2011, 1, 1), "kanun-2")]
    overview = act_summary.act(graph, "kanun-1", NOW)
    assert (overview.standing.state, overview.standing.amendments) == ("in_force", 0)
    # The chain tells it and goes no further: that the second act was repealed is no step of what repealed the first.
    assert [(step.act.id, step.has_effect, step.is_whole) for step in overview.repealed_by] == [
        ("kanun-2", False, False)
    ]
    assert [(step.act.id, step.has_effect) for step in act_summary.act(graph, "kanun-2", NOW).repealed] == [
        ("kanun-1", False)
    ]
    page = reader.edges(graph, "kanun-1", "in")
    told = {edge.type: has_effect(graph.on(NOW), "kanun-1", "in", edge) for edge in page.edges}
    assert told == {"PART_OF": True, "REPEALS": False}
    shown = explored_by(graph, ExplorerQuestion(act=("kanun-3", "kanun-2", "kanun-1", "kanun-1.m2")), NOW)
    assert {(edge.source, edge.target): edge.has_effect for edge in shown.edges if edge.type != "PART_OF"} == {
        ("kanun-2", "kanun-1.m2"): False,
        ("kanun-2", "kanun-1"): False,
        ("kanun-3", "kanun-2"): True,
    }
    assert "hükümsüz kaldı" in "".join(mermaid.render(diagram_of(shown, kinds, "tr")))


def test_provisions_come_in_the_order_of_the_act(store: Store, kinds: Schema) -> None:
    numbered = [texts(1, place, None, f"Madde {place}", order=order) for place, order in ((10, 3), (9, 2), (2, 1))]
    name = {"id": "kanun-1.gecici1", "provision_type": "temporary_article", "place": "geçici m.1"}
    temporary = article(1, 1) | name
    rows = [act(1), *numbered, temporary, article(1, 11), article(1, 3)]
    told = ActTextSearch(put(store, kinds, rows), TextQuestion(id="kanun-1"), NOW).answer()
    assert [row.anchor for row in told.rows] == ["m2", "m3", "m9", "m10", "m11", "gecici1"]


def test_words_are_found_inside_the_text_whatever_their_case(store: Store, kinds: Schema) -> None:
    rows = [
        act(1),
        texts(1, 1, "Bütçe hazırlanır.", "Kamu İDARELERİ bütçeyi hazırlar.", order=1),
        texts(1, 2, None, "Denetim yapılır.", order=2),
        service(1, "Belge verme", based_on("kanun-1.m1")),
        act(2, amends("kanun-1.m1", valid_from="2005-01-01")),
    ]
    graph = put(store, kinds, rows)
    told = ActTextSearch(graph, TextQuestion(id="kanun-1", words="idareleri BUTCE"), NOW).answer()
    assert ([row.anchor for row in told.rows], told.total, told.provisions) == (["m1"], 1, 2)
    assert (told.rows[0].resting, told.rows[0].changes, told.rows[0].changed_on) == (1, 1, date(2005, 1, 1))
    assert ActTextSearch(graph, TextQuestion(id="kanun-1", words="vergi"), NOW).answer().total == 0
    assert [*ActTextSearch(graph, TextQuestion(id="kanun-1"), NOW).listing().rows] == [
        *ActTextSearch(graph, TextQuestion(id="kanun-1"), NOW).answer().rows
    ]
    second = ActTextSearch(graph, TextQuestion(id="kanun-1"), NOW).answer(1, 1)
    assert ([row.anchor for row in second.rows], [held.offset for held in second.anchors]) == (["m2"], [0, 1])
    with pytest.raises(NotFound):
        ActTextSearch(graph, TextQuestion(id="heys-1"), NOW).answer()


def test_a_text_is_compared_word_by_word() -> None:
    first, last = compared("Bütçe her yıl hazırlanır.", "Bütçe  üç yıl için hazırlanır.")
    assert "".join(piece.text for piece in first) == "Bütçe her yıl hazırlanır."
    assert [piece.text.strip() for piece in first if piece.mark == "removed"] == ["her"]
    assert [piece.text.split() for piece in last if piece.mark == "added"] == [["üç"], ["için"]]
    assert "".join(piece.text for piece in last) == "Bütçe  üç yıl için hazırlanır."


def test_long_texts_with_little_in_common_are_told_as_one_difference_between_their_ends() -> None:
    first = " ".join(f"madde {number} sayılı" for number in range(1_000))
    last = " ".join(f"fıkra {number} olarak" for number in range(1_000))
    told, other = compared(f"Bütçe {first} son.", f"Bütçe {last} son.")
    assert [piece.mark for piece in told] == ["same", "removed", "same"]
    assert [piece.mark for piece in other] == ["same", "added", "same"]


def test_found_words_are_marked_and_paragraphs_begin_on_lines_of_their_own() -> None:
    assert found("Kamu idaresi, İDARE.", ["idare"]) == (
        Piece("Kamu ", "same"),
        Piece("idaresi", "found"),
        Piece(", ", "same"),
        Piece("İDARE", "found"),
        Piece(".", "same"),
    )
    assert laid_out("Madde 1- (1) Şunlar:a) Bir,b) İki.(2) Son (3 gün).") == (
        "Madde 1- (1) Şunlar:\na) Bir,\nb) İki.\n(2) Son (3 gün)."
    )


def test_who_rests_on_an_act_is_narrowed_to_a_kind_and_an_institution(store: Store, kinds: Schema) -> None:
    rows = [
        organisation(1, "Bakanlık", "ministry"),
        act(1),
        article(1, 2),
        act(2, based_on("kanun-1")),
        service(1, "Bir", based_on("kanun-1.m2"), provided_by(1)),
        service(2, "İki", based_on("kanun-2")),
    ]
    graph = put(store, kinds, rows)
    whole = RestingWalk(graph, RestingQuestion(id="kanun-1"), NOW).answer()
    assert [row.thing.id for row in whole.rows] == ["heys-1", "heys-2", "kanun-2"]
    assert whole.kinds == {"Service": 2, "Legislation": 1}
    services = RestingWalk(graph, RestingQuestion(id="kanun-1", kind="service"), NOW).answer()
    assert [(share.institution and share.institution.id, share.count) for share in services.institutions] == [
        ("99000001", 1),
        (None, 1),
    ]
    own = RestingWalk(graph, RestingQuestion(id="kanun-1", kind="service", institution="99000001"), NOW).answer()
    assert [(row.thing.id, row.via.id, row.depth) for row in own.rows] == [("heys-1", "kanun-1.m2", 1)]
    nobody = RestingWalk(graph, RestingQuestion(id="kanun-1", kind="service", institution=NOBODY), NOW).answer()
    assert [row.thing.id for row in nobody.rows] == ["heys-2"]
    assert [*RestingWalk(graph, RestingQuestion(id="kanun-1"), NOW).listing().rows] == [*whole.rows]


def test_the_work_list_says_why_and_counts_what_is_narrowed(store: Store, kinds: Schema) -> None:
    rows = [
        organisation(1, "Bakanlık", "ministry"),
        act(1, valid_to="2012-01-01"),
        act(2),
        article(2, 4),
        act(3, repeals("kanun-2", valid_from="2010-01-01"), valid_from="2010-01-01"),
        act(10, based_on("kanun-1"), {"type": "ISSUED_BY", "to": "99000001"}, title="Bütçe Kanunu"),
        act(11, based_on("kanun-2.m4"), based_on("kanun-3"), title="Arşiv Kanunu"),
    ]
    graph = put(store, kinds, rows)
    told = LostGroundList(graph, LostGroundQuestion(mode="any"), NOW).answer()
    assert (told.based, told.all, told.any, told.types) == (2, 1, 2, {"law": 2})
    assert [(row.act.id, row.bases, row.lost_on) for row in told.rows] == [
        ("kanun-11", 2, date(2010, 1, 1)),
        ("kanun-10", 1, date(2012, 1, 1)),
    ]
    fallen = told.rows[0].lost[0]
    assert fallen.fell_with is not None
    assert (fallen.text.id, fallen.fell_with.id, [by.id for by in fallen.by]) == ("kanun-2.m4", "kanun-2", ["kanun-3"])
    assert [(share.key, share.count) for share in told.groups] == [("99000001", 1), (NOBODY, 1)]
    by_base = LostGroundList(graph, LostGroundQuestion(mode="any", group="base", base="kanun-2"), NOW).answer()
    assert ([row.act.id for row in by_base.rows], len(by_base.groups)) == (["kanun-11"], 2)
    found = LostGroundList(graph, LostGroundQuestion(mode="any", words="BUTCE", sort="-lost_on"), NOW).answer()
    assert [row.act.id for row in found.rows] == ["kanun-10"]
    assert [*LostGroundList(graph, LostGroundQuestion(mode="any"), NOW).listing().rows] == [*told.rows]


def test_what_turned_around_a_day_comes_nearest_first(store: Store, kinds: Schema) -> None:
    rows = [
        act(1, valid_from="2000-01-01"),
        act(2, valid_from="2005-01-01", valid_to="2030-01-01"),
        act(3, repeals("kanun-1", valid_from="2010-01-01"), valid_from="2010-01-01"),
    ]
    told = turning_days.of(put(store, kinds, rows), NOW)
    assert [(turn.act.id, turn.what, turn.by and turn.by.id) for turn in told.before] == [
        ("kanun-1", "repealed", "kanun-3"),
        ("kanun-3", "in_force", None),
        ("kanun-2", "in_force", None),
        ("kanun-1", "in_force", None),
    ]
    assert [(turn.act.id, turn.what) for turn in told.after] == [("kanun-2", "ended")]
    assert told.types == {"law": 3}


def test_an_article_of_an_act_is_found_before_the_same_article_of_others(store: Store, kinds: Schema) -> None:
    numbers = range(5010, 5019)
    graph = put(store, kinds, [*map(act, numbers), *(article(number, 9) for number in numbers)])
    assert search.ask.found(graph, "5018 m.9").hits[0].record.id == "kanun-5018.m9"
    assert search.ask.suggested(graph, "5018 m.9")[0].id == "kanun-5018.m9"
