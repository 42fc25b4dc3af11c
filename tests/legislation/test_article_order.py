"""The provisions of an act are listed as the act reads, wherever they are listed."""

import random

import numpy as np
from test_legislation import NOW, act, article
from worlds import based_on, put

from kaysis_graph import article_order
from kaysis_graph.explorer.ask import explored_by
from kaysis_graph.explorer.question import ExplorerQuestion
from kaysis_graph.graph.record_table import NamedRecordRow, RecordTable
from kaysis_graph.graph.store import Store
from kaysis_graph.impact.ask import impact_of
from kaysis_graph.impact.question import ImpactQuestion
from kaysis_graph.legislation.dependency_tree import DependencyWalk
from kaysis_graph.legislation.provision_texts import ActTextSearch
from kaysis_graph.legislation.question import DependencyQuestion, TextQuestion
from kaysis_graph.records import lists, reader
from kaysis_graph.schema import Schema

AS_READ = [
    "m1", "m2", "m2.f1", "m2.f1.ba", "m2.f1.bb", "m2.f2", "m2.f10", "m9", "m9-a", "m9-b", "m10", "m20", "mukerrer20",
    "m20-a", "m21", "m100", "ek1", "ek2", "ek2-a", "ek10", "gecici1", "gecici2", "gecici10",
]  # fmt: skip


def shuffled(parts: list[str]) -> list[str]:
    mixed = [f"kanun-11.{part}" for part in parts]
    random.Random(7).shuffle(mixed)
    return mixed


def test_the_key_orders_provisions_as_their_act_reads() -> None:
    ordered = sorted(shuffled(AS_READ), key=lambda one: article_order.sort_key("Provision", one, "whatever"))
    assert ordered == [f"kanun-11.{part}" for part in AS_READ]
    keys = [article_order.sort_key("Provision", one, "") for one in ("kanun-9.m5", "kanun-10.m1", "kanun-10.ek1")]
    assert keys == sorted(keys), "one act after the other"


def test_short_and_long_names_of_articles_stand_in_the_same_places() -> None:
    for short, long in (("gec3", "gecici3"), ("muk20", "mukerrer20"), ("m4", "madde4")):
        assert article_order.place(f"kanun-11.{short}") == article_order.place(f"kanun-11.{long}")


def test_what_orders_other_records_is_their_title() -> None:
    assert article_order.sort_key("Service", "heys-1", "Çay") > article_order.sort_key("Service", "heys-2", "Cam")


def test_lists_edges_and_texts_of_an_act_follow_that_order(store: Store, kinds: Schema) -> None:
    whole = [part for part in AS_READ if "." not in part]
    rows = [
        {**article(11, 1, based_on("kanun-12")), "id": identifier, "title": f"11 {identifier}"}
        for identifier in shuffled(whole)
    ]
    graph = put(store, kinds, [act(11), act(12), *rows])
    expected = [f"kanun-11.{part}" for part in whole]
    page = reader.edges(graph, "kanun-11", "in", edge_type="PART_OF", limit=100)
    assert [edge.other.id for edge in page.edges] == expected
    listed = lists.listed(graph, "Provision", limit=100)
    assert [row.id for row in listed.records] == expected
    told = ActTextSearch(graph, TextQuestion(id="kanun-11"), NOW).answer()
    assert [row.thing.id for row in told.rows] == expected
    resting = DependencyWalk(graph, DependencyQuestion(id="kanun-12"), NOW)
    assert [row.thing.id for row in resting.answer().rows] == expected
    assert [row.thing.id for row in resting.listing().rows] == expected
    falls = impact_of(graph, ImpactQuestion(id="kanun-12"), NOW)
    assert [row.thing.id for row in falls.rows if row.thing.kind == "Provision"] == expected
    shown = explored_by(graph, ExplorerQuestion(act=("kanun-11~in~PART_OF~provision~1",)), NOW)
    assert [node.thing.id for node in shown.nodes[1:]] == expected


def test_a_provision_that_comes_later_stands_where_its_act_has_it() -> None:
    ids = ["heys-9", "kanun-11", "kanun-110", *(f"kanun-11.{part}" for part in AS_READ)]
    late = {"kanun-11.m9", "kanun-11.mukerrer20", "kanun-110"}
    first = [name for name in reversed(ids) if name not in late]
    days = np.zeros(len(first), np.int32)
    kind = ["Legislation"] * len(first)
    table = RecordTable.build(["Legislation"], {}, ids=first, kind=kind, valid_from=days, valid_to=days)
    grown = table.with_rows([NamedRecordRow(name, "Legislation", 0, 0) for name in sorted(late)])
    ordered = grown.ids[grown.in_rank(np.ones(len(grown), np.bool_))].tolist()
    assert ordered == ["heys-9", "kanun-11", *(f"kanun-11.{part}" for part in AS_READ), "kanun-110"]
