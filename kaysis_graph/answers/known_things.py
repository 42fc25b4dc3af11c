"""Records as the parts of one answer name them, each made once."""

from collections.abc import Iterable, Mapping

from kaysis_graph.answers.answer import Thing, things_by_position
from kaysis_graph.graph.view import View


class KnownThings:
    """The records of one view that were named so far, by position: rows, pictures and counts often name the same."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._known: dict[int, Thing] = {}

    def at(self, positions: Iterable[int]) -> Mapping[int, Thing]:
        """Those at these positions, and all that were asked for before."""
        new = {place for place in positions if place not in self._known}
        if new:
            self._known.update(things_by_position(self._view, sorted(new)))
        return self._known
