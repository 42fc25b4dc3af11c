"""Questions as routes take them: the parameters of an address are the fields of a question."""

import inspect
from collections.abc import Awaitable, Callable, Mapping, Sequence
from types import NoneType
from typing import Annotated, Any, TypeVar, get_args, get_origin

from fastapi import Path, Query
from pydantic.fields import FieldInfo
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.headers import security
from kaysis_graph.answers.question import Question, parameter_name
from ui.pages.choice import Choices, Chooser, asking_page, meant
from ui.pages.frame import frame_of
from ui.pages.reader import Asked

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
            if not field.exclude
        ]
    )
    return given


def chosen(
    asked: Asked,
    question: AnyQuestion,
    records: Mapping[str, Sequence[str]],
    chooser: Callable[[Asked, AnyQuestion], Chooser],
) -> Response | None:
    """Where a page leads whose question names records as people do: to the one that was meant, or to a choice.

    `records` are the fields that hold a record, with the kinds that it may be of. None when all are identifiers.
    """
    found: dict[str, str] = {}
    for name, kinds in records.items():
        value = getattr(question, name)
        if not value:
            continue
        held = meant(asked, value, kinds)
        if isinstance(held, Choices):
            others = [question.model_copy(update={name: choice.id}) for choice in held.names]
            return HTMLResponse(asking_page(asked, chooser(asked, question), held, others), headers=security())
        found[name] = held
    led = question.model_copy(update=found)
    if led == question:
        return None
    return RedirectResponse(frame_of(asked, "").link(led.page(asked.graph.schema), **led.parameters), 303)


def begun(
    asked: Asked,
    words: str,
    kinds: Sequence[str],
    question_of: Callable[[str], Question],
    chooser: Callable[[Asked, str], Chooser],
) -> Response:
    """Where the form leads that a question begins with: to the record that was meant, or to a choice."""
    schema = asked.graph.schema
    found = meant(asked, words, kinds)
    if isinstance(found, Choices):
        questions = [question_of(choice.id) for choice in found.names]
        return HTMLResponse(asking_page(asked, chooser(asked, words), found, questions), headers=security())
    question = question_of(found)
    return RedirectResponse(frame_of(asked, "").link(question.page(schema), **question.parameters), 303)


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
        annotation = _typed(_without_nothing(field.annotation), field.metadata, Query(**words))
    elif get_origin(field.annotation) is tuple:
        # FastAPI looks for a list outside of what checks it.
        annotation = _typed(_typed(field.annotation, []) | None, [*field.metadata, Query(**words)])
        default = None
    else:
        annotation = _typed(field.annotation, field.metadata, Query(**words))
        default = None if field.default == "" else field.default
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)


def _without_nothing(annotation: Any) -> Any:  # noqa: ANN401  # any type of a field
    """The type of what has to be said: a form may leave it out, the API may not."""
    held = [part for part in get_args(annotation) if part is not NoneType]
    return held[0] if NoneType in get_args(annotation) else annotation


def _typed(annotation: Any, metadata: Sequence[object], *more: object) -> Any:  # noqa: ANN401  # types made at run time
    held = (*metadata, *more)
    return Annotated[(annotation, *held)] if held else annotation
