"""The value types of fields: what a value must be, and how it is stored in the graph.

A new type is one row here. `stored` gives what the engine keeps, `loaded` turns it back; both leave None alone.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictBool,
    StrictInt,
    StrictStr,
    model_validator,
)
from pydantic_core import PydanticCustomError

Value: TypeAlias = str | int | bool | date | dict[str, Any] | list[Any]
Stored: TypeAlias = str | int | bool | date | list[str] | list[int] | list[bool] | list[date]


# The server refuses to index a value of more than 8,167 bytes, and titles and numbers are indexed.
_LINE_BYTES = 8_000
# guess: the longest act has 1.1 MB. A change holds a text twice, and a reader of changes holds a hundred of them.
_PROSE_BYTES = 2_000_000
# What XML, and so XLSX, SVG and GraphML, cannot hold, and halves of letters that UTF-8 cannot.
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_LINK = re.compile(r"https?://\S+")
# RFC 3987: what may stand in an IRI at all, behind a scheme.
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\]+")
# A text and behind the last @ the language it is in (BCP 47, section 2.1).
_WORDING = re.compile(r"(.*\S.*)@([a-z]{2,8}(?:-[a-z0-9]{1,8})*)", re.DOTALL)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
# The engines count in 64 bits.
_MOST = 2**63 - 1


def _line(text: str) -> str:
    if "\n" in text or "\r" in text:
        raise PydanticCustomError("not_one_line", "must be one line")
    return _written(text, _LINE_BYTES)


def _prose(text: str) -> str:
    return _written(text, _PROSE_BYTES)


def _written(text: str, most: int) -> str:
    if not text.strip():
        raise PydanticCustomError("empty", "must not be empty")
    if unfit := _UNFIT.search(text):
        code = f"U+{ord(unfit[0]):04X}"
        raise PydanticCustomError("unfit_character", "must not hold {code}", {"code": code})
    if (length := len(text.encode())) > most:
        raise PydanticCustomError("too_long", "at most {most} bytes", {"length": length, "most": most})
    return text


def _link(text: str) -> str:
    if not _LINK.fullmatch(text):
        raise PydanticCustomError("not_a_link", "must begin with https://")
    return _line(text)


def _iri(text: str) -> str:
    if not _IRI.fullmatch(text):
        raise PydanticCustomError("not_an_iri", "must be an absolute IRI")
    return _line(text)


def _wording(text: str) -> str:
    if not _WORDING.fullmatch(text):
        raise PydanticCustomError("not_a_wording", "must end with @ and a language")
    return _prose(text)


def parts_of_wording(value: str) -> tuple[str, str]:
    """The text of a wording and the language it is in: `Ministerium@de`."""
    text, _, language = value.rpartition("@")
    return text, language


def _plain_day(value: Any) -> date:  # noqa: ANN401  # JSON
    # Pydantic takes instants and seconds since 1970 for dates too; a date is written in one way.
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if isinstance(value, str) and _DATE.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise PydanticCustomError("not_a_date", "must be a date, YYYY-MM-DD")


Day = Annotated[date, BeforeValidator(_plain_day)]


class Duration(BaseModel):
    """How long something takes: from `min` to `max` units, in calendar or working days, or only in words.

    Published tables say `8-15 dk`, `aynı gün`, `15 iş günü` and `Tebliğde belirtilir`: each finds its place here.
    """

    model_config = ConfigDict(extra="forbid")

    min: Annotated[StrictInt, Field(ge=0, le=_MOST)] | None = None
    max: Annotated[StrictInt, Field(ge=0, le=_MOST)] | None = None
    unit: Literal["second", "minute", "hour", "day", "week", "month", "year"] | None = None
    is_working: StrictBool = False
    text: Annotated[StrictStr, AfterValidator(_line)] | None = None

    @model_validator(mode="after")
    def _says_something(self) -> "Duration":
        if self.min is None and self.max is None and self.text is None:
            raise PydanticCustomError("duration_says_nothing", "needs min, max or text")
        if (self.min is not None or self.max is not None) and self.unit is None:
            raise PydanticCustomError("duration_without_unit", "numbers need a unit")
        if self.min is not None and self.max is not None and self.min > self.max:
            raise PydanticCustomError("duration_reversed", "min is more than max")
        return self


def _as_json(value: Any) -> str:  # noqa: ANN401  # a value of any field
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _same(value: Any) -> Any:  # noqa: ANN401  # a value of any field
    return value


@dataclass(frozen=True)
class FieldType:
    """One type: the annotation that pydantic checks, and the way into the graph and back."""

    annotation: Any
    stored: Callable[[Any], Stored] = _same
    loaded: Callable[[Any], Value] = _same


def _day(value: Any) -> date:  # noqa: ANN401  # the driver's own date type stays behind the store
    return value if isinstance(value, date) else date.fromisoformat(str(value))


FIELD_TYPES: Mapping[str, FieldType] = {
    "text": FieldType(Annotated[StrictStr, AfterValidator(_line)]),
    "prose": FieldType(Annotated[StrictStr, AfterValidator(_prose)]),
    "flag": FieldType(StrictBool),
    "integer": FieldType(Annotated[StrictInt, Field(ge=-_MOST, le=_MOST)]),
    "date": FieldType(Day, loaded=_day),
    "code": FieldType(StrictStr),
    "link": FieldType(Annotated[StrictStr, AfterValidator(_link)]),
    "iri": FieldType(Annotated[StrictStr, AfterValidator(_iri)]),
    "wording": FieldType(Annotated[StrictStr, AfterValidator(_wording)]),
    # A map cannot be a property of a node, so it is kept as JSON text in a fixed order of keys.
    "duration": FieldType(Duration, stored=_as_json, loaded=json.loads),
}
