"""Pages of one record: everything it says and is tied to, and all its edges as a table."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from api.rdf_negotiation import alternates, with_links
from api.request import Asking, Cursor
from api.responses import html, lost
from api.routes.records.kinds import at_home
from api.routes.records.records import EdgeType, Ever, Identifier, KindSlug, OtherKind, Way
from kaysis_graph.answers.records.question import EdgesQuestion
from kaysis_graph.records.lists import known_kind
from ui.pages.records.edge_groups import Wanted
from ui.pages.records.edge_list import edges_page
from ui.pages.records.record import record_page
from ui.pages.records.record_page import Alternate

pages = APIRouter(include_in_schema=False)
Group = Annotated[str | None, Query(description="The group of edges to read on.")]


@pages.get("/records/{kind}/{id}")
def one(  # noqa: PLR0913  # the parameters of the address
    asked: Asking,
    kind: KindSlug,
    id: Identifier,  # noqa: A002  # the name in the address
    group: Group = None,
    other_kind: OtherKind = None,
    cursor: Cursor = None,
    ever: Ever = False,
) -> Response:
    """A record with its fields, place, edges by meaning, the questions about it, and its history."""
    moved = at_home(asked, kind, id, "/records") or lost(asked, known_kind(asked.graph.schema, kind), id)
    if moved:
        return moved
    day = asked.at.isoformat() if asked.is_dated else None
    data = tuple(Alternate(*told) for told in alternates(asked.graph.schema, id, day))
    wanted = Wanted(None if ever else asked.at, other_kind, group, cursor)
    page = record_page(asked, id, wanted, data, ever=ever)
    return with_links(html(page), [(held.href, "alternate", held.media) for held in data])


@pages.get("/records/{kind}/{id}/edges")
def edges(  # noqa: PLR0913  # the parameters of the address
    asked: Asking,
    kind: KindSlug,
    id: Identifier,  # noqa: A002
    direction: Way = "out",
    edge_type: EdgeType = None,
    other_kind: OtherKind = None,
    cursor: Cursor = None,
    ever: Ever = False,
) -> Response:
    """All edges of a record, one way, page by page."""
    moved = at_home(asked, kind, id, "/records", "/edges") or lost(asked, known_kind(asked.graph.schema, kind), id)
    if moved:
        return moved
    question = EdgesQuestion(
        kind=kind, id=id, direction=direction, edge_type=edge_type, other_kind=other_kind, ever=ever
    )
    return html(edges_page(asked, question, cursor))
