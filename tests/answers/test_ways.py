"""`docs/answers.md` names every answer with its page, its command and its files, or says why one is missing."""

import re
from pathlib import Path
from typing import Any, get_args

import asked_routes
import pytest
from fastapi import FastAPI  # noqa: TID251  # OpenAPI tells of the answers

from api.routes import ROUTERS
from kaysis_graph.cli.app import build
from kaysis_graph.render.formats import FORMATS

DOCUMENT = (Path(__file__).parents[2] / "docs" / "answers.md").read_text(encoding="utf-8")
FORMATS_OF_MEDIA = {form.media: name for name, form in FORMATS.items()}
# Addresses for machines and of files, and those that lead on to others.
NO_PAGE = re.compile(r"^/(?:api|data|def|id|static|\.well-known)/|^/def$|\.(?:xml|txt|ico)$|^/sparql/$")
LEAST_REASON = 20


def rows(heading: str) -> list[list[str]]:
    """The rows of the first table after a heading."""
    lines = DOCUMENT.partition(heading)[2].partition("| --- ")[2].splitlines()[1:]
    table = lines[: next((at for at, line in enumerate(lines) if not line.startswith("|")), len(lines))]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in table]


def quoted(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


ANSWERS = rows("# Every answer")


def described() -> dict[str, tuple[str, str, set[str]]]:
    """Every operation of OpenAPI with its address, what it is called, and its files."""
    app = FastAPI()
    for router in ROUTERS:
        app.include_router(router)
    found = {}
    for path, methods in app.openapi()["paths"].items():
        for told in methods.values():
            media = told["responses"]["200"].get("content", {})
            files: set[str] = {FORMATS_OF_MEDIA[held] for held in media if held in FORMATS_OF_MEDIA}
            found[told["operationId"]] = (path, told["summary"], files - {"json", "html"})
    return found


def commands() -> dict[str, Any]:
    """Every command with its words, of groups too."""
    top = build("en")
    found: dict[str, Any] = {}
    for name, command in top.commands.items():
        inner = getattr(command, "commands", None)
        found |= {name: command} if inner is None else {f"{name} {word}": held for word, held in inner.items()}
    return found


COMMANDS = commands()


def command_in(cell: str) -> tuple[str, list[str]]:
    """The command that a cell names first, and its options."""
    _, *words = quoted(cell)[0].split()
    name = next(name for name in (" ".join(words[:2]), words[0]) if name in COMMANDS)
    return name, [word for word in words if word.startswith("--")]


def test_every_answer_of_openapi_is_in_the_table_and_no_other() -> None:
    told = {quoted(row[1])[0]: (quoted(row[1])[1], row[0]) for row in ANSWERS}
    assert told == {name: (path, summary) for name, (path, summary, _) in described().items()}


def test_the_files_of_an_answer_are_those_that_openapi_tells_of() -> None:
    told = {quoted(row[1])[0]: set(row[4].split()) for row in ANSWERS}
    assert told == {name: files for name, (_, _, files) in described().items()}


def test_every_page_is_that_of_an_answer_or_says_what_it_is() -> None:
    pages = {path for path, route in asked_routes.ROUTES.items() if "GET" in (route.methods or ())}
    named = {page for row in ANSWERS if not row[2].startswith("none: ") for page in quoted(row[2])}
    named |= {quoted(row[0])[0] for row in rows("## Pages that")}
    assert {page for page in pages if not NO_PAGE.search(page)} <= named <= pages


def test_every_command_is_that_of_an_answer_or_says_why_it_is_not() -> None:
    named = {command_in(row[3])[0] for row in ANSWERS if not row[3].startswith("none: ")}
    others = {command_in(row[0])[0] for row in rows("## Commands that")}
    assert not named & others
    assert named | others == set(COMMANDS)


@pytest.mark.parametrize("row", ANSWERS, ids=lambda row: quoted(row[1])[0])
def test_an_answer_has_a_command_with_these_options_and_files_or_a_reason(row: list[str]) -> None:
    for cell in row[2:4]:
        assert len(cell) > LEAST_REASON if cell.startswith("none: ") else quoted(cell), cell
    if row[3].startswith("none: "):
        return
    name, options = command_in(row[3])
    known = {option: held for held in COMMANDS[name].params for option in held.opts}
    assert set(options) <= set(known)
    form = known.get("--format")
    forms = set(get_args(form.type_descriptor.annotation)) if form is not None else set()
    assert set(row[4].split()) <= forms or "(" in row[3]
