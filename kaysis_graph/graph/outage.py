"""Whether the engine is away: found once, known to all, so that nobody waits for what will not come.

A service listens to the heartbeat of its engine. While there is none, who asks the engine is told so at once, and
everything that is told without it (walks, lists, what a reader has already) goes on. Commands do not listen: they
ask a few things and end.
"""

import threading
from collections.abc import Callable

from kaysis_graph.errors import EngineDown

_BEAT_EVERY = 0.5
# Some may be missed where other programs take the machine.
_BEATS_MISSED = 3


class Outage:
    """What is known of whether an engine answers; `answers` asks it once and comes back within seconds in any case."""

    def __init__(self, answers: Callable[[], bool]) -> None:
        self._answers = answers
        self._reason: str | None = None
        self._ended = threading.Event()
        self._thread: threading.Thread | None = None

    @property
    def is_known(self) -> bool:
        """Whether the engine is known to be away."""
        return self._reason is not None

    def check(self) -> None:
        """EngineDown while the engine is known to be away."""
        reason = self._reason
        if reason is not None:
            raise EngineDown("engines.gone", reason=reason)

    def note(self, reason: str) -> None:
        """Why somebody asked in vain, so that nobody else tries; of no effect where nobody listens for its return."""
        if self._thread is not None:
            self._reason = reason

    def listen(self) -> None:
        """Listens to the heartbeat in a thread of its own until `end`; one is enough for all who follow one store."""
        if self._thread is not None:
            return
        self._ended.clear()
        self._thread = threading.Thread(target=self._listening, name="heartbeat", daemon=True)
        self._thread.start()

    def end(self) -> None:
        """Listens no more."""
        self._ended.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None
        self._reason = None

    def _listening(self) -> None:
        missed = 0
        while not self._ended.wait(_BEAT_EVERY):
            missed = 0 if self._answers() else missed + 1
            if not missed:
                self._reason = None
            elif missed >= _BEATS_MISSED and self._reason is None:
                self._reason = "no heartbeat"
