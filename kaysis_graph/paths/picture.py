"""Paths between two records, as a diagram."""

from kaysis_graph.answers.record_diagram import Drawing
from kaysis_graph.messages import Language, say
from kaysis_graph.paths.ask import Paths
from kaysis_graph.render.diagram import Diagram
from kaysis_graph.schema import Schema


def path_diagram(answer: Paths, schema: Schema, language: Language) -> Diagram:
    """The ways between two records, drawn over each other where they share records."""
    drawing = Drawing(schema, language)
    drawing.add(answer.source, is_start=True)
    drawing.add(answer.target, is_start=True)
    for way in answer.paths:
        for hop in way:
            drawing.add(hop.source)
            drawing.add(hop.target)
            for over in hop.over:
                ends = (hop.source.id, hop.target.id) if over.along else (hop.target.id, hop.source.id)
                drawing.join(*ends, schema.edge_types[over.type].label.of(language))
    values = {"source": answer.source.full_name(language), "target": answer.target.full_name(language)}
    return drawing.diagram(say("pictures.paths", language, **values), answer, len(answer.paths))
