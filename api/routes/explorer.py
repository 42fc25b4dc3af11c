"""The explorer: the graph walked act by act, as JSON, as files and as a page, alone or inside another site."""

from dataclasses import dataclass
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.headers import embedded
from api.openapi import answers_with
from api.request import Asking
from api.responses import Offer, html, respond
from api.routes.records.kinds import edge_types_named, kinds_named
from kaysis_graph import explorer
from kaysis_graph.errors import Forbidden
from kaysis_graph.explorer import steps
from kaysis_graph.explorer.ask import Explored
from kaysis_graph.render.formats import OF_A_WALK
from kaysis_graph.render.table import Table
from ui.pages.answer_parts import Ways
from ui.pages.choice import Choices, choose_page, meant
from ui.pages.explorer import Drawn, add_form, explore_page, with_acts
from ui.pages.frame import frame_of
from ui.pages.page_parts import rendered
from ui.pages.reader import Asked

api = APIRouter(prefix="/api", tags=["explorer"])
pages = APIRouter(include_in_schema=False)
Acts = Annotated[
    list[str] | None,
    Query(
        description="What was done, in order: `ID` shows a record, `ID~out|in~EDGE_TYPE~kind~PAGES` its neighbours "
        "(0 pages gather them in one node), `path~A~B` the shortest way between two.",
        examples=[["kanun-5490", "kanun-5490~in~BASED_ON~service~1"]],
    ),
]
Ever = Annotated[bool, Query(description="Neighbours and edges of all days, not only of `at`.")]
Since = Annotated[int, Query(ge=0, description="Only what the acts from this one on added, counted from 0.")]
Hidden = Annotated[str | None, Query(description="Identifiers to leave out, between commas.")]
Kinds = Annotated[str | None, Query(description="Slugs of the kinds to tell of, between commas.")]
Types = Annotated[str | None, Query(description="Edge types to tell of, between commas.")]
Institution = Annotated[str | None, Query(description="Only records of this institution.")]
Rows = Annotated[Literal["records", "edges"], Query(description="What the rows of a CSV or XLSX file are.")]
# More identifiers than these nobody pastes into a query.
_MOST_IN_TWIN = 200
From = Annotated[int, Query(ge=0)]


@dataclass(frozen=True)
class _Question:
    """What is asked of the explorer, whatever the form of the answer."""

    acts: tuple[str, ...]
    ever: bool
    hide: str | None
    kinds: str | None
    types: str | None
    institution: str | None

    def answer(self, asked: Asked, since: int = 0) -> Explored:
        kinds = kinds_named(asked.graph.schema, self.kinds, "kinds")
        types = edge_types_named(asked.graph.schema, self.types, "types")
        hidden = (self.hide or "").split(",")
        whole = explorer.ask.of(asked.graph, self.acts, asked.at, ever=self.ever, since=since, hidden=hidden)
        return explorer.ask.narrowed(whole, kinds, types, self.institution)

    def ways(self, page: str, answer: Explored) -> Ways:
        narrowed = {"hide": self.hide, "kinds": self.kinds, "types": self.types, "institution": self.institution}
        return Ways(
            page=page,
            api="/api/explore",
            parameters={"act": self.acts, "ever": "true" if self.ever else None, **narrowed},
            command=["explore", *self.acts, *(["--ever"] if self.ever else [])],
            formats=OF_A_WALK,
            twin=None if self.ever or len(answer.nodes) > _MOST_IN_TWIN else "explorer/twins/edges_among",
            takes={"ids": [node.thing.id for node in answer.nodes]},
        )


def question_of(  # noqa: PLR0913  # the parameters of the address
    act: Acts = None,
    ever: Ever = False,
    hide: Hidden = None,
    kinds: Kinds = None,
    types: Types = None,
    institution: Institution = None,
) -> _Question:
    """The question of an address, the same for the API, the page and the page inside other sites."""
    return _Question(tuple(act or ()), ever, hide, kinds, types, institution)


Explorer = Annotated[_Question, Depends(question_of)]


@api.get("/explore", operation_id="explore", summary="A part of the graph, act by act",
         responses=answers_with(Explored, *OF_A_WALK))  # fmt: skip
def explore(
    asked: Asking,
    question: Explorer,
    since: Since = 0,
    rows: Rows = "records",
) -> Response:
    """The records that the acts show and all edges among them, with places for a drawing that never move."""
    answer = question.answer(asked, since)

    def table() -> Table:
        told = explorer.tables.explored_records if rows == "records" else explorer.tables.explored_edges
        return told(answer, asked.language)

    offer = Offer(
        name=f"explore-{rows}",
        body=lambda: answer,
        table=table,
        diagram=lambda: explorer.picture.diagram_of(answer, asked.graph.schema, asked.language),
    )
    return respond(asked, offer)


@pages.get("/explore")
def page(
    asked: Asking,
    question: Explorer,
    add: Annotated[str | None, Query()] = None,
    records: From = 0,
    edges: From = 0,
) -> Response:
    """The explorer as a page."""
    added = _added(asked, question, add)
    if isinstance(added, RedirectResponse):
        return added
    return html(added or _page(asked, question, "explore.html", records, edges))


@pages.get("/embed/explore")
def embed(
    asked: Asking,
    question: Explorer,
    add: Annotated[str | None, Query()] = None,
    records: From = 0,
    edges: From = 0,
) -> Response:
    """The explorer without the frame around it, for the sites that may show it; Forbidden while none may."""
    origins = asked.settings.embed_origins
    if not origins:
        raise Forbidden("explorer.embed_closed")
    added = _added(asked, question, add)
    if isinstance(added, RedirectResponse):
        return added
    told = added or _page(asked, question, "explore_embed.html", records, edges)
    return HTMLResponse(told, headers=embedded(origins))


def _page(asked: Asked, question: _Question, template: str, records: int, edges: int) -> str:
    frame = frame_of(asked, asked_title(asked))
    answer = question.answer(asked)
    read = steps.read(asked.graph.schema, asked.graph.follower.current.records, question.acts)
    drawn = Drawn(question.acts, tuple(read), answer, records, edges)
    return rendered(template, explore_page(asked, frame, drawn, question.ways(frame.path, answer)))


def _added(asked: Asked, question: _Question, add: str | None) -> RedirectResponse | str | None:
    """The way to the page with one more record, or the page that asks which is meant; None when none is to be added."""
    if add is None:
        return None
    frame = frame_of(asked, asked_title(asked))
    found = meant(asked, add, list(asked.graph.schema.kinds))
    if isinstance(found, Choices):
        links = [with_acts(frame, [*question.acts, name.id]) for name in found.names]
        form = add_form(frame, question.acts)
        return choose_page(asked, frame, frame.title, frame.say("explorer.about"), form, found, links)
    return RedirectResponse(with_acts(frame, [*dict.fromkeys((*question.acts, found))]), 303)


def asked_title(asked: Asked) -> str:
    """The title of the page."""
    return frame_of(asked, "").say("explorer.title")
