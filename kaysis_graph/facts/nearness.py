"""Where offices lie, and how near they are to whoever asks, as the provinces and districts of the graph tell it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final, Literal

import numpy as np

from kaysis_graph.facts.institutions import category, institution_of
from kaysis_graph.graph.columns import Ints, Mask, distinct
from kaysis_graph.graph.view import View

Nearness = Literal["own", "here", "province", "country", "elsewhere"]
"""The asking institution itself; the asked place or one that it lies in; the same province; an office without a place
of its own, which is there for the whole country or stands for all of its kind; another province."""

NO_PLACE: Final = -1
_OWN: Final = -1
_COUNTRY: Final = 1_000
_ELSEWHERE: Final = 2_000
# The identifier of a place begins with its type.
_COUNTRY_ID = "ulke-"
# guess: quarter, village, municipality, district, province, region, country.
_DEEPEST = 8


def place_of(view: View) -> Ints:
    """The place of each organisation on the day, NO_PLACE where none is known; of several the lowest identifier.

    A unit within an institution, such as a directorate of a municipality, lies where the institution does when nothing
    else is said. Provincial units do not: their ministry is in the capital.
    """
    own = _lowest(view, "LOCATED_IN")
    names = view.records.categories.names
    within = np.append(np.array([name == "institution_unit" for name in names], np.bool_), False)[view.once(category)]
    inherited = (own == NO_PLACE) & within & view.records.of_kinds("Organisation")
    place: Ints = np.where(inherited, own[view.once(institution_of)], own)
    return place


@dataclass(frozen=True)
class Origin:
    """From where somebody asks: how many steps above the asked places each place lies, and by whom it is asked."""

    steps: dict[int, int]
    institutions: Ints
    categories: Ints

    @staticmethod
    def of(view: View, units: Ints, place: int | None) -> "Origin":
        """Asked from the place, or from where the units lie when none is named."""
        if place is None:
            places = distinct(view.once(place_of)[units])
            places = places[places != NO_PLACE]
        else:
            places = np.array([place], np.int32)
        institutions = distinct(view.once(institution_of)[units])
        return Origin(_steps_up(view, places.tolist()), institutions, distinct(view.once(category)[units]))

    def places_only(self) -> "Origin":
        """The same for whom it does not matter by which institution it is asked."""
        nobody = np.empty(0, np.int32)
        return replace(self, institutions=nobody, categories=nobody)

    def distances(self, view: View, units: Ints) -> Ints:
        """How far each unit is, to be compared: fewer steps up to a common place first, its office before its parts."""
        places = view.once(place_of)[units]
        known = {place: self._distance(view, place) for place in set(places.tolist())}
        distances = np.array([known[place] for place in places.tolist()], np.int32)
        is_own = _is_among(view.once(institution_of)[units], self.institutions)
        # Who asks from elsewhere is not helped by an office of the same institution far away.
        near: Ints = np.where(is_own & (distances != _ELSEWHERE), np.int32(_OWN), distances)
        return near

    def has_category(self, view: View, units: Ints) -> Mask:
        """Marks the units of the same category as those by which it is asked."""
        return _is_among(view.once(category)[units], self.categories)

    def nearness(self, distance: int) -> Nearness | None:
        """The word for a distance; None where it is not known from where is asked."""
        match distance:
            case -1:
                return "own"
            case _ if not self.steps:
                return None
            case 1_000:
                return "country"
            case 2_000:
                return "elsewhere"
            case _:
                return "here" if distance == 1 or distance % 2 == 0 else "province"

    def _distance(self, view: View, place: int) -> int:
        if place == NO_PLACE or not self.steps:
            return _COUNTRY
        above = places_above(view, place)
        if is_country(view, above[0]):
            return _COUNTRY
        common = next((each for each in above if each in self.steps and not is_country(view, each)), None)
        return _ELSEWHERE if common is None else 2 * self.steps[common] + (common != place)


def _steps_up(view: View, places: Iterable[int]) -> dict[int, int]:
    steps: dict[int, int] = {}
    for place in places:
        for count, each in enumerate(places_above(view, place)):
            steps[each] = min(count, steps.get(each, count))
    return steps


def places_above(view: View, place: int) -> list[int]:
    """The place and those it lies in, nearest first."""
    above = view.once(_one_above)
    way = [place]
    while len(way) < _DEEPEST:
        following = int(above[way[-1]])
        if following == NO_PLACE or following in way:
            break
        way.append(following)
    return way


def is_country(view: View, place: int) -> bool:
    """Whether the place is a whole country."""
    return str(view.records.ids[place]).startswith(_COUNTRY_ID)


def _one_above(view: View) -> Ints:
    """What each record is a part of, NO_PLACE where it is of nothing; of several the first."""
    return _lowest(view, "PART_OF")


def _is_among(values: Ints, chosen: Ints) -> Mask:
    """Marks the values that are among the chosen ones, which are ascending; `np.isin` takes longer for a few."""
    if len(chosen) == 0:
        return np.zeros(len(values), np.bool_)
    nearest = np.minimum(np.searchsorted(chosen, values), len(chosen) - 1)
    among: Mask = chosen[nearest] == values
    return among


def _lowest(view: View, edge_type: str) -> Ints:
    adjacency = view.adjacency(edge_type, "out")
    counts = np.diff(adjacency.starts)
    found = np.full(len(view), NO_PLACE, np.int32)
    some = np.flatnonzero(counts)
    found[some] = adjacency.neighbours[adjacency.starts[some]]
    return found
