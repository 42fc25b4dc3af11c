"""How many triples each property must have by the projection, and how many the copy has: reconciliation."""

from collections import Counter
from collections.abc import Iterator

import numpy as np
from pyoxigraph import Literal, NamedNode, QuerySolutions, Store

from kaysis_graph.facts import effects
from kaysis_graph.facts.legal_force import repealed
from kaysis_graph.graph.columns import Ints
from kaysis_graph.graph.record_table import GONE
from kaysis_graph.graph.view import View
from kaysis_graph.linked import patterns, record_roles
from kaysis_graph.linked.iris import Iris
from kaysis_graph.schema.definitions import EdgeDefinition, Kind, Term

Counts = dict[str, int]


def expected(iris: Iris, view: View) -> Counts:
    """By class and property: the records of each kind, and the triples that edges of the day make.

    What is told in a form of its own counts under the property that stands for the edge: a document that is one of
    several under cv:specifiesEvidenceType together with cv:hasInputType, a datum under cv:hasConcept.
    """
    counts: Counter[str] = Counter()
    kinds = view.records.kind[view.records.kind != GONE]
    for number, count in enumerate(np.bincount(kinds, minlength=len(view.records.kinds)).tolist()):
        counts[iris.own(view.records.kinds[number]).value] += count
    for kind in iris.schema.kinds.values():
        for edge in kind.edges.values():
            for predicate, count in _edges(iris, view, kind, edge):
                counts[predicate.value] += count
    described = view.once(record_roles.described)
    services = view.records.of_kinds("Service") & described
    counts[iris.term(Term("dct", "isPartOf")).value] += int(services.sum())
    unplaced = view.records.of_kinds("Organisation") & described & ~view.once(record_roles.placed)
    counts[iris.term(Term("dct", "spatial")).value] += int(unplaced.sum())
    return {name: count for name, count in sorted(counts.items()) if count}


def found(iris: Iris, store: Store, names: Iterator[str]) -> Counts:
    """What a copy holds of the same."""
    kinds = {iris.own(name).value for name in iris.schema.kinds}
    counts = {name: _records(iris, store, name) if name in kinds else _triples(store, name) for name in names}
    chosen = iris.term(Term("cv", "specifiesEvidenceType")).value
    asked = iris.term(Term("cv", "hasInputType")).value
    if asked in counts:
        counts[asked] += _triples(store, chosen)
    return {name: count for name, count in counts.items() if count}


def _edges(iris: Iris, view: View, kind: Kind, edge: EdgeDefinition) -> Iterator[tuple[NamedNode, int]]:
    columns = view.edges[edge.type]
    rows = view.all_holding(edge.type)
    rows = rows[view.records.of_kinds(kind.name)[columns.source[rows]]]
    own = iris.own(edge.role)
    for target in edge.to:
        here = rows[view.records.of_kinds(target)[columns.target[rows]]]
        term = edge.rdf.get(target)
        predicate = iris.term(term) if term is not None else own
        match edge.type, target:
            case "AMENDS", _:
                works = view.ever(effects.of_amendments).works[here]
                yield own, _pairs(view, edge.type, here[~works])
                yield predicate, _pairs(view, edge.type, here[works])
            case "REPEALS", _:
                works = view.ever(effects.of_repeals).works[here]
                partial = works & columns.is_secondary[here]
                ended = works & ~partial & view.once(repealed)[columns.target[here]]
                yield patterns.CHANGES, _pairs(view, edge.type, here[partial])
                yield own, _pairs(view, edge.type, here[~partial & ~ended])
                yield predicate, _pairs(view, edge.type, here[ended])
            case "REQUIRES", "Service":
                offered = view.once(record_roles.offered)[columns.target[here]]
                yield own, _pairs(view, edge.type, here[~offered])
                yield predicate, _pairs(view, edge.type, here[offered])
            case "REQUIRES", "DataElement":
                yield iris.term(Term("cv", "hasConcept")), _pairs(view, edge.type, here)
            case _:
                yield predicate, _pairs(view, edge.type, here)


def _pairs(view: View, edge_type: str, rows: Ints) -> int:
    """How many pairs of records the edges join: two that hold at once between the same ends are one triple."""
    return len(np.unique(view.edges[edge_type].keys[rows]))


def _records(iris: Iris, store: Store, name: str) -> int:
    asked = f"{{ ?s a <{name}> }} UNION {{ GRAPH <{iris.history.value}> {{ ?s a <{name}> }} }}"
    return _number(store, f"SELECT (COUNT(DISTINCT ?s) AS ?count) {{ {asked} }}")


def _triples(store: Store, name: str) -> int:
    return _number(store, f"SELECT (COUNT(*) AS ?count) {{ ?s <{name}> ?o }}")


def _number(store: Store, query: str) -> int:
    solutions = store.query(query)
    assert isinstance(solutions, QuerySolutions), "a SELECT"
    count = next(solutions)[0]
    assert isinstance(count, Literal), "a count"
    return int(count.value)
