"""Rows and indented text that fit a terminal, and stay one line each in a pipe."""

from collections.abc import Sequence

from rich.cells import cell_len
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from kaysis_graph.cli.terminal import Terminal


def indented(terminal: Terminal, said: Text, by: int) -> None:
    """Text with room before it; broken between words it keeps that room."""
    if terminal.is_seen:
        terminal.out.print(Padding(said, (0, 0, 0, by), expand=False))
        return
    for line in said.split():
        terminal.print(Text(" " * by) + line)


def rows(
    terminal: Terminal, heads: Sequence[str], lines: Sequence[Sequence[Text]], right: Sequence[int] = (), by: int = 0
) -> None:
    """A table: the last column takes the room that is left and wraps between words, the others stay whole.

    In a pipe each row is one line with its columns aligned. `right` are the columns of numbers, `by` is the room
    before the table. Without any heading there is no line of headings.
    """
    if not lines:
        return
    if not terminal.is_seen:
        _aligned(terminal, [*([[Text(head) for head in heads]] if any(heads) else []), *lines], right, by)
        return
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold", pad_edge=False, show_header=any(heads))
    for number, head in enumerate(heads):
        is_last = number == len(heads) - 1
        table.add_column(
            head,
            no_wrap=not is_last,
            overflow="fold" if is_last else "ellipsis",
            justify="right" if number in right else "left",
        )
    for line in lines:
        table.add_row(*line)
    terminal.out.print(Padding(table, (0, 0, 0, by), expand=False))


def _aligned(terminal: Terminal, lines: Sequence[Sequence[Text]], right: Sequence[int], by: int) -> None:
    told = [[cell.plain.replace("\n", " ") for cell in line] for line in lines]
    widths = [max(cell_len(line[number]) for line in told) for number in range(len(told[0]))]
    for line in told:
        padded = [
            " " * (width - cell_len(cell)) + cell if number in right else cell + " " * (width - cell_len(cell))
            for number, (cell, width) in enumerate(zip(line, widths, strict=True))
        ]
        terminal.print(" " * by + "  ".join(padded).rstrip())
