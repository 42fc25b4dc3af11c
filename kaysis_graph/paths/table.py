"""Paths as a table: one row for each step of each path."""

from kaysis_graph.answers.table_columns import table
from kaysis_graph.messages import Language, say
from kaysis_graph.paths.ask import Paths
from kaysis_graph.render.table import Table


def path_table(answer: Paths, language: Language) -> Table:
    """One row for each edge of each way; `along` is false where the edge is walked against its direction."""
    names = ("path", "step", "source", "source_title", "type", "along", "target", "target_title")
    cells = (
        (
            number,
            step,
            hop.source.id,
            hop.source.name(language),
            over.type,
            over.along,
            hop.target.id,
            hop.target.name(language),
        )
        for number, way in enumerate(answer.paths, 1)
        for step, hop in enumerate(way, 1)
        for over in hop.over
    )
    values = {"source": answer.source.full_name(language), "target": answer.target.full_name(language)}
    return table(say("pictures.paths", language, **values), names, cells, answer, language)
