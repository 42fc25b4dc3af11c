"""What a feature is asked, as one value: an address, a command and a form fill the same object, and are made from it.

A field is called like its parameter in addresses; where that is a word of Python, an underscore follows: `from_`.
What is usual is the default of the field, and left out of addresses and commands.
"""

import re
import string
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, ClassVar, Literal, Self, get_args, get_origin

from pydantic import BaseModel, BeforeValidator, ConfigDict
from pydantic.fields import FieldInfo
from pydantic_core import PydanticCustomError

from kaysis_graph.errors import Invalid, Problem
from kaysis_graph.schema import Schema

Called = Callable[[str], str]
"""How whoever asks calls a parameter: addresses say `carried_by`, the command line `--carried-by`."""


@dataclass(frozen=True)
class CommandOption:
    """How the command line calls a field where it is not the parameter with dashes.

    An empty name tells an argument, which stands by itself before all options.
    """

    name: str


ARGUMENT = CommandOption("")


def parameter_name(field: str) -> str:
    """The field as addresses call it."""
    return field.removesuffix("_")


def option_name(parameter: str) -> str:
    """The parameter as the command line calls it."""
    return f"--{parameter.replace('_', '-')}"


def _each(value: object) -> object:
    if isinstance(value, str):
        value = (value,)
    if isinstance(value, list | tuple):
        parts = (part.strip() for said in value for part in str(said).split(","))
        return tuple(dict.fromkeys(part for part in parts if part))
    return value


Names = Annotated[tuple[str, ...], BeforeValidator(_each)]
"""Several values: between commas, or said one by one as forms do; each is kept once, in the order given."""


def _iso_day(value: object) -> object:
    """Pydantic takes numbers for seconds since 1970, and instants for days; an address means neither."""
    if not isinstance(value, str):
        return value
    try:
        day = date.fromisoformat(value)
    except ValueError:
        day = None
    # Python reads weeks (2025-W01-1) and days without hyphens too.
    if day is None or day.isoformat() != value:
        raise PydanticCustomError("bad_day", "Not a day as YYYY-MM-DD")
    return day


Day = Annotated[date, BeforeValidator(_iso_day)]

# What pydantic's check of a value is called, and what we call it; the values it comes with are the limits.
_RULES = {
    "missing": "api.missing",
    "int_parsing": "api.not_a_number",
    "int_from_float": "api.not_a_number",
    "greater_than_equal": "api.too_small",
    "less_than_equal": "api.too_much",
    "literal_error": "api.not_a_choice",
    "bool_parsing": "api.not_a_flag",
    "string_too_long": "api.too_long",
    "bad_day": "api.bad_day",
}


class Question(BaseModel):
    """A question of a feature as it was written; `checked` holds it against the rules by which its parts go together.

    A field that is excluded is no parameter: the question says itself how addresses tell it.
    The names in braces in `PAGE` and `API` are fields that stand in the path; `kind` is the slug of the record `id`.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", alias_generator=parameter_name, validate_by_name=True)

    PAGE: ClassVar[str]
    API: ClassVar[str]
    COMMAND: ClassVar[tuple[str, ...]]
    """The command, and the options that tell this question from others of it."""
    ALWAYS_SAID: ClassVar[frozenset[str]] = frozenset()
    """Fields that addresses and commands say even where they hold the usual."""

    def problems(self, called: Called = parameter_name) -> list[Problem]:  # noqa: ARG002  # for those that have rules
        """What does not go together, with the parts named as whoever asked calls them."""
        return []

    def checked(self, called: Called = parameter_name) -> Self:
        """The question itself; Invalid with every problem when its parts do not go together."""
        if problems := self.problems(called):
            raise Invalid(problems)
        return self

    def usual(self, name: str) -> object:
        """What a field says where nothing is said of it."""
        return type(self).model_fields[name].default

    def meant(self, name: str) -> Any:  # noqa: ANN401  # of the type of its field
        """What holds of a field: what is said of it, or what is usual."""
        value = getattr(self, name)
        return self.usual(name) if value is None else value

    def choices(self, name: str) -> Sequence[str]:
        """The words that a field takes, where it takes one of some."""
        types = member_types(type(self).model_fields[name].annotation)
        return [word for held in types if get_origin(held) is Literal for word in get_args(held)]

    @property
    def told(self) -> object:
        """The question as an answer repeats it in JSON."""
        return self.model_dump()

    @classmethod
    def path_fields(cls) -> tuple[str, ...]:
        """The fields that stand in the path of an address, in its order."""
        return tuple(name for name in _braces(cls.PAGE) if name in cls.model_fields)

    @property
    def parameters(self) -> dict[str, str]:
        """What an address says after its path, by the names of the parameters; several values between commas."""
        return {
            parameter: ",".join(values) for parameter, _, values in self._said() if parameter not in _braces(self.PAGE)
        }

    @property
    def command(self) -> list[str]:
        """The words of the command that asks it, without the day."""
        arguments: list[str] = []
        options: list[str] = []
        for parameter, field, values in self._said():
            option = next((held.name for held in field.metadata if isinstance(held, CommandOption)), None)
            if option == "":
                arguments += values
            else:
                options += [word for value in values for word in _option(option or option_name(parameter), value)]
        word, *given = self.COMMAND
        return [word, *arguments, *given, *options]

    def page(self, schema: Schema) -> str:
        """The path of its page."""
        return self._path(self.PAGE, schema)

    def api(self, schema: Schema) -> str:
        """The path of its answer in the API."""
        return self._path(self.API, schema)

    def _said(self) -> Iterator[tuple[str, FieldInfo, list[str]]]:
        """Each parameter that says something beside the usual, with its field and values."""
        for name, field in type(self).model_fields.items():
            if field.exclude:
                continue
            # Not by the attribute: one that is deprecated warns whoever asks, and here nobody chose it.
            value = vars(self)[name]
            if value not in (None, ()) and (name in self.ALWAYS_SAID or value != self.usual(name)):
                values = value if isinstance(value, tuple) else (value,)
                yield parameter_name(name), field, [_text(each) for each in values]

    def _path(self, pattern: str, schema: Schema) -> str:
        names = _braces(pattern)
        values: dict[str, Any] = {name: getattr(self, name, None) for name in names}
        if "kind" in names and values["kind"] is None:
            kind = schema.kind_of(values["id"])
            assert kind is not None, "a page is of a record that is there"
            values["kind"] = kind.slug
        return pattern.format(**values)


def member_types(annotation: Any) -> Sequence[Any]:  # noqa: ANN401  # any type of a field
    """What a type is made of: of `Annotated[int, …] | None` the number and nothing."""
    if get_origin(annotation) is Annotated:
        return member_types(get_args(annotation)[0])
    if get_origin(annotation) in (Literal, tuple) or not get_args(annotation):
        return (annotation,)
    return [held for part in get_args(annotation) for held in member_types(part)]


def _option(name: str, value: str) -> Sequence[str]:
    """An option with its value; one that begins with a dash would be taken for an option, and a flag has none."""
    if value == "true":
        return (name,)
    return (f"{name}={value}",) if value.startswith("-") else (name, value)


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _braces(pattern: str) -> tuple[str, ...]:
    return tuple(name for _, name, _, _ in string.Formatter().parse(pattern) if name)


def known_kinds(schema: Schema, names: Sequence[str], parameter: str) -> frozenset[str] | None:
    """The kinds of these names or slugs, None where none was said; Invalid with every one there is not."""
    known = ", ".join(kind.slug for kind in schema.kinds.values())
    return _known("records.unknown_kind", parameter, {name: _kind_name(schema, name) for name in names}, "kind", known)


def known_edge_types(schema: Schema, names: Sequence[str], parameter: str) -> frozenset[str] | None:
    """The edge types of these names, None where none was said; Invalid with every one there is not."""
    known = ", ".join(schema.edge_types)
    found = {name: name if name in schema.edge_types else None for name in names}
    return _known("records.unknown_edge_type", parameter, found, "type", known)


def _kind_name(schema: Schema, name: str) -> str | None:
    kind = schema.kind(name)
    return None if kind is None else kind.name


def _known(rule: str, parameter: str, found: dict[str, str | None], called: str, known: str) -> frozenset[str] | None:
    unknown = [name for name, held in found.items() if held is None]
    if unknown:
        place = {"parameter": parameter}
        raise Invalid([Problem(rule, place, {called: name[:80], "known": known}) for name in unknown])
    return frozenset(held for held in found.values() if held is not None) or None


def value_problems(errors: Iterable[Mapping[str, Any]], called: Called = parameter_name) -> list[Problem]:
    """What pydantic found wrong with single values, as problems of the parameters they stand in."""
    return [_value_problem(error, called) for error in errors]


def _value_problem(error: Mapping[str, Any], called: Called) -> Problem:
    steps = [str(step) for step in error["loc"]]
    # FastAPI says first in which part of the request the value stands.
    where = steps.pop(0) if len(steps) > 1 else ""
    name = called(".".join(steps))
    context = error.get("ctx", {})
    limit = context.get("ge", context.get("le", context.get("max_length", "")))
    # Pydantic tells the choices as an English sentence: 'json', 'csv' or 'xlsx'.
    known = ", ".join(re.findall("'([^']+)'", str(context.get("expected", ""))))
    values = {"name": name, "value": str(error.get("input"))[:80], "limit": limit, "known": known}
    place = {"path" if where == "path" else "parameter": name}
    return Problem(_RULES.get(error["type"], "api.unfit"), place, values)
