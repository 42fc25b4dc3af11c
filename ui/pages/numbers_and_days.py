"""Days, times and numbers as people read them in each language."""

from datetime import date, datetime
from functools import cache

import icu

from kaysis_graph import clock, text
from kaysis_graph.messages import Language

_LOCALES = {"tr": icu.Locale("tr_TR"), "en": icu.Locale("en_GB")}
_MOMENTS = {"tr": "d MMMM yyyy, HH.mm", "en": "d MMMM yyyy, HH:mm"}


def day(value: date, language: Language) -> str:
    """`15.05.2019` or `15 May 2019`."""
    return text.written_day(value, language)


def day_in_words(value: date, language: Language) -> str:
    """`15 Mayıs 2019` or `15 May 2019`."""
    months = icu.DateFormatSymbols(_LOCALES[language]).getMonths()
    return f"{value.day} {months[value.month - 1]} {value.year}"


def moment(iso: str, language: Language) -> str:
    """A time of the change sequence, to the minute, in the time zone of the register, which is named."""
    at = clock.local(datetime.fromisoformat(iso))
    return f"{_written(_MOMENTS[language], language, at.replace(tzinfo=None))} {_named(at)}"


def _named(at: datetime) -> str:
    """The short name of the zone where it has one, else how far it is from UTC: Türkiye's is `UTC+03:00`."""
    name = at.tzname() or ""
    return name if name.isalpha() else f"UTC{at.isoformat()[-6:]}"


def number(value: int, language: Language) -> str:
    """`12.345` or `12,345`."""
    return str(_numbers(language).format(value))


def _written(pattern: str, language: Language, value: datetime) -> str:
    formatter = _dates(pattern, language)
    # ICU counts from 1970 in UTC; the formatter is set to the same.
    return str(formatter.format((value - datetime(1970, 1, 1)).total_seconds()))  # noqa: DTZ001


@cache
def _dates(pattern: str, language: Language) -> icu.SimpleDateFormat:
    formatter = icu.SimpleDateFormat(pattern, _LOCALES[language])
    formatter.setTimeZone(icu.TimeZone.getGMT())
    return formatter


@cache
def _numbers(language: Language) -> icu.NumberFormat:
    return icu.NumberFormat.createInstance(_LOCALES[language])
