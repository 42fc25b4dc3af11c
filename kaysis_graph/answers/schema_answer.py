"""The schema that all answers follow, as programs read it."""

from collections.abc import Mapping
from dataclasses import dataclass, fields

from kaysis_graph.graph.graph import Graph
from kaysis_graph.schema.definitions import Field, Label


@dataclass(frozen=True)
class FieldShown:
    """A field of a kind or of an edge; `rdf` are the terms it is given out under as linked data."""

    name: str
    type: str
    label: Label
    about: Label | None
    required: bool
    many: bool
    searched: bool
    filtered: bool
    dated: bool
    codes: str | None
    rdf: list[str]


@dataclass(frozen=True)
class EdgeKind:
    """An edge that leaves a kind."""

    role: str
    type: str
    to: list[str]
    label: Label
    inverse: Label
    least: int
    most: int | None
    fields: list[FieldShown]


@dataclass(frozen=True)
class KindShown:
    """A kind of record."""

    name: str
    slug: str
    id_pattern: str
    id_example: str
    label: Label
    plural: Label
    about: Label
    fields: list[FieldShown]
    edges: list[EdgeKind]


@dataclass(frozen=True)
class SchemaShown:
    """Kinds, edge types and code lists, with their labels in both languages."""

    sequence: int
    kinds: list[KindShown]
    edge_types: Mapping[str, Label]
    codes: Mapping[str, Mapping[str, Label]]


def describe_schema(graph: Graph) -> SchemaShown:
    """Kinds, edge types and code lists, in their order."""
    known = graph.schema
    return SchemaShown(
        sequence=graph.sequence,
        kinds=[
            KindShown(
                kind.name, kind.slug, kind.id_pattern, kind.id_example, kind.label, kind.plural, kind.about,
                [_field(field) for field in kind.fields.values()],
                [
                    EdgeKind(
                        edge.role, edge.type, list(edge.to), edge.label, edge.inverse, edge.least, edge.most,
                        [_field(field) for field in edge.fields.values()],
                    )
                    for edge in kind.edges.values()
                ],
            )
            for kind in known.kinds.values()
        ],
        edge_types={name: edge.label for name, edge in known.edge_types.items()},
        codes={
            name: {code: entry.label for code, entry in codes.entries.items()} for name, codes in known.codes.items()
        },
    )  # fmt: skip


def _field(field: Field) -> FieldShown:
    told = {held.name: getattr(field, held.name) for held in fields(FieldShown)}
    return FieldShown(**{**told, "rdf": [f"{term.prefix}:{term.local}" for term in field.terms]})
