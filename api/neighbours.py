"""The edges of a record as its page shows them: by meaning, both ways, with what each edge says of itself."""

from api import telling
from api.asking import Asked
from api.choosing import things_of
from api.frames import Frame, Link
from api.pages import Neighbours
from kaysis_graph.registry import reading
from kaysis_graph.registry.edges import Direction, EdgeCount, EdgeShown
from kaysis_graph.schema import EdgeDefinition, Kind, Schema

_NEIGHBOURS = 10
_EDGES_AT_ONCE = 200


def neighbours(asked: Asked, frame: Frame, kind: Kind, identifier: str) -> tuple[Neighbours, ...]:
    """The edges by meaning, those that leave first; a hub's groups are read one by one, the first few of each."""
    store, schema = asked.graph.store, asked.graph.schema
    groups = []
    counts = reading.edge_counts(store, schema, identifier, asked.at)
    at_once: dict[Direction, list[EdgeShown]] = {
        way: reading.edges(store, schema, identifier, way, limit=_EDGES_AT_ONCE, at=asked.at).edges
        for way in ("out", "in")
        if any(count.direction == way for count in counts)
    }
    for count in counts:
        found = [edge for edge in at_once[count.direction] if (edge.type, edge.other.kind) == (count.type, count.kind)]
        if len(found) < min(count.total, _NEIGHBOURS):
            found = reading.edges(
                store, schema, identifier, count.direction, edge_type=count.type, other_kind=count.kind,
                limit=_NEIGHBOURS, at=asked.at,
            ).edges  # fmt: skip
        found = found[:_NEIGHBOURS]
        others = things_of(asked, [edge.other for edge in found])
        rows = tuple(
            (frame.thing(other), " · ".join(details(frame, schema, kind.name, count.direction, edge)))
            for edge, other in zip(found, others, strict=True)
        )
        groups.append(
            Neighbours(
                _heading(schema, frame, kind, count, counts), count.total, rows, _all(frame, kind, identifier, count)
            )
        )
    return tuple(groups)


def _heading(schema: Schema, frame: Frame, kind: Kind, count: EdgeCount, counts: list[EdgeCount]) -> str:
    """The meaning; with the kind of the other ends where one meaning leads to several kinds."""
    meanings = [meaning(schema, frame, kind.name, held.direction, held.type, held.kind) for held in counts]
    own = meanings[counts.index(count)]
    if meanings.count(own) == 1:
        return own
    return f"{own}: {schema.kinds[count.kind].plural.of(frame.language)}"


def _all(frame: Frame, kind: Kind, identifier: str, count: EdgeCount) -> Link | None:
    if count.total <= _NEIGHBOURS:
        return None
    assert frame.schema is not None, "a record has one"
    href = frame.link(
        f"/records/{kind.slug}/{identifier}/edges",
        direction=count.direction,
        type=count.type,
        kind=frame.schema.kinds[count.kind].slug,
    )
    return Link(frame.say("show_all", total=frame.number(count.total)), href)


def meaning(  # noqa: PLR0913  # an edge seen from one end
    schema: Schema, frame: Frame, kind: str, direction: Direction, edge_type: str, other: str
) -> str:
    """What an edge means seen from one end, as the schema words it for the kinds it joins."""
    definition = _definition(schema, kind, direction, edge_type, other)
    if definition is None:
        return schema.edge_types[edge_type].label.of(frame.language)
    return (definition.label if direction == "out" else definition.inverse).of(frame.language)


def _definition(schema: Schema, kind: str, direction: Direction, edge_type: str, other: str) -> EdgeDefinition | None:
    return schema.kinds[kind if direction == "out" else other].edge(edge_type)


def details(frame: Frame, schema: Schema, kind: str, direction: Direction, edge: EdgeShown) -> list[str]:
    """What an edge says of itself, days first."""
    definition = _definition(schema, kind, direction, edge.type, edge.other.kind)
    lines = []
    first, last = edge.fields.get("valid_from"), edge.fields.get("valid_to")
    if first or last:
        days = [telling.words(frame, None, held) if held else "…" for held in (first, last)]
        lines.append(" – ".join(days))
    for name, value in edge.fields.items():
        if name in ("valid_from", "valid_to", "source", "is_unverified") or definition is None:
            continue
        field = definition.fields[name]
        lines.append(f"{field.label.of(frame.language)}: {telling.words(frame, field, value)}")
    if edge.fields.get("is_unverified"):
        lines.append(frame.say("edge_unverified"))
    return lines
