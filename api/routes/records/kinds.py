"""A record asked for under the name of another kind."""

from starlette.responses import RedirectResponse

from kaysis_graph.records.lists import known_kind
from ui.pages.choice import kind_of
from ui.pages.frame import address
from ui.pages.reader import Asked


def at_home(asked: Asked, kind: str, identifier: str, before: str, after: str = "") -> RedirectResponse | None:
    """The way to a record asked for under another kind's name; None when the address is right, or nobody's.

    NotFound for a kind there is not.
    """
    known = known_kind(asked.graph.schema, kind)
    actual = kind_of(asked, identifier)
    if actual is None or (actual == known.name and kind == known.slug):
        return None
    slug = asked.graph.schema.kinds[actual].slug
    return RedirectResponse(address(f"{before}/{slug}/{identifier}{after}", dict(asked.parameters)), 308)
