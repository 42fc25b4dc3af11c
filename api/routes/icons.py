"""The icons of kinds, drawn from the same outlines as the pictures."""

from fastapi import APIRouter
from starlette.responses import Response

from kaysis_graph.render import sprite

pages = APIRouter(include_in_schema=False)


@pages.get("/static/kinds.svg")
def kinds() -> Response:
    """One symbol for each kind; it changes with the software only."""
    return Response(sprite.sheet(), media_type="image/svg+xml", headers={"Cache-Control": "max-age=3600"})
