"""How long things take, as service standards tables write it: numbers where they are plain, the words always."""

import re
from collections.abc import Mapping
from typing import Any

from kaysis_graph import text

_ONES = ("bir", "iki", "uc", "dort", "bes", "alti", "yedi", "sekiz", "dokuz")
_TENS = ("on", "yirmi", "otuz", "kirk", "elli", "altmis", "yetmis", "seksen", "doksan")
# Two words each, one of them may be missing: on beş, yirmi, yedi. Longer times are written in digits.
_WORDS: Mapping[str, int] = {
    **{one: number for number, one in enumerate(_ONES, 1)},
    **{
        f"{ten}{joint}{one}": number * 10 + unit
        for number, ten in enumerate(_TENS, 1)
        for unit, one in enumerate(("", *_ONES))
        for joint in (("", " ") if one else ("",))
    },
}
_UNITS: tuple[tuple[str, str, bool], ...] = (
    (r"is\s?gun", "day", True),
    (r"(?:takvim\s)?gun", "day", False),
    (r"saniye|sn", "second", False),
    (r"dakika|dak|dk", "minute", False),
    (r"saat|sa", "hour", False),
    (r"hafta", "week", False),
    (r"ay", "month", False),
    (r"yil|sene", "year", False),
)
# `gün`, `günü`, `gündür`, `günde`, `günden`, `ayı`, `haftadır`: what may follow a unit without changing it.
_ENDING = r"(?:u|i|si|dur|dir|tur|tir|da|de|ta|te|dan|den|tan|ten|lik|luk)?\.?"
_NUMBER = rf"(\d{{1,6}}|{'|'.join(sorted(_WORDS, key=len, reverse=True))})"
_UNIT = "(" + "|".join(rf"(?:{word})" for word, _, _ in _UNITS) + ")" + _ENDING
_AT_MOST = r"(?:en\s(?:gec|fazla|cok)|azami|maksimum|max\.?)"
_AT_LEAST = r"(?:en\s(?:az|erken)|asgari|minimum|min\.?)"
_WITHIN = r"(?:\s(?:icinde|icerisinde|zarfinda|surer|kadar))?"
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("most", re.compile(rf"(?:{_AT_MOST}\s)?{_NUMBER}\s?{_UNIT}{_WITHIN}")),
    ("most", re.compile(rf"{_NUMBER}\s?{_UNIT}\s(?:az|kisa)")),
    ("least", re.compile(rf"{_AT_LEAST}\s{_NUMBER}\s?{_UNIT}{_WITHIN}")),
    (
        "both",
        re.compile(
            rf"{_NUMBER}\s?(?:{_UNIT}\s?)?(?:-|ile|ila|/)\s?{_NUMBER}\s?{_UNIT}(?:\s(?:arasi|arasinda|arasindadir))?{_WITHIN}"
        ),
    ),
    ("sum", re.compile(rf"{_NUMBER}\s?{_UNIT}\s(?:ve\s)?{_NUMBER}\s?{_UNIT}{_WITHIN}")),
    ("half", re.compile(rf"yarim\ssaat{_ENDING}{_WITHIN}")),
    ("and_half", re.compile(rf"(?:{_NUMBER}\sbucuk|{_NUMBER}[.,]5)\ssaat{_ENDING}{_WITHIN}")),
)
# `1 (bir) gün`, `30 (otuz) iş günü`: the number once more in words.
_SAID_TWICE = re.compile(r"(\d+)\s*\(\s*([^\W\d]+(?:\s[^\W\d]+)?)\s*\)")
# What is said in brackets about a time changes nothing about its numbers, if it has none itself.
_ASIDE = re.compile(r"\s*\([^()\d]*\)\s*$")
_MINUTES = 60


def read_duration(written: str) -> dict[str, Any]:
    """The duration of a cell, as a field keeps it: `{"max": 15, "unit": "day", "is_working": True, "text": …}`.

    A single time is the longest it takes, as the heading of the table says. Without `min` and `max` when the words
    are not plain: `dosya 25 dakika + tahkikat 3 ay`, `Tebliğde belirtilir`, `aynı gün`.
    """
    line = " ".join(written.split())
    return {**(_numbers(_plain(line)) or {}), "text": line}


def has_numbers(duration: Mapping[str, Any]) -> bool:
    """Whether the duration can be counted with."""
    return duration.get("min") is not None or duration.get("max") is not None


def _plain(line: str) -> str:
    """The line folded, with dashes alike, and without a number said twice and an aside at its end."""
    folded = re.sub(r"\s*[-–—]\s*", "-", text.fold(line))  # dashes as they come
    folded = _SAID_TWICE.sub(lambda found: found[1] if _WORDS.get(found[2]) == int(found[1]) else found[0], folded)
    return _ASIDE.sub("", folded).strip(" .")


def _numbers(plain: str) -> dict[str, Any] | None:
    for sort, pattern in _PATTERNS:
        if found := pattern.fullmatch(plain):
            return _counted(sort, [group for group in found.groups() if group is not None])
    return None


def _counted(sort: str, parts: list[str]) -> dict[str, Any] | None:
    hour, minute = _unit("saat"), _unit("dk")
    counted: dict[str, Any] | None = None
    match sort, parts:
        case "most" | "least", [number, unit]:
            counted = {"max" if sort == "most" else "min": _count(number), **_unit(unit)}
        case "both", [least, most, unit]:
            counted = _span(least, most, unit)
        case "both", [least, first_unit, most, unit] if _unit(first_unit) == _unit(unit):
            counted = _span(least, most, unit)
        case "sum", [hours, first_unit, minutes, unit] if (_unit(first_unit), _unit(unit)) == (hour, minute):
            counted = {"max": _count(hours) * _MINUTES + _count(minutes), **minute}
        case "half", []:
            counted = {"max": _MINUTES // 2, **minute}
        case "and_half", [hours]:
            counted = {"max": _count(hours) * _MINUTES + _MINUTES // 2, **minute}
    return counted


def _span(least: str, most: str, unit: str) -> dict[str, Any] | None:
    first, last = _count(least), _count(most)
    return {"min": first, "max": last, **_unit(unit)} if first <= last else None


def _count(number: str) -> int:
    return int(number) if number.isdigit() else _WORDS[number]


def _unit(written: str) -> dict[str, Any]:
    name, is_working = next(
        (name, is_working) for pattern, name, is_working in _UNITS if re.fullmatch(pattern, written)
    )
    return {"unit": name, "is_working": True} if is_working else {"unit": name}
