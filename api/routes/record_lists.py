"""Pages of the records of a kind: filtered, sorted, with the columns chosen, page by page."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import RedirectResponse, Response

from api.request import Blank, Cursor, Question
from api.responses import html
from api.routes.records import Ever, KindSlug, Sort, filters_of
from kaysis_graph.errors import Invalid, Problem
from kaysis_graph.records import reader
from kaysis_graph.records.names import name_of_record
from kaysis_graph.schema import Field, Kind, Schema
from ui.pages import record_fields
from ui.pages.answer_parts import Ways, day_kept, downloads
from ui.pages.choice import things_named
from ui.pages.frame import Frame, Link, frame_of
from ui.pages.page_parts import Form, Input, ListPage, Option, Section, rendered

pages = APIRouter(include_in_schema=False)
Columns = Annotated[str | None, Blank, Query(description="Fields shown as columns, between commas.")]
_ROWS = 50
# No column but the title.
_NONE = "none"
# Coded fields with more values than this make no select.
_MOST_OPTIONS = 60


@pages.get("/records")
def kinds(asked: Question) -> Response:
    """The kinds are told at /about."""
    return RedirectResponse(frame_of(asked, "").link("/about"), 303)


@pages.get("/records/{kind}")
def listed(  # noqa: PLR0913  # the parameters of the address
    request: Request,
    asked: Question,
    kind: KindSlug,
    sort: Sort = "title",
    cursor: Cursor = None,
    ever: Ever = False,
    columns: Columns = None,
) -> Response:
    """The records of a kind, in Turkish alphabetical order unless told otherwise, with the filters of the schema."""
    schema, language = asked.graph.schema, asked.language
    known = reader.known_kind(schema, kind)
    if kind != known.slug:
        return RedirectResponse(frame_of(asked, "").link(f"/records/{known.slug}"), 308)
    filters = {name: value for name, value in filters_of(request).items() if name != "columns"}
    page = reader.listed(
        asked.graph.store,
        schema,
        kind,
        filters=filters,
        sort=sort,
        cursor=cursor,
        limit=_ROWS,
        at=None if ever else asked.at,
    )
    frame = frame_of(asked, known.plural.of(language), (Link(frame_of(asked, "").say("records"), "/about"),))
    things = things_named(asked, [name_of_record(record, asked.at) for record in page.records])
    shown = _shown(known, columns)
    rows = tuple(
        (
            (frame.thing(thing),),
            *(record_fields.cells_of(frame, held, record.on(held.name, asked.at) or None) for held in shown),
        )
        for thing, record in zip(things, page.records, strict=True)
    )
    following = Link(frame.say("next"), frame.here(cursor=page.next_cursor)) if page.next_cursor else None
    previous = Link(frame.say("first_page"), frame.here(cursor=None)) if cursor else None
    heads = (frame.say("record"), *(held.label.of(language) for held in shown))
    section = Section(frame.say("table"), heads, rows, frame.say("no_records"), "", previous, following)
    ways = Ways(
        page=f"/records/{kind}",
        api=f"/api/records/{kind}",
        parameters={**filters, "sort": None if sort == "title" else sort, "ever": "true" if ever else None},
        command=("search", "…", "--kind", kind),
        formats=("csv", "xlsx", "json"),
    )
    told = ListPage(
        frame=frame,
        heading=known.plural.of(language),
        about=known.about.of(language),
        lead=frame.say(
            "list_lead_ever" if ever else "list_lead", total=frame.number(page.total), at=frame.day(asked.at)
        ),
        also=Link(
            frame.say("list_valid" if ever else "list_ever", at=frame.day(asked.at)),
            frame.here(ever=None if ever else "true", cursor=None),
        ),
        form=_filters(frame, known, schema, filters),
        choices=(
            (frame.say("record.sorted_by"), _orders(frame, known, shown, sort)),
            (frame.say("record.columns"), _columns(frame, known, shown)),
        ),
        section=section,
        downloads=downloads(frame, ways),
        another=None,
    )
    return html(rendered("list.html", told))


def _shown(kind: Kind, said: str | None) -> list[Field]:
    """The fields of the columns asked for; the first two coded ones when none are. Unknown names are Invalid."""
    if said is None:
        return [held for held in kind.fields.values() if held.codes and held.filtered and not held.many][:2]
    names = [name for part in said.split(",") if (name := part.strip()) and name != _NONE]
    may = {held.name: held for held in _fit_for_columns(kind)}
    if unknown := [name for name in names if name not in may]:
        values = {"known": ", ".join(may)}
        raise Invalid(
            [
                Problem("record.unknown_column", {"parameter": "columns"}, {"name": name[:80], **values})
                for name in unknown
            ]
        )
    return [may[name] for name in dict.fromkeys(names)]


def _fit_for_columns(kind: Kind) -> list[Field]:
    """Texts of many lines fill no column, and the title is there anyway."""
    return [held for held in kind.fields.values() if held.type != "prose" and held.name != "title"]


def _columns(frame: Frame, kind: Kind, shown: list[Field]) -> tuple[Link, ...]:
    """Each field as a link that puts its column there or takes it away."""
    links = []
    for held in _fit_for_columns(kind):
        left = [other.name for other in shown if other.name != held.name]
        names = left if held in shown else [*left, held.name]
        href = frame.here(columns=",".join(names) or _NONE, cursor=None)
        links.append(Link(held.label.of(frame.language), href, held in shown))
    return tuple(links)


def _orders(frame: Frame, kind: Kind, shown: list[Field], sort: str) -> tuple[Link, ...]:
    """The orders by title and by the columns shown, both ways where there is no other word for it."""
    sortable = [kind.fields["title"], *(held for held in shown if held.filtered and not held.many)]
    return tuple(
        Link(
            frame.say(f"record.{way}", label=held.label.of(frame.language)),
            frame.here(sort=None if name == "title" else name, cursor=None),
            name == sort,
        )
        for held in sortable
        for way, name in (("upwards", held.name), ("downwards", f"-{held.name}"))
    )


def _filters(frame: Frame, kind: Kind, schema: Schema, filters: dict[str, str]) -> Form | None:
    inputs = []
    for held in kind.fields.values():
        if not held.filtered or held.type not in ("code", "flag", "date", "integer") or held.name == "is_stub":
            continue
        label, value = held.label.of(frame.language), filters.get(held.name, "")
        if held.codes and len(schema.codes[held.codes].entries) <= _MOST_OPTIONS:
            entries = schema.codes[held.codes].entries.values()
            options = (
                Option("", frame.say("any")),
                *(Option(entry.code, entry.label.of(frame.language)) for entry in entries),
            )
            inputs.append(Input(held.name, label, value, "select", options))
        elif held.type == "flag":
            options = (Option("", frame.say("any")), Option("true", frame.say("yes")), Option("false", frame.say("no")))
            inputs.append(Input(held.name, label, value, "select", options))
        elif held.type in ("date", "integer") and held.name not in ("valid_from", "valid_to", "order"):
            inputs.append(Input(held.name, label, value, hint=frame.say(f"range_{held.type}")))
    if not inputs:
        return None
    said = dict(frame.query)
    kept = (Input(name, "", said[name], "hidden") for name in ("sort", "columns", "ever") if name in said)
    return Form(
        "filters", f"/records/{kind.slug}", (*inputs, *kept, *day_kept(frame)), frame.say("narrow"), frame.say("narrow")
    )
