"""A question nobody should ask is answered or refused: no parameter of any address leads to an error of ours."""

import pytest
from asked_routes import NEEDED, ROUTES, address, parameters
from fastapi.testclient import TestClient  # noqa: TID251  # asked as a browser asks it

pytestmark = pytest.mark.pages

# A form sends a field left empty as an empty text; no engine counts so far.
ODD = ("", "1" + "0" * 30)


@pytest.mark.parametrize("path", ROUTES)
def test_no_value_of_a_parameter_is_an_error_of_ours(client: TestClient, path: str) -> None:
    names = set(parameters(ROUTES[path].dependant))
    needed = {name: said for name, said in NEEDED.items() if name in names}
    # Each alone: one that is refused would hide what the others do.
    for asked in ({**needed, name: value} for name in sorted(names - {"lang", "format"}) for value in ODD):
        assert client.get(address(path), params=asked, follow_redirects=False).status_code < 500, asked
