"""The fields that can be columns of what was found."""

from collections.abc import Iterable

from kaysis_graph.errors import Invalid, Problem
from kaysis_graph.schema import Field
from ui.pages.reader import Asked, listed

NO_COLUMNS = frozenset({"title", "title_en"})


def columns_named(asked: Asked, said: str | None) -> tuple[Field, ...]:
    """The fields of a list between commas; Invalid with every one no kind has."""
    known = fields_of(asked)
    names = dict.fromkeys(listed(said))
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


def fields_of(asked: Asked, kinds: Iterable[str] | None = None) -> dict[str, Field]:
    """The fields that can be columns: of all kinds, or of those named; of one name the first is meant."""
    schema = asked.graph.schema
    found: dict[str, Field] = {}
    for name in schema.kinds if kinds is None else kinds:
        for held in schema.kinds[name].fields.values():
            if held.name not in NO_COLUMNS:
                found.setdefault(held.name, held)
    return found
