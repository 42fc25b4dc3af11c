"""The units under an organisation, as a diagram."""

from typing import TYPE_CHECKING

from kaysis_graph.answers.record_diagram import Drawing, _some
from kaysis_graph.messages import Language, say
from kaysis_graph.organisations.structure import Tree
from kaysis_graph.render.diagram import Diagram
from kaysis_graph.schema import Schema

if TYPE_CHECKING:
    from kaysis_graph.answers.answer import Thing


def tree_diagram(answer: Tree, schema: Schema, language: Language) -> Diagram:
    """A unit and what is under it."""
    drawing = Drawing(schema, language)
    drawing.add(answer.start, is_start=True)
    children: dict[str, list[Thing]] = {}
    for row in answer.rows:
        children.setdefault(row.parent, []).append(row.thing)
    edge = schema.edge_types["PART_OF"].label.of(language)
    for parent, units in children.items():
        if drawing.is_full:
            break
        if not drawing.has(parent):
            continue
        shown, rest = _some(units)
        for unit in shown:
            drawing.add(unit)
            drawing.join(unit.id, parent, edge if parent == answer.start.id else "")
        if rest:
            drawing.join(drawing.add_group(parent, rest), parent, "")
    title = say("pictures.tree", language, title=answer.start.full_name(language))
    return drawing.diagram(title, answer, answer.total, "from_start")
