"""Kinds and edge types as addresses name them."""

from starlette.responses import RedirectResponse

from kaysis_graph.errors import Invalid, Problem
from kaysis_graph.records.lists import known_kind
from kaysis_graph.schema import Schema
from ui.pages.choice import kind_of
from ui.pages.frame import address
from ui.pages.reader import Asked, listed


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


def kinds_named(schema: Schema, said: str | None, parameter: str) -> frozenset[str] | None:
    """The kinds of a list between commas; Invalid with every one there is not."""
    if said is None:
        return None
    asked = listed(said)
    known = ", ".join(kind.slug for kind in schema.kinds.values())
    unknown = [name for name in asked if schema.kind(name) is None]
    if unknown:
        raise Invalid(
            [
                Problem("records.unknown_kind", {"parameter": parameter}, {"kind": name[:80], "known": known})
                for name in unknown
            ]
        )
    return frozenset(kind.name for name in asked if (kind := schema.kind(name)) is not None)


def edge_types_named(schema: Schema, said: str | None, parameter: str) -> list[str] | None:
    """The edge types of a list between commas; Invalid with every one there is not."""
    if said is None:
        return None
    asked = listed(said)
    known = ", ".join(schema.edge_types)
    unknown = [name for name in asked if name not in schema.edge_types]
    if unknown:
        raise Invalid(
            [
                Problem("records.unknown_edge_type", {"parameter": parameter}, {"type": name[:80], "known": known})
                for name in unknown
            ]
        )
    return asked
