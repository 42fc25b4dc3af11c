"""The commands that run the service and look after the graph: their options. What they do is loaded when they run."""

from typing import Annotated, Literal

import typer

from kaysis_graph.cli.options import AsTable, At, Limit, Offset, Output, OutputOptions
from kaysis_graph.cli.terminal import terminal_of


def serve(
    context: typer.Context,
    seed: Annotated[bool, typer.Option("--seed", help="cli.serve_seed")] = False,
    port: Annotated[
        int | None, typer.Option("--port", "-p", metavar="number", min=1, max=65_535, help="cli.serve_port")
    ] = None,
    host: Annotated[str | None, typer.Option("--host", metavar="address", help="cli.serve_host")] = None,
    workers: Annotated[int, typer.Option("--workers", metavar="number", min=1, max=64, help="cli.serve_workers")] = 1,
) -> None:
    """`cli.serve`."""
    from kaysis_graph.cli import server

    server.serve(terminal_of(context), port, host, workers, wants_seed=seed)


def status(
    context: typer.Context,
    as_json: Annotated[bool, typer.Option("--json", help="cli.status_json")] = False,
) -> None:
    """`cli.status`."""
    from kaysis_graph.cli import server

    server.status(terminal_of(context), as_json=as_json)


def verify(context: typer.Context) -> None:
    """`cli.verify`."""
    from kaysis_graph.cli import server

    server.verify(terminal_of(context))


def check(  # the options of the command
    context: typer.Context,
    rule: Annotated[list[str] | None, typer.Option("--rule", "-r", metavar="rule", help="cli.check_rule")] = None,
    severity: Annotated[
        Literal["error", "warning", "info"] | None,
        typer.Option("--severity", "-s", metavar="severity", help="cli.check_severity"),
    ] = None,
    organisation: Annotated[
        str | None, typer.Option("--organisation", "-g", metavar="record", help="cli.check_organisation")
    ] = None,
    at: At = None,
    format: AsTable = None,  # noqa: A002  # the name of the option
    output: Output = None,
    limit: Limit = None,
    offset: Offset = 0,
) -> None:
    """`cli.check`."""
    from kaysis_graph.cli.answers import quality
    from kaysis_graph.quality.question import QualityQuestion

    wanted = QualityQuestion(rule=tuple(rule or ()), severity=severity, institution=organisation)
    quality.check(terminal_of(context), wanted, OutputOptions(at, format, output, limit, offset))


def linked_rebuild(context: typer.Context) -> None:
    """`cli.linked_rebuild`."""
    from kaysis_graph.cli import server

    server.linked_rebuild(terminal_of(context))


def stop(context: typer.Context) -> None:
    """`cli.stop`."""
    from kaysis_graph.cli import server

    server.stop(terminal_of(context))
