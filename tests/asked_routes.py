"""Every route with an address that it answers, and the parameters that it takes."""

from collections.abc import Iterator

from fastapi.dependencies.models import Dependant  # noqa: TID251  # the routes tell what they take
from fastapi.routing import APIRoute  # noqa: TID251  # the routes tell what they take

from api.routes import ROUTERS

ROUTES = {route.path: route for router in ROUTERS for route in router.routes if isinstance(route, APIRoute)}

# What some routes cannot do without, and a record of each kind that has routes of its own.
NEEDED = {"q": "5018", "from": "heys-41001", "to": "anayasa-2709"}

RECORDS = {"legislation": "kanun-5490", "organisation": "99001009", "service": "heys-41001"}


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
