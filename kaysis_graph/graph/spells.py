"""The spells of a record: the spans of days on which it was there, and those that follow from what it is part of.

A record that tells no first day of itself is there on every day only while nothing tells more. Where each tie to a
whole has a first day, the record lives on the days of those ties: a unit is a unit of something. That life is
derived; it is never written as a fact of the record.
"""

from collections.abc import Iterable
from typing import Final

from kaysis_graph.graph.columns import OPEN_FROM, OPEN_TO, date_of

Span = tuple[int, int]
"""The first day, and the day on which it is over; open ends as the extremes."""

TIE: Final = "PART_OF"
"""The edge a life is derived from. What offers, issues or runs a thing may change while the thing lives on."""

# Of ten letters each, so that Cypher cuts them with left() and right() and compares them as text.
_FIRST_OF_ALL, _LAST_OF_ALL = "0001-01-01", "9999-12-31"


def derived_spells(ties: Iterable[Span], over: int) -> tuple[Span, ...]:
    """The days on which one of the ties held before the day `over`; none when a tie has no first day."""
    spells: list[Span] = []
    for first, last in sorted(ties):
        if first == OPEN_FROM:
            return ()
        end = min(last, over)
        if end <= first:
            continue
        if spells and first <= spells[-1][1]:
            spells[-1] = (spells[-1][0], max(spells[-1][1], end))
        else:
            spells.append((first, end))
    return tuple(spells)


def stored_spells(spells: Iterable[Span]) -> list[str]:
    """The spells as the property `spells` holds them: `2018-07-10/2019-08-02`."""
    return [f"{_text(first, _FIRST_OF_ALL)}/{_text(last, _LAST_OF_ALL)}" for first, last in spells]


def loaded_spells(texts: Iterable[str]) -> list[tuple[str | None, str | None]]:
    """The first and last days of stored spells, None for open ends."""
    opens = (_FIRST_OF_ALL, _LAST_OF_ALL)
    pairs = ([None if day in opens else day for day in text.split("/")] for text in texts)
    return [(first, last) for first, last in pairs]


def _text(day: int, missing: str) -> str:
    written = None if day in (OPEN_FROM, OPEN_TO) else date_of(day)
    return missing if written is None else written.isoformat()
