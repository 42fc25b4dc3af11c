"""Answers as plain values for JSON: one shape for the API, the command line and whoever reads either.

A dataclass becomes an object of its fields in their order, a date ISO text, a tuple a list. What says why it was cut
becomes `{"why", "how"}` in the reader's language.
"""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from typing import Protocol, runtime_checkable

from kaysis_graph.messages import Language

Plain = str | int | float | bool | None | list["Plain"] | dict[str, "Plain"]


@runtime_checkable
class _Explained(Protocol):
    """What was left out of an answer, and the way on."""

    def why(self, language: Language) -> str: ...

    def how(self, language: Language) -> str: ...


def plain(value: object, language: Language) -> Plain:  # noqa: PLR0911  # one line for each sort of value
    """The value as JSON takes it; sets in order of their text, so that one value has one form."""
    match value:
        case None | bool() | int() | float() | str():
            return value
        case datetime() | date():
            return value.isoformat()
        case Enum():
            return plain(value.value, language)
        case Mapping():
            return {str(name): plain(held, language) for name, held in value.items()}
        case list() | tuple():
            return [plain(held, language) for held in value]
        case AbstractSet():
            return [plain(held, language) for held in sorted(value, key=str)]
        case _Explained():
            return {"why": value.why(language), "how": value.how(language)}
        case _ if is_dataclass(value):
            return {held.name: plain(getattr(value, held.name), language) for held in fields(value)}
        case _:
            raise TypeError(f"{type(value).__name__} has no plain form")
