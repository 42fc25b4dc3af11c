"""What a command says when it cannot do what was asked, and the exit code it ends with."""

import errno
from collections.abc import Sequence
from pathlib import Path
from typing import get_args

import typer
from rich.text import Text

from kaysis_graph import files
from kaysis_graph.cli.terminal import Several, Terminal
from kaysis_graph.errors import EngineDown, Invalid, KaysisError, NotFound, Problem, SettingError
from kaysis_graph.render.typeset import clean

DONE = 0
REFUSED = 1
MISUSED = 2
ENGINE_DOWN = 3
NOT_FOUND = 4
INCOMPLETE = 5
BROKEN_OFF = 130

SHOWN_PROBLEMS = 50
FULL = (errno.ENOSPC, errno.EDQUOT)


class Misuse(KaysisError):
    """The command line asks in a way that has no meaning."""


class Misasked(Invalid, Misuse):
    """The options do not go together, or name what there is none of."""


class NotWritten(KaysisError):
    """The disk has no room for what was to be written."""


class Incomplete(KaysisError):
    """The answer is not whole, though `--whole` asked for that."""


def told(terminal: Terminal, error: KaysisError) -> int:
    """The exit code, after the error was said with the way out."""
    # A question that was refused has one problem, and "nothing was written" would be beside the point.
    if not isinstance(error, Invalid) or any("file" in problem.place for problem in error.problems):
        terminal.note(clean(error.text(terminal.language)), "bold red")
    match error:
        case Invalid():
            problems(terminal, error.problems)
        case Several():
            for identifier, kind, title in error.named:
                terminal.note(f"  {identifier}  {title} ({kind})", "")
    if hint := error.hint(terminal.language):
        terminal.note(clean(hint), "")
    return code_of(error)


def code_of(error: KaysisError) -> int:
    """The exit code of an error."""
    match error:
        case Misuse() | SettingError():
            return MISUSED
        case EngineDown():
            return ENGINE_DOWN
        case NotFound():
            return NOT_FOUND
        case Incomplete():
            return INCOMPLETE
        case _:
            return REFUSED


def not_written(file: Path | str, error: OSError) -> KaysisError:
    """Why a file could not be written; a full disk is named, with what became of the file."""
    if error.errno in FULL:
        if isinstance(file, Path):
            return NotWritten("cli.disk_full", file=str(file), disk=str(files.disk_of(file)))
        return NotWritten("cli.output_full", file=file)
    return Misuse("cli.not_written", file=str(file), reason=error.strerror or str(error))


def problems(terminal: Terminal, found: Sequence[Problem], count: int | None = None) -> None:
    """The first fifty problems: where, what, and what to do about it; `count` is of all where `found` has the first."""
    for problem in found[:SHOWN_PROBLEMS]:
        where = " · ".join(f"{_place(terminal, name)} {clean(str(value))}" for name, value in problem.place.items())
        style = "red" if problem.severity == "error" else "yellow"
        line = Text.assemble((terminal.say(f"cli.{problem.severity}"), style), "  ", (where, "bold"))
        terminal.note(line)
        terminal.note(f"  {clean(problem.text(terminal.language))}", "")
        terminal.note(f"  → {clean(problem.hint(terminal.language))}  [{problem.rule}]", "dim")
    more = (len(found) if count is None else count) - len(found[:SHOWN_PROBLEMS])
    if more > 0:
        terminal.note(terminal.say("cli.more_problems", count=terminal.number(more)), "bold")


def misuse(terminal: Terminal, error: typer.TyperException) -> int:
    """The exit code of a command line that could not be read, after it was said what is wrong with it."""
    context = getattr(error, "ctx", None)
    path = context.command_path if context is not None else "kaysis"
    terminal.note(clean(_said(terminal, error)), "bold red")
    terminal.note(terminal.say("cli.see_help", command=path), "")
    return MISUSED


def _said(terminal: Terminal, error: typer.TyperException) -> str:
    """The sentence of an error of the library, by the name of its class; in English its own where we have none."""
    name = type(error).__name__
    parameter = getattr(error, "param", None)
    option = _called(terminal, parameter)
    match name:
        case "NoSuchOption":
            near = ", ".join(getattr(error, "possibilities", None) or ())
            key = "cli.no_such_option_near" if near else "cli.no_such_option"
            return terminal.say(key, option=getattr(error, "option_name", ""), near=near)
        case "MissingParameter":
            return terminal.say("cli.missing_parameter", option=option)
        case "BadParameter" if parameter is not None and terminal.language != "en":
            return terminal.say("cli.bad_parameter", option=option, expected=_expected(terminal, parameter))
        case "UsageError" if terminal.language != "en":
            return _usage(terminal, error)
        case "BadOptionUsage":
            return terminal.say("cli.option_needs_value", option=getattr(error, "option_name", ""))
        case _:
            return error.format_message()


def _usage(terminal: Terminal, error: typer.TyperException) -> str:
    said = error.format_message()
    if said.startswith("No such command"):
        word = said.split("'")[1] if "'" in said else ""
        return terminal.say("cli.no_such_command", command=word)
    if "unexpected extra argument" in said:
        return terminal.say("cli.extra_argument", rest=said.partition("(")[2].rpartition(")")[0].partition("(")[2])
    return said


def _called(terminal: Terminal, parameter: object) -> str:
    """What help calls the parameter: the long form of an option, the metavar of an argument."""
    if getattr(parameter, "param_type_name", "") == "argument":
        return _metavar(terminal, parameter)
    names: Sequence[str] = getattr(parameter, "opts", ())
    return max(names, key=len) if names else ""


def _expected(terminal: Terminal, parameter: object) -> str:
    """What the option takes: its choices, else what its value is called."""
    annotation = getattr(getattr(parameter, "type_descriptor", None), "annotation", None)
    for known in (annotation, *get_args(annotation)):
        if choices := [str(choice) for choice in get_args(known) if isinstance(choice, str)]:
            return ", ".join(choices)
    return _metavar(terminal, parameter)


def _metavar(terminal: Terminal, parameter: object) -> str:
    shown = getattr(parameter, "metavar", None)
    return terminal.say(f"cli.metavar_{shown}") if shown else "?"


def _place(terminal: Terminal, name: str) -> str:
    key = f"cli.place_{name}"
    try:
        return terminal.say(key)
    except KeyError:
        return name
