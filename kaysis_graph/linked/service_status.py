"""How the service is: whether the engine answers, where the sequence stands, whether its copies keep up."""

from dataclasses import dataclass

from kaysis_graph.graph.graph import Graph
from kaysis_graph.linked.copy.keeper import State
from kaysis_graph.linked.linked import Linked
from kaysis_graph.search.index.word_index import Place, WordIndex
from kaysis_graph.settings import VERSION


@dataclass(frozen=True)
class Lag:
    """How the projection stands: at which change, how far behind the engine, and what it holds."""

    sequence: int
    behind: int | None
    records: int
    edges: int
    build_seconds: float
    loaded_from_file: bool
    rebuilt: int
    trouble: str | None


@dataclass(frozen=True)
class SearchLag:
    """How the search index stands: where it is kept, at which change, how far behind the projection, what it holds.

    `place` and `sequence` are None before the first search of a service that keeps no files.
    """

    place: Place | None
    sequence: int | None
    behind: int | None
    records: int
    build_seconds: float
    rebuilt: int
    trouble: str | None


@dataclass(frozen=True)
class LinkedLag:
    """How the copy for SPARQL stands: at which change, how far behind the projection, how much of a new one is built.

    `sequence` is None while the first copy is being built.
    """

    state: State
    base: str
    sequence: int | None
    behind: int | None
    records_done: int
    records_in_all: int
    build_seconds: float
    rebuilt: int
    trouble: str | None


@dataclass(frozen=True)
class Status:
    """How the service is: whether the engine answers, where the sequence stands, whether its copies keep up."""

    version: str
    engine: str
    engine_answers: bool
    sequence: int
    head: int | None
    head_hash: str | None
    projection: Lag
    search: SearchLag
    linked: LinkedLag | None


def read_status(graph: Graph, linked: Linked | None) -> Status:
    """How it stands now, told from the projection also when the engine does not answer."""
    follower = graph.follower
    projection, seen = follower.current, follower.seen
    head = follower.head()
    counts, kinds = projection.counts(), graph.schema.kinds
    records = sum(count for name, count in counts.items() if name in kinds)
    lag = Lag(
        sequence=projection.sequence,
        behind=None if head is None else max(0, head.number - projection.sequence),
        records=records,
        edges=sum(counts.values()) - records,
        build_seconds=round(seen.build_seconds, 3),
        loaded_from_file=seen.loaded_from_file,
        rebuilt=seen.rebuilt,
        trouble=seen.trouble,
    )
    return Status(
        version=VERSION,
        engine=graph.store.engine.name,
        engine_answers=head is not None,
        sequence=projection.sequence,
        head=None if head is None else head.number,
        head_hash=None if head is None else head.hash,
        projection=lag,
        search=_search_lag(graph.beside(WordIndex), projection.sequence),
        linked=_linked_lag(linked, projection.sequence),
    )


def _search_lag(index: WordIndex, sequence: int) -> SearchLag:
    seen, position = index.seen, index.position
    return SearchLag(
        place=seen.place,
        sequence=None if position is None else position.number,
        behind=None if position is None else max(0, sequence - position.number),
        records=0 if position is None else position.records,
        build_seconds=round(seen.build_seconds, 3),
        rebuilt=seen.rebuilt,
        trouble=seen.trouble,
    )


def _linked_lag(linked: Linked | None, sequence: int) -> LinkedLag | None:
    if linked is None:
        return None
    seen, newest = linked.seen, linked.newest
    return LinkedLag(
        state=seen.state,
        base=linked.iris.base,
        sequence=None if newest is None else newest.sequence,
        behind=None if newest is None else max(0, sequence - newest.sequence),
        records_done=seen.records_done,
        records_in_all=seen.records_in_all,
        build_seconds=round(seen.build_seconds, 3),
        rebuilt=seen.rebuilt,
        trouble=seen.trouble,
    )
