"""The data of one record as RDF."""

from fastapi import APIRouter
from starlette.responses import Response

from api import etag
from api.rdf_negotiation import alternates, wanted_of_data, with_links, without_suffix
from api.request import Asking
from api.routes.linked.identifiers import moved_or_lost
from api.routes.records.records import Identifier, KindSlug
from kaysis_graph.linked.export import documents
from kaysis_graph.linked.export.documents import MEDIA
from kaysis_graph.records import whole_records
from ui.pages.frame import address

pages = APIRouter(include_in_schema=False)


@pages.get("/data/{kind}/{id}")
def record(asked: Asking, kind: KindSlug, id: Identifier) -> Response:  # noqa: A002  # the name in the address
    """All that is said of a record as of the day, what held on other days with its days.

    The ETag follows the bytes, so that a harvester is not sent again what other records' changes left as it was.
    """
    store, schema = asked.graph.store, asked.graph.schema
    name, suffix = without_suffix(asked, id)
    moved = moved_or_lost(asked, "/data", kind, name, suffix)
    if moved is not None:
        return moved
    form = suffix or wanted_of_data(asked)
    # It may have been deleted since the projection was made.
    whole = whole_records.one(store, schema, name)
    triples = documents.of_record(store, asked.iris, asked.graph.on(asked.at), whole)
    content = documents.serialised(asked.iris, triples, form)
    day = asked.at.isoformat() if asked.is_dated else None
    links = [(href, "alternate", media) for href, media, _ in alternates(schema, name, day) if media != MEDIA[form]]
    links.append((asked.iris.record(schema.kinds[whole.record.kind], name), "describes", ""))
    links.append((address(f"/records/{kind}/{name}", {"at": day}), "alternate", "text/html"))
    headers = {"ETag": etag.content_tag(content)}
    return with_links(Response(content, headers=headers, media_type=MEDIA[form]), links)
