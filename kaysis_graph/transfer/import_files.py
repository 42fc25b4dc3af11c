"""Importing files: everything is read and checked first; then what differs is written, batch by batch.

A dry run is the same without the writing. An import that is broken off goes on when it is run again: what it wrote
is found in the graph and does not differ any more.
"""

import hashlib
import itertools
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from kaysis_graph.errors import Problem
from kaysis_graph.graph import history
from kaysis_graph.graph.history import Author, Head
from kaysis_graph.graph.queries import load
from kaysis_graph.graph.store import Reader, Store
from kaysis_graph.messages import Language
from kaysis_graph.schema import Schema
from kaysis_graph.transfer import batches, comparison, jobs
from kaysis_graph.transfer.comparison import Compared
from kaysis_graph.transfer.inventions import Invention
from kaysis_graph.transfer.maps.applied import Given
from kaysis_graph.transfer.report import FileRead, ImportReport, write_problems
from kaysis_graph.transfer.sources import file_rows
from kaysis_graph.transfer.spool import RuleBreaks, Spool
from kaysis_graph.transfer.unfinished_jobs import unfinished_problems

Progress = Callable[[str, int, int | None], None]
_ANYTHING = load("transfer/anything")
_SHOWN_PROBLEMS = 200
# Whether the other end of an edge is there is known when all rows are read.
_OF_OTHER_ROWS = frozenset({"checks.no_target", "checks.no_source", "checks.unfit_target", "checks.too_few"})
_OF_COLUMNS = frozenset({"transfer.unknown_column", "transfer.unknown_columns", "transfer.missing_column"})


@dataclass(frozen=True)
class Anything:
    """Whether the graph holds or has held anything."""

    found: bool


@dataclass(frozen=True)
class ImportSource:
    """What is brought in: its files, how they are read, and what else decides what they say, such as a map.

    `read` gives what the files say, and what in them cannot be read, as problems. It is told the graph as it is, a
    list to note each file in, and whom to tell how many rows are done. `columns` names those behind a field, or the
    properties of RDF.
    What is not `is_by_row`, such as RDF, has no first rows to judge the rest by. `folder` is the one that was brought
    in as a whole, if one was.
    """

    paths: Sequence[Path]
    rules: str
    read: Callable[[Reader, list[FileRead], Callable[[int], None]], Iterator[Given]]
    columns: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    is_by_row: bool = True
    folder: Path | None = None

    @property
    def name(self) -> str:
        """What people call it: the folder, or the files."""
        return self.folder.resolve().name if self.folder else ", ".join(path.name for path in self.paths)


@dataclass
class _Run:
    """One run with what all its stages need."""

    store: Store
    schema: Schema
    source: ImportSource
    author: Author
    progress: Progress
    files: list[FileRead] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)
    fingerprint: str = ""
    job: str = ""
    # Where the sequence stood before anything was compared with the graph.
    compared_at: Head = field(default_factory=lambda: Head(0, history.FIRST_HASH))


def check(  # noqa: PLR0913  # what, how, by whom, and where to report
    store: Store,
    schema: Schema,
    source: ImportSource,
    author: Author,
    *,
    progress: Progress | None = None,
    report_folder: Path | None = None,
    language: Language = "tr",
) -> ImportReport:
    """The report of an import that writes nothing: the dry run."""
    run_now = _Run(store, schema, source, author, progress or _quiet)
    with Spool(source.columns) as spool:
        compared = _checked(run_now, spool)
        return _report(run_now, spool, compared, report_folder, language)


def run(  # noqa: PLR0913  # what, how, by whom, and where to report
    store: Store,
    schema: Schema,
    source: ImportSource,
    author: Author,
    *,
    progress: Progress | None = None,
    report_folder: Path | None = None,
    language: Language = "tr",
) -> ImportReport:
    """The files written to the graph when nothing in them is an error; the report tells which.

    `progress` hears the stage (`read`, `check`, `write`), how far it is and how far it goes, where that is known.
    """
    run_now = _Run(store, schema, source, author, progress or _quiet)
    with Spool(source.columns) as spool:
        compared = _checked(run_now, spool)
        report = _report(run_now, spool, compared, report_folder, language)
        if report.status == "refused":
            return report
        begun = time.perf_counter()
        with_job = replace(author, job=report.job)
        written = batches.write(
            store, schema, spool, run_now.compared_at, with_job, run_now.fingerprint, run_now.progress
        )
        run_now.seconds["write"] = round(time.perf_counter() - begun, 3)
    return replace(
        report,
        status="written" if written.changes else "unchanged",
        changes=written.changes,
        sequence=history.head(store).number,
    )


def _checked(run_now: _Run, spool: Spool) -> Compared:
    begun = time.perf_counter()
    is_whole = _read(run_now, spool)
    total = spool.close_reading()
    read = time.perf_counter()
    run_now.seconds["read"] = round(read - begun, 3)
    if all(path.is_file() for path in run_now.source.paths):
        run_now.fingerprint = _fingerprint(run_now.source)
        run_now.job = jobs.job_for(run_now.store, run_now.fingerprint)
    if not is_whole:
        return Compared()
    run_now.compared_at = history.head(run_now.store)
    spool.report(unfinished_problems(run_now.store, spool, run_now.job))
    compared = comparison.compare(
        _reader(run_now), run_now.schema, spool, lambda done: run_now.progress("check", min(done, total), total)
    )
    run_now.seconds["check"] = round(time.perf_counter() - read, 3)
    return compared


def _reader(run_now: _Run) -> Reader:
    return run_now.store if has_anything(run_now.store) else comparison.Nothing()


def _read(run_now: _Run, spool: Spool) -> bool:
    """Takes what the files say into the spool; whether it read on when a thousand rows were read.

    When each of them has an error, or a column is wrong, who waits need not wait for the rest.
    """
    rows = 0

    def step(done: int) -> None:
        nonlocal rows
        rows = done
        run_now.progress("read", done, None)

    told = iter(run_now.source.read(run_now.store, run_now.files, step))
    first: list[Given] = []
    for given in told:
        first.append(given)
        if rows:
            break
    if rows and run_now.source.is_by_row:
        errors = _errors_of_first_rows(run_now, first)
        for rule, is_so in (
            ("transfer.columns_wrong", any(problem.rule in _OF_COLUMNS for problem in errors)),
            ("transfer.all_rows_wrong", _is_every_row_wrong(first, errors)),
        ):
            if is_so:
                spool.report([*errors, Problem(rule, {}, {"count": rows})])
                return False
    for given in itertools.chain(first, told):
        spool.add(given)
    return True


def _errors_of_first_rows(run_now: _Run, first: Sequence[Given]) -> list[Problem]:
    """The errors in the first rows; what concerns rows that were not read is left aside."""
    with Spool(run_now.source.columns) as trial:
        for given in first:
            trial.add(given)
        trial.close_reading()
        comparison.compare(_reader(run_now), run_now.schema, trial, lambda _: None)
        return [
            problem
            for problem in trial.problems()
            if problem.severity == "error" and "row" in problem.place and problem.rule not in _OF_OTHER_ROWS
        ]


def _is_every_row_wrong(first: Sequence[Given], errors: Sequence[Problem]) -> bool:
    rows = {spot for given in first if not isinstance(given, Invention) and (spot := _spot(given.place))}
    return bool(rows) and rows <= {_spot(problem.place) for problem in errors}


def _spot(place: Mapping[str, str | int]) -> tuple[str | int, str | int] | None:
    return (place["file"], place["row"]) if "row" in place and "file" in place else None


def has_anything(store: Store) -> bool:
    """Whether the graph has records or a history."""
    return store.read(_ANYTHING, into=Anything)[0].found


def _fingerprint(source: ImportSource) -> str:
    told = [source.rules, *(file_rows.fingerprint(path) for path in source.paths)]
    return hashlib.sha256("\n".join(told).encode()).hexdigest()


def _report(run_now: _Run, spool: Spool, compared: Compared, folder: Path | None, language: Language) -> ImportReport:
    errors = sum(count for (_, severity), count in spool.counts.items() if severity == "error")
    counts = sorted(spool.counts.items(), key=lambda item: (item[0][1], -item[1], item[0][0]))
    file = (
        write_problems(folder / f"{run_now.job}.csv", spool.problems(), language) if folder and spool.counts else None
    )
    return ImportReport(
        status="refused" if spool.has_errors else "checked",
        job=run_now.job,
        files=tuple(run_now.files),
        records=compared.records,
        edges=compared.edges,
        errors=errors,
        warnings=spool.counts.total() - errors,
        by_rule=tuple(
            RuleBreaks(rule, "error" if severity == "error" else "warning", count) for (rule, severity), count in counts
        ),
        first_problems=tuple(itertools.islice(spool.problems(), _SHOWN_PROBLEMS)),
        problem_file=file,
        changes=0,
        sequence=history.head(run_now.store).number,
        seconds=run_now.seconds,
    )


def _quiet(stage: str, done: int, total: int | None) -> None:
    """Progress nobody asked for."""
