"""The vocabulary by its addresses: terms, code lists, context and shapes; as RDF for programs, as pages for people."""

from collections.abc import Callable

from fastapi import APIRouter
from starlette.responses import RedirectResponse, Response

from api.etag import tagged
from api.rdf_negotiation import wanted, with_links
from api.request import Asking
from api.responses import html
from kaysis_graph.errors import NotFound
from kaysis_graph.linked.export import documents, vocabulary
from kaysis_graph.linked.export.documents import MEDIA, SERIALISATIONS
from kaysis_graph.schema.derive import skos as code_lists
from ui.pages.frame import address
from ui.pages.linked.term_page import TermPage, code, codes, term, whole
from ui.pages.page_parts import rendered
from ui.pages.reader import Asked

pages = APIRouter(include_in_schema=False)


@pages.get("/vocabulary")
async def page(asked: Asking) -> Response:
    """All terms on one page."""
    return html(rendered("term.html", whole(asked)))


@pages.get("/def")
@pages.get("/def/")
def ontology(asked: Asking) -> Response:
    """The ontology under our base."""
    form = wanted(asked, (*SERIALISATIONS, "html"))
    if form == "html":
        kept = {name: value for name, value in asked.parameters if name == "lang"}
        return RedirectResponse(address("/vocabulary", kept), 303)
    return _given(asked, lambda: _ontology(asked), None)


@pages.get("/def/context.jsonld")
async def context(asked: Asking) -> Response:
    """The context of our JSON-LD."""
    return tagged(Response(documents.published(asked.iris, "context.jsonld"), media_type=MEDIA["jsonld"]))


@pages.get("/def/shapes.ttl")
async def shapes(asked: Asking) -> Response:
    """The shapes that our data keep."""
    return tagged(Response(documents.published(asked.iris, "kaysis.shacl.ttl"), media_type=MEDIA["turtle"]))


@pages.get("/def/rules.ttl")
async def rules(asked: Asking) -> Response:
    """The rules over several records."""
    return tagged(Response(documents.published(asked.iris, "rules.ttl"), media_type=MEDIA["turtle"]))


@pages.get("/def/shape/{name}")
async def shape(asked: Asking, name: str) -> Response:
    """A shape is told with all others."""
    if f"\nshape:{name}\n" not in documents.published(asked.iris, "kaysis.shacl.ttl"):
        raise _unknown(f"shape:{name}")
    return RedirectResponse("/def/shapes.ttl", 303)


@pages.get("/def/rules")
@pages.get("/def/rule/{name}")
async def rule(asked: Asking, name: str | None = None) -> Response:
    """A rule is told with all others."""
    if name is not None and f"\nrule:{name} a " not in documents.published(asked.iris, "rules.ttl"):
        raise _unknown(f"rule:{name}")
    return RedirectResponse("/def/rules.ttl", 303)


@pages.get("/def/code/")
def all_codes(asked: Asking) -> Response:
    """Every code list."""
    return _given(asked, lambda: documents.published(asked.iris, "codes.ttl"), lambda: whole(asked))


@pages.get("/def/code/{name}")
def code_list(asked: Asking, name: str) -> Response:
    """A code list, or one code by the list and the code with a point between them; the data are the list's."""
    listed, _, entry = name.partition(".")
    held = asked.graph.schema.codes.get(listed)
    if held is None or (entry and entry not in held.entries) or name.endswith("."):
        raise _unknown(f"code:{name}")

    def text() -> str:
        return vocabulary.under(code_lists.document(asked.graph.schema, [held]), asked.iris.base)

    return _given(asked, text, lambda: code(asked, held, entry) if entry else codes(asked, held))


@pages.get("/def/{name}")
def one_term(asked: Asking, name: str) -> Response:
    """A class or a property; its data are the ontology's."""
    told = term(asked, name)
    if told is None:
        raise _unknown(name)
    return _given(asked, lambda: _ontology(asked), lambda: told)


def _given(asked: Asked, text: Callable[[], str], page: Callable[[], TermPage] | None) -> Response:
    form = wanted(asked, (*SERIALISATIONS, "html") if page else SERIALISATIONS)
    links = [(f"{asked.url.path}?format={held}", "alternate", MEDIA[held]) for held in SERIALISATIONS if held != form]
    if form == "html" and page is not None:
        return with_links(tagged(html(rendered("term.html", page()))), links)
    told = text()
    serialisation = next(held for held in SERIALISATIONS if held == form)
    # The Turtle is as it is committed, in an order and with line breaks for people.
    content = told if form == "turtle" else documents.serialised(asked.iris, documents.parsed(told), serialisation)
    return with_links(tagged(Response(content, media_type=MEDIA[serialisation])), links)


def _ontology(asked: Asked) -> str:
    return documents.published(asked.iris, "kaysis.owl.ttl")


def _unknown(name: str) -> NotFound:
    return NotFound("vocabulary.no_term", name=name[:80])
