"""What is odd about records and yet kept: warnings, the same for every way in."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from kaysis_graph import text
from kaysis_graph.errors import Problem

# The longest title of a real act has 779 letters; nine in ten have fewer than 120.
_LONG_TITLE = 300
# Turkey has counted years of the common era since 1926; a year before 1900 is one of another calendar, or a slip.
_FIRST_YEAR = "1900"
_DAYS = frozenset({"valid_from", "valid_to"})
_EFFECTS = frozenset({"REPEALS", "AMENDS"})
Place = Mapping[str, str | int]


def record_warnings(told: Mapping[str, Any], place: Place) -> Iterator[Problem]:
    """What is odd about the JSON of one record."""
    title = str(told.get("title", ""))
    if len(title) > _LONG_TITLE:
        yield Problem("transfer.long_title", {**place, "field": "title"}, {"length": len(title)}, "warning")
    accepted, gazette = told.get("accepted_on"), told.get("gazette_on")
    if isinstance(accepted, str) and isinstance(gazette, str) and accepted > gazette:
        values = {"accepted": accepted, "gazette": gazette}
        yield Problem("transfer.accepted_after_gazette", {**place, "field": "accepted_on"}, values, "warning")
    for name, value in told.items():
        if (name.endswith("_on") or name in _DAYS) and isinstance(value, str) and value < _FIRST_YEAR:
            yield Problem("transfer.other_calendar", {**place, "field": name}, {"value": value}, "warning")
    published = gazette or told.get("date_as_written")
    if told.get("kind") == "Legislation" and published and not told.get("gazette_no"):
        yield Problem("transfer.no_gazette_no", {**place, "field": "gazette_no"}, {"gazette": published}, "warning")


def edge_warnings(key: tuple[str, str, str, str], place: Place) -> Iterator[Problem]:
    """What is odd about one edge: an act that repeals or amends itself, its own part, or the act it is a part of."""
    source, edge_type, target, _ = key
    if edge_type in _EFFECTS and (f"{source}.".startswith(f"{target}.") or f"{target}.".startswith(f"{source}.")):
        values = {"source": source, "type": edge_type, "target": target}
        yield Problem("transfer.self_effect", {**place, "id": source}, values, "warning")


def legislation_warnings(acts: Iterable[tuple[str, Mapping[str, Any], Place]]) -> Iterator[Problem]:
    """What is odd about acts beside each other: gazette numbers out of order, shared numbers and titles."""
    held = {identifier: (told, place) for identifier, told, place in acts}
    yield from _two_days(held)
    yield from _out_of_order(held)
    for name, rule in (("number", "transfer.shared_number"), ("title", "transfer.shared_title")):
        alike = defaultdict(list)
        for identifier, (told, _) in held.items():
            if value := told.get(name):
                alike[text.fold(str(value))].append(identifier)
        for ids in alike.values():
            if len(ids) > 1:
                told, place = held[ids[0]]
                values = {"value": str(told[name])[:120], "count": len(ids), "ids": ", ".join(ids[:12])}
                yield Problem(rule, {**place, "id": ids[0], "field": name}, values, "warning")


def _published(held: Mapping[str, tuple[Mapping[str, Any], Place]]) -> Iterator[tuple[str, int, str]]:
    for identifier, (told, _) in held.items():
        day, number = told.get("gazette_on"), str(told.get("gazette_no", ""))
        if isinstance(day, str) and number.isascii() and number.isdigit():
            yield day, int(number), identifier


def _two_days(held: Mapping[str, tuple[Mapping[str, Any], Place]]) -> Iterator[Problem]:
    days: dict[int, dict[str, str]] = defaultdict(dict)
    for day, number, identifier in _published(held):
        days[number].setdefault(day, identifier)
    for number, found in days.items():
        if len(found) > 1:
            told = ", ".join(f"{day} ({identifier})" for day, identifier in sorted(found.items()))
            _, place = held[next(iter(found.values()))]
            yield Problem(
                "transfer.gazette_two_days",
                {**place, "field": "gazette_no"},
                {"number": number, "days": told},
                "warning",
            )


def _out_of_order(held: Mapping[str, tuple[Mapping[str, Any], Place]]) -> Iterator[Problem]:
    """The fewest acts without which gazette numbers grow with their days."""
    pairs = sorted({(day, number) for day, number, _ in _published(held)})
    tops: list[int] = []
    before: list[int] = []
    top_at: list[int] = []
    for place, (_, number) in enumerate(pairs):
        spot = bisect_left(tops, number + 1)
        before.append(top_at[spot - 1] if spot else -1)
        tops[spot : spot + 1] = [number]
        top_at[spot : spot + 1] = [place]
    fit = set()
    at = top_at[-1] if top_at else -1
    while at >= 0:
        fit.add(pairs[at])
        at = before[at]
    for day, number, identifier in _published(held):
        if (day, number) not in fit:
            values = {"number": number, "day": day}
            yield Problem("transfer.gazette_order", {**held[identifier][1], "field": "gazette_no"}, values, "warning")
