"""A question nobody should ask is answered or refused: no parameter of any address leads to an error of ours."""

from collections.abc import Iterator

import pytest
from fastapi.dependencies.models import Dependant  # noqa: TID251  # the routes tell what they take
from fastapi.routing import APIRoute  # noqa: TID251  # the routes tell what they take
from fastapi.testclient import TestClient  # noqa: TID251  # asked as a browser asks it

from api.routes import ROUTERS

pytestmark = pytest.mark.pages

ROUTES = {route.path: route for router in ROUTERS for route in router.routes if isinstance(route, APIRoute)}
# What some routes cannot do without, and a record of each kind that has routes of its own.
NEEDED = {"q": "5018", "from": "heys-41001", "to": "anayasa-2709"}
RECORDS = {"legislation": "kanun-5490", "organisation": "99001009", "service": "heys-41001"}
# A form sends a field left empty as an empty text; no engine counts so far.
ODD = ("", "1" + "0" * 30)


def address(path: str) -> str:
    """A route's address for a record that it takes."""
    kind = next((kind for kind in RECORDS if f"/{kind}" in path), "organisation")
    return path.replace("{kind}", kind).replace("{id}", RECORDS[kind])


def parameters(dependant: Dependant) -> Iterator[str]:
    """The parameters that a route and what it depends on take from the address."""
    for held in dependant.query_params:
        yield held.alias
    for needed in dependant.dependencies:
        yield from parameters(needed)


@pytest.mark.parametrize("path", ROUTES)
def test_no_value_of_a_parameter_is_an_error_of_ours(client: TestClient, path: str) -> None:
    names = set(parameters(ROUTES[path].dependant))
    needed = {name: said for name, said in NEEDED.items() if name in names}
    # Each alone: one that is refused would hide what the others do.
    for asked in ({**needed, name: value} for name in sorted(names - {"lang", "format"}) for value in ODD):
        assert client.get(address(path), params=asked, follow_redirects=False).status_code < 500, asked
