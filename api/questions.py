"""Questions as routes take them: the parameters of an address are the fields of a question."""

import inspect
from collections.abc import Awaitable, Callable, Sequence
from typing import Annotated, Any, TypeVar, get_origin

from fastapi import Path, Query
from pydantic.fields import FieldInfo

from kaysis_graph.answers.question import Question, parameter_name

AnyQuestion = TypeVar("AnyQuestion", bound=Question)


def taken(question: type[AnyQuestion], *needed: str) -> Callable[..., Awaitable[AnyQuestion]]:
    """A dependency that gives the question of an address, with a parameter for each of its fields.

    Fields that are `needed` must be said; pages leave them to their forms.

    FastAPI could take the model itself; but one that forbids what it does not know would be given, and refuse, the
    day, the language and the format too, and fields in the path are no parameters of a query.
    Asynchronous, because it does nothing that waits: a thread for it would cost more than the work.
    """

    async def given(**said: Any) -> AnyQuestion:  # noqa: ANN401  # each of the type of its field
        return question.model_validate({name: value for name, value in said.items() if value is not None})

    in_path = question.path_fields()
    given.__signature__ = inspect.Signature(  # type: ignore[attr-defined]  # read by FastAPI
        [
            _parameter(name, field, in_path=name in in_path, is_needed=name in needed or field.is_required())
            for name, field in question.model_fields.items()
        ]
    )
    return given


def _parameter(name: str, field: FieldInfo, *, in_path: bool, is_needed: bool) -> inspect.Parameter:
    words: dict[str, Any] = {
        "alias": parameter_name(name),
        "description": field.description,
        "examples": field.examples,
        "deprecated": field.deprecated,
    }
    default: object = inspect.Parameter.empty
    if in_path:
        annotation = _typed(field.annotation, field.metadata, Path(**words))
    elif is_needed:
        annotation = _typed(field.annotation, field.metadata, Query(**words))
    elif get_origin(field.annotation) is tuple:
        # FastAPI looks for a list outside of what checks it.
        annotation = _typed(_typed(field.annotation, []) | None, [*field.metadata, Query(**words)])
        default = None
    else:
        annotation = _typed(field.annotation, field.metadata, Query(**words))
        default = None if field.default == "" else field.default
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)


def _typed(annotation: Any, metadata: Sequence[object], *more: object) -> Any:  # noqa: ANN401  # types made at run time
    held = (*metadata, *more)
    return Annotated[(annotation, *held)] if held else annotation
