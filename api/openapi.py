"""What OpenAPI tells of each route: the shape of its JSON, its other formats, and what may go wrong."""

from collections.abc import Sequence
from typing import Any

from fastapi import FastAPI

from api.empty_parameters import are_left_out
from kaysis_graph.answers.json import ProblemShape, documented
from kaysis_graph.render.formats import FORMATS, FormatName

_WITHOUT_BODY = (304, 308)
_ANY_FORMAT = set(FORMATS)
_PROBLEM = "application/problem+json"
_WRONG = {
    308: "The identifier has another form, or another kind: Location names the address.",
    304: "Nothing changed since the answer that has this ETag.",
    400: "The query cannot be read, or is none that only reads.",
    403: "Updates and what leads to other servers are not done.",
    404: "There is no such record.",
    405: "The method is none of those that Allow names.",
    406: "The answer has no such format.",
    410: "The record was deleted; its history is kept.",
    413: "The answer is too large for this format.",
    415: "The body is of none of the types that are taken.",
    422: "A parameter does not fit; every problem is listed, with a hint.",
    503: "The graph engine does not answer.",
}


def answers_with(answer: Any, *formats: FormatName) -> dict[int | str, dict[str, Any]]:  # noqa: ANN401  # any type of an answer
    """The responses of a route that gives an answer of this type as JSON and in these other formats."""
    media: dict[str, Any] = {FORMATS[name].media: {"schema": {"type": "string"}} for name in formats if name != "json"}
    told: dict[int | str, dict[str, Any]] = {200: {"model": documented(answer), "description": "The answer."}}
    if media:
        told[200]["content"] = media
    return told | refusals(304, 308, 404, 405, 406, 410, 413, 422, 503)


def texts(*media: str) -> dict[int | str, dict[str, Any]]:
    """The answer of a route that gives texts of these media types and no JSON of ours."""
    content = {name: {"schema": {} if "json" in name else {"type": "string"}} for name in dict.fromkeys(media)}
    return {200: {"description": "The answer.", "content": content}}


def refusals(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """What may go wrong on a route, each as a problem in the one form they all have."""
    problem = {_PROBLEM: {"schema": {"$ref": "#/components/schemas/ProblemShape"}}}
    told: dict[int | str, dict[str, Any]] = {
        status: {"description": _WRONG[status], **({} if status in _WITHOUT_BODY else {"content": problem})}
        for status in statuses
    }
    # One that names the model brings its shape among those that all refer to.
    told[next(status for status in statuses if status not in _WITHOUT_BODY)]["model"] = ProblemShape
    return told


def describe_as_it_is(app: FastAPI) -> None:
    """Makes OpenAPI tell of parameters what holds for all of them alike.

    An address cannot say null: what may be left out may stand without a value, and what is needed must have one.
    """
    plain = app.openapi

    def described() -> dict[str, Any]:
        if app.openapi_schema is None:
            for path, operations in plain()["paths"].items():
                for operation in operations.values():
                    given = operation["responses"]["200"].get("content", ())
                    formats = [name for name, form in FORMATS.items() if form.media in given]
                    for parameter in operation.get("parameters", ()):
                        if parameter["in"] == "query":
                            _describe(parameter, formats, may_be_empty=are_left_out(path))
                    for told in operation["responses"].values():
                        if _PROBLEM in told.get("content", ()):
                            # The model that brings the shape also claims a form that no problem comes in.
                            told["content"].pop("application/json", None)
        return plain()

    app.openapi = described  # type: ignore[method-assign]  # as FastAPI's own documentation extends it


def _describe(parameter: dict[str, Any], formats: Sequence[str], *, may_be_empty: bool) -> None:
    shape = parameter["schema"]
    if parameter.get("required"):
        for held in (shape, shape.get("items", {})):
            if held.get("type") == "string" and "enum" not in held:
                held["minLength"] = 1
        return
    if may_be_empty:
        parameter["allowEmptyValue"] = True
    choices = [held for held in shape.pop("anyOf", ()) if held != {"type": "null"}]
    if len(choices) > 1:
        shape["anyOf"] = choices
    elif choices:
        parameter["schema"] = {**choices[0], **shape}
    if parameter["name"] == "format" and set(parameter["schema"].get("enum", ())) >= _ANY_FORMAT:
        # The type holds the formats of all answers; each address gives some of them.
        parameter["schema"]["enum"] = list(formats)
