"""``/v1/search``: full text over what the dataset holds, and suggestions while somebody types.

The index may be a moment behind the dataset: the answer says which version it is of. What was removed
since is in no answer.
"""

from typing import Final

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from werkzaam.api.asked_forms import asked_form
from werkzaam.api.caching import cache_headers, not_modified
from werkzaam.api.demo_mark import DEMO_MARK, demo_file_name
from werkzaam.api.query_keys import asked_language, given_only, whole_number, yes_or_no
from werkzaam.api.search_asked import (
    FEW_SUGGESTIONS,
    MOST_SUGGESTIONS,
    Found,
    read_wanted,
    run,
)
from werkzaam.api.search_json import found_json, found_table, found_values, suggestion_json
from werkzaam.api.service import Service, instance_of
from werkzaam.catalogue.tables import write_csv
from werkzaam.domain.queries import Language
from werkzaam.search.entries import FACETS
from werkzaam.search.highlights import shown
from werkzaam.search.index import Index

router = APIRouter(include_in_schema=False)
FORMATS: Final = {"json": "application/json", "csv": "text/csv", "values": "text/plain"}
KEYS: Final = ("q", *FACETS, "lang", "limit", "after", "format", "bom")


@router.get("/v1/search")
def search(request: Request) -> Response:
    """What holds the words in ``q``, best first."""
    service = instance_of(request)
    given = given_only(request, *KEYS)
    language = asked_language(request, given)
    media_type = FORMATS[asked_form(request, given, FORMATS)]
    bom = yes_or_no("bom", given.get("bom", "false"))
    index = service.search.index()
    wanted = read_wanted(index, given)
    tag = index_tag(service, index, request, media_type, language)
    unchanged = not_modified(request, tag)
    if unchanged is not None:
        return unchanged
    found = run(index, wanted)
    headers = _headers(service, found, tag, {"lang": language, "format": given.get("format")})
    if media_type == FORMATS["csv"]:
        return _csv(service, found, language, headers, byte_order_mark=bom)
    if media_type == FORMATS["values"]:
        return Response(
            found_values(found), media_type="text/plain; charset=utf-8", headers=headers
        )
    return JSONResponse(found_json(service, found, language), headers=headers)


@router.get("/v1/search/suggestions")
def suggest(request: Request) -> Response:
    """Named things that the beginning of a search may mean."""
    service = instance_of(request)
    given = given_only(request, "q", "lang", "limit")
    language = asked_language(request, given)
    limit = whole_number("limit", given.get("limit", str(FEW_SUGGESTIONS)), 1)
    index = service.search.index()
    tag = index_tag(service, index, request, FORMATS["json"], language)
    asked = index.asked(given.get("q", ""), {}, named=True)
    unchanged = not_modified(request, tag)
    if unchanged is not None:
        return unchanged
    most = min(limit, MOST_SUGGESTIONS)
    entries = index.find(asked, most, count=False).entries if asked.words else ()
    body = {
        "query": given.get("q", ""),
        "version": index.version.number,
        "suggestions": [
            suggestion_json(service.links, index, shown(entry, asked, language), language)
            for entry in entries
        ],
    }
    return JSONResponse(body, headers=cache_headers(tag))


def index_tag(
    service: Service, index: Index, request: Request, media_type: str, language: str
) -> str:
    """The strong tag of an answer of ``index``, which may be behind the dataset."""
    url = f"{request.url.path}?{request.url.query}"
    removed = str(index.without_removed_upto)
    return index.version.tag(service.fingerprint, "search", removed, url, media_type, language)


def _headers(
    service: Service, found: Found, tag: str, keys: dict[str, str | None]
) -> dict[str, str]:
    """Caching, the version that was searched, and where it goes on."""
    version = {"Werkzaam-Version": str(found.index.version.number)}
    if not found.truncated:
        return {**cache_headers(tag), **version}
    wanted = found.wanted
    more = {**keys, "limit": str(wanted.limit), "after": str(found.after_these)}
    following = service.links.url("/v1/search", **wanted.given, **more)
    return {**cache_headers(tag), **version, "Link": f'<{following}>; rel="next"'}


def _csv(
    service: Service,
    found: Found,
    language: Language,
    headers: dict[str, str],
    *,
    byte_order_mark: bool,
) -> Response:
    name = demo_file_name("werkzaam-search.csv", found.index.version.demo)
    mark = DEMO_MARK if service.demo_instance else ""
    table = found_table(service, found, language)
    body = write_csv(table, byte_order_mark=byte_order_mark, mark=mark)
    headers = {**headers, "Content-Disposition": f'attachment; filename="{name}"'}
    return Response(body, media_type="text/csv; charset=utf-8; header=present", headers=headers)
