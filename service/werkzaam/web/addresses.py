"""Which IRIs from the graph may become links, and where these lead."""

from urllib.parse import urlsplit

from werkzaam.api.links import Links
from werkzaam.domain.identifiers import BASE
from werkzaam.linked_data.things import is_term, is_thing


def thing_href(iri: str, links: Links) -> str:
    """Where this instance answers for ``iri``, a thing of ours; empty for any other IRI."""
    return links.of_thing(iri) or "" if is_thing(iri) else ""


def href_of(iri: str, links: Links) -> str:
    """As ``thing_href``, and where the meaning of a term of ours stands; a web address outside our names
    leads where it says.

    Empty for everything else: a scheme that is not http, or a name of ours that has no page.
    """
    if is_term(iri):
        return links.of_thing(iri) or ""
    outside = not iri.startswith(BASE) and _is_web_address(iri)
    return thing_href(iri, links) or (iri if outside else "")


def _is_web_address(iri: str) -> bool:
    try:
        parts = urlsplit(iri)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def why_address(subject: str, predicate: str, value: str, links: Links) -> str:
    """The page that says why a triple is in the dataset; ``value`` is an IRI, or a literal in
    N-Triples."""
    return links.path("/why", subject=subject, predicate=predicate, object=value)
