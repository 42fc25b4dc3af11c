"""What falls with a record, as a diagram."""

from collections.abc import Sequence

from kaysis_graph.answers.answer import Thing
from kaysis_graph.answers.record_diagram import Drawing, _some
from kaysis_graph.impact.ask import Fallen, Impact, ImpactLink
from kaysis_graph.messages import Language, say
from kaysis_graph.render.diagram import Diagram
from kaysis_graph.schema import Schema


def impact_diagram(answer: Impact, schema: Schema, language: Language) -> Diagram:
    """What falls with a record, each at the end of its chain; arrows point to what is needed.

    What lies on the chain of a row is drawn with it, also when it is no row itself.
    """
    drawing = Drawing(schema, language)
    drawing.add(answer.start, is_start=True)
    fallen: dict[str, list[Fallen]] = {}
    for row in answer.rows:
        needed = row.chain[-2].thing if len(row.chain) > 1 else answer.start
        fallen.setdefault(needed.id, []).append(row)
    for parent, rows in fallen.items():
        if drawing.is_full:
            break
        _hang(drawing, answer.start, rows[0].chain[:-1], schema, language)
        shown, rest = _some([row.thing for row in rows])
        for row in rows[: len(shown)]:
            _hang(drawing, answer.start, row.chain, schema, language)
        if rest:
            drawing.join(drawing.add_group(parent, rest), parent, "")
    title = say("pictures.impact", language, title=answer.start.full_name(language))
    return drawing.diagram(title, answer, answer.total, "from_start")


def _hang(drawing: "Drawing", start: Thing, chain: Sequence[ImpactLink], schema: Schema, language: Language) -> None:
    """What is not drawn yet of a chain, each on what it needs."""
    for before, link in zip([start, *(held.thing for held in chain)], chain, strict=False):
        drawing.add(link.thing)
        ends = (before.id, link.thing.id) if link.along else (link.thing.id, before.id)
        drawing.join(*ends, schema.edge_types[link.type].label.of(language))
