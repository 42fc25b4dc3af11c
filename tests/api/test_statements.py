"""How many statements an address asks the engine: three at most, and the reason where it is more."""

import pytest
from asked_routes import NEEDED, ROUTES, address, parameters
from fastapi.testclient import TestClient  # noqa: TID251  # asked as a browser asks it
from worlds import statements

pytestmark = pytest.mark.pages

MOST = 3
# Each with the reason. What is mended is taken out: a number that is too high fails as well.
MORE = {
    # The record whole, its latest events, and its edges each way.
    "/records/{kind}/{id}": 4,
    # RDF tells a record's neighbours by class and name, so the wholes around it are read.
    "/data/{kind}/{id}": 7,
    "/data/{kind}": 4,
}
# The follower looks for new changes by itself, once a second.
OF_THE_FOLLOWER = "graph/changes/head"
SUBJECTS = {"record": "kanun-5490", "organisation": "99001009", "iri": "http://127.0.0.1:8000/id/service/heys-41001"}
PLAIN = [path for path in ROUTES if not any(part in path for part in ("{name}", "{place}", "{ending}"))]


def test_an_address_asks_the_engine_three_statements_at_most(client: TestClient) -> None:
    # What holds as long as nothing is written, such as the flaws of all records, is read when it is first asked for.
    first = [path for path in PLAIN if count(client, path) > MOST]
    assert {path: counted for path in first if (counted := count(client, path)) > MOST} == MORE


def count(client: TestClient, path: str) -> int:
    """How many statements an address asks."""
    names = set(parameters(ROUTES[path].dependant))
    asked = {name: value for name, value in (NEEDED | SUBJECTS).items() if name in names}
    with statements() as said:
        assert client.get(address(path), params=asked).status_code < 500, path
    return len([name for name in said if name != OF_THE_FOLLOWER])
