"""The start page, and what this service says of itself."""

import numpy as np
from fastapi import APIRouter
from starlette.responses import Response

from api.request import Question
from api.responses import html
from kaysis_graph.graph.record_table import GONE
from kaysis_graph.messages import catalogue, say
from kaysis_graph.settings import VERSION
from ui.pages import latest_changes
from ui.pages import numbers_and_days as written
from ui.pages.answer_parts import day_kept
from ui.pages.choice import kind_of
from ui.pages.frame import MENU, Frame, Link, frame_of, shape_named
from ui.pages.page_parts import AboutPage, Card, Figure, Form, Input, Recent, StartPage, rendered
from ui.pages.reader import Asked

pages = APIRouter(include_in_schema=False)
_CHANGES = 5
_TRIES = ("kimlik kartı", "hastane", "5018", "24322010", "doğum")
# Questions that show what the graph can do, asked of the seed; those of records that are not there are left out.
EXAMPLES: dict[str, tuple[tuple[str, str, tuple[str, ...]], ...]] = {
    "flows": (
        ("flows_once_only", "/flows?organisation=99007301#once-only", ("99007301",)),
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
    "organisations": (("organisations_interior", "/organisations/99001009", ("99001009",)),),
    "explore": (
        ("explore_5490", "/explore?act=kanun-5490", ("kanun-5490",)),
        ("explore_birth", "/explore?act=path~heys-41001~anayasa-2709", ("heys-41001", "anayasa-2709")),
    ),
}


@pages.get("/")
def start(asked: Question) -> Response:
    """Search, the questions, figures, latest changes."""
    frame = frame_of(asked, asked_title(asked))
    figures = _figures(asked, frame)
    lines = latest_changes.latest(asked.graph.store, asked.graph.sequence, _CHANGES)
    page = StartPage(
        frame=frame,
        tries=tuple(Link(words, frame.link("/search", q=words)) for words in _TRIES),
        cards=tuple(_card(asked, frame, name, href) for (href, _, _), name in zip(MENU, EXAMPLES, strict=True)),
        figures=figures,
        records=sum(figure.count for figure in figures),
        edges=sum(len(columns) for columns in asked.graph.follower.current.edges.values()),
        changes=tuple(
            Recent(
                line.number,
                written.moment(line.at, asked.language),
                line.who,
                Link(line.why or frame.say("record.change", number=frame.number(line.number)), _feed_of(line.number)),
            )
            for line in lines
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
            (
                Figure(Link(kind.plural.of(language), frame.link(f"/records/{kind.slug}")), shape_named(kind.slug)),
                kind.about.of(language),
            )
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


def _feed_of(number: int) -> str:
    """Where the feed tells all of one change."""
    return f"/api/changes?after={number - 1}&limit=1"


def _figures(asked: Asked, frame: Frame) -> tuple[Figure, ...]:
    records = asked.graph.follower.current.records
    numbers, counted = np.unique(records.kind[records.kind != GONE], return_counts=True)
    by_name = {records.kinds[number]: int(count) for number, count in zip(numbers, counted, strict=True)}
    found = [
        Figure(
            Link(kind.plural.of(asked.language), frame.link(f"/records/{kind.slug}")),
            shape_named(kind.slug),
            by_name[kind.name],
        )
        for kind in asked.graph.schema.kinds.values()
        if kind.name in by_name
    ]
    return tuple(sorted(found, key=lambda figure: -figure.count))


def _card(asked: Asked, frame: Frame, name: str, href: str) -> Card:
    examples = tuple(
        Link(frame.say(f"example_{key}"), example)
        for key, example, ids in EXAMPLES[name]
        if all(kind_of(asked, held) is not None for held in ids)
    )
    link = Link(frame.say(name), frame.link(href))
    return Card(name, link, frame.say(f"{name}_about"), _form(frame, name, href), examples)


def _form(frame: Frame, name: str, href: str) -> Form:
    match name:
        case "flows" | "services":
            inputs: tuple[Input, ...] = (_text(frame, "organisation", f"{name}_organisation", ("organisation",)),)
        case "legislation":
            inputs = (_text(frame, "record", "act", ("legislation", "provision")),)
        case "impact":
            inputs = (_text(frame, "record", "impact_record", ()),)
        case "paths":
            inputs = (_text(frame, "from", "paths_from", ()), _text(frame, "to", "paths_to", ()))
        case "organisations":
            inputs = (_text(frame, "record", "flows_organisation", ("organisation",)),)
        case _:
            inputs = (_text(frame, "add", "explore_record", ()),)
    # The way into services is a list; their question has an address of its own.
    action = "/services/table" if name == "services" else href
    return Form(name, action, (*inputs, *day_kept(frame)), frame.say("ask"), frame.say(name))


def _text(frame: Frame, name: str, label: str, suggests: tuple[str, ...]) -> Input:
    return Input(name, frame.say(label), hint=frame.say(f"{label}_hint"), is_required=True, suggests=suggests)
