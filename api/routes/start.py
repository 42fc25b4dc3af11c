"""The start page, and what this service says of itself."""

import numpy as np
from fastapi import APIRouter
from starlette.responses import Response

from api import feed
from api import format as written
from api.asking import Asked, Question
from api.choosing import kind_of
from api.frames import Frame, Link, frame_of
from api.headers import VERSION
from api.offers import html
from api.pages import AboutPage, Card, Form, Input, Option, Recent, StartPage, rendered
from kaysis_graph.graph.recordtable import GONE
from kaysis_graph.messages import catalogue, say

pages = APIRouter(include_in_schema=False)
_CHANGES = 5
# Questions that show what the graph can do, asked of the seed; those of records that are not there are left out.
EXAMPLES: dict[str, tuple[tuple[str, str, tuple[str, ...]], ...]] = {
    "flows": (
        ("flows_municipality", "/flows?organisation=99007301", ("99007301",)),
        ("flows_state", "/flows?whole=state", ()),
    ),
    "legislation": (
        ("legislation_5490", "/legislation/kanun-5490", ("kanun-5490",)),
        ("legislation_unfounded", "/legislation/unfounded?mode=any", ()),
    ),
    "services": (("services_civil", "/services/table?organisation=99006201", ("99006201",)),),
    "impact": (("impact_5490", "/impact/legislation/kanun-5490", ("kanun-5490",)),),
    "paths": (("paths_birth", "/paths?from=heys-41001&to=anayasa-2709", ("heys-41001", "anayasa-2709")),),
}


@pages.get("/")
def start(asked: Question) -> Response:
    """Search, the five questions, figures, latest changes."""
    frame = frame_of(asked, asked_title(asked))
    lines = feed.latest(asked.graph.store, asked.graph.sequence, _CHANGES)
    page = StartPage(
        frame=frame,
        cards=tuple(_card(asked, frame, name) for name in EXAMPLES),
        figures=_figures(asked, frame),
        edges=sum(len(columns) for columns in asked.graph.follower.current.edges.values()),
        changes=tuple(
            Recent(line.number, written.moment(line.at, asked.language), line.who, line.why) for line in lines
        ),
    )
    return html(rendered("start.html", page))


@pages.get("/about")
def about(asked: Question) -> Response:
    """What this is, how programs ask it, what its errors mean."""
    frame = frame_of(asked, say("pages.about", asked.language), has_day=False)
    schema, language = asked.graph.schema, asked.language
    codes = [key for key in catalogue() if key.startswith("api.status_") and key.count("_") == 1]
    page = AboutPage(
        frame=frame,
        version=VERSION,
        engine=asked.graph.store.engine.name,
        kinds=tuple(
            (Link(kind.plural.of(language), frame.link(f"/records/{kind.slug}")), kind.about.of(language))
            for kind in schema.kinds.values()
        ),
        problems=tuple(
            (int(key.rpartition("_")[2]), say(key, language), say(f"{key}_hint", language)) for key in sorted(codes)
        ),
    )
    return html(rendered("about.html", page))


def asked_title(asked: Asked) -> str:
    """The title of the start page."""
    return say("pages.start", asked.language)


def _figures(asked: Asked, frame: Frame) -> tuple[tuple[Link, int], ...]:
    records = asked.graph.follower.current.records
    numbers, counted = np.unique(records.kind[records.kind != GONE], return_counts=True)
    by_name = {records.kinds[number]: int(count) for number, count in zip(numbers, counted, strict=True)}
    return tuple(
        (Link(kind.plural.of(asked.language), frame.link(f"/records/{kind.slug}")), by_name[kind.name])
        for kind in asked.graph.schema.kinds.values()
        if kind.name in by_name
    )


def _card(asked: Asked, frame: Frame, name: str) -> Card:
    examples = tuple(
        Link(frame.say(f"example_{key}"), href)
        for key, href, ids in EXAMPLES[name]
        if all(kind_of(asked, held) is not None for held in ids)
    )
    return Card(frame.say(name), frame.say(f"{name}_about"), _form(frame, name), examples)


def _form(frame: Frame, name: str) -> Form:
    submit = frame.say("ask")
    match name:
        case "flows":
            return Form(name, "/flows", (_text(frame, "organisation", "flows_organisation"),), submit)
        case "legislation":
            directions = tuple(Option(held, frame.say(f"direction_{held}")) for held in ("down", "up"))
            inputs = (
                _text(frame, "record", "act"),
                Input("direction", frame.say("direction"), "down", "select", directions),
            )
            return Form(name, "/legislation", inputs, submit)
        case "services":
            return Form(name, "/services/table", (_text(frame, "organisation", "services_organisation"),), submit)
        case "impact":
            return Form(name, "/impact", (_text(frame, "record", "impact_record"),), submit)
        case _:
            return Form(name, "/paths", (_text(frame, "from", "paths_from"), _text(frame, "to", "paths_to")), submit)


def _text(frame: Frame, name: str, label: str) -> Input:
    return Input(name, frame.say(label), hint=frame.say(f"{label}_hint"), is_required=True)
