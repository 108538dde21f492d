"""The REST interface described for programs: OpenAPI 3.1, one typed operation per question."""

import json

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from werkzaam.api import (
    openapi_changes,
    openapi_figures,
    openapi_mappings,
    openapi_responses,
    openapi_schemas,
    openapi_why,
)
from werkzaam.api.answers_json import parameter_schema
from werkzaam.api.caching import cache_headers, entity_tag, not_modified
from werkzaam.api.openapi_responses import Json, json_of, problems, query_key, success
from werkzaam.api.openapi_submissions import SECURITY_SCHEMES, TAGS, submission_paths
from werkzaam.api.queries import FORMATS
from werkzaam.api.service import Service, service_of
from werkzaam.domain.queries import LANGUAGES, CataloguedQuery
from werkzaam.ingest.mapping import mapping_names

router = APIRouter()

_ROW_CELL: Json = {
    "type": "object",
    "required": ["value", "type"],
    "properties": {
        "value": {"type": "string"},
        "type": {"type": "string", "enum": ["uri", "literal", "bnode"]},
        "datatype": {"type": ["string", "null"]},
        "lang": {"type": ["string", "null"]},
        "label": {"type": ["string", "null"]},
        "figure": {
            "type": "string",
            "format": "uri",
            "description": "Waar de verantwoording staat",
        },
    },
}


@router.get("/v1/openapi.json", include_in_schema=False)
def describe_interface(request: Request) -> Response:
    """The description of this instance; the questions in it are the ones it answers."""
    service = service_of(request)
    tag = entity_tag(service, request, "application/json", "")
    body = json.dumps(interface(service), ensure_ascii=False, indent=1)
    return not_modified(request, tag) or Response(
        body, media_type="application/json", headers=cache_headers(tag)
    )


def interface(service: Service) -> Json:
    """The OpenAPI 3.1 document (`spec <https://spec.openapis.org/oas/v3.1.0>`_)."""
    paths: Json = {
        "/queries": {"get": _list_operation()},
        "/openapi.json": {"get": _self_operation()},
    }
    paths |= openapi_figures.figure_paths()
    names = mapping_names(service.submissions.content)
    paths |= submission_paths(names) | openapi_mappings.mapping_paths(names)
    paths |= openapi_why.why_paths()
    paths |= openapi_changes.change_paths()
    for query in service.catalogue.all():
        paths[f"/queries/{query.name}"] = {"get": _operation(service, query)}
    return {
        "openapi": "3.1.0",
        "info": _info(service),
        "servers": [{"url": service.links.url("/v1")}],
        "tags": [
            {"name": "queries", "description": "Vragen uit de catalogus"},
            openapi_figures.TAG,
            *TAGS,
            openapi_mappings.TAG,
            openapi_why.TAG,
            openapi_changes.TAG,
        ],
        "paths": paths,
        "components": {
            "schemas": {
                "Cell": _ROW_CELL,
                "Answer": _answer_schema(),
                **openapi_figures.SCHEMAS,
                **openapi_responses.SCHEMAS,
                **openapi_schemas.SCHEMAS,
                **openapi_why.SCHEMAS,
                **openapi_changes.SCHEMAS,
            },
            "securitySchemes": SECURITY_SCHEMES,
        },
    }


def _info(service: Service) -> Json:
    return {
        "title": "Werkzaam",
        "version": service.package_version,
        "description": "Vragen aan de kennisgraaf van de Maatschappelijke Diensttijd, en "
        "projectgegevens aanleveren. SPARQL (/sparql) en de adressen van dingen (/id, /doc) staan buiten /v1.",
        "contact": {
            "name": "Werkzaam",
            "url": service.links.url("/about"),
            **({"email": service.contact_email} if service.contact_email else {}),
        },
        "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
    }


def _operation(service: Service, query: CataloguedQuery) -> Json:
    own = [
        {
            "name": parameter.name,
            "in": "query",
            "required": parameter.required,
            "description": parameter.label.nl,
            "schema": parameter_schema(parameter, service.catalogue.choices(parameter)),
        }
        for parameter in query.parameters
        if parameter.type != "language"
    ]
    text = {"schema": {"type": "string"}}
    return {
        "operationId": query.name.replace("/", "-"),
        "tags": ["queries"],
        "summary": query.question.nl,
        "description": query.description.nl,
        "parameters": own + _shared_parameters(),
        "responses": _responses(
            {
                **json_of("Answer"),
                "text/csv": text,
                FORMATS["srj"]: {"schema": {"type": "object"}},
            }
        ),
    }


def _shared_parameters() -> list[Json]:
    shared: list[tuple[str, str, Json]] = [
        ("lang", "Taal van de inhoud", {"type": "string", "enum": list(LANGUAGES)}),
        ("format", "Vorm van het antwoord", {"type": "string", "enum": list(FORMATS)}),
        ("version", "Versie van de dataset", {"type": "integer"}),
        ("limit", "Hoogste aantal rijen", {"type": "integer", "minimum": 1}),
        ("after", "Begin na dit rijnummer", {"type": "integer", "minimum": 0}),
        ("bom", "CSV met een byte order mark", {"type": "boolean"}),
    ]
    return [query_key(name, words, schema) for name, words, schema in shared]


def _list_operation() -> Json:
    listed = {
        "type": "object",
        "properties": {"queries": {"type": "array", "items": {"type": "object"}}},
    }
    return {
        "operationId": "list-queries",
        "tags": ["queries"],
        "summary": "Alle vragen uit de catalogus",
        "parameters": _shared_parameters()[:1],
        "responses": _responses({"application/json": {"schema": listed}}),
    }


def _self_operation() -> Json:
    return {
        "operationId": "describe-interface",
        "tags": ["queries"],
        "summary": "Deze beschrijving",
        "responses": _responses({"application/json": {"schema": {"type": "object"}}}),
    }


def _responses(content: Json) -> Json:
    refusals = {
        "400": "Een parameter is onbekend of onbruikbaar",
        "404": "Er is geen vraag met deze naam",
        "503": "De dienst is bezet",
        "504": "Het antwoord kwam niet op tijd",
    }
    return {
        "200": success("Het antwoord", content, "ETag"),
        "304": success("Niet veranderd", None, "ETag"),
        **problems(refusals),
    }


def _answer_schema() -> Json:
    cell = {"$ref": "#/components/schemas/Cell"}
    column = {
        "type": "object",
        "required": ["name", "label", "role"],
        "properties": {key: {"type": "string"} for key in ("name", "label", "role")},
    }
    return {
        "type": "object",
        "required": ["query", "version", "parameters", "columns", "rows", "truncated", "limits"],
        "properties": {
            "query": {"type": "string"},
            "version": {"type": "integer"},
            "parameters": {"type": "object", "additionalProperties": {"type": "string"}},
            "columns": {"type": "array", "items": column},
            "rows": {
                "type": "array",
                "items": {"type": "object", "additionalProperties": cell},
            },
            "truncated": {"type": "boolean"},
            "limits": {"type": "object"},
        },
    }
