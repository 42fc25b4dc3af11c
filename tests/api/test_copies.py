"""Several copies of the service over one engine: what one writes the others tell, and one that was away catches up."""

import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import httpx2
import live_pages
import pytest
from conftest import empty

from api.app import create
from kaysis_graph.graph import engines, history
from kaysis_graph.graph.follower import Follower
from kaysis_graph.graph.graph import Graph
from kaysis_graph.graph.store import Store
from kaysis_graph.records import writer
from kaysis_graph.schema import Schema
from kaysis_graph.settings import Settings

AUTHOR = history.Author("officer", "founding")
# Far beyond the second that is promised: a test fails by it instead of waiting for ever.
PATIENCE = 60.0


@dataclass
class Copy:
    """One copy of the service, as its readers and its writers see it."""

    graph: Graph
    reader: httpx2.Client
    ending: ExitStack


@pytest.fixture
def copies(store: Store, settings: Settings, kinds: Schema, tmp_path: Path) -> Iterator[list[Copy]]:
    """Three of them over the empty graph."""
    empty(store, kinds)
    started = [copy_of(store, settings, kinds, tmp_path / f"projection-{number}") for number in range(3)]
    yield started
    for copy in started:
        copy.ending.close()


def copy_of(store: Store, settings: Settings, kinds: Schema, file: Path) -> Copy:
    ending = ExitStack()
    engine = engines.open(settings)
    own = Store(engine)
    own.engine.database = store.engine.database
    ending.callback(own.close)
    graph = Graph(own, kinds, Follower(own, kinds, file))
    ending.callback(graph.follower.end)
    site = ending.enter_context(live_pages.live(create(graph, settings)))
    reader = ending.enter_context(httpx2.Client(base_url=site, timeout=PATIENCE))
    return Copy(graph, reader, ending)


def found(copy: Copy, number: int) -> bool:
    return copy.reader.get(f"/api/records/place/il-{number:02}").status_code == 200


def save(copy: Copy, number: int, kinds: Schema) -> int:
    told = {"kind": "Place", "id": f"il-{number:02}", "title": f"İl {number}", "place_type": "province"}
    return writer.save(copy.graph.store, kinds, told, AUTHOR).sequence


def until_all_tell(copies: list[Copy], number: int) -> None:
    end = time.monotonic() + PATIENCE
    while not all(found(copy, number) for copy in copies):
        assert time.monotonic() < end
        time.sleep(0.05)


def test_what_one_writes_all_tell_and_none_stands_further_than_it_says(copies: list[Copy], kinds: Schema) -> None:
    first, *others = copies
    sequence = save(first, 1, kinds)
    assert found(first, 1), "who wrote reads it at once"
    until_all_tell(others, 1)
    assert {copy.reader.get("/api/status").json()["sequence"] for copy in copies} == {sequence}
    # Another one writes; numbers go on without a gap.
    assert save(others[1], 2, kinds) == sequence + 1
    until_all_tell(copies, 2)


def test_a_copy_that_was_away_catches_up_from_its_file(
    copies: list[Copy], store: Store, settings: Settings, kinds: Schema, tmp_path: Path
) -> None:
    save(copies[0], 1, kinds)
    until_all_tell(copies, 1)
    copies[2].ending.close()
    for number in range(2, 6):
        save(copies[0], number, kinds)
    back = copy_of(store, settings, kinds, tmp_path / "projection-2")
    copies[2] = back
    assert back.graph.follower.seen.loaded_from_file
    assert back.graph.follower.seen.caught_up_changes == 4
    assert found(back, 5)
