"""The service under a path of its host, as `KAYSIS_BASE=https://veri.kurum.gov.tr/kaysis` asks for.

Inside, every address begins at the root of the service. Here, at its edge, the path is taken off what comes in and
put in front of what goes out: links of pages, `href` in JSON, redirects and link headers. It holds whether or not
the proxy in front of the service takes the path off itself, and needs none of its headers.
"""

import re
from collections.abc import Iterable

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kaysis_graph.errors import SettingError

_PAGE = "text/html"
# Where addresses of ours stand, by media type. Templates quote every attribute with ", which never stands bare inside
# a text, and a quotation mark inside a JSON text has a backslash before it. What begins with // names another host.
_ADDRESSES = {
    _PAGE: re.compile(rb'(\s(?:href|src|action|formaction|data-api)=")/(?!/)'),
    "application/json": re.compile(rb'("href":\s?")/(?!/)'),
    "application/problem+json": re.compile(rb'("(?:type|instance)":\s?")/(?!/)'),
}
_LINK = re.compile(r"</(?!/)")


def check_path(path: str, own: Iterable[str]) -> None:
    """SettingError when the path begins with a word that addresses of the service begin with themselves.

    Whether a proxy had taken the path off could not be told from such an address.
    """
    first = path.split("/")[1] if path else ""
    taken = {address.split("/")[1] for address in own if address.startswith("/")}
    if first and first in taken:
        raise SettingError("settings.base_path_taken", path=f"/{first}")


class PathTakenOff:
    """Takes the path off the addresses that come in with it; those without it are taken as they are."""

    def __init__(self, app: ASGIApp, path: str) -> None:
        self.app = app
        self.path = path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] == "http" and f"{scope['path']}/".startswith(f"{self.path}/"):
            rest = scope["path"].removeprefix(self.path) or "/"
            scope = {**scope, "path": rest, "raw_path": _raw(scope).removeprefix(self.path.encode()) or b"/"}
        await self.app(scope, receive, send)


class PathPutOn:
    """Puts the path in front of every address of ours that an answer leads to."""

    def __init__(self, app: ASGIApp, path: str) -> None:
        self.app = app
        self.path = path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One answer; the body of a page or of JSON goes out as a whole, all others as they come."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        held: list[Message] = []

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._lead(MutableHeaders(raw=message["headers"]))
                if _media(message) in _ADDRESSES:
                    held.append(message)
                    return
            elif held:
                held.append(message)
                if not message.get("more_body", False):
                    for part in self._whole(held):
                        await send(part)
                return
            await send(message)

        await self.app(scope, receive, sending)

    def _lead(self, headers: MutableHeaders) -> None:
        location, link = headers.get("location"), headers.get("link")
        if location is not None and location.startswith("/") and not location.startswith("//"):
            headers["location"] = f"{self.path}{location}"
        if link is not None:
            headers["link"] = _LINK.sub(f"<{self.path}/", link)

    def _whole(self, held: list[Message]) -> tuple[Message, Message]:
        start, *parts = held
        media, path = _media(start), self.path.encode()
        body = _ADDRESSES[media].sub(rb"\1" + path + rb"/", b"".join(part.get("body", b"") for part in parts))
        if media == _PAGE:
            # Scripts read here what to put in front of the addresses they ask (`ui/explorer/src/root.ts`).
            body = body.replace(b"<html ", b'<html data-root="%b" ' % path, 1)
        headers = MutableHeaders(raw=start["headers"])
        if "content-length" in headers:
            headers["content-length"] = str(len(body))
        return start, {"type": "http.response.body", "body": body}


def _raw(scope: Scope) -> bytes:
    raw: bytes = scope.get("raw_path") or scope["path"].encode()
    return raw


def _media(start: Message) -> str:
    return Headers(raw=start["headers"]).get("content-type", "").partition(";")[0]
