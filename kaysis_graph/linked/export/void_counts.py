"""The counts of triples, classes and properties that the descriptions of the dataset give, as of one change."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, QuerySolutions, Store

from kaysis_graph.linked.copy.checkpoints import Checkpoint, Opened
from kaysis_graph.linked.iris import Iris
from kaysis_graph.linked.literals import RDF

_TYPE = NamedNode(f"{RDF}type")
_DEFAULT = DefaultGraph()


@dataclass(frozen=True)
class Tally:
    """Triples of the default graph, its members by class and its triples by property, and the quads of the history."""

    sequence: int
    triples: int
    past: int
    classes: Mapping[str, int]
    properties: Mapping[str, int]

    def records(self, iris: Iris) -> int:
        """The records described: each is a member of exactly one kind."""
        return sum(self.classes.get(iris.own(name).value, 0) for name in iris.schema.kinds)


def of_quads(quads: Iterable[Quad], sequence: int) -> Tally:
    """Counted as they pass by; none may come twice."""
    classes: Counter[str] = Counter()
    properties: Counter[str] = Counter()
    past = 0
    for quad in quads:
        if quad.graph_name != _DEFAULT:
            past += 1
            continue
        properties[quad.predicate.value] += 1
        if quad.predicate == _TYPE and isinstance(quad.object, NamedNode):
            classes[quad.object.value] += 1
    return Tally(sequence, properties.total(), past, _sorted(classes), _sorted(properties))


@lru_cache(maxsize=2)
def of_checkpoint(checkpoint: Checkpoint, iris: Iris) -> Tally:
    """Counted by the copy itself, once for each of its states."""
    past = f"SELECT (<{_TYPE.value}> AS ?name) (COUNT(*) AS ?count) {{ GRAPH <{iris.history.value}> {{ ?s ?p ?o }} }}"
    with Opened(checkpoint.path) as store:
        properties = _counted(store, "SELECT ?name (COUNT(*) AS ?count) { ?s ?name ?o } GROUP BY ?name")
        classes = _counted(store, f"SELECT ?name (COUNT(*) AS ?count) {{ ?s <{_TYPE.value}> ?name }} GROUP BY ?name")
        (count,) = _counted(store, past).values()
    return Tally(checkpoint.sequence, sum(properties.values()), count, classes, properties)


def _counted(store: Store, query: str) -> dict[str, int]:
    solutions = store.query(query)
    assert isinstance(solutions, QuerySolutions), "a SELECT"
    found: dict[str, int] = {}
    for solution in solutions:
        name, count = solution["name"], solution["count"]
        if isinstance(name, NamedNode) and isinstance(count, Literal):
            found[name.value] = int(count.value)
    return _sorted(found)


def _sorted(counts: Mapping[str, int]) -> dict[str, int]:
    return dict(sorted(counts.items()))
