"""Days, numbers and durations as people read them in each language."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import cache

import icu

from kaysis_graph import text
from kaysis_graph.messages import Language, say

_LOCALES = {"tr": icu.Locale("tr_TR"), "en": icu.Locale("en_GB")}
_MOMENTS = {"tr": "dd.MM.yyyy HH:mm 'UTC'", "en": "d MMMM yyyy, HH:mm 'UTC'"}


def day(value: date, language: Language) -> str:
    """`15.05.2019` or `15 May 2019`."""
    return text.written_day(value, language)


def moment(iso: str, language: Language) -> str:
    """A time of the change sequence, to the minute, in UTC."""
    return _written(_MOMENTS[language], language, datetime.fromisoformat(iso).replace(tzinfo=None))


def number(value: int, language: Language) -> str:
    """`12.345` or `12,345`."""
    return str(_numbers(language).format(value))


def duration(value: Mapping[str, object], language: Language) -> str:
    """How long something takes, as the table says it, or from its numbers."""
    least, most = value.get("min"), value.get("max")
    if least is None and most is None:
        return str(value.get("text", ""))
    count = f"{least}–{most}" if least is not None and most is not None and least != most else str(most or least)
    key = f"pages.unit_working_{value['unit']}" if value.get("is_working") else f"pages.unit_{value['unit']}"
    return f"{count} {say(key, language)}"


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
