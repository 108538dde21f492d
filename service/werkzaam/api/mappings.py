"""``/v1/mappings``: how a spreadsheet of project data must look, and an empty one to fill in."""

import codecs
from threading import Event
from typing import Any, Final

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from werkzaam.api.asked_forms import asked_form
from werkzaam.api.caching import cache_headers, entity_tag, not_modified
from werkzaam.api.query_keys import asked_language, given_only, yes_or_no
from werkzaam.api.service import Service, service_of
from werkzaam.domain.queries import Language
from werkzaam.ingest.export_process import ExportForm, run_export
from werkzaam.ingest.formats import XLSX
from werkzaam.ingest.mapping import TableMapping, mapping_names, read_mapping, template
from werkzaam.ingest.template_about import AboutTemplate

router = APIRouter(include_in_schema=False)

TEMPLATE_FORMS: Final = {"csv": "text/csv", "xlsx": XLSX}
"""What an empty table can be had as, by the value of ``format``; the first is the default."""

RECORD_FORMS: Final = {"xlsx": XLSX, "json": "application/json"}
"""What the records in force can be had as, by the value of ``format``; the first is the default."""


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
    """A table to fill in, in the language of the caller: the titles of the columns as CSV
    (``bom=true`` for Excel), or a workbook with lists to choose from and help."""
    service = service_of(request)
    mapping = read_mapping(service.submissions.content, name)
    given = given_only(request, "lang", "bom", "format")
    language, marked = asked_language(request, given), yes_or_no("bom", given.get("bom", "false"))
    kind = asked_form(request, given, TEMPLATE_FORMS)
    tag = entity_tag(service, request, TEMPLATE_FORMS[kind], language)
    headers = {
        **cache_headers(tag),
        "Content-Disposition": f'attachment; filename="werkzaam-{mapping.name}.{kind}"',
        "Content-Language": language,
    }
    unchanged = not_modified(request, tag)
    if unchanged is not None:
        return unchanged
    if kind == "xlsx":
        return Response(
            workbook_to_fill_in(service, name, language), media_type=XLSX, headers=headers
        )
    data = template(mapping, language)
    body = data if marked else data.removeprefix(codecs.BOM_UTF8)
    kind = "text/csv; charset=utf-8; header=present"
    return Response(body, media_type=kind, headers=headers)


@router.get("/v1/mappings/{name}/records")
async def records_of(request: Request, name: str) -> Response:
    """The records in force as a table that can be mended and sent in again: a workbook like the
    template, or JSON."""
    service = service_of(request)
    content = service.submissions.content
    given = given_only(request, "lang", "format")
    language = asked_language(request, given)
    kind = asked_form(request, given, RECORD_FORMS)
    read_mapping(content, name)
    tag = entity_tag(service, request, RECORD_FORMS[kind], language)
    unchanged = not_modified(request, tag)
    if unchanged is not None:
        return unchanged
    headers = {
        **cache_headers(tag),
        "Content-Disposition": f'attachment; filename="werkzaam-{name}.{kind}"',
        "Content-Language": language,
    }
    form: ExportForm = "json" if kind == "json" else "xlsx"

    def answer(stop: Event) -> Response:
        about = AboutTemplate(service.package_version, service.store.version.number)
        records = service.submissions.journal.records_state()
        asked = (content, records, name, form, language, about)
        data = run_export(*asked, demo=service.demo, stop=stop)
        return Response(data, media_type=RECORD_FORMS[kind], headers=headers)

    turn = service.places.line_up("anonymous preview")
    return await turn.while_connected(request, answer)


def workbook_to_fill_in(service: Service, name: str, language: Language) -> bytes:
    """The workbook for the mapping ``name`` with the lists of the version that is served.

    Raises NotFound for an unknown mapping.
    """
    from werkzaam.ingest.template_workbook import (
        template_workbook,  # only here: it takes long to load
    )

    about = AboutTemplate(service.package_version, service.store.version.number)
    return template_workbook(service.submissions.content, name, language, about, service.demo)


def _json(service: Service, mapping: TableMapping, language: Language) -> dict[str, Any]:
    where = f"/v1/mappings/{mapping.name}/template"
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
        "template": service.links.url(where, lang=language),
        "workbook": service.links.url(where, lang=language, format="xlsx"),
        "records": service.links.url(f"/v1/mappings/{mapping.name}/records", lang=language),
    }
