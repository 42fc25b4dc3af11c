"""The service standards table and the service inventory of BKK 2009/15169, in their legal form."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query
from starlette.responses import RedirectResponse, Response

from api.openapi import answers_with
from api.request import Asking, Limit, Offset
from api.responses import Offer, html, respond
from kaysis_graph import services
from kaysis_graph.answers.answer import whole_list
from kaysis_graph.services import standards_table
from kaysis_graph.services.answer import Inventory, ServiceTable, Units
from ui.pages.answer_parts import Ways, answer_page, number, pages_of, text_of
from ui.pages.choice import Choices, choose_page, meant
from ui.pages.frame import Cell, Link, frame_of
from ui.pages.page_parts import Fact, Section
from ui.pages.reader import Asked
from ui.pages.services.table_page import FORMATS, card_link, crumbs_of, services_form, table_page_of

api = APIRouter(prefix="/api/services", tags=["services"])
pages = APIRouter(include_in_schema=False)
Organisation = Annotated[str, Query(description="A DETSİS number.", examples=["99006201"])]
Under = Annotated[Literal["self", "subtree"], Query(description="The organisation alone, or with everything under it.")]


@api.get("/table", operation_id="serviceTable", summary="The service standards table of a unit",
         responses=answers_with(ServiceTable, *FORMATS, "html"))  # fmt: skip
def table(asked: Asking, organisation: Organisation, units: Under = "self") -> Response:
    """The legal form (annex 2), whole; the authorities stay without names until officials are recorded."""
    return _table(asked, organisation, units)


@pages.get("/services/table")
def table_page(
    asked: Asking,
    organisation: Annotated[str | None, Query()] = None,
    units: Under = "self",
) -> Response:
    """The same as a page that prints on A4; what was typed leads to the answer, or to a choice."""
    frame = frame_of(asked, "")
    found = meant(asked, organisation, ["Organisation"]) if organisation else None
    if isinstance(found, str):
        if found == organisation:
            return _table(asked, found, units)
        return RedirectResponse(frame.link("/services/table", organisation=found, units=units), 303)
    choices = found if isinstance(found, Choices) else None
    links = [
        frame.link("/services/table", organisation=name.id, units=units) for name in (choices.names if choices else ())
    ]
    heading = frame.say("services")
    form = services_form(frame, "table", organisation or "", units)
    whole = Link(frame.say("inventory"), frame.link("/services/inventory"))
    about = frame.say("services_about")
    return html(choose_page(asked, frame_of(asked, heading), heading, about, form, choices, links, (whole,)))


@api.get("/inventory", operation_id="serviceInventory", summary="The service inventory",
         responses=answers_with(Inventory, *FORMATS, "html"))  # fmt: skip
def inventory(
    asked: Asking,
    organisation: Annotated[str | None, Query(description="The whole state when left out.")] = None,
    units: Under = "subtree",
    offset: Offset = 0,
    limit: Limit = 500,
) -> Response:
    """The inventory form (annex 1) of an organisation or of the whole state, in Turkish alphabetical order."""
    return _inventory(asked, organisation, units, offset, limit)


@pages.get("/services/inventory")
def inventory_page(
    asked: Asking,
    organisation: Annotated[str | None, Query()] = None,
    units: Under = "subtree",
    offset: Offset = 0,
    limit: Limit = 50,
) -> Response:
    """The same as a page."""
    frame = frame_of(asked, "")
    found = meant(asked, organisation, ["Organisation"]) if organisation else None
    if isinstance(found, Choices):
        links = [frame.link("/services/inventory", organisation=name.id, units=units) for name in found.names]
        heading = frame.say("inventory")
        form = services_form(frame, "inventory", found.said, units)
        return html(
            choose_page(asked, frame_of(asked, heading), heading, frame.say("inventory_about"), form, found, links)
        )
    if found != organisation:
        return RedirectResponse(frame.link("/services/inventory", organisation=found, units=units), 303)
    return _inventory(asked, organisation, units, offset, limit)


def _table(asked: Asked, organisation: str, units: Units) -> Response:
    answer = standards_table.table(asked.graph, organisation, asked.at, units)
    offer = Offer(
        name=f"{organisation}-hizmet-standartları",
        body=lambda: answer,
        page=lambda: table_page_of(asked, answer),
        table=lambda: services.tables.of_table(answer, asked.language),
    )
    return respond(asked, offer)


def _inventory(asked: Asked, organisation: str | None, units: Units, offset: int, limit: int) -> Response:
    graph, language = asked.graph, asked.language
    answer = standards_table.inventory(graph, organisation, asked.at, units, offset=offset, limit=limit)

    def page() -> str:
        frame = frame_of(asked, "")
        ways = Ways(
            page="/services/inventory",
            api="/api/services/inventory",
            parameters={"organisation": organisation, "units": units},
            command=["services", *([organisation] if organisation else []), "--inventory", "--units", units],
            formats=FORMATS,
        )
        sheet = services.tables.of_inventory(graph.schema, answer, answer.rows, language)
        previous, following = pages_of(frame, offset, len(answer.rows), answer.total, limit)
        rows = tuple(
            tuple(
                (card_link(frame, row.service),)
                if column.name == "service"
                else number(frame, cell)
                if isinstance(cell, int)
                else text_of(None if cell is None else str(cell))
                for column, cell in zip(sheet.columns, cells, strict=True)
            )
            for row, cells in zip(answer.rows, sheet.rows, strict=True)
        )
        columns = tuple(column.label for column in sheet.columns)
        section = Section(frame.say("table"), columns, rows, frame.say("no_services"), "", previous, following)
        facts = [Fact(frame.say("total"), number(frame, answer.total))]
        if answer.organisation:
            facts.insert(0, Fact(frame.say("asked_about"), (frame.thing(answer.organisation),)))
        return answer_page(
            asked,
            answer,
            ways,
            heading=answer.title,
            about=frame.say("services_about"),
            lead=(Cell(frame.say("inventory_about")),),
            form=services_form(frame, "inventory", organisation or "", units),
            sections=[section],
            facts=facts,
            crumbs=crumbs_of(frame),
        )

    offer = Offer(
        name=f"{organisation or 'devlet'}-hizmet-envanteri",
        body=lambda: answer,
        page=page,
        table=lambda: services.tables.of_inventory(
            graph.schema,
            whole_list(answer),
            standards_table.stream_inventory(graph, organisation, asked.at, units),
            language,
        ),
    )
    return respond(asked, offer)
