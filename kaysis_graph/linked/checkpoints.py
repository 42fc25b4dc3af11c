"""A state of the copy that never changes, for workers to read."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Checkpoint:
    """Where it lies, and the number of the change it stands at."""

    path: Path
    sequence: int
