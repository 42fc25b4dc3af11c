"""One answer in the format that was asked for; which formats there are is told in `render/formats.py`."""

import base64
import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any
from urllib.parse import quote

from starlette.responses import HTMLResponse, Response, StreamingResponse

from api import accept_header
from api.errors import status_of
from api.headers import security
from api.negotiation import negotiated
from kaysis_graph import text
from kaysis_graph.answers.json import Body
from kaysis_graph.answers.reply import Reply
from kaysis_graph.render import bpmn, graphml, mermaid, raster, table
from kaysis_graph.render.diagram import Diagram
from kaysis_graph.render.formats import FORMATS, FormatName
from kaysis_graph.render.table import Table
from kaysis_graph.render.theme import style_sheet
from kaysis_graph.schema import Kind
from ui.pages.picture import dated, drawn, readable
from ui.pages.reader import Asked
from ui.pages.records import missing_record

_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)


def respond(asked: Asked, reply: Reply[Any, Any], page: Callable[[], str] | None = None) -> Response:
    """The answer in the format of the address, of the Accept header, or the usual one."""
    wanted = _wanted(asked, (*reply.formats, "html") if page else reply.formats)
    match wanted:
        case "json":
            return _json(asked, reply.answer)
        case "html":
            assert page is not None, "offered"
            return html(page())
        case "csv" | "xlsx":
            return _sheet(wanted, reply.table(reply.listing), reply.name)
        case "svg" | "png" | "pdf" if reply.make_drawing is not None:
            return _finished(wanted, reply.drawing, reply.name)
        case _:
            return _picture(asked, wanted, reply.diagram, reply.name)


def respond_as_json(asked: Asked, answer: object) -> Response:
    """An answer that comes in no other form: it tells programs of the service itself."""
    _wanted(asked, ("json",))
    return _json(asked, answer)


def _json(asked: Asked, answer: object) -> Response:
    return Response(Body(asked.graph.schema, asked.language).encoded(answer), media_type=FORMATS["json"].media)


def html(page: str) -> Response:
    """A page, with a policy that allows the style sheets of the pictures in it and no others."""
    return HTMLResponse(page, headers=security(_hashes(page)))


def lost(asked: Asked, kind: Kind, identifier: str) -> Response | None:
    """The page for an identifier that is no record's, with its status; None when there is a record."""
    page = missing_record.lost_page(asked, kind, identifier)
    return HTMLResponse(page[0], status_of(page[1]), headers=security()) if page else None


def html_with_pictures(page: str, status: int = 200) -> HTMLResponse:
    """A page whose script may put pictures into it: their style sheet is allowed whether one is there or not."""
    return HTMLResponse(page, status, headers=security(_hashes(f"<style>\n{style_sheet()}\n</style>")))


def attachment(name: str, extension: str) -> str:
    """A Content-Disposition whose name survives in Turkish (RFC 5987), with a plain one for old programs."""
    plain = text.slug(name) or "kaysis"
    return f"attachment; filename=\"{plain}.{extension}\"; filename*=UTF-8''{quote(f'{name}.{extension}')}"


def _wanted(asked: Asked, formats: Sequence[FormatName]) -> FormatName:
    named = asked.format or ("html" if asked.is_page else None)
    # A browser that opens an address of the API names HTML first and everything last: it is shown the JSON.
    takes_all = any(name == "*/*" for name, _ in accept_header.ranges(asked.accept))
    offered = {held: (FORMATS[held].media,) for held in formats if named or held != "html" or not takes_all}
    return negotiated(offered, named, asked.accept)


def _sheet(wanted: FormatName, sheet: Table, name: str) -> Response:
    headers = {"Content-Disposition": attachment(name, FORMATS[wanted].suffix)}
    if wanted == "xlsx":
        return Response(table.xlsx(sheet), headers=headers, media_type=FORMATS[wanted].media)
    pieces = table.csv(sheet)
    # The first piece is made here, where an error still becomes an answer of its own.
    first = next(pieces, "")
    return StreamingResponse(_following(first, pieces), headers=headers, media_type="text/csv; charset=utf-8")


def _following(first: str, pieces: Iterator[str]) -> Iterator[str]:
    yield first
    yield from pieces


def _finished(wanted: FormatName, drawn: str, name: str) -> Response:
    """A picture that was drawn before, as SVG or painted from it."""
    headers = {"Content-Disposition": attachment(name, FORMATS[wanted].suffix).replace("attachment", "inline", 1)}
    content: str | bytes
    match wanted:
        case "png":
            content = raster.png(drawn)
        case "pdf":
            content = raster.pdf(drawn)
        case _:
            content = drawn
            headers |= security(_hashes(content))
    return Response(content, headers=headers, media_type=FORMATS[wanted].media)


def _picture(asked: Asked, wanted: FormatName, diagram: Diagram, name: str) -> Response:
    diagram = dated(diagram, asked, asked.site)
    headers = {"Content-Disposition": attachment(name, FORMATS[wanted].suffix).replace("attachment", "inline", 1)}
    content: str | bytes
    match wanted:
        case "svg" | "png" | "pdf":
            return _finished(wanted, drawn(diagram), name)
        case "mermaid":
            content = "\n\n".join(mermaid.render(diagram))
        case "bpmn":
            content = bpmn.render(readable(diagram))
        case _:
            content = graphml.render(readable(diagram))
    return Response(content, headers=headers, media_type=FORMATS[wanted].media)


def _hashes(markup: str) -> str:
    sheets = dict.fromkeys(_STYLE.findall(markup))
    digests = (base64.b64encode(hashlib.sha256(sheet.encode()).digest()).decode() for sheet in sheets)
    return "".join(f" 'sha256-{digest}'" for digest in digests)
