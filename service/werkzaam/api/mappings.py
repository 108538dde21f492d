"""``/v1/mappings``: how a spreadsheet of project data must look, and an empty one to fill in."""

import codecs
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from werkzaam.api.caching import cache_headers, entity_tag, not_modified
from werkzaam.api.query_keys import asked_language, given_only, yes_or_no
from werkzaam.api.service import Service, service_of
from werkzaam.domain.queries import Language
from werkzaam.ingest.mapping import TableMapping, mapping_names, read_mapping, template

router = APIRouter(include_in_schema=False)


@router.get("/v1/mappings")
def list_mappings(request: Request) -> Response:
    """Every mapping with its columns and where its empty table is."""
    service = service_of(request)
    language = asked_language(request, given_only(request, "lang"))
    tag = entity_tag(service, request, "application/json", language)
    unchanged = not_modified(request, tag)
    if unchanged is not None:
        return unchanged
    content = service.submissions.content
    found = [
        _json(service, read_mapping(content, name), language) for name in mapping_names(content)
    ]
    return JSONResponse({"mappings": found}, headers=cache_headers(tag))


@router.get("/v1/mappings/{name}/template")
def empty_table(request: Request, name: str) -> Response:
    """The titles of the columns as CSV, in the language of the caller; ``bom=true`` for Excel."""
    service = service_of(request)
    mapping = read_mapping(service.submissions.content, name)
    given = given_only(request, "lang", "bom")
    language, marked = asked_language(request, given), yes_or_no("bom", given.get("bom", "false"))
    tag = entity_tag(service, request, "text/csv", language)
    headers = {
        **cache_headers(tag),
        "Content-Disposition": f'attachment; filename="werkzaam-{mapping.name}.csv"',
        "Content-Language": language,
    }
    data = template(mapping, language)
    body = data if marked else data.removeprefix(codecs.BOM_UTF8)
    return not_modified(request, tag) or Response(
        body, media_type="text/csv; charset=utf-8; header=present", headers=headers
    )


def _json(service: Service, mapping: TableMapping, language: Language) -> dict[str, Any]:
    return {
        "name": mapping.name,
        "version": mapping.version,
        "title": mapping.title.in_(language),
        "columns": [
            {
                "name": column.name,
                "title": column.title(language),
                "titles": list(column.titles["nl"] + column.titles["en"]),
                "required": column.required,
                "datatype": column.datatype,
                "separator": column.separator,
            }
            for column in mapping.columns
        ],
        "template": service.links.url(f"/v1/mappings/{mapping.name}/template", lang=language),
    }
