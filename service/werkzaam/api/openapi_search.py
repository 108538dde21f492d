"""``/search`` and ``/search/suggestions`` as OpenAPI describes them."""

from werkzaam.api.openapi_responses import (
    Json,
    json_of,
    problems,
    query_key,
    success,
    whole_schema,
)
from werkzaam.api.search import FORMATS
from werkzaam.api.search_asked import FEW_HITS, FEW_SUGGESTIONS, MOST_HITS, MOST_SUGGESTIONS
from werkzaam.domain.queries import LANGUAGES
from werkzaam.search.asked import MOST_CHARACTERS

_TEXT: Json = {"type": "string"}
_MAYBE_TEXT: Json = {"type": ["string", "null"]}
_IRI: Json = {"type": "string", "format": "uri"}
_NUMBER: Json = {"type": "integer", "minimum": 0}
_YES: Json = {"type": "boolean"}
_CHOICE: Json = {
    "type": "object",
    "required": ["value", "slug", "label", "lang"],
    "properties": {
        "value": {"type": ["string", "null"], "format": "uri"},
        "slug": _TEXT,
        "label": _TEXT,
        "lang": _MAYBE_TEXT,
    },
}
_MARKED: Json = {
    "type": ["object", "null"],
    "required": ["text", "lang", "html"],
    "properties": {"text": _TEXT, "lang": _MAYBE_TEXT, "html": _TEXT},
}
_SECTION: Json = {
    "type": ["object", "null"],
    "required": ["text", "lang"],
    "properties": {"text": _TEXT, "lang": _MAYBE_TEXT},
}
_COUNTED: Json = {
    **_CHOICE,
    "required": [*_CHOICE["required"], "count", "selected"],
    "properties": {**_CHOICE["properties"], "count": _NUMBER, "selected": _YES},
}
_HIT: Json = {
    "type": "object",
    "required": ["iri", "url", "type", "label", "documents"],
    "properties": {
        "iri": _IRI,
        "url": _IRI,
        "type": _CHOICE,
        "label": _MARKED,
        "alsoCalled": _MARKED,
        "snippet": _MARKED,
        "documents": {"type": "array", "items": _CHOICE},
        "section": _SECTION,
        "page": _MAYBE_TEXT,
    },
}
_SUGGESTION: Json = {
    "type": "object",
    "required": ["label", "iri", "url", "type"],
    "properties": {
        "label": _TEXT,
        "lang": _MAYBE_TEXT,
        "alsoCalled": _MAYBE_TEXT,
        "type": _CHOICE,
        "iri": _IRI,
        "url": _IRI,
    },
}
_FACETS: Json = {
    "type": "object",
    "additionalProperties": {"type": "array", "items": _COUNTED},
}
TAG: Json = {"name": "search", "description": "Zoeken in alles wat de dataset bevat"}
SCHEMAS: Json = {
    "Found": {
        "type": "object",
        "required": ["query", "version", "total", "after", "limit", "truncated", "next", "hits"],
        "properties": {
            "query": _TEXT,
            "version": _NUMBER,
            "demo": _TEXT,
            "language": {"type": "string", "enum": list(LANGUAGES)},
            "total": _NUMBER,
            "after": _NUMBER,
            "limit": _NUMBER,
            "truncated": _YES,
            "next": {"type": ["string", "null"], "format": "uri"},
            "page": _IRI,
            "allWords": _YES,
            "spelledAs": {
                "type": "object",
                "additionalProperties": {"type": "array", "items": _TEXT},
            },
            "passedOver": {"type": "array", "items": _TEXT},
            "hits": {"type": "array", "items": _HIT},
            "facets": _FACETS,
            "limits": {"type": "object"},
        },
    },
    "Suggestions": {
        "type": "object",
        "required": ["query", "version", "suggestions"],
        "properties": {
            "query": _TEXT,
            "version": _NUMBER,
            "suggestions": {"type": "array", "items": _SUGGESTION},
        },
    },
}


def search_paths() -> Json:
    """The addresses of search."""
    words = {**_TEXT, "maxLength": MOST_CHARACTERS}
    found = _operation(
        *("search", "Zoek in namen, omschrijvingen, uitspraken, bronnen en vragen"),
        {
            **json_of("Found"),
            **{FORMATS[name]: {"schema": _TEXT} for name in ("csv", "values")},
        },
        [
            {
                **query_key("q", "Woorden, een naam of een deel van een zin", words),
                "example": "wederkerigheid",
            },
            *(query_key(name, said, _TEXT) for name, said in _FACET_WORDS.items()),
            query_key("limit", _MOST.format("resultaten", MOST_HITS, FEW_HITS), whole_schema(1)),
            query_key("after", "Sla zoveel resultaten over", whole_schema(0)),
            query_key(
                "format",
                "Vorm van het antwoord; values is een blok voor een SPARQL-vraag",
                {"type": "string", "enum": list(FORMATS)},
            ),
            query_key("bom", "CSV met een byte order mark", _YES),
        ],
    )
    suggested = _operation(
        *("suggest", "Namen die beginnen zoals hier getypt is"),
        json_of("Suggestions"),
        [
            {**query_key("q", "Wat er getypt is", words), "example": "weder"},
            query_key(
                "limit", _MOST.format("namen", MOST_SUGGESTIONS, FEW_SUGGESTIONS), whole_schema(1)
            ),
        ],
    )
    return {"/search": {"get": found}, "/search/suggestions": {"get": suggested}}


_MOST = "Hoogste aantal {}; {} is het meeste, zonder: {}"
_FACET_WORDS = {
    "type": "Alleen deze soort: een klasse, zoals working-element, of question",
    "document": "Alleen wat dit document zegt of noemt",
    "layer": "Alleen wat bij deze laag hoort",
    "goal": "Alleen wat bij dit doel hoort",
}


def _operation(name: str, summary: str, content: Json, keys: list[Json]) -> Json:
    refusals = {
        "400": "Een parameter ontbreekt, is onbekend of onbruikbaar; de keuzes staan erbij",
        "406": "Geen van de gevraagde vormen is er",
        "503": "De zoekindex is nog niet klaar",
    }
    languages: Json = {"type": "string", "enum": list(LANGUAGES)}
    return {
        "operationId": name,
        "tags": [TAG["name"]],
        "summary": summary,
        "parameters": [*keys, query_key("lang", "Taal van namen en teksten", languages)],
        "responses": {
            "200": success("Het antwoord", content, "ETag", "Link"),
            "304": success("Niet veranderd", None, "ETag"),
            **problems(refusals),
        },
    }
