"""``/v1/changes`` and ``/v1/diff``: what happened to the dataset, and what differs between versions.

Neither who made a change nor the file it came from is published: they may name a person. Nor is its
hash, from which such a name could be guessed.
"""

from typing import Final

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from werkzaam.api.asked_versions import MOST_CHANGES, asked_change, asked_span, bounded
from werkzaam.api.caching import cache_headers, entity_tag, not_modified
from werkzaam.api.changes_json import change_json, changes_json, difference_json
from werkzaam.api.demo_mark import DEMO_MARK, demo_file_name
from werkzaam.api.negotiation import choose_media_type
from werkzaam.api.query_keys import asked_language, given_only, whole_number
from werkzaam.api.service import Service, service_of
from werkzaam.domain.changes import Change, ChangeData
from werkzaam.domain.characters import quoted
from werkzaam.errors import InvalidParameter
from werkzaam.linked_data.changed import called, changed
from werkzaam.store.journal_patch import write_patch

router = APIRouter(include_in_schema=False)
FORMATS: Final = {"json": "application/json", "patch": "application/rdf-patch"}
ORDERS: Final = ("oldest", "newest")


@router.get("/v1/changes")
def list_changes(request: Request) -> Response:
    """The changes, oldest or newest first."""
    service = service_of(request)
    given = given_only(request, "after", "limit", "order", "lang")
    language = asked_language(request, given)
    tag = entity_tag(service, request, FORMATS["json"], language)
    order = _one_of("order", given.get("order", ORDERS[0]), ORDERS)
    limit = bounded("limit", given, MOST_CHANGES, MOST_CHANGES)
    after = whole_number("after", given["after"], 0) if "after" in given else None
    unchanged = not_modified(request, tag)
    if unchanged is not None:
        return unchanged
    found = page_of_changes(service, after, limit, newest_first=order == "newest")
    body = changes_json(service, found, order, limit)
    headers = {**cache_headers(tag), **_link(body["next"])}
    return JSONResponse(body, headers=headers)


@router.get("/v1/changes/{number}")
def show_change(request: Request, number: str) -> Response:
    """One change: what kind it is and how much it changed, or its quads as RDF Patch."""
    service = service_of(request)
    given = given_only(request, "format", "lang")
    language = asked_language(request, given)
    media_type = _media_type(request, given)
    tag = entity_tag(service, request, media_type, language)
    change = asked_change(service, number)
    unchanged = not_modified(request, tag)
    if unchanged is not None:
        return unchanged
    if media_type == FORMATS["patch"]:
        data = service.submissions.journal.data(change.number)
        answer = _patch(service, data, change.number - 1, change.number, tag)
        answer.headers.update(_neighbours(service, change.number))
        return answer
    return JSONResponse(change_json(service, change), headers=cache_headers(tag))


@router.get("/v1/diff")
def compare(request: Request) -> Response:
    """What differs between two versions: by thing, or as RDF Patch."""
    service = service_of(request)
    given = given_only(request, "from", "to", "after", "limit", "format", "lang")
    language = asked_language(request, given)
    media_type = _media_type(request, given)
    tag = entity_tag(service, request, media_type, language)
    span = asked_span(service, given)
    unchanged = not_modified(request, tag)
    if unchanged is not None:
        return unchanged
    data = service.differences.between(span.before, span.after)
    if media_type == FORMATS["patch"]:
        return _patch(service, data, span.before, span.after, tag)
    found = changed(data, span.skip, span.limit)
    body = difference_json(service, span, found, called(service.store, found.things), language)
    return JSONResponse(body, headers={**cache_headers(tag), **_link(body["next"])})


def page_of_changes(
    service: Service, after: int | None, limit: int, *, newest_first: bool
) -> tuple[Change, ...]:
    """At most ``limit`` changes of the version that is served: those after number ``after`` in that
    order, None: from the start."""
    journal, last = service.submissions.journal, service.store.version.number
    if newest_first:
        return journal.changes_back(min(after or last + 1, last + 1), limit) if after != 0 else ()
    return tuple(one for one in journal.changes(after or 0, limit) if one.number <= last)


def _media_type(request: Request, given: dict[str, str]) -> str:
    if "format" in given:
        return FORMATS[_one_of("format", given["format"], tuple(FORMATS))]
    return choose_media_type(request.headers.get("accept"), tuple(FORMATS.values()))


def _one_of(name: str, value: str, choices: tuple[str, ...]) -> str:
    if value not in choices:
        raise InvalidParameter(
            name,
            choices,
            "{name} is {value}. Choose one of: {choices}.",
            value=quoted(value),
            choices=", ".join(choices),
        )
    return value


def _patch(service: Service, data: ChangeData, before: int, after: int, tag: str) -> Response:
    name, previous = (
        f"<{service.links.url(f'/v1/changes/{number}')}>" if number else None
        for number in (after, before)
    )
    demo = service.store.version.demo
    mark = f"# {DEMO_MARK}\n".encode() if demo else b""
    file = demo_file_name(f"werkzaam-{before}-{after}.rdfp", demo)
    headers = {**cache_headers(tag), "Content-Disposition": f'attachment; filename="{file}"'}
    body = mark + write_patch(data, name=name, previous=previous)
    return Response(body, media_type=FORMATS["patch"], headers=headers)


def _neighbours(service: Service, number: int) -> dict[str, str]:
    """Where the patches before and after this one are: who applies all, from 1 on, has the dataset."""
    around = {"prev": number - 1, "next": number + 1}
    found = [
        f'<{service.links.url(f"/v1/changes/{other}", format="patch")}>; rel="{relation}"'
        for relation, other in around.items()
        if 1 <= other <= service.store.version.number
    ]
    return {"Link": ", ".join(found)} if found else {}


def _link(following: str | None) -> dict[str, str]:
    return {"Link": f'<{following}>; rel="next"'} if following else {}
