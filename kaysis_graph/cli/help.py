"""`--help` in the reader's language: what a command answers, two examples that run, then its options.

The library's own help is English and laid out for wide screens. Commands and options are declared with keys of
`messages/cli.toml` as their help, and `translate` puts the sentences there; the examples of a command lie under
`cli.<command>_examples`, what a metavar is called under `cli.metavar_<metavar>`.
"""

from typing import Any

from rich.text import Text
from typer.core import TyperCommand, TyperGroup

from kaysis_graph.cli import layout
from kaysis_graph.cli.terminal import Terminal
from kaysis_graph.messages import Language, catalogue, say

# What the library adds by itself comes without a key.
_OWN = {"help", "install_completion", "show_completion"}


def translate(command: Any, language: Language) -> None:  # noqa: ANN401  # a command or group of the library's
    """Puts the sentences of the language where the keys are, in a command and the commands under it."""
    command.help = say(command.help, language)
    for parameter in command.params:
        key = f"cli.option_{parameter.name}" if parameter.name in _OWN else parameter.help
        parameter.help = say(key, language)
    for inner in getattr(command, "commands", {}).values():
        translate(inner, language)


class Command(TyperCommand):
    """A command that tells its help in the reader's language."""

    def format_help(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401, ARG002  # types of the library's inside
        """Prints the help; nothing is left for the formatter."""
        terminal: Terminal = ctx.find_root().obj
        _head(terminal, ctx.command_path, self)
        _options(terminal, self, ctx)

    def get_short_help_str(self, limit: int = 45) -> str:  # noqa: ARG002  # the sentence is short enough
        """The sentence that shells show beside the command."""
        return self.help or ""


class CommandGroup(TyperGroup):
    """The command `kaysis` itself, and the groups of commands under it."""

    def format_help(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401, ARG002  # types of the library's inside
        """Prints the commands by what they are for, examples, and what the environment decides."""
        terminal: Terminal = ctx.find_root().obj
        _head(terminal, ctx.command_path, self)
        is_root = ctx.parent is None
        panels: dict[str, list[Any]] = {}
        for name in self.list_commands(ctx):
            command = self.get_command(ctx, name)
            assert command is not None, "it was listed"
            panels.setdefault(str(getattr(command, "rich_help_panel", "")), []).append(command)
        for panel, commands in panels.items():
            terminal.print(terminal.say(panel), "bold")
            rows = [(str(command.name), str(command.help)) for command in commands]
            _rows(terminal, rows)
        _options(terminal, self, ctx)
        if not is_root:
            return
        terminal.print(terminal.say("cli.environment_heading"), "bold")
        lines = [line.partition("  ") for line in terminal.say("cli.environment").strip().splitlines()]
        _rows(terminal, [(name, about.strip()) for name, _, about in lines])


def _head(terminal: Terminal, path: str, command: Any) -> None:  # noqa: ANN401  # a command or group of the library's
    arguments = [_argument(terminal, parameter) for parameter in command.params if _is_argument(parameter)]
    pieces = [path, *arguments, terminal.say("cli.usage_options")]
    if isinstance(command, CommandGroup):
        pieces = [path, terminal.say("cli.usage_command")]
    terminal.print(Text.assemble((terminal.say("cli.usage"), "bold"), " ", " ".join(pieces)))
    terminal.print()
    terminal.print(command.help)
    # A command of a group is known by both names: `linked_rebuild`.
    name = "_".join(path.split()[1:]) or str(command.name)
    if (about := f"cli.{name}_about") in catalogue():
        terminal.print()
        terminal.print(terminal.say(about).strip())
    terminal.print()
    terminal.print(terminal.say("cli.examples"), "bold")
    for line in terminal.say(f"cli.{name}_examples").strip().splitlines():
        example, _, meaning = line.partition("  #")
        layout.indented(terminal, Text(example.strip(), "cyan"), 2)
        if meaning:
            layout.indented(terminal, Text(meaning.strip(), "dim"), 6)
    terminal.print()


def _options(terminal: Terminal, command: Any, ctx: Any) -> None:  # noqa: ANN401  # types of the library's inside
    parameters = [parameter for parameter in command.get_params(ctx) if not getattr(parameter, "hidden", False)]
    arguments = [
        (_argument(terminal, parameter), parameter.help) for parameter in parameters if _is_argument(parameter)
    ]
    if arguments:
        terminal.print(terminal.say("cli.arguments"), "bold")
        _rows(terminal, arguments)
    options = [
        (_option(terminal, parameter), _about(terminal, parameter))
        for parameter in parameters
        if not _is_argument(parameter)
    ]
    terminal.print(terminal.say("cli.options"), "bold")
    _rows(terminal, options)


def _rows(terminal: Terminal, rows: list[tuple[str, str]]) -> None:
    layout.rows(terminal, ("", ""), [(Text(name, "cyan"), Text(about)) for name, about in rows], by=2)
    terminal.print()


def _option(terminal: Terminal, parameter: Any) -> str:  # noqa: ANN401  # an option of the library's
    names = ", ".join([*parameter.opts, *parameter.secondary_opts])
    return f"{names} {terminal.say(f'cli.metavar_{parameter.metavar}')}" if parameter.metavar else names


def _argument(terminal: Terminal, parameter: Any) -> str:  # noqa: ANN401  # an argument of the library's
    shown = terminal.say(f"cli.metavar_{parameter.metavar}")
    if parameter.nargs == -1:
        shown = f"{shown}…"
    return shown if parameter.required else f"[{shown}]"


def _about(terminal: Terminal, parameter: Any) -> str:  # noqa: ANN401  # an option of the library's
    # The library makes the option for help anew each time.
    return terminal.say("cli.option_help") if parameter.name == "help" else str(parameter.help)


def _is_argument(parameter: Any) -> bool:  # noqa: ANN401  # a parameter of the library's
    return bool(parameter.param_type_name == "argument")
