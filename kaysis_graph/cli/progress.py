"""How far a long command is, on standard error: bars on a screen, now and then a plain line in a log."""

import contextlib
import time
from collections.abc import Callable, Iterator

from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    SpinnerColumn,
    Task,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from kaysis_graph.cli.terminal import Terminal

Told = Callable[[str, int, int | None], None]
# guess: a log of an hour's import then has 240 lines, and a command that takes less than this none.
_SECONDS_A_LINE = 15.0


@contextlib.contextmanager
def progress_told(terminal: Terminal) -> Iterator[Told]:
    """Hears the stage, how many are done and how many there are, where that is known; shows rate and time left."""
    if not terminal.err.is_terminal:
        yield LogLines(terminal, time.monotonic).told
        return
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        _Rate(terminal),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=terminal.err, transient=True) as bars:
        stages = {}

        def told(stage: str, done: int, total: int | None) -> None:
            if stage not in stages:
                stages[stage] = bars.add_task(terminal.say(f"cli.stage_{stage}"), total=total)
            bars.update(stages[stage], completed=done, total=total)

        yield told


class LogLines:
    """A line for a stage that takes long: how much is done, how fast it goes, how long it will take."""

    def __init__(self, terminal: Terminal, now: Callable[[], float]) -> None:
        self._terminal = terminal
        self._now = now
        self._begun: dict[str, float] = {}
        self._told_at = self._heard_at = now()

    def told(self, stage: str, done: int, total: int | None) -> None:
        """Takes in how far a stage is."""
        now = self._now()
        # What is heard first of a stage tells of many that are done: it began when the one before was heard last.
        begun = self._begun.setdefault(stage, self._heard_at)
        self._heard_at = now
        if now - self._told_at < _SECONDS_A_LINE:
            return
        self._told_at = now
        rate = done / max(now - begun, 1e-9)
        values = {"stage": self._terminal.say(f"cli.stage_{stage}"), "done": self._terminal.number(done)}
        values["rate"] = self._terminal.number(round(rate))
        if total is None or not rate:
            self._terminal.note(self._terminal.say("cli.progress", **values), "")
            return
        left = round((total - done) / rate)
        values |= {"total": self._terminal.number(total), "left": f"{left // 60}:{left % 60:02}"}
        self._terminal.note(self._terminal.say("cli.progress_of", **values), "")


class _Rate(ProgressColumn):
    """How many are done a second."""

    def __init__(self, terminal: Terminal) -> None:
        self._terminal = terminal
        super().__init__()

    def render(self, task: Task) -> Text:
        speed = task.finished_speed or task.speed
        rate = self._terminal.number(round(speed)) if speed else "–"
        return Text(self._terminal.say("cli.rate", rate=rate), style="progress.data.speed")
