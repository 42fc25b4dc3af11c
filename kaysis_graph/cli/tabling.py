"""What the command on service tables does: the service standards table of a unit, and the service inventory."""

from itertools import islice
from typing import TYPE_CHECKING

from rich.text import Text

from kaysis_graph.answers import service_tables, services
from kaysis_graph.answers.answer import whole_list
from kaysis_graph.answers.service_answer import Inventory, InventoryRow, ServiceTable, Units
from kaysis_graph.cli import layout, showing
from kaysis_graph.cli.opening import meant, opened_graph
from kaysis_graph.cli.options import Asked
from kaysis_graph.cli.refusals import Misuse
from kaysis_graph.cli.terminal import Terminal
from kaysis_graph.cli.writing import Forms, day_of, is_whole_list, write

if TYPE_CHECKING:
    from collections.abc import Iterable

_ROWS_ON_SCREEN = 50


def services_of(
    terminal: Terminal, organisation: str | None, units: Units, asked: Asked, *, is_inventory: bool
) -> None:
    """The service standards table of an organisation, or its inventory; Misuse without one unless it is the latter."""
    if organisation is None and not is_inventory:
        raise Misuse("cli.whose_services")
    at = day_of(asked)
    with opened_graph(terminal) as graph:
        whose = None if organisation is None else meant(terminal, graph, organisation, "Organisation")
        if whose is not None and not is_inventory:
            answer = services.table(graph, whose, at, units)
            forms = Forms(
                answer,
                show=lambda: _show_table(terminal, answer, asked),
                table=lambda: service_tables.of_table(answer, terminal.language),
            )
            write(terminal, asked, forms)
            return
        limit = asked.limit or _ROWS_ON_SCREEN
        page = services.inventory(graph, whose, at, units, offset=asked.offset, limit=limit)
        rows: Iterable[InventoryRow] = page.rows
        if is_whole_list(asked):
            page = whole_list(page)
            rows = services.stream_inventory(graph, whose, at, units)
        forms = Forms(
            page,
            show=lambda: _show_inventory(terminal, page),
            table=lambda: service_tables.of_inventory(graph.schema, page, rows, terminal.language),
            rows=("rows", lambda: rows),
        )
        write(terminal, asked, forms)


def _show_table(terminal: Terminal, answer: ServiceTable, asked: Asked) -> None:
    """The legal form is Turkish in every language; only what we say around it is the reader's."""
    showing.heading(terminal, answer.title)
    terminal.print()
    shown = islice(answer.rows, asked.offset, asked.offset + (asked.limit or len(answer.rows)))
    for row in shown:
        terminal.print(
            Text.assemble(f"{row.number:>3}  ", (row.service.id, "cyan"), "  ", showing.called(terminal, row.service))
        )
        if documents := row.documents.text("tr"):
            layout.indented(terminal, Text(documents), 5)
        if duration := row.duration_text("tr"):
            terminal.print(f"     ⏱ {duration}", "green")
    if not answer.rows:
        terminal.print(terminal.say("cli.no_services"), "yellow")
    terminal.print()
    for note in service_tables.table_footnotes(answer, terminal.language):
        terminal.print(note, "dim")


def _show_inventory(terminal: Terminal, answer: Inventory) -> None:
    showing.heading(terminal, answer.title)
    terminal.print()
    lines = [
        (
            str(row.number),
            Text(row.service.id, "cyan"),
            row.file_plan_code or "",
            Text.assemble(
                showing.called(terminal, row.service),
                ("  " + ", ".join(thing.full_name(terminal.language) for thing in row.institutions[:2]), "dim"),
            ),
        )
        for row in answer.rows
    ]
    showing.rows(terminal, ("number", "id", "file_plan_code", "title"), lines, right=(0,))
