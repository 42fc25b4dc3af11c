"""Days as they stand in the files: the thirty years over which a made-up state changes."""

from datetime import date
from functools import lru_cache
from typing import Final

FIRST_ACT: Final = date(1985, 1, 7).toordinal()
FOUNDED_FROM: Final = date(1990, 1, 1).toordinal()
CHANGED_FROM: Final = date(1996, 1, 1).toordinal()
REFORM: Final = date(2018, 7, 9).toordinal()
"""The day on which ministries were merged and decrees changed their name."""
TODAY: Final = date(2026, 6, 30).toordinal()
"""Nothing in a made-up state happens after this day."""


@lru_cache(maxsize=65_536)
def written_day(ordinal: int) -> str:
    """The day as ISO writes it."""
    return date.fromordinal(ordinal).isoformat()


def year_of(ordinal: int) -> int:
    """The year of the day."""
    return date.fromordinal(ordinal).year


def part_of_span(first: int, last: int, share: int) -> int:
    """The day that lies so many ten-thousandths of the way from the first to the last."""
    return first + (last - first) * share // 10_000
