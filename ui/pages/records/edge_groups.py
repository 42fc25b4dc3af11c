"""The edges of a record as its page shows them: by meaning, both ways, with what each edge says of itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kaysis_graph.answers.answer import Thing
from kaysis_graph.answers.edge_effects import has_effect
from kaysis_graph.answers.named_things import things_named
from kaysis_graph.graph.view import View
from kaysis_graph.records import reader
from kaysis_graph.records.degrees import Degrees
from kaysis_graph.records.edges import Direction, EdgeCount, EdgePage, NamedEdge
from kaysis_graph.schema import EdgeDefinition, Kind, Schema
from ui.pages.frame import Cell, Cells, Frame, Link
from ui.pages.reader import Asked
from ui.pages.records import field_values
from ui.pages.records.record_page import EdgeLine, Neighbours

_FIRST = 10
_ON_A_PAGE = 50
_SAID_ELSEWHERE = ("valid_from", "valid_to", "source", "is_unverified")


@dataclass(frozen=True)
class Wanted:
    """Which edges are shown: of which day, with which kind at the other end, and the group that is read on."""

    at: date | None
    kind: str | None
    group: str | None
    cursor: str | None


def neighbours(  # noqa: PLR0913  # whose edges, which of them, in which words
    asked: Asked, frame: Frame, kind: Kind, identifier: str, degrees: Degrees, wanted: Wanted
) -> tuple[Neighbours, ...]:
    """The edges by meaning, those that leave first; a group that is read on shows that page, the others their first."""
    schema = asked.graph.schema
    counts = [
        EdgeCount("out" if way == "out" else "in", edge_type, other, total)
        for (way, edge_type, other), total in degrees.items()
    ]
    shown = [count for count in counts if wanted.kind in (None, schema.kinds[count.kind].slug)]
    pages = {}
    for count in shown:
        cursor, limit = (wanted.cursor, _ON_A_PAGE) if wanted.group == group_of(schema, count) else (None, _FIRST)
        pages[count] = reader.edges(
            asked.graph, identifier, count.direction, edge_type=count.type, other_kind=count.kind,
            cursor=cursor, limit=limit, at=wanted.at, day=asked.at,
        )  # fmt: skip
    names = {edge.other.id: edge.other for page in pages.values() for edge in page.edges}
    things = {thing.id: thing for thing in things_named(asked.graph, asked.at, list(names.values()))}
    headings = _headings(schema, frame, kind, counts)
    view = asked.graph.on(asked.at)
    return tuple(
        _group(frame, kind, identifier, headings[count], count, pages[count], things, wanted, view) for count in shown
    )


def group_of(schema: Schema, count: EdgeCount) -> str:
    """The name of a group in addresses."""
    return f"{count.direction}.{count.type}.{schema.kinds[count.kind].slug}"


def meaning(  # noqa: PLR0913  # an edge seen from one end
    schema: Schema, frame: Frame, kind: str, direction: Direction, edge_type: str, other: str
) -> str:
    """What an edge means seen from one end, as the schema words it for the kinds it joins."""
    definition = _definition(schema, kind, direction, edge_type, other)
    if definition is None:
        return schema.edge_types[edge_type].label.of(frame.language)
    return (definition.label if direction == "out" else definition.inverse).of(frame.language)


def details(frame: Frame, schema: Schema, kind: str, direction: Direction, edge: NamedEdge) -> Cells:
    """What an edge says of itself beside its days: its own fields, where it was taken from, whether it was checked."""
    definition = _definition(schema, kind, direction, edge.type, edge.other.kind)
    cells = []
    for name, value in edge.fields.items():
        if name in _SAID_ELSEWHERE or definition is None:
            continue
        field = definition.fields[name]
        cells.append(Cell(f"{field.label.of(frame.language)}: {field_values.words(frame, field, value)}"))
    if definition is not None and "source" in edge.fields:
        (source,) = field_values.cells_of(frame, definition.fields["source"], edge.fields["source"])
        cells.append(Cell(f"{definition.fields['source'].label.of(frame.language)}: {source.text}", source.href))
    if edge.fields.get("is_unverified"):
        cells.append(Cell(frame.say("edge_unverified")))
    return tuple(cells)


def tie(  # noqa: PLR0913  # an edge seen from one end
    frame: Frame, schema: Schema, kind: str, direction: Direction, edge: NamedEdge, other: Thing, *, has_effect: bool
) -> EdgeLine:
    """One edge with its days, marked where its own days do not hold on the day, or where it has no effect on any."""
    first, last = edge.fields.get("valid_from"), edge.fields.get("valid_to")
    badge = ""
    if not has_effect:
        badge = "without_effect"
    elif isinstance(first, date) and first > frame.at:
        badge = "future"
    elif isinstance(last, date) and last <= frame.at:
        badge = "ended"
    return EdgeLine(
        frame.thing(other), field_values.days(frame, first, last), badge, details(frame, schema, kind, direction, edge)
    )


def _group(  # noqa: PLR0913  # a group part by part
    frame: Frame,
    kind: Kind,
    identifier: str,
    heading: str,
    count: EdgeCount,
    page: EdgePage,
    things: dict[str, Thing],
    wanted: Wanted,
    view: View,
) -> Neighbours:
    assert frame.schema is not None, "a record has one"
    name = group_of(frame.schema, count)
    other = frame.schema.kinds[count.kind]
    first = following = None
    if page.next_cursor is not None:
        href = frame.here(group=name, cursor=page.next_cursor)
        text = frame.say("record.more_of", heading=heading)
        following = Link(text, f"{href}#{name}")
    if wanted.group == name and wanted.cursor is not None:
        first = Link(frame.say("first_page"), f"{frame.here(group=name, cursor=None)}#{name}")
    everything = frame.link(
        f"/records/{kind.slug}/{identifier}/edges",
        direction=count.direction,
        type=count.type,
        kind=other.slug,
        ever="true" if wanted.at is None else None,
    )
    return Neighbours(
        id=name,
        heading=heading,
        total=count.total,
        shown=frame.say("record.shown_of", shown=frame.number(len(page.edges)), total=frame.number(count.total)),
        rows=tuple(
            tie(
                frame,
                frame.schema,
                kind.name,
                count.direction,
                edge,
                things[edge.other.id],
                has_effect=has_effect(view, identifier, count.direction, edge),
            )
            for edge in page.edges
        ),
        first=first,
        following=following,
        all=Link(frame.say("record.as_table"), everything),
    )


def _headings(schema: Schema, frame: Frame, kind: Kind, counts: Sequence[EdgeCount]) -> dict[EdgeCount, str]:
    """The meaning of each group; with the kind of the other ends where one meaning leads to several kinds."""
    meanings = {count: meaning(schema, frame, kind.name, count.direction, count.type, count.kind) for count in counts}
    said = list(meanings.values())
    return {
        count: own if said.count(own) == 1 else f"{own}: {schema.kinds[count.kind].plural.of(frame.language)}"
        for count, own in meanings.items()
    }


def _definition(schema: Schema, kind: str, direction: Direction, edge_type: str, other: str) -> EdgeDefinition | None:
    return schema.kinds[kind if direction == "out" else other].edge(edge_type)
