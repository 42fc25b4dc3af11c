"""What an import came to, for people and as a file."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from kaysis_graph.errors import Problem
from kaysis_graph.messages import Language
from kaysis_graph.transfer.comparison import ImportTotals
from kaysis_graph.transfer.spool import RuleBreaks

_PLACES = ("file", "row", "item", "column", "subject", "property", "kind", "id", "field", "edge", "map")


@dataclass(frozen=True)
class FileRead:
    """How a file was read: what it was found to be, and its rows."""

    name: str
    format: str
    encoding: str | None
    delimiter: str | None
    rows: int
    sheet: str | None = None


@dataclass(frozen=True)
class ImportReport:
    """What an import, or its dry run, came to.

    `checked`: a dry run without errors; `refused`: errors, nothing written; `written`: everything is in the graph;
    `unchanged`: everything was there before. `first_problems` are the first of all, errors before warnings, in the
    order of the rows; the file `problem_file` has them all, but of those alike only the first thousand. `seconds`
    tells the time of each stage.
    """

    status: Literal["checked", "refused", "written", "unchanged"]
    job: str
    files: tuple[FileRead, ...]
    records: ImportTotals
    edges: ImportTotals
    errors: int
    warnings: int
    by_rule: tuple[RuleBreaks, ...]
    first_problems: tuple[Problem, ...]
    problem_file: Path | None
    changes: int
    sequence: int
    seconds: dict[str, float] = field(default_factory=dict)


def write_problems(path: Path, problems: Iterable[Problem], language: Language) -> Path:
    """All problems as CSV that a spreadsheet opens rightly: severity, place, sentence, hint."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["severity", *_PLACES, "rule", "problem", "hint"])
        for problem in problems:
            where = [problem.place.get(name, "") for name in _PLACES]
            rows.writerow([problem.severity, *where, problem.rule, problem.text(language), problem.hint(language)])
    return path
