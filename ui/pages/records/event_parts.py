"""A record's history in words: what came and what went in each field, word by word, and in the edges that leave it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from kaysis_graph.answers import text_difference
from kaysis_graph.answers.named_things import things_named
from kaysis_graph.answers.text_difference import Piece
from kaysis_graph.records.events import Comparison, EdgeEvent, Event, FieldDifference, What
from kaysis_graph.records.names import titles
from kaysis_graph.schema import Field, Kind
from ui.pages import numbers_and_days as written
from ui.pages.frame import Cell, Frame
from ui.pages.reader import Asked
from ui.pages.records import field_values
from ui.pages.records.record_page import Alteration, EdgeAlteration, Happening

# guess: what stayed the same is told by so many letters on each side of what did not.
_AROUND = 80
# guess: what came or went as a whole is told by its beginning.
_LONGEST = 1_200
_EARLIER = "earlier."


def happenings(  # noqa: PLR0913  # whose events, which of them, in which words
    asked: Asked,
    frame: Frame,
    kind: Kind,
    identifier: str,
    events: Sequence[Event],
    most: int,
) -> tuple[Happening, ...]:
    """The events in words, at most so many edges of each; the other ends of all of them named by one query."""
    others = _others(asked, frame, _far_ends(events, most))
    home = f"/records/{kind.slug}/{identifier}/history"
    told = []
    for event in events:
        fields, edges = _altered(frame, kind, event.what, event.fields), event.edges[:most]
        left = len(event.edges) - len(edges)
        told.append(
            Happening(
                number=event.number,
                moment=written.moment(event.at, frame.language),
                who=event.who,
                why=event.why,
                said=frame.say(f"record.event_{event.what}") if event.what in ("added", "removed") else "",
                fields=fields,
                edges=tuple(_edge(frame, kind, edge, others) for edge in edges),
                rest=frame.say("record.more_edges", count=frame.number(left)) if left else "",
                here=f"{frame.link(home, change=event.number)}#change-{event.number}",
                api=f"/api/changes?after={event.number - 1}&limit=1",
                # A record that was added says everything it says for the first time.
                is_folded=event.what in ("added", "removed"),
            )
        )
    return tuple(told)


def comparison(asked: Asked, frame: Frame, kind: Kind, told: Comparison, most: int) -> Happening:
    """What became of a record between two changes, as if one change had done it."""
    edges = told.edges[:most]
    others = _others(asked, frame, [edge.target for edge in edges])
    left = len(told.edges) - len(edges)
    return Happening(
        number=told.last,
        moment="",
        who="",
        why="",
        said=frame.say(f"record.event_{told.what}") if told.what in ("added", "removed") else "",
        fields=_altered(frame, kind, told.what, told.fields),
        edges=tuple(_edge(frame, kind, edge, others) for edge in edges),
        rest=frame.say("record.more_edges", count=frame.number(left)) if left else "",
        here="",
        api="",
        is_folded=False,
    )


def pieces(before: str, after: str) -> tuple[Piece, ...]:
    """Two texts as one, with the words that came and went; long stretches that stayed are shortened."""
    found = text_difference.merged(before, after)
    marks = {piece.mark for piece in found if piece.text.strip()}
    # Texts without a word in common, and those that differ in their spaces alone, are told one after the other.
    if "same" not in marks or marks == {"same"}:
        return _whole(before, after)
    last = len(found) - 1
    return tuple(
        replace(
            piece,
            text=_around(piece.text, number == 0, number == last) if piece.mark == "same" else _short(piece.text),
        )
        for number, piece in enumerate(found)
    )


def _whole(before: str, after: str) -> tuple[Piece, ...]:
    told = (Piece(_short(before), "removed"), Piece(_short(after), "added"))
    return tuple(piece for piece in told if piece.text)


def _short(said: str) -> str:
    return said if len(said) <= _LONGEST else f"{said[:_LONGEST]}…"


def _around(said: str, is_first: bool, is_last: bool) -> str:  # noqa: FBT001  # where the stretch lies
    if len(said) <= 2 * _AROUND:
        return said
    begin = "" if is_first else said[:_AROUND]
    end = "" if is_last else said[-_AROUND:]
    return f"{begin} … {end}"


def _altered(
    frame: Frame, kind: Kind, what: What | None, differences: Iterable[FieldDifference]
) -> tuple[Alteration, ...]:
    if what is None:
        return ()
    return tuple(_alteration(frame, kind.fields, held) for held in differences)


def _alteration(frame: Frame, fields: Mapping[str, Field], held: FieldDifference) -> Alteration:
    is_earlier = held.field.startswith(_EARLIER)
    if held.field == "earlier_spells":
        told = (_spells(frame, value) for value in (held.before, held.after))
        return Alteration(frame.say("record.earlier_spells"), _whole(*told))
    definition = fields.get(held.field.removeprefix(_EARLIER))
    label = definition.label.of(frame.language) if definition else held.field
    if is_earlier:
        label = frame.say("record.earlier_of", label=label)
    before, after = (
        "" if value is None else _said(frame, definition, value, is_earlier=is_earlier)
        for value in (held.before, held.after)
    )
    is_text = definition is not None and definition.type in ("text", "prose")
    return Alteration(label, pieces(before, after) if is_text else _whole(before, after))


def _said(frame: Frame, definition: Field | None, value: Any, *, is_earlier: bool) -> str:  # noqa: ANN401  # JSON
    if is_earlier:
        return "; ".join(
            f"{_said(frame, definition, held['value'], is_earlier=False)} "
            f"({field_values.days(frame, _day(held.get('valid_from')), _day(held.get('valid_to')))})"
            for held in value
        )
    if definition is not None and definition.type == "date":
        value = _day(value)
    return field_values.words(frame, definition, value)


def _spells(frame: Frame, told: Any) -> str:  # noqa: ANN401  # JSON
    return "; ".join(
        field_values.days(frame, _day(spell.get("valid_from")), _day(spell.get("valid_to"))) for spell in told or ()
    )


def _day(said: str | None) -> date | None:
    return date.fromisoformat(said) if said else None


def _edge(frame: Frame, kind: Kind, edge: EdgeEvent, others: Mapping[str, Cell]) -> EdgeAlteration:
    assert frame.schema is not None, "a record has one"
    definition, edge_type = kind.edge(edge.type), frame.schema.edge_types.get(edge.type)
    label = (definition or edge_type).label.of(frame.language) if definition or edge_type else edge.type  # type: ignore[union-attr]  # one of them is there
    fields = definition.fields if definition else {}
    return EdgeAlteration(
        what=edge.what,
        said=frame.say(f"record.edge_{edge.what}"),
        label=label,
        other=others.get(edge.target, Cell(edge.target)),
        fields=tuple(_alteration(frame, fields, held) for held in edge.fields),
    )


def _far_ends(events: Iterable[Event], most: int) -> list[str]:
    """The records at the other ends of the edges of these events, at most so many of each."""
    return [edge.target for event in events for edge in event.edges[:most]]


def _others(asked: Asked, frame: Frame, ids: Iterable[str]) -> dict[str, Cell]:
    """The records at the other ends; those that are no more keep their identifiers."""
    names = list(titles(asked.graph, ids, asked.at).values())
    return {thing.id: frame.thing(thing) for thing in things_named(asked.graph, asked.at, names)}
