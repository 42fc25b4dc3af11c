"""Paths: how two records are connected."""

from dataclasses import dataclass, replace
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from pydantic import Field
from starlette.responses import RedirectResponse, Response

from api.openapi import answers_with
from api.request import Asking
from api.responses import Offer, html, respond
from api.routes.records.kinds import edge_types_named, kinds_named
from kaysis_graph import paths
from kaysis_graph.paths.ask import MOST, Direction, Paths
from kaysis_graph.render.formats import OF_A_WALK
from ui.pages.answer_parts import Ways
from ui.pages.choice import Choices, choose_page, meant
from ui.pages.frame import Link, frame_of
from ui.pages.page_parts import rendered
from ui.pages.paths import begin_form, paths_page
from ui.pages.reader import Asked, listed

api = APIRouter(prefix="/api", tags=["paths"])
pages = APIRouter(include_in_schema=False)
_ON_A_PAGE = 3


@dataclass(frozen=True)
class Limits:
    """Which ways are told, as the address says it; lists stand between commas."""

    count: int | None
    types: str | None
    through: str | None
    avoid: str | None
    direction: Direction
    longest: int | None

    @property
    def parameters(self) -> dict[str, str | int | None]:
        """What an address says of it."""
        direction = None if self.direction == "any" else self.direction
        return {**vars(self), "direction": direction}

    @property
    def command(self) -> list[str]:
        """The same as options of the command."""
        lists = {"relation": self.types, "through": self.through, "avoid": self.avoid}
        return [
            *(["--count", str(self.count)] if self.count else []),
            *(["--longest", str(self.longest)] if self.longest else []),
            *(["--direction", self.direction] if self.direction != "any" else []),
            *(f"--{option}={name}" for option, said in lists.items() for name in listed(said)),
        ]


def limits(  # noqa: PLR0913  # the parameters of the address
    count: Annotated[int | None, Query(ge=1, le=MOST, description="How many ways, the shortest first.")] = None,
    types: Annotated[
        list[str] | None,
        Query(description="Edge types to walk, between commas; all when left out.", examples=[["BASED_ON,PART_OF"]]),
    ] = None,
    through: Annotated[
        list[str] | None,
        Query(description="Slugs of the kinds that may lie in between.", examples=[["legislation,provision"]]),
    ] = None,
    avoid: Annotated[
        list[str] | None,
        Query(description="Identifiers of records that may not lie in between.", examples=[["99000001"]]),
    ] = None,
    direction: Annotated[
        Direction,
        Query(description="`any`: over edges either way. `impact`: only from what is needed to what needs it."),
    ] = "any",
    longest: Annotated[Annotated[int, Field(ge=1, le=100)] | None, Query(description="How many hops at most.")] = None,
) -> Limits:
    """The limits of an address; lists may stand between commas or be said one by one, as forms do."""
    return Limits(count, _joined(types), _joined(through), _joined(avoid), direction, longest)


Limited = Annotated[Limits, Depends(limits)]


@api.get("/paths", operation_id="paths", summary="How two records are connected",
         responses=answers_with(Paths, *OF_A_WALK, "html"))  # fmt: skip
def between(
    asked: Asking,
    source: Annotated[str, Query(alias="from", examples=["heys-41001"])],
    target: Annotated[str, Query(alias="to", examples=["anayasa-2709"])],
    limited: Limited,
) -> Response:
    """The shortest way and the next ones; empty when nothing joins the two in the direction asked for."""
    return _paths(asked, source, target, limited, limited.count or 1)


@pages.get("/paths")
def page(
    asked: Asking,
    limited: Limited,
    source: Annotated[str | None, Query(alias="from")] = None,
    target: Annotated[str | None, Query(alias="to")] = None,
) -> Response:
    """The same as a page; what was typed leads to the answer, or to a choice."""
    frame = frame_of(asked, "")
    form = begin_form(frame, source or "", target or "")
    heading = frame.say("paths")
    known = list(asked.graph.schema.kinds)
    given = {"from": source, "to": target}
    found = {name: meant(asked, value, known) if value else None for name, value in given.items()}
    for name, choices in found.items():
        if isinstance(choices, Choices):
            links = [frame.link("/paths", **{**given, name: held.id}, **limited.parameters) for held in choices.names]
            titled = frame_of(asked, heading)
            return html(choose_page(asked, titled, heading, frame.say("paths_about"), form, choices, links))
    first, last = found["from"], found["to"]
    if not isinstance(first, str) or not isinstance(last, str):
        return html(choose_page(asked, frame_of(asked, heading), heading, frame.say("paths_about"), form, None, []))
    if (first, last) != (source, target):
        return RedirectResponse(frame.link("/paths", **{"from": first, "to": last}, **limited.parameters), 303)
    return _paths(asked, first, last, limited, limited.count or _ON_A_PAGE)


def _joined(said: list[str] | None) -> str | None:
    return ",".join(filter(None, said or ())) or None


def _paths(asked: Asked, source: str, target: str, limited: Limits, count: int) -> Response:
    graph, language = asked.graph, asked.language
    over = edge_types_named(graph.schema, limited.types, "types")
    through = kinds_named(graph.schema, limited.through, "through")
    avoided = listed(limited.avoid)
    answer = paths.ask.between(
        graph, source, target, asked.at, count=count, types=over, through=through, avoid=avoided,
        direction=limited.direction, longest=limited.longest,
    )  # fmt: skip

    def shown() -> str:
        frame = frame_of(asked, "")
        said = replace(limited, count=count)
        values = {"source": answer.source.name(language), "target": answer.target.name(language)}
        titled = frame_of(
            asked, frame.say("paths_between", **values), (Link(frame.say("paths"), frame.link("/paths")),)
        )
        ways = Ways(
            page="/paths",
            api="/api/paths",
            parameters={"from": source, "to": target, **said.parameters},
            command=["path", source, target, *said.command],
            formats=OF_A_WALK,
            twin="paths/twins/shortest_path" if limited.direction == "any" else None,
            takes={
                "source": source, "target": target, "types": over or list(graph.schema.edge_types), "avoid": avoided,
            },
        )  # fmt: skip
        diagram = paths.picture.path_diagram(answer, graph.schema, language)
        return rendered("paths.html", paths_page(asked, titled, answer, ways, diagram, frozenset(over or ()), through))

    offer = Offer(
        name=f"{source}-{target}",
        body=lambda: answer,
        page=shown,
        table=lambda: paths.table.paths(answer, language),
        diagram=lambda: paths.picture.path_diagram(answer, graph.schema, language),
    )
    return respond(asked, offer)
