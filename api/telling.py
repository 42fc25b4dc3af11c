"""A record's fields and history in words: labels from the schema, codes by their names, days as readers write them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from api import format as written
from api.frames import Cell, Cells, Frame
from api.pages import Fact, Happening
from kaysis_graph.registry.events import Difference, Event
from kaysis_graph.registry.records import Record
from kaysis_graph.schema import Field, Kind

# These stand in the heading of a page.
_SAID_ABOVE = frozenset({"title", "title_en", "is_unverified", "is_stub"})
_LONGEST = 160


def facts_of(frame: Frame, kind: Kind, record: Record) -> tuple[Fact, ...]:
    """What the record says on the day, in the order of the schema."""
    found = []
    for name, definition in kind.fields.items():
        value = record.on(name, frame.at)
        if value is None or name in _SAID_ABOVE:
            continue
        about = definition.about.of(frame.language) if definition.about else ""
        found.append(Fact(definition.label.of(frame.language), cells_of(frame, definition, value), about))
    return tuple(found)


def earlier_of(frame: Frame, kind: Kind, record: Record) -> tuple[Fact, ...]:
    """What dated fields said before, with the days."""
    return tuple(
        Fact(
            kind.fields[name].label.of(frame.language),
            tuple(
                Cell(
                    frame.say(
                        "earlier",
                        value=words(frame, kind.fields[name], held.value),
                        first=frame.day(held.valid_from) if held.valid_from else "…",
                        last=frame.day(held.valid_to),
                    )
                )
                for held in values
            ),
        )
        for name, values in record.earlier.items()
    )


def cells_of(frame: Frame, definition: Field, value: object) -> Cells:
    """What a field says, with a link where it is one."""
    values = value if isinstance(value, list) else [value]
    cells = []
    for held in values:
        said = words(frame, definition, held)
        is_link = definition.type == "link" and said.startswith(("https://", "http://"))
        cells.append(Cell(said, said if is_link else None))
    return tuple(cells)


def words(frame: Frame, definition: Field | None, value: object) -> str:  # noqa: PLR0911  # one line for each type
    """One value as a reader reads it."""
    match value:
        case None:
            return "–"
        case bool():
            return frame.say("yes" if value else "no")
        case int():
            return frame.number(value)
        case date():
            return frame.day(value)
        case Mapping():
            return written.duration(value, frame.language)
        case list():
            return ", ".join(words(frame, definition, held) for held in value)
        case _ if definition is not None and definition.codes and frame.schema is not None:
            return frame.schema.label_of_code(definition.codes, str(value), frame.language)
        case _:
            return str(value)


def happening(frame: Frame, kind: Kind, event: Event) -> Happening:
    """One change in lines: what happened to the record, to its fields, to the edges that leave it."""
    lines = []
    if event.what is not None and event.what != "changed":
        lines.append(frame.say(f"event_{event.what}"))
    if event.what == "changed":
        lines += [_difference(frame, kind.fields.get(held.field), held) for held in event.fields]
    assert frame.schema is not None, "a record has one"
    for edge in event.edges:
        edge_type = frame.schema.edge_types.get(edge.type)
        label = edge_type.label.of(frame.language) if edge_type else edge.type
        lines.append(frame.say(f"event_edge_{edge.what}", label=label, target=edge.target))
    shown = tuple(lines[:_MOST_LINES])
    if len(lines) > _MOST_LINES:
        shown = (*shown, frame.say("and_more", count=frame.number(len(lines) - _MOST_LINES)))
    return Happening(event.number, written.moment(event.at, frame.language), event.who, event.why, shown)


_MOST_LINES = 12


def _difference(frame: Frame, definition: Field | None, held: Difference) -> str:
    label = definition.label.of(frame.language) if definition else held.field
    return frame.say(
        "event_field",
        label=label,
        before=_short(frame, definition, held.before),
        after=_short(frame, definition, held.after),
    )


def _short(frame: Frame, definition: Field | None, value: Any) -> str:  # noqa: ANN401  # JSON
    if isinstance(value, str) and definition is not None and definition.type == "date":
        value = date.fromisoformat(value)
    if isinstance(value, list) and value and isinstance(value[0], Mapping):
        value = [str(held.get("value")) for held in value]
    said = words(frame, definition, value)
    return said if len(said) <= _LONGEST else f"{said[:_LONGEST]}…"
