"""``/id`` and ``/doc``: every thing of ours under its own address.

``/id`` is the thing and answers 303; ``/doc`` is the document about it, in five formats
(`Cool URIs for the Semantic Web <https://www.w3.org/TR/cooluris/>`_).
"""

from dataclasses import dataclass
from urllib.parse import quote

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from werkzaam.api.caching import cache_headers, entity_tag, not_modified
from werkzaam.api.demo_mark import marked
from werkzaam.api.negotiation import choose_media_type
from werkzaam.api.service import Service, service_of
from werkzaam.domain.characters import quoted
from werkzaam.domain.identifiers import THINGS
from werkzaam.errors import BadRequest, Gone, InvalidParameter, NotFound
from werkzaam.linked_data.graph import graph_of
from werkzaam.linked_data.things import Standing, document_of, find, is_thing

router = APIRouter(include_in_schema=False)

FORMATS = {
    "ttl": "text/turtle",
    "jsonld": "application/ld+json",
    "nt": "application/n-triples",
    "rdf": "application/rdf+xml",
    "html": "text/html",
}
_VARY = "Accept, Accept-Language"
_HIDDEN = ("%2f", "%5c", "%2e", "%00")


@dataclass(frozen=True)
class _Wanted:
    thing: Standing
    suffix: str | None


@router.get("/id/{slug:path}")
def dereference(request: Request, slug: str) -> Response:
    """See the document about the thing."""
    service = service_of(request)
    _refuse_hidden(request)
    thing = find(service.store, [slug])
    location = _address(service, thing.slug) + (
        f"?{request.url.query}" if request.url.query else ""
    )
    links = f'<{quote(document_of(thing.iri), safe=":/")}>; rel="describedby"'
    headers = {"Vary": _VARY, "Link": links, "Cache-Control": "public, no-cache"}
    return RedirectResponse(location, 303, headers)


@router.get("/doc/{slug:path}")
def document(request: Request, slug: str) -> Response:
    """The document about a thing, in the format of the suffix, of ``format``, or of Accept."""
    service = service_of(request)
    _refuse_hidden(request)
    wanted = _wanted(service, slug)
    media_type = _media_type(service, request, wanted.suffix)
    if wanted.thing.deprecated:
        return _elsewhere(service, wanted)
    headers = {"Link": _links(service, wanted.thing, media_type)}
    page = service.resource_page if media_type == FORMATS["html"] else None
    if page is not None:
        answer = page(request, wanted.thing)
    else:
        answer = _graph(service, request, wanted.thing, media_type)
    answer.headers.update(headers)
    return answer


def _graph(service: Service, request: Request, thing: Standing, media_type: str) -> Response:
    tag = entity_tag(service, request, media_type, "")
    unchanged = not_modified(request, tag)
    if unchanged is not None:
        return unchanged
    body = graph_of(service.store, thing.iri, media_type)
    if service.demo:
        body = marked(body, media_type, service.links)
    charset = "; charset=utf-8" if media_type.startswith("text/") else ""
    return Response(body, media_type=media_type + charset, headers=cache_headers(tag))


def _refuse_hidden(request: Request) -> None:
    """Slashes and dots that are written as something else name nothing."""
    raw = request.scope.get("raw_path", b"").decode("latin-1").lower()
    if any(code in raw for code in _HIDDEN):
        raise NotFound("There is nothing at this address: it hides a slash, a dot or a NUL.")


def _wanted(service: Service, slug: str) -> _Wanted:
    """What is asked for. A suffix wins; a name that itself ends like one is found all the same."""
    name, _, ending = slug.rpartition(".")
    if ending not in FORMATS:
        return _Wanted(find(service.store, [slug]), None)
    thing = find(service.store, [name, slug] if name else [slug])
    return _Wanted(thing, ending if thing.slug == name else None)


def _media_type(service: Service, request: Request, suffix: str | None) -> str:
    offers = _offers(service)
    asked = suffix or _format(request)
    if asked is None:
        return choose_media_type(request.headers.get("accept"), offers)
    return choose_media_type(FORMATS[asked], offers)


def _format(request: Request) -> str | None:
    given = request.query_params.getlist("format")
    if len(given) > 1:
        raise BadRequest(
            "The parameter {name} is given {count} times. Give it once.",
            name="format",
            count=len(given),
        )
    if given and given[0] not in FORMATS:
        raise InvalidParameter(
            "format",
            tuple(FORMATS),
            "{value} is no format here. Choose one of: {formats}.",
            value=quoted(given[0]),
            formats=", ".join(FORMATS),
        )
    return given[0] if given else None


def _offers(service: Service) -> tuple[str, ...]:
    without_page = service.resource_page is None
    return tuple(t for t in FORMATS.values() if not (without_page and t == FORMATS["html"]))


def _elsewhere(service: Service, wanted: _Wanted) -> Response:
    thing = wanted.thing
    to = thing.replacement or ""
    if not is_thing(to) or to == thing.iri:
        raise Gone(
            "{name} is no longer in use, and nothing took its place.", name=quoted(thing.slug)
        )
    ending = f".{wanted.suffix}" if wanted.suffix else ""
    return RedirectResponse(
        _address(service, to.removeprefix(THINGS), ending), 301, {"Vary": _VARY}
    )


def _links(service: Service, thing: Standing, media_type: str) -> str:
    """The other formats, the address that stays, and the thing that the document is about
    (`RFC 8288 <https://www.rfc-editor.org/rfc/rfc8288>`_)."""
    url = service.links.url("/doc/" + quote(thing.slug))
    others = [
        f'<{url}.{ending}>; rel="alternate"; type="{kind}"'
        for ending, kind in FORMATS.items()
        if kind != media_type and kind in _offers(service)
    ]
    canonical = f'<{quote(document_of(thing.iri), safe=":/")}>; rel="canonical"'
    return ", ".join((*others, canonical, f'<{quote(thing.iri, safe=":/")}>; rel="describes"'))


def _address(service: Service, slug: str, ending: str = "") -> str:
    return service.links.path("/doc/" + quote(slug) + ending)
