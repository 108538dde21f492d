"""``/graph``: every named graph of ours under its own address, whole and as a stream; a reader gets a
page that says what it holds."""

from threading import Event

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from werkzaam.api.caching import cache_headers, entity_tag, not_modified
from werkzaam.api.connection import watched
from werkzaam.api.resource_formats import (
    HTML,
    VARY,
    alternates,
    chosen_type,
    dated,
    is_fresh,
    named_by,
    refuse_hidden,
    standing_links,
)
from werkzaam.api.service import Service, service_of
from werkzaam.api.sparql_answers import caller_of, response_to, tag_of
from werkzaam.domain.identifiers import GRAPHS
from werkzaam.linked_data.graphs import find_graph
from werkzaam.linked_data.things import Standing, address_of
from werkzaam.store.interface import Question

router = APIRouter(include_in_schema=False)


@router.get("/graph/{name:path}")
async def graph(request: Request) -> Response:
    """A graph as data, or the page about it."""
    gone = Event()
    async with watched(request, gone.set):
        return await run_in_threadpool(_read, request, gone)


def _read(request: Request, gone: Event) -> Response:
    service = service_of(request)
    refuse_hidden(request)
    named = named_by(request.path_params["name"])
    iri = find_graph(service.store, [*named.names])
    media_type = chosen_type(service, request, named.format_of(iri.removeprefix(GRAPHS)))
    page = service.resource_page if media_type == HTML else None
    whole = page(request, Standing(iri)) if page else None
    answer = whole or _data(service, request, iri, media_type, gone)
    found = [*alternates(service, address_of(iri), media_type), *standing_links(iri)]
    answer.headers["Link"] = ", ".join(found)
    return dated(service, request, answer)


def _data(service: Service, request: Request, iri: str, media_type: str, gone: Event) -> Response:
    known = entity_tag(service, request, media_type, "")
    unchanged = not_modified(request, known)
    if unchanged is not None:
        return unchanged
    # before anything streams: a reader would wait for nobody
    if is_fresh(service, request):
        return Response(status_code=304, headers=cache_headers(known, VARY))
    text = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{iri}> {{ ?s ?p ?o }} }}"
    question = Question(text, media_type, caller=caller_of(request.scope))
    answer = service.store.stream(question, None, gone)
    url = f"{request.url.path}?{request.url.query}"
    tag = tag_of(service, answer.version, url, media_type)
    return response_to(service, question, answer, media_type, tag)
