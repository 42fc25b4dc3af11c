"""The schema made ready for RDF: the predicates and converters of every kind, worked out once."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pyoxigraph import NamedNode

from kaysis_graph.linked import literals
from kaysis_graph.linked.iris import Iris
from kaysis_graph.linked.literals import Term
from kaysis_graph.schema import definitions
from kaysis_graph.schema.definitions import EdgeDefinition, Field, Kind

Made = Callable[[Any], Term]
Way = tuple[NamedNode, Made]


@dataclass(frozen=True)
class FieldPlan:
    """The predicates a field is given out under, each with its converter; `own` names it in the history.

    `ways_when` are those besides while the record has a role, `tagged` those whose texts carry a language.
    """

    own: NamedNode
    ways: tuple[Way, ...]
    tagged: tuple[NamedNode, ...]
    ways_when: Mapping[str, tuple[Way, ...]]


@dataclass(frozen=True)
class EdgePlan:
    """The predicate of an edge by the kind it reaches; `own` where there is none, and in the history."""

    own: NamedNode
    properties: Mapping[str, NamedNode]
    fields: Mapping[str, FieldPlan]


@dataclass(frozen=True)
class KindPlan:
    """Everything that turns a record of a kind into RDF."""

    kind: Kind
    own: NamedNode
    classes: tuple[NamedNode, ...]
    classes_when: Mapping[str, tuple[NamedNode, ...]]
    fields: Mapping[str, FieldPlan]
    edges: Mapping[str, EdgePlan]


@lru_cache(maxsize=2)
def of(iris: Iris) -> Mapping[str, KindPlan]:
    """The plan of each kind by its name."""
    return {kind.name: _kind(iris, kind) for kind in iris.schema.kinds.values()}


def _kind(iris: Iris, kind: Kind) -> KindPlan:
    return KindPlan(
        kind=kind,
        own=iris.own(kind.name),
        classes=tuple(iris.term(term) for term in kind.rdf),
        classes_when={role: tuple(iris.term(term) for term in terms) for role, terms in kind.rdf_when.items()},
        fields=_fields(iris, kind.fields),
        edges={edge.type: _edge(iris, edge) for edge in kind.edges.values()},
    )


def _fields(iris: Iris, fields: Mapping[str, Field]) -> dict[str, FieldPlan]:
    return {name: _field(iris, held) for name, held in fields.items()}


def _field(iris: Iris, field: Field) -> FieldPlan:
    def ways(terms: Iterable[definitions.Term]) -> tuple[Way, ...]:
        return tuple((iris.term(term), made(term)) for term in terms)

    def made(term: definitions.Term) -> Made:
        if term.name in literals.LAST_DAYS:
            return literals.last_day
        return literals.made(iris, field, term.language)

    when = {role: ways(terms) for role, terms in field.rdf_when.items()}
    tagged = tuple(iris.term(term) for term in field.terms if term.language)
    return FieldPlan(iris.own(field.name), ways(field.terms), tagged, when)


def _edge(iris: Iris, edge: EdgeDefinition) -> EdgePlan:
    properties = {kind: iris.term(term) for kind, term in edge.rdf.items()}
    return EdgePlan(iris.own(edge.role), properties, _fields(iris, edge.fields))
