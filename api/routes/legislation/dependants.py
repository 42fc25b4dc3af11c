"""Who rests on an act: services, bodies, documents and other acts, by kind and institution."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from api.openapi import answers_with
from api.request import Asking, Limit, Offset
from api.responses import Offer, respond
from api.routes.legislation.act import Identifier
from kaysis_graph import legislation
from kaysis_graph.answers.answer import whole_list
from kaysis_graph.legislation import dependants
from kaysis_graph.legislation.question import RestingQuestion
from kaysis_graph.records import reader
from kaysis_graph.render.formats import SHEETS, FormatName
from ui.pages.answer_parts import Ways, answer_page, number, pages_of, said
from ui.pages.frame import Link, frame_of
from ui.pages.legislation.act_state import act_cell
from ui.pages.legislation.dependants_form import dependants_form
from ui.pages.page_parts import Section
from ui.pages.reader import Asked

api = APIRouter(prefix="/api/legislation", tags=["legislation"])
pages = APIRouter(include_in_schema=False)
_FORMATS: tuple[FormatName, ...] = (*SHEETS, "json")
OfKind = Annotated[str | None, Query(description="A kind by its slug.", examples=["service"])]
OfInstitution = Annotated[
    str | None, Query(description="An institution; `none` for records of none.", examples=["99001009"])
]
_ROWS = 100


@api.get("/{id}/resting", operation_id="resting", summary="Who rests on an act",
         responses=answers_with(dependants.Resting, *_FORMATS, "html"))  # fmt: skip
def resting(  # noqa: PLR0913  # the parameters of the address
    asked: Asking,
    id: Identifier,  # noqa: A002
    kind: OfKind = None,
    institution: OfInstitution = None,
    offset: Offset = 0,
    limit: Limit = 500,
) -> Response:
    """Services, bodies, documents and acts that rest on it or on its provisions, to any depth, with whose they are."""
    return _resting(asked, id, kind, institution, offset, limit)


@pages.get("/legislation/{id}/resting")
def resting_page(  # noqa: PLR0913  # the parameters of the address
    asked: Asking,
    id: Identifier,  # noqa: A002
    kind: OfKind = None,
    institution: OfInstitution = None,
    offset: Offset = 0,
    limit: Limit = _ROWS,
) -> Response:
    """The same as a page."""
    return _resting(asked, id, kind, institution, offset, limit)


def _resting(  # noqa: PLR0913  # the parameters of the address
    asked: Asked, identifier: str, kind: str | None, institution: str | None, offset: int, limit: int
) -> Response:
    graph, at, language = asked.graph, asked.at, asked.language
    known = reader.known_kind(graph.schema, kind) if kind else None
    narrowed = {"kind": known.name if known else None, "institution": institution}
    told = dependants.of(graph, identifier, at, **narrowed, offset=offset, limit=limit)

    def page() -> str:
        plain = frame_of(asked, "")
        name = told.start.name(language)
        crumbs = (
            Link(plain.say("legislation_short"), plain.link("/legislation")),
            Link(name, plain.link(f"/legislation/{identifier}")),
        )
        question = RestingQuestion(identifier, known.slug if known else None, institution)
        ways = Ways(
            page=f"/legislation/{identifier}/resting",
            api=f"/api/legislation/{identifier}/resting",
            parameters={**question.parameters},
            command=question.command,
            formats=_FORMATS,
            twin=None if kind or institution else "legislation/twins/resting_on",
            takes={"id": identifier},
        )
        previous, following = pages_of(plain, offset, len(told.rows), told.total, limit)
        rows = tuple(
            (
                (act_cell(plain, row.thing),),
                (plain.thing(row.institution),) if row.institution else said(plain, "nobody"),
                (act_cell(plain, row.via),) if row.via.id != identifier else said(plain, "itself"),
                number(plain, row.depth),
            )
            for row in told.rows
        )
        columns = tuple(plain.say(key) for key in ("record", "institution", "via", "depth"))
        section = Section(plain.say("table"), columns, rows, plain.say("acts.nothing_down"), "", previous, following)
        return answer_page(
            asked,
            told,
            ways,
            heading=plain.say("acts.resting_on", title=name),
            about=plain.say("acts.resting_about"),
            lead=said(plain, "acts.resting_lead", total=plain.number(told.total), at=plain.day(at)),
            form=dependants_form(plain, told, known.slug if known else "", institution or ""),
            sections=[section],
            crumbs=crumbs,
        )

    return respond(
        asked,
        Offer(
            f"{identifier}-resting",
            lambda: told,
            page=page,
            table=lambda: legislation.tables.resting(
                whole_list(told), dependants.stream(graph, identifier, at, **narrowed), language
            ),
        ),
    )
