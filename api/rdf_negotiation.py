"""Which serialisation of RDF a reader is given: by the suffix of the address, `format=`, or the Accept header."""

from collections.abc import Mapping, Sequence

from starlette.responses import Response

from api.negotiation import negotiated
from kaysis_graph.linked.export.documents import ENDINGS, SERIALISATIONS, Serialisation
from kaysis_graph.linked.export.whole_graph import FORMS
from kaysis_graph.schema import Schema
from ui.pages.choice import kind_of
from ui.pages.frame import address
from ui.pages.reader import Asked, Format

# What each goes by; it is answered under the first, as registered.
NAMES: Mapping[Format, Sequence[str]] = {
    **{name: FORMS[name].names for name in SERIALISATIONS},
    "html": ("text/html", "application/xhtml+xml"),
}


def without_suffix(asked: Asked, name: str) -> tuple[str, Serialisation | None]:
    """An identifier and the serialisation its suffix names.

    Identifiers have points of their own, and `kanun-5018.nt` has the form of a provision's: a record comes first.
    """
    rest, _, suffix = name.rpartition(".")
    if suffix in ENDINGS and asked.graph.schema.kind_of(rest) is not None and kind_of(asked, name) is None:
        return rest, ENDINGS[suffix]
    return name, None


def wanted(asked: Asked, offered: Sequence[Format]) -> Format:
    """The format that the reader prefers of those there are, the earlier of two equal ones; NoFormat for none."""
    return negotiated({held: NAMES[held] for held in offered}, asked.format, asked.accept)


def wanted_of_data(asked: Asked) -> Serialisation:
    """The serialisation that the reader prefers; Turtle when all are the same to them."""
    return negotiated({held: NAMES[held] for held in SERIALISATIONS}, asked.format, asked.accept)


def alternates(schema: Schema, identifier: str, day: str | None) -> list[tuple[str, str, str]]:
    """The addresses of a record's data, each with its media type and its name."""
    kind = schema.kind_of(identifier)
    assert kind is not None, "every record's identifier has the form of its kind"
    return [
        (address(f"/data/{kind.slug}/{identifier}.{suffix}", {"at": day}), FORMS[held].media, FORMS[held].title)
        for suffix, held in ENDINGS.items()
    ]


def with_links(response: Response, links: Sequence[tuple[str, str, str]]) -> Response:
    """The response with a Link header (RFC 8288): target, relation and media type of each."""
    told = (f'<{href}>; rel="{relation}"' + (f'; type="{media}"' if media else "") for href, relation, media in links)
    response.headers["Link"] = ", ".join(told)
    return response
