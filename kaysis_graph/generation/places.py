"""Provinces, districts and villages of a made-up state."""

from collections.abc import Iterator
from typing import Final

from kaysis_graph.generation import words
from kaysis_graph.generation.sizes import StateSize

PLACE_COLUMNS: Final = ("kimlik", "ad", "tür", "numara", "nüfus", "içinde")
_COUNTRY = "ulke-1"
_PROVINCES: Final = 81
# So many people live in a village for each number of it, around its numbers.
_LEAST_PEOPLE, _STEP_OF_PEOPLE, _SIZES_OF_VILLAGES = 40, 7, 211


def place_rows(size: StateSize) -> Iterator[tuple[object, ...]]:
    """The country, its provinces, districts and villages, under `PLACE_COLUMNS`."""
    yield _COUNTRY, "Uydurma Ülke", "country", "1", "", ""
    for number in range(size.provinces):
        yield province_id(number), province_name(number), "province", f"{number + 1:02}", "", _COUNTRY
    for number in range(size.districts):
        province = province_id(number * size.provinces // size.districts)
        yield (
            district_id(number),
            district_name(number),
            "district",
            number + 1,
            5_000 + number * 431 % 90_000,
            province,
        )
    for number in range(size.villages):
        people = _LEAST_PEOPLE + _STEP_OF_PEOPLE * (number % _SIZES_OF_VILLAGES)
        title = f"{words.place_name(number * 13)} Köyü"
        yield f"koy-{number + 1}", title, "village", number + 1, people, district_id(number % size.districts)


def capital() -> str:
    """The province in which what is central is."""
    return province_id(0)


def province_id(number: int) -> str:
    """The identifier of a province, counted from 0."""
    return f"il-{number + 1:02}"


def province_name(number: int) -> str:
    """The name of a province, counted from 0."""
    return words.place_name(number)


def district_id(number: int) -> str:
    """The identifier of a district, counted from 0."""
    return f"ilce-{number + 1}"


def district_name(number: int) -> str:
    """The name of a district, counted from 0; none is called like a province."""
    return words.place_name(_PROVINCES + number)
