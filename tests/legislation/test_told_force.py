"""What a source says of the force of an act without a day is followed by every answer."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from conftest import AUTHOR
from fastapi.testclient import TestClient  # noqa: TID251  # the page as a reader has it

from api.app import create
from kaysis_graph.graph.follower import Follower
from kaysis_graph.graph.graph import Graph
from kaysis_graph.graph.store import Store
from kaysis_graph.legislation import act_summary, dependency_tree
from kaysis_graph.legislation.dependency_tree import UnfoundedActs
from kaysis_graph.legislation.question import TimelineQuestion, UnfoundedQuestion
from kaysis_graph.legislation.timeline import ActLife
from kaysis_graph.records import writer
from kaysis_graph.schema import Schema
from kaysis_graph.settings import Settings

pytestmark = pytest.mark.pages
TODAY, EARLIER = date(2026, 11, 29), date(2003, 1, 1)
LAW = {"kind": "Legislation", "legislation_type": "law"}


@pytest.fixture
def told(store: Store, kinds: Schema) -> Iterator[Graph]:
    """A law that its source calls not in force, learnt after the projection was made, and one that rests on it."""
    base = {**LAW, "id": "kanun-90001", "title": "Eski Kanun", "valid_from": "2001-01-01"}
    rests = {**LAW, "id": "kanun-90002", "title": "Yeni Kanun", "edges": [{"type": "BASED_ON", "to": "kanun-90001"}]}
    for one in (base, rests):
        writer.save(store, kinds, one, author=AUTHOR)
    graph = Graph(store, kinds, Follower(store, kinds, None))
    assert dependency_tree.in_force(graph, "kanun-90001", TODAY).is_in_force
    writer.save(store, kinds, {**base, "told_force": "not_in_force"}, author=AUTHOR)
    graph.follower.catch_up()
    yield graph
    graph.follower.end()


def test_an_act_told_not_in_force_is_so_in_every_answer_and_on_every_day(told: Graph, settings: Settings) -> None:
    for at in (TODAY, EARLIER):
        answer = dependency_tree.in_force(told, "kanun-90001", at)
        assert (answer.is_in_force, answer.is_told_over, answer.thing.state) == (False, True, "not_in_force")
        assert act_summary.act(told, "kanun-90001", at).standing.state == "not_in_force"
        lost = UnfoundedActs(told, UnfoundedQuestion(), at).answer()
        assert [row.act.id for row in lost.rows] == ["kanun-90002"]
        ended = [
            (event.what, event.on) for event in ActLife(told, TimelineQuestion(id="kanun-90001"), at).answer().rows
        ]
        assert ended == [("ended", None), ("in_force", date(2001, 1, 1))]
    assert dependency_tree.in_force(told, "kanun-90002", TODAY).rests_on_ended[0].id == "kanun-90001"
    with TestClient(create(told, replace(settings, language="tr"))) as client:
        page = client.get("/legislation/kanun-90001").text
        assert "hangi günden beri olduğu bilinmiyor" in page
        assert "gününden beri yürürlükte" not in page
        assert "yürürlükte değil, günü bilinmiyor" in client.get("/legislation/kanun-90002").text


def test_a_day_that_is_told_later_takes_its_place(told: Graph, store: Store, kinds: Schema) -> None:
    repeal = [{"type": "REPEALS", "to": "kanun-90001", "valid_from": "2010-05-05"}]
    writer.save(store, kinds, {**LAW, "id": "kanun-90003", "title": "Kaldıran Kanun", "edges": repeal}, author=AUTHOR)
    told.follower.catch_up()
    assert dependency_tree.in_force(told, "kanun-90001", EARLIER).is_in_force
    answer = dependency_tree.in_force(told, "kanun-90001", TODAY)
    assert (answer.is_in_force, answer.is_told_over, answer.thing.state) == (False, False, "repealed")
