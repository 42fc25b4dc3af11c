"""Addresses with an identifier in another form lead to those with its one form (308)."""

from urllib.parse import parse_qsl, quote, urlencode

from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from kaysis_graph.linked.export.documents import ENDINGS
from kaysis_graph.schema import Schema
from kaysis_graph.schema.identifiers import canonical_identifier

_MOVED = 308


class CanonicalAddresses:
    """Zeros in front of a number, letters taken apart, signs nobody sees: pasted or typed, in paths and parameters."""

    def __init__(self, app: ASGIApp, schema: Schema) -> None:
        self.app = app
        self.schema = schema

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request; nothing is looked up, so an identifier that is nobody's is led to its form, too."""
        if scope["type"] == "http" and scope["method"] in ("GET", "HEAD"):
            path = "/".join(self._part(part) for part in scope["path"].split("/"))
            query = scope["query_string"].decode("latin-1")
            given = parse_qsl(query, keep_blank_values=True)
            meant = [(name, ",".join(self._identifier(part) for part in said.split(","))) for name, said in given]
            if path != scope["path"] or meant != given:
                question = urlencode(meant) if meant != given else query
                target = "/" + quote(path.lstrip("/"), safe="/-._~:@!$&'()*+,;=") + (f"?{question}" if question else "")
                await RedirectResponse(target, _MOVED)(scope, receive, send)
                return
        await self.app(scope, receive, send)

    def _part(self, part: str) -> str:
        """A part of a path: an identifier, or one with the ending of a serialisation."""
        rest, dot, ending = part.rpartition(".")
        return f"{self._identifier(rest)}{dot}{ending}" if ending in ENDINGS else self._identifier(part)

    def _identifier(self, written: str) -> str:
        form = canonical_identifier(self.schema, written)
        return form if form != written and self.schema.kind_of(form) is not None else written
