"""The wheel holds every file the code reads, and works on its own."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True, cwd=folder)
    return next(folder.glob("*.whl"))


@pytest.mark.parametrize("name", ["cypher", "ontology", "ui/static", "ui/templates", "seed"])
def test_every_file_travels_in_the_wheel(wheel: Path, name: str) -> None:
    tracked = subprocess.run(["git", "ls-files", name], check=True, capture_output=True, text=True, cwd=ROOT)
    held = set(zipfile.ZipFile(wheel).namelist())
    # git writes letters beyond ASCII as octal; our own file names have none.
    missing = [path for path in tracked.stdout.split("\n") if path and f"kaysis_graph/share/{path}" not in held]
    assert not missing


def test_the_wheel_alone_reads_its_schema_and_says_its_commands(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path)
    script = "from kaysis_graph import schema, cli; print(len(schema.read().kinds)); cli.main(['--help'])"
    run = subprocess.run(
        [sys.executable, "-P", "-c", f"import sys; sys.path.insert(0, {str(tmp_path)!r}); {script}"],
        check=False,
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={"PATH": "", "KAYSIS_LANGUAGE": "tr"},
    )
    assert run.returncode == 0, run.stderr
    assert run.stdout.startswith("11")
    assert "serve" in run.stdout
