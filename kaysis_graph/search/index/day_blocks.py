"""Spans of days as a few words each, so that an index of words can tell whether one of several spans holds a day.

A span is cut into blocks whose lengths are powers of two and that begin at multiples of their length. A day lies in one
block of each length: it is in the span when one of these is a block of the span.
"""

from typing import Final

# From 900 BC to 4,800 AD; what lies outside is open.
_LENGTHS: Final = 21
_HALF: Final = 1 << (_LENGTHS - 1)


def blocks_of_span(first: int, last: int) -> list[str]:
    """The blocks of the days from the first up to, not including, the last."""
    begin, end = _shifted(first), _shifted(last)
    blocks = []
    level = 0
    while begin < end:
        if begin & 1:
            blocks.append(f"{level}.{begin}")
            begin += 1
        if end & 1:
            end -= 1
            blocks.append(f"{level}.{end}")
        begin, end, level = begin >> 1, end >> 1, level + 1
    return blocks


def blocks_of_day(day: int) -> list[str]:
    """The block of each length that the day lies in."""
    place = _shifted(day)
    return [f"{level}.{place >> level}" for level in range(_LENGTHS + 1)]


def _shifted(day: int) -> int:
    return min(max(day + _HALF, 0), 2 * _HALF)
