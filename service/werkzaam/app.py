"""The service put together: content → store → catalogue → HTTP."""

import contextlib
import logging
from collections.abc import AsyncIterator

from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp

from werkzaam import __version__
from werkzaam.api import health, openapi, problems, queries, sparql
from werkzaam.api.links import Links
from werkzaam.api.service import Service
from werkzaam.api.transport import BoundedBody, HeadAsGet, StandingHeaders
from werkzaam.catalogue.query_files import load_queries
from werkzaam.catalogue.questions import Catalogue
from werkzaam.content import read_content
from werkzaam.domain.content import Content
from werkzaam.reasoning.rules import read_rules
from werkzaam.settings import Settings
from werkzaam.store.embedded import EmbeddedStore, StoreLimits
from werkzaam.web import pages

_log = logging.getLogger(__name__)


def open_store(content: Content, settings: Settings) -> EmbeddedStore:
    """The store on ``content``. Raises ContentError with file and line."""
    limits = StoreLimits(
        seconds=settings.query_seconds,
        memory_bytes=settings.query_memory_mb << 20,
        readers=settings.readers,
    )
    return EmbeddedStore(content, read_rules(content), limits)


def open_service(settings: Settings, public_url: str, *, demo: bool = False) -> Service:
    """Read the content, start the readers, and run every catalogued question once.

    Raises ContentError where a file is wrong; no process is left then.
    """
    content = read_content(settings.content_dir)
    catalogued = load_queries(content)
    store = open_store(content, settings)
    try:
        catalogue = Catalogue(catalogued, store)
        catalogue.run_each_once()
    except BaseException:
        store.close()
        raise
    _log.info(
        "content loaded",
        extra={
            "folder": settings.content_dir,
            "files": len(content.files),
            "questions": len(catalogued),
            "digest": content.digest[:12],
            "readers": settings.readers,
        },
    )
    links = Links(settings.public_url or public_url)
    return Service(store, catalogue, links, demo=demo, contact_email=settings.contact_email)


def create_app(service: Service) -> ASGIApp:
    """The application that answers for ``service``; closes its store when it stops."""

    @contextlib.asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        service.store.close()

    app = FastAPI(
        lifespan=lifespan, openapi_url=None, docs_url=None, redoc_url=None, redirect_slashes=False
    )
    app.state.service = service
    problems.install(app)
    for part in (sparql, queries, openapi, health):
        app.include_router(part.router)
    pages.install(app, service)
    secure = service.links.public_url.startswith("https://")
    app.add_middleware(HeadAsGet)
    app.add_middleware(BoundedBody)
    app.add_middleware(
        CORSMiddleware,
        allow_origins=["*"],
        allow_methods=["GET", "HEAD", "POST", "OPTIONS"],
        allow_headers=["*"],
        expose_headers=["API-Version", "ETag", "Link", "Retry-After"],
    )
    # around everything, so that the answer to an unforeseen error carries them too
    return StandingHeaders(app, version=__version__, secure=secure)
