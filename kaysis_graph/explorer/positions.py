"""Where the explorer puts what it shows: seeds for the layout of the reader, the same on every machine.

Places are given one after the other and never change: what an act adds is put where nothing lies yet. Records that
were asked for by name lie on a sunflower spiral, neighbours on rings around their record, on the side turned away
from what they were reached over. One unit is a tenth of the first ring's radius.
"""

from math import atan2, ceil, cos, floor, hypot, pi, sin, sqrt
from typing import Final

Place = tuple[float, float]

RING: Final = 10.0
"""The radius of the first ring; eight neighbours have room on it."""

_GAP = 2 * pi * RING / 8
_BETWEEN_RINGS = 7.0
_BETWEEN_STARTS = 60.0
_GOLDEN = pi * (3 - sqrt(5))
# A reader's eye keeps two circles of this distance apart.
_CELL = 3.0
# guess: neighbours of a neighbour fan out over three quarters of a circle.
_FAN = 1.5 * pi
# guess: rings are tried that much farther out, then whatever lies there is put up with.
_TRIES = 12


class Places:
    """The places given so far."""

    def __init__(self) -> None:
        self._taken: set[tuple[int, int]] = set()
        self._starts = 0
        self._turns: dict[Place, tuple[int, float]] = {}

    def start(self) -> Place:
        """A place for a record that was asked for by name, with room around it."""
        while True:
            distance, angle = _BETWEEN_STARTS * sqrt(self._starts), _GOLDEN * self._starts
            self._starts += 1
            place = _place(distance * cos(angle), distance * sin(angle))
            if self._is_free(place):
                self._take(place)
                return place

    def around(self, centre: Place, origin: Place | None, count: int) -> list[Place]:
        """Places for `count` neighbours of what lies at the centre and was reached from the origin, if from any."""
        turn, first = self._turns.get(centre, (0, RING))
        if origin is None or origin == centre:
            arc, middle = 2 * pi, _GOLDEN * turn
        else:
            arc, middle = _FAN, atan2(centre[1] - origin[1], centre[0] - origin[0])
        best: list[Place] = []
        fewest, outermost = count + 1, first
        for attempt in range(_TRIES):
            found, radius = _rings(centre, first + attempt * _BETWEEN_RINGS, middle, arc, count)
            crowded = sum(not self._is_free(place) for place in found)
            if crowded < fewest:
                best, fewest, outermost = found, crowded, radius
            if crowded == 0:
                break
        # What comes next around the same centre begins where this ended: within, all is taken.
        self._turns[centre] = turn + 1, outermost
        for place in best:
            self._take(place)
        return best

    def between(self, one: Place, other: Place, count: int) -> list[Place]:
        """Places for the `count` records on the way from one place to another, in their order."""
        across, up = other[0] - one[0], other[1] - one[1]
        length = hypot(across, up) or 1.0
        found = []
        for number in range(1, count + 1):
            share = number / (count + 1)
            x, y = one[0] + across * share, one[1] + up * share
            for attempt in range(_TRIES):
                # Left and right of the line in turn, ever farther off.
                aside = ceil(attempt / 2) * _BETWEEN_RINGS * (1 if attempt % 2 else -1)
                place = _place(x - up / length * aside, y + across / length * aside)
                if self._is_free(place):
                    break
            self._take(place)
            found.append(place)
        return found

    def _is_free(self, place: Place) -> bool:
        return _cell(place) not in self._taken

    def _take(self, place: Place) -> None:
        column, row = _cell(place)
        # The cells around are taken with it, so that asking looks at one.
        self._taken.update((column + right, row + down) for right in (-1, 0, 1) for down in (-1, 0, 1))


def _rings(centre: Place, radius: float, middle: float, arc: float, count: int) -> tuple[list[Place], float]:
    """Places on as many rings as are needed from this radius on, and the radius of the last one."""
    found: list[Place] = []
    while True:
        here = min(max(1, floor(arc * radius / _GAP)), count - len(found))
        step = arc / max(here, 8) if arc < 2 * pi else arc / max(here, 1)
        found += [
            _place(centre[0] + radius * cos(angle), centre[1] + radius * sin(angle))
            for angle in (middle + (number - (here - 1) / 2) * step for number in range(here))
        ]
        if len(found) >= count:
            return found, radius
        radius += _BETWEEN_RINGS


def _place(x: float, y: float) -> Place:
    return round(x, 2), round(y, 2)


def _cell(place: Place) -> tuple[int, int]:
    return floor(place[0] / _CELL), floor(place[1] / _CELL)
