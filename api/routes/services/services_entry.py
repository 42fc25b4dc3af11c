"""The entry page of services."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from api.request import Asking, Cursor
from api.responses import html
from ui.pages.services.entry import services_page

pages = APIRouter(include_in_schema=False)


@pages.get("/services")
def entry(asked: Asking, cursor: Cursor = None, beneficiary: Annotated[str | None, Query()] = None) -> Response:
    """All services valid on the day in Turkish alphabetical order, those of one group of beneficiaries if asked."""
    return html(services_page(asked, cursor, beneficiary))
