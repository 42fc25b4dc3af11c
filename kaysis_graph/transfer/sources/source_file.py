"""A file on its way in: how it was read so far, and the rows it gives."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from kaysis_graph.errors import Problem

Format = Literal["csv", "xlsx", "json", "jsonl"]


@dataclass(frozen=True)
class Row:
    """One row with its cells by column, and what is wrong with it; a broken one says nothing else.

    Of one that `is_plain` it is known that no cell has a sign that nobody sees, nor a run of blanks.
    """

    number: int
    cells: Mapping[str, Any]
    problems: tuple[Problem, ...] = ()
    is_plain: bool = False

    @property
    def is_broken(self) -> bool:
        """Whether its cells cannot be taken."""
        return bool(self.problems) and any(problem.severity == "error" for problem in self.problems)


@dataclass(frozen=True)
class Columns:
    """The columns that a map reads, those it ignores by name, and whether it ignores all others."""

    wanted: frozenset[str] = frozenset()
    ignored: frozenset[str] = frozenset()

    @property
    def leaves_others(self) -> bool:
        """Whether columns that the map does not name are left aside without a word."""
        return "*" in self.ignored


@dataclass
class File:
    """A file as it was read: how it is written, and how many rows it gave so far."""

    path: Path
    format: Format
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    rows: int = 0
    header: list[str] | None = None
    header_row: int = 1
    problems: list[Problem] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The name people know it by."""
        return self.path.name

    def note(self, rule: str, row: int | None = None, *, is_warning: bool = False, **values: object) -> None:
        """Keeps a problem of the file as a whole."""
        place: dict[str, str | int] = {"file": self.name} if row is None else {"file": self.name, "row": row}
        self.problems.append(Problem(rule, place, values, "warning" if is_warning else "error"))
