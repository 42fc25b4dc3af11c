"""What the commands on files do: imports with their report, undoing them, backups, the seed."""

import contextlib
import getpass
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.text import Text

from kaysis_graph import clock, schema
from kaysis_graph.cli import refusals, showing
from kaysis_graph.cli.opening import opened_store
from kaysis_graph.cli.options import RdfFormat
from kaysis_graph.cli.refusals import Misuse, not_written
from kaysis_graph.cli.terminal import Terminal
from kaysis_graph.errors import Conflict, KaysisError
from kaysis_graph.graph import setup
from kaysis_graph.graph.history import Author
from kaysis_graph.linked import arriving
from kaysis_graph.registry.saving import Saved
from kaysis_graph.registry.transfer import export as exporting
from kaysis_graph.registry.transfer import importing, mapped, mapping, seeding, undoing
from kaysis_graph.registry.transfer import jobs as imports
from kaysis_graph.registry.transfer import restore as restoring
from kaysis_graph.registry.transfer.report import ImportReport

Told = Callable[[str, int, int | None], None]


class Refused(KaysisError):
    """The files hold errors, which were said; nothing was written."""


@dataclass(frozen=True)
class Said:
    """Who imports and why, as far as the command line says."""

    who: str | None
    why: str | None

    def author(self, why: str) -> Author:
        """The author: whoever is logged in, for the reason given, where the command line says nothing."""
        return Author(self.who or _user(), self.why or why)


def source_of(
    files: list[Path], map_file: Path | None, form: Literal["rdf"] | None, rdf_form: RdfFormat | None, ids: Path | None
) -> importing.Source:
    """What is to be imported: tables by a map, or linked data, which needs none."""
    if form is None and (rdf_form is not None or ids is not None):
        raise Misuse("cli.import_rdf_only")
    if (form is None) == (map_file is None):
        raise Misuse("cli.import_by_map_or_rdf")
    known = schema.read()
    if map_file is None:
        return arriving.source(known, files, rdf_form, ids)
    return mapped.source(known, files, mapping.read(map_file, known))


def import_(terminal: Terminal, source: importing.Source, said: Said, folder: Path | None, *, is_dry: bool) -> None:
    """Files brought in, or only checked; Refused when anything in them is an error."""
    author = said.author(f"import {', '.join(path.name for path in source.paths)}")
    run = importing.check if is_dry else importing.run
    report_folder = folder or terminal.settings.home / "imports"
    with opened_store(terminal) as store, progress_told(terminal) as told:
        report = run(
            store,
            schema.read(),
            source,
            author,
            progress=told,
            report_folder=report_folder,
            language=terminal.language,
        )
    _show_report(terminal, report)
    if report.errors:
        raise Refused("cli.import_refused", errors=terminal.number(report.errors))


def jobs(terminal: Terminal) -> None:
    """All imports, newest first."""
    with opened_store(terminal) as store:
        held = imports.every(store)
    if not held:
        terminal.print(terminal.say("cli.no_jobs"))
        return
    lines = [
        (
            Text(job.id, "cyan"),
            Text(terminal.say(f"cli.job_{job.status}"), "yellow" if job.status in imports.UNFINISHED else ""),
            clock.to_the_minute(job.at),
            terminal.number(job.records),
            terminal.number(job.edges),
            f"{job.who}: {job.why}",
        )
        for job in held
    ]
    showing.rows(terminal, ("job", "status", "when", "records", "edges", "who"), lines, right=(3, 4))
    if unfinished := [job.id for job in held if job.status in imports.UNFINISHED]:
        terminal.note(terminal.say("cli.jobs_unfinished", jobs=", ".join(unfinished)))


def undo(terminal: Terminal, job: str, said: Said) -> None:
    """An import taken back."""
    with opened_store(terminal) as store:
        undone = undoing.undo(store, schema.read(), job, said.author(f"undo {job}"))
    terminal.print(_saved(terminal, "cli.undone", undone))


def export(terminal: Terminal, file: Path, form: RdfFormat | None, at: str | None) -> None:
    """The whole graph with its history written to a file: the backup, or RDF where that is asked for or named."""
    from kaysis_graph.cli import dumping  # the store of RDF is loaded for this command alone

    if not file.parent.is_dir():
        raise Misuse("cli.not_written", file=str(file), reason=terminal.say("cli.no_folder"))
    if form is not None or at is not None or not file.name.endswith((".jsonl", ".jsonl.gz")):
        dumping.export(terminal, file, form, at)
        return
    with opened_store(terminal) as store, progress_told(terminal) as told:
        try:
            written = exporting.write(store, schema.read(), file, told)
        except OSError as error:
            raise not_written(file, error) from error
    terminal.print(terminal.say("cli.exported", file=str(file), size=terminal.number(file.stat().st_size)))
    _show_exported(terminal, written)


def restore(terminal: Terminal, file: Path) -> None:
    """An exported graph put into an empty one."""
    store = setup.opened(terminal.settings, schema.read())
    try:
        with progress_told(terminal) as told:
            written = restoring.read(store, schema.read(), file, told)
    finally:
        store.close()
    terminal.print(terminal.say("cli.restored", file=str(file)))
    _show_exported(terminal, written)


def seed(terminal: Terminal) -> None:
    """The seed planted in an empty graph; Conflict in another."""
    store = setup.opened(terminal.settings, schema.read())
    try:
        planted = seeding.plant(store, schema.read())
    finally:
        store.close()
    terminal.print(_saved(terminal, "cli.planted", planted))


def planted_if_empty(terminal: Terminal) -> None:
    """The seed planted when the graph has no record yet; elsewhere nothing."""
    store = setup.opened(terminal.settings, schema.read())
    try:
        with contextlib.suppress(Conflict):
            terminal.note(_saved(terminal, "cli.planted", seeding.plant(store, schema.read())), "")
    finally:
        store.close()


@contextlib.contextmanager
def progress_told(terminal: Terminal) -> Iterator[Told]:
    """A bar for each stage on the screen; where nobody watches, nothing."""
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=terminal.err, transient=True, disable=not terminal.err.is_terminal) as bars:
        stages = {}

        def told(stage: str, done: int, total: int | None) -> None:
            if stage not in stages:
                stages[stage] = bars.add_task(terminal.say(f"cli.stage_{stage}"), total=total)
            bars.update(stages[stage], completed=done, total=total)

        yield told


def _show_report(terminal: Terminal, report: ImportReport) -> None:
    lines = []
    for file in report.files:
        sheet = terminal.say("cli.sheet", sheet=file.sheet) if file.sheet else None
        parts = (file.format, file.encoding, _delimiter(terminal, file.delimiter), sheet)
        form = " · ".join(part for part in parts if part)
        lines.append((file.name, form, terminal.number(file.rows)))
    showing.rows(terminal, ("file", "read_as", "rows"), lines, right=(2,))
    terminal.print()
    differences = [
        (
            terminal.say(f"cli.of_{name}"),
            terminal.number(found.new),
            terminal.number(found.changed),
            terminal.number(found.unchanged),
        )
        for name, found in (("records", report.records), ("edges", report.edges))
    ]
    showing.rows(terminal, ("", "new", "changed", "unchanged"), differences, right=(1, 2, 3))
    refusals.problems(terminal, report.first_problems, report.errors + report.warnings)
    if report.by_rule:
        terminal.print()
        rules = [
            (terminal.number(found.count), terminal.say(f"cli.{found.severity}"), found.rule)
            for found in report.by_rule
        ]
        showing.rows(terminal, ("count", "severity", "rule"), rules, right=(0,))
    if report.problem_file is not None:
        terminal.print(terminal.say("cli.problem_file", file=str(report.problem_file)))
    if report.status == "refused":
        return
    terminal.print()
    numbers = {"changes": terminal.number(report.changes), "sequence": terminal.number(report.sequence)}
    seconds = sum(report.seconds.values())
    done = terminal.say(f"cli.import_{report.status}", job=report.job, **numbers)
    terminal.print(f"{done} {terminal.say('cli.took', seconds=f'{seconds:.1f}')}", "green")


def _delimiter(terminal: Terminal, sign: str | None) -> str | None:
    if sign is None:
        return None
    return terminal.say("cli.delimiter", sign={"\t": "TAB"}.get(sign, sign))


def _show_exported(terminal: Terminal, written: exporting.Exported) -> None:
    counts = {name: terminal.number(getattr(written, name)) for name in ("records", "edges", "changes", "sequence")}
    terminal.print(terminal.say("cli.export_holds", hash=written.hash[:16], **counts))


def _saved(terminal: Terminal, key: str, saved: Saved) -> str:
    numbers = {name: terminal.number(value) for name, value in vars(saved).items()}
    return terminal.say(key, **numbers)


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        # A container's user may have a number only.
        return "kaysis"
