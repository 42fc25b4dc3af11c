"""The command `kaysis`.

Its frame loads in a fifth of a second; what a command needs is loaded when the command runs.
"""

import os
import sys
from collections.abc import Sequence
from dataclasses import replace

import typer

from kaysis_graph import settings
from kaysis_graph.cli import exit_codes
from kaysis_graph.cli.app import build
from kaysis_graph.cli.terminal import Terminal, replace_unwritable
from kaysis_graph.errors import KaysisError
from kaysis_graph.messages import LANGUAGES, Language


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code after the command was carried out; 0 is done, `exit_codes` tells the others."""
    language, given, odd = _language(sys.argv[1:] if arguments is None else arguments)
    terminal = Terminal(language)
    replace_unwritable()
    try:
        if odd is not None:
            raise exit_codes.Misuse("cli.bad_language", value=odd)
        terminal.settings = replace(settings.read(), language=terminal.language)
        done = build(language)(given or ["--help"], prog_name="kaysis", standalone_mode=False, obj=terminal)
        # A disk that is full shows here, not when the process ends.
        sys.stdout.flush()
    except KaysisError as error:
        return exit_codes.told(terminal, error)
    except typer.TyperException as error:
        return exit_codes.misuse(terminal, error)
    except (KeyboardInterrupt, typer.Abort):
        return exit_codes.BROKEN_OFF
    except BrokenPipeError:
        # Whoever read our output has gone; the rest of it must not fail at exit.
        _give_up_output()
        return exit_codes.DONE
    except OSError as error:
        if error.errno not in exit_codes.FULL:
            raise
        _give_up_output()
        return exit_codes.told(terminal, exit_codes.not_written(terminal.say("cli.standard_output"), error))
    return done if isinstance(done, int) else exit_codes.DONE


def _give_up_output() -> None:
    """What is left in the buffer of standard output must not fail when the process ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _language(arguments: Sequence[str]) -> tuple[Language, list[str], str | None]:
    """The language to speak, the arguments without `--lang`, and a language we do not know if one was asked for.

    Read before anything else: help is told in it. It may stand anywhere, but not after `--`.
    """
    asked = os.environ.get("KAYSIS_LANGUAGE") or "tr"
    given: list[str] = []
    rest = iter(arguments)
    for argument in rest:
        if argument == "--":
            given += [argument, *rest]
        elif argument == "--lang":
            asked = next(rest, "")
        elif argument.startswith("--lang="):
            asked = argument.removeprefix("--lang=")
        else:
            given.append(argument)
    known = next((language for language in LANGUAGES if language == asked), None)
    return known or "tr", given, None if known else asked
