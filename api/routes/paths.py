"""Paths: how two records are connected."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field
from starlette.responses import RedirectResponse, Response

from api.answering import Ways, answer_page, day_kept, number, said
from api.asking import PICTURES, Blank, Question
from api.choosing import Choices, choose_page, meant
from api.describing import answers_with
from api.frames import Cell, Frame, Link, frame_of
from api.offers import Offer, html, respond
from api.pages import Form, Input, Section
from api.routes.kinds import edge_types_named, kinds_named
from kaysis_graph.answers import paths, pictures, tables
from kaysis_graph.answers.paths import MOST, Paths

api = APIRouter(prefix="/api", tags=["paths"])
pages = APIRouter(include_in_schema=False)
Count = Annotated[int, Query(ge=1, le=MOST, description="How many ways, the shortest first.")]
Types = Annotated[
    str | None,
    Blank,
    Query(description="Edge types to walk, between commas; all when left out.", examples=["BASED_ON,PART_OF"]),
]
Through = Annotated[
    str | None,
    Blank,
    Query(description="Slugs of the kinds that may lie in between.", examples=["legislation,provision"]),
]
Longest = Annotated[Annotated[int, Field(ge=1, le=100)] | None, Blank, Query(description="How many hops at most.")]


@api.get("/paths", operation_id="paths", summary="How two records are connected",
         responses=answers_with(Paths, "csv", "xlsx", *PICTURES, "html"))  # fmt: skip
def between(  # noqa: PLR0913  # the parameters of the address
    asked: Question,
    source: Annotated[str, Query(alias="from", examples=["heys-41001"])],
    target: Annotated[str, Query(alias="to", examples=["anayasa-2709"])],
    count: Count = 1,
    types: Types = None,
    through: Through = None,
    longest: Longest = None,
) -> Response:
    """The shortest way and the next ones, over edges in either direction; empty when nothing joins the two."""
    return _paths(asked, source, target, count, types, through, longest)


@pages.get("/paths")
def page(  # noqa: PLR0913  # the parameters of the address
    asked: Question,
    source: Annotated[str | None, Blank, Query(alias="from")] = None,
    target: Annotated[str | None, Blank, Query(alias="to")] = None,
    count: Count = 3,
    types: Types = None,
    through: Through = None,
    longest: Longest = None,
) -> Response:
    """The same as a page; what was typed leads to the answer, or to a choice."""
    frame = frame_of(asked, "")
    form = _form(frame, source or "", target or "", count, types)
    heading = frame.say("paths")
    known = list(asked.graph.schema.kinds)
    given = {"from": source, "to": target}
    found = {name: meant(asked, value, known) if value else None for name, value in given.items()}
    rest = {"count": count, "types": types, "through": through, "longest": longest}
    for name, choices in found.items():
        if isinstance(choices, Choices):
            links = [frame.link("/paths", **{**given, name: held.id}, **rest) for held in choices.names]
            titled = frame_of(asked, heading)
            return html(choose_page(titled, heading, frame.say("paths_about"), form, choices, links))
    first, last = found["from"], found["to"]
    if not isinstance(first, str) or not isinstance(last, str):
        return html(choose_page(frame_of(asked, heading), heading, frame.say("paths_about"), form, None, []))
    if (first, last) != (source, target):
        return RedirectResponse(frame.link("/paths", **{"from": first, "to": last}, **rest), 303)
    return _paths(asked, first, last, count, types, through, longest)


def _paths(  # noqa: PLR0913  # the parameters of the address
    asked: Question, source: str, target: str, count: int, types: str | None, through: str | None, longest: int | None
) -> Response:
    graph, language = asked.graph, asked.language
    over = edge_types_named(graph.schema, types, "types")
    kinds = kinds_named(graph.schema, through, "through")
    answer = paths.between(graph, source, target, asked.at, count=count, types=over, through=kinds, longest=longest)

    def shown() -> str:
        frame = frame_of(asked, "")
        ends = {"from": source, "to": target}
        options = [
            *(f"--relation={name}" for name in over or ()),
            *(f"--through={name}" for name in (through or "").split(",") if name),
        ]
        limits = ["--count", str(count), *(["--longest", str(longest)] if longest else [])]
        ways = Ways(
            page="/paths",
            api="/api/paths",
            parameters={**ends, "count": count, "types": types, "through": through, "longest": longest},
            command=["path", source, target, *limits, *options],
            formats=("csv", "xlsx", "json", *PICTURES),
            twin="shortest_path",
            takes={"source": source, "target": target, "types": over or list(graph.schema.edge_types)},
        )
        values = {"source": answer.source.name(language), "target": answer.target.name(language)}
        hops = len(answer.paths[0]) if answer.paths else 0
        key = "paths_lead" if answer.paths else "paths_none"
        return answer_page(
            asked,
            answer,
            ways,
            heading=frame.say("paths_between", **values),
            about=frame.say("paths_about"),
            lead=said(frame, key, count=frame.number(len(answer.paths)), hops=frame.number(hops)),
            form=_form(frame, source, target, count, types),
            sections=_sections(frame, answer),
            diagram=pictures.path_diagram(answer, graph.schema, language),
            crumbs=(Link(frame.say("paths"), frame.link("/paths")),),
        )

    offer = Offer(
        name=f"{source}-{target}",
        body=lambda: answer,
        page=shown,
        table=lambda: tables.paths(answer, language),
        diagram=lambda: pictures.path_diagram(answer, graph.schema, language),
    )
    return respond(asked, offer)


def _sections(frame: Frame, answer: Paths) -> tuple[Section, ...]:
    assert frame.schema is not None, "an answer has one"
    edge_types = frame.schema.edge_types
    columns = tuple(frame.say(key) for key in ("step", "from", "edge", "to"))
    sections = []
    for order, way in enumerate(answer.paths, 1):
        rows = tuple(
            (
                number(frame, step),
                (frame.thing(hop.source),),
                tuple(
                    Cell(f"{edge_types[over.type].label.of(frame.language)} {'→' if over.along else '←'}")
                    for over in hop.over
                ),
                (frame.thing(hop.target),),
            )
            for step, hop in enumerate(way, 1)
        )
        heading = frame.say("path_number", number=order, hops=frame.number(len(way)))
        sections.append(Section(heading, columns, rows, frame.say("same_record"), id=f"path-{order}"))
    return tuple(sections) or (Section(frame.say("table"), columns, (), frame.say("paths_empty")),)


def _form(frame: Frame, source: str, target: str, count: int, types: str | None) -> Form:
    inputs = (
        Input(
            "from", frame.say("paths_from"), source, hint=frame.say("paths_from_hint"), is_required=True, suggests=()
        ),
        Input("to", frame.say("paths_to"), target, hint=frame.say("paths_to_hint"), is_required=True, suggests=()),
        Input("count", frame.say("paths_count"), str(count), "number"),
        Input("types", frame.say("paths_types"), types or "", hint=frame.say("paths_types_hint")),
        *day_kept(frame),
    )
    return Form("paths", "/paths", inputs, frame.say("show"), frame.say("paths"))
