"""How many statements an address asks the engine: three at most."""

import pytest
from asked_routes import NEEDED, ROUTES, address, parameters
from fastapi.testclient import TestClient  # noqa: TID251  # asked as a browser asks it
from worlds import statements

pytestmark = pytest.mark.pages

MOST = 3
# The walks that show more than columns have: the texts of an act, the services of a table whole.
LONG_TEXTS = {"/api/legislation/{id}/provisions": 1, "/api/services/inventory": 1, "/api/services/{id}": 1}
# The follower looks for new changes by itself, once a second, and counts in the background when it begins.
OF_THE_FOLLOWER = ("graph/changes/head", "graph/projection/")
SUBJECTS = {"record": "kanun-5490", "organisation": "99001009", "iri": "http://127.0.0.1:8000/id/service/heys-41001"}
WALKED = ("/api/data-flows", "/api/legislation", "/api/impact", "/api/paths", "/api/organisations", "/api/services")
PLAIN = [path for path in ROUTES if not any(part in path for part in ("{name}", "{place}", "{ending}"))]


def test_an_address_asks_the_engine_three_statements_at_most(client: TestClient) -> None:
    # What holds as long as nothing is written, such as the flaws of all records, is read when it is first asked for.
    first = [path for path in PLAIN if count(client, path) > MOST]
    assert {path: counted for path in first if (counted := count(client, path)) > MOST} == {}


def test_answers_of_walks_ask_the_engine_nothing(client: TestClient) -> None:
    asked = {path: count(client, path) for path in PLAIN if path.startswith(WALKED)}
    assert {path: counted for path, counted in asked.items() if counted} == LONG_TEXTS


def count(client: TestClient, path: str) -> int:
    """How many statements an address asks."""
    names = set(parameters(ROUTES[path].dependant))
    asked = {name: value for name, value in (NEEDED | SUBJECTS).items() if name in names}
    with statements() as said:
        assert client.get(address(path), params=asked).status_code < 500, path
    return len([name for name in said if not name.startswith(OF_THE_FOLLOWER)])
