"""The pages of the service standards table and of the inventory."""

from dataclasses import dataclass, replace

from kaysis_graph import services
from kaysis_graph.answers.answer import Thing
from kaysis_graph.messages import say
from kaysis_graph.render.formats import SHEETS, FormatName
from kaysis_graph.services.answer import ServiceTable, Units
from ui.pages.answer_parts import Ways, another, day_kept, downloads
from ui.pages.frame import Cell, Frame, Link, frame_of
from ui.pages.page_parts import Another, Form, Input, Option, rendered
from ui.pages.reader import Asked

FORMATS: tuple[FormatName, ...] = (*SHEETS, "json")


@dataclass(frozen=True)
class TablePage:
    """The service standards table in its form, and what surrounds it on the screen."""

    frame: Frame
    answer: ServiceTable
    columns: tuple[str, ...]
    rows: tuple[tuple[str, Cell, tuple[str, ...], str], ...]
    footer: tuple[str, ...]
    notes: tuple[str, ...]
    authorities: tuple[tuple[str, Cell | None], ...]
    form: Form
    links: tuple[Link, ...]
    downloads: tuple[Link, ...]
    another: Another


def table_page_of(asked: Asked, answer: ServiceTable) -> str:
    """The page of the service standards table."""
    organisation = answer.organisation.id
    frame = frame_of(asked, answer.organisation.name(asked.language), crumbs_of(frame_of(asked, "")))
    ways = Ways(
        page="/services/table",
        api="/api/services/table",
        parameters={"organisation": organisation, "units": answer.units},
        command=["services", organisation, "--units", answer.units],
        formats=FORMATS,
    )
    form_table = services.tables.of_table(answer, asked.language)
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
            (
                frame.number(row.number),
                card_link(frame, row.service),
                tuple(row.documents.text("tr").split("\n")),
                row.duration_text("tr"),
            )
            for row in answer.rows
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
