"""What a long command tells of itself: rate and time left, in lines that a log can hold."""

import io

import pytest
from rich.console import Console

from kaysis_graph.cli.progress import LogLines
from kaysis_graph.cli.terminal import Terminal
from kaysis_graph.messages import LANGUAGES, Language


@pytest.fixture(params=LANGUAGES)
def terminal(request: pytest.FixtureRequest) -> Terminal:
    """A terminal of either language whose errors can be read."""
    made = Terminal(request.param)
    made.err = Console(file=io.StringIO(), width=200)
    return made


def lines(terminal: Terminal, *heard: tuple[float, str, int, int | None]) -> list[str]:
    """The lines of a log by what was heard at which second."""
    times = iter([0.0, *(second for second, *_ in heard)])
    log = LogLines(terminal, lambda: next(times))
    for _, stage, done, total in heard:
        log.told(stage, done, total)
    file = terminal.err.file
    assert isinstance(file, io.StringIO)
    return file.getvalue().splitlines()


SAID: dict[Language, list[str]] = {
    "en": ["Reading: 40,000, 2,000 a second", "Writing: 10,000 of 100,000, 500 a second, 3:00 left"],
    "tr": ["Okunuyor: 40.000, saniyede 2.000", "Yazılıyor: 10.000 / 100.000, saniyede 500, kalan süre 3:00"],
}


def test_a_log_is_told_rate_and_time_left_now_and_then(terminal: Terminal) -> None:
    heard = [
        (1.0, "read", 2_000, None),
        (20.0, "read", 40_000, None),
        (21.0, "read", 42_000, None),
        (41.0, "write", 10_000, 100_000),
        (42.0, "write", 11_000, 100_000),
    ]
    assert lines(terminal, *heard) == SAID[terminal.language]


def test_a_log_hears_nothing_of_what_is_quick(terminal: Terminal) -> None:
    assert lines(terminal, (1.0, "read", 1_000, None), (2.0, "check", 2_000, 2_000), (3.0, "write", 5, 5)) == []
