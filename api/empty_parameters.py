"""A parameter named without a value, as forms send a field that was left empty, is one that was left out.

This is decided here alone: what lies behind sees only what was said. A name that no route knows stays wrong without a
value, so the names are kept.
"""

from urllib.parse import unquote_plus

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

# What SPARQL's protocol says of its parameters is for its routes alone to read.
_PROTOCOL = "/sparql"
_NAMES = "parameters_without_value"


class EmptyParametersLeftOut:
    """Takes parameters without a value off the address, for every route alike: `limit=` and a bare `limit`."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] == "http" and are_left_out(scope["path"]):
            parts = scope["query_string"].split(b"&")
            kept = [part for part in parts if part.partition(b"=")[2]]
            if len(kept) < len(parts):
                empty = [part.removesuffix(b"=").decode("latin-1") for part in parts if part and part not in kept]
                names = [unquote_plus(name) for name in empty]
                scope = {**scope, "query_string": b"&".join(kept), _NAMES: names}
        await self.app(scope, receive, send)


def are_left_out(path: str) -> bool:
    """Whether empty parameters of the address are left out."""
    return not path.startswith(_PROTOCOL)


def names_without_value(request: Request) -> list[str]:
    """The parameters that the request names without saying anything of them."""
    names: list[str] = request.scope.get(_NAMES, [])
    return names
