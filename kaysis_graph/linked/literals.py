"""Values of fields as RDF terms."""

import json
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from pyoxigraph import Literal, NamedNode

from kaysis_graph.linked.iris import Iris
from kaysis_graph.schema.definitions import Field
from kaysis_graph.schema.fieldtypes import parts_of_wording

XSD = "http://www.w3.org/2001/XMLSchema#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_BOOLEAN, _INTEGER, _DATE, _MOMENT, _DURATION, _ADDRESS = (
    NamedNode(f"{XSD}{name}") for name in ("boolean", "integer", "date", "dateTime", "duration", "anyURI")
)
JSON = NamedNode(f"{RDF}JSON")
"""The datatype of what has parts: a duration with its bounds, unit and words (JSON-LD 1.1, section 10.2)."""
LAST_DAYS = frozenset({"eli:date_no_longer_in_force", "dcat:endDate", "schema:endDate"})
"""Properties whose day is the last one (ELI 1.4: "the last date any part of the legislation is in force"; DCAT 3 and
schema.org: the end of a period). Our `valid_to` is the day after it."""
Term = Literal | NamedNode
# xsd:duration knows no weeks.
_UNITS: Mapping[str, tuple[str, int, str]] = {
    "second": ("PT", 1, "S"), "minute": ("PT", 1, "M"), "hour": ("PT", 1, "H"),
    "day": ("P", 1, "D"), "week": ("P", 7, "D"), "month": ("P", 1, "M"), "year": ("P", 1, "Y"),
}  # fmt: skip


def made(iris: Iris, field: Field, language: str | None) -> Callable[[Any], Term]:
    """How one value of the field becomes a term; texts carry the language, links are literals (xsd:anyURI).

    A link in a register need not be a legal IRI, and nothing is known of what it leads to.
    """
    if field.type == "code":
        codes = field.codes or ""
        return lru_cache(lambda value: iris.code(codes, value))
    if field.type in _TYPED:
        return _TYPED[field.type]
    return Literal if language is None else lambda value: Literal(value, language=language)


def day(value: date) -> Literal:
    """A day as xsd:date."""
    return Literal(value.isoformat(), datatype=_DATE)


def last_day(over: date) -> Literal:
    """The last day of what is over on that day, for properties of `LAST_DAYS`."""
    return day(over - timedelta(days=1))


def moment(at: str) -> Literal:
    """A time of the change sequence as xsd:dateTime; UTC is written Z, as most programs expect it."""
    return Literal(at.replace("+00:00", "Z"), datatype=_MOMENT)


def duration(value: Mapping[str, Any]) -> Literal | None:
    """The longest time a duration allows as xsd:duration; None when it is told in words alone, or in working days.

    An xsd:duration runs over weekends and holidays: `P7D` is less than seven working days.
    """
    unit = _UNITS.get(value.get("unit") or "")
    most = value.get("max")
    if unit is None or most is None or value.get("is_working"):
        return None
    before, times, sign = unit
    return Literal(f"{before}{most * times}{sign}", datatype=_DURATION)


def wording(value: str) -> Literal:
    """A text with the language that is written behind it."""
    text, language = parts_of_wording(value)
    return Literal(text, language=language)


def _with_parts(value: Mapping[str, Any]) -> Literal:
    return Literal(json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")), datatype=JSON)


_TYPED: Mapping[str, Callable[[Any], Term]] = {
    "flag": lambda value: Literal("true" if value else "false", datatype=_BOOLEAN),
    "integer": lambda value: Literal(str(value), datatype=_INTEGER),
    "date": day,
    "link": lambda value: Literal(value, datatype=_ADDRESS),
    "iri": NamedNode,
    "wording": wording,
    "duration": _with_parts,
}
