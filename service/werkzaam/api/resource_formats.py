"""In which format a document about a thing is asked for, where the others are, and since when it is
as it is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from werkzaam.api.caching import cache_headers, entity_tag, held_since, not_modified
from werkzaam.api.demo_mark import marked
from werkzaam.api.links import VERSION_KEY
from werkzaam.api.negotiation import choose_media_type
from werkzaam.api.query_keys import whole_number
from werkzaam.api.service import Service
from werkzaam.domain.characters import quoted
from werkzaam.errors import BadRequest, InvalidParameter, NotFound
from werkzaam.linked_data.jsonld import NEWEST
from werkzaam.linked_data.things import document_of

FORMATS = {
    "ttl": "text/turtle",
    "jsonld": "application/ld+json",
    "nt": "application/n-triples",
    "rdf": "application/rdf+xml",
    "html": "text/html",
}
HTML = FORMATS["html"]
VARY = "Accept, Accept-Language"
PAGE_KEY = "page"
_HIDDEN = ("%2f", "%5c", "%2e", "%00")
_EXPANDED = "http://www.w3.org/ns/json-ld#expanded"
_KEPT = ("etag", "vary", "cache-control", "last-modified", "content-security-policy", "link")


@dataclass(frozen=True)
class Named:
    """What an address may name: the ``names`` it can have, and the format that its suffix asks for,
    which counts only where it is the first of these that is there."""

    names: Sequence[str]
    suffix: str | None

    def format_of(self, name: str) -> str | None:
        """The format that the suffix asks for, once ``name`` was found."""
        return self.suffix if name == self.names[0] else None


def refuse_hidden(request: Request) -> None:
    """Slashes and dots that are written as something else name nothing. Raises NotFound."""
    raw = request.scope.get("raw_path", b"").decode("latin-1").lower()
    if any(code in raw for code in _HIDDEN):
        raise NotFound("There is nothing at this address: it hides a slash, a dot or a NUL.")


def named_by(path: str) -> Named:
    """What ``path`` may name. A suffix wins; a name that itself ends like one is found all the same."""
    name, _, ending = path.rpartition(".")
    if ending not in FORMATS:
        return Named([path], None)
    return Named([name, path], ending) if name else Named([path], None)


def chosen_type(service: Service, request: Request, suffix: str | None) -> str:
    """The media type by suffix, ``format`` or Accept. Raises NotAcceptable, BadRequest."""
    asked = suffix or _format(request)
    if asked is None:
        return choose_media_type(request.headers.get("accept"), offers(service))
    return choose_media_type(FORMATS[asked], offers(service))


def kept_keys(request: Request) -> dict[str, str | None]:
    """What of the address of a document goes with it to its other formats: the page, and the version
    where one is named."""
    given = request.query_params
    return {name: given[name] for name in (PAGE_KEY, VERSION_KEY) if name in given}


def asked_page(request: Request) -> int:
    """The number of the page that is asked for, from 1. Raises BadRequest."""
    given = request.query_params.getlist(PAGE_KEY)
    if len(given) > 1:
        raise BadRequest(
            "The parameter {name} is given {count} times. Give it once.",
            name=PAGE_KEY,
            count=len(given),
        )
    return whole_number(PAGE_KEY, given[0], 1) if given else 1


def context_for(service: Service, request: Request) -> str | None:
    """The address of the JSON-LD context of an answer; None where the caller wants none
    (`JSON-LD 1.1 §6.1 <https://www.w3.org/TR/json-ld11/#iana-considerations>`_)."""
    if _EXPANDED in request.headers.get("accept", ""):
        return None
    return service.links.url(f"/def/context/{NEWEST}.jsonld")


def alternates(service: Service, path: str, media_type: str, **keys: str | None) -> list[str]:
    """Links to the document at ``path`` in the other formats, with the ``keys`` of the address
    (`RFC 8288 <https://www.rfc-editor.org/rfc/rfc8288>`_)."""
    return [
        f'<{service.links.url(f"{quote(path)}.{ending}", **keys)}>; rel="alternate"; type="{kind}"'
        for ending, kind in FORMATS.items()
        if kind != media_type and kind in offers(service)
    ]


def page_links(
    service: Service, path: str, media_type: str, pages: Sequence[tuple[str, int | None]]
) -> list[str]:
    """Links to other pages of the document at ``path`` in the same format, by their relation. They
    are of the version that is served: whoever follows them reads one document, whatever changes."""
    ending = next(name for name, kind in FORMATS.items() if kind == media_type)
    address, version = f"{quote(path)}.{ending}", version_served(service)
    return [
        f'<{service.links.url(address, page=str(number), version=version)}>; rel="{relation}"'
        for relation, number in pages
        if number is not None
    ]


def version_served(service: Service) -> str:
    """The number of the version that ``service`` is on, as it stands in an address."""
    return str(service.store.version.number)


def standing_links(iri: str) -> list[str]:
    """Links to the address of the document that stays, and to the thing that it is about."""
    document, thing = (quote(one, safe=":/") for one in (document_of(iri), iri))
    return [f'<{document}>; rel="canonical"', f'<{thing}>; rel="describes"']


def graph_answer(
    service: Service, request: Request, media_type: str, body: Callable[[str | None], bytes]
) -> Response:
    """What ``body`` makes, given the address of the JSON-LD context; 304 where the caller has it."""
    context = context_for(service, request) if media_type == FORMATS["jsonld"] else None
    tag = entity_tag(service, request, media_type, context or "")
    unchanged = not_modified(request, tag)
    if unchanged is not None:
        return unchanged
    made = body(context)
    if service.demo:
        made = marked(made, media_type, service.links)
    charset = "; charset=utf-8" if media_type.startswith("text/") else ""
    return Response(made, media_type=media_type + charset, headers=cache_headers(tag, VARY))


def dated(service: Service, request: Request, answer: Response) -> Response:
    """``answer`` with the time of the version that it is on, in seconds; 304 where the caller has one
    since then and says no more (`RFC 9110 §13.1.3 <https://www.rfc-editor.org/rfc/rfc9110#section-13.1.3>`_)."""
    made = _made_at(service)
    if made is None or answer.status_code not in (200, 304):
        return answer
    answer.headers["Last-Modified"] = format_datetime(made, usegmt=True)
    if answer.status_code == 304 or not is_fresh(service, request):
        return answer
    kept = {name: answer.headers[name] for name in _KEPT if name in answer.headers}
    return Response(status_code=304, headers=kept)


def is_fresh(service: Service, request: Request) -> bool:
    """Whether the caller has an answer since the version was made, and says no more than that."""
    made, since = _made_at(service), held_since(request)
    return made is not None and since is not None and made <= since


def offers(service: Service) -> tuple[str, ...]:
    """The media types that there are, the one for a caller who does not mind first."""
    without_page = service.resource_page is None
    return tuple(t for t in FORMATS.values() if not (without_page and t == HTML))


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


def _made_at(service: Service) -> datetime | None:
    """When the version was made, in whole seconds; None for one that no change made."""
    try:
        change = service.submissions.journal.change(service.store.version.number)
    except NotFound:
        return None
    return datetime.fromisoformat(change.time).replace(microsecond=0)
