"""What search engines and browsers look for by themselves: robots.txt, the sitemap, the icon."""

import re
import struct
from collections.abc import Iterable
from functools import cache
from urllib.parse import quote, urlsplit
from xml.sax.saxutils import escape

import numpy as np
from fastapi import APIRouter, Request
from starlette.responses import Response

from api.request import graph_of, iris_of
from kaysis_graph import files
from kaysis_graph.errors import NotFound
from kaysis_graph.graph.record_table import GONE
from kaysis_graph.linked.export import record_lists
from kaysis_graph.render import raster

pages = APIRouter(include_in_schema=False)
# What one file may hold by the protocol (sitemaps.org).
MOST_ADDRESSES = 50_000
_SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
# Pages without end, and answers that cost work: each filter of a list is an address of its own.
_KEPT_OUT = ("/api/", "/sparql", "/explore", "/embed/", "/data/", "/search", "/*?")
_ICON_SIDE = 32
_PART = re.compile(r"[0-9]{1,9}")


@pages.get("/robots.txt")
def robots(request: Request) -> Response:
    """Where crawlers need not go, and where the pages are listed."""
    base = iris_of(request).base
    path = urlsplit(base).path
    lines = ["User-agent: *", *(f"Disallow: {path}{held}" for held in _KEPT_OUT), f"Sitemap: {base}/sitemap.xml"]
    return Response("\n".join(lines) + "\n", media_type="text/plain")


@pages.get("/sitemap.xml")
def sitemap(request: Request) -> Response:
    """The files that list the pages of all records."""
    records = graph_of(request).follower.current.records
    count = int(np.count_nonzero(records.kind != GONE))
    numbers = range(1, max(1, -(-count // MOST_ADDRESSES)) + 1)
    entries = (f"<sitemap><loc>{iris_of(request).base}/sitemap-{number}.xml</loc></sitemap>" for number in numbers)
    return _xml("sitemapindex", entries)


@pages.get("/sitemap-{number}.xml")
def part(request: Request, number: str) -> Response:
    """The pages of some records, each with the day of its last change."""
    graph, iris = graph_of(request), iris_of(request)
    records = graph.follower.current.records
    every = records.in_rank(records.kind != GONE)
    # A number of a thousand digits is none that a sitemap has.
    start = (int(number) - 1) * MOST_ADDRESSES if _PART.fullmatch(number) else -1
    if start < 0 or start >= max(1, len(every)):
        raise NotFound("linked.no_sitemap", number=number[:20])
    here = every[start : start + MOST_ADDRESSES]
    slugs = [graph.schema.kinds[name].slug for name in records.kinds]
    some = list(zip(records.ids[here].tolist(), (slugs[kind] for kind in records.kind[here]), strict=True))
    times = record_lists.last_changed(graph.store, [name for name, _ in some])

    def entry(name: str, slug: str) -> str:
        address = escape(f"{iris.base}/records/{slug}/{quote(name, '-._~')}")
        day = f"<lastmod>{times[name][:10]}</lastmod>" if name in times else ""
        return f"<url><loc>{address}</loc>{day}</url>"

    return _xml("urlset", (entry(name, slug) for name, slug in some))


@pages.get("/favicon.ico")
def icon() -> Response:
    """The sign of the pages for what asks for it without reading them."""
    return Response(_icon(), media_type="image/vnd.microsoft.icon", headers={"Cache-Control": "max-age=86400"})


@cache
def _icon() -> bytes:
    """A picture in PNG inside an ICO file: one entry, which every browser of the last fifteen years reads."""
    drawn = (files.UI / "static" / "icon.svg").read_text(encoding="utf-8")
    side = f'width="{_ICON_SIDE}" height="{_ICON_SIDE}"'
    picture = raster.png(drawn.replace("<svg ", f"<svg {side} ", 1))
    width, height = struct.unpack(">II", picture[16:24])
    entry = struct.pack("<BBBBHHII", width, height, 0, 0, 1, 32, len(picture), 22)
    return struct.pack("<HHH", 0, 1, 1) + entry + picture


def _xml(root: str, entries: Iterable[str]) -> Response:
    lines = ('<?xml version="1.0" encoding="UTF-8"?>', f'<{root} xmlns="{_SPACE}">', *entries, f"</{root}>", "")
    return Response("\n".join(lines), media_type="application/xml")
