"""The value types of fields: what a value must be, and how it is stored in the graph.

A new type is one row here. `stored` gives what the engine keeps, `loaded` turns it back; both leave None alone.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, TypeAlias

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StrictBool, StrictInt, model_validator

Value: TypeAlias = str | int | bool | date | dict[str, Any] | list[Any]
Stored: TypeAlias = str | int | bool | date | list[str] | list[int] | list[bool] | list[date]


class Duration(BaseModel):
    """How long something takes: from `min` to `max` units, in calendar or working days, or only in words.

    Published tables say `8-15 dk`, `aynı gün`, `15 iş günü` and `Tebliğde belirtilir`: each finds its place here.
    """

    model_config = ConfigDict(extra="forbid")

    min: Annotated[StrictInt, Field(ge=0)] | None = None
    max: Annotated[StrictInt, Field(ge=0)] | None = None
    unit: str | None = Field(default=None, pattern="^(second|minute|hour|day|week|month|year)$")
    is_working: StrictBool = False
    text: str | None = None

    @model_validator(mode="after")
    def _says_something(self) -> "Duration":
        if self.min is None and self.max is None and not self.text:
            raise ValueError("a duration needs min, max or text")
        if (self.min is not None or self.max is not None) and self.unit is None:
            raise ValueError("a duration in numbers needs a unit")
        if self.min is not None and self.max is not None and self.min > self.max:
            raise ValueError("min is more than max")
        return self


def _line(text: str) -> str:
    if "\n" in text or "\r" in text:
        raise ValueError("must be one line")
    return _written(text)


def _written(text: str) -> str:
    if not text.strip():
        raise ValueError("must not be empty")
    if "\x00" in text:
        raise ValueError("must not hold the character NUL")
    return text


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
    "text": FieldType(Annotated[str, AfterValidator(_line)]),
    "prose": FieldType(Annotated[str, AfterValidator(_written)]),
    "flag": FieldType(StrictBool),
    "integer": FieldType(StrictInt),
    "date": FieldType(date, loaded=_day),
    "code": FieldType(str),
    "link": FieldType(Annotated[str, Field(pattern=r"^https?://\S+$")]),
    # A map cannot be a property of a node, so it is kept as JSON text in a fixed order of keys.
    "duration": FieldType(Duration, stored=_as_json, loaded=json.loads),
}
