"""Linked data of one service: the copy that is kept in step, and the workers that answer queries about it."""

from dataclasses import replace

from kaysis_graph.graph.graph import Graph
from kaysis_graph.linked.copy import keeper
from kaysis_graph.linked.copy.checkpoints import Checkpoint
from kaysis_graph.linked.copy.keeper import Keeper, KeeperWork
from kaysis_graph.linked.sparql.limits import QueryLimits
from kaysis_graph.linked.sparql.pool import Pool
from kaysis_graph.settings import Settings


class Linked:
    """Built, followed and asked from `start` to `end`."""

    def __init__(self, graph: Graph, settings: Settings, limits: QueryLimits | None = None) -> None:
        self._keeper = Keeper(graph, settings.base, keeper.folder(settings), settings.publication)
        self.iris = self._keeper.iris
        self.pool = Pool(lambda: self.newest, settings.base, self.iris.prefixes, limits or limits_of(settings))

    @property
    def newest(self) -> Checkpoint | None:
        """The state that is asked about; None while the first copy is being built."""
        return self._keeper.newest

    @property
    def seen(self) -> KeeperWork:
        """What the keeper of the copy did so far."""
        return self._keeper.seen

    def start(self) -> None:
        """Begins to follow the graph; the first copy is built behind the answers."""
        self._keeper.follow()
        self.pool.warm()

    def end(self) -> None:
        """Stops following and ends the workers."""
        self._keeper.end()
        self.pool.end()


def limits_of(settings: Settings) -> QueryLimits:
    """The limits that the operator chose, the others as they are."""
    limits = replace(QueryLimits(), seconds=settings.sparql_seconds)
    return limits if settings.sparql_workers is None else replace(limits, workers=settings.sparql_workers)
