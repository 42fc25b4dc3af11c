"""What the commands on files do: imports with their report, undoing them, backups, the seed."""

import contextlib
import getpass
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pyoxigraph import Quad
from rich.text import Text

from kaysis_graph import clock, schema
from kaysis_graph.cli import display, exit_codes
from kaysis_graph.cli.exit_codes import Misuse, not_written
from kaysis_graph.cli.open_graph import day, opened_graph, opened_store
from kaysis_graph.cli.options import RdfFormat
from kaysis_graph.cli.progress import progress_told
from kaysis_graph.cli.terminal import Terminal
from kaysis_graph.errors import Conflict, KaysisError
from kaysis_graph.graph import setup
from kaysis_graph.graph.history import Author
from kaysis_graph.linked.export import whole_graph
from kaysis_graph.linked.imports import rdf_source
from kaysis_graph.linked.iris import Iris
from kaysis_graph.records.writer import Saved
from kaysis_graph.transfer import export, import_files, job_undo, jobs, restore, seed_data
from kaysis_graph.transfer.maps import definition, map_folder, mapped_source
from kaysis_graph.transfer.report import ImportReport


class Refused(KaysisError):
    """The files hold errors, which were said; nothing was written."""


@dataclass(frozen=True)
class ImportAuthor:
    """Who imports and why, as far as the command line says."""

    who: str | None
    why: str | None

    def author(self, why: str) -> Author:
        """The author: whoever is logged in, for the reason given, where the command line says nothing."""
        return Author(self.who or _user(), self.why or why)


def source_of(
    files: list[Path], map_file: Path | None, form: Literal["rdf"] | None, rdf_form: RdfFormat | None, ids: Path | None
) -> import_files.ImportSource:
    """What is to be imported: tables by a map, a folder of them with their maps, or linked data, which needs none."""
    if form is None and (rdf_form is not None or ids is not None):
        raise Misuse("cli.import_rdf_only")
    known = schema.read()
    if len(files) == 1 and files[0].is_dir() and form is None and map_file is None:
        return map_folder.source_of_folder(known, files[0])
    if (form is None) == (map_file is None):
        raise Misuse("cli.import_by_map_or_rdf")
    if map_file is None:
        return rdf_source.source(known, files, rdf_form, ids)
    return mapped_source.source(known, files, definition.read(map_file, known))


def import_(
    terminal: Terminal, source: import_files.ImportSource, said: ImportAuthor, folder: Path | None, *, is_dry: bool
) -> None:
    """Files brought in, or only checked; Refused when anything in them is an error."""
    author = said.author(f"import {source.name}")
    run = import_files.check if is_dry else import_files.run
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


def list_jobs(terminal: Terminal) -> None:
    """All imports, newest first."""
    with opened_store(terminal) as store:
        held = jobs.every(store)
    if not held:
        terminal.print(terminal.say("cli.no_jobs"))
        return
    lines = [
        (
            Text(job.id, "cyan"),
            Text(terminal.say(f"cli.job_{job.status}"), "yellow" if job.status in jobs.UNFINISHED else ""),
            clock.to_the_minute(job.at),
            terminal.number(job.records),
            terminal.number(job.edges),
            f"{job.who}: {job.why}",
        )
        for job in held
    ]
    display.rows(terminal, ("job", "status", "when", "records", "edges", "who"), lines, right=(3, 4))
    if unfinished := [job.id for job in held if job.status in jobs.UNFINISHED]:
        terminal.note(terminal.say("cli.jobs_unfinished", jobs=", ".join(unfinished)))


def undo(terminal: Terminal, job: str, said: ImportAuthor) -> None:
    """An import taken back."""
    with opened_store(terminal) as store, progress_told(terminal) as told:
        undone = job_undo.undo(store, schema.read(), job, said.author(f"undo {job}"), told)
    terminal.print(_saved(terminal, "cli.undone", undone))


def export_graph(terminal: Terminal, file: Path, form: RdfFormat | None, at: str | None) -> None:
    """The whole graph with its history written to a file: the backup, or RDF where that is asked for or named."""
    if not file.parent.is_dir():
        raise Misuse("cli.not_written", file=str(file), reason=terminal.say("cli.no_folder"))
    if form is not None or at is not None or not file.name.endswith((".jsonl", ".jsonl.gz")):
        export_rdf(terminal, file, form, at)
        return
    with opened_store(terminal) as store, progress_told(terminal) as told:
        try:
            written = export.write(store, schema.read(), file, told)
        except OSError as error:
            raise not_written(file, error) from error
    terminal.print(terminal.say("cli.exported", file=str(file), size=terminal.number(file.stat().st_size)))
    _show_exported(terminal, written)


def restore_graph(terminal: Terminal, file: Path) -> None:
    """An exported graph put into an empty one."""
    store = setup.opened(terminal.settings, schema.read())
    try:
        with progress_told(terminal) as told:
            written = restore.read(store, schema.read(), file, told)
    finally:
        store.close()
    terminal.print(terminal.say("cli.restored", file=str(file)))
    _show_exported(terminal, written)


def seed(terminal: Terminal) -> None:
    """The seed planted in an empty graph; Conflict in another."""
    store = setup.opened(terminal.settings, schema.read())
    try:
        planted = seed_data.plant(store, schema.read())
    finally:
        store.close()
    terminal.print(_saved(terminal, "cli.planted", planted))


def planted_if_empty(terminal: Terminal) -> None:
    """The seed planted when the graph has no record yet; elsewhere nothing."""
    store = setup.opened(terminal.settings, schema.read())
    try:
        with contextlib.suppress(Conflict):
            terminal.note(_saved(terminal, "cli.planted", seed_data.plant(store, schema.read())), "")
    finally:
        store.close()


def _show_report(terminal: Terminal, report: ImportReport) -> None:
    lines = []
    for file in report.files:
        sheet = terminal.say("cli.sheet", sheet=file.sheet) if file.sheet else None
        parts = (file.format, file.encoding, _delimiter(terminal, file.delimiter), sheet)
        form = " · ".join(part for part in parts if part)
        lines.append((file.name, form, terminal.number(file.rows)))
    display.rows(terminal, ("file", "read_as", "rows"), lines, right=(2,))
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
    display.rows(terminal, ("", "new", "changed", "unchanged"), differences, right=(1, 2, 3))
    exit_codes.problems(terminal, report.first_problems, report.errors + report.warnings)
    if report.by_rule:
        terminal.print()
        rules = [
            (terminal.number(found.count), terminal.say(f"cli.{found.severity}"), found.rule)
            for found in report.by_rule
        ]
        display.rows(terminal, ("count", "severity", "rule"), rules, right=(0,))
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


def _show_exported(terminal: Terminal, written: export.Exported) -> None:
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


def export_rdf(terminal: Terminal, file: Path, said: RdfFormat | None, at: str | None) -> None:
    """The graph as of the day in the format that is said, or that the name of the file tells; Misuse for none."""
    form = whole_graph.FORMS[said] if said is not None else whole_graph.form_of(file)
    if form is None:
        known = ", ".join((".jsonl", *(held.suffix for held in whole_graph.FORMS.values())))
        raise Misuse("linked.unknown_form", file=file.name, known=known)
    on, begun, written = day(at), time.perf_counter(), 0
    with opened_graph(terminal) as graph, progress_told(terminal) as told:
        iris = Iris(terminal.settings.base, graph.schema, terminal.settings.publication)

        def quads() -> Iterator[Quad]:
            nonlocal written
            written = 0
            graph.follower.catch_up()
            view = graph.on(on)
            for quad in whole_graph.of_graph(graph.store, iris, view, lambda done, total: told("records", done, total)):
                written += 1
                yield quad

        try:
            whole_graph.export(file, form, iris, quads)
        except OSError as error:
            raise not_written(file, error) from error
        sequence = graph.sequence
    seconds = time.perf_counter() - begun
    terminal.print(terminal.say("cli.exported", file=str(file), size=terminal.number(file.stat().st_size)))
    values = {"quads": terminal.number(written), "seconds": round(seconds, 1), "sequence": terminal.number(sequence)}
    terminal.print(terminal.say("cli.exported_rdf", base=terminal.settings.base, day=on.isoformat(), **values))
    if not form.has_graphs:
        terminal.note(terminal.say("cli.exported_today", form=form.name))
