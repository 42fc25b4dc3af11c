"""A parameter that is named without a value, as forms send a field that was left empty, is one that was left out."""

from starlette.types import ASGIApp, Receive, Scope, Send

# What SPARQL's protocol says of its parameters is for its routes alone to read.
_PROTOCOL = "/sparql"


class EmptyParametersLeftOut:
    """Takes parameters without a value off the address, for every route alike."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] == "http" and not scope["path"].startswith(_PROTOCOL):
            said = scope["query_string"].split(b"&")
            kept = [part for part in said if not part.endswith(b"=") or part.count(b"=") > 1]
            if len(kept) < len(said):
                scope = {**scope, "query_string": b"&".join(kept)}
        await self.app(scope, receive, send)
