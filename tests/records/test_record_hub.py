"""The page of a record that has more edges of one meaning than all the others together."""

import pytest
from dated_graphs import DatedGraph
from fastapi.testclient import TestClient  # noqa: TID251  # asked as a browser asks it
from markup import elements, parsed
from worlds import put

from api.app import create
from kaysis_graph.graph.store import Store
from kaysis_graph.schema import Schema
from kaysis_graph.settings import Settings

pytestmark = pytest.mark.pages


@pytest.mark.parametrize(
    "narrowed",
    ["?group=in.PART_OF.organisation", "?kind=service", "?kind=service&ever=true"],
    ids=["opened", "narrowed", "ever"],
)
def test_small_groups_keep_their_rows_beside_a_hub_that_is_not_among_them(
    store: Store, kinds: Schema, settings: Settings, narrowed: str
) -> None:
    hub = DatedGraph()
    hub.record("99000001", "Organisation", category="ministry")
    for number in range(250):
        hub.record(f"98{number:06}", "Organisation", category="central_unit")
        hub.edge(f"98{number:06}", "PART_OF", "99000001")
    for number in range(3):
        hub.record(f"heys-{number}", "Service")
        hub.edge(f"heys-{number}", "PROVIDED_BY", "99000001")
    hub.written(store)
    graph = put(store, kinds, [])
    with TestClient(create(graph, settings)) as client:
        root = parsed(client, f"/records/organisation/99000001{narrowed}")
    graph.follower.end()
    shown = next(held for held in elements(root, "section") if held.get("id") == "in.PROVIDED_BY.service")
    links = {link.get("href") for link in elements(shown, "a")}
    assert {f"/records/service/heys-{number}" for number in range(3)} <= links
