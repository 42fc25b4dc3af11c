"""The same question in other ways: the command and the address that a page tells ask what the page asks."""

import html
import json
import re
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from command_run import Run
from fastapi.testclient import TestClient  # noqa: TID251  # asked as a browser asks it

from kaysis_graph.cli import exit_codes
from kaysis_graph.graph.graph import Graph
from kaysis_graph.settings import Settings

pytestmark = pytest.mark.pages

# Each page with a filter set; without them the command would be right by chance.
PAGES = [
    "/legislation/unfounded?mode=any&words=y%C3%B6netmelik&type=regulation&group=base&sort=-lost_on",
    "/legislation/unfounded?mode=any&base=kanun-3056.m2",
    "/legislation/unfounded?mode=any&issuer=99000002&sort=lost",
    "/legislation/unfounded",
    "/legislation/kanun-5490/resting?kind=service",
    "/legislation/kanun-5490/resting?kind=service&institution=99000001",
    "/legislation/kanun-5490/resting",
    "/legislation/kanun-5490/text?words=%C3%B6l%C3%BCm",
    "/legislation/kanun-5490/text",
    "/legislation/kanun-5490/timeline",
    "/legislation/kanun-5490",
    "/legislation/kanun-5490?direction=down&relation=based_on&depth=1",
    "/flows?organisation=99001009&scope=between&level=institution&units=own",
    "/flows?whole=state&carried_by=applicant",
    "/impact/legislation/kanun-5490?kinds=service&words=kay%C4%B1t&group=institution&depth=2",
    "/impact/what-if?record=kanun-5490,99006201&chain=all",
    "/paths?from=heys-41001&to=anayasa-2709&count=3",
    "/services/inventory?organisation=99001009&units=self",
    "/services/table?organisation=99006201&units=self",
    "/organisations/99001009?depth=1",
    "/organisations/99001009/difference?from=2018-01-01&to=2026-01-01",
    "/explore?act=kanun-5490",
    "/explore?act=kanun-5490&act=kanun-5490~in~BASED_ON~service~1&kinds=service&hide=heys-41004&ever=true",
    "/organisations",
    "/quality?rule=service_without_basis",
]
# What depends on how much was asked for at once, and not on the question.
_OF_A_PAGE = {"rows", "arrows", "complete", "cut", "offset", "limit", "anchors", "next_cursor", "gaps"}


def told(page: str) -> list[str]:
    """The codes that the page tells under "the same question in other ways"."""
    part = page[page.index('id="another-heading"') :]
    codes = re.findall(r"<code[^>]*>(.*?)</code>", part, re.DOTALL)
    return [html.unescape(re.sub(r"<[^>]+>", "", code)) for code in codes]


@pytest.fixture
def ask(
    sample: Graph,
    settings: Settings,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> Callable[..., Run]:
    """Runs `kaysis` over the sample, in a scratch folder."""
    assert sample
    monkeypatch.setenv("KAYSIS_HOME", str(settings.home))
    monkeypatch.chdir(tmp_path)
    return lambda *words: Run(capsys, *words)


@pytest.mark.parametrize("page", PAGES)
def test_page_api_and_command_ask_one_question(page: str, client: TestClient, ask: Callable[..., Run]) -> None:
    codes = told(client.get(page).text)
    command = shlex.split(next(code for code in codes if code.startswith("kaysis ")))
    address = urlsplit(next(code for code in codes if "/api/" in code))
    answer: dict[str, Any] = client.get(f"{address.path}?{address.query}").json()
    run = ask(*command[1:], "--format=json")
    assert run.code == exit_codes.DONE, run.err
    asked: dict[str, Any] = json.loads(run.out)
    assert {name: value for name, value in asked.items() if name not in _OF_A_PAGE} == {
        name: value for name, value in answer.items() if name not in _OF_A_PAGE
    }


@pytest.mark.parametrize(
    ("options", "rule"),
    [
        (["--unfounded=all", "--direction=up"], "cli.unfit_option"),
        (["--unfounded=all", "--part=text"], "cli.unfit_option"),
        (["kanun-5490", "--part=timeline", "--words=ölüm"], "cli.unfit_option"),
        (["kanun-5490", "--words=ölüm"], "cli.option_of_others"),
        (["kanun-5490", "--kind=service"], "cli.option_of_others"),
    ],
)
def test_an_option_that_says_nothing_beside_the_others_is_refused(
    options: list[str], rule: str, capsys: pytest.CaptureFixture[str]
) -> None:
    run = Run(capsys, "legislation", *options)
    assert (run.code, f"[{rule}]" in run.err) == (exit_codes.MISUSED, True), run.err


@pytest.mark.parametrize(
    ("options", "rule"),
    [
        (["99001009", "--up", "--days"], "cli.unfit_option"),
        (["99001009", "--around", "--ever"], "cli.unfit_option"),
        (["99001009", "--up", "--depth=2"], "cli.unfit_option"),
        (["99001009", "--to=2020-01-01"], "cli.option_of_others"),
    ],
)
def test_a_tree_is_not_asked_two_questions_at_once(
    options: list[str], rule: str, capsys: pytest.CaptureFixture[str]
) -> None:
    run = Run(capsys, "tree", *options)
    assert (run.code, f"[{rule}]" in run.err) == (exit_codes.MISUSED, True), run.err


@pytest.mark.parametrize(
    "command",
    [
        ("services", "99007201", "--limit", "1"),
        ("services", "99007201", "--offset", "1"),
        ("services", "99007201", "--limit", "1", "--format", "csv"),
        ("tree", "99006201", "--up", "--limit", "1"),
        ("tree", "99001009", "--days", "--limit", "1"),
        ("tree", "--offset", "1"),
        ("legislation", "kanun-5490", "--part", "force", "--limit", "1"),
        ("impact", "kanun-5490", "--assume", "repealed", "--offset", "1"),
    ],
)
def test_a_command_refuses_a_page_of_what_is_not_read_in_pages(
    command: tuple[str, ...], ask: Callable[..., Run]
) -> None:
    run = ask("--lang=en", *command)
    assert (run.code, run.out) == (exit_codes.MISUSED, "")
    assert "not read in parts" in run.err


PARTS = ["resting", "text", "timeline", "repealed", "repealed_by", "overview"]


@pytest.mark.parametrize("part", PARTS)
def test_a_part_of_an_act_is_read_on_a_screen_and_comes_as_the_files_of_its_page(
    part: str, ask: Callable[..., Run], tmp_path: Path
) -> None:
    seen = ask("legislation", "kanun-5490", f"--part={part}")
    assert (seen.code, "Nüfus Hizmetleri Kanunu" in seen.out) == (exit_codes.DONE, True), seen.err
    assert "Traceback" not in seen.err
    sheet = ask("legislation", "kanun-5490", f"--part={part}", "--format=csv")
    # What stands on one page under many headings is no table.
    assert sheet.code == (exit_codes.MISUSED if part == "overview" else exit_codes.DONE)
    if part == "timeline":
        assert ask("legislation", "kanun-5490", "--part=timeline", "--output=life.svg").code == exit_codes.DONE
        assert (tmp_path / "life.svg").read_text(encoding="utf-8").startswith("<svg")
