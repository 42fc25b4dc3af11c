"""The scripts of the pages pass their own tests."""

import shutil
import subprocess
from pathlib import Path

import pytest

EXPLORER = Path(__file__).parents[2] / "ui" / "explorer"


def test_scripts_do_what_their_own_tests_say() -> None:
    vitest = EXPLORER / "node_modules" / "vitest" / "vitest.mjs"
    node = Path(__file__).parents[2] / ".venv" / "bin" / "node"
    if not vitest.is_file():
        pytest.skip("the packages of ui/explorer are not installed")
    program = str(node) if node.exists() else shutil.which("node")
    run = subprocess.run([str(program), str(vitest), "run"], cwd=EXPLORER, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
