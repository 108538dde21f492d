"""The REST interface described for programs: OpenAPI 3.1, one typed operation per question."""

import json
from typing import Final

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from werkzaam.api import (
    openapi_answers,
    openapi_changes,
    openapi_evidence_map,
    openapi_figures,
    openapi_mappings,
    openapi_queries,
    openapi_responses,
    openapi_schemas,
    openapi_search,
    openapi_why,
)
from werkzaam.api.caching import cache_headers, entity_tag, not_modified
from werkzaam.api.openapi_responses import Json, problems, success
from werkzaam.api.openapi_submissions import SECURITY_SCHEMES, TAGS, submission_paths
from werkzaam.api.service import Service, service_of
from werkzaam.ingest.mapping import mapping_names

router = APIRouter()
_NOBODY: Final = "Werkzaam (de beheerder heeft geen e-mailadres ingesteld)"
_NO_ADDRESS: Final = "niet-ingesteld@werkzaam.invalid"
"""The API Design Rules ask for an address; in this domain there never is one (`RFC 2606
<https://www.rfc-editor.org/rfc/rfc2606#section-2>`_)."""


@router.get("/v1/openapi.json", include_in_schema=False)
def describe_interface(request: Request) -> Response:
    """The description of this instance; the questions in it are the ones it answers."""
    service = service_of(request)
    tag = entity_tag(service, request, "application/json", "")
    unchanged = not_modified(request, tag)
    if unchanged is not None:
        return unchanged
    body = json.dumps(interface(service), ensure_ascii=False)
    return Response(body, media_type="application/json", headers=cache_headers(tag))


def interface(service: Service) -> Json:
    """The OpenAPI 3.1 document (`spec <https://spec.openapis.org/oas/v3.1.0>`_)."""
    return {
        "openapi": "3.1.0",
        "info": _info(service),
        "servers": [{"url": service.links.url("/v1")}],
        "tags": [
            openapi_queries.TAG,
            openapi_search.TAG,
            openapi_figures.TAG,
            *TAGS,
            openapi_mappings.TAG,
            openapi_why.TAG,
            openapi_changes.TAG,
        ],
        "paths": _paths(service),
        "components": _components(service),
    }


def _paths(service: Service) -> Json:
    names = mapping_names(service.submissions.content)
    return {
        "/openapi.json": {"get": _self_operation()},
        **openapi_queries.question_paths(service),
        **openapi_evidence_map.evidence_map_paths(service),
        **openapi_search.search_paths(),
        **openapi_figures.figure_paths(service),
        **submission_paths(names),
        **openapi_mappings.mapping_paths(names),
        **openapi_why.why_paths(),
        **openapi_changes.change_paths(service.store.version.number),
    }


def _components(service: Service) -> Json:
    return {
        "schemas": {
            **openapi_answers.SCHEMAS,
            **openapi_queries.choice_schemas(service),
            **openapi_evidence_map.SCHEMAS,
            **openapi_search.SCHEMAS,
            **openapi_figures.SCHEMAS,
            **openapi_responses.SCHEMAS,
            **openapi_schemas.SCHEMAS,
            **openapi_why.SCHEMAS,
            **openapi_changes.SCHEMAS,
        },
        "responses": openapi_queries.RESPONSES,
        "securitySchemes": SECURITY_SCHEMES,
    }


def _info(service: Service) -> Json:
    return {
        "title": "Werkzaam",
        "version": service.package_version,
        "description": "Vragen aan de kennisgraaf van de Maatschappelijke Diensttijd, en "
        "projectgegevens aanleveren. SPARQL (/sparql) en de adressen van dingen (/id, /doc) staan buiten /v1.",
        "contact": {
            "name": "Werkzaam" if service.contact_email else _NOBODY,
            "url": service.links.url("/about"),
            "email": service.contact_email or _NO_ADDRESS,
        },
        "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
    }


def _self_operation() -> Json:
    return {
        "operationId": "describe-interface",
        "tags": ["queries"],
        "summary": "Deze beschrijving",
        "responses": {
            "200": success(
                "De beschrijving", {"application/json": {"schema": {"type": "object"}}}, "ETag"
            ),
            "304": success("Niet veranderd", None, "ETag"),
            **problems({"503": "De dienst is bezet", "504": "Het antwoord kwam niet op tijd"}),
        },
    }
