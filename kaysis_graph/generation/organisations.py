"""The rows of units: what they are called, when they were founded, renamed, moved and merged, and under what."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from kaysis_graph.generation import words
from kaysis_graph.generation.act_layout import ActLayout
from kaysis_graph.generation.chance import fate
from kaysis_graph.generation.days import CHANGED_FROM, FOUNDED_FROM, REFORM, TODAY, part_of_span, written_day
from kaysis_graph.generation.places import capital, district_id, district_name, province_id, province_name
from kaysis_graph.generation.sizes import StateSize
from kaysis_graph.generation.unit_layout import CLOSABLE, UnitLayout

UNIT_COLUMNS: Final = (
    "numara", "ad", "kategori", "statü", "tür", "düzey", "tüzel kişilik", "bütçe", "temsilî", "kuruluş", "kapanış",
    "önceki ad", "ad değişikliği", "yer", "dayanak", "yerine geçen", "not",
)  # fmt: skip
TIE_COLUMNS: Final = ("birim", "üst birim", "bağ", "ikinci", "başlangıç", "bitiş")
# Of ten thousand units so many were closed, then so many renamed, then so many moved.
_CLOSED, _RENAMED, _MOVED, _FOUNDED_ON_ACT = 600, 1_400, 2_400, 2_500
_FIRST_CHANCE, _DAY_CHANCE, _FOUNDING_CHANCE, _BASIS_CHANCE, _SECOND_CHANCE = range(1, 6)
_FOUNDING_LAWS = 8
# No body is called like a directorate general of its ministry, whose subjects come before these.
_BODY_SUBJECTS_FROM = 600
_FOUNDED_TO = CHANGED_FROM + 365 * 7
_SCHOOL_TYPES: Final = ("İlkokulu", "Ortaokulu", "Anadolu Lisesi", "Anaokulu")
_BODY_FORMS: Final = (
    ("Genel Müdürlüğü", "directorate_general"),
    ("Kurumu", "institution"),
    ("Başkanlığı", "presidency"),
    ("Kurulu", "board"),
)
_BODY_TIES: Final = (
    ("affiliated_body", "affiliated"),
    ("related_body", "related"),
    ("associated_body", "associated"),
    ("affiliated_body", "affiliated"),
)
_NEW_NAMES_ON: Final = {"school", "course", "health_centre", "police_post", "library"}


@dataclass(frozen=True)
class Looks:
    """What a block says of all its units: category, status, type, level and tie to the whole."""

    category: str
    status: str
    level: str
    tie: str = ""
    type: str = ""


_LOOKS: Final = {
    "presidency": Looks("presidency", "presidency", "central"),
    "parliament": Looks("parliament", "presidency", "central"),
    "high_court": Looks("high_court", "court", "central"),
    "ministry": Looks("ministry", "ministry", "central"),
    "former_ministry": Looks("ministry", "ministry", "central"),
    "body": Looks("", "", "central"),
    "support_unit": Looks("central_unit", "", "central", "service_unit"),
    "directorate_general": Looks("central_unit", "directorate_general", "central", "service_unit"),
    "department": Looks("central_unit", "department", "central", "service_unit"),
    "branch": Looks("central_unit", "branch", "central", "service_unit"),
    "bureau": Looks("central_unit", "office", "central", "service_unit"),
    "body_department": Looks("central_unit", "department", "central", "service_unit"),
    "body_branch": Looks("central_unit", "branch", "central", "service_unit"),
    "region": Looks("provincial_unit", "regional_directorate", "provincial", "provincial_unit"),
    "enterprise": Looks("provincial_unit", "directorate", "provincial", "provincial_unit"),
    "post": Looks("provincial_unit", "branch", "provincial", "provincial_unit"),
    "mission": Looks("foreign_unit", "embassy", "foreign", "foreign_unit"),
    "governorship": Looks("governorship", "governorship", "provincial"),
    "district_governorship": Looks("district_governorship", "district_governorship", "provincial", "provincial_unit"),
    "provincial_directorate": Looks("provincial_unit", "provincial_directorate", "provincial", "provincial_unit"),
    "provincial_branch": Looks("provincial_unit", "branch", "provincial", "service_unit"),
    "district_directorate": Looks("provincial_unit", "district_directorate", "provincial", "provincial_unit"),
    "district_office": Looks("provincial_unit", "other", "provincial", "service_unit"),
    "metropolitan": Looks("metropolitan_municipality", "municipality", "local"),
    "metropolitan_department": Looks("institution_unit", "department", "local", "service_unit"),
    "metropolitan_branch": Looks("institution_unit", "branch", "local", "service_unit"),
    "water_utility": Looks("municipal_body", "directorate_general", "local", "affiliated", "water_utility"),
    "municipality": Looks("municipality", "municipality", "local"),
    "municipal_directorate": Looks("institution_unit", "directorate", "local", "service_unit"),
    "university": Looks("university", "rectorate", "central"),
    "university_department": Looks("institution_unit", "department", "central", "service_unit"),
    "faculty": Looks("institution_unit", "faculty", "central", "service_unit"),
    "science": Looks("institution_unit", "department_presidency", "central", "service_unit"),
    "chair": Looks("institution_unit", "other", "central", "service_unit"),
    "school": Looks("provincial_unit", "directorate", "provincial", "provincial_unit", "school"),
    "health_centre": Looks("provincial_unit", "centre", "provincial", "provincial_unit", "family_health_centre"),
    "course": Looks("provincial_unit", "centre", "provincial", "provincial_unit", "school"),
    "police_post": Looks("provincial_unit", "other", "provincial", "provincial_unit", "police"),
    "library": Looks("institution_unit", "directorate", "local", "service_unit", "library"),
    "hospital": Looks("provincial_unit", "directorate", "provincial", "provincial_unit", "hospital"),
}
_BUDGETS: Final = {"ministry": "general", "university": "special", "municipality": "local", "metropolitan": "local"}


class Organisations:
    """The units of a state of a size and seed, row by row."""

    def __init__(self, size: StateSize, seed: int, layout: UnitLayout, acts: ActLayout) -> None:
        """`layout` and `acts` are those of the same size."""
        self._size, self._seed, self._layout, self._acts = size, seed, layout, acts
        self._founding_laws = {block: number % _FOUNDING_LAWS for number, block in enumerate(layout.blocks)}

    def unit_rows(self) -> Iterator[tuple[object, ...]]:
        """One row for each unit, under `UNIT_COLUMNS`."""
        for block in self._layout.blocks:
            for number in range(self._layout.count(block)):
                yield self._unit(block, number)

    def tie_rows(self) -> Iterator[tuple[object, ...]]:
        """What each unit is and was part of, under `TIE_COLUMNS`."""
        for block in self._layout.blocks:
            tie = _LOOKS[block].tie
            for number in range(self._layout.count(block)):
                whole = self._layout.whole(block, number)
                if whole is not None:
                    kind = _BODY_TIES[number % len(_BODY_TIES)][1] if block == "body" else tie
                    yield from self._ties(block, number, whole, kind)

    def _ties(self, block: str, number: int, whole: tuple[str, int], tie: str) -> Iterator[tuple[object, ...]]:
        unit = self._layout.identifier(block, number)
        began = self._founded(block, number)
        moved, earlier = self._move(block, number, whole)
        if earlier is not None:
            yield unit, self._layout.identifier(*earlier), tie, "", began, moved
            began = moved
        yield unit, self._layout.identifier(*whole), tie, "", began, self._closed(block, number)
        second = self._layout.second_whole(block, number)
        if second is not None:
            yield unit, self._layout.identifier(*second), "provincial_unit", "evet", "", ""

    def _move(self, block: str, number: int, whole: tuple[str, int]) -> tuple[str, tuple[str, int] | None]:
        """The day from which the unit is part of that whole, and what it was part of before, if of anything."""
        if block in {"body", "directorate_general"}:
            # Ministries were merged: what was under the one that is gone went to the other.
            former = whole[1] if number % 3 == 0 and whole[1] < self._layout.count("former_ministry") else None
            return written_day(REFORM), None if former is None else ("former_ministry", former)
        chance = self._chance(block, number, _FIRST_CHANCE)
        if block not in CLOSABLE or not _RENAMED <= chance < _MOVED:
            return "", None
        kind, at = whole
        other = at + 1 if at + 1 < self._layout.count(kind) and not self._is_other_field(kind, at) else at - 1
        return (self._changed(block, number), (kind, other)) if other >= 0 else ("", None)

    def _is_other_field(self, kind: str, at: int) -> bool:
        return kind == "district_directorate" and (at + 1) % self._size.districts == 0

    def _unit(self, block: str, number: int) -> tuple[object, ...]:
        looks = _LOOKS[block]
        identifier = self._layout.identifier(block, number)
        category, status, kind = looks.category, looks.status, looks.type
        if block == "body":
            category, status = _BODY_TIES[number % len(_BODY_TIES)][0], _BODY_FORMS[number // 3 % len(_BODY_FORMS)][1]
        if block == "support_unit":
            _, status, kind = words.SUPPORT_UNITS[number % len(words.SUPPORT_UNITS)]
        title = self.unit_title(block, number)
        former, renamed = self._former_title(block, number, title)
        successor, note = self._successor(block, number)
        is_own = not category.endswith("unit") and category not in {"governorship", "district_governorship"}
        return (
            identifier, title, category, status, kind, looks.level,
            "own" if is_own and block not in {"ministry", "former_ministry", "presidency"} else "state",
            _BUDGETS.get(block, ""), "evet" if identifier.startswith("99") else "", self._founded(block, number),
            self._closed(block, number), former, renamed, self.place(block, number), self._basis(block, number),
            successor, note,
        )  # fmt: skip

    def unit_title(self, block: str, number: int) -> str:
        """The name of the unit on the last day."""
        return _TITLES[block](self._layout, number) if block in _TITLES else self._public_title(block, number)

    def place(self, block: str, number: int) -> str:
        """Where the unit is: its district or province; the capital for what is central, nothing abroad."""
        whole: tuple[str, int] | None = (block, number)
        while whole is not None:
            block, number = whole
            match block:
                case "mission":
                    return ""
                case "governorship" | "metropolitan":
                    return province_id(number % self._size.provinces)
                case "region" | "university":
                    return province_id(number % self._size.provinces)
                case "provincial_directorate":
                    return province_id(number % self._size.provinces)
                case "district_governorship" | "district_directorate" | "municipality":
                    return district_id(number % self._size.districts)
            whole = self._layout.whole(block, number)
        return capital()

    def is_closed(self, block: str, number: int) -> bool:
        """Whether the unit is gone on the last day."""
        if block == "former_ministry":
            return True
        return block in CLOSABLE and self._chance(block, number, _FIRST_CHANCE) < _CLOSED

    def _public_title(self, block: str, number: int) -> str:
        districts = self._size.districts
        turn, district = divmod(number, districts)
        where = district_name(district)
        honour = words.HONOURS[(turn + district) % len(words.HONOURS)]
        again, kind = divmod(turn // len(words.HONOURS), len(_SCHOOL_TYPES))
        near = f"{words.place_name(again * 31 + district)} " if again else ""
        match block:
            case "school":
                return f"{where} {near}{honour} {_SCHOOL_TYPES[kind]}"
            case "course":
                return f"{where} {words.SUBJECTS[turn % len(words.SUBJECTS)]} Kurs Merkezi{_ordinal(turn // 60)}"
            case "health_centre":
                return f"{where} {turn + 1} No'lu Aile Sağlığı Merkezi"
            case "police_post":
                return f"{where} {honour} Karakol Amirliği{_ordinal(turn // len(words.HONOURS))}"
            case "library":
                return f"{words.HONOURS[number % len(words.HONOURS)]} Kütüphanesi {number + 1}"
            case _:
                province = province_name(number % self._size.provinces)
                return f"{province} {honour} Devlet Hastanesi {number // self._size.provinces + 1}"

    def _former_title(self, block: str, number: int, title: str) -> tuple[str, str]:
        if block == "ministry" and number % 3 == 1:
            return title.replace(" Bakanlığı", " İşleri Bakanlığı"), written_day(REFORM)
        chance = self._chance(block, number, _FIRST_CHANCE)
        if block not in _NEW_NAMES_ON or not _CLOSED <= chance < _RENAMED:
            return "", ""
        place, _, rest = title.partition(" ")
        return f"Eski {place} {rest}" if block == "library" else f"{place} Merkez {rest}", self._changed(block, number)

    def _successor(self, block: str, number: int) -> tuple[str, str]:
        """Who took over from a unit that is gone; where nobody of its kind did, a note that says so."""
        if block == "former_ministry":
            return self._layout.identifier("ministry", number), ""
        if not self.is_closed(block, number):
            return "", ""
        step = self._layout.siblings_step(block)
        whole = self._layout.whole(block, number)
        for other in (number - step, number + step):
            if (
                0 <= other < self._layout.count(block)
                and self._layout.whole(block, other) == whole
                and not self.is_closed(block, other)
            ):
                return self._layout.identifier(block, other), ""
        return "", "Kapatılmıştır; işlerini üst birimi yürütür (uydurma)."

    def _founded(self, block: str, number: int) -> str:
        if block not in CLOSABLE:
            return ""
        return written_day(part_of_span(FOUNDED_FROM, _FOUNDED_TO, self._chance(block, number, _FOUNDING_CHANCE)))

    def _changed(self, block: str, number: int) -> str:
        """The day on which the unit was closed, renamed or moved: one of these, once."""
        return written_day(part_of_span(_FOUNDED_TO + 1, TODAY, self._chance(block, number, _DAY_CHANCE)))

    def _closed(self, block: str, number: int) -> str:
        if block == "former_ministry":
            return written_day(REFORM)
        return self._changed(block, number) if self.is_closed(block, number) else ""

    def _basis(self, block: str, number: int) -> str:
        """The article the unit was founded on, where that is recorded: one law for all of a kind."""
        if block in CLOSABLE and self._chance(block, number, _BASIS_CHANCE) >= _FOUNDED_ON_ACT:
            return ""
        law = self._acts.in_force(self._acts.law(1 + self._founding_laws[block]), self._acts.count)
        return self._acts.article(law, number)

    def _chance(self, block: str, number: int, salt: int) -> int:
        return fate(self._seed, self._layout.place(block, number), salt)


def _ordinal(turn: int) -> str:
    return "" if turn == 0 else f" {turn + 1}"


def _ministry(number: int) -> str:
    return words.MINISTRIES[number % len(words.MINISTRIES)]


def _body_title(_: UnitLayout, number: int) -> str:
    form = _BODY_FORMS[number // 3 % len(_BODY_FORMS)][0]
    return f"{words.subject(_BODY_SUBJECTS_FROM + number)} {form}"


def _province_in(layout: UnitLayout, number: int) -> str:
    return province_name(number % layout.size.provinces)


def _field(number: int, places: int) -> str:
    return words.FIELDS[number // places]


def _of(layout: UnitLayout, block: str, number: int) -> str:
    """What the units of one whole are told apart by: another subject for each."""
    held = layout.blocks[block]
    return words.subject(number // held.per * 7 + number % held.per)


def _science(layout: UnitLayout, block: str, number: int) -> str:
    held = layout.blocks[block]
    return words.SCIENCES[(number // held.per * 7 + number % held.per) % len(words.SCIENCES)]


_TITLES: Final[Mapping[str, Callable[[UnitLayout, int], str]]] = {
    "presidency": lambda _, __: "Devlet Başkanlığı",
    "parliament": lambda _, __: "Millet Meclisi Başkanlığı",
    "high_court": lambda _, number: ("Yüce Yargıtay", "Yüce Danıştay", "Yüce Sayıştay")[number] + " Başkanlığı",
    "ministry": lambda _, number: f"{_ministry(number)} Bakanlığı",
    "former_ministry": lambda _, number: f"{words.SUBJECTS[number * 11]} Bakanlığı",
    "body": _body_title,
    "support_unit": lambda _, number: words.SUPPORT_UNITS[number % 4][0],
    "directorate_general": lambda layout, number: f"{_of(layout, 'directorate_general', number)} Genel Müdürlüğü",
    "department": lambda layout, number: f"{_of(layout, 'department', number)} Dairesi Başkanlığı",
    "branch": lambda layout, number: f"{_of(layout, 'branch', number)} Şube Müdürlüğü",
    "bureau": lambda layout, number: f"{_of(layout, 'bureau', number)} Bürosu",
    "body_department": lambda layout, number: f"{_of(layout, 'body_department', number)} Dairesi Başkanlığı",
    "body_branch": lambda layout, number: f"{_of(layout, 'body_branch', number)} Şube Müdürlüğü",
    "region": lambda layout, number: f"{_province_in(layout, number)} {number + 1}. Bölge Müdürlüğü",
    "enterprise": lambda layout, number: f"{_of(layout, 'enterprise', number)} İşletme Müdürlüğü",
    "post": lambda layout, number: f"{_of(layout, 'post', number)} Şefliği",
    "mission": lambda _, number: f"{words.place_name(500 + number)} Büyükelçiliği",
    "governorship": lambda _, number: f"{province_name(number)} Valiliği",
    "district_governorship": lambda _, number: f"{district_name(number)} Kaymakamlığı",
    "provincial_directorate": lambda layout, number: (
        f"{_province_in(layout, number)} İl {_field(number, layout.size.provinces)} Müdürlüğü"
    ),
    "provincial_branch": lambda layout, number: f"{_of(layout, 'provincial_branch', number)} Şube Müdürlüğü",
    "district_directorate": lambda layout, number: (
        f"{district_name(number % layout.size.districts)} İlçe {_field(number, layout.size.districts)} Müdürlüğü"
    ),
    "district_office": lambda layout, number: f"{_of(layout, 'district_office', number)} Şefliği",
    "metropolitan": lambda _, number: f"{province_name(number)} Büyükşehir Belediyesi",
    "metropolitan_department": lambda layout, number: (
        f"{_of(layout, 'metropolitan_department', number)} Dairesi Başkanlığı"
    ),
    "metropolitan_branch": lambda layout, number: f"{_of(layout, 'metropolitan_branch', number)} Şube Müdürlüğü",
    "water_utility": lambda _, number: f"{province_name(number)} Su ve Kanalizasyon İdaresi Genel Müdürlüğü",
    "municipality": lambda layout, number: (
        f"{district_name(number)} Belediyesi"
        if number < layout.size.districts
        else f"{words.place_name(number * 11)} Belde Belediyesi"
    ),
    "municipal_directorate": lambda layout, number: (
        f"{words.MUNICIPAL_OFFICES[number % layout.blocks['municipal_directorate'].per]} Müdürlüğü"
    ),
    "university": lambda _, number: f"{words.place_name(700 + number)} Üniversitesi",
    "university_department": lambda layout, number: (
        f"{_of(layout, 'university_department', number)} Dairesi Başkanlığı"
    ),
    "faculty": lambda layout, number: f"{words.FACULTIES[number % layout.blocks['faculty'].per]} Fakültesi",
    "science": lambda layout, number: f"{_science(layout, 'science', number)} Bölümü",
    "chair": lambda layout, number: f"{_science(layout, 'chair', number)} Anabilim Dalı",
}
