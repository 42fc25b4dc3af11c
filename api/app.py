"""The service: the graph asked over HTTP, as an API and as pages. Reading only."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from brotli_asgi import BrotliMiddleware
from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware
from starlette.routing import Route
from starlette.staticfiles import StaticFiles

from api import errors
from api.canonical_addresses import CanonicalAddresses
from api.empty_parameters import EmptyParametersLeftOut
from api.headers import ResponseHeaders
from api.metrics import ADDRESS, CountedRequests, Metrics, PatternNoted
from api.mount import PathPutOn, PathTakenOff, check_path
from api.openapi import describe_as_it_is
from api.routes import ROUTERS
from kaysis_graph import files
from kaysis_graph.graph.graph import Graph
from kaysis_graph.linked.export.versions import VersionStream
from kaysis_graph.linked.iris import Iris
from kaysis_graph.linked.linked import Linked
from kaysis_graph.search.index.word_index import WordIndex
from kaysis_graph.settings import VERSION, Settings

# Below one packet compression saves nothing.
_LEAST_COMPRESSED = 1_000
# A dump is compressed as it was asked for, and as fast as it is made.
_NOT_COMPRESSED = ["^/api/dump"]
_ABOUT = """
The metadata of a state as one graph: data flows, legislation, service tables, impact and paths, as of any date.

Every answer carries `at` (the day), `sequence` (the change it stands at), `complete`, and `cut` (why it is not whole
and how to go on). `at=YYYY-MM-DD`, `lang=tr|en` and `format=` may be given everywhere. `format=csv` gives all rows.
The ETag follows the sequence: ask with `If-None-Match` and pay nothing while nothing changed.
"""


def _addresses() -> list[str]:
    return ["/static", ADDRESS, *(held.path for router in ROUTERS for held in router.routes if isinstance(held, Route))]


def create(graph: Graph, settings: Settings, linked: Linked | None = None) -> FastAPI:
    """The application over an open graph; it follows the changes of others while it runs.

    Without `linked` there is no SPARQL. SettingError when the path of the base is one of the service's own.
    """

    @asynccontextmanager
    async def following(_: FastAPI) -> AsyncIterator[None]:
        graph.follower.follow()
        graph.beside(WordIndex).follow()
        if linked is not None:
            linked.start()
        yield
        if linked is not None:
            linked.end()
        graph.beside(WordIndex).end()

    app = FastAPI(
        title="KAYSİS Graph",
        version=VERSION,
        description=_ABOUT,
        lifespan=following,
        openapi_url="/api/openapi.json",
        # The pages of Swagger and ReDoc load scripts from elsewhere.
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        servers=[{"url": settings.base}] if settings.public_base else None,
    )
    app.state.graph = graph
    app.state.settings = settings
    app.state.linked = linked
    app.state.iris = Iris(settings.base, graph.schema, settings.publication)
    app.state.stream = VersionStream(graph)
    app.state.routes = [held for router in ROUTERS for held in router.routes if isinstance(held, Route)]
    # As they are: `include_router` makes each anew, half a second of the first request, for prefixes that none has.
    app.router.routes.extend(held for router in ROUTERS for held in router.routes)
    app.mount("/static", StaticFiles(directory=files.UI / "static"), name="static")
    metrics = Metrics(graph, linked)
    app.add_route(ADDRESS, metrics.page, include_in_schema=False)
    errors.install(app)
    describe_as_it_is(app)
    # The last one added is the first to see a request.
    app.add_middleware(PatternNoted)
    app.add_middleware(CanonicalAddresses, schema=graph.schema)
    app.add_middleware(EmptyParametersLeftOut)
    if settings.base_path:
        check_path(settings.base_path, _addresses())
        app.add_middleware(PathPutOn, path=settings.base_path)
    app.add_middleware(BrotliMiddleware, quality=4, minimum_size=_LEAST_COMPRESSED, excluded_handlers=_NOT_COMPRESSED)
    app.add_middleware(ResponseHeaders, graph=graph, settings=settings)
    app.add_middleware(
        CORSMiddleware,
        allow_origins=list(settings.cors_origins),
        # Queries too long for an address are sent by POST, and so by scripts of other sites.
        allow_methods=["GET", "HEAD", "POST"],
        # Reading needs no permission, so no header of a client is a reason to refuse its question: libraries send
        # X-Requested-With, Cache-Control or Authorization with every request.
        allow_headers=["*"],
        expose_headers=["ETag", "Content-Disposition", "Last-Sync", "Link"],
        max_age=86_400,
    )
    if settings.base_path:
        app.add_middleware(PathTakenOff, path=settings.base_path)
    app.add_middleware(CountedRequests, metrics=metrics)
    return app
