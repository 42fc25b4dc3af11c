"""The commands put together, in the order in which help tells them."""

from collections.abc import Callable
from typing import Annotated, Any

import typer

from kaysis_graph.cli import generation_command, question_commands, service_commands, transfer_commands
from kaysis_graph.cli.help import Command, CommandGroup, translate
from kaysis_graph.messages import Language

_PANELS: dict[str, dict[str, Callable[..., None]]] = {
    "cli.panel_asking": {
        "search": question_commands.search,
        "show": question_commands.show,
        "flows": question_commands.flows,
        "legislation": question_commands.legislation,
        "services": question_commands.services,
        "service": question_commands.service,
        "impact": question_commands.impact,
        "path": question_commands.path,
        "explore": question_commands.explore,
        "tree": question_commands.tree,
    },
    "cli.panel_keeping": {
        "import": transfer_commands.import_,
        "jobs": transfer_commands.jobs,
        "undo": transfer_commands.undo,
        "export": transfer_commands.export,
        "restore": transfer_commands.restore,
        "seed": transfer_commands.seed,
        "generate": generation_command.generate,
    },
    "cli.panel_running": {
        "serve": service_commands.serve,
        "status": service_commands.status,
        "verify": service_commands.verify,
        "check": service_commands.check,
        "stop": service_commands.stop,
    },
}
# What is asked for less often stands in a group of its own, in the panel of its kind.
_GROUPS: dict[str, tuple[str, dict[str, Callable[..., None]]]] = {
    "linked": ("cli.panel_running", {"rebuild": service_commands.linked_rebuild}),
}


def build(language: Language) -> Any:  # noqa: ANN401  # the library hides the type of its commands
    """The command `kaysis` with all its sentences in the language."""
    app = typer.Typer(name="kaysis", cls=CommandGroup, help="cli.kaysis")
    for panel, commands in _PANELS.items():
        for name, act in commands.items():
            app.command(name, cls=Command, help=f"cli.{name}", rich_help_panel=panel)(act)
    for group, (panel, commands) in _GROUPS.items():
        inner = typer.Typer(name=group, cls=CommandGroup, help=f"cli.{group}", no_args_is_help=True)
        for name, act in commands.items():
            inner.command(name, cls=Command, help=f"cli.{group}_{name}", rich_help_panel=panel)(act)
        app.add_typer(inner, rich_help_panel=panel)
    app.callback()(_frame)
    command = typer.main.get_command(app)
    translate(command, language)
    return command


def _frame(
    lang: Annotated[str, typer.Option("--lang", metavar="language", help="cli.option_lang")] = "tr",
) -> None:
    """Nothing: `--lang` is read before all else, and stands here for its help."""
