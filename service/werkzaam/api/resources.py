"""``/id``, ``/doc`` and ``/def``: every thing and every term of ours under its own address.

``/id`` is the thing and answers 303; ``/doc`` is the document about it, in five formats
(`Cool URIs for the Semantic Web <https://www.w3.org/TR/cooluris/>`_). A term is a word, so its
document is at its own address.
"""

from collections.abc import Sequence
from typing import Final
from urllib.parse import quote, urlencode

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from werkzaam.api.resource_formats import (
    FORMATS,
    HTML,
    PAGE_KEY,
    VARY,
    alternates,
    asked_page,
    chosen_type,
    dated,
    graph_answer,
    kept_keys,
    named_by,
    page_links,
    refuse_hidden,
    standing_links,
)
from werkzaam.api.service import Service, service_of
from werkzaam.api.withdrawals import gone
from werkzaam.domain.characters import quoted
from werkzaam.domain.identifiers import THINGS
from werkzaam.errors import Gone, NotFound
from werkzaam.linked_data.edges import EdgePage, edge_count
from werkzaam.linked_data.graph import graph_of
from werkzaam.linked_data.neighbours import MOST_PER_PROPERTY
from werkzaam.linked_data.things import Standing, address_of, document_of, find, is_term, is_thing

router = APIRouter(include_in_schema=False)
_PERMANENT: Final = 301


@router.get("/id/{slug:path}")
def dereference(request: Request, slug: str) -> Response:
    """See the document about the thing."""
    service = service_of(request)
    refuse_hidden(request)
    thing = _find(service, request, [slug])
    query = f"?{request.url.query}" if request.url.query else ""
    location = service.links.prefix + quote(address_of(thing.iri)) + query
    link = f'<{quote(document_of(thing.iri), safe=":/")}>; rel="describedby"'
    headers = {"Vary": VARY, "Link": link, "Cache-Control": "public, no-cache"}
    return RedirectResponse(location, 303, headers)


@router.get("/doc/{slug:path}")
def document(request: Request, slug: str) -> Response:
    """The document about a thing, in the format of the suffix, of ``format``, or of Accept."""
    service = service_of(request)
    refuse_hidden(request)
    named = named_by(slug)
    thing = _find(service, request, named.names)
    return described(service, request, thing, named.format_of(thing.slug))


def described(service: Service, request: Request, thing: Standing, suffix: str | None) -> Response:
    """The document about ``thing``: of more edges than a page has, the page that is asked for.

    What was replaced is elsewhere. Raises Gone where nothing took its place.
    """
    media_type = chosen_type(service, request, suffix)
    if thing.deprecated:
        return _elsewhere(service, request, thing, suffix)
    number = asked_page(request)
    path = address_of(thing.iri)
    summary = media_type == HTML and PAGE_KEY not in request.query_params
    pages = EdgePage(number, edge_count(service.store, thing.iri), ())
    found = [
        *alternates(service, path, media_type, **kept_keys(request)),
        *page_links(service, path, media_type, _beside(pages, summary=summary)),
        *standing_links(thing.iri),
    ]
    page = service.resource_page if media_type == HTML else None
    if page is not None:
        answer = page(request, thing)
    else:
        answer = graph_answer(
            service,
            request,
            media_type,
            lambda context: graph_of(service.store, thing.iri, media_type, number, context),
        )
    answer.headers["Link"] = ", ".join(found)
    return dated(service, request, answer)


def _beside(page: EdgePage, *, summary: bool) -> list[tuple[str, int | None]]:
    """The pages beside ``page``; a ``summary`` for a reader comes before all of them."""
    ends: list[tuple[str, int | None]] = [("first", 1), ("last", page.pages)]
    if summary:
        return [("next", 1), *ends] if page.count > MOST_PER_PROPERTY else []
    return [("prev", page.previous), ("next", page.next), *ends] if page.pages > 1 else []


def _find(service: Service, request: Request, slugs: Sequence[str]) -> Standing:
    try:
        return find(service.store, slugs)
    except NotFound as missing:
        raise gone(service, request, [THINGS + slug for slug in slugs]) or missing from None


def _elsewhere(service: Service, request: Request, thing: Standing, suffix: str | None) -> Response:
    to = thing.replacement or ""
    if not (is_thing(to) or is_term(to)) or to == thing.iri:
        raise Gone(
            "{name} is no longer in use, and nothing took its place.", name=quoted(thing.slug)
        )
    ending = f".{suffix}" if suffix in FORMATS else ""
    # a page of what was replaced is none of what took its place
    kept = [pair for pair in request.query_params.multi_items() if pair[0] != PAGE_KEY]
    query = f"?{urlencode(kept)}" if kept else ""
    location = service.links.prefix + quote(address_of(to)) + ending + query
    return RedirectResponse(location, _PERMANENT, {"Vary": VARY})
