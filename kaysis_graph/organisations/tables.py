"""The structure branch by branch, and its changes, as tables: the columns of their CSV and XLSX."""

from collections.abc import Iterable

from kaysis_graph.answers.answer import Answer, Thing
from kaysis_graph.answers.table_columns import titled
from kaysis_graph.messages import Language, say
from kaysis_graph.organisations.branches import Branches
from kaysis_graph.organisations.change_days import ChangeDays
from kaysis_graph.organisations.difference import Altered, Difference
from kaysis_graph.render.table import Cell, Column, Table
from kaysis_graph.text import written_day


def children(answer: Branches, language: Language) -> Table:
    """One row for each unit of the page."""
    names = (
        "id",
        "title",
        "belongs_to",
        "state",
        "is_institution",
        "unit_count",
        "other_parents",
        "tie_from",
        "tie_to",
    )
    cells = (
        (
            *titled(row.thing, language),
            row.thing.state,
            row.is_institution,
            row.units,
            _ids(row.other_parents),
            row.tie_from,
            row.tie_to,
        )
        for row in answer.rows
    )
    parent = answer.parent
    title = (
        say("tree.roots", language) if parent is None else say("tree.under", language, title=parent.full_name(language))
    )
    return _table(title, names, cells, answer, language)


def difference(answer: Difference, rows: Iterable[Altered], language: Language) -> Table:
    """One row for each unit that changed; several marks and identifiers in one cell stand between blanks."""
    names = (
        "day", "marks", "away", "id", "title", "belongs_to", "title_before", "parents_before", "parents_after",
        "successors", "bases", "source",
    )  # fmt: skip
    cells = (
        (
            row.day,
            " ".join(row.marks),
            " ".join(f"{away.valid_from}/{away.valid_to}" for away in row.away) or None,
            *titled(row.thing, language),
            row.title_before,
            _ids(row.parents_before),
            _ids(row.parents_after),
            _ids(row.successors),
            _ids(row.bases),
            row.source,
        )
        for row in rows
    )
    days = {"since": written_day(answer.since, language), "until": written_day(answer.at, language)}
    return _table(
        say("tree.difference_of", language, title=answer.start.full_name(language), **days),
        names,
        cells,
        answer,
        language,
    )


def change_days(answer: ChangeDays, language: Language) -> Table:
    """One row for each day, latest first."""
    cells = ((row.day, row.began, row.ended) for row in answer.rows)
    title = say("tree.days_of", language, title=answer.start.full_name(language))
    return _table(title, ("day", "began", "ended"), cells, answer, language)


def _ids(things: Iterable[Thing]) -> str | None:
    return " ".join(thing.id for thing in things) or None


def _table(
    title: str, names: tuple[str, ...], cells: Iterable[tuple[Cell, ...]], answer: Answer, language: Language
) -> Table:
    columns = tuple(Column(name, say(f"tree.column_{name}", language)) for name in names)
    notes = [say("pictures.as_of", language, at=written_day(answer.at, language), sequence=answer.sequence)]
    if answer.cut is not None:
        notes.append(answer.cut.sentence(language))
    return Table(title, columns, cells, tuple(notes))
