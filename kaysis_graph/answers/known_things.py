"""Records as the parts of one answer name them, each read once."""

from collections.abc import Iterable, Mapping

from kaysis_graph.answers.answer import Thing, things_by_position
from kaysis_graph.graph.graph import Graph
from kaysis_graph.graph.view import View


class KnownThings:
    """The records of one view that were named so far, by position: rows, pictures and counts often name the same."""

    def __init__(self, graph: Graph, view: View) -> None:
        self._graph = graph
        self._view = view
        self._known: dict[int, Thing] = {}
        self._expected: set[int] = set()

    def expect(self, positions: Iterable[int]) -> None:
        """Reads these with the next ones that are asked for: another part of the answer will name them."""
        self._expected.update(positions)

    def at(self, positions: Iterable[int]) -> Mapping[int, Thing]:
        """Those at these positions, and all that were asked for before; one statement where any is new."""
        new = {place for place in positions if place not in self._known}
        if new:
            new |= self._expected - self._known.keys()
            self._expected.clear()
            self._known.update(things_by_position(self._graph, self._view, sorted(new)))
        return self._known
