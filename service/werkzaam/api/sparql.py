"""``/sparql``: queries and updates over HTTP."""

from collections.abc import Callable
from functools import partial
from threading import Event

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from werkzaam.api.caching import cache_headers, entity_tag, not_modified
from werkzaam.api.connection import watched
from werkzaam.api.demo_mark import marked
from werkzaam.api.negotiation import choose_media_type
from werkzaam.api.service import Service, SparqlPage, service_of
from werkzaam.api.service_description import capability, describe_service
from werkzaam.api.sparql_protocol import ProtocolQuery, ProtocolUpdate, read_get, read_post
from werkzaam.api.updates import answer_update
from werkzaam.errors import NotAcceptable
from werkzaam.store.interface import GRAPH_TYPES, SOLUTION_TYPES, Question
from werkzaam.store.query_policy import read_query

router = APIRouter()

_HTML = "text/html"
# what a caller may accept -> what is written; the general names come last, so they never win a tie
_ALIASES = {
    **{name: name for name in SOLUTION_TYPES},
    "application/json": "application/sparql-results+json",
    "application/xml": "application/sparql-results+xml",
}
_GRAPH_ALIASES = {**{name: name for name in GRAPH_TYPES}, "application/xml": "application/rdf+xml"}


@router.api_route("/sparql", methods=["GET", "POST"], include_in_schema=False)
async def answer_sparql(request: Request) -> Response:
    """Answer the query in the address or in the body; without one, describe the service."""
    service = service_of(request)
    if request.method == "POST":
        kind = request.headers.get("content-type", "")
        sent = read_post(request.url.query, kind, await request.body())
        if isinstance(sent, ProtocolUpdate):
            return await answer_update(request, sent)
        query: ProtocolQuery | None = sent
    else:
        query = read_get(request.url.query)
    if query is None:
        return await run_in_threadpool(_description, service, request)
    return await _while_connected(request, partial(_answer, service, request, query))


async def _while_connected(request: Request, work: Callable[[Event], Response]) -> Response:
    """Run ``work`` in a thread; the event it is given is set when the caller goes away."""
    gone = Event()
    async with watched(request, gone.set):
        return await run_in_threadpool(work, gone)


def _description(service: Service, request: Request) -> Response:
    if (page := _page(service, request, GRAPH_TYPES)) is not None:
        return page(request, None)
    media_type = choose_media_type(request.headers.get("accept"), GRAPH_TYPES)
    tag = entity_tag(service, request, media_type, "")
    if (unchanged := not_modified(request, tag)) is not None:
        return unchanged
    endpoint = service.links.url("/sparql")
    can = capability(
        service.store,
        endpoint,
        updates=service.updates is not None,
        federated=bool(service.service_hosts),
    )
    body = describe_service(can, media_type)
    return Response(body, media_type=_with_charset(media_type), headers=cache_headers(tag))


def _answer(service: Service, request: Request, query: ProtocolQuery, gone: Event) -> Response:
    if (page := _page(service, request, (*SOLUTION_TYPES, *GRAPH_TYPES))) is not None:
        return page(request, query)
    read = read_query(query.text, service.service_hosts)
    types = _ALIASES if read.form in ("SELECT", "ASK") else _GRAPH_ALIASES
    accepted = choose_media_type(request.headers.get("accept"), tuple(types))
    tag = entity_tag(service, request, accepted, "")
    lasting = request.method == "GET" and read.repeatable
    unchanged = not_modified(request, tag) if lasting else None
    if unchanged is not None:
        return unchanged
    question = Question(
        query.text,
        types[accepted],
        query.default_graphs,
        query.named_graphs,
        base=service.links.url("/sparql"),
        any_graph=service.updates is not None,
    )
    answer = service.store.ask(question, query.seconds, gone)
    headers = cache_headers(tag) if lasting else {"Cache-Control": "no-store", "Vary": "Accept"}
    body = answer.body
    if answer.version.demo:
        body = marked(body, question.media_type, service.links)
        headers["Content-Disposition"] = 'inline; filename="demo-sparql"'
    return Response(body, media_type=_with_charset(accepted), headers=headers)


def _page(service: Service, request: Request, types: tuple[str, ...]) -> SparqlPage | None:
    """The page, if this caller reads pages rather than any of ``types``."""
    if request.method != "GET" or service.sparql_page is None:
        return None
    offers = (*types, "application/json", "application/xml", _HTML)
    try:
        chosen = choose_media_type(request.headers.get("accept"), offers)
    except NotAcceptable:
        return None
    return service.sparql_page if chosen == _HTML else None


def _with_charset(media_type: str) -> str:
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type
