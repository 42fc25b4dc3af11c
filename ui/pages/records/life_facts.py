"""When a record was there, in words: its spells, whether the day asked about is in one, and what its days rest on."""

from collections.abc import Sequence
from dataclasses import dataclass

from kaysis_graph.answers.answer import Thing
from kaysis_graph.answers.named_things import things_named
from kaysis_graph.graph.spells import TIE
from kaysis_graph.records import reader
from kaysis_graph.records.life import Life
from kaysis_graph.schema import Kind
from ui.pages.frame import Cell, Cells, Frame
from ui.pages.page_parts import Fact
from ui.pages.reader import Asked
from ui.pages.records import field_values
from ui.pages.records.record_page import Span, Stated

# guess: more ties than any unit has; what is over is on the page of its edges.
_TIES = 20


@dataclass(frozen=True)
class DatingTie:
    """A tie that derived days follow from: what it leads to, its days, what it names as its source."""

    whole: Thing
    first: object
    last: object
    source: str


def state_words(frame: Frame, kind: Kind, life: Life, stands: str) -> str:
    """How the record stands on the day, with the day since when or until when, and what of it is not known."""
    begins, ends = life.around(frame.at)
    at = frame.day(frame.at)
    match stands:
        case "valid" if begins is not None:
            said = frame.say("record.valid_since", at=at, first=frame.day(begins))
        case "ended" if begins is not None and ends is not None:
            said = frame.say("record.between_spells", at=at, last=frame.day(ends), first=frame.day(begins))
        case "ended" if ends is not None:
            said = frame.say("record.ended_on", last=frame.day(ends))
        case "future" if begins is not None:
            said = frame.say("record.begins_on", at=at, first=frame.day(begins))
        case _:
            said = frame.say(f"state_{stands}", at=at)
    if life.is_derived:
        return f"{said}; {frame.say('record.days_of_ties')}"
    return f"{said}; {frame.say('record.founding_unknown')}" if life.is_founding_unknown(kind.name) else said


def life_facts(frame: Frame, kind: Kind, life: Life, ties: Sequence[DatingTie]) -> tuple[Stated, ...]:
    """The spells where the record's own two days do not tell them, and that nothing tells when a unit was founded."""
    if life.is_founding_unknown(kind.name):
        unknown = Cell(frame.say("record.founding_unknown"))
        return (Stated(kind.fields["valid_from"].label.of(frame.language), "", (unknown,)),)
    if life.is_simple:
        return ()
    shown = life.around(frame.at)
    spans = tuple(
        Span(
            frame.say("record.spell_again") if number else "",
            field_values.days(frame, *spell),
            is_shown=spell == shown and life.is_held(frame.at),
        )
        for number, spell in enumerate(life.spells)
    )
    if not life.is_derived:
        return (Stated(frame.say("record.spells"), frame.say("record.about_spells"), (), "", spans),)
    cells = tuple(cell for tie in ties for cell in _tie_cells(frame, tie))
    return (Stated(frame.say("record.derived_spells"), frame.say("record.about_derived_spells"), cells, "", spans),)


def life_lines(frame: Frame, kind: Kind, life: Life) -> tuple[Fact, ...]:
    """The same in a line, for pages that show the facts of a record in passing."""
    return tuple(
        Fact(
            held.label,
            held.cells if not held.spans else tuple(Cell(f"{span.text} {span.days}".strip()) for span in held.spans),
            held.about,
        )
        for held in life_facts(frame, kind, life, ())
    )


def dating_ties(asked: Asked, identifier: str) -> list[DatingTie]:
    """The ties to wholes that the derived days of a record follow from, of whatever day."""
    page = reader.edges(asked.graph, identifier, "out", edge_type=TIE, limit=_TIES, at=None, day=asked.at)
    wholes = things_named(asked.graph, asked.at, [edge.other for edge in page.edges])
    return [
        DatingTie(
            whole, edge.fields.get("valid_from"), edge.fields.get("valid_to"), str(edge.fields.get("source") or "")
        )
        for whole, edge in zip(wholes, page.edges, strict=True)
    ]


def _tie_cells(frame: Frame, tie: DatingTie) -> Cells:
    days = field_values.days(frame, tie.first, tie.last)
    said = frame.say("record.tie_days", days=days)
    if tie.source:
        said = frame.say("record.tie_days_source", days=days, source=tie.source)
    return frame.thing(tie.whole), Cell(said)
