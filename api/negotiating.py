"""Which serialisation of RDF a reader is given: by the suffix of the address, `format=`, or the Accept header."""

from collections.abc import Mapping, Sequence

from starlette.responses import Response

from api.asking import Asked, Format
from api.choosing import kind_of
from api.errors import NoFormat
from api.frames import address
from kaysis_graph.linked.documents import SERIALISATIONS, Serialisation
from kaysis_graph.schema import Schema

MEDIA: Mapping[Serialisation, str] = {
    "turtle": "text/turtle",
    "jsonld": "application/ld+json",
    "rdfxml": "application/rdf+xml",
    "ntriples": "application/n-triples",
}
SUFFIXES: Mapping[str, Serialisation] = {"ttl": "turtle", "jsonld": "jsonld", "rdf": "rdfxml", "nt": "ntriples"}
NAMES: Mapping[Serialisation, str] = {
    "turtle": "Turtle", "jsonld": "JSON-LD", "rdfxml": "RDF/XML", "ntriples": "N-Triples",
}  # fmt: skip
# Also taken for it; what is answered is named as registered.
_ALSO: Mapping[str, Format] = {
    "application/json": "jsonld",
    "application/x-turtle": "turtle",
    "application/xhtml+xml": "html",
}


def without_suffix(asked: Asked, name: str) -> tuple[str, Serialisation | None]:
    """An identifier and the serialisation its suffix names.

    Identifiers have points of their own, and `kanun-5018.nt` has the form of a provision's: a record comes first.
    """
    rest, _, suffix = name.rpartition(".")
    if suffix in SUFFIXES and asked.graph.schema.kind_of(rest) is not None and kind_of(asked, name) is None:
        return rest, SUFFIXES[suffix]
    return name, None


def wanted(asked: Asked, offered: Sequence[Format]) -> Format:
    """The format that the reader prefers of those there are, the earlier of two equal ones; NoFormat for none."""
    known = ", ".join(offered)
    if asked.format is not None:
        if asked.format not in offered:
            raise NoFormat("api.no_format", format=asked.format, known=known)
        return asked.format
    weights = [_weight(held, asked.accept) for held in offered]
    best = max(weights)
    if best == 0:
        raise NoFormat("api.no_format", format=asked.accept[:80], known=known)
    return offered[weights.index(best)]


def wanted_of_data(asked: Asked) -> Serialisation:
    """The serialisation that the reader prefers; Turtle when all are the same to them."""
    found = wanted(asked, SERIALISATIONS)
    return next(held for held in SERIALISATIONS if held == found)


def alternates(schema: Schema, identifier: str, day: str | None) -> list[tuple[str, str, str]]:
    """The addresses of a record's data, each with its media type and its name."""
    kind = schema.kind_of(identifier)
    assert kind is not None, "every record's identifier has the form of its kind"
    return [
        (address(f"/data/{kind.slug}/{identifier}.{suffix}", {"at": day}), MEDIA[held], NAMES[held])
        for suffix, held in SUFFIXES.items()
    ]


def with_links(response: Response, links: Sequence[tuple[str, str, str]]) -> Response:
    """The response with a Link header (RFC 8288): target, relation and media type of each."""
    told = (f'<{href}>; rel="{relation}"' + (f'; type="{media}"' if media else "") for href, relation, media in links)
    response.headers["Link"] = ", ".join(told)
    return response


def _weight(held: Format, accept: str) -> float:
    """The weight of the most specific range that names the format (RFC 9110, section 12.5.1)."""
    own: str = "text/html" if held == "html" else MEDIA[held]  # type: ignore[index]  # the others are serialisations
    ranges = _ranges(accept)
    also = [weight for media, weight in ranges if _ALSO.get(media) == held]
    family = f"{own.partition('/')[0]}/*"
    for pattern in (own, family, "*/*"):
        named = [weight for media, weight in ranges if media == pattern]
        if pattern == own:
            named += also
        if named:
            return max(named)
    return 0.0


def _ranges(accept: str) -> list[tuple[str, float]]:
    """Each range with its weight, with those that are refused by a weight of nothing."""
    found = []
    # An empty header is none (RFC 9110, section 12.5.1): everything is welcome.
    for part in (accept.strip() or "*/*").split(","):
        media, *parameters = (piece.strip() for piece in part.split(";"))
        weight = next((said.removeprefix("q=") for said in parameters if said.startswith("q=")), "1")
        try:
            found.append((media, float(weight)))
        except ValueError:
            continue
    return found
