"""Importing files by a map: everything is read and checked first; then what differs is written, batch by batch.

A dry run is the same without the writing. An import that is broken off goes on when it is run again: what it wrote
is found in the graph and does not differ any more.
"""

import hashlib
import itertools
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from kaysis_graph import text
from kaysis_graph.errors import Invalid, Problem
from kaysis_graph.graph import history
from kaysis_graph.graph.history import Author
from kaysis_graph.graph.queries import load
from kaysis_graph.graph.store import Reader, Store
from kaysis_graph.messages import Language
from kaysis_graph.registry.transfer import comparing, jobs, sources, writing
from kaysis_graph.registry.transfer.applying import Applying
from kaysis_graph.registry.transfer.comparing import Compared
from kaysis_graph.registry.transfer.report import FileRead, ImportReport, write_problems
from kaysis_graph.registry.transfer.rules import ImportMap
from kaysis_graph.registry.transfer.spool import Count, Spool
from kaysis_graph.schema import Schema

Progress = Callable[[str, int, int | None], None]
_FIND = load("transfer/find")
_ANYTHING = load("transfer/anything")
_SHOWN_PROBLEMS = 200
_STEP = 1_000


@dataclass(frozen=True)
class Found:
    """A record of a name with what it is part of."""

    id: str
    wholes: list[str]


@dataclass(frozen=True)
class Anything:
    """Whether the graph holds or has held anything."""

    found: bool


@dataclass
class _Run:
    """One run with what all its stages need."""

    store: Store
    schema: Schema
    paths: Sequence[Path]
    mapping: ImportMap
    author: Author
    progress: Progress
    files: list[sources.File] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)


def check(  # noqa: PLR0913  # what, how, by whom, and where to report
    store: Store,
    schema: Schema,
    paths: Sequence[Path],
    mapping: ImportMap,
    author: Author,
    *,
    progress: Progress | None = None,
    report_folder: Path | None = None,
    language: Language = "tr",
) -> ImportReport:
    """The report of an import that writes nothing: the dry run."""
    run_now = _Run(store, schema, paths, mapping, author, progress or _quiet)
    with Spool(mapping.columns_by_field()) as spool:
        compared = _checked(run_now, spool)
        return _report(run_now, spool, compared, report_folder, language)


def run(  # noqa: PLR0913  # what, how, by whom, and where to report
    store: Store,
    schema: Schema,
    paths: Sequence[Path],
    mapping: ImportMap,
    author: Author,
    *,
    progress: Progress | None = None,
    report_folder: Path | None = None,
    language: Language = "tr",
) -> ImportReport:
    """The files written to the graph when nothing in them is an error; the report tells which.

    `progress` hears the stage (`read`, `check`, `write`), how far it is and how far it goes, where that is known.
    """
    run_now = _Run(store, schema, paths, mapping, author, progress or _quiet)
    with Spool(mapping.columns_by_field()) as spool:
        compared = _checked(run_now, spool)
        report = _report(run_now, spool, compared, report_folder, language)
        if report.status == "refused":
            return report
        begun = time.perf_counter()
        with_job = replace(author, job=report.job)
        written = writing.write(store, schema, spool, with_job, _fingerprint(run_now), run_now.progress)
        run_now.seconds["write"] = round(time.perf_counter() - begun, 3)
    return replace(
        report,
        status="written" if written.changes else "unchanged",
        changes=written.changes,
        sequence=history.head(store).number,
    )


def _checked(run_now: _Run, spool: Spool) -> Compared:
    begun = time.perf_counter()
    _read(run_now, spool)
    total = spool.close_reading()
    read = time.perf_counter()
    run_now.seconds["read"] = round(read - begun, 3)
    reader: Reader = run_now.store if has_anything(run_now.store) else comparing.Nothing()
    compared = comparing.compare(
        reader, run_now.schema, spool, lambda done: run_now.progress("check", min(done, total), total)
    )
    run_now.seconds["check"] = round(time.perf_counter() - read, 3)
    return compared


def _read(run_now: _Run, spool: Spool) -> None:
    applying = Applying(run_now.schema, run_now.mapping, finder_in(run_now.store))
    done = itertools.count(1)
    for path in run_now.paths:
        try:
            file = sources.opened(path, run_now.mapping.source)
            run_now.files.append(file)
            columns_before = set(applying.columns)
            applying.columns.clear()
            for row in _told_columns(run_now, spool, file):
                if row.problem:
                    spool.report([row.problem])
                else:
                    for given in applying.given(file, row):
                        spool.add(given)
                if (number := next(done)) % _STEP == 0:
                    run_now.progress("read", number, None)
            if file.header is None:
                spool.report(_column_problems(run_now.mapping, file, applying.columns))
            applying.columns |= columns_before
            spool.report(file.problems)
        except Invalid as invalid:
            spool.report(invalid.problems)


def _told_columns(run_now: _Run, spool: Spool, file: sources.File) -> Iterator[sources.Row]:
    """The rows, after the columns of a file that has a header were held against the map."""
    is_told = False
    for row in sources.rows(file, run_now.mapping.source):
        if not is_told and file.header is not None:
            problems = list(_column_problems(run_now.mapping, file, set(file.header)))
            spool.report(problems)
            is_told = True
        yield row
    if file.rows == 0:
        spool.report([Problem("transfer.no_rows", {"file": file.name}, {}, "warning")])


def _column_problems(mapping: ImportMap, file: sources.File, has: set[str]) -> Iterator[Problem]:
    wanted = mapping.columns()
    if mapping.ignore != "*":
        known = wanted | set(mapping.ignore)
        for name in sorted(has - known):
            if not any(name.startswith(f"{left}.") for left in mapping.ignore):
                yield Problem("transfer.unknown_column", {"file": file.name, "row": 1, "column": name}, {"name": name})
    if file.rows:
        for name in sorted(wanted - has):
            values = {"name": name, "known": ", ".join(sorted(has))[:300]}
            yield Problem("transfer.missing_column", {"file": file.name, "row": 1, "column": name}, values)


def has_anything(store: Store) -> bool:
    """Whether the graph has records or a history."""
    return store.read(_ANYTHING, into=Anything)[0].found


def finder_in(reader: Reader) -> Callable[[str, str, str | None], list[str]]:
    """A search for records by kind, name and what they are part of, which remembers its answers."""
    held: dict[tuple[str, str], list[Found]] = {}

    def find(kind: str, title: str, part_of: str | None) -> list[str]:
        key = (kind, text.fold(title))
        if key not in held:
            held[key] = reader.read(_FIND.named(KIND=kind), into=Found, name=key[1])
        return [found.id for found in held[key] if part_of is None or part_of in found.wholes]

    return find


def _fingerprint(run_now: _Run) -> str:
    told = [run_now.mapping.model_dump_json(), *(sources.fingerprint(path) for path in run_now.paths)]
    return hashlib.sha256("\n".join(told).encode()).hexdigest()


def _report(run_now: _Run, spool: Spool, compared: Compared, folder: Path | None, language: Language) -> ImportReport:
    fingerprint = _fingerprint(run_now) if all(path.is_file() for path in run_now.paths) else ""
    job = jobs.job_for(run_now.store, fingerprint) if fingerprint else ""
    errors = sum(count for (_, severity), count in spool.counts.items() if severity == "error")
    counts = sorted(spool.counts.items(), key=lambda item: (item[0][1], -item[1], item[0][0]))
    file = write_problems(folder / f"{job}.csv", spool.problems(), language) if folder and spool.counts else None
    return ImportReport(
        status="refused" if spool.has_errors else "checked",
        job=job,
        files=tuple(
            FileRead(file.name, file.format, file.encoding, file.delimiter, file.rows) for file in run_now.files
        ),
        records=compared.records,
        edges=compared.edges,
        errors=errors,
        warnings=spool.counts.total() - errors,
        by_rule=tuple(
            Count(rule, "error" if severity == "error" else "warning", count) for (rule, severity), count in counts
        ),
        first_problems=tuple(itertools.islice(spool.problems(), _SHOWN_PROBLEMS)),
        problem_file=file,
        changes=0,
        sequence=history.head(run_now.store).number,
        seconds=run_now.seconds,
    )


def _quiet(stage: str, done: int, total: int | None) -> None:
    """Progress nobody asked for."""
