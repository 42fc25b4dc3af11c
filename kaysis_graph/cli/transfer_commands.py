"""The commands that bring files in and out: their options. What they do is loaded when they run."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from kaysis_graph.cli.options import At, RdfFormat, Who, Why
from kaysis_graph.cli.terminal import terminal_of

ImportFormat = Literal["rdf"]


def import_(
    context: typer.Context,
    files: Annotated[list[Path], typer.Argument(metavar="file", help="cli.import_files")],
    map_: Annotated[Path | None, typer.Option("--map", "-m", metavar="map", help="cli.import_map")] = None,
    format_: Annotated[ImportFormat | None, typer.Option("--format", metavar="form", help="cli.import_format")] = None,
    rdf_format: Annotated[
        RdfFormat | None, typer.Option("--rdf-format", metavar="form", help="cli.import_rdf_format")
    ] = None,
    ids: Annotated[Path | None, typer.Option("--ids", metavar="file", help="cli.import_ids")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="cli.import_dry_run")] = False,
    who: Who = None,
    why: Why = None,
    report: Annotated[Path | None, typer.Option("--report", metavar="folder", help="cli.import_report")] = None,
) -> None:
    """`cli.import`."""
    from kaysis_graph.cli import transfer

    terminal = terminal_of(context)
    source = transfer.source_of(files, map_, format_, rdf_format, ids)
    transfer.import_(terminal, source, transfer.ImportAuthor(who, why), report, is_dry=dry_run)


def jobs(context: typer.Context) -> None:
    """`cli.jobs`."""
    from kaysis_graph.cli import transfer

    transfer.list_jobs(terminal_of(context))


def undo(
    context: typer.Context,
    job: Annotated[str, typer.Argument(metavar="job", help="cli.undo_job")],
    who: Who = None,
    why: Why = None,
) -> None:
    """`cli.undo`."""
    from kaysis_graph.cli import transfer

    transfer.undo(terminal_of(context), job, transfer.ImportAuthor(who, why))


def export(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="file", help="cli.export_file")],
    format_: Annotated[
        RdfFormat | None, typer.Option("--format", "-f", metavar="form", help="cli.export_format")
    ] = None,
    at: At = None,
) -> None:
    """`cli.export`."""
    from kaysis_graph.cli import transfer

    transfer.export_graph(terminal_of(context), file, format_, at)


def restore(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="file", help="cli.restore_file")],
) -> None:
    """`cli.restore`."""
    from kaysis_graph.cli import transfer

    transfer.restore_graph(terminal_of(context), file)


def seed(context: typer.Context) -> None:
    """`cli.seed`."""
    from kaysis_graph.cli import transfer

    transfer.seed(terminal_of(context))
