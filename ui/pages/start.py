"""The first page: questions to try, figures and the latest changes."""

import numpy as np

from kaysis_graph.graph.record_table import GONE
from kaysis_graph.messages import say
from ui.pages.answer_parts import day_kept
from ui.pages.choice import kind_of
from ui.pages.frame import Frame, Link, shape_named
from ui.pages.page_parts import Card, Figure, Form, Input
from ui.pages.reader import Asked

CHANGES = 5
TRIES = ("kimlik kartı", "hastane", "5018", "24322010", "doğum")
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


def asked_title(asked: Asked) -> str:
    """The title of the start page."""
    return say("pages.start", asked.language)


def feed_of(number: int) -> str:
    """Where the feed tells all of one change."""
    return f"/api/changes?after={number - 1}&limit=1"


def figures(asked: Asked, frame: Frame) -> tuple[Figure, ...]:
    """How many records there are of each kind."""
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


def card_of(asked: Asked, frame: Frame, name: str, href: str) -> Card:
    """A question to try, with its form."""
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
