"""How many of everything a made-up state has at a scale: at 1 as many as the real one, or as are expected of it."""

from dataclasses import dataclass
from typing import Self

from kaysis_graph.errors import Invalid, Problem

LEAST_SCALE, MOST_SCALE = 0.001, 10.0
# From a quarter of the real size on there are all provinces and districts; below that fewer, so that each has offices.
_PLACES_FROM = 4
_FULL_FROM = 0.05


@dataclass(frozen=True)
class StateSize:
    """The counts that follow from a scale; `is_full` tells whether institutions are as wide as real ones."""

    units: int
    services: int
    documents: int
    elements: int
    acts: int
    systems: int
    appointments: int
    provinces: int
    districts: int
    villages: int
    ministries: int
    bodies: int
    universities: int
    municipalities: int
    is_full: bool

    @classmethod
    def of_scale(cls, scale: float) -> Self:
        """The counts at the scale; Invalid for one that is too small to be a state or too large for its numbers."""
        if not LEAST_SCALE <= scale <= MOST_SCALE:
            values = {"scale": scale, "least": LEAST_SCALE, "most": MOST_SCALE}
            raise Invalid([Problem("generation.scale", {"parameter": "scale"}, values)])

        def count(whole: int) -> int:
            return round(whole * scale)

        def at_most(whole: int, least: int, factor: float = _PLACES_FROM) -> int:
            return min(whole, max(least, round(whole * factor * scale)))

        return cls(
            units=count(300_000),
            services=count(100_000),
            documents=count(20_000),
            elements=count(60_000),
            acts=count(200_000),
            systems=max(5, count(3_000)),
            appointments=count(60_000),
            provinces=at_most(81, 3),
            districts=at_most(973, 9),
            villages=count(18_000),
            ministries=at_most(17, 3),
            bodies=at_most(140, 3, 2),
            universities=at_most(208, 2, 1.2),
            municipalities=at_most(1_377, 8),
            is_full=scale >= _FULL_FROM,
        )
