"""The records and edges on the explorer's sheet as tables."""

from kaysis_graph.answers.table_columns import OF_THING, cells_of, name_of, table
from kaysis_graph.explorer.ask import Explored
from kaysis_graph.messages import Language, say
from kaysis_graph.render.table import Table


def explored_records(answer: Explored, language: Language) -> Table:
    """One row for each record the explorer shows, with how many neighbours it has."""
    names = (
        *(*OF_THING, "valid_from", "valid_to"),
        *("institution", "institution_title", "neighbours", "resting"),
    )  # fmt: skip
    cells = (
        (
            *cells_of(node.thing, language),
            node.valid_from,
            node.valid_to,
            node.institution,
            name_of(answer.institutions.get(node.institution or ""), language),
            sum(count.total for count in node.counts),
            node.resting,
        )
        for node in answer.nodes
    )
    return table(say("explorer.picture", language), names, cells, answer, language)


def explored_edges(answer: Explored, language: Language) -> Table:
    """One row for each edge between records the explorer shows."""
    days = ("valid_from", "valid_to", "holds", "has_effect")
    names = ("source", "source_title", "type", "target", "target_title", *days)
    known = {node.thing.id: node.thing for node in answer.nodes}
    cells = (
        (
            edge.source,
            name_of(known.get(edge.source), language),
            edge.type,
            edge.target,
            name_of(known.get(edge.target), language),
            edge.valid_from,
            edge.valid_to,
            edge.holds,
            edge.has_effect,
        )
        for edge in answer.edges
    )
    return table(say("explorer.picture", language), names, cells, answer, language)
