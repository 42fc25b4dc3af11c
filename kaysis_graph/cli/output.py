"""An answer written in the form that was asked for: for people, or as a file that programs read."""

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
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

if TYPE_CHECKING:
    from kaysis_graph.answers.answer import Answer, Cut
    from kaysis_graph.answers.reply import Listing, Reply

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


def write_reply(
    terminal: Terminal,
    asked: OutputOptions,
    reply: "Reply[Any, Any]",
    show: Callable[[], None],
    *,
    takes_limit: bool = False,
) -> None:
    """Writes a reply in the form asked for, and its last line: `show` shows it to people, files hold the whole list.

    Only an answer with one list is read in parts; another may still be shortened: it `takes_limit`. Misuse for options
    that would say nothing; Incomplete afterwards when `--whole` asked for all of it.
    """
    if reply.list_field is None:
        if asked.limit is not None and not takes_limit:
            raise Misuse("cli.not_in_parts", option="--limit")
        if asked.offset:
            raise Misuse("cli.not_in_parts", option="--offset")
    if format_of(asked) == "table":
        show()
        terminal.print()
        terminal.print(last_line(terminal, reply.answer), "dim")
        answer = reply.answer
    else:
        answer = _write_file(terminal, asked, reply)
        terminal.note(last_line(terminal, answer))
    if asked.whole and not answer.complete:
        raise Incomplete("cli.incomplete")


def _write_file(terminal: Terminal, asked: OutputOptions, reply: "Reply[Any, Any]") -> "Answer":
    """Writes the form that programs read; the answer as that form holds it."""
    match format_of(asked):
        case "json" | "csv" | "xlsx" as form:
            listing = reply.listing if is_whole_list(asked) else reply.page_listing
            if form == "json":
                text(terminal, asked, _json(terminal, listing, reply.list_field))
            elif reply.make_table is None:
                raise Misuse("cli.no_such_form")
            elif form == "csv":
                text(terminal, asked, table.csv(reply.table(listing)))
            else:
                binary(terminal, asked, table.xlsx(reply.table(listing)))
            held: Answer = listing.answer
            return held
        case "png" | "pdf" as form:
            binary(terminal, asked, _painted(form, _svg(reply)))
        case "svg" | "mermaid" | "graphml" | "bpmn" as form:
            text(terminal, asked, _picture(form, reply))
    shown: Answer = reply.answer
    return shown


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


def _json(terminal: Terminal, listing: "Listing[Any, Any]", name: str | None) -> Iterator[str]:
    if name is None:
        yield json_text(terminal, listing.answer)
        return
    emptied = replace(listing.answer, **{name: ()})
    told = json_body(terminal, emptied)
    assert isinstance(told, dict), "an answer is an object"
    head = {key: value for key, value in told.items() if key != name}
    yield json.dumps(head, ensure_ascii=False, indent=1).removesuffix("\n}")
    yield f',\n "{name}": ['
    between = "\n  "
    for row in listing.rows:
        yield between + json.dumps(json_body(terminal, row), ensure_ascii=False)
        between = ",\n  "
    yield "\n ]\n}\n"


def _svg(reply: "Reply[Any, Any]") -> str:
    if reply.make_drawing is not None:
        return reply.drawing
    from kaysis_graph.render import svg

    return svg.render(_diagram(reply))


def _diagram(reply: "Reply[Any, Any]") -> Diagram:
    if reply.make_diagram is None:
        raise Misuse("cli.no_such_form")
    return reply.diagram


def _process(reply: "Reply[Any, Any]") -> Diagram:
    diagram = _diagram(reply)
    if diagram.layout != "lanes":
        raise Misuse("cli.no_such_form")
    return diagram


def _picture(form: Literal["svg", "mermaid", "graphml", "bpmn"], reply: "Reply[Any, Any]") -> list[str]:
    # The layout brings networkx and scipy with it: half a second that lists need not wait for.
    match form:
        case "svg":
            return [_svg(reply)]
        case "graphml":
            from kaysis_graph.render import graphml

            return [graphml.render(_diagram(reply))]
        case "bpmn":
            from kaysis_graph.render import bpmn

            return [bpmn.render(_process(reply))]
        case "mermaid":
            from kaysis_graph.render import mermaid

            return [f"{part}\n" for part in mermaid.render(_diagram(reply))]


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
