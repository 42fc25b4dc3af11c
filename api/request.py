"""What every request says beside its own question: the day it is as of, the language, the format."""

from typing import Annotated, Final, get_args, get_origin

from fastapi import Depends, Query, Request
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from pydantic import Field

from api import accept_header
from api.empty_parameters import names_without_value
from kaysis_graph.answers.question import Day
from kaysis_graph.clock import today
from kaysis_graph.errors import Invalid, Problem
from kaysis_graph.graph.graph import Graph
from kaysis_graph.linked.iris import Iris
from kaysis_graph.messages import LANGUAGES, Language
from kaysis_graph.render.formats import LARGEST_NUMBER
from kaysis_graph.schema import Schema
from kaysis_graph.settings import Settings
from ui.pages.reader import Asked, Format, theme_of

LANGUAGE_COOKIE = "lang"
# These take more than their signature tells: lists any field as a filter; queries what the protocol says and what their
# page is shown by.
_WITH_FILTERS = frozenset({"records", "search"})
_OF_THE_PROTOCOL = frozenset({"sparql", "sparql_sent"})
# Of values given where one is taken so many are told.
_TOLD = 3


ChangeNumber = Annotated[int, Field(ge=0, le=LARGEST_NUMBER)]
Limit = Annotated[int, Query(ge=1, le=1000, description="How many rows at most.")]
PAGE_ROWS: Final = 50
"""How many rows an answer in JSON has where nobody says how many: what is whole is a file's, or asked for."""
Offset = Annotated[int, Query(ge=0, le=LARGEST_NUMBER, description="How many rows to pass over.")]
Depth = Annotated[
    Annotated[int, Field(ge=1, le=1000)] | None,
    Query(description="How many steps to walk; all when left out."),
]
Cursor = Annotated[str | None, Query(description="`next_cursor` of the page before.")]


def graph_of(request: Request) -> Graph:
    """The graph that the service is over, for routes that take no `Asked`."""
    graph: Graph = request.app.state.graph
    return graph


def iris_of(request: Request) -> Iris:
    """The IRIs of the service, for routes that take no `Asked`."""
    iris: Iris = request.app.state.iris
    return iris


async def asking(
    request: Request,
    at: Annotated[
        Day | None, Query(description="The day the answer is as of; today when left out.", examples=["2025-03-01"])
    ] = None,
    lang: Annotated[Language | None, Query(description="`tr` or `en`.", examples=["en"])] = None,  # noqa: ARG001  # read by `language_of`
    format: Annotated[  # noqa: A002  # the name of the parameter in addresses
        Format | None, Query(description="Instead of the Accept header.", examples=["json"])
    ] = None,
) -> Asked:
    """What the request says; Invalid for parameters that the route does not know.

    Asynchronous, because it does nothing that waits: a thread for it would cost more than the work.
    """
    if problems := unknown_parameters(request):
        raise Invalid(problems)
    settings: Settings = request.app.state.settings
    return Asked(
        graph=graph_of(request),
        settings=settings,
        iris=iris_of(request),
        language=language_of(request, settings),
        at=at or today(),
        is_dated=at is not None,
        format=format,
        is_page=is_for_people(request),
        accept=request.headers.get("accept", "*/*"),
        url=request.url,
        parameters=tuple(held for held in request.query_params.multi_items() if held[0] != "theme"),
        theme=theme_of(request),
    )


Asking = Annotated[Asked, Depends(asking)]


def is_api(path: str) -> bool:
    """Whether a path belongs to the API, where errors are JSON."""
    return path in ("/api", "/sparql", "/sparql/") or path.startswith("/api/")


def is_of_data(path: str) -> bool:
    """Whether a path belongs to the linked data, which programs and people ask for by the same address."""
    return path.startswith(("/id/", "/data/", "/def/", "/.well-known/"))


def is_for_people(request: Request) -> bool:
    """Whether an error is best told as a page: everywhere but in the API, and where no other form is preferred."""
    path = request.url.path
    if not is_of_data(path):
        return not is_api(path)
    return accept_header.is_for_people(accept_header.ranges(request.headers.get("accept", "*/*")))


def language_of(request: Request, settings: Settings) -> Language:
    """The language of the reader: what the address says, what was chosen before, what the browser prefers."""
    for said in (request.query_params.get("lang"), request.cookies.get(LANGUAGE_COOKIE)):
        if said in LANGUAGES:
            return said
    accepted = request.headers.get("accept-language")
    if not accepted:
        return settings.language
    preferred = [(weight, tag[:2]) for tag, weight in accept_header.ranges(accepted) if weight and tag[:2] in LANGUAGES]
    # Of equal weight the first one named is meant.
    return max(preferred, key=lambda choice: choice[0])[1] if preferred else settings.language  # type: ignore[return-value]


def unknown_parameters(request: Request) -> list[Problem]:
    """`?att=2020-01-01` must not be answered as of today, nor two organisations as if one had been asked about."""
    route = request.scope.get("route")
    if not isinstance(route, APIRoute) or is_for_people(request) or route.operation_id in _OF_THE_PROTOCOL:
        return []
    known = _known(route.dependant)
    named = [*request.query_params, *names_without_value(request)]
    if route.operation_id in _WITH_FILTERS:
        known |= dict.fromkeys(_filters(graph_of(request).schema), False)
        # A filter that has a value is held against the kinds that are asked for.
        named = names_without_value(request)
    problems = [
        Problem(
            "api.unknown_parameter", {"parameter": name[:80]}, {"name": name[:80], "known": ", ".join(sorted(known))}
        )
        for name in dict.fromkeys(named)
        if name not in known
    ]
    for name in (name for name, takes_several in known.items() if not takes_several):
        said = dict.fromkeys(request.query_params.getlist(name))
        if len(said) > 1:
            told = ", ".join(value[:40] for value in list(said)[:_TOLD])
            problems.append(Problem("api.said_twice", {"parameter": name}, {"name": name, "values": told}))
    return problems


def _known(dependant: Dependant) -> dict[str, bool]:
    """The parameters that a route and what it depends on take from the address, and whether each takes several."""
    known = {parameter.alias: _is_list(parameter.field_info.annotation) for parameter in dependant.query_params}
    for needed in dependant.dependencies:
        known |= _known(needed)
    return known


def _filters(schema: Schema) -> set[str]:
    return {name for kind in schema.kinds.values() for name, field in kind.fields.items() if field.filtered}


def _is_list(annotation: object) -> bool:
    return get_origin(annotation) in (list, tuple) or any(_is_list(part) for part in get_args(annotation))
