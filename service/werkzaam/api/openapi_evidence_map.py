"""``/evidence-map`` as OpenAPI describes it."""

from typing import Final

from werkzaam.api.evidence_map import PROJECTS, QUESTIONS
from werkzaam.api.openapi_queries import TAG, own_keys
from werkzaam.api.openapi_responses import (
    Json,
    json_of,
    problems,
    query_key,
    success,
    version_key,
)
from werkzaam.api.service import Service
from werkzaam.domain.queries import LANGUAGES

_ROW: Final[Json] = {
    "type": "object",
    "additionalProperties": {"$ref": "#/components/schemas/Cell"},
}
_ROWS: Final[Json] = {"type": "array", "items": _ROW}
_ADDRESS: Final[Json] = {"type": "string", "format": "uri"}
_ELEMENT: Final[Json] = {
    "type": "object",
    "required": ["element", "url", "goals", "assessments", "projects"],
    "properties": {
        "element": {"$ref": "#/components/schemas/Cell"},
        "url": _ADDRESS,
        "goals": {**_ROWS, "description": "De doelen waaronder documenten het element noemen"},
        "assessments": {
            **_ROWS,
            "description": "Wat documenten van het element in MDT zeggen; leeg: niets gevonden",
        },
        "projects": {**_ROW, "description": "Wat de geladen projectgegevens ervan zeggen"},
    },
}
_ANSWER: Final[Json] = {
    "type": "object",
    "required": ["query", "answer", "limits"],
    "properties": {
        "query": {"type": "string"},
        "answer": _ADDRESS,
        "limits": {"$ref": "#/components/schemas/Limits"},
    },
}
SCHEMAS: Final[Json] = {
    "EvidenceMap": {
        "type": "object",
        "required": ["version", "parameters", "elements", "answers", "page"],
        "properties": {
            "version": {"type": "integer", "minimum": 0},
            "demo": {"type": "string"},
            "parameters": {"type": "object", "additionalProperties": {"type": "string"}},
            "elements": {"type": "array", "items": _ELEMENT},
            "answers": {
                "type": "array",
                "items": _ANSWER,
                "description": "De vragen waaruit de kaart bestaat, met hun grenzen",
            },
            "page": _ADDRESS,
        },
    }
}


def evidence_map_paths(service: Service) -> Json:
    """The address of the map; none where this content has not the questions that it is made of."""
    names = {query.name for query in service.catalogue.all()}
    if not names.issuperset(QUESTIONS):
        return {}
    keys = [
        *own_keys(service.catalogue, service.catalogue.get(PROJECTS)),
        query_key("lang", "Taal van namen en teksten", {"type": "string", "enum": list(LANGUAGES)}),
        version_key(),
    ]
    refusals = {
        "400": "Een parameter is onbekend of onbruikbaar; de keuzes staan erbij",
        "404": "Die versie is er niet",
        "503": "De dienst is bezet",
        "504": "Het antwoord kwam niet op tijd",
    }
    operation: Json = {
        "operationId": "evidence-map",
        "tags": [TAG["name"]],
        "summary": "Per werkzaam element wat documenten zeggen en wat projecten doen",
        "parameters": keys,
        "responses": {
            "200": success("De kaart", json_of("EvidenceMap"), "ETag"),
            "304": success("Niet veranderd", None, "ETag"),
            **problems(refusals),
        },
    }
    return {"/evidence-map": {"get": operation}}
