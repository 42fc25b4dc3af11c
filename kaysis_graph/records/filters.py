"""Filters of lists and of search: what people write for each field, checked and turned into what queries take.

A code, a text or a flag is given as one value or several between commas (any of them); a date or a number as one value
or as a range: `2018-07-10`, `2018`, `2018-01-01..2018-12-31`, `..100`. Both ends of a range belong to it.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from kaysis_graph import text
from kaysis_graph.errors import Invalid, Problem
from kaysis_graph.records.search_text import earlier_lists
from kaysis_graph.schema import Field, Kind, Schema

_TRUE = ("true", "1", "yes", "evet")
_FALSE = ("false", "0", "no", "hayir")
_PERIOD = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@dataclass(frozen=True)
class Filters:
    """What the queries take: `equal` for fields of one value, `holding` for those of many, `within` for ranges."""

    equal: list[dict[str, Any]] = field(default_factory=list)
    holding: list[dict[str, Any]] = field(default_factory=list)
    within: list[dict[str, Any]] = field(default_factory=list)

    def takes(self, at: date | None) -> dict[str, Any]:
        """The parameters every filtered query has; with a date, only records valid on it are found."""
        said = at.isoformat() if at else ""
        return {"equal": self.equal, "holding": self.holding, "within": self.within, "at": at, "at_said": said}


def read_filters(schema: Schema, kinds: Sequence[Kind], given: Mapping[str, str], at: date | None) -> Filters:
    """The filters over records of these kinds; Invalid with every unknown field and every value that does not fit.

    With a date, a dated field is compared by what it said on that day.
    """
    known = {field.name: field for kind in kinds for field in kind.fields.values() if field.filtered}
    made = Filters()
    problems: list[Problem] = []
    for name, said in given.items():
        definition = known.get(name)
        if definition is None:
            values = {"field": name, "known": ", ".join(sorted(known))}
            problems.append(Problem("records.unknown_filter", {"parameter": name}, values))
            continue
        if definition.type in ("date", "integer"):
            problems.extend(_add_range(made, definition, said))
            continue
        problems.extend(_add_values(made, schema, definition, said, at))
    if problems:
        raise Invalid(problems)
    return made


def _add_values(made: Filters, schema: Schema, definition: Field, said: str, at: date | None) -> list[Problem]:
    values: list[str | bool] = []
    problems = []
    for part in filter(None, (part.strip() for part in said.split(","))):
        found = _values(schema, definition, part)
        if not found:
            problems.append(_unfit(schema, definition, part))
        values.extend(found)
    if not values and not problems:
        problems.append(_unfit(schema, definition, said))
    told: dict[str, Any] = {"name": definition.name, "values": values}
    if definition.many:
        made.holding.append(told)
        return problems
    lists = earlier_lists(definition.name) if definition.dated and at else {"values": "", "first": "", "last": ""}
    absent = False if definition.type == "flag" else ""
    made.equal.append({**told, "absent": absent, **{f"earlier_{key}": name for key, name in lists.items()}})
    return problems


def _values(schema: Schema, definition: Field, part: str) -> Sequence[str | bool]:
    folded = text.fold(part)
    if definition.codes:
        entries = schema.codes[definition.codes].entries.values()
        return [
            entry.code
            for entry in entries
            if folded in (entry.code, text.fold(entry.label.tr), text.fold(entry.label.en))
        ]
    if definition.type == "flag":
        return [True] if folded in _TRUE else [False] if folded in _FALSE else []
    # The engine cannot fold, so the usual spellings are all asked for.
    return list(dict.fromkeys((part, text.lower(part), text.upper(part), folded)))


def _add_range(made: Filters, definition: Field, said: str) -> list[Problem]:
    first, dots, last = (part.strip() for part in said.partition(".."))
    read_end = _days if definition.type == "date" else _numbers
    least = read_end(first)
    most = read_end(last) if dots else least
    unread = (first and least is None) or (last and most is None) or not (first or last)
    if unread or (dots and not first and not last):
        return [Problem(f"records.not_a_{definition.type}", {"parameter": definition.name}, {"value": said[:80]})]
    made.within.append({"name": definition.name, "least": least and least[0], "most": most and most[1]})
    return []


def _days(said: str) -> tuple[date, date] | None:
    """The first and last day of a day, a month or a year."""
    period = _PERIOD.fullmatch(said)
    if not period:
        return None
    year, month, day = (int(part) if part else None for part in period.groups())
    try:
        first = date(year or 0, month or 1, day or 1)
        if day:
            return first, first
        following = date(first.year + (month in (None, 12)), (month or 12) % 12 + 1, 1)
        return first, following - timedelta(days=1)
    except (ValueError, OverflowError):
        return None


def _numbers(said: str) -> tuple[int, int] | None:
    if not re.fullmatch(r"-?[0-9]{1,18}", said):
        return None
    return int(said), int(said)


def _unfit(schema: Schema, definition: Field, said: str) -> Problem:
    place = {"parameter": definition.name}
    if definition.codes:
        entries = schema.codes[definition.codes].entries.values()
        known = ", ".join(f"{entry.code} ({entry.label.tr})" for entry in entries)
        return Problem("records.not_a_code", place, {"value": said[:80], "field": definition.name, "known": known})
    if definition.type == "flag":
        return Problem("records.not_a_flag", place, {"value": said[:80], "field": definition.name})
    return Problem("records.empty_filter", place, {"field": definition.name})
