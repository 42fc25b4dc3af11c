"""The copy for SPARQL: built, kept in step with every sort of change, rebuilt, and never read half done."""

import contextlib
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from conftest import AUTHOR, WIPE
from pyoxigraph import NamedNode, Quad, Store

from kaysis_graph.clock import today
from kaysis_graph.errors import Conflict, Invalid
from kaysis_graph.graph import history
from kaysis_graph.graph import store as graph_store
from kaysis_graph.graph.follower import Follower
from kaysis_graph.graph.graph import Graph
from kaysis_graph.linked.copy import expected_counts, keeper, quads
from kaysis_graph.linked.copy.checkpoints import Opened
from kaysis_graph.linked.copy.keeper import Keeper
from kaysis_graph.linked.export import all_quads
from kaysis_graph.linked.iris import Iris
from kaysis_graph.records import record_model, whole_records, writer
from kaysis_graph.schema import Schema
from kaysis_graph.settings import Settings
from kaysis_graph.transfer import seed_data

BASE = "https://veri.example"
STEP = "heys-41019.adim-1"


@pytest.fixture
def graph(store: Any, kinds: Schema) -> Iterator[Graph]:
    seed_data.plant(store, kinds)
    opened = Graph(store, kinds, Follower(store, kinds, None))
    yield opened
    opened.follower.end()


@pytest.fixture
def kept(graph: Graph, tmp_path: Path) -> Iterator[Keeper]:
    made = Keeper(graph, BASE, tmp_path / "linked")
    made.catch_up()
    yield made
    made.end()


@pytest.fixture
def kept_sample(sample: Graph, tmp_path: Path) -> Iterator[Keeper]:
    """A copy of the seed that no test changes."""
    made = Keeper(sample, BASE, tmp_path / "linked")
    made.catch_up()
    yield made
    made.end()


def held(kept: Keeper) -> set[Quad]:
    newest = kept.newest
    assert newest is not None
    return {quad for quad in Store.read_only(str(newest.path)) if quad.graph_name != kept.iris.ontology}


def wanted(graph: Graph, at: date | None = None) -> set[Quad]:
    """The graph as it would be built now, through a store, which writes some literals in another way."""
    fresh = Store()
    fresh.extend(all_quads.quads(graph.store, Iris(BASE, graph.schema), graph.on(at or today())))
    return set(fresh)


def told(graph: Graph, identifier: str) -> dict[str, Any]:
    """A record as JSON with its edges, to be changed and saved again."""
    found = whole_records.some(graph.store, graph.schema, [identifier])[0]
    return {**record_model.record_json(found.record), "edges": [record_model.edge_json(edge) for edge in found.edges]}


def save(graph: Graph, *many: dict[str, Any]) -> None:
    for one in many:
        writer.save(graph.store, graph.schema, one, AUTHOR)


def in_step(graph: Graph, kept: Keeper) -> bool:
    kept.catch_up()
    assert kept.newest is not None
    assert kept.newest.sequence == graph.sequence
    return held(kept) == wanted(graph)


def rename(graph: Graph, kept: Keeper, times: int) -> None:
    """So many changes, each of which becomes a checkpoint."""
    for number in range(times):
        save(graph, {**told(graph, "heys-41001"), "title": f"Ad {kept.seen.renewed} {number}"})
        kept.catch_up()


def save_or_pass(graph: Graph, one: dict[str, Any]) -> None:
    with contextlib.suppress(Invalid):
        save(graph, one)


def delete_or_pass(graph: Graph, identifier: str) -> bool:
    try:
        writer.delete(graph.store, graph.schema, identifier, AUTHOR)
    except (Invalid, Conflict):
        return False
    return True


def test_the_first_copy_holds_the_whole_graph(sample: Graph, kept_sample: Keeper) -> None:
    assert in_step(sample, kept_sample)
    assert kept_sample.seen.state == "following"
    assert kept_sample.seen.rebuilt == 0


@pytest.mark.pages
def test_a_copy_that_was_altered_is_found_by_counting_and_mended(sample: Graph, kept_sample: Keeper) -> None:
    assert kept_sample.agrees()
    opened = kept_sample._copy
    assert opened is not None
    assert opened.position is not None
    stolen = next(opened.store.quads_for_pattern(None, NamedNode("http://data.europa.eu/m8g/hasInputType"), None))
    opened.store.remove(stolen)
    opened.stand(opened.position)
    del opened
    assert not kept_sample.agrees()
    assert kept_sample._rebuilding is not None
    kept_sample._rebuilding.join()
    assert in_step(sample, kept_sample)
    assert kept_sample.agrees()
    assert kept_sample.seen.rebuilt == 1


@pytest.mark.pages
def test_every_class_and_property_is_counted_as_the_copy_has_it(sample: Graph, kept_sample: Keeper) -> None:
    counts = expected_counts.expected(kept_sample.iris, sample.on(today()))
    assert counts[f"{BASE}/def/Organisation"] > 200
    assert counts["http://data.europa.eu/m8g/hasInputType"] > 50
    assert kept_sample.newest is not None
    assert (
        expected_counts.found(kept_sample.iris, Store.read_only(str(kept_sample.newest.path)), iter(counts)) == counts
    )


@pytest.mark.pages
def test_a_second_process_reads_what_the_first_keeps(sample: Graph, kept_sample: Keeper, tmp_path: Path) -> None:
    other = Keeper(sample, BASE, tmp_path / "linked")
    other._ended.set()
    other.catch_up()
    assert other.seen.state == "kept by another process"
    assert other.newest == kept_sample.newest


@pytest.mark.pages
def test_services_on_two_ports_do_not_undo_each_others_copies(sample: Graph, settings: Settings) -> None:
    services = [replace(settings, port=port) for port in (8000, 8001)]
    both = [Keeper(sample, service.base, keeper.folder(service)) for service in services]
    for _ in range(2):
        for one in both:
            one.catch_up()
    found = [one.newest for one in both]
    for one in both:
        one.catch_up()
        assert one.seen.state == "following"
        assert one.seen.rebuilt == 0
    assert [one.newest for one in both] == found
    assert found[0] != found[1]
    for one in both:
        one.end()


@pytest.mark.pages
def test_another_base_is_another_copy(sample: Graph, kept_sample: Keeper, tmp_path: Path) -> None:
    first = kept_sample.newest
    kept_sample.end()
    moved = Keeper(sample, "https://baska.example", tmp_path / "linked")
    moved.catch_up()
    assert moved.newest != first
    assert moved.newest is not None
    catalogue = NamedNode(f"{BASE}/id/catalogue")
    assert not list(Store.read_only(str(moved.newest.path)).quads_for_pattern(catalogue, None, None))
    moved.end()


@pytest.mark.pages
def test_a_copy_that_is_ahead_of_what_we_have_seen_is_waited_for(graph: Graph, kept: Keeper, tmp_path: Path) -> None:
    theirs = graph_store.Store(graph.store.engine)
    behind = Graph(theirs, graph.schema, Follower(theirs, graph.schema, None))
    rename(graph, kept, 2)
    kept.end()
    newest = kept.newest
    assert newest is not None
    assert behind.sequence < newest.sequence
    other = Keeper(behind, BASE, tmp_path / "linked")
    other.catch_up()
    assert other.newest == newest, "not built anew"
    assert behind.sequence == newest.sequence
    other.end()


def test_every_sort_of_change_reaches_the_copy_with_all_that_follows_from_it(graph: Graph, kept: Keeper) -> None:
    save(graph, {**told(graph, "heys-41001"), "title": "Doğumun bildirilmesi"})
    assert in_step(graph, kept), "a title"
    writer.end(graph.store, graph.schema, "kanun-5490", date(2020, 1, 1), AUTHOR)
    assert in_step(graph, kept), "an act ends, and with it what is part of it"
    repeals = [{"type": "REPEALS", "to": "kanun-5018"}, {"type": "REPEALS", "to": "kanun-3194", "is_partial": True}]
    law = {"kind": "Legislation", "id": "kanun-9999", "title": "Kanun", "legislation_type": "law"}
    save(graph, {**law, "valid_from": "2024-01-01", "edges": repeals})
    assert in_step(graph, kept), "an act is repealed, and with it its provisions"
    writer.end(graph.store, graph.schema, "kanun-9999", date(2025, 1, 1), AUTHOR)
    assert in_step(graph, kept), "the repealing act ends"
    service = told(graph, "heys-41012")
    save(graph, {**service, "edges": [edge for edge in service["edges"] if edge["type"] != "PROVIDED_BY"]})
    assert in_step(graph, kept), "a service that nobody offers is no public service"
    writer.change_field(graph.store, graph.schema, "99001009", "title", "Yeni ad", date(2021, 1, 1), AUTHOR)
    assert in_step(graph, kept), "an earlier title"
    step = told(graph, STEP)
    save(graph, {**step, "edges": [*step["edges"], {"type": "BASED_ON", "to": "kanun-5018"}]})
    assert in_step(graph, kept), "a step rests on an act, which the procedure of its service implements"
    writer.delete(graph.store, graph.schema, STEP, AUTHOR)
    assert in_step(graph, kept), "a record is deleted"
    assert kept.seen.rebuilt == 0


@pytest.mark.pages
def test_a_long_run_of_random_changes_leaves_the_copy_as_if_built_anew(graph: Graph, kept: Keeper) -> None:
    chance = random.Random(20261125)  # no secret
    names = sorted(graph.on(today()).records.position_of)
    for turn in range(40):
        name = chance.choice(names)
        match chance.choice(["end", "cut", "revive", "delete", "repeal", "provision repeals"]):
            case "end":
                writer.end(graph.store, graph.schema, name, date(2019, 1, chance.randint(1, 28)), AUTHOR)
            case "cut":
                record = told(graph, name)
                kept_edges = [edge for edge in record["edges"] if chance.random() > 0.5 or edge["type"] == "PART_OF"]
                save(graph, {**record, "edges": kept_edges})
            case "revive":
                record = told(graph, name)
                record.pop("valid_to", None)
                edges = [{key: value for key, value in edge.items() if key != "valid_to"} for edge in record["edges"]]
                save_or_pass(graph, {**record, "edges": edges})
            case "delete":
                if delete_or_pass(graph, name):
                    names.remove(name)
            case "provision repeals":
                provisions = [one for one in names if one.startswith("kanun-") and "." in one]
                acts = [one for one in names if one.startswith("kanun-") and "." not in one]
                record = told(graph, chance.choice(provisions))
                repeal = {"type": "REPEALS", "to": chance.choice(acts)}
                save_or_pass(graph, {**record, "edges": [*record["edges"], repeal]})
            case _:
                acts = [one for one in names if one.startswith("kanun-") and "." not in one]
                first, second = chance.sample(acts, 2)
                record = told(graph, first)
                save_or_pass(graph, {**record, "edges": [*record["edges"], {"type": "REPEALS", "to": second}]})
        if turn % 8 == 7:
            assert in_step(graph, kept)
    assert in_step(graph, kept)
    assert kept.seen.rebuilt == 0


def test_at_midnight_what_begins_and_ends_that_day_is_made_anew(
    graph: Graph, kept: Keeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = today()
    later = date(now.year + 2, 1, 1)
    between = date(now.year + 1, 6, 1).isoformat()
    save(
        graph,
        {"kind": "Legislation", "id": "kanun-9998", "title": "Geleceğin kanunu", "legislation_type": "law",
         "valid_from": between, "edges": [{"type": "REPEALS", "to": "kanun-5018"}]},
        # A provision repeals from the day on that its act is there.
        {"kind": "Provision", "id": "kanun-9998.m9", "title": "Madde 9", "place": "m.9", "provision_type": "article",
         "edges": [{"type": "PART_OF", "to": "kanun-9998"}, {"type": "REPEALS", "to": "kanun-5490"}]},
        {**told(graph, "heys-41001"), "valid_to": between},
    )  # fmt: skip
    writer.change_field(
        graph.store, graph.schema, "99001009", "title", "Gelecek ad", date.fromisoformat(between), AUTHOR
    )
    assert in_step(graph, kept)
    before = held(kept)
    monkeypatch.setattr(keeper, "today", lambda: later)
    kept.catch_up()
    assert held(kept) == wanted(graph, later)
    assert held(kept) != before


@pytest.mark.pages
def test_a_graph_that_was_wiped_is_copied_anew(graph: Graph, kept: Keeper, kinds: Schema) -> None:
    graph.store.write(lambda transaction: transaction.run(WIPE))
    history.begin(graph.store)
    seed_data.plant(graph.store, kinds)
    save(graph, {"kind": "Organisation", "id": "99999999", "title": "Yeni", "category": "ministry"})
    assert in_step(graph, kept)
    assert kept.seen.rebuilt >= 1


@pytest.mark.pages
def test_a_copy_built_beside_takes_the_place_of_the_old_one_without_a_gap(
    graph: Graph, kept: Keeper, tmp_path: Path
) -> None:
    save(graph, {"kind": "Organisation", "id": "99999999", "title": "Yeni", "category": "ministry"})
    writer.delete(graph.store, graph.schema, "99999999", AUTHOR)
    graph.follower.catch_up()
    before = kept.newest
    progress: list[tuple[int, int]] = []
    keeper.build(graph, kept.iris, tmp_path / "linked", lambda done, total: progress.append((done, total)))
    after = kept.newest
    assert before is not None
    assert after is not None
    assert before.path.parent != after.path.parent
    assert progress[-1] == (len(graph.on(today())) - 1,) * 2, "the record that was deleted is not waited for"
    save(graph, {**told(graph, "heys-41001"), "title": "Doğumun bildirilmesi"})
    assert in_step(graph, kept)


@pytest.mark.pages
def test_a_reader_that_holds_a_checkpoint_keeps_it_whole_while_the_copy_moves_on(graph: Graph, kept: Keeper) -> None:
    rename(graph, kept, 6)
    newest = kept.newest
    assert newest is not None
    # The engine opens sixteen beforehand, the others when it comes to read them.
    assert len(list(newest.path.glob("*.sst"))) > 16
    with Opened(newest.path) as store:
        before = set(store)
    with Opened(newest.path) as store:
        rename(graph, kept, quads.KEPT + 2)
        assert newest.path.is_dir()
        assert set(store) == before
    rename(graph, kept, 1)
    assert not newest.path.exists(), "nobody reads it any more"
    with pytest.raises(OSError, match="No such file"):
        Opened(newest.path)


@pytest.mark.pages
def test_a_copy_out_of_use_is_kept_until_its_last_reader_has_ended(graph: Graph, kept: Keeper) -> None:
    old = kept.newest
    assert old is not None
    with Opened(old.path) as store:
        kept._build()
        kept._copy = None
        assert not quads.take_away(old.path.parent.parent)
        assert len(list(store)) > 1_000
    assert quads.take_away(old.path.parent.parent)
    assert not old.path.parent.parent.exists()
    assert in_step(graph, kept)
