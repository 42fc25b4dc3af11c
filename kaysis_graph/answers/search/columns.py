"""The fields that can be columns of what was found."""

from collections.abc import Iterable

from kaysis_graph.errors import Invalid, Problem
from kaysis_graph.schema import Field, Schema

NO_COLUMNS = frozenset({"title", "title_en"})


def columns_named(schema: Schema, said: str | None) -> tuple[Field, ...]:
    """The fields of a list between commas; Invalid with every one no kind has."""
    known = column_fields(schema)
    names = dict.fromkeys(part.strip() for part in (said or "").split(",") if part.strip())
    unknown = [name for name in names if name not in known]
    if unknown:
        told = ", ".join(known)
        raise Invalid(
            [
                Problem("search.unknown_column", {"parameter": "columns"}, {"column": name[:80], "known": told})
                for name in unknown
            ]
        )
    return tuple(known[name] for name in names)


def column_fields(schema: Schema, kinds: Iterable[str] | None = None) -> dict[str, Field]:
    """The fields that can be columns: of all kinds, or of those named; of one name the first is meant."""
    found: dict[str, Field] = {}
    for name in schema.kinds if kinds is None else kinds:
        for held in schema.kinds[name].fields.values():
            if held.name not in NO_COLUMNS:
                found.setdefault(held.name, held)
    return found
