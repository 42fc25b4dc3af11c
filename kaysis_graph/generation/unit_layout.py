"""Which unit is which: blocks of units alike, numbered through, and what each is part of, worked out and not kept."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from kaysis_graph.generation.sizes import StateSize

# Ministries have offices in provinces, and fewer of them in districts.
_FIELDS_IN_PROVINCES, _FIELDS_IN_DISTRICTS = 10, 7
_OUTLAND: Final = 4
"""The ministry whose missions are abroad."""
SCHOOLS, CIVIL_REGISTRY, HEALTH = 0, 1, 2
"""The fields that have units of their own in every district."""
# Numbers that begin with 99 are invented ones; there are a million of them.
_INVENTED_FROM, _NUMBERS_FROM = 99_000_000, 90_000_000
# How what is left over once every institution has its offices is divided: the units people go to.
_PUBLIC: Final = {"school": 58, "health_centre": 16, "course": 12, "police_post": 8, "library": 4, "hospital": 2}
CLOSABLE: Final = frozenset({"school", "health_centre", "course", "police_post", "post"})
"""The blocks whose units come and go: nothing is part of them, and they offer no service of their own."""


@dataclass(frozen=True)
class Block:
    """Units alike: the place of the first among all, how many they are, and how many hang under one whole."""

    first: int
    count: int
    per: int = 1


class UnitLayout:
    """The blocks of a state of a size, in the order in which units are numbered."""

    def __init__(self, size: StateSize) -> None:
        """Lays the blocks one after the other; what is left of the units goes to schools and their like."""
        self.size = size
        self.fields = min(_FIELDS_IN_PROVINCES, size.ministries)
        self.district_fields = min(_FIELDS_IN_DISTRICTS, size.ministries)
        self.blocks: dict[str, Block] = {}
        self._units = 0
        self._lay_centre(8 if size.is_full else 2)
        self._lay_provinces()
        self._lay_local()
        self._lay_rest()
        self.first_number = _INVENTED_FROM if size.units <= 100_000_000 - _INVENTED_FROM else _NUMBERS_FROM

    def count(self, block: str) -> int:
        """How many units the block has."""
        return self.blocks[block].count

    def place(self, block: str, number: int) -> int:
        """The place of a unit of the block among all units."""
        return self.blocks[block].first + number

    def identifier(self, block: str, number: int) -> str:
        """The number of the unit in the register."""
        return str(self.first_number + self.place(block, number))

    def whole(self, block: str, number: int) -> tuple[str, int] | None:
        """What the unit is part of in the first place, as block and number in it."""
        if block in _WHOLES:
            return _WHOLES[block], number // self.blocks[block].per
        return _SPREAD_WHOLES[block](self, number) if block in _SPREAD_WHOLES else None

    def second_whole(self, block: str, number: int) -> tuple[str, int] | None:
        """What an office in the provinces is part of besides: its ministry's organisation."""
        if block == "provincial_directorate":
            return "ministry", number // self.size.provinces
        if block == "district_directorate":
            field, district = divmod(number, self.size.districts)
            return "provincial_directorate", field * self.size.provinces + self.province_of(district)
        return None

    def district_office(self, field: int, number: int) -> tuple[str, int]:
        """The office of the field in the district to which the number comes, counted round and round."""
        return "district_directorate", field * self.size.districts + number % self.size.districts

    def siblings_step(self, block: str) -> int:
        """How far apart two units of the block are that are part of the same whole."""
        whole = self.whole(block, 0)
        assert whole is not None, "only what is part of something has siblings"
        if block in _WHOLES:
            return 1
        return self.size.provinces if whole[0] == "provincial_directorate" else self.size.districts

    def province_of(self, district: int) -> int:
        """The province a district lies in."""
        return district * self.size.provinces // self.size.districts

    def institution(self, number: int) -> tuple[str, int]:
        """The institution of a number, counted through ministries, bodies, universities and municipalities."""
        left = number % self.institution_count
        for block in _INSTITUTIONS:
            if left < self.count(block):
                return block, left
            left -= self.count(block)
        raise AssertionError(number)

    @property
    def institution_count(self) -> int:
        """How many institutions issue acts and offer services of their own."""
        return sum(self.count(block) for block in _INSTITUTIONS)

    def _lay(self, name: str, count: int, per: int = 1) -> None:
        self.blocks[name] = Block(self._units, count, per)
        self._units += count

    def _lay_under(self, name: str, per: int) -> None:
        self._lay(name, self.count(_WHOLES[name]) * per, per)

    def _lay_centre(self, width: int) -> None:
        half = width // 2
        self._lay("presidency", 1)
        self._lay("parliament", 1)
        self._lay("high_court", 3)
        self._lay("ministry", self.size.ministries)
        self._lay("former_ministry", max(1, self.size.ministries // 4))
        self._lay("body", self.size.bodies)
        self._lay_under("support_unit", 4)
        self._lay_under("directorate_general", width)
        self._lay_under("department", half)
        self._lay_under("branch", max(1, half - 1))
        self._lay_under("bureau", 1)
        self._lay_under("body_department", half)
        self._lay_under("body_branch", max(1, half // 2))
        # One body in three has regions, enterprises in them and posts under these.
        self._lay("region", -(-self.size.bodies // 3) * width, width)
        self._lay_under("enterprise", half)
        self._lay_under("post", max(2, half - 1))
        self._lay("mission", min(250, max(3, self.size.units // 1_200)))

    def _lay_provinces(self) -> None:
        self._lay("governorship", self.size.provinces)
        self._lay("district_governorship", self.size.districts)
        self._lay("provincial_directorate", self.fields * self.size.provinces)
        self._lay_under("provincial_branch", 5 if self.size.is_full else 2)
        self._lay("district_directorate", self.district_fields * self.size.districts)
        self._lay_under("district_office", 2 if self.size.is_full else 1)

    def _lay_local(self) -> None:
        width = 6 if self.size.is_full else 2
        self._lay("metropolitan", max(1, self.size.provinces * 30 // 81))
        self._lay_under("metropolitan_department", width * 2)
        self._lay_under("metropolitan_branch", width // 2)
        self._lay_under("water_utility", 1)
        self._lay("municipality", self.size.municipalities)
        self._lay_under("municipal_directorate", 8 if self.size.is_full else 2)
        self._lay("university", self.size.universities)
        self._lay_under("university_department", width)
        self._lay_under("faculty", 10 if self.size.is_full else 2)
        self._lay_under("science", width)
        self._lay_under("chair", max(1, width // 3))

    def _lay_rest(self) -> None:
        left = self.size.units - self._units
        assert left > 0, "there are units for all institutions"
        for name, share in _PUBLIC.items():
            self._lay(name, left * share // 100)
        last = self.blocks["hospital"]
        self.blocks["hospital"] = Block(last.first, last.count + self.size.units - self._units)


_WHOLES: Final = {
    "support_unit": "ministry",
    "directorate_general": "ministry",
    "department": "directorate_general",
    "branch": "department",
    "bureau": "branch",
    "body_department": "body",
    "body_branch": "body_department",
    "region": "body",
    "enterprise": "region",
    "post": "enterprise",
    "provincial_branch": "provincial_directorate",
    "district_office": "district_directorate",
    "metropolitan_department": "metropolitan",
    "metropolitan_branch": "metropolitan_department",
    "water_utility": "metropolitan",
    "municipal_directorate": "municipality",
    "university_department": "university",
    "faculty": "university",
    "science": "faculty",
    "chair": "science",
}
# Offices in provinces and districts go round these; the ministries' offices come one field after the other.
_SPREAD_WHOLES: Final[Mapping[str, Callable[[UnitLayout, int], tuple[str, int]]]] = {
    "body": lambda layout, number: ("ministry", number % layout.size.ministries),
    "mission": lambda layout, _: ("ministry", min(_OUTLAND, layout.size.ministries - 1)),
    "district_governorship": lambda layout, number: ("governorship", layout.province_of(number)),
    "provincial_directorate": lambda layout, number: ("governorship", number % layout.size.provinces),
    "district_directorate": lambda layout, number: ("district_governorship", number % layout.size.districts),
    "school": lambda layout, number: layout.district_office(SCHOOLS, number),
    "course": lambda layout, number: layout.district_office(SCHOOLS, number),
    "health_centre": lambda layout, number: layout.district_office(HEALTH, number),
    "police_post": lambda layout, number: layout.district_office(CIVIL_REGISTRY, number),
    "hospital": lambda layout, number: (
        "provincial_directorate",
        HEALTH * layout.size.provinces + number % layout.size.provinces,
    ),
    "library": lambda layout, number: ("municipality", number % layout.size.municipalities),
}
_INSTITUTIONS: Final = ("ministry", "body", "university", "municipality", "metropolitan")
