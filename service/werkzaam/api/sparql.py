"""``/sparql``: queries and updates over HTTP."""

from dataclasses import replace
from functools import partial
from threading import Event

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from werkzaam.api.authentication import agent_of, bears_token
from werkzaam.api.caching import cache_headers, entity_tag, not_modified
from werkzaam.api.connection import watched
from werkzaam.api.negotiation import choose_media_type
from werkzaam.api.quick_sparql import begun_of
from werkzaam.api.service import Service, service_of
from werkzaam.api.service_description import capability, describe_service, for_editors
from werkzaam.api.sparql_answers import (
    accepted_type,
    caller_of,
    in_one_piece,
    prefers_page,
    question_of,
    response_to,
    tag_of,
    with_charset,
)
from werkzaam.api.sparql_protocol import ProtocolQuery, ProtocolUpdate, read_get, read_post
from werkzaam.api.updates import answer_update
from werkzaam.errors import BadRequest
from werkzaam.store.interface import GRAPH_TYPES
from werkzaam.store.query_policy import read_query

router = APIRouter()


@router.api_route("/sparql", methods=["GET", "POST"], include_in_schema=False)
async def answer_sparql(request: Request) -> Response:
    """Answer the query or the update in the address or in the body; without one, describe the service."""
    service = service_of(request)
    asked: ProtocolQuery | ProtocolUpdate | None
    if request.method == "POST":
        kind = request.headers.get("content-type", "")
        asked = read_post(request.url.query, kind, await request.body())
    else:
        asked = read_get(request.url.query)
    if asked is None:
        return await run_in_threadpool(_description, service, request)
    if isinstance(asked, ProtocolUpdate):
        if service.is_past:
            raise BadRequest("Only the newest version can be changed. Leave the key version out.")
        return await answer_update(request, asked)
    gone = Event()
    async with watched(request, gone.set):
        answering = partial(_answer, service, request, asked, gone)
        return await service.threads.run(answering, past=service.is_past)


def _description(service: Service, request: Request) -> Response:
    accept = request.headers.get("accept")
    if service.sparql_page and request.method == "GET" and prefers_page(accept, describes=True):
        return service.sparql_page(request, None, None)
    media_type = choose_media_type(accept, GRAPH_TYPES)
    found = None if service.is_past else service.counts.of(service.store)
    tag = entity_tag(service, request, media_type, found.state if found else "")
    if (unchanged := not_modified(request, tag)) is not None:
        return unchanged
    can = capability(
        service.store,
        service.links.url("/sparql"),
        updates=service.updates is not None,
        federated=bool(service.service_hosts),
    )
    further = for_editors(service.links, found, service.catalogue.all()) if found else ()
    body = describe_service(can, media_type, further)
    return Response(body, media_type=with_charset(media_type), headers=cache_headers(tag))


def _answer(service: Service, request: Request, asked: ProtocolQuery, gone: Event) -> Response:
    begun = begun_of(request)
    accept = request.headers.get("accept")
    page_is_possible = begun is None and request.method == "GET"
    if page_is_possible and service.sparql_page and prefers_page(accept, describes=False):
        return service.sparql_page(request, asked, gone)
    query = read_query(asked.text, service.service_hosts)
    accepted = accepted_type(accept, query.form)
    url = f"{request.url.path}?{request.url.query}"
    lasting = request.method == "GET" and query.repeatable
    if lasting and begun is None:
        tag = tag_of(service, service.store.version, url, accepted)
        if (unchanged := not_modified(request, tag)) is not None:
            return unchanged
    question = question_of(service, asked, query, accepted, caller_of(request.scope))
    question = replace(question, longest=_longest(service, request, asked))
    if begun is None:
        answer = service.store.stream(question, asked.seconds, gone)
    else:
        answer = begun.finish(gone)
    if request.scope["http_version"] == "1.0":
        answer = in_one_piece(answer, question.most_bytes)
    tag_now = tag_of(service, answer.version, url, accepted) if lasting else None
    return response_to(service, question, answer, accepted, tag_now)


def _longest(service: Service, request: Request, asked: ProtocolQuery) -> float:
    """How long the caller may ask for (seconds): more than others only with a token, which is looked
    at where it matters. Raises Unauthorized."""
    if asked.seconds is None or not bears_token(request):
        return 0.0
    agent_of(request, "submitter")
    return service.token_seconds
