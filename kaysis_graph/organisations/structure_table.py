"""Units under an organisation, and those above it, as tables."""

from collections.abc import Iterable

from kaysis_graph.answers.table_columns import table, titled
from kaysis_graph.messages import Language, say
from kaysis_graph.organisations.structure import Ancestors, Tree, Unit
from kaysis_graph.render.table import Table


def tree(answer: Tree, rows: Iterable[Unit], language: Language) -> Table:
    """One row for each unit under the one asked about."""
    names = ("depth", "parent", "id", "title", "belongs_to", "state", "is_institution", "unit_count", "other_parents")
    cells = (
        (
            row.depth,
            row.parent,
            *titled(row.thing, language),
            row.thing.state,
            row.is_institution,
            row.units,
            " ".join(row.other_parents) or None,
        )
        for row in rows
    )
    title = say("pictures.tree", language, title=answer.start.full_name(language))
    return table(title, names, cells, answer, language)


def ancestors(answer: Ancestors, language: Language) -> Table:
    """One row for each unit above the one asked about, nearest first."""
    names = ("depth", "id", "title", "belongs_to", "state", "is_institution")
    cells = ((row.depth, *titled(row.thing, language), row.thing.state, row.is_institution) for row in answer.rows)
    title = say("tables.ancestors", language, title=answer.start.full_name(language))
    return table(title, names, cells, answer, language)
