"""The service put together: HTTP before what ``opening`` opened."""

import contextlib
from collections.abc import AsyncIterator, Callable

from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware
from starlette.routing import Route
from starlette.types import ASGIApp

from werkzaam import __version__
from werkzaam.api import (
    changes,
    changes_feed,
    crawling,
    downloads,
    evidence_map,
    figures,
    graph_store,
    graphs,
    health,
    mappings,
    metadata,
    openapi,
    problems,
    queries,
    resources,
    search,
    sparql,
    submissions,
    tasks,
    terms,
    why,
)
from werkzaam.api.quick_sparql import QuickSparql
from werkzaam.api.service import Service
from werkzaam.api.transport import (
    AnyTag,
    BoundedBody,
    HeadAsGet,
    StandingHeaders,
    standing_headers,
)
from werkzaam.mcp_server.endpoint import PATH, McpEndpoint
from werkzaam.web import pages

_PARTS = (
    *(sparql, queries, evidence_map, figures, why, openapi, health),
    *(resources, submissions, tasks, mappings, graph_store, changes, search),
    *(metadata, downloads, changes_feed, crawling),
    *(terms, graphs),
)
_EXPOSED = (
    *("API-Version", "ETag", "Link", "Retry-After"),
    *("Location", "Content-Location", "Preference-Applied", "Werkzaam-Version"),
    *("Werkzaam-Rows", "Werkzaam-Truncated", "Content-Disposition"),
)


def create_app(service: Service, close: Callable[[], None]) -> ASGIApp:
    """The application that answers for ``service``; calls ``close`` when it stops."""
    mcp = McpEndpoint(service)

    @contextlib.asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        service.tasks.stop()
        service.search.close()
        await mcp.close()
        close()

    app = FastAPI(
        lifespan=lifespan, openapi_url=None, docs_url=None, redoc_url=None, redirect_slashes=False
    )
    app.state.service = service
    problems.install(app)
    for part in _PARTS:
        app.include_router(part.router)
    if service.mcp:
        app.router.routes.append(Route(PATH, mcp, include_in_schema=False))
    pages.install(app, service)
    secure = service.links.public_url.startswith("https://")
    app.add_middleware(AnyTag)
    app.add_middleware(HeadAsGet)
    app.add_middleware(BoundedBody)
    app.add_middleware(
        CORSMiddleware,
        allow_origins=["*"],
        allow_methods=["GET", "HEAD", "POST", "DELETE", "OPTIONS"],
        allow_headers=["*"],
        expose_headers=_EXPOSED,
    )
    # around everything, so that the answer to an unforeseen error carries them too
    standing = standing_headers(__version__, secure=secure)
    raw = [(name.lower().encode(), value.encode()) for name, value in standing.items()]
    whole = StandingHeaders(app, standing, demo=lambda: service.demo)
    return QuickSparql(whole, service, raw)
