"""What does not fit on the first page about a thing, a page at a time; and where it is as data."""

from urllib.parse import quote

from starlette.requests import Request

from werkzaam.api.links import VERSION_KEY, Links
from werkzaam.api.resource_formats import (
    FORMATS,
    PAGE_KEY,
    asked_page,
    kept_keys,
    version_served,
)
from werkzaam.api.service import Service
from werkzaam.linked_data.edges import MOST_EDGES, edge_page
from werkzaam.linked_data.names import names_of
from werkzaam.linked_data.statements import TYPE
from werkzaam.linked_data.things import Standing, address_of
from werkzaam.web.languages import languages_of
from werkzaam.web.naming import Naming
from werkzaam.web.pieces import Named
from werkzaam.web.resource_pieces import EdgeRow, EdgesPage
from werkzaam.web.resource_words import model_words
from werkzaam.web.wording import say

_FORMAT_NAMES = {
    "ttl": "Turtle",
    "jsonld": "JSON-LD",
    "nt": "N-Triples",
    "rdf": "RDF/XML",
    "html": "HTML",
}


def edges_page(service: Service, request: Request, thing: Standing) -> EdgesPage:
    """The page in the address of all that is said of ``thing``. Raises NotFound."""
    languages = languages_of(request)
    found = edge_page(service.store, thing.iri, asked_page(request))
    values = [edge.other.value for edge in found.edges if edge.other.kind == "uri"]
    names = names_of(service.store, (thing.iri, *(e.property for e in found.edges), *values))
    naming = Naming(names, service.links, languages)
    address = quote(address_of(thing.iri))
    words = {**model_words(languages.interface), TYPE: say("type", languages.interface)}

    def called(name: str) -> Named:
        return Named(words[name], iri=name) if name in words else naming.named(name)

    def way(number: int | None) -> str:
        keys = {PAGE_KEY: str(number), VERSION_KEY: version_served(service)}
        return service.links.path(address, **keys) if number else ""

    start = (found.number - 1) * MOST_EDGES
    return EdgesPage(
        title=naming.named(thing.iri),
        home=service.links.path(address),
        number=found.number,
        pages=found.pages,
        first=start + 1,
        last=start + len(found.edges),
        count=found.count,
        rows=[
            EdgeRow(
                edge.incoming,
                called(edge.property),
                naming.value(edge.other),
            )
            for edge in found.edges
        ],
        previous=way(found.previous),
        next=way(found.next),
        formats=formats(service.links, address, **kept_keys(request)),
    )


def formats(links: Links, address: str, **keys: str | None) -> list[Named]:
    """The same document for programs, by media type, with the ``keys`` of its address."""
    return [
        Named(_FORMAT_NAMES[ending], links.path(f"{address}.{ending}", **keys), iri=kind)
        for ending, kind in FORMATS.items()
    ]
