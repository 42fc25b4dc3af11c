"""Parts of the page of a record: contents, groups of edges and the ways on."""

from kaysis_graph.answers.answer import Thing
from kaysis_graph.facts import legal_basis
from kaysis_graph.graph.view import View
from kaysis_graph.records.degrees import Degrees
from kaysis_graph.schema import Kind, Schema
from ui.pages.answer_parts import Ways
from ui.pages.frame import Frame, Link, frame_of
from ui.pages.reader import Asked


def resting_on(view: View, place: int | None) -> int:
    """How many records rest directly on the record at the place."""
    return 0 if place is None else int(view.once(legal_basis.directly)[place])


def crumbs_of(asked: Asked, kind: Link, above: list[Thing]) -> tuple[Link, ...]:
    """The kind, then what the record belongs to, from the top down."""
    frame, schema = frame_of(asked, ""), asked.graph.schema
    chain = (
        Link(thing.name(asked.language), frame.link(f"/records/{schema.kinds[thing.kind].slug}/{thing.id}"))
        for thing in reversed(above)
    )
    return (kind, *chain)


def contents_of(frame: Frame) -> tuple[Link, ...]:
    """The parts of the page, to jump to."""
    return (
        Link(frame.say("fields"), "#facts"),
        Link(frame.say("edges"), "#edges"),
        Link(frame.say("record.latest"), "#history"),
        Link(frame.say("another"), "#another-heading"),
    )


def ways_of(frame: Frame, *, ever: bool) -> tuple[Link, ...]:
    """The edges of the day, or of all days."""
    own = frame.here(ever=None, cursor=None, group=None)
    return (
        Link(frame.say("record.edges_on", at=frame.day(frame.at)), f"{own}#edges", not ever),
        Link(
            frame.say("record.edges_ever"), f"{frame.here(ever='true', cursor=None, group=None)}#edges", ever
        ),
    )  # fmt: skip


def kinds_of(frame: Frame, schema: Schema, counted: Degrees, chosen: str | None) -> tuple[Link, ...]:
    """The kinds at the other ends, with how many of each; nothing to choose from when there is one."""
    totals: dict[str, int] = {}
    for (_, _, other), count in counted.items():
        totals[other] = totals.get(other, 0) + count
    if len(totals) < 2 and chosen is None:  # noqa: PLR2004  # one is no choice
        return ()
    every = Link(
        f"{frame.say('all')} ({frame.number(sum(totals.values()))})",
        f"{frame.here(kind=None, group=None, cursor=None)}#edges",
        chosen is None,
    )
    return (
        every,
        *(
            Link(
                f"{schema.kinds[other].plural.of(frame.language)} ({frame.number(count)})",
                f"{frame.here(kind=schema.kinds[other].slug, group=None, cursor=None)}#edges",
                chosen == schema.kinds[other].slug,
            )
            for other, count in totals.items()
        ),
    )


def asked_as(kind: Kind, identifier: str) -> Ways:
    """The page's question as address and command."""
    return Ways(
        page=f"/records/{kind.slug}/{identifier}",
        api=f"/api/records/{kind.slug}/{identifier}",
        parameters={},
        command=("show", identifier),
        formats=("json",),
    )
