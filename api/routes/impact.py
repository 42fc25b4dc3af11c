"""Impact: what falls, or must be looked at again, when a record changes or ends."""

from typing import Annotated

from fastapi import APIRouter, Path, Query
from starlette.responses import RedirectResponse, Response

from api.answering import Ways, answer_page, counts, day_kept, number, pages_of, said
from api.asking import PICTURES, Blank, Depth, Limit, Offset, Question
from api.choosing import Choices, choose_page, kind_of, meant
from api.describing import answers_with
from api.frames import Cell, Frame, Link, frame_of
from api.offers import Offer, html, respond
from api.pages import Fact, Form, Input, Section
from api.routes.kinds import at_home, kinds_named
from kaysis_graph.answers import impact, pictures, tables
from kaysis_graph.answers.impact import Impact
from kaysis_graph.render.diagram import Diagram
from kaysis_graph.render.table import Table

api = APIRouter(prefix="/api/impact", tags=["impact"])
pages = APIRouter(include_in_schema=False)
KindSlug = Annotated[str, Path(description="The slug of the kind.", examples=["legislation"])]
Identifier = Annotated[str, Path(examples=["kanun-5490"])]
Narrowed = Annotated[
    str | None,
    Blank,
    Query(description="Slugs of the kinds to tell of, between commas.", examples=["service,document"]),
]
_ROWS = 100


@api.get("/{kind}/{id}", operation_id="impact", summary="What falls with a record",
         responses=answers_with(Impact, "csv", "xlsx", *PICTURES, "html"))  # fmt: skip
def of_record(  # noqa: PLR0913  # the parameters of the address
    asked: Question,
    kind: KindSlug,
    id: Identifier,  # noqa: A002  # the name in the address
    depth: Depth = None,
    kinds: Narrowed = None,
    offset: Offset = 0,
    limit: Limit = 500,
) -> Response:
    """Everything that rests on the record, directly or on the way, each with the chain that makes it so."""
    return at_home(asked, kind, id, "/api/impact") or _impact(asked, id, depth, kinds, offset, limit)


@pages.get("/impact/{kind}/{id}")
def page_of_record(  # noqa: PLR0913  # the parameters of the address
    asked: Question,
    kind: KindSlug,
    id: Identifier,  # noqa: A002
    depth: Depth = None,
    kinds: Narrowed = None,
    offset: Offset = 0,
    limit: Limit = _ROWS,
) -> Response:
    """The same as a page."""
    return at_home(asked, kind, id, "/impact") or _impact(asked, id, depth, kinds, offset, limit)


@pages.get("/impact")
def choose(asked: Question, record: Annotated[str | None, Blank, Query()] = None, depth: Depth = None) -> Response:
    """The form of the question; what was typed leads to the answer, or to a choice."""
    frame = frame_of(asked, "")
    schema = asked.graph.schema
    found = meant(asked, record, list(schema.kinds)) if record else None
    if isinstance(found, str):
        home = schema.kinds[kind_of(asked, found) or ""].slug
        return RedirectResponse(frame.link(f"/impact/{home}/{found}", depth=depth), 303)
    choices = found if isinstance(found, Choices) else None
    links = [
        frame.link(f"/impact/{schema.kinds[name.kind].slug}/{name.id}", depth=depth)
        for name in (choices.names if choices else ())
    ]
    heading = frame.say("impact")
    form = _form(frame, record or "", depth)
    return html(choose_page(frame_of(asked, heading), heading, frame.say("impact_about"), form, choices, links))


def _impact(  # noqa: PLR0913  # the parameters of the address
    asked: Question, identifier: str, depth: int | None, kinds: str | None, offset: int, limit: int
) -> Response:
    graph, at, language = asked.graph, asked.at, asked.language
    told = kinds_named(graph.schema, kinds, "kinds")
    answer = impact.of(graph, identifier, at, depth=depth, offset=offset, limit=limit, kinds=told)

    def picture() -> Diagram:
        # A tree needs its trunk: whichever page is read, the picture is of the first rows.
        drawn = impact.of(graph, identifier, at, depth=depth, limit=limit, kinds=told) if offset else answer
        return pictures.impact_diagram(drawn, graph.schema, language)

    def table() -> Table:
        return tables.impact(answer, impact.stream(graph, identifier, at, depth=depth, kinds=told), language)

    def page() -> str:
        frame = frame_of(asked, "")
        home = graph.schema.kinds[answer.start.kind].slug
        ways = Ways(
            page=f"/impact/{home}/{identifier}",
            api=f"/api/impact/{home}/{identifier}",
            parameters={"depth": depth, "kinds": kinds},
            command=["impact", identifier, *(["--depth", str(depth)] if depth else [])],
            formats=("csv", "xlsx", "json", *PICTURES),
            twin="impact",
            takes={"id": identifier},
        )
        return answer_page(
            asked,
            answer,
            ways,
            heading=frame.say("impact_of", title=answer.start.name(language)),
            about=frame.say("impact_about"),
            lead=(frame.thing(answer.start),),
            form=_form(frame, identifier, depth),
            sections=_sections(frame, answer, limit),
            facts=_facts(frame, answer, home, kinds),
            diagram=None if offset else picture(),
            crumbs=(Link(frame.say("impact"), frame.link("/impact")),),
        )

    offer = Offer(
        name=f"{identifier}-impact",
        body=lambda: answer,
        page=page,
        table=table,
        diagram=picture,
    )
    return respond(asked, offer)


def _sections(frame: Frame, answer: Impact, limit: int) -> tuple[Section, ...]:
    previous, following = pages_of(frame, answer.offset, len(answer.rows), answer.total, limit)
    assert frame.schema is not None, "an answer has one"
    edge_types = frame.schema.edge_types
    rows = tuple(
        (
            number(frame, row.depth),
            (frame.thing(row.thing),),
            (frame.thing(row.institution),) if row.institution else (Cell("–"),),
            tuple(
                Cell(
                    f"{edge_types[link.type].label.of(frame.language)} → {link.thing.name(frame.language)}",
                    id=link.thing.id,
                )
                for link in row.chain
            ),
            said(frame, "other_sources", count=row.other_sources) if row.other_sources else (),
        )
        for row in answer.rows
    )
    columns = tuple(frame.say(key) for key in ("depth", "record", "institution", "chain", "note"))
    table = Section(frame.say("table"), columns, rows, frame.say("no_impact"), "", previous, following)
    shares = tuple(
        (
            (frame.thing(share.institution),) if share.institution else said(frame, "nobody"),
            number(frame, share.count),
            counts(frame, share.kinds),
        )
        for share in answer.institutions
    )
    columns = tuple(frame.say(key) for key in ("institution", "count", "by_kind"))
    grouped = Section(frame.say("by_institution"), columns, shares, frame.say("no_impact"), id="institutions")
    return (grouped, table) if shares else (table,)


def _facts(frame: Frame, answer: Impact, home: str, kinds: str | None) -> list[Fact]:
    facts = [
        Fact(frame.say("total"), number(frame, answer.total)),
        Fact(frame.say("direct"), number(frame, answer.direct)),
    ]
    assert frame.schema is not None, "an answer has one"
    if answer.kinds:
        path = f"/impact/{home}/{answer.start.id}"
        cells = [
            Cell(
                f"{frame.schema.kinds[name].plural.of(frame.language)}: {frame.number(count)}",
                frame.link(path, kinds=frame.schema.kinds[name].slug),
            )
            for name, count in answer.kinds.items()
        ]
        if kinds:
            cells.append(Cell(frame.say("all_kinds"), frame.link(path)))
        facts.append(Fact(frame.say("by_kind"), tuple(cells)))
    return facts


def _form(frame: Frame, record: str, depth: int | None) -> Form:
    inputs = (
        Input(
            "record",
            frame.say("impact_record"),
            record,
            hint=frame.say("impact_record_hint"),
            is_required=True,
            suggests=(),
        ),
        Input("depth", frame.say("deepest"), str(depth or ""), "number", hint=frame.say("deepest_hint")),
        *day_kept(frame),
    )
    return Form("impact", "/impact", inputs, frame.say("show"), frame.say("impact"))
