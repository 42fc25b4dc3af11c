"""An answer written in the form that was asked for: for people, or as a file that programs read."""

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from kaysis_graph import files, schema
from kaysis_graph.answers.json import Body, Plain
from kaysis_graph.cli.exit_codes import Incomplete, Misuse, not_written
from kaysis_graph.cli.open_graph import day
from kaysis_graph.cli.options import Format, OutputOptions
from kaysis_graph.cli.terminal import Terminal
from kaysis_graph.render import table
from kaysis_graph.render.diagram import Diagram
from kaysis_graph.render.formats import FORMATS
from kaysis_graph.render.table import Table

if TYPE_CHECKING:
    from kaysis_graph.answers.answer import Answer, Cut
    from kaysis_graph.answers.reply import Reply

# More rows than any graph has; for answers that hold their rows.
EVERY_ROW = 2**31 - 1
_SUFFIXES: dict[str, Format] = {
    **{f".{form.suffix}": name for name, form in FORMATS.items() if name != "html"},
    ".mermaid": "mermaid",
}
# The way on as the command line says it; other cuts say their own.
_WAYS_ON = frozenset(
    {
        "answers.page",
        "answers.last_page",
        "answers.past_end",
        "answers.cursor",
        "answers.depth",
        "flows.shortened",
        "impact.named",
        "paths.longest",
        "paths.much_longer",
        "paths.too_many",
        "quality.more",
        "what_if.shortened",
    }
)


@dataclass(frozen=True)
class Forms:
    """An answer with the forms it can take. Each is made only when it is asked for.

    `drawn` is a picture that is no diagram, as SVG. `rows` are the rows of the whole list for JSON, in the field of
    that name; None where the answer holds all of it.
    """

    answer: "Answer"
    show: Callable[[], None]
    table: Callable[[], Table] | None = None
    diagram: Callable[[], Diagram] | None = None
    drawn: Callable[[], str] | None = None
    rows: tuple[str, Callable[[], Iterable[object]]] | None = None


def format_of(asked: OutputOptions) -> Format:
    """The form that was asked for, or that the file's name tells; `table` for people otherwise."""
    if asked.format is not None:
        return asked.format
    if asked.output is None:
        return "table"
    found = _SUFFIXES.get(Path(asked.output).suffix)
    if found is None:
        raise Misuse("cli.unknown_suffix", file=asked.output, known=" ".join(_SUFFIXES))
    return found


def day_of(asked: OutputOptions) -> date:
    """The day asked about; Misuse for a day that is none, and for a file whose name tells no form.

    Asked before anything is opened: who mistyped need not wait for the graph.
    """
    if format_of(asked) == "table" and asked.output is not None:
        raise Misuse("cli.table_to_file", file=asked.output)
    return day(asked.at)


def is_whole_list(asked: OutputOptions) -> bool:
    """Whether the form takes the list whole: JSON, CSV and XLSX do, unless a page of it was asked for."""
    return format_of(asked) in ("json", "csv", "xlsx") and not asked.is_page


def write(terminal: Terminal, asked: OutputOptions, forms: Forms) -> None:
    """Writes the answer and its last line; Incomplete afterwards when `--whole` asked for all of it."""
    answer = forms.answer
    match format_of(asked):
        case "table":
            forms.show()
            terminal.print()
            terminal.print(last_line(terminal, answer), "dim")
        case "json":
            text(terminal, asked, _json(terminal, forms))
        case "csv":
            text(terminal, asked, table.csv(_table(forms)))
        case "xlsx":
            binary(terminal, asked, table.xlsx(_table(forms)))
        case "png" | "pdf" as form:
            binary(terminal, asked, _painted(form, _svg(forms)))
        case "svg" | "mermaid" | "graphml" | "bpmn" as form:
            text(terminal, asked, _picture(form, forms))
    if format_of(asked) != "table":
        terminal.note(last_line(terminal, answer))
    if asked.whole and not answer.complete:
        raise Incomplete("cli.incomplete")


def write_reply(terminal: Terminal, asked: OutputOptions, reply: "Reply[Any, Any]", show: Callable[[], None]) -> None:
    """Writes a reply in the form asked for: `show` shows it to people, files hold the whole list or the page of it."""
    is_file_of_rows = format_of(asked) in ("json", "csv", "xlsx")
    listing = None
    if is_file_of_rows:
        listing = reply.listing if is_whole_list(asked) else reply.page_listing
    forms = Forms(
        reply.answer if listing is None else listing.answer,
        show=show,
        table=(lambda: reply.table(reply.page_listing if listing is None else listing)) if reply.make_table else None,
        diagram=(lambda: reply.diagram) if reply.make_diagram else None,
        drawn=(lambda: reply.drawing) if reply.make_drawing else None,
        rows=(reply.list_field, lambda: listing.rows) if reply.list_field and listing is not None else None,
    )
    write(terminal, asked, forms)


def last_line(terminal: Terminal, answer: "Answer") -> str:
    """The day, the change, and whether the answer is whole, or why not and the way on."""
    said = terminal.say("cli.as_of", at=answer.at.isoformat(), sequence=terminal.number(answer.sequence))
    if answer.cut is None:
        return f"{said} · {terminal.say('cli.whole')}"
    return " ".join(
        [f"{said} ·", *(f"{cut.why(terminal.language)} {way_on(terminal, cut)}" for cut in answer.cut.each)]
    )


def way_on(terminal: Terminal, cut: "Cut") -> str:
    """How to get the rest, in the words of the command line where they differ."""
    if cut.key in _WAYS_ON:
        return terminal.say(f"cli.way_on_{cut.key.replace('.', '_')}", **cut.values)
    return cut.how(terminal.language)


def text(terminal: Terminal, asked: OutputOptions, pieces: Iterable[str]) -> None:
    """Text to the file or to standard output, piece by piece."""
    if asked.output is None:
        terminal.data((*pieces, "\n") if terminal.is_seen else pieces)
        return
    try:
        with files.written_whole(Path(asked.output)) as path, path.open("w", encoding="utf-8", newline="") as file:
            file.writelines(pieces)
    except OSError as error:
        raise not_written(Path(asked.output), error) from error
    _say_written(terminal, asked.output)


def binary(terminal: Terminal, asked: OutputOptions, content: bytes) -> None:
    """Bytes to the file, or to standard output when a program reads it."""
    if asked.output is None:
        if terminal.is_seen:
            raise Misuse("cli.needs_file")
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        return
    try:
        with files.written_whole(Path(asked.output)) as path:
            path.write_bytes(content)
    except OSError as error:
        raise not_written(Path(asked.output), error) from error
    _say_written(terminal, asked.output)


def json_text(terminal: Terminal, value: object) -> str:
    """Any value in the shape that the API gives it."""
    return json.dumps(json_body(terminal, value), ensure_ascii=False, indent=1) + "\n"


def json_body(terminal: Terminal, value: object) -> Plain:
    """The value as JSON takes it; the API has the one form of a record in JSON."""
    return Body(schema.read(), terminal.language).plain(value)


def _json(terminal: Terminal, forms: Forms) -> Iterator[str]:
    if forms.rows is None:
        yield json_text(terminal, forms.answer)
        return
    name, rows = forms.rows
    emptied = replace(forms.answer, **{name: ()})  # type: ignore[arg-type]  # a field of this answer
    told = json_body(terminal, emptied)
    assert isinstance(told, dict), "an answer is an object"
    head = {key: value for key, value in told.items() if key != name}
    yield json.dumps(head, ensure_ascii=False, indent=1).removesuffix("\n}")
    yield f',\n "{name}": ['
    between = "\n  "
    for row in rows():
        yield between + json.dumps(json_body(terminal, row), ensure_ascii=False)
        between = ",\n  "
    yield "\n ]\n}\n"


def _table(forms: Forms) -> Table:
    if forms.table is None:
        raise Misuse("cli.no_such_form")
    return forms.table()


def _svg(forms: Forms) -> str:
    if forms.drawn is not None:
        return forms.drawn()
    from kaysis_graph.render import svg

    return svg.render(_diagram(forms))


def _diagram(forms: Forms) -> Diagram:
    if forms.diagram is None:
        raise Misuse("cli.no_such_form")
    return forms.diagram()


def _process(forms: Forms) -> Diagram:
    diagram = _diagram(forms)
    if diagram.layout != "lanes":
        raise Misuse("cli.no_such_form")
    return diagram


def _picture(form: Literal["svg", "mermaid", "graphml", "bpmn"], forms: Forms) -> list[str]:
    # The layout brings networkx and scipy with it: half a second that lists need not wait for.
    match form:
        case "svg":
            return [_svg(forms)]
        case "graphml":
            from kaysis_graph.render import graphml

            return [graphml.render(_diagram(forms))]
        case "bpmn":
            from kaysis_graph.render import bpmn

            return [bpmn.render(_process(forms))]
        case "mermaid":
            from kaysis_graph.render import mermaid

            return [f"{part}\n" for part in mermaid.render(_diagram(forms))]


def _painted(form: Literal["png", "pdf"], drawn: str) -> bytes:
    from kaysis_graph.render import raster

    return raster.png(drawn) if form == "png" else raster.pdf(drawn)


def _say_written(terminal: Terminal, file: str) -> None:
    size = terminal.number(Path(file).stat().st_size)
    terminal.note(terminal.say("cli.written", file=file, size=size), "")


# What a person reads at once; the last line tells how to go on.
ROWS_ON_SCREEN = 50
# A picture is grouped beyond this many boxes, so more rows would not be seen.
ROWS_IN_PICTURE = 2_000


def limit_of(asked: OutputOptions) -> int:
    """How many rows the answer is to hold."""
    if asked.limit is not None:
        return asked.limit
    if is_whole_list(asked):
        return EVERY_ROW
    return ROWS_ON_SCREEN if asked.format in (None, "table") and asked.output is None else ROWS_IN_PICTURE
