"""Answers as JSON: what their dataclasses hold, with names, kinds and codes in the language asked for."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import fields, is_dataclass, make_dataclass
from functools import cache
from types import UnionType
from typing import Annotated, Any, Final, Literal, Union, cast, get_args, get_origin, get_type_hints

import orjson
from pydantic import BaseModel, Field

from kaysis_graph.answers.answer import Cut, Thing
from kaysis_graph.answers.question import Question
from kaysis_graph.messages import Language
from kaysis_graph.schema import Schema

Plain = str | int | float | bool | None | list["Plain"] | dict[str, "Plain"]
_DAYS: Final = {
    "valid_from": "The first day on which it holds; null where none is recorded.",
    "valid_to": "The first day on which it no longer holds, so the day after its last one; null while it lasts.",
}


class DistinctionShape(BaseModel):
    """What a record of a shared title belongs to: an institution, place, unit, act or service."""

    id: str = Field(examples=["24322010"])
    title: str = Field(examples=["Sağlık Bakanlığı"])
    title_en: str | None
    others: int = Field(description="How many more institutions the record belongs to, which are not named.")


class ThingShape(BaseModel):
    """A record as an answer names it: the title it had on the day, and how it stood then."""

    id: str = Field(examples=["kanun-5018"])
    kind: str = Field(description="The slug of the kind.", examples=["legislation"])
    title: str
    title_en: str | None
    state: Literal["valid", "ended", "repealed", "not_in_force", "future"]
    is_unverified: bool
    is_stub: bool
    distinctions: list[DistinctionShape] = Field(
        description="What tells it from others of its title, nearest first; empty where the title is its own."
    )
    href: str = Field(description="The page of the record.", examples=["/records/legislation/kanun-5018"])


class CutShape(BaseModel):
    """Why an answer is not whole, and how to go on, in the language of the reader."""

    why: str
    how: str


class ProblemPlace(BaseModel):
    """One thing wrong with a request."""

    place: dict[str, str | int]
    rule: str
    detail: str
    hint: str
    severity: Literal["error", "warning"]


class ProblemShape(BaseModel):
    """What went wrong (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str | None
    instance: str
    hint: str | None
    problems: list[ProblemPlace]


class Body:
    """JSON of answers for one reader.

    The library writes texts, numbers, days and lists by itself, and asks here for the rest: a dataclass is an object of
    its fields, a record its name and address, a set is in the order of its text so that one answer has one form, and
    what says why an answer was cut is in the reader's language.
    """

    def __init__(self, schema: Schema, language: Language) -> None:
        self._slugs = {kind.name: kind.slug for kind in schema.kinds.values()}
        self._language = language

    def encoded(self, value: object) -> bytes:
        """The JSON text. 5,400 records in 1.5 MB take 16 ms; walked by hand and then written they took 117."""
        return orjson.dumps(value, self._object, orjson.OPT_PASSTHROUGH_DATACLASS | orjson.OPT_NON_STR_KEYS)

    def plain(self, value: object) -> Plain:
        """The same as values of Python, for whoever writes them otherwise."""
        told: Plain = orjson.loads(self.encoded(value))
        return told

    def _object(self, value: object) -> object:
        match value:
            case Thing():
                return self._thing(value)
            case Question():
                return value.told
            case Cut():
                return {"why": value.why(self._language), "how": value.how(self._language)}
            case _ if is_dataclass(value) and not isinstance(value, type):
                return {name: getattr(value, name) for name in _names(type(value))}
            case AbstractSet():
                return sorted(value, key=str)
            case Mapping():
                return dict(value)
        raise TypeError(f"{type(value).__name__} has no form in JSON")

    def _thing(self, thing: Thing) -> dict[str, object]:
        slug = self._slugs[thing.kind]
        return {
            "id": thing.id,
            "kind": slug,
            "title": thing.title,
            "title_en": thing.title_en,
            "state": thing.state,
            "is_unverified": thing.is_unverified,
            "is_stub": thing.is_stub,
            "distinctions": thing.distinctions,
            "href": f"/records/{slug}/{thing.id}",
        }


@cache
def documented(told: Any) -> Any:  # noqa: ANN401, PLR0911  # any type of an answer, one line for each sort
    """The type that an answer's JSON has, for OpenAPI; a test holds the JSON against it."""
    if told is Thing:
        return ThingShape
    if told is Cut:
        return CutShape
    if isinstance(told, type) and issubclass(told, Question):
        return documented(get_type_hints(cast("property", told.told).fget)["return"])
    origin, inner = get_origin(told), get_args(told)
    if origin is Literal or told is Ellipsis:
        return told
    if origin in (Union, UnionType):
        return Union[tuple(documented(held) for held in inner)]  # noqa: UP007  # made at run time
    if origin in (set, frozenset):
        return list[documented(inner[0])]  # type: ignore[misc]  # made at run time
    if origin is not None:
        return origin[tuple(documented(held) for held in inner)]
    if is_dataclass(told) and isinstance(told, type):
        hints = get_type_hints(told)
        members = [(held.name, _with_days(held.name, documented(hints[held.name]))) for held in fields(told)]
        made = make_dataclass(told.__name__, members)
        made.__doc__, made.__module__ = told.__doc__, told.__module__
        return made
    return told


def _with_days(name: str, shape: Any) -> Any:  # noqa: ANN401  # any type of an answer
    return Annotated[shape, Field(description=_DAYS[name])] if name in _DAYS else shape


@cache
def _names(told: type) -> tuple[str, ...]:
    return tuple(held.name for held in fields(told))
