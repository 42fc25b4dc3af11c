"""Constraints and indexes of the graph, as Cypher statements that may be run again and again."""

from kaysis_graph.schema.definitions import Kind, Schema

# What earlier releases searched by. Records keep what it read until they are written again; nothing reads it.
_FULL_TEXT = "record_words"
# Beside the records: the change sequence, what deleted records leave, imports under way, and invented numbers.
_OWN = {"Sequence": "id", "Change": "number", "Tombstone": "id", "Job": "id", "Invention": "id"}


def statements(schema: Schema) -> list[str]:
    """What is no longer wanted first, then uniqueness, then an index for each order and filter that lists offer."""
    unique = {"Record": "id", **_OWN}
    return [
        f"DROP INDEX {_FULL_TEXT} IF EXISTS",
        *(_unique(label, name) for label, name in unique.items()),
        _unique("Invention", "number"),
        _index("Record", "sort_key"),
        _index("Record", "search_name"),
        _index("Change", "job"),
        *(_index(kind.name, name) for kind in schema.kinds.values() for name in ("sort_key", *_filtered(kind))),
    ]


def label_sets(schema: Schema) -> list[tuple[str, ...]]:
    """The combinations of labels that nodes will have."""
    return [*((label,) for label in _OWN), *(("Record", kind) for kind in schema.kinds)]


def _filtered(kind: Kind) -> list[str]:
    # A flag splits the records in two and a list cannot be looked up: neither is worth an index.
    return [field.name for field in kind.fields.values() if field.filtered and field.type != "flag" and not field.many]


def _unique(label: str, name: str) -> str:
    return f"CREATE CONSTRAINT {_name(label, name)} IF NOT EXISTS FOR (node:{label}) REQUIRE node.{name} IS UNIQUE"


def _index(label: str, name: str) -> str:
    return f"CREATE INDEX {_name(label, name)} IF NOT EXISTS FOR (node:{label}) ON (node.{name})"


def _name(label: str, name: str) -> str:
    return f"{label}_{name}"
