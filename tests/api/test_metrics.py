"""Numbers for those who run the service: what was asked, and how engine and projection stand."""

import pytest
from fastapi.testclient import TestClient  # noqa: TID251  # asked as a scraper asks it
from prometheus_client.parser import text_string_to_metric_families

from kaysis_graph.graph.graph import Graph

pytestmark = pytest.mark.pages


def numbers(client: TestClient) -> dict[tuple[str, ...], float]:
    """Each number by its name and labels."""
    told = client.get("/metrics")
    assert told.headers["content-type"].startswith("text/plain; version=0.0.4")
    assert "etag" not in told.headers
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(told.text)
        for sample in family.samples
    }


def test_it_tells_where_the_graph_stands(client: TestClient, sample: Graph) -> None:
    told = numbers(client)
    assert told["kaysis_sequence",] == told["kaysis_engine_sequence",] == sample.sequence
    assert told["kaysis_engine_answers",] == 1
    assert told["kaysis_behind",] == 0
    assert told["kaysis_records",] == sum(
        count for name, count in sample.follower.current.counts().items() if name in sample.schema.kinds
    )


def test_requests_are_counted_by_pattern_and_status_and_name_nobody(client: TestClient) -> None:
    path, pattern = "/api/records/service/heys-41001", "/api/records/{kind}/{id}"
    before = numbers(client)
    found = client.get(path)
    client.get(path, headers={"If-None-Match": found.headers["etag"]})
    client.get("/api/records/service/heys-1")
    client.get("/nothing/12345678901")
    after = numbers(client)

    def more(*key: str) -> float:
        return after.get(("kaysis_requests_total", *key), 0) - before.get(("kaysis_requests_total", *key), 0)

    assert [more(pattern, "200"), more(pattern, "404"), more("none", "304"), more("none", "404")] == [1, 1, 1, 1]
    assert after["kaysis_request_seconds_count",] - before["kaysis_request_seconds_count",] == 5
    assert not any("41001" in part or "12345678901" in part for key in after for part in key)
