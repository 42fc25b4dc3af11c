"""What OpenAPI tells of each route: the shape of its JSON, its other formats, and what may go wrong."""

from typing import Any

from kaysis_graph.answers.json import ProblemShape, documented
from kaysis_graph.render.formats import FORMATS, FormatName

_WRONG = {
    304: "Nothing changed since the answer that has this ETag.",
    404: "There is no such record.",
    406: "The answer has no such format.",
    413: "The answer is too large for this format.",
    422: "A parameter does not fit; every problem is listed, with a hint.",
    503: "The graph engine does not answer.",
}


def answers_with(answer: Any, *formats: FormatName) -> dict[int | str, dict[str, Any]]:  # noqa: ANN401  # any type of an answer
    """The responses of a route that gives an answer of this type as JSON and in these other formats."""
    media: dict[str, Any] = {FORMATS[name].media: {"schema": {"type": "string"}} for name in formats if name != "json"}
    told: dict[int | str, dict[str, Any]] = {200: {"model": documented(answer), "description": "The answer."}}
    if media:
        told[200]["content"] = media
    for status, about in _WRONG.items():
        problem = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/ProblemShape"}}}
        told[status] = {"description": about} if status == 304 else {"description": about, "content": problem}  # noqa: PLR2004
    told[404]["model"] = ProblemShape
    return told
