"""The pages of the service standards table and of the inventory."""

from dataclasses import dataclass, replace

from kaysis_graph.answers.answer import Thing
from kaysis_graph.answers.reply import Reply
from kaysis_graph.messages import say
from kaysis_graph.services.answer import Inventory, InventoryRow, ServiceTable, Units
from kaysis_graph.services.question import InventoryQuestion, ServiceTableQuestion
from ui.pages.answer_parts import another, answer_page, day_kept, downloads, number, pages_of, text_of, ways_of
from ui.pages.choice import Chooser
from ui.pages.frame import Cell, Cells, Frame, Link, frame_of
from ui.pages.page_parts import Another, Fact, Form, Input, Option, Section, rendered
from ui.pages.reader import Asked


@dataclass(frozen=True)
class TablePage:
    """The service standards table in its form, and what surrounds it on the screen."""

    frame: Frame
    answer: ServiceTable
    columns: tuple[str, ...]
    rows: tuple[Cells, ...]
    footer: tuple[str, ...]
    notes: tuple[str, ...]
    authorities: tuple[tuple[str, Cell | None], ...]
    form: Form
    links: tuple[Link, ...]
    downloads: tuple[Link, ...]
    another: Another


def table_page(asked: Asked, reply: Reply[ServiceTable, None]) -> str:
    """The page of the service standards table."""
    answer = reply.answer
    organisation = answer.organisation.id
    frame = frame_of(asked, answer.organisation.name(asked.language), crumbs_of(frame_of(asked, "")))
    ways = ways_of(frame, reply)
    form_table = reply.table(reply.listing)
    other: Units = "self" if answer.units == "subtree" else "subtree"
    given = {"organisation": organisation}
    links = (
        Link(frame.say(f"units_{other}_show"), frame.link("/services/table", **given, units=other)),
        Link(frame.say("inventory_show"), frame.link("/services/inventory", **given, units=answer.units)),
        Link(frame.say("flows_show"), frame.link("/flows", **given)),
        Link(frame.say("record_show"), frame.link(f"/records/organisation/{organisation}")),
    )
    authorities = tuple(
        (frame.say(f"authority_{name}"), frame.thing(authority.unit) if authority.unit else None)
        for name, authority in (("first", answer.first_authority), ("second", answer.second_authority))
    )
    page = TablePage(
        frame=frame,
        answer=answer,
        columns=tuple(column.label for column in form_table.columns),
        rows=tuple(
            tuple(
                card_link(frame, row.service)
                if column.name == "service"
                else Cell(frame.number(cell), is_number=True)
                if isinstance(cell, int)
                else Cell(str(cell))
                for column, cell in zip(form_table.columns, cells, strict=True)
            )
            for row, cells in zip(answer.rows, form_table.rows, strict=True)
        ),
        footer=(answer.footer, *((say("services.footer", "en"),) if frame.language == "en" else ())),
        notes=_notes(frame, answer),
        authorities=authorities,
        form=services_form(frame, "table", organisation, answer.units),
        links=links,
        downloads=downloads(frame, ways),
        another=another(frame, ways),
    )
    return rendered("services_table.html", page)


def _notes(frame: Frame, answer: ServiceTable) -> tuple[str, ...]:
    left_out = sum(len(row.documents.brought_by_others) for row in answer.rows)
    notes = [say("services.authority_computed", frame.language)]
    if left_out:
        notes.append(say("services.not_asked", frame.language, count=left_out))
    return tuple(notes)


def inventory_page(asked: Asked, reply: Reply[Inventory, InventoryRow], question: InventoryQuestion) -> str:
    """The page of the service inventory."""
    answer = reply.answer
    frame = frame_of(asked, "")
    sheet = reply.table(reply.page_listing)
    previous, following = pages_of(frame, answer.offset, len(answer.rows), answer.total, answer.limit)
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
        ways_of(frame, reply),
        heading=answer.title,
        about=frame.say("services_about"),
        lead=(Cell(frame.say("inventory_about")),),
        form=services_form(frame, "inventory", question.organisation or "", question.units),
        sections=[section],
        facts=facts,
        crumbs=crumbs_of(frame),
    )


def table_chooser(asked: Asked, question: ServiceTableQuestion) -> Chooser:
    """What is asked where no unit is named, or its name fits several."""
    frame = frame_of(asked, "")
    return Chooser(
        heading=frame.say("services"),
        about=frame.say("services_about"),
        form=services_form(frame, "table", question.organisation, question.units),
        also=(Link(frame.say("inventory"), frame.link("/services/inventory")),),
    )


def inventory_chooser(asked: Asked, question: InventoryQuestion) -> Chooser:
    """What is asked where the name of an organisation fits several."""
    frame = frame_of(asked, "")
    return Chooser(
        heading=frame.say("inventory"),
        about=frame.say("inventory_about"),
        form=services_form(frame, "inventory", question.organisation or "", question.units),
    )


def services_form(frame: Frame, name: str, organisation: str, units: Units) -> Form:
    """The form that takes a unit, and whose services count."""
    options = tuple(Option(held, frame.say(f"units_{held}")) for held in ("self", "subtree"))
    label, hint = frame.say("services_organisation"), frame.say("services_organisation_hint")
    inputs = (
        Input("organisation", label, organisation, hint=hint, is_required=name == "table", suggests=("organisation",)),
        Input("units", frame.say("units"), units, "select", options),
        *day_kept(frame),
    )
    return Form(name, f"/services/{name}", inputs, frame.say("show"), frame.say("services"))


def card_link(frame: Frame, service: Thing) -> Cell:
    """A service as the form names it, as a link to its card."""
    return replace(frame.thing(service), href=frame.link(f"/services/{service.id}"))


def crumbs_of(frame: Frame) -> tuple[Link, ...]:
    """The way to the page."""
    return (Link(frame.say("process.services"), frame.link("/services")),)
