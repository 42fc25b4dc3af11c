"""From errors to answers: the one table of status codes, as `application/problem+json` (RFC 9457) or as a page."""

import json
import logging
from collections.abc import Mapping, Sequence
from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, Response
from starlette.routing import Match, Route

from api.headers import security
from api.request import is_for_people, language_of, unknown_parameters
from kaysis_graph import errors
from kaysis_graph.answers.question import value_problems
from kaysis_graph.errors import Invalid, KaysisError, Problem
from kaysis_graph.linked.sparql import limits
from kaysis_graph.messages import Language, catalogue, say
from ui.pages import frame, page_parts

_log = logging.getLogger(__name__)

# Looked up along the classes of an error, so that Gone comes before NotFound.
STATUS: Mapping[type[KaysisError], int] = {
    errors.NotFound: 404,
    errors.Gone: 410,
    errors.Invalid: 422,
    errors.TooLarge: 413,
    errors.Conflict: 409,
    errors.Forbidden: 403,
    errors.EngineDown: 503,
    limits.BadQuery: 400,
    limits.WrongMedia: 415,
    errors.SchemaError: 500,
    errors.QueryError: 500,
    KaysisError: 500,
}
_INTERNAL = 500
_UNAVAILABLE = 503
_NOT_ALLOWED = 405


class NoFormat(KaysisError):
    """No format that was asked for is one the answer can be given in."""


def install(app: FastAPI) -> None:
    """Makes every error of the app one of ours."""
    app.add_exception_handler(KaysisError, _known)
    app.add_exception_handler(RequestValidationError, _unfit)
    app.add_exception_handler(HTTPException, _of_the_web)
    app.add_exception_handler(Exception, _unknown)


def status_of(error: KaysisError) -> int:
    """The status code of an error."""
    if isinstance(error, NoFormat):
        return 406
    return next(STATUS[held] for held in type(error).__mro__ if held in STATUS)


def _known(request: Request, error: Exception) -> Response:
    assert isinstance(error, KaysisError), "registered for it"
    status = status_of(error)
    if status == _INTERNAL:
        _log.error("%s: %s", request.url.path, error)
        return _answer(request, status, None, None)
    language = _language(request)
    problems = error.problems if isinstance(error, Invalid) else ()
    text = error.text(language) if not problems else say("api.invalid", language, count=len(problems))
    headers = {"Retry-After": "5"} if status == _UNAVAILABLE else {}
    return _answer(request, status, text, error.hint(language), problems, headers)


def _unfit(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError), "registered for it"
    problems = [*unknown_parameters(request), *value_problems(error.errors())]
    return _answer(request, 422, say("api.invalid", _language(request), count=len(problems)), None, problems)


def _of_the_web(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException), "registered for it"
    key = f"api.status_{error.status_code}"
    language = _language(request)
    known = key in catalogue()
    path = request.url.path[:200]
    text = say(f"{key}_detail", language, path=path, method=request.method) if known else None
    hint = say(f"{key}_hint", language) if known else None
    headers = dict(error.headers or {})
    if error.status_code == _NOT_ALLOWED and (methods := _methods(request)):
        # Each method of an address may be a route of its own: the one that refuses names only its own.
        headers["Allow"] = ", ".join(sorted(methods))
    return _answer(request, error.status_code, text, hint, headers=headers)


def _methods(request: Request) -> set[str]:
    """The methods that the routes of the address take; what is read is answered to HEAD as well."""
    routes: Sequence[Route] = request.app.state.routes
    found = {
        method
        for route in routes
        if route.matches(request.scope)[0] is not Match.NONE
        for method in route.methods or ()
    }
    return found | ({"HEAD"} if "GET" in found else set())


def _unknown(request: Request, error: Exception) -> Response:
    # Starlette raises it again behind this answer, so the log has its whole story.
    _log.error("%s: %s", request.url.path, type(error).__name__)
    return _answer(request, _INTERNAL, None, None, headers=security())


def _answer(  # noqa: PLR0913  # everything a problem says
    request: Request,
    status: int,
    text: str | None,
    hint: str | None,
    problems: Sequence[Problem] = (),
    headers: Mapping[str, str] | None = None,
) -> Response:
    language = _language(request)
    key = f"api.status_{status}"
    title = say(key, language) if key in catalogue() else HTTPStatus(status).phrase
    if text is None and status >= _INTERNAL:
        text, hint = say("api.internal", language), say("api.internal_hint", language)
    if is_for_people(request):
        lines = tuple((problem.text(language), problem.hint(language)) for problem in problems)
        told = page_parts.Trouble(
            frame.frame_of_error(request, language, title), status, title, text or "", hint, lines
        )
        return HTMLResponse(page_parts.rendered("error.html", told), status, headers)
    body = {
        "type": f"/about#problem-{status}",
        "title": title,
        "status": status,
        "detail": text,
        "instance": request.url.path,
        "hint": hint if hint is not None else next((problem.hint(language) for problem in problems), None),
        "problems": [
            {
                "place": dict(problem.place),
                "rule": problem.rule,
                "detail": problem.text(language),
                "hint": problem.hint(language),
                "severity": problem.severity,
            }
            for problem in problems
        ],
    }
    return Response(json.dumps(body, ensure_ascii=False), status, headers, media_type="application/problem+json")


def _language(request: Request) -> Language:
    return language_of(request, request.app.state.settings)
