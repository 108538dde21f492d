"""``/rdf-graph-store``: whole graphs over HTTP
(`SPARQL 1.1 Graph Store HTTP Protocol <https://www.w3.org/TR/sparql11-http-rdf-update/>`_).

``?default`` is the graph that updates write where they name none, ``?graph=`` names any other; an
address below this one is itself the name of a graph. Reading is for all, writing as for updates.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from threading import Event
from typing import Final
from urllib.parse import parse_qsl

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from werkzaam.api.caching import entity_tag, not_modified
from werkzaam.api.connection import watched
from werkzaam.api.negotiation import choose_media_type
from werkzaam.api.preconditions import Precondition
from werkzaam.api.service import Service, service_of
from werkzaam.api.sparql_answers import caller_of, response_to, tag_of
from werkzaam.api.updates import changed, writer_of
from werkzaam.domain.characters import quoted
from werkzaam.domain.identifiers import WRITTEN_GRAPH, is_absolute_iri
from werkzaam.errors import BadRequest, NotFound
from werkzaam.store.interface import GRAPH_TYPES, Question

PATH: Final = "/rdf-graph-store"

_BELOW: Final = PATH + "/"
_METHODS: Final = ("GET", "HEAD", "PUT", "POST", "DELETE", "OPTIONS")
_ALIASES: Final = {name: name for name in GRAPH_TYPES} | {"application/xml": "application/rdf+xml"}
_ASK_TYPE: Final = "application/sparql-results+json"

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True)
class Named:
    """The graph that a request is about, by its IRI, and whether it was minted for the request."""

    iri: str
    new: bool = False


@router.get(PATH)
@router.get(_BELOW + "{name:path}")
async def read_graph(request: Request) -> Response:
    """The triples of one graph; 404 where there are none, 200 for the default graph always."""
    gone = Event()
    async with watched(request, gone.set):
        return await run_in_threadpool(_read, request, gone)


def _read(request: Request, gone: Event) -> Response:
    service = service_of(request)
    graph = _graph(request, reads=True).iri
    accepted = choose_media_type(request.headers.get("accept"), tuple(_ALIASES))
    question = Question(
        f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}",
        _ALIASES[accepted],
        caller=caller_of(request.scope),
    )
    if graph != WRITTEN_GRAPH and not _is_there(service, graph, question, gone):
        raise NotFound(
            "There is no graph {graph}. `SELECT DISTINCT ?g {{ GRAPH ?g {{ ?s ?p ?o }} }}` lists those "
            "that there are.",
            graph=quoted(graph),
        )
    unchanged = not_modified(request, entity_tag(service, request, accepted, ""))
    if unchanged is not None:
        return unchanged
    answer = service.store.stream(question, None, gone)
    # the version of the answer, which may be a later one than that of a moment ago
    url = f"{request.url.path}?{request.url.query}"
    return response_to(
        service, question, answer, accepted, tag_of(service, answer.version, url, accepted)
    )


@router.put(PATH)
@router.put(_BELOW + "{name:path}")
async def replace_graph(request: Request) -> Response:
    """Let the graph hold what the body says: 201 where it is new, else 204."""
    return await _write(request, "replace")


@router.post(PATH)
@router.post(_BELOW + "{name:path}")
async def merge_graph(request: Request) -> Response:
    """Add what the body says; without a name of a graph, to a new one: 201 with where it stands."""
    return await _write(request, "merge")


@router.delete(PATH)
@router.delete(_BELOW + "{name:path}")
async def delete_graph(request: Request) -> Response:
    """Take the graph away; 404 where it is not there."""
    return await _write(request, "delete")


@router.options(PATH)
@router.options(_BELOW + "{name:path}")
def tell_methods(_: Request) -> Response:
    """What may be done here."""
    return Response(status_code=204, headers={"Allow": ", ".join(_METHODS)})


async def _write(request: Request, kind: str) -> Response:
    updates, agent = await run_in_threadpool(writer_of, request)
    graph = _graph(request, may_be_new=kind == "merge")
    sent = (request.headers.get("content-type", ""), await request.body())
    payload = ("", b"") if kind == "delete" else sent
    precondition = Precondition(request, tuple(_ALIASES))
    edited = await run_in_threadpool(
        updates.edit_graph, kind, graph.iri, agent, payload, precondition
    )
    created = edited.changed and not edited.existed
    answer = changed(edited, 201 if created else 204)
    if created:
        answer.headers["Location"] = graph.iri if graph.new else _own_address(request)
    return answer


def _graph(request: Request, *, may_be_new: bool = False, reads: bool = False) -> Named:
    """The graph that the address names, directly or by a parameter. Raises BadRequest."""
    pairs = [pair for pair in _pairs(request.url.query) if not (reads and pair[0] == "version")]
    path = request.scope["raw_path"].decode("ascii", "replace").partition("?")[0]
    _, below, name = path.partition(_BELOW)
    if below and name:
        if pairs:
            raise BadRequest("The address is the name of the graph; leave the parameters out.")
        return Named(_absolute(service_of(request).links.url(_BELOW + name)))
    if pairs == [("default", "")]:
        return Named(WRITTEN_GRAPH)
    if len(pairs) == 1 and pairs[0][0] == "graph":
        return Named(_absolute(pairs[0][1]))
    if may_be_new and not pairs:
        return Named(service_of(request).links.url(_BELOW + secrets.token_hex(16)), new=True)
    raise BadRequest(
        "Name one graph: ?default, ?graph=IRI (URL-encoded), or the address of a graph below {path}.",
        path=_BELOW,
    )


def _absolute(iri: str) -> str:
    if not is_absolute_iri(iri):
        raise BadRequest(
            "{iri} is not an absolute IRI. The parameter graph takes the whole IRI, URL-encoded.",
            iri=quoted(iri),
        )
    return iri


def _pairs(query_string: str) -> Sequence[tuple[str, str]]:
    try:
        return parse_qsl(query_string, keep_blank_values=True, max_num_fields=10, errors="strict")
    except ValueError as fault:
        raise BadRequest(
            "The parameters could not be read ({reason}). Send them URL-encoded, in UTF-8.",
            reason=str(fault),
        ) from None


def _own_address(request: Request) -> str:
    query = f"?{request.url.query}" if request.url.query else ""
    return service_of(request).links.url(request.scope["raw_path"].decode("ascii") + query)


def _is_there(service: Service, graph: str, question: Question, gone: Event) -> bool:
    text = f"ASK {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}"
    asked = replace(question, text=text, media_type=_ASK_TYPE)
    return b"true" in service.store.ask(asked, None, gone).body
