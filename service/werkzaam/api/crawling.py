"""``/robots.txt`` and ``/sitemap.xml``: what search engines may visit, and where it is
(`Robots Exclusion Protocol <https://www.rfc-editor.org/rfc/rfc9309>`_,
`Sitemaps <https://www.sitemaps.org/protocol.html>`_).

Only pages that stay are listed, each by the one address it has. A demo is closed to them: made-up
data must not be found as if it were true.
"""

from collections.abc import Iterable, Iterator
from typing import Final
from urllib.parse import quote
from xml.etree.ElementTree import Element, SubElement, tostring

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from werkzaam.api.caching import cache_headers, entity_tag, not_modified
from werkzaam.api.query_keys import given_only
from werkzaam.api.resource_formats import dated
from werkzaam.api.service import Service, service_of
from werkzaam.domain.characters import quoted
from werkzaam.domain.identifiers import THINGS
from werkzaam.errors import NotFound
from werkzaam.linked_data.addressed import addressed_things, count_of_things
from werkzaam.linked_data.graphs import graphs_of
from werkzaam.linked_data.things import address_of

router = APIRouter(include_in_schema=False)

MOST_IN_ONE: Final = 50_000
"""Addresses in one sitemap, as the protocol has it."""
Place = tuple[str, str]
"""An address, and when what is there last changed; empty where that is not known."""
_XML: Final = "application/xml"
_NAMESPACE: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"
_CHANGES: Final = "/changes"
_PAGES: Final = (
    *("/", "/map", "/model", "/journey", "/queries", "/search", _CHANGES, "/submit", "/about"),
    "/def",
)
_CLOSED: Final = (
    *("/sparql?", "/search?", "/v1/", "/rdf-graph-store", "/changes/diff", "/why", "/figures/"),
    *("/*?*version=", "/*?*format="),
)


@router.get("/robots.txt")
def robots(request: Request) -> Response:
    """What robots may visit."""
    service = service_of(request)
    lines = ["User-agent: *"]
    if service.demo:
        lines += ["Disallow: /"]
    else:
        lines += [f"Disallow: {service.links.path(place)}" for place in _CLOSED]
        lines += [f"Allow: {service.links.path('/v1/openapi.json')}"]
        lines += ["", f"Sitemap: {service.links.url('/sitemap.xml')}"]
    tag = entity_tag(service, request, "text/plain", str(service.demo))
    answer = not_modified(request, tag)
    body = "\n".join(lines) + "\n"
    return answer or Response(body, media_type="text/plain", headers=cache_headers(tag))


@router.get("/sitemap.xml")
def sitemap_index(request: Request) -> Response:
    """Where the parts of the sitemap are."""
    service = service_of(request)
    given_only(request)
    parts = range(_parts(service) + 1)
    time = _time(service)
    places = [(service.links.url(f"/sitemap-{part}.xml"), time) for part in parts]
    return _listed(service, request, "sitemapindex", "sitemap", places)


@router.get("/sitemap-{part}.xml")
def sitemap(request: Request, part: str) -> Response:
    """Part 0: pages and questions; each of the others: documents about things."""
    service = service_of(request)
    given_only(request)
    last = _parts(service)
    known = part.isascii() and part.isdecimal() and len(part) <= len(str(last))
    if not known or int(part) > last:
        raise NotFound(
            "There is no part {part} of the sitemap. There are parts 0 to {last}.",
            part=quoted(part),
            last=last,
        )
    places = _pages(service) if int(part) == 0 else _documents(service, int(part))
    return _listed(service, request, "urlset", "url", places)


def _parts(service: Service) -> int:
    return -(-count_of_things(service.store) // MOST_IN_ONE)


def _pages(service: Service) -> Iterator[Place]:
    """Of the changes alone it is known when they last changed: of other pages, a version may have
    changed anything or nothing."""
    for page in _PAGES:
        yield service.links.url(page), _time(service) if page == _CHANGES else ""
    for graph in graphs_of(service.store):
        yield service.links.url(quote(address_of(graph.iri))), ""
    for query in service.catalogue.all():
        yield service.links.url(f"/queries/{quote(query.name)}"), ""


def _documents(service: Service, part: int) -> Iterator[Place]:
    for iri in addressed_things(service.store, MOST_IN_ONE, (part - 1) * MOST_IN_ONE):
        yield service.links.url("/doc/" + quote(iri.removeprefix(THINGS))), ""


def _time(service: Service) -> str:
    version = service.store.version.number
    return service.submissions.journal.change(version).time if version else ""


def _listed(
    service: Service, request: Request, root: str, item: str, places: Iterable[Place]
) -> Response:
    """``places`` as a sitemap."""
    tag = entity_tag(service, request, _XML, root)
    unchanged = not_modified(request, tag)
    if unchanged is not None:
        return dated(service, request, unchanged)
    whole = Element(root, {"xmlns": _NAMESPACE})
    for place, time in places:
        entry = SubElement(whole, item)
        SubElement(entry, "loc").text = place
        if time:
            SubElement(entry, "lastmod").text = time
    body = tostring(whole, "utf-8", xml_declaration=True)
    answer = Response(body, media_type=_XML, headers=cache_headers(tag))
    return dated(service, request, answer)
