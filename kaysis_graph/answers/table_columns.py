"""Answers as tables: the columns of their CSV and XLSX, the same for the API and the command line.

Each takes its rows apart from the answer, so that a stream of all rows can stand in for the page the answer holds.
Codes and kinds stay as programs know them; several identifiers in one cell stand between blanks.
"""

from collections.abc import Iterable

from kaysis_graph.answers.answer import Answer, Thing
from kaysis_graph.messages import Language, say
from kaysis_graph.render.table import Cell, Column, Table


def titled(thing: Thing, language: Language) -> tuple[str, str, str | None]:
    """Identifier and title, with whose the record is where others share the title: `id`, `title`, `belongs_to`."""
    return thing.id, thing.name(language), thing.distinction(language) or None


def table(
    title: str, names: tuple[str, ...], cells: Iterable[tuple[Cell, ...]], answer: Answer, language: Language
) -> Table:
    """A table whose columns are labelled by `messages/tables.toml`, with the day and what was cut in its notes."""
    columns = tuple(Column(name, say(f"tables.{name}", language)) for name in names)
    notes = [say("pictures.as_of", language, at=answer.at.isoformat(), sequence=answer.sequence)]
    if answer.cut is not None:
        notes.append(answer.cut.sentence(language))
    return Table(title, columns, cells, tuple(notes))


OF_THING = ("kind", "id", "title", "belongs_to", "state")


def name_of(thing: Thing | None, language: Language) -> str | None:
    """The name of a record in a cell; empty where there is none."""
    return None if thing is None else thing.name(language)


def cells_of(thing: Thing, language: Language) -> tuple[Cell, ...]:
    """The cells of a record under the columns of `OF_THING`."""
    return thing.kind, *titled(thing, language), thing.state
