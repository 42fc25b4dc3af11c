"""Records and lists as people read them in a terminal: names with how they stood, tables that fit the width."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from rich.text import Text

from kaysis_graph import schema, text
from kaysis_graph.cli import layout
from kaysis_graph.cli.terminal import Terminal
from kaysis_graph.render.table import Cell, Table
from kaysis_graph.render.typeset import clean

if TYPE_CHECKING:
    from kaysis_graph.answers.answer import Thing

Shown = str | Text
_STYLES = {"ended": "dim", "repealed": "dim", "not_in_force": "dim", "future": "dim"}


def called(terminal: Terminal, thing: "Thing") -> Text:
    """The name with the marks that have to stand beside it: repealed, ended, not yet valid, unverified, a stub."""
    said = Text(clean(thing.full_name(terminal.language)), _STYLES.get(thing.state, ""))
    marks: list[str] = [thing.state] if thing.state != "valid" else []
    marks += ["unverified"] if thing.is_unverified else []
    marks += ["stub"] if thing.is_stub else []
    return marked(terminal, said, marks)


def marked(terminal: Terminal, said: Text, marks: Iterable[str]) -> Text:
    """The text with its marks in brackets."""
    if told := ", ".join(terminal.say(f"cli.mark_{mark}") for mark in marks):
        said.append(f" [{told}]", "yellow")
    return said


def named(terminal: Terminal, thing: "Thing") -> Text:
    """The identifier and the title on one line."""
    return Text.assemble((thing.id, "cyan"), "  ", called(terminal, thing))


def kind(terminal: Terminal, name: str) -> str:
    """The kind in the reader's language."""
    known = schema.read().kinds.get(name)
    return known.label.of(terminal.language) if known else name


def plural(terminal: Terminal, name: str) -> str:
    """The kind in the plural."""
    known = schema.read().kinds.get(name)
    return known.plural.of(terminal.language) if known else name


def edge(terminal: Terminal, name: str) -> str:
    """The edge type in the reader's language."""
    known = schema.read().edge_types.get(name)
    return known.label.of(terminal.language) if known else name


def heading(terminal: Terminal, said: Shown) -> None:
    """A line that says what follows."""
    terminal.print(said if isinstance(said, Text) else Text(said, "bold"))


def counts(terminal: Terminal, found: Iterable[tuple[str, int]]) -> str:
    """What there is how often, on one line."""
    return " · ".join(f"{name} {terminal.number(count)}" for name, count in found)


def rows(terminal: Terminal, heads: Sequence[str], lines: Iterable[Sequence[Shown]], right: Sequence[int] = ()) -> None:
    """A table under headings of the catalogue; see `layout.rows`."""
    told = [[cell if isinstance(cell, Text) else Text(clean(cell)) for cell in line] for line in lines]
    layout.rows(terminal, [terminal.say(f"cli.column_{head}") if head else "" for head in heads], told, right)


def sheet(terminal: Terminal, table: Table, columns: Sequence[str], under: str = "") -> None:
    """A table of an answer on a screen: its title, what is said `under` it, and the columns that fit."""
    heading(terminal, table.title)
    if under:
        terminal.print(under, "dim")
    terminal.print()
    places = {column.name: place for place, column in enumerate(table.columns)}
    lines = [[_cell(terminal, name, row[places[name]]) for name in columns] for row in table.rows]
    if not lines:
        terminal.print(terminal.say("cli.no_rows"), "yellow")
    layout.rows(terminal, [table.columns[places[name]].label for name in columns], lines)


def _cell(terminal: Terminal, name: str, value: Cell) -> Text:
    match value:
        case None:
            return Text("")
        case date():
            return Text(text.written_day(value, terminal.language))
        case str() if name == "what":
            return Text(terminal.say(f"acts.what_{value}"))
        case str() if name == "kind":
            return Text(kind(terminal, value))
        case _:
            return Text(clean(str(value)), "cyan" if name == "id" else "")
