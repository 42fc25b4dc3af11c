"""Days as people and programs write them, and what a notation that is no day seems to be."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from functools import lru_cache

from kaysis_graph import clock, text
from kaysis_graph.transfer.unfit import Unfit

_MONTHS = (
    ("ocak", "january"), ("subat", "february"), ("mart", "march"), ("nisan", "april"), ("mayis", "may"),
    ("haziran", "june"), ("temmuz", "july"), ("agustos", "august"), ("eylul", "september"), ("ekim", "october"),
    ("kasim", "november"), ("aralik", "december"),
)  # fmt: skip
_WEEKDAYS = (
    "pazartesi", "sali", "carsamba", "persembe", "cuma", "cumartesi", "pazar",
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
)  # fmt: skip
# Months are known by their first three letters, however far they are written out: Tem, Temmuz, Jul, July.
_LETTERS = 3
_SHORT_YEAR = 2
_MIDNIGHT = (0, 0, 0)
_TIME = re.compile(
    r"(?P<day>.*?\d)(?:[T\s]\s*(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)?"
    r"\s*(?P<zone>Z|[+-]\d{2}:?\d{2})?|Z|[+-]\d{2}:\d{2})?",
    re.DOTALL,
)
_YEAR_FIRST = re.compile(r"(?P<year>\d{4})\s*([./-])\s*(?P<month>\d{1,2})\s*\2\s*(?P<day>\d{1,2})")
_DAY_FIRST = re.compile(r"(?P<day>\d{1,2})\s*[./-]\s*(?P<month>\d{1,2})\s*[./-]\s*(?P<year>\d{4}|\d{2})")
_COMPACT = re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})")
_NAMED = re.compile(r"(?P<day>\d{1,2})[\s./-]*(?P<name>[^\W\d_]+)[\s./,-]*(?P<year>\d{4}|\d{2})")
_NAME_FIRST = re.compile(r"(?P<name>[^\W\d_]+)\s+(?P<day>\d{1,2}),?\s+(?P<year>\d{4})")
# A year with a digit too many: 10.07.20188, 20188-07-10.
_LONG_YEAR = re.compile(r"(?:\d{1,2}[\s./-]+(?:\d{1,2}|[^\W\d_]+)[\s./-]+)\d{5,}|\d{5,}[./-]\d{1,2}[./-]\d{1,2}")
# No register of this state is older than a thousand years, and none tells what will be in two hundred.
_YEARS = range(1000, 2201)
_WITHOUT_DAY = re.compile(r"\d{4}|[^\W\d_]+[\s./-]+\d{4}|\d{1,2}[./-]\d{4}")
# Spreadsheets count days from 30 December 1899; five digits reach from 1927 to 2173.
_SERIAL = re.compile(r"[1-9]\d{4}(?:[.,]\d+)?")
_SERIAL_START = date(1899, 12, 30)


@dataclass(frozen=True)
class ReadDay:
    """A day, and the time of day that was written behind it: a day cannot keep it; empty when there was none."""

    day: date
    time: str = ""


@lru_cache(maxsize=65_536)
def read_day(value: str) -> ReadDay:
    """The day of `15/5/2019`, `10.06.2020 00:00:00`, `10 Ekim 2019`, `10.Eki.2019`, `20191010` or `2019-10-10`.

    An instant with a zone gives the day it falls on in Türkiye. Unfit, with what it seems to be, when it is no day.
    """
    written = _without_weekday(value.strip())
    found = _TIME.fullmatch(written)
    if found is None:
        raise _unfit(value)
    day = _plain_day(found["day"].strip(), value)
    if found["hour"] is None:
        return ReadDay(day)
    hour, minute, second = int(found["hour"]), int(found["minute"]), int(found["second"] or 0)
    try:
        moment = datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=_zone(found["zone"]))
    except ValueError as error:
        raise _unfit(value) from error
    if moment.tzinfo is not None:
        moment = clock.local(moment)
    time = (moment.hour, moment.minute, moment.second)
    return ReadDay(moment.date(), "" if time == _MIDNIGHT else f"{moment:%H:%M}")


def _zone(written: str | None) -> timezone | None:
    if written is None:
        return None
    if written == "Z":
        return UTC
    ahead = timedelta(hours=int(written[1:3]), minutes=int(written[-2:]))
    return timezone(-ahead if written[0] == "-" else ahead)


def _without_weekday(written: str) -> str:
    """`10 Temmuz 2018 Salı` and `Tuesday, July 10, 2018` without the name of the day of the week."""
    if " " not in written:
        return written
    first, _, rest = written.partition(" ")
    if text.fold(first.rstrip(",")) in _WEEKDAYS:
        return rest.strip()
    rest, _, last = written.rpartition(" ")
    return rest.rstrip(" ,") if text.fold(last) in _WEEKDAYS else written


def _plain_day(written: str, value: str) -> date:
    for notation in (_YEAR_FIRST, _DAY_FIRST, _COMPACT, _NAMED, _NAME_FIRST):
        if found := notation.fullmatch(written):
            break
    else:
        raise _unfit(value)
    parts = found.groupdict()
    month = _month(parts["name"]) if parts.get("name") else int(parts["month"])
    if month is None:
        raise _unfit(value)
    if len(parts["year"]) == _SHORT_YEAR:
        raise Unfit("transfer.short_year", value=value[:80])
    try:
        return _likely(date(int(parts["year"]), month, int(parts["day"])), value)
    except ValueError as error:
        if notation is _DAY_FIRST and month > len(_MONTHS) >= int(parts["day"]) > 0:
            raise Unfit("transfer.month_first", value=value[:80]) from error
        raise Unfit("transfer.no_such_day", value=value[:80]) from error


def _likely(day: date, value: str) -> date:
    if day.year in _YEARS:
        return day
    if day.year == date.max.year:
        raise Unfit("transfer.open_end", value=value[:80])
    raise Unfit("transfer.impossible_year", value=value[:80], year=f"{day.year:04}")


def _month(name: str) -> int | None:
    folded = text.fold(name)
    for number, names in enumerate(_MONTHS, 1):
        if len(folded) >= _LETTERS and any(whole.startswith(folded) for whole in names):
            return number
    return None


def _unfit(value: str) -> Unfit:
    written = value.strip()
    if _SERIAL.fullmatch(written):
        meant = _SERIAL_START + timedelta(days=int(written[:5]))
        return Unfit("transfer.serial_day", value=value[:80], day=text.written_day(meant))
    if _LONG_YEAR.fullmatch(written):
        return Unfit("transfer.impossible_year", value=value[:80], year=max(re.findall(r"\d+", written), key=len))
    if _WITHOUT_DAY.fullmatch(written):
        return Unfit("transfer.day_missing", value=value[:80])
    return Unfit("transfer.unreadable_date", value=value[:80])
