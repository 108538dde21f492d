"""``/def``: the ontology as it is and as it was released, its terms, and the JSON-LD contexts.

A context never changes, so it may be kept for good; new words get a new number.
"""

import hashlib
from typing import Final
from urllib.parse import quote

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from werkzaam.api.caching import not_modified
from werkzaam.api.resource_formats import (
    FORMATS,
    HTML,
    VARY,
    Named,
    alternates,
    chosen_type,
    dated,
    graph_answer,
    named_by,
    refuse_hidden,
    standing_links,
)
from werkzaam.api.resources import described
from werkzaam.api.service import Service, service_of
from werkzaam.api.withdrawals import gone, removal_of
from werkzaam.domain.characters import quoted
from werkzaam.domain.identifiers import TERMS
from werkzaam.errors import NotFound
from werkzaam.linked_data.asking import query_text
from werkzaam.linked_data.graph import serialised
from werkzaam.linked_data.jsonld import context_bytes, context_numbers
from werkzaam.linked_data.things import ONTOLOGY, Standing, find_term, first_standing

router = APIRouter(include_in_schema=False)
_FOR_GOOD: Final = "public, max-age=31536000, immutable"


@router.get("/def/context/{number}.jsonld")
def context(request: Request, number: str) -> Response:
    """A published JSON-LD context."""
    known = context_numbers()
    if number not in known:
        raise NotFound(
            "There is no JSON-LD context {number} here. There is: {known}.",
            number=quoted(number),
            known=", ".join(known),
        )
    body = context_bytes(number)
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": _FOR_GOOD}
    unchanged = not_modified(request, tag)
    if unchanged is not None:
        return Response(status_code=304, headers=headers)
    return Response(body, media_type=FORMATS["jsonld"], headers=headers)


@router.get("/def")
def ontology(request: Request) -> Response:
    """The whole ontology as it is now."""
    return _ontology(service_of(request), request, "/def", None)


@router.get("/def.{ending}")
def ontology_as(request: Request, ending: str) -> Response:
    """The whole ontology in one format."""
    if ending not in FORMATS:
        raise NotFound(
            "There is nothing at this address. Look at the start page for what there is."
        )
    return _ontology(service_of(request), request, "/def", ending)


@router.get("/def/{name:path}")
def term(request: Request, name: str) -> Response:
    """A term of the ontology, a module of it, or one of its versions."""
    service = service_of(request)
    refuse_hidden(request)
    named = named_by(name)
    for one in named.names:
        if _is_version(service, one):
            return _ontology(service, request, f"/def/{one}", named.format_of(one))
    try:
        found = find_term(service.store, named.names)
    except NotFound as missing:
        return _in_the_past(service, request, named, missing)
    suffix = named.format_of(found.slug) if found.slug in named.names else named.suffix
    return described(service, request, found, suffix)


def _is_version(service: Service, name: str) -> bool:
    found = first_standing(service.store, "standing-terms", [TERMS + name])
    return found is not None and found.iri == ONTOLOGY


def _in_the_past(service: Service, request: Request, named: Named, missing: NotFound) -> Response:
    """A version of the ontology that is not the newest, on the last version of the dataset that has
    it. Raises Gone for a term that was taken away, else ``missing``."""
    for name in named.names:
        removal = removal_of(service, request, TERMS + name)
        if removal and _is_version(service.at(str(removal.last_version)), name):
            query = {**request.query_params, "version": str(removal.last_version)}
            location = service.links.path(quote(request.url.path), **query)
            return RedirectResponse(location, 307, {"Vary": VARY})
    raise gone(service, request, [TERMS + one for one in named.names]) or missing from None


def _ontology(service: Service, request: Request, path: str, suffix: str | None) -> Response:
    media_type = chosen_type(service, request, suffix)
    page = service.resource_page if media_type == HTML else None
    if page is not None:
        answer = page(request, Standing(ONTOLOGY))
    else:
        answer = graph_answer(
            service,
            request,
            media_type,
            lambda address: serialised(service.store, query_text("ontology"), media_type, address),
        )
    found = [*alternates(service, path, media_type), *standing_links(ONTOLOGY)]
    answer.headers["Link"] = ", ".join(found)
    return dated(service, request, answer)
