"""A state of the copy that never changes, for readers to open: as long as one reads it, it is not taken away.

The engine opens most of a store's files only when it comes to read them. Where they are gone by then it may answer
wrongly without a word, so readers hold the folder by a lock that ends with their process at the latest.
"""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from pyoxigraph import Store

try:
    import fcntl
except ImportError:  # elsewhere than on Unix files that are open cannot be removed
    fcntl = None  # type: ignore[assignment]

_GONE = ".gone"


@dataclass(frozen=True)
class Checkpoint:
    """Where it lies, and the number of the change it stands at."""

    path: Path
    sequence: int


class Opened:
    """The store of a checkpoint, held from here to `close`; OSError when it was taken away before."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = os.open(path, os.O_RDONLY) if fcntl is not None else None
        try:
            if self._lock is not None:
                # Who has it locked is taking it away; there is nothing to open then.
                fcntl.flock(self._lock, fcntl.LOCK_SH)
            self.store = Store.read_only(str(path))
        except BaseException:
            self._release()
            raise

    @property
    def is_there(self) -> bool:
        """Whether its files still stand where they are looked for: nothing but force takes them from a reader."""
        return self.path.is_dir()

    def close(self) -> None:
        """Lets it go."""
        # The last reference: the engine closes its files with it.
        del self.store
        self._release()

    def __enter__(self) -> Store:
        return self.store

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _release(self) -> None:
        if self._lock is not None:
            os.close(self._lock)


def take_away(path: Path) -> bool:
    """Removes a checkpoint unless somebody reads it; whether it is gone."""
    if fcntl is None:
        shutil.rmtree(path, ignore_errors=True)
        return not path.exists()
    try:
        lock = os.open(path, os.O_RDONLY)
    except FileNotFoundError:
        return True
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        # Whoever waits for the lock finds nothing under the name.
        gone = path.with_name(f"{path.name}{_GONE}")
        path.rename(gone)
        shutil.rmtree(gone)
    except BlockingIOError:
        return False
    finally:
        os.close(lock)
    return True


def sweep(folder: Path) -> None:
    """Removes what a process that was killed had half removed."""
    for left in folder.glob(f"*{_GONE}"):
        shutil.rmtree(left, ignore_errors=True)
