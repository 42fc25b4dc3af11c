"""What IRIs lead to (303): the page of a record for people, its data for programs."""

from fastapi import APIRouter
from starlette.responses import RedirectResponse, Response

from api.rdf_negotiation import wanted, without_suffix
from api.request import Asking
from api.responses import lost
from api.routes.records.kinds import at_home
from api.routes.records.records import Identifier, KindSlug
from kaysis_graph.linked.export.documents import ENDINGS, SERIALISATIONS, Serialisation
from kaysis_graph.records import reader
from ui.pages.choice import kind_of
from ui.pages.frame import address
from ui.pages.reader import Asked

pages = APIRouter(include_in_schema=False)
_SEE_OTHER = 303


@pages.get("/id/catalogue")
@pages.get("/id/publisher")
@pages.get("/id/graph/history")
@pages.get("/id/graph/ontology")
async def catalogue(asked: Asking) -> Response:
    """The catalogue, who publishes it and the graphs that a dump holds are described together."""
    return _see(asked, "/data/catalogue")


@pages.get("/id/catalogue.{ending}")
async def catalogue_in(asked: Asking, ending: str) -> Response:
    """The same, in the format of the ending."""
    return _see(asked, f"/data/catalogue.{ending}")


@pages.get("/id/{kind}/{id}")
def record(asked: Asking, kind: KindSlug, id: Identifier) -> Response:  # noqa: A002  # the name in the address
    """A record is no document: its page and its data are."""
    name, suffix = without_suffix(asked, id)
    moved = moved_or_lost(asked, "/id", kind, name, suffix)
    if moved is not None:
        return moved
    held = suffix or wanted(asked, (*SERIALISATIONS, "html"))
    if held == "html":
        return _see(asked, f"/records/{kind}/{name}")
    ending = next(ending for ending, form in ENDINGS.items() if form == held)
    # By Accept it leads to the address that has every serialisation.
    is_named = suffix is not None or asked.format is not None
    return _see(asked, f"/data/{kind}/{name}" + (f".{ending}" if is_named else ""))


def moved_or_lost(asked: Asked, before: str, kind: str, name: str, suffix: Serialisation | None) -> Response | None:
    """The way to a record asked for under another kind's name, or what is told of one there is not.

    None when all is right; NotFound and Gone where no page is wanted.
    """
    schema = asked.graph.schema
    ending = next((f".{ending}" for ending, form in ENDINGS.items() if form == suffix), "")
    moved = at_home(asked, kind, name, before, ending)
    if moved is not None:
        return moved
    if asked.is_page:
        return lost(asked, reader.known_kind(schema, kind), name)
    if kind_of(asked, name) is None:
        reader.get(asked.graph.store, schema, name)
    return None


def _see(asked: Asked, path: str) -> Response:
    """The way there, with the day and the language; the format is told by the address or the header."""
    named = ("at", "lang", "format") if path == "/data/catalogue" else ("at", "lang")
    kept = {name: value for name, value in asked.parameters if name in named}
    return RedirectResponse(address(path, kept), _SEE_OTHER)
