"""What every response carries: the sequence as ETag, Vary, and the headers that keep a page to itself."""

import time
from collections.abc import Sequence

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api import etag
from api.request import LANGUAGE_COOKIE, language_of
from kaysis_graph.clock import today
from kaysis_graph.graph.graph import Graph
from kaysis_graph.messages import LANGUAGES
from kaysis_graph.settings import VERSION, Settings
from ui.pages.reader import THEME_COOKIE, THEMES, theme_of

VARY = "Accept, Accept-Language, Accept-Encoding, Cookie"
POLICY = (
    "default-src 'none'; style-src 'self'{styles}; img-src 'self' data:; script-src 'self'; worker-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors {framing}"
)
SECURITY = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}
# What these say does not follow from the sequence.
_NOT_OF_THE_SEQUENCE = (
    "/api/status",
    "/metrics",
    "/api/openapi.json",
    "/api/docs",
    "/static/",
    "/sparql",
    "/api/dump",
    "/.well-known/void",
    # Tagged by what they say: a record's document stays the same while other records change, the vocabulary always.
    "/data/",
    "/def",
)
# What a 304 must not say, since it has no body.
_OF_THE_BODY = ("content-type", "content-length", "content-encoding", "content-disposition")


class ResponseHeaders:
    """Answers 304 before any work when the reader has the answer already, and HEAD as GET without its body."""

    def __init__(self, app: ASGIApp, graph: Graph, settings: Settings) -> None:
        self.app = app
        self.graph = graph
        self.settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        is_head = scope["method"] == "HEAD"
        is_read = is_head or scope["method"] == "GET"
        follows = is_read and not scope["path"].startswith(_NOT_OF_THE_SEQUENCE)
        tag = self._tag(scope) if follows else None
        asked = Headers(scope=scope)
        # Whether there is an answer is not known yet, so `*` says nothing here.
        if tag is not None and etag.is_named(asked, tag):
            # No policy here: a browser would put it in place of the one it keeps with the page.
            headers = Headers({"etag": tag, "vary": VARY, "cache-control": "no-cache"})
            await send({"type": "http.response.start", "status": 304, "headers": headers.raw})
            await send({"type": "http.response.body", "body": b""})
            return

        begun = time.perf_counter()
        is_empty = is_head

        async def sending(message: Message) -> None:
            nonlocal is_empty
            if message["type"] == "http.response.start":
                headers = MutableHeaders(raw=message["headers"])
                # What the service itself took, in milliseconds: a browser's network view shows it.
                headers["server-timing"] = f"app;dur={(time.perf_counter() - begun) * 1_000:.1f}"
                _complete(headers, tag if message["status"] == 200 else None)  # noqa: PLR2004
                _remember(headers, Request(scope), self.settings.base_path)
                if is_read and message["status"] == 200 and etag.is_known(asked, headers.get("etag")):  # noqa: PLR2004
                    message = {**message, "status": 304}
                    for name in _OF_THE_BODY:
                        del headers[name]
                    is_empty = True
            elif is_empty and message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        # Whoever would work for minutes on a body looks whether anybody reads it.
        await self.app({**scope, "method": "GET", "is_head": True} if is_head else scope, receive, sending)

    def _tag(self, scope: Scope) -> str:
        request = Request(scope)
        told = (
            VERSION,
            self.graph.follower.current.fingerprint,
            self.settings.base,
            scope["path"],
            scope["query_string"].decode("latin-1"),
            language_of(request, self.settings),
            theme_of(request) or "",
            # The policy of a page names the sites it may stand in.
            " ".join(self.settings.embed_origins),
            request.headers.get("accept", ""),
            # "As of today" changes at midnight, without a change in the graph.
            today().isoformat(),
        )
        return etag.weak_tag(*told, sequence=self.graph.sequence)


def _complete(headers: MutableHeaders, tag: str | None) -> None:
    headers.setdefault("cache-control", "no-cache")
    # Compression and CORS name their own; ours hold them all but the origin.
    had = {part.strip() for part in headers.get("vary", "").split(",")}
    headers["vary"] = f"{VARY}, Origin" if "Origin" in had else VARY
    if tag is not None:
        headers["etag"] = tag
    # Who says a policy says all of it: a page that may be framed must not get what forbids it.
    if "content-security-policy" not in headers:
        headers.update(security())


def _remember(headers: MutableHeaders, request: Request, path: str) -> None:
    """A language or theme chosen on a page is kept for a year; the API is told each time."""
    if not headers.get("content-type", "").startswith("text/html"):
        return
    for cookie, known in ((LANGUAGE_COOKIE, LANGUAGES), (THEME_COOKIE, ("system", *THEMES))):
        chosen = request.query_params.get(cookie)
        if chosen in known:
            headers.append("set-cookie", f"{cookie}={chosen}; Path={path}/; Max-Age=31536000; SameSite=Lax; HttpOnly")


def security(styles: str = "") -> dict[str, str]:
    """The headers against foreign frames, scripts and styles; `styles` allows style sheets by their hashes."""
    return {**SECURITY, "Content-Security-Policy": POLICY.format(styles=styles, framing="'none'")}


def embedded(origins: Sequence[str]) -> dict[str, str]:
    """The same headers for a page that the sites of these origins may show inside a page of theirs."""
    kept = {name: value for name, value in SECURITY.items() if name != "X-Frame-Options"}
    return {**kept, "Content-Security-Policy": POLICY.format(styles="", framing=" ".join(origins))}
