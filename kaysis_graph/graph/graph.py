"""The graph as answers see it: the store for names and neighbours, the projection for walks."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from threading import Lock
from typing import Any, Protocol, TypeVar, cast

from kaysis_graph.graph import setup
from kaysis_graph.graph.follower import Follower
from kaysis_graph.graph.store import Store
from kaysis_graph.graph.view import View
from kaysis_graph.schema import Schema
from kaysis_graph.settings import Settings


class Companion(Protocol):
    """What is kept beside a graph while it is open."""

    def close(self) -> None:
        """Lets go of what it holds."""


_Companion = TypeVar("_Companion", bound=Companion)


@dataclass(frozen=True)
class Graph:
    """One open graph; safe to share between threads."""

    store: Store
    schema: Schema
    follower: Follower
    _companions: dict[Callable[..., Any], Companion] = field(default_factory=dict, repr=False, compare=False)
    _lock: Lock = field(default_factory=Lock, repr=False, compare=False)

    def on(self, at: date) -> View:
        """Everything as of the day, at the number the projection stands at now; `View.sequence` tells it."""
        return self.follower.current.on(at)

    @property
    def sequence(self) -> int:
        """The number of the last change that answers know of."""
        return self.follower.current.sequence

    def beside(self, make: Callable[["Graph"], _Companion]) -> _Companion:
        """What `make` makes of this graph: made when it is first asked for, kept, and closed with the graph."""
        with self._lock:
            if make not in self._companions:
                self._companions[make] = make(self)
            return cast("_Companion", self._companions[make])

    def close(self) -> None:
        """Keeps the projection and lets the connections go; the engine runs on."""
        for companion in self._companions.values():
            companion.close()
        self.follower.end()
        self.store.close()


def open_graph(settings: Settings, schema: Schema, *, anew: bool = False) -> Graph:
    """The graph of the settings, its engine started or joined and brought to the schema; EngineDown says why not.

    With `anew` the schema is laid down even where the graph says that it is there.
    """
    store = setup.opened(settings, schema, anew=anew)
    try:
        follower = Follower(store, schema, settings.home / "projection.npz")
    except BaseException:
        store.close()
        raise
    return Graph(store, schema, follower)
