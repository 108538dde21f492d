"""``/changes.atom``: the changes as a feed, newest first
(`Atom <https://www.rfc-editor.org/rfc/rfc4287>`_, paged as in
`RFC 5005 <https://www.rfc-editor.org/rfc/rfc5005#section-3>`_).

To stay in step: begin with nothing and apply the patch of every change from 1 on, or begin with the
file of a version and apply those after it. Times are those of the changes; no clock is read.
"""

from collections.abc import Sequence
from typing import Final
from xml.etree.ElementTree import Element, SubElement, tostring

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from werkzaam.api.asked_versions import MOST_CHANGES, bounded
from werkzaam.api.caching import cache_headers, entity_tag, not_modified
from werkzaam.api.changes import FORMATS as CHANGE_FORMATS
from werkzaam.api.changes import page_of_changes
from werkzaam.api.demo_mark import DEMO_MARK
from werkzaam.api.dump_kinds import KINDS, LATEST, dump_path
from werkzaam.api.query_keys import asked_language, given_only, whole_number
from werkzaam.api.resource_formats import dated
from werkzaam.api.service import Service, service_of
from werkzaam.domain.changes import Change
from werkzaam.domain.characters import visible
from werkzaam.domain.queries import Language
from werkzaam.messages import say, translate

router = APIRouter(include_in_schema=False)

PATH: Final = "/changes.atom"
MEDIA_TYPE: Final = "application/atom+xml"
_NAMESPACE: Final = "http://www.w3.org/2005/Atom"
_AT_ONCE: Final = 50
_NEVER: Final = "1970-01-01T00:00:00Z"
_KINDS: Final = {
    "content": "New content",
    "submission": "Project data submitted",
    "withdrawal": "Project data withdrawn",
    "update": "Update by an administrator",
    "rollback": "Earlier changes undone",
}


@router.get(PATH)
def feed(request: Request) -> Response:
    """A page of the feed."""
    service = service_of(request)
    given = given_only(request, "after", "limit", "lang")
    language = asked_language(request, given)
    tag = entity_tag(service, request, MEDIA_TYPE, language)
    limit = bounded("limit", given, _AT_ONCE, MOST_CHANGES)
    after = whole_number("after", given["after"], 1) if "after" in given else None
    answer = not_modified(request, tag)
    if answer is None:
        found = page_of_changes(service, after, limit, newest_first=True)
        body = _feed(service, found, {**given, "lang": language})
        headers = {**cache_headers(tag), "Content-Language": language}
        answer = Response(body, media_type=f"{MEDIA_TYPE}; charset=utf-8", headers=headers)
    return dated(service, request, answer)


def _feed(service: Service, found: Sequence[Change], given: dict[str, str]) -> bytes:
    language: Language = "nl" if given["lang"] == "nl" else "en"
    links = service.links
    root = Element("feed", {"xmlns": _NAMESPACE, "xml:lang": language})
    _text(root, "id", links.url(PATH))
    _text(root, "title", say("Changes of Werkzaam", language))
    if service.demo:
        _text(root, "subtitle", DEMO_MARK)
    _text(root, "updated", found[0].time if found else _NEVER)
    _text(SubElement(root, "author"), "name", "Werkzaam")
    _link(root, "self", links.url(PATH, **given), MEDIA_TYPE)
    _link(root, "alternate", links.url("/changes"), "text/html")
    _link(root, "current", links.url(PATH), MEDIA_TYPE)
    if found and found[-1].number > 1:
        older = {**given, "after": str(found[-1].number)}
        _link(root, "next", links.url(PATH, **older), MEDIA_TYPE)
    whole = KINDS[0]
    latest = links.url(dump_path(LATEST, whole, packed=False))
    _link(root, "related", latest, whole.media_type)
    for change in found:
        _entry(SubElement(root, "entry"), service, change, language)
    body: bytes = tostring(root, "utf-8", xml_declaration=True)
    return body


def _entry(entry: Element, service: Service, change: Change, language: Language) -> None:
    links, number = service.links, change.number
    own = links.url(f"/v1/changes/{number}")
    kind = translate(_KINDS[change.kind], language)
    counts = service.submissions.journal.counts(number)
    told = say(
        "{added} statements were added and {removed} removed.",
        language,
        added=counts.added,
        removed=counts.removed,
    )
    _text(entry, "id", own)
    _text(entry, "title", say("Version {number}: {kind}", language, number=number, kind=kind))
    _text(entry, "updated", change.time)
    _text(entry, "published", change.time)
    message = visible(change.message).strip()
    _text(entry, "summary", f"{message}\n{told}" if message else told)
    span = {"from": str(number - 1), "to": str(number)}
    _link(entry, "alternate", links.url("/changes/diff", **span), "text/html")
    _link(entry, "alternate", own, CHANGE_FORMATS["json"])
    patch = links.url(f"/v1/changes/{number}", format="patch")
    _link(entry, "enclosure", patch, CHANGE_FORMATS["patch"])


def _text(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = text


def _link(parent: Element, relation: str, href: str, media_type: str) -> None:
    SubElement(parent, "link", {"rel": relation, "type": media_type, "href": href})
