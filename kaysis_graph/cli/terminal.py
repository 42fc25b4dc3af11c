"""Where a command speaks: the reader's language, the settings, and both outputs of the process."""

import io
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import cast

import typer
from rich.console import Console
from rich.text import Text

from kaysis_graph.errors import NotFound
from kaysis_graph.messages import Language, say
from kaysis_graph.settings import Settings

# Piped text stays one line for each row, however long: it is read by grep.
_NO_WIDTH = 100_000


@dataclass
class Terminal:
    """One run of a command.

    `settings` are set once they could be read. Data goes to `out`; progress, notes and refusals go to `err`.
    """

    language: Language
    settings: Settings = field(init=False)

    @cached_property
    def out(self) -> Console:
        """Standard output; without colours and line breaks of ours when it is no terminal."""
        return _console(is_error=False)

    @cached_property
    def err(self) -> Console:
        """Standard error."""
        return _console(is_error=True)

    @property
    def is_seen(self) -> bool:
        """Whether a person looks at standard output."""
        return self.out.is_terminal

    def say(self, key: str, /, **values: object) -> str:
        """The text of the key in the reader's language."""
        return say(key, self.language, **values)

    def number(self, value: int) -> str:
        """A number with its thousands apart, as the language writes it."""
        told = f"{value:,}"
        return told.replace(",", ".") if self.language == "tr" else told

    def print(self, said: str | Text = "", style: str = "") -> None:
        """A line on standard output."""
        self.out.print(Text(said, style=style) if isinstance(said, str) else said)

    def data(self, pieces: Iterable[str]) -> None:
        """What programs read, as UTF-8 whatever encoding the pipe claims; on a screen in its own."""
        if self.is_seen:
            for piece in pieces:
                sys.stdout.write(piece)
            return
        sys.stdout.flush()
        for piece in pieces:
            sys.stdout.buffer.write(piece.encode())

    def note(self, said: str | Text, style: str = "dim") -> None:
        """A line beside the data, on standard error."""
        self.err.print(Text(said, style=style) if isinstance(said, str) else said)


def replace_unwritable() -> None:
    """Letters that the encoding of a pipe or a screen lacks become question marks, instead of an error."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def terminal_of(context: typer.Context) -> Terminal:
    """The terminal of a running command."""
    return cast("Terminal", context.obj)


def _console(*, is_error: bool) -> Console:
    stream = sys.stderr if is_error else sys.stdout
    # Records are strangers' words: nothing in them may be read as markup, a smiley or a number to colour.
    return Console(
        file=stream,
        markup=False,
        emoji=False,
        highlight=False,
        width=None if stream.isatty() else _NO_WIDTH,
    )


class Several(NotFound):
    """A name that more than one record answers to; `named` are the identifiers with their titles and kinds."""

    def __init__(self, words: str, named: list[tuple[str, str, str]]) -> None:
        super().__init__("cli.several", words=words, count=len(named))
        self.named = named
