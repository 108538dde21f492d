"""``/sparql``: queries over HTTP."""

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from werkzaam.api.caching import cache_headers, entity_tag, not_modified
from werkzaam.api.negotiation import choose_media_type
from werkzaam.api.service import Service, service_of
from werkzaam.api.service_description import describe_service
from werkzaam.api.sparql_protocol import ProtocolQuery, read_get, read_post
from werkzaam.store.interface import GRAPH_TYPES, SOLUTION_TYPES, Question
from werkzaam.store.query_policy import read_query

router = APIRouter()

_HTML = "text/html"


@router.api_route("/sparql", methods=["GET", "POST"], include_in_schema=False)
async def answer_sparql(request: Request) -> Response:
    """Answer the query in the address or in the body; without one, describe the service."""
    service = service_of(request)
    if request.method == "POST":
        kind = request.headers.get("content-type", "")
        query: ProtocolQuery | None = read_post(request.url.query, kind, await request.body())
    else:
        query = read_get(request.url.query)
    if query is None:
        return await run_in_threadpool(_description, service, request)
    return await run_in_threadpool(_answer, service, request, query)


def _description(service: Service, request: Request) -> Response:
    page = service.sparql_page
    offers = GRAPH_TYPES if page is None else (*GRAPH_TYPES, _HTML)
    media_type = choose_media_type(request.headers.get("accept"), offers)
    if media_type == _HTML and page is not None:
        return page(request, "")
    body = describe_service(service.links.url("/sparql"), media_type)
    return Response(body, media_type=media_type, headers={"Vary": "Accept"})


def _answer(service: Service, request: Request, query: ProtocolQuery) -> Response:
    page = service.sparql_page if request.method == "GET" else None
    form = read_query(query.text).form
    types = SOLUTION_TYPES if form in ("SELECT", "ASK") else GRAPH_TYPES
    offers = types if page is None else (*types, _HTML)
    media_type = choose_media_type(request.headers.get("accept"), offers)
    if media_type == _HTML and page is not None:
        return page(request, query.text)
    tag = entity_tag(service, request, media_type, "")
    unchanged = not_modified(request, tag) if request.method == "GET" else None
    if unchanged is not None:
        return unchanged
    question = Question(query.text, media_type, query.default_graphs, query.named_graphs)
    answer = service.store.ask(question, query.seconds)
    headers = cache_headers(tag) if request.method == "GET" else {"Cache-Control": "no-store"}
    return Response(answer.body, media_type=_with_charset(media_type), headers=headers)


def _with_charset(media_type: str) -> str:
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type
