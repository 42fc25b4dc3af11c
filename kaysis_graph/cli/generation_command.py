"""The command that makes up a state as import files."""

from pathlib import Path
from typing import Annotated

import typer

from kaysis_graph.cli.terminal import terminal_of


def generate(
    context: typer.Context,
    out: Annotated[Path, typer.Option("--out", "-o", metavar="folder", help="cli.generate_out")],
    scale: Annotated[float, typer.Option("--scale", metavar="number", help="cli.generate_scale")] = 1.0,
    seed: Annotated[int, typer.Option("--seed", metavar="number", help="cli.generate_seed")] = 7,
) -> None:
    """`cli.generate`."""
    from kaysis_graph.cli import display
    from kaysis_graph.cli.exit_codes import Misuse, not_written
    from kaysis_graph.generation.state_files import WrittenFile, write_state

    terminal = terminal_of(context)
    written: list[WrittenFile] = []
    if out.is_dir() and any(out.iterdir()):
        raise Misuse("cli.generate_not_empty", folder=str(out))
    try:
        write_state(out, scale, seed, written.append)
    except OSError as error:
        raise not_written(out, error) from error
    lines = [(file.path.name, terminal.number(file.rows)) for file in written]
    display.rows(terminal, ("file", "rows"), lines, right=(1,))
    terminal.print()
    values = {"folder": str(out), "count": terminal.number(sum(file.rows for file in written))}
    terminal.print(terminal.say("cli.generated", **values), "green")
