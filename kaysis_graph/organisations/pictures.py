"""The pictures of the structure: a unit with what is around it, and what changed under it between two days."""

from collections.abc import Sequence
from dataclasses import replace

from kaysis_graph import text
from kaysis_graph.answers.answer import Thing
from kaysis_graph.answers.day_span import write_day_span
from kaysis_graph.answers.record_diagram import Drawing
from kaysis_graph.messages import Language, say
from kaysis_graph.organisations.difference import Altered, Difference
from kaysis_graph.organisations.structure import Unit
from kaysis_graph.organisations.surroundings import Ego
from kaysis_graph.render.diagram import Diagram
from kaysis_graph.schema import Schema

# A picture is read at a glance up to here; the units beyond are counted under their parents.
MOST_BOXES = 90
_MOST_DIRECT = 30


def ego_diagram(answer: Ego, schema: Schema, language: Language) -> Diagram:
    """All above the unit, its siblings as one counted box, two levels under it; read from the top."""
    drawing = Drawing(schema, language)
    edge = schema.edge_types["PART_OF"].label.of(language)
    # The picture begins with what is on top: the order of boxes is kept where the layout leaves a choice.
    for tie in reversed(answer.above):
        _add(drawing, tie.parent)
    _add(drawing, answer.start, is_start=True)
    for tie in answer.above:
        _add(drawing, tie.unit)
        drawing.join(tie.unit.id, tie.parent.id, _tie(edge, language, is_secondary=tie.is_secondary))
    for parent, count in answer.siblings.items():
        if count:
            title = say("tree.siblings", language, count=count)
            drawing.add_count(f"{parent}=", title, count, f"/organisations/{parent}")
            drawing.join(f"{parent}=", parent, "")
    direct = _in_order([row for row in answer.rows if row.depth == 1], language)
    _under(drawing, answer.start.id, direct, answer.depths.get(1, 0), _MOST_DIRECT, language)
    drawn = [row for row in direct if drawing.has(row.thing.id)]
    room = max(MOST_BOXES - drawing.size, 0) // max(sum(row.units > 0 for row in drawn), 1)
    for row in drawn:
        under = _in_order([each for each in answer.rows if each.depth > 1 and each.parent == row.thing.id], language)
        _under(drawing, row.thing.id, under, row.units, room, language)
    title = say("tree.around", language, title=answer.start.full_name(language))
    above = {tie.parent.id for tie in answer.above}
    return drawing.diagram(title, answer, 1 + len(above) + sum(answer.siblings.values()) + answer.total, "against")


def difference_diagram(answer: Difference, schema: Schema, language: Language) -> Diagram:
    """What changed, under the units it changed under; each box says what happened to it and when."""
    drawing = Drawing(schema, language)
    edge = schema.edge_types["PART_OF"].label.of(language)
    _add(drawing, answer.start, is_start=True)
    rows = answer.rows[: MOST_BOXES - 1]
    left_out = answer.total - len(rows)
    # All that changed first: one of them may be the parent or the successor of another.
    for row in rows:
        # A unit may live on where its tie has ended: here it is drawn as what it is here.
        here = replace(row.thing, state="ended") if "ended" in row.marks else row.thing
        _add(drawing, here, says=happened(row, language))
    for row in rows:
        before, after = ({parent.id for parent in parents} for parents in (row.parents_before, row.parents_after))
        for parent in {each.id: each for each in (*row.parents_before, *row.parents_after)}.values():
            _add(drawing, parent)
            label = edge if parent.id in before and parent.id in after else _change(edge, language, parent.id in after)
            drawing.join(row.thing.id, parent.id, label, has_ended=parent.id not in after)
        for heir in row.successors:
            _add(drawing, heir)
            drawing.join(row.thing.id, heir.id, schema.edge_types["SUCCEEDED_BY"].label.of(language))
    total = drawing.size + left_out
    if left_out:
        title = say("tree.more_changes", language, count=left_out)
        drawing.add_count("+", title, left_out)
    days = {"since": text.written_day(answer.since, language), "until": text.written_day(answer.at, language)}
    title = say("tree.difference_of", language, title=answer.start.full_name(language), **days)
    return drawing.diagram(title, answer, total, "against")


def happened(row: Altered, language: Language) -> str:
    """What happened to a unit, in words, with the day."""
    told = ", ".join(say(f"tree.mark_{mark}", language) for mark in row.marks)
    if row.away:
        return f"{told} ({', '.join(absences(row, language))})"
    return told if row.day is None else f"{told} {text.written_day(row.day, language)}"


def absences(row: Altered, language: Language) -> list[str]:
    """The days on which a unit that came again was away, as readers write them."""
    return [
        write_day_span(text.written_day(away.valid_from, language), text.written_day(away.valid_to, language), language)
        for away in row.away
    ]


def _add(drawing: Drawing, thing: Thing, *, is_start: bool = False, says: str = "") -> None:
    drawing.add(thing, is_start=is_start, says=says, link=f"/organisations/{thing.id}")


def _under(  # noqa: PLR0913  # what is drawn, under what, how much of it
    drawing: Drawing, parent: str, units: Sequence[Unit], total: int, most: int, language: Language
) -> None:
    """The units as boxes while there is room for all of them, or for some with the rest counted."""
    shown = units if total <= most and len(units) == total else units[: max(most - 1, 0)]
    for unit in shown:
        _add(drawing, unit.thing)
        drawing.join(unit.thing.id, parent, "")
    if rest := total - len(shown):
        key = "tree.more_units" if shown else "tree.units"
        drawing.add_count(f"{parent}+", say(key, language, count=rest), rest, f"/organisations/{parent}")
        drawing.join(f"{parent}+", parent, "")


def _in_order(units: Sequence[Unit], language: Language) -> list[Unit]:
    return text.in_order(units, lambda unit: unit.thing.name(language), language)


def _tie(edge: str, language: Language, *, is_secondary: bool) -> str:
    return say("tree.second_tie", language) if is_secondary else edge


def _change(edge: str, language: Language, holds: bool) -> str:  # noqa: FBT001  # one of two words
    return f"{edge} ({say('tree.since' if holds else 'tree.until', language)})"
