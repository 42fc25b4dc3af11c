"""Where the files that travel with the code lie, beside it in a checkout, inside it in a wheel; and writing others."""

import contextlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

_PACKAGE = Path(__file__).parent
_ROOT = _PACKAGE.parent if (_PACKAGE.parent / "pyproject.toml").is_file() else _PACKAGE / "share"

CYPHER = _ROOT / "cypher"
ONTOLOGY = _ROOT / "ontology"
UI = _ROOT / "ui"
SEED = _ROOT / "seed"
MESSAGES = _PACKAGE / "messages"


@contextlib.contextmanager
def written_whole(path: Path) -> Iterator[Path]:
    """A file to write to, which takes the place of `path` when all was written; until then that stays as it was.

    What is no plain file, such as a pipe or a device, is given as it is.
    """
    target = path.resolve()
    if target.exists() and not target.is_file():
        yield target
        return
    partial = target.with_name(f"{target.name}.partial")
    try:
        yield partial
        with partial.open("rb") as file:
            os.fsync(file.fileno())
        if target.exists():
            shutil.copymode(target, partial)
        partial.replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            partial.unlink()
        raise


def disk_of(path: Path) -> Path:
    """The folder at which the disk that holds the path begins."""
    return next(folder for folder in (path.resolve(), *path.resolve().parents) if folder.is_mount())
