"""Where a record stands: the chain of records it belongs to, its state in words, and a line that sums it up."""

from collections.abc import Mapping, Sequence

from kaysis_graph.answers.answer import Thing
from kaysis_graph.graph.view import View
from kaysis_graph.records.degrees import Degrees
from kaysis_graph.records.record_model import Record
from kaysis_graph.schema import Kind
from ui.pages.frame import Cell, Cells, Frame, Link
from ui.pages.records import field_values
from ui.pages.records.record_page import Mark

# By which edge a record belongs to another, the strongest first; from there on the structure is followed.
_HOMES = ("PART_OF", "PROVIDED_BY", "ISSUED_BY", "AT", "OPERATED_BY")
_DEEPEST = 12
# What tells most about a record, of its edges: type and direction.
_TELLING = (
    ("PROVIDED_BY", "into"),
    ("PRODUCES", "into"),
    ("REQUIRES", "into"),
    ("PRODUCES", "out"),
    ("REQUIRES", "out"),
    ("PART_OF", "into"),
    ("BASED_ON", "into"),
    ("CONTAINS", "into"),
)
_MOST_TOLD = 4


def chain(view: View, place: int) -> list[tuple[int, str]]:
    """What the record belongs to on the day, the nearest first, each with the edge type that leads there."""
    found: list[tuple[int, str]] = []
    seen = {place}
    types: tuple[str, ...] = _HOMES
    while len(found) < _DEEPEST:
        home = next((above for name in types if (above := _home(view, place, name)) is not None), None)
        if home is None or home[0] in seen:
            break
        found.append(home)
        place, types = home[0], ("PART_OF",)
        seen.add(place)
    return found


def _home(view: View, place: int, edge_type: str) -> tuple[int, str] | None:
    """The record over the first of these edges; a second tie counts only where there is no other."""
    columns = view.edges[edge_type]
    rows = view.edges_out(place, edge_type).tolist()
    if not rows:
        return None
    return int(columns.target[min(rows, key=lambda row: bool(columns.is_secondary[row]))]), edge_type


def siblings(
    frame: Frame, view: View, place: int | None, homes: Sequence[tuple[int, str]], home: Thing | None
) -> Link | None:
    """How many records of the same kind stand in the same place, with the way to them."""
    if place is None or not homes or home is None:
        return None
    assert frame.schema is not None, "a record has one"
    above, edge_type = homes[0]
    around = view.into(above, edge_type)
    count = int((view.records.kind[around] == view.records.kind[place]).sum()) - 1
    if count < 1:
        return None
    kind = frame.schema.kinds[view.records.kinds[view.records.kind[place]]]
    group = f"in.{edge_type}.{kind.slug}"
    slug = frame.schema.kinds[home.kind].slug
    text = frame.say("record.siblings", count=frame.number(count), home=home.name(frame.language))
    return Link(text, f"{frame.link(f'/records/{slug}/{home.id}', group=group)}#{group}")


def marks(frame: Frame, badges: Sequence[str]) -> tuple[Mark, ...]:
    """The badges of the record, each with the sentence that explains it."""
    return tuple(Mark(badge, frame.say(f"record.about_{badge}")) for badge in badges)


def summary(frame: Frame, kind: Kind, record: Record, homes: Sequence[Thing], degrees: Degrees) -> Cells:
    """What the record is, in one line: its class, number and day, whom it belongs to, and what hangs on it."""
    cells = [*_by_fields(frame, kind, record)]
    if homes:
        edge = next((held for held in kind.edges.values() if held.type in _HOMES and homes[0].kind in held.to), None)
        label = edge.label.of(frame.language) if edge else ""
        cells.append(_labelled(frame, label, homes[0]))
    cells += _by_edges(frame, kind, degrees)
    return tuple(cells)


def _by_fields(frame: Frame, kind: Kind, record: Record) -> Cells:
    said = []
    coded = [held for held in kind.fields.values() if held.codes and not held.many]
    for definition in [*(held for held in coded if held.required), *(held for held in coded if not held.required)][:2]:
        value = record.on(definition.name, frame.at)
        told = Cell(field_values.words(frame, definition, value)) if value is not None else None
        if told is not None and told not in said:
            said.append(told)
    number = kind.fields.get("number")
    if number is not None and "number" in record.fields:
        label = number.label.of(frame.language)
        said.append(Cell(f"{label}: {field_values.words(frame, number, record.fields['number'])}"))
    dates = (held for held in kind.fields.values() if held.type == "date" and not held.name.startswith("valid_"))
    day = next((held for held in dates if held.name in record.fields and held.filtered), None)
    if day is not None:
        label = day.label.of(frame.language)
        said.append(Cell(f"{label}: {field_values.words(frame, day, record.fields[day.name])}"))
    return tuple(said)


def _by_edges(frame: Frame, kind: Kind, degrees: Degrees) -> Cells:
    assert frame.schema is not None, "a record has one"
    cells = []
    for edge_type, direction in _TELLING:
        counted: Mapping[str, int] = {
            other: count for (way, name, other), count in degrees.items() if (way, name) == (direction, edge_type)
        }
        for other, count in counted.items():
            definition = frame.schema.kinds[kind.name if direction == "out" else other].edge(edge_type)
            if definition is None:
                continue
            label = (definition.label if direction == "out" else definition.inverse).of(frame.language)
            way = "out" if direction == "out" else "in"
            href = f"#{way}.{edge_type}.{frame.schema.kinds[other].slug}"
            cells.append(Cell(f"{label}: {frame.number(count)}", href))
    return tuple(cells[:_MOST_TOLD])


def _labelled(frame: Frame, label: str, thing: Thing) -> Cell:
    cell = frame.thing(thing)
    return Cell(f"{label}: {cell.text}" if label else cell.text, cell.href)
