"""A record's fields in words: labels from the schema, codes by their names, days as readers write them."""

import re
from collections.abc import Mapping, Sequence
from datetime import date

from kaysis_graph.answers.day_span import write_day_span
from kaysis_graph.answers.durations import in_words
from kaysis_graph.records.record_model import Record
from kaysis_graph.schema import Field, Kind
from ui.pages.frame import Cell, Cells, Frame
from ui.pages.records.record_page import FactGroup, Span, Stated

# These stand in the heading of a page.
_SAID_ABOVE = frozenset({"title_en", "is_unverified", "is_stub"})
_GROUPS = ("identity", "classification", "days", "other", "source", "texts")
_LINK = re.compile(r"https?://[^\s<>\"')\]]+")
# guess: about six lines; what is longer is folded.
_LONG = 600


def facts_of(frame: Frame, kind: Kind, record: Record, life: Sequence[Stated] = ()) -> tuple[FactGroup, ...]:
    """What the record says on the day, grouped by the sort of its fields, each group in the order of the schema.

    `life` is what else is known of its days; it stands before them.
    """
    groups: dict[str, list[Stated]] = {name: [] for name in _GROUPS}
    groups["days"].extend(life)
    for name, definition in kind.fields.items():
        value = record.on(name, frame.at)
        spans = _spans(frame, definition, record)
        if name in _SAID_ABOVE or (value is None and not spans) or (name == "title" and not spans):
            continue
        about = definition.about.of(frame.language) if definition.about else ""
        is_long = isinstance(value, str) and len(value) > _LONG
        cells = () if is_long or value is None else cells_of(frame, definition, value)
        said = Stated(definition.label.of(frame.language), about, cells, str(value) if is_long else "", spans)
        groups[_group(definition)].append(said)
    return tuple(
        FactGroup(name, frame.say(f"record.facts_{name}"), tuple(facts)) for name, facts in groups.items() if facts
    )


def _group(definition: Field) -> str:
    if definition.name == "source":
        return "source"
    match definition.type:
        case "code" | "flag":
            return "classification"
        case "date" | "duration":
            return "days"
        case "prose":
            return "texts"
        case _:
            is_known_by = definition.required or definition.searched or definition.filtered
            return "identity" if is_known_by else "other"


def _spans(frame: Frame, definition: Field, record: Record) -> tuple[Span, ...]:
    """All values of a dated field with their days, the oldest first; none where it always said the same."""
    earlier = sorted(record.earlier.get(definition.name, ()), key=lambda held: held.valid_to)
    if not earlier:
        return ()
    spans = [
        Span(
            words(frame, definition, held.value),
            days(frame, held.valid_from, held.valid_to),
            held.holds(frame.at),
        )
        for held in earlier
    ]
    present = record.fields.get(definition.name)
    if present is not None:
        is_shown = not any(held.holds(frame.at) for held in earlier)
        spans.append(Span(words(frame, definition, present), days(frame, earlier[-1].valid_to, None), is_shown))
    return tuple(spans)


def days(frame: Frame, first: object, last: object) -> str:
    """From when to when, the last day said to be excluded, with an open end as dots; empty when both are open."""
    begin, end = (frame.day(held) if isinstance(held, date) else None for held in (first, last))
    return write_day_span(begin, end, frame.language)


def cells_of(frame: Frame, definition: Field, value: object) -> Cells:
    """What a field says; a link where it is one, or where its words name an address."""
    values = value if isinstance(value, list) else [value]
    cells = []
    for held in values:
        said = words(frame, definition, held)
        link = _LINK.search(said) if definition.type == "link" or definition.name == "source" else None
        cells.append(Cell(said, link[0] if link else None, is_number=definition.type in ("date", "integer")))
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
            return in_words(value, frame.language)
        case list():
            return ", ".join(words(frame, definition, held) for held in value)
        case _ if definition is not None and definition.codes and frame.schema is not None:
            return frame.schema.label_of_code(definition.codes, str(value), frame.language)
        case _:
            return str(value)
