"""What time it is, and which day that is where this register is kept.

Instants are UTC wherever they are stored. A day is one of the time zone of `KAYSIS_TIME_ZONE`: an act that begins on
1 January is in force at 01:30 that night, though it is still 31 December in UTC.
"""

import os
from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo

from kaysis_graph.errors import SettingError

SETTING: Final = "KAYSIS_TIME_ZONE"
_WHERE_NOTHING_IS_SAID: Final = "Europe/Istanbul"


def now() -> datetime:
    """The instant it is, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """The day it is in the time zone of the register."""
    return local(now()).date()


def local(instant: datetime) -> datetime:
    """An instant as a clock on the wall of the register shows it; one without a zone is UTC."""
    return (instant if instant.tzinfo else instant.replace(tzinfo=UTC)).astimezone(zone())


def to_the_minute(iso: str) -> str:
    """A stored instant for tables of the command line: `2026-11-29 20:46`, by the clock of the register."""
    return f"{local(datetime.fromisoformat(iso)):%Y-%m-%d %H:%M}"


def zone(environment: Mapping[str, str] = os.environ) -> ZoneInfo:
    """The time zone of the register; SettingError when the setting names none."""
    return _zone(environment.get(SETTING, "").strip() or _WHERE_NOTHING_IS_SAID)


@cache
def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    # A name with odd letters is a ValueError, a folder of the database an OSError, an unknown one a KeyError.
    except (KeyError, ValueError, OSError) as error:
        raise SettingError("settings.not_a_time_zone", value=name[:80]) from error
