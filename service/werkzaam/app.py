"""The service put together: content → store → catalogue → HTTP."""

import contextlib
import logging
from collections.abc import AsyncIterator, Callable
from pathlib import Path

from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp

from werkzaam import __version__
from werkzaam.api import (
    changes,
    figures,
    graph_store,
    health,
    mappings,
    openapi,
    problems,
    queries,
    resources,
    sparql,
    submissions,
    tasks,
    why,
)
from werkzaam.api.links import Links
from werkzaam.api.quick_sparql import QuickSparql
from werkzaam.api.service import Service
from werkzaam.api.transport import (
    BoundedBody,
    HeadAsGet,
    StandingHeaders,
    standing_headers,
)
from werkzaam.catalogue.query_files import load_queries
from werkzaam.catalogue.questions import Catalogue
from werkzaam.catalogue.warming import Warming
from werkzaam.content import read_content
from werkzaam.curation.dataset import Dataset
from werkzaam.curation.submissions import Submissions
from werkzaam.curation.updates import Updates
from werkzaam.demo import load_examples
from werkzaam.domain.content import Content
from werkzaam.reasoning.rules import read_meanings
from werkzaam.settings import Settings
from werkzaam.store.tokens import Tokens
from werkzaam.web import pages

_log = logging.getLogger(__name__)
_PARTS = (
    *(sparql, queries, figures, why, openapi, health),
    *(resources, submissions, tasks, mappings, graph_store, changes),
)


def open_service(
    settings: Settings, folder: Path, public_url: str, *, demo: bool = False
) -> tuple[Service, Dataset]:
    """Read the content, open the dataset in ``folder``, and let the engine read every question.

    Raises ContentError where a file is wrong; no process is left then.
    """
    content = read_content(settings.content_dir)
    catalogued = load_queries(content)
    rules = read_meanings(content)
    derivations = [rule.derivation for rule in rules]
    limits, engine = settings.store_limits(), settings.engine_address()
    dataset = Dataset(folder, content, derivations, limits, demo=demo, engine=engine)
    gate = Submissions(dataset.journal, content, demo=demo, after_change=dataset.follow_once)
    try:
        if demo:
            load_examples(gate, settings.content_dir)
        catalogue = Catalogue(catalogued, dataset.store)
        catalogue.read_each_once()
        dataset.when_moved = Warming(catalogue).moved
    except BaseException:
        dataset.close()
        raise
    _tell(settings, content, len(catalogued), dataset.store.version.number)
    updates = Updates(dataset.journal, dataset.store, content, dataset.follow_once)
    service = Service(
        dataset.store,
        catalogue,
        Links(settings.public_url or public_url),
        gate,
        Tokens(dataset.journal.database),
        rules,
        updates if settings.updates else None,
        service_hosts=settings.service_hosts,
        token_seconds=settings.token_query_seconds,
        demo_instance=demo,
        past=dataset.at,
        contact_email=settings.contact_email,
    )
    return service, dataset


def _tell(settings: Settings, content: Content, questions: int, version: int) -> None:
    _log.info(
        "content loaded",
        extra={
            "folder": settings.content_dir,
            "files": len(content.files),
            "questions": questions,
            "digest": content.digest[:12],
            "version": version,
            "readers": settings.readers,
        },
    )


def create_app(service: Service, close: Callable[[], None]) -> ASGIApp:
    """The application that answers for ``service``; calls ``close`` when it stops."""

    @contextlib.asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        service.tasks.stop()
        close()

    app = FastAPI(
        lifespan=lifespan, openapi_url=None, docs_url=None, redoc_url=None, redirect_slashes=False
    )
    app.state.service = service
    problems.install(app)
    for part in _PARTS:
        app.include_router(part.router)
    pages.install(app, service)
    secure = service.links.public_url.startswith("https://")
    app.add_middleware(HeadAsGet)
    app.add_middleware(BoundedBody)
    app.add_middleware(
        CORSMiddleware,
        allow_origins=["*"],
        allow_methods=["GET", "HEAD", "POST", "DELETE", "OPTIONS"],
        allow_headers=["*"],
        expose_headers=[
            *("API-Version", "ETag", "Link", "Retry-After"),
            *("Location", "Content-Location", "Preference-Applied", "Werkzaam-Version"),
        ],
    )
    # around everything, so that the answer to an unforeseen error carries them too
    standing = standing_headers(__version__, secure=secure)
    raw = [(name.lower().encode(), value.encode()) for name, value in standing.items()]
    whole = StandingHeaders(app, standing, demo=lambda: service.demo)
    return QuickSparql(whole, service, raw)
