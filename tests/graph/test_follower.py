"""The projection follows the change sequence."""

import threading
import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from conftest import AUTHOR

from kaysis_graph.errors import EngineDown
from kaysis_graph.graph import history, projection_source
from kaysis_graph.graph.follower import Follower
from kaysis_graph.graph.queries import parse
from kaysis_graph.graph.store import Store
from kaysis_graph.records import writer
from kaysis_graph.schema import Schema

SLIP_IN = parse("slip_in", "// A record nobody told of.\nCREATE (:Record:Place {id: 'il-01', title: 'Adana'})")


def organisation(number: int, **more: Any) -> dict[str, Any]:
    return {
        "kind": "Organisation",
        "id": f"{99000000 + number}",
        "title": f"Birim {number}",
        "category": "ministry",
        **more,
    }


def part_of(number: int, **more: Any) -> dict[str, Any]:
    return {"type": "PART_OF", "to": f"{99000000 + number}", **more}


def as_told(store: Store, kinds: Schema) -> dict[str, Any]:
    return contents(projection_source.from_engine(store, kinds, 0, ""))


def contents(projection: Any) -> dict[str, Any]:
    edges = {
        (edge.source, edge.type, edge.target, edge.valid_from, edge.valid_to, edge.is_secondary)
        for name, columns in projection.edges.items()
        for edge in (projection.edge(name, row) for row in range(len(columns)))
    }
    return {"counts": projection.counts(), "edges": edges}


def test_own_writes_are_in_before_the_write_returns(store: Store, kinds: Schema) -> None:
    follower = Follower(store, kinds, None)
    writer.save(store, kinds, organisation(1), AUTHOR)
    writer.save(store, kinds, organisation(2, edges=[part_of(1, valid_from="2020-01-01")]), AUTHOR)
    assert follower.current.sequence == 2
    view = follower.current.on(date(2020, 1, 1))
    assert len(view.edges_into(view.records.position_of["99000001"], "PART_OF")) == 1
    before = follower.current.on(date(2019, 12, 31))
    assert not len(before.edges_into(before.records.position_of["99000001"], "PART_OF"))


def test_following_change_by_change_equals_building_anew(store: Store, kinds: Schema) -> None:
    follower = Follower(store, kinds, None)
    for number in range(1, 6):
        edges = [part_of(number - 1, valid_from="2020-01-01", is_secondary=True)] if number > 1 else []
        writer.save(store, kinds, organisation(number, edges=edges), AUTHOR)
    writer.save(store, kinds, organisation(2, category="central_unit", valid_from="2010-01-01", edges=[]), AUTHOR)
    writer.change_field(store, kinds, "99000002", "category", "affiliated_body", date(2022, 1, 1), AUTHOR)
    writer.end(store, kinds, "99000003", date(2023, 5, 5), AUTHOR)
    writer.delete(store, kinds, "99000005", AUTHOR)
    followed, built = follower.current, projection_source.from_engine(store, kinds, 0, "")
    assert contents(followed) == contents(built)
    assert followed.sequence == history.head(store).number
    for day in (date(2021, 1, 1), date(2022, 1, 1), date(2023, 5, 5)):
        ones = {name: followed.on(day).valid[place] for name, place in followed.records.position_of.items()}
        others = {name: built.on(day).valid[place] for name, place in built.records.position_of.items()}
        assert {name: held for name, held in ones.items() if held} == {n: held for n, held in others.items() if held}


def test_writes_of_others_are_caught_up(store: Store, kinds: Schema) -> None:
    follower = Follower(store, kinds, None)
    other = Store(store.engine)
    for number in range(1, 4):
        writer.save(other, kinds, organisation(number), AUTHOR)
    assert follower.current.sequence == 0
    assert follower.catch_up().sequence == 3


def test_a_kept_projection_is_read_and_caught_up(store: Store, kinds: Schema, tmp_path: Path) -> None:
    file = tmp_path / "projection.npz"
    writer.save(store, kinds, organisation(1), AUTHOR)
    Follower(store, kinds, file).save()
    writer.save(Store(store.engine), kinds, organisation(2), AUTHOR)
    again = Follower(store, kinds, file)
    assert again.seen.loaded_from_file
    assert again.current.sequence == 2
    assert contents(again.current) == as_told(store, kinds)


def test_a_projection_kept_of_another_graph_is_not_taken(store: Store, kinds: Schema, tmp_path: Path) -> None:
    file = tmp_path / "projection.npz"
    writer.save(store, kinds, organisation(1), AUTHOR)
    Follower(store, kinds, file).save()
    wipe = parse("wipe", "// Everything gone.\nMATCH (node) DETACH DELETE node")
    store.write(lambda transaction: transaction.run(wipe))
    history.begin(store)
    writer.save(store, kinds, organisation(7), AUTHOR)
    again = Follower(store, kinds, file)
    assert not again.seen.loaded_from_file
    assert list(again.current.records.position_of) == ["99000007"]


def test_what_disagrees_with_the_engine_is_built_anew(store: Store, kinds: Schema) -> None:
    follower = Follower(store, kinds, None)
    writer.save(store, kinds, organisation(1), AUTHOR)
    assert follower.agrees()
    store.write(lambda transaction: transaction.run(SLIP_IN))
    assert not follower.agrees()
    assert follower.current.counts()["Place"] == 1


def test_a_kept_projection_is_counted_in_the_background_by_who_follows(
    store: Store, kinds: Schema, tmp_path: Path
) -> None:
    writer.save(store, kinds, organisation(1), AUTHOR)
    Follower(store, kinds, tmp_path / "projection.npz").save()
    store.write(lambda transaction: transaction.run(SLIP_IN))
    follower = Follower(store, kinds, tmp_path / "projection.npz")
    assert follower.seen.loaded_from_file
    assert follower.current.counts()["Place"] == 0
    follower.follow()
    until = time.monotonic() + 30
    while follower.current.counts()["Place"] == 0:
        assert time.monotonic() < until
    follower.end()


def test_a_gap_in_the_changes_means_building_anew(store: Store, kinds: Schema) -> None:
    follower = Follower(store, kinds, None)
    other = Store(store.engine)
    for number in range(1, 4):
        writer.save(other, kinds, organisation(number), AUTHOR)
    lose = parse("lose", "// A change lost.\nMATCH (change:Change {number: 2}) DELETE change")
    other.write(lambda transaction: transaction.run(lose))
    follower.catch_up()
    assert follower.seen.rebuilt == 1
    assert follower.current.sequence == 3
    assert contents(follower.current) == as_told(store, kinds)


def run(store: Store, statement: str) -> None:
    store.write(lambda transaction: transaction.run(parse("past", f"// Past the history.\n{statement}")))


def test_two_hundred_and_more_changes_of_others_are_caught_up_at_once(store: Store, kinds: Schema) -> None:
    writer.save(store, kinds, organisation(0), AUTHOR)
    follower = Follower(store, kinds, None)
    other = Store(store.engine)
    for number in range(1, 221):
        writer.save(other, kinds, organisation(number, edges=[part_of(0)]), AUTHOR)
    assert follower.catch_up().sequence == 221
    assert (follower.seen.caught_up_changes, follower.seen.rebuilt) == (220, 0)
    assert contents(follower.current) == as_told(store, kinds)


def test_another_history_of_the_same_length_is_not_taken_for_the_same(store: Store, kinds: Schema) -> None:
    writer.save(store, kinds, organisation(1), AUTHOR)
    follower = Follower(store, kinds, None)
    other = Store(store.engine)
    run(other, "MATCH (node) DETACH DELETE node")
    history.begin(other)
    writer.save(other, kinds, organisation(7), AUTHOR)
    assert list(follower.catch_up().records.position_of) == ["99000007"]


def test_a_kept_projection_of_a_history_that_went_on_otherwise_is_not_taken(
    store: Store, kinds: Schema, tmp_path: Path
) -> None:
    file = tmp_path / "projection.npz"
    writer.save(store, kinds, organisation(1), AUTHOR)
    Follower(store, kinds, file).save()
    # The engine is set back to a copy of before the change, and another change is written in its place.
    run(store, "MATCH (change:Change) DELETE change")
    run(store, "MATCH (record:Record) DETACH DELETE record")
    run(store, f"MATCH (head:Sequence) SET head.number = 0, head.hash = '{history.FIRST_HASH}'")
    writer.save(store, kinds, organisation(2), AUTHOR)
    again = Follower(store, kinds, file)
    assert not again.seen.loaded_from_file
    assert list(again.current.records.position_of) == ["99000002"]


@pytest.mark.parametrize("statement", ["SET head.number = 2", "SET head.hash = 'x'", "SET head.number = 9"])
def test_a_head_that_was_tampered_with_does_not_hold_up_the_follower(
    store: Store, kinds: Schema, statement: str
) -> None:
    follower = Follower(store, kinds, None)
    other = Store(store.engine)
    for number in range(1, 4):
        writer.save(other, kinds, organisation(number), AUTHOR)
    run(other, f"MATCH (head:Sequence) {statement}")
    assert len(follower.catch_up().records.position_of) == 3


def test_a_change_that_cannot_be_read_means_building_anew(store: Store, kinds: Schema) -> None:
    follower = Follower(store, kinds, None)
    other = Store(store.engine)
    writer.save(other, kinds, organisation(1), AUTHOR)
    run(other, "MATCH (change:Change {number: 1}) SET change.rows = 'nothing'")
    assert list(follower.catch_up().records.position_of) == ["99000001"]
    assert follower.seen.rebuilt == 1


def test_a_write_that_was_done_is_not_called_failed_when_the_follower_cannot_follow(
    store: Store, kinds: Schema, monkeypatch: pytest.MonkeyPatch
) -> None:
    follower = Follower(store, kinds, None)

    def gone(*_: object) -> None:
        raise EngineDown("history.no_head")

    with monkeypatch.context() as away:
        away.setattr(history, "changes_after", gone)
        assert writer.save(store, kinds, organisation(1), AUTHOR).sequence == 1
    assert follower.seen.trouble
    assert follower.current.sequence == 0
    assert follower.catch_up().sequence == 1


def test_a_category_that_left_its_list_is_passed_over(store: Store, kinds: Schema) -> None:
    writer.save(store, kinds, organisation(1), AUTHOR)
    run(store, "MATCH (record:Organisation) SET record.category = 'viziership'")
    follower = Follower(store, kinds, None)
    assert list(follower.current.records.position_of) == ["99000001"]


@pytest.mark.parametrize("writers", [4])
def test_readers_and_writers_at_once_never_see_a_half_change(store: Store, kinds: Schema, writers: int) -> None:
    writer.save(store, kinds, organisation(0), AUTHOR)
    follower = Follower(store, kinds, None)
    ended = threading.Event()
    torn: list[int] = []

    def read() -> None:
        while not ended.is_set():
            projection = follower.current
            view = projection.on(date(2024, 1, 1))
            # Each change after the first adds one unit and one edge together.
            under = view.edges_into(view.records.position_of["99000000"], "PART_OF")
            if len(under) != projection.sequence - 1:
                torn.append(projection.sequence)

    def write(first: int) -> None:
        for number in range(first, first + 10):
            writer.save(store, kinds, organisation(number, edges=[part_of(0)]), AUTHOR)

    reader = threading.Thread(target=read)
    reader.start()
    threads = [threading.Thread(target=write, args=(100 * (turn + 1),)) for turn in range(writers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    ended.set()
    reader.join()
    assert not torn
    assert follower.current.sequence == 1 + 10 * writers
    assert contents(follower.current) == as_told(store, kinds)
