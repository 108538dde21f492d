"""``/changes`` and ``/diff`` as OpenAPI describes them."""

from werkzaam.api.asked_versions import MOST_CHANGES, MOST_THINGS
from werkzaam.api.changes import FORMATS, ORDERS
from werkzaam.api.openapi_responses import (
    Json,
    json_of,
    path_key,
    problems,
    query_key,
    success,
    whole_schema,
)
from werkzaam.api.query_keys import MOST_ROWS
from werkzaam.domain.queries import LANGUAGES

_TEXT: Json = {"type": "string"}
_IRI: Json = {"type": "string", "format": "uri"}
_NUMBER: Json = {"type": "integer", "minimum": 0}
_NEXT: Json = {"type": ["string", "null"], "format": "uri"}
_LABEL: Json = {"type": ["object", "null"], "properties": dict.fromkeys(LANGUAGES, _TEXT)}
_NAMED: Json = {"type": "object", "properties": {"value": _IRI, "label": _LABEL}}
_VALUE: Json = {
    "type": "object",
    "required": ["type", "value"],
    "properties": {
        "type": {"type": "string", "enum": ["uri", "literal", "bnode"]},
        "value": _TEXT,
        "label": _LABEL,
        "datatype": _TEXT,
        "lang": _TEXT,
    },
}
_STATEMENTS: Json = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["property", "value", "graph"],
        "properties": {"property": _NAMED, "value": _VALUE, "graph": _TEXT},
    },
}
_COUNTS: Json = {"added": _NUMBER, "removed": _NUMBER}
_RESOURCE: Json = {
    "type": "object",
    "required": ["value", "types", "counts", "truncated", "added", "removed"],
    "properties": {
        "value": _TEXT,
        "label": _LABEL,
        "types": {"type": "array", "items": _NAMED},
        "counts": {"type": "object", "properties": _COUNTS},
        "truncated": {"type": "boolean"},
        "added": _STATEMENTS,
        "removed": _STATEMENTS,
    },
}
TAG: Json = {"name": "changes", "description": "Wat er in de dataset veranderde"}
SCHEMAS: Json = {
    "Change": {
        "type": "object",
        "required": ["number", "time", "kind", "message", "added", "removed", "url", "diff"],
        "properties": {
            "number": _NUMBER,
            "time": {"type": "string", "format": "date-time"},
            "kind": {
                "type": "string",
                "enum": ["content", "submission", "withdrawal", "update", "rollback"],
            },
            "message": _TEXT,
            **_COUNTS,
            **dict.fromkeys(("submission", "url", "patch", "diff", "page"), _IRI),
        },
    },
    "Changes": {
        "type": "object",
        "required": ["version", "changes", "truncated", "limits", "next"],
        "properties": {
            "version": _NUMBER,
            "changes": {"type": "array", "items": {"$ref": "#/components/schemas/Change"}},
            "truncated": {"type": "boolean"},
            "limits": {"type": "object"},
            "next": _NEXT,
        },
    },
    "Difference": {
        "type": "object",
        "required": ["from", "to", "version", "counts", "resources", "truncated", "limits", "next"],
        "properties": {
            **dict.fromkeys(("from", "to", "version"), _NUMBER),
            "counts": {"type": "object", "properties": {**_COUNTS, "resources": _NUMBER}},
            "resources": {"type": "array", "items": _RESOURCE},
            "truncated": {"type": "boolean"},
            "limits": {"type": "object"},
            "next": _NEXT,
            **dict.fromkeys(("patch", "page"), _IRI),
        },
    },
}


def change_paths(last: int) -> Json:
    """The addresses of changes, and of what differs between versions up to ``last``."""
    listed = _operation(
        *("list-changes", "Alle wijzigingen van de dataset, zonder wie ze deed", "Changes"),
        [
            _number("after", "Begin na de wijziging met dit nummer, in de gekozen volgorde", 0),
            _number("limit", f"Hoogste aantal wijzigingen; {MOST_CHANGES} is het meeste", 1),
            query_key(
                "order", "Oudste eerst, of nieuwste", {"type": "string", "enum": list(ORDERS)}
            ),
        ],
        patch=False,
    )
    number = path_key(
        "number",
        "Nummer van de wijziging, en van de versie die zij maakte",
        {"type": "integer", "minimum": 1},
        1,
    )
    shown = _operation("change", "Eén wijziging", "Change", [number, _format()], patch=True)
    compared = _operation(
        *("diff", "Wat er tussen twee versies verschilt, per ding", "Difference"),
        [
            _number("from", "Eerste versie; 0 is de lege dataset", 0, last),
            _number("to", "Tweede versie; zonder: de laatste", 0, last),
            _number("after", "Sla zoveel dingen over", 0),
            _number("limit", f"Hoogste aantal dingen; {MOST_THINGS} is het meeste", 1),
            _format(),
        ],
        patch=True,
    )
    return {
        "/changes": {"get": listed},
        "/changes/{number}": {"get": shown},
        "/diff": {"get": compared},
    }


def _operation(name: str, summary: str, schema: str, keys: list[Json], *, patch: bool) -> Json:
    content = json_of(schema)
    if patch:
        content[FORMATS["patch"]] = {"schema": {"type": "string"}}
    refusals = {
        "400": "Een parameter is onbekend of onbruikbaar; de keuzes staan erbij",
        "404": "Deze wijziging is er niet",
        **({"406": "Het antwoord is er niet in een vorm die Accept noemt"} if patch else {}),
        "503": "De dienst is bezet",
        "504": "Het antwoord kwam niet op tijd",
    }
    language = query_key("lang", "Taal van de uitleg", {"type": "string", "enum": list(LANGUAGES)})
    return {
        "operationId": name,
        "tags": [TAG["name"]],
        "summary": summary,
        "parameters": [*keys, language],
        "responses": {
            "200": success("Het antwoord", content, "ETag", "Link"),
            "304": success("Niet veranderd", None, "ETag"),
            **problems(refusals),
        },
    }


def _number(name: str, words: str, least: int, most: int = MOST_ROWS) -> Json:
    return query_key(name, words, whole_schema(least, most))


def _format() -> Json:
    return query_key("format", "Vorm van het antwoord", {"type": "string", "enum": list(FORMATS)})
