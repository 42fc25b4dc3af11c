"""The tree of what an act rests on, or what rests on it, as a diagram."""

from collections.abc import Iterable

from kaysis_graph.answers.answer import Thing
from kaysis_graph.answers.record_diagram import Drawing, _some
from kaysis_graph.facts.legal_basis import EDGE_TYPES
from kaysis_graph.legislation.dependency_tree import Dependencies
from kaysis_graph.messages import Language, say
from kaysis_graph.render.diagram import Diagram
from kaysis_graph.schema import Schema


def dependency_diagram(answer: Dependencies, schema: Schema, language: Language) -> Diagram:
    """The tree of what an act rests on, or what rests on it; provisions on the way are boxes of their own.

    Arrows go as the edges go: from what rests to what it rests on.
    """
    drawing = Drawing(schema, language)
    drawing.add(answer.start, is_start=True)
    edge = schema.edge_types[EDGE_TYPES[answer.relation]].label.of(language)
    upwards = answer.direction == "up"
    children: dict[str, list[tuple[Thing, Thing, str]]] = {}
    for row in answer.rows:
        children.setdefault(row.via.id, []).append((row.thing, row.via, row.via_act))
    for rows in _by_parent(children, answer.start.id):
        via, act = rows[0][1], rows[0][2]
        if drawing.is_full:
            break
        if via.id != act and not drawing.has(via.id) and drawing.has(act):
            drawing.add(via)
            drawing.join(via.id, act, schema.edge_types["PART_OF"].label.of(language))
        shown, rest = _some([thing for thing, _, _ in rows])
        for thing in shown:
            drawing.add(thing)
            drawing.join(*((via.id, thing.id) if upwards else (thing.id, via.id)), edge)
        if rest:
            group = drawing.add_group(via.id, rest)
            drawing.join(*((via.id, group) if upwards else (group, via.id)), edge)
    key = f"pictures.{answer.relation}_{answer.direction}"
    title = say(key, language, title=answer.start.full_name(language))
    return drawing.diagram(title, answer, answer.total, "from_start")


def _by_parent(
    children: dict[str, list[tuple[Thing, Thing, str]]], start: str
) -> Iterable[list[tuple[Thing, Thing, str]]]:
    """The children of each parent: those of the start first, then in the order the parents were found."""
    return [
        *([children[start]] if start in children else []),
        *(c for parent, c in children.items() if parent != start),
    ]
