"""What a command gave back: its exit code and what it wrote."""

import csv
import io
import json

import pytest

from kaysis_graph.cli import main


class Run:
    """What a command wrote and how it ended."""

    def __init__(self, capsys: pytest.CaptureFixture[str], *arguments: str) -> None:
        self.code = main(arguments)
        self.out, self.err = capsys.readouterr()
        self.out = self.out.removeprefix("\ufeff")

    @property
    def json(self) -> dict[str, object]:
        found: dict[str, object] = json.loads(self.out)
        return found

    @property
    def rows(self) -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO(self.out)))
