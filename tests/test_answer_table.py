"""Every address, format and command answers as the table says: on each engine, in each planting, after each move.

What changes on purpose is written anew with `pytest tests/test_answer_table.py --update`, and the difference of
`answer_table.tsv` is read before it is committed: it names every answer that a reader will find changed.
"""

import shlex
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from http import HTTPStatus
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from answer_table import (
    HEADERS,
    AnswerLine,
    GivenAnswer,
    differences,
    given_answer,
    keep_texts,
    read_table,
    text_of,
    without_volatile,
    write_table,
)
from conftest import empty
from fastapi.testclient import TestClient  # noqa: TID251  # asked as a client asks it
from sparql_copy import served
from starlette.routing import BaseRoute, Match

from api.routes import ROUTERS
from kaysis_graph import clock, files
from kaysis_graph.cli import main
from kaysis_graph.cli.app import build
from kaysis_graph.graph import history
from kaysis_graph.graph.follower import Follower
from kaysis_graph.graph.graph import Graph
from kaysis_graph.graph.store import Store
from kaysis_graph.schema import Schema
from kaysis_graph.settings import Settings
from kaysis_graph.transfer import seed_data

# When everything is planted and asked: a morning on which UTC and Istanbul have the same day.
MORNING = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
LINES = read_table()
ROUTES = list(chain.from_iterable(router.routes for router in ROUTERS))
# Commands of which only the help is held against the table, and why.
ONLY_EXPLAINED = {
    "kaysis serve": "does not end; all that it serves is asked here",
    "kaysis stop": "ends the engine that the other tests ask",
}


@pytest.fixture(scope="module")
def frozen() -> Iterator[None]:
    """The clock stopped, from before the planting: instants of changes are the same in each."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "now", lambda: MORNING)
        yield


@pytest.fixture(scope="module")
def sample(prepared: Store, kinds: Schema, frozen: None) -> Iterator[Graph]:  # noqa: ARG001  # planted at that hour
    """The seed planted on that morning, beside the sample that others look at."""
    empty(prepared, kinds)
    seed_data.plant(prepared, kinds)
    graph = Graph(prepared, kinds, Follower(prepared, kinds, None))
    yield graph
    graph.follower.end()


@pytest.fixture(scope="module")
def client(sample: Graph, settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The service over it with its copy for SPARQL, in Turkish unless asked otherwise."""
    home = tmp_path_factory.mktemp("answers")
    with served(sample, replace(settings, language="tr"), home) as (opened, _):
        yield opened


@pytest.fixture(scope="module")
def planted(sample: Graph, settings: Settings) -> dict[str, str]:
    """What is another in each planting and on each machine, with what stands in its place."""
    changes = list(history.all_changes(sample.store))
    return {
        history.graph_id(sample.store): "GRAPH",
        **{change.hash: f"HASH-{change.number}" for change in changes},
        **{change.hash[:16]: f"HASH-{change.number}" for change in changes},
        str(settings.home): "HOME",
    }


def answers_of_service(client: TestClient, lines: Sequence[AnswerLine], planted: dict[str, str]) -> list[GivenAnswer]:
    given = []
    for line in lines:
        sent = {"accept": line.accept} if line.accept else {}
        if line.method == "POST":
            sent["content-type"] = "application/x-www-form-urlencoded"
        # Whoever asked for a language is answered in it from then on; here each question is the first.
        client.cookies.clear()
        answer = client.request(line.method, line.address, headers=sent, content=line.body or None)
        media = answer.headers.get("content-type", "").partition(";")[0]
        headers = "".join(f"{name}: {answer.headers[name]}\n" for name in HEADERS if name in answer.headers)
        body = text_of(media, answer.content)
        text = without_volatile(f"{headers}\n{body}", planted)
        given.append(given_answer(line, answer.status_code, media, text))
    return given


def answers_of_commands(
    capture: pytest.CaptureFixture[bytes], lines: Sequence[AnswerLine], planted: dict[str, str], folder: Path
) -> list[GivenAnswer]:
    given = []
    for line in lines:
        there = set(folder.iterdir())
        code = main(shlex.split(line.question)[1:])
        out, err = capture.readouterr()
        parts = [text_of("", out), text_of("", err)]
        for file in sorted(set(folder.iterdir()) - there):
            parts.append(f"{file.name}\n{text_of('', file.read_bytes())}")
            file.unlink()
        text = without_volatile("\n".join(parts), planted)
        given.append(given_answer(line, code, "", text))
    return given


def hold_against_table(lines: Sequence[AnswerLine], given: Sequence[GivenAnswer], config: pytest.Config) -> None:
    """Fails with everything that differs, or writes it into the table where that was asked for."""
    keep_texts(given)
    if config.getoption("--update"):
        new = dict(zip(lines, (answer.line for answer in given), strict=True))
        write_table(new.get(line, line) for line in read_table())
        return
    if different := differences(lines, given):
        pytest.fail(different, pytrace=False)


@pytest.mark.parametrize("part", ["pages", "api", "linked"])
def test_every_address_answers_as_the_table_says(
    part: str, client: TestClient, planted: dict[str, str], pytestconfig: pytest.Config
) -> None:
    lines = [line for line in LINES if not line.is_command and part_of(line) == part]
    hold_against_table(lines, answers_of_service(client, lines, planted), pytestconfig)


def test_every_command_answers_as_the_table_says(
    told: Settings,  # noqa: ARG001  # the environment
    tmp_path: Path,
    planted: dict[str, str],
    capsysbinary: pytest.CaptureFixture[bytes],
    pytestconfig: pytest.Config,
) -> None:
    lines = [line for line in LINES if line.is_command]
    values = {**planted, str(tmp_path): "FOLDER", str(files.SEED): "SEED"}
    hold_against_table(lines, answers_of_commands(capsysbinary, lines, values, tmp_path), pytestconfig)


def part_of(line: AnswerLine) -> str:
    if line.path.startswith(("/data", "/id/", "/def", "/.well-known", "/sparql", "/api/dump")):
        return "linked"
    return "api" if line.path.startswith("/api/") else "pages"


def route_asked(line: AnswerLine) -> BaseRoute | None:
    """The route that answers a line: the first that takes its path and method, as in the service."""
    scope = {"type": "http", "method": "GET" if line.method == "HEAD" else line.method, "path": line.path}
    found = (route for route in ROUTES if route.matches({**scope, "headers": []})[0] is Match.FULL)
    return next(found, None)


def commands_of(command: Any, name: str = "kaysis") -> Iterator[str]:  # the library hides the type
    """The names of all commands, those of groups with the group's."""
    for word, inner in getattr(command, "commands", {}).items():
        yield from commands_of(inner, f"{name} {word}") if hasattr(inner, "commands") else (f"{name} {word}",)


def test_every_route_of_the_service_is_asked_in_the_table() -> None:
    asked = {id(route_asked(line)) for line in LINES if not line.is_command}
    assert [str(route) for route in ROUTES if id(route) not in asked] == []


def test_every_format_that_openapi_promises_is_asked_in_the_table(client: TestClient) -> None:
    given: dict[str, set[str]] = defaultdict(set)
    for line in read_table():
        if not line.is_command and line.status == HTTPStatus.OK and (route := route_asked(line)):
            given[str(getattr(route, "path", ""))].add(line.media)
    promised = {
        path: set(operation["get"]["responses"]["200"].get("content", ()))
        for path, operation in client.get("/api/openapi.json").json()["paths"].items()
        if "get" in operation
    }
    # What SPARQL answers with follows its own protocol: the library promises JSON for it as for every route.
    del promised["/sparql"]
    assert {path: lack for path, media in promised.items() if (lack := media - given[path])} == {}


def test_every_command_is_asked_in_the_table() -> None:
    asked = [line.question.replace("--lang en ", "").replace("--lang tr ", "") for line in LINES if line.is_command]
    names = set(commands_of(build("en")))
    carried_out = {name for name in names for line in asked if line.startswith(name) and not line.endswith("--help")}
    explained = {name for name in names if f"{name} --help" in asked}
    assert names - explained == set()
    assert names - carried_out == set(ONLY_EXPLAINED)


def test_no_question_stands_in_the_table_twice() -> None:
    counted = Counter((line.question, line.accept) for line in LINES)
    assert [question for question, count in counted.items() if count > 1] == []
