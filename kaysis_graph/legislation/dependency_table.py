"""Dependencies and lost bases of acts as tables: the columns of their CSV and XLSX."""

from collections.abc import Iterable

from kaysis_graph.answers.table_columns import OF_THING, cells_of, table, titled
from kaysis_graph.legislation.dependency_tree import Dependencies, Dependency, LostBase, Unfounded
from kaysis_graph.messages import Language, say
from kaysis_graph.render.table import Table


def dependencies(answer: Dependencies, rows: Iterable[Dependency], language: Language) -> Table:
    """One row for each record that depends on the act, or that it depends on."""
    names = ("depth", *OF_THING, "via", "via_title", "via_act")
    cells = (
        (row.depth, *cells_of(row.thing, language), row.via.id, row.via.name(language), row.via_act) for row in rows
    )
    key = f"pictures.{answer.relation}_{answer.direction}"
    return table(say(key, language, title=answer.start.full_name(language)), names, cells, answer, language)


def unfounded(answer: Unfounded, rows: Iterable[LostBase], language: Language) -> Table:
    """One row for each base that an act in force has lost."""
    names = ("id", "title", "belongs_to", "base_count", "lost_count", "base", "base_title", "base_state")
    cells = (
        (*titled(row.act, language), row.bases, len(row.lost), base.id, base.name(language), base.state)
        for row in rows
        for base in row.lost
    )
    return table(say(f"tables.unfounded_{answer.mode}", language), names, cells, answer, language)
