"""Parts of the page of a record's history: two versions side by side, narrowed by field."""

from kaysis_graph.records import reader
from kaysis_graph.records.events import Event, EventPage
from kaysis_graph.schema import Kind
from ui.pages.frame import Frame, Link
from ui.pages.reader import Asked
from ui.pages.records.event_parts import comparison
from ui.pages.records.record_page import Happening

EDGES = 50
# guess: who compares looks among the latest versions.
VERSIONS = 200


def title_of_history(asked: Asked, identifier: str, page: EventPage) -> str:
    """The title of the record, or the last one of a record that was deleted."""
    names = reader.titles(asked.graph, [identifier], asked.at)
    if identifier in names:
        name = names[identifier]
        return (name.title_en if asked.language == "en" else None) or name.title
    said = (held.before or held.after for event in page.events for held in event.fields if held.field == "title")
    return next((str(title) for title in said if title), identifier)


def compared_fields(  # noqa: PLR0913  # whose history, between which changes, in which words
    asked: Asked, frame: Frame, kind: Kind, identifier: str, first: int | None, last: int | None
) -> Happening | None:
    """The fields that differ between two changes, with their values before and after."""
    if first is None or last is None:
        return None
    between = reader.compared(asked.graph.store, identifier, min(first, last), max(first, last))
    return comparison(asked, frame, kind, between, EDGES)


def lead_of_comparison(frame: Frame, first: int | None, last: int | None) -> str:
    """Which changes are compared, in words."""
    if first is None or last is None:
        return ""
    begin, end = min(first, last), max(first, last)
    if begin == 0:
        return frame.say("record.from_the_beginning", last=frame.number(end))
    return frame.say("record.between", first=frame.number(begin), last=frame.number(end))


def touches(event: Event, field: str) -> bool:
    """Whether the event changed the field."""
    return any(held.field.removeprefix("earlier.") == field for held in event.fields) or any(
        edge.type == field for edge in event.edges
    )


def fields_form(frame: Frame, kind: Kind, page: EventPage, chosen: str | None) -> tuple[Link, ...]:
    """The fields and edges that changed on this page, to see only those."""
    said = [held.field.removeprefix("earlier.") for event in page.events for held in event.fields]
    types = [edge.type for event in page.events for edge in event.edges]
    labels = {name: held.label.of(frame.language) for name, held in kind.fields.items()}
    labels |= {held.type: held.label.of(frame.language) for held in kind.edges.values()}
    met = [name for name in dict.fromkeys([*said, *types]) if name in labels]
    if len(met) < 2:  # noqa: PLR2004  # one is no choice
        return ()
    every = Link(frame.say("all"), frame.here(field=None), chosen is None)
    return (every, *(Link(labels[name], frame.here(field=name), chosen == name) for name in met))
