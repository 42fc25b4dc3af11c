"""The commands of the README do what it says."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from kaysis_graph.settings import Settings

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
EXAMPLES = [
    (command, answer)
    for block in re.findall(r"```console\n(.*?)```", README, re.DOTALL)
    for command, answer in re.findall(r"\$ (.+)\n((?:[^$].*\n)*)", block)
]


def environment(settings: Settings, home: Path) -> dict[str, str]:
    server = {"KAYSIS_GRAPH_URL": settings.graph_url, "KAYSIS_GRAPH_PASSWORD": settings.graph_password}
    return {
        **os.environ,
        "KAYSIS_LANGUAGE": "tr",
        "KAYSIS_HOME": str(home),
        **{name: value for name, value in server.items() if value},
    }


def test_there_is_an_example_for_each_question_and_one_of_what_if() -> None:
    assert len(EXAMPLES) == 6


@pytest.mark.parametrize(("command", "answer"), EXAMPLES)
@pytest.mark.usefixtures("sample")
def test_an_example_answers_what_the_readme_says(settings: Settings, command: str, answer: str) -> None:
    words = shlex.split(command)
    assert words[0] == "kaysis"
    run = subprocess.run(
        [sys.executable, "-m", "kaysis_graph.cli", *words[1:]],
        check=False,
        capture_output=True,
        text=True,
        env=environment(settings, settings.home),
    )
    assert run.returncode == 0, run.stderr
    for line in answer.splitlines():
        assert line.strip() in run.stdout


def test_links_of_the_readme_lead_somewhere() -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", README):
        assert (ROOT / target).exists(), target


@pytest.mark.usefixtures("sample")
def test_the_picture_of_the_readme_is_what_the_command_draws(settings: Settings, tmp_path: Path) -> None:
    drawn = tmp_path / "flow.svg"
    command = ["flows", "--service", "heys-41033", "--at", "2026-01-01", "--format", "svg", "--output", str(drawn)]
    subprocess.run(
        [sys.executable, "-m", "kaysis_graph.cli", *command], check=True, env=environment(settings, settings.home)
    )
    assert drawn.read_bytes() == (ROOT / "docs" / "flow.svg").read_bytes()
