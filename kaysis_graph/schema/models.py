"""Pydantic models of the kinds, made from the schema: what a record or an edge must look like as JSON."""

from collections.abc import Mapping
from functools import cache
from typing import Annotated, Any, Literal, Self, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, StrictStr, create_model

from kaysis_graph.schema.definitions import EdgeDefinition, Kind, Schema
from kaysis_graph.schema.definitions import Field as SchemaField
from kaysis_graph.schema.fieldtypes import FIELD_TYPES, Day

_Definition: TypeAlias = "tuple[Any, Any]"
# guess: the deepest provision known takes 40 letters; a pattern alone would let an identifier grow without end.
_LONGEST_ID = 200


class _Closed(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _Earlier(_Closed):
    """The earlier values of a record's dated fields."""

    def __deepcopy__(self, memo: dict[int, Any] | None = None) -> Self:
        """Itself: one without values is the default of every record checked, and copying it was a third of a check."""
        return self


class EarlierValue(_Closed):
    """What a dated field said before, and when: from its first day up to, but not including, its last."""

    value: Any
    valid_from: Day | None = None
    valid_to: Day


class EarlierSpell(_Closed):
    """A time a record was there before its present one: from its first day up to, but not including, its last."""

    valid_from: Day | None = None
    valid_to: Day


def record_model(schema: Schema, kind: Kind) -> type[BaseModel]:
    """The model of a kind: `kind`, `id`, its fields, `earlier`, `earlier_spells`; unknown keys are refused."""
    return _record_model(_Held(schema), kind.name)


def edge_model(schema: Schema, kind: Kind, edge: EdgeDefinition) -> type[BaseModel]:
    """The model of an edge as it stands in the JSON of the record it leaves: `type`, `to`, its fields."""
    return _edge_model(_Held(schema), kind.name, edge.role)


class _Held:
    """A schema as a key of a cache: one schema, one identity."""

    def __init__(self, schema: Schema) -> None:
        self.schema = schema

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held) and other.schema is self.schema

    def __hash__(self) -> int:
        return id(self.schema)


@cache
def _record_model(held: _Held, name: str) -> type[BaseModel]:
    kind = held.schema.kinds[name]
    definitions: dict[str, _Definition] = {
        "kind": (Literal[name], ...),
        "id": (
            Annotated[
                StrictStr,
                Field(pattern=f"^(?:{kind.id_pattern})$", max_length=_LONGEST_ID, examples=[kind.id_example]),
            ],
            ...,
        ),
        **_definitions(held.schema, kind.fields),
    }
    dated: dict[str, Any] = {
        field.name: (list[_earlier_model(held.schema, field)], [])  # type: ignore[misc]  # made, not named
        for field in kind.fields.values()
        if field.dated
    }
    earlier = create_model(f"{name}Earlier", __base__=_Earlier, **dated)
    definitions["earlier"] = (earlier, earlier())
    definitions["earlier_spells"] = (list[EarlierSpell], [])
    return create_model(  # type: ignore[no-any-return, call-overload]
        name, __base__=_Closed, __doc__=kind.about.en, **definitions
    )


def _earlier_model(schema: Schema, field: SchemaField) -> type[BaseModel]:
    return create_model(f"Earlier_{field.name}", __base__=EarlierValue, value=(_annotation(schema, field), ...))


@cache
def _edge_model(held: _Held, kind: str, role: str) -> type[BaseModel]:
    edge = held.schema.kinds[kind].edges[role]
    return create_model(  # type: ignore[no-any-return, call-overload]
        f"{kind}_{edge.type}",
        __base__=_Closed,
        type=(Literal[edge.type], ...),
        to=(StrictStr, ...),
        **_definitions(held.schema, edge.fields),
    )


def _definitions(schema: Schema, fields: Mapping[str, SchemaField]) -> dict[str, _Definition]:
    return {
        field.name: (
            annotation if field.required else annotation | None,
            Field(... if field.required else None, title=field.label.tr, description=_description(field)),
        )
        for field in fields.values()
        for annotation in [_annotation(schema, field)]
    }


def _description(field: SchemaField) -> str:
    return f"{field.label.en}: {field.about.en}" if field.about else field.label.en


def _annotation(schema: Schema, field: SchemaField) -> Any:  # noqa: ANN401  # an annotation is made, not named
    one = FIELD_TYPES[field.type].annotation
    if field.codes is not None:
        one = Literal[tuple(schema.codes[field.codes].entries)]
    return list[one] if field.many else one  # type: ignore[valid-type]  # made, not named
