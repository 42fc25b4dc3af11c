"""The commands that run the service and look after the graph: their options. What they do is loaded when they run."""

from typing import Annotated

import typer

from kaysis_graph.cli.terminal import terminal_of


def serve(
    context: typer.Context,
    seed: Annotated[bool, typer.Option("--seed", help="cli.serve_seed")] = False,
    port: Annotated[
        int | None, typer.Option("--port", "-p", metavar="number", min=1, max=65_535, help="cli.serve_port")
    ] = None,
) -> None:
    """`cli.serve`."""
    from kaysis_graph.cli import operating

    operating.serve(terminal_of(context), port, wants_seed=seed)


def status(
    context: typer.Context,
    as_json: Annotated[bool, typer.Option("--json", help="cli.status_json")] = False,
) -> None:
    """`cli.status`."""
    from kaysis_graph.cli import operating

    operating.status(terminal_of(context), as_json=as_json)


def verify(context: typer.Context) -> None:
    """`cli.verify`."""
    from kaysis_graph.cli import operating

    operating.verify(terminal_of(context))


def stop(context: typer.Context) -> None:
    """`cli.stop`."""
    from kaysis_graph.cli import operating

    operating.stop(terminal_of(context))
