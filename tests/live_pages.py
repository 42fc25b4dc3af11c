"""A real browser over a live service; whatever a page logs, asks of others or is refused fails the test."""

import os
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import uvicorn
from fastapi import FastAPI  # noqa: TID251  # served as it is in production
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, sync_playwright

ROOT = Path(__file__).parent.parent
ARTEFACTS = ROOT / "artefacts" / "pages"
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--use-angle=swiftshader"]
# The shell alone does without the window of a browser: a third less of the processor.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "chrome")
# The service answers within a second; scripts load after it.
PATIENCE_MS = 60_000


def chromium() -> str | None:
    """The browser of `KAYSIS_CHROMIUM`, or the first on the path."""
    return os.environ.get("KAYSIS_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


def why_not() -> str | None:
    """Why browser tests are left out; None when they run. `KAYSIS_TEST_BROWSER=required` makes their lack an error."""
    if chromium() and (ROOT / "ui" / "static" / "bundle" / "site.js").is_file():
        return None
    reason = (
        "no Chromium (apt-get install chromium-headless-shell, or KAYSIS_CHROMIUM=…)"
        if not chromium()
        else "scripts not built"
    )
    if os.environ.get("KAYSIS_TEST_BROWSER") == "required":
        raise pytest.UsageError(f"KAYSIS_TEST_BROWSER=required, but {reason}")
    return reason


@contextmanager
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield opened
        opened.close()


@contextmanager
def live(app: FastAPI) -> Iterator[str]:
    """The app on a free port of this machine; gives its address."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", access_log=False))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    thread.join()


class Watch:
    """What pages of a context did that they must not do."""

    def __init__(self, context: BrowserContext, site: str) -> None:
        self.wrongs: list[str] = []
        self._host = urlsplit(site).netloc
        context.on("console", self._console)
        context.on("weberror", lambda error: self.wrongs.append(f"error: {error.error}"))
        context.on("request", self._request)

    def _console(self, message: ConsoleMessage) -> None:
        # Chromium logs the status of a page itself; that a page is 404 is what some tests ask for. Its software
        # rendering says of every pixel that is read back, to find what lies under the mouse, that it took long.
        ours = not any(held in message.text for held in ("the server responded with a status of", "GL Driver Message"))
        if message.type in ("error", "warning") and ours:
            self.wrongs.append(f"console: {message.text}")

    def _request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in ("http", "https", "ws", "wss") and parts.netloc != self._host:
            self.wrongs.append(f"request to {parts.netloc}")


def opened(page: Page, path: str) -> Page:
    """The page at a path, when its scripts have done their work."""
    page.goto(path)
    page.wait_for_selector("html[data-ready]", state="attached")
    return page


def until(page: Page, holds: Callable[[], bool]) -> None:
    """Waits for it to hold. Playwright's own waiting evaluates text inside the page, which our policy refuses."""
    last = time.monotonic() + PATIENCE_MS / 1_000
    while not holds():
        assert time.monotonic() < last, "it did not come to hold"
        page.wait_for_timeout(50)
