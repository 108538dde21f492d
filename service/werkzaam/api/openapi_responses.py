"""Answers as OpenAPI describes them: what each status carries, whatever the operation."""

from collections.abc import Mapping
from typing import Any

from werkzaam.api.query_keys import MOST_ROWS

Json = dict[str, Any]

_HEADERS: Json = {
    "API-Version": {
        "description": "Versie van deze API.",
        "required": True,
        "schema": {"type": "string"},
    },
    "ETag": {
        "description": "Kenmerk van dit antwoord.",
        "required": True,
        "schema": {"type": "string"},
    },
    "Link": {
        "description": "Waar het verdergaat, en wat erbij hoort.",
        "schema": {"type": "string"},
    },
    **{
        name: {"description": words, "required": True, "schema": schema}
        for name, words, schema in (
            ("Werkzaam-Version", "Versie van de dataset.", {"type": "integer"}),
            ("Werkzaam-Rows", "Hoeveel rijen er in het geheel zijn.", {"type": "integer"}),
            (
                "Werkzaam-Truncated",
                "Of er na de laatste rij hier nog meer zijn.",
                {"type": "boolean"},
            ),
        )
    },
    "Location": {"description": "Waar het staat.", "schema": {"type": "string", "format": "uri"}},
    "Content-Location": {
        "description": "Waar hetzelfde staat, als dat er is.",
        "schema": {"type": "string", "format": "uri"},
    },
    "Preference-Applied": {"description": "respond-async", "schema": {"type": "string"}},
    "Content-Disposition": {"description": "Naam van het bestand.", "schema": {"type": "string"}},
    "Retry-After": {
        "description": "Na hoeveel seconden het weer kan, als dat te zeggen is.",
        "schema": {"type": "integer"},
    },
    "WWW-Authenticate": {"description": "Vraagt om een token.", "schema": {"type": "string"}},
}
_OF_REFUSALS = {"401": ("WWW-Authenticate",), "503": ("Retry-After",)}
_PROBLEM: Json = {
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "format": "uri"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "parameter": {"type": "string"},
        "choices": {"type": "array", "items": {"type": "string"}},
    },
}
_REFUSAL: Json = {
    **_PROBLEM,
    "properties": {**_PROBLEM["properties"], "report": {"$ref": "#/components/schemas/Report"}},
}
_OBSTRUCTION: Json = {
    **_PROBLEM,
    "required": [*_PROBLEM["required"], "records"],
    "properties": {
        **_PROBLEM["properties"],
        "records": {"type": "array", "items": {"type": "string", "format": "uri"}},
    },
}
SCHEMAS: Json = {"Problem": _PROBLEM, "Refusal": _REFUSAL, "Obstruction": _OBSTRUCTION}


def success(words: str, content: Json | None = None, *headers: str) -> Json:
    """An answer that gives what was asked for; ``content`` by media type. API-Version and ETag
    always stand on it, other ``headers`` where there is something to say."""
    made = {"description": words, "headers": _named("API-Version", *headers)}
    return {**made, "content": content} if content else made


def json_of(schema: str) -> Json:
    """JSON after a schema of the components."""
    return {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}


def problems(refusals: Mapping[str, str], schema: str = "Problem") -> Json:
    """Refusals by status, each with the words for when it is given."""
    content = {"application/problem+json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}
    return {
        status: {
            "description": words,
            "headers": _named("API-Version", *_OF_REFUSALS.get(status, ())),
            "content": content,
        }
        for status, words in refusals.items()
    }


def query_key(name: str, words: str, schema: Json) -> Json:
    """An optional key in the address."""
    return {"name": name, "in": "query", "required": False, "description": words, "schema": schema}


def path_key(name: str, words: str, schema: Json, example: str | int | None = None) -> Json:
    """A part of the address."""
    key = {"name": name, "in": "path", "required": True, "description": words, "schema": schema}
    return key if example is None else {**key, "example": example}


def whole_schema(least: int, most: int = MOST_ROWS) -> Json:
    """A whole number; ``most``: the highest that any key of rows takes."""
    return {"type": "integer", "minimum": least, "maximum": most}


def version_key() -> Json:
    """The key that asks for another version of the dataset than the last."""
    return query_key(
        "version", "Versie van de dataset; zonder: de laatste", whole_schema(1, 10**9 - 1)
    )


def _named(*names: str) -> Json:
    return {name: _HEADERS[name] for name in names}
