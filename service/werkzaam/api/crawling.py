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

router = APIRouter(include_in_schema=False)

MOST_IN_ONE: Final = 50_000
"""Addresses in one sitemap, as the protocol has it."""
_XML: Final = "application/xml"
_NAMESPACE: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"
_PAGES: Final = ("/", "/map", "/model", "/journey", "/queries", "/changes", "/submit", "/about")
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
    places = [service.links.url(f"/sitemap-{part}.xml") for part in parts]
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


def _pages(service: Service) -> Iterator[str]:
    yield from (service.links.url(page) for page in _PAGES)
    for query in service.catalogue.all():
        yield service.links.url(f"/queries/{quote(query.name)}")


def _documents(service: Service, part: int) -> Iterator[str]:
    for iri in addressed_things(service.store, MOST_IN_ONE, (part - 1) * MOST_IN_ONE):
        yield service.links.url("/doc/" + quote(iri.removeprefix(THINGS)))


def _listed(
    service: Service, request: Request, root: str, item: str, places: Iterable[str]
) -> Response:
    """``places`` as a sitemap. All that a page shows may change with a version, so each was last changed
    when that was made."""
    tag = entity_tag(service, request, _XML, root)
    unchanged = not_modified(request, tag)
    if unchanged is not None:
        return dated(service, request, unchanged)
    version = service.store.version.number
    time = service.submissions.journal.change(version).time if version else ""
    whole = Element(root, {"xmlns": _NAMESPACE})
    for place in places:
        entry = SubElement(whole, item)
        SubElement(entry, "loc").text = place
        if time:
            SubElement(entry, "lastmod").text = time
    body = tostring(whole, "utf-8", xml_declaration=True)
    answer = Response(body, media_type=_XML, headers=cache_headers(tag))
    return dated(service, request, answer)
