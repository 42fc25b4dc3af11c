"""The service standards table and the service inventory of BKK 2009/15169, in their legal form."""

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.responses import Response

from api.openapi import answers_with
from api.questions import chosen, taken
from api.request import PAGE_ROWS, Asking, Limit, Offset
from api.responses import html, respond
from kaysis_graph.render.formats import SHEETS
from kaysis_graph.services.answer import Inventory, ServiceTable
from kaysis_graph.services.question import InventoryQuestion, ServiceTableQuestion
from kaysis_graph.services.reply import inventory_reply, service_table_reply
from ui.pages.choice import asking_page
from ui.pages.reader import Asked
from ui.pages.services.table_page import inventory_chooser, inventory_page, table_chooser, table_page

api = APIRouter(prefix="/api/services", tags=["services"])
pages = APIRouter(include_in_schema=False)
TableOf = Annotated[ServiceTableQuestion, Depends(taken(ServiceTableQuestion, "organisation"))]
TableMeant = Annotated[ServiceTableQuestion, Depends(taken(ServiceTableQuestion))]
InventoryOf = Annotated[InventoryQuestion, Depends(taken(InventoryQuestion))]
_RECORDS = {"organisation": ("Organisation",)}


@api.get("/table", operation_id="serviceTable", summary="The service standards table of a unit",
         responses=answers_with(ServiceTable, *SHEETS, "html"))  # fmt: skip
def table(asked: Asking, question: TableOf) -> Response:
    """The legal form (annex 2), whole; the authorities stay without names until officials are recorded."""
    return _table(asked, question)


@pages.get("/services/table")
def page_of_table(asked: Asking, question: TableMeant) -> Response:
    """The same as a page that prints on A4; what was typed leads to the answer, or to a choice."""
    if not question.organisation:
        return html(asking_page(asked, table_chooser(asked, question)))
    return chosen(asked, question, _RECORDS, table_chooser) or _table(asked, question)


@api.get("/inventory", operation_id="serviceInventory", summary="The service inventory",
         responses=answers_with(Inventory, *SHEETS, "html"))  # fmt: skip
def inventory(asked: Asking, question: InventoryOf, offset: Offset = 0, limit: Limit = PAGE_ROWS) -> Response:
    """The inventory form (annex 1) of an organisation or of the whole state, in Turkish alphabetical order."""
    return _inventory(asked, question, offset, limit)


@pages.get("/services/inventory")
def page_of_inventory(asked: Asking, question: InventoryOf, offset: Offset = 0, limit: Limit = 50) -> Response:
    """The same as a page."""
    return chosen(asked, question, _RECORDS, inventory_chooser) or _inventory(asked, question, offset, limit)


def _table(asked: Asked, question: ServiceTableQuestion) -> Response:
    reply = service_table_reply(asked.graph, question, asked.at, asked.language)
    return respond(asked, reply, lambda: table_page(asked, reply))


def _inventory(asked: Asked, question: InventoryQuestion, offset: int, limit: int) -> Response:
    reply = inventory_reply(asked.graph, question, asked.at, asked.language, offset, limit)
    return respond(asked, reply, lambda: inventory_page(asked, reply, question))
