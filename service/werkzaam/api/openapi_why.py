"""``/why`` as OpenAPI describes it."""

from typing import Final

from werkzaam.api.openapi_responses import Json, json_of, problems, query_key, success
from werkzaam.domain.identifiers import THINGS
from werkzaam.domain.queries import LANGUAGES
from werkzaam.linked_data.names import MDT

_MOST_CHARACTERS: Final = 4000
_IRI: Final = r"""[A-Za-z][A-Za-z0-9+.\-]*:[^\x00-\x20<>"{}|^`\\]+"""
_LITERAL: Final = (
    r""""(?:[^"\\\n\r]|\\[tbnrf"'\\])*"(?:@[a-z]{2,3}(?:-[A-Z]{2})?|\^\^<"""
    r"""[^\x00-\x20<>"{}|^`\\]+>)?"""
)
_EXAMPLE: Final = THINGS + "working-element/afstemmen-op-doelgroep"
_TYPE: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_TEXT: Json = {"type": "string"}
_IRIS: Json = {"type": "array", "items": {"type": "string", "format": "uri"}}
_STATUS: Json = {"type": "string", "enum": ["asserted", "derived"]}
_OBJECT: Json = {
    "type": "object",
    "required": ["type", "value"],
    "properties": dict.fromkeys(("type", "value", "datatype", "lang"), _TEXT),
}
_TRIPLE: Json = {"subject": _TEXT, "predicate": _TEXT, "object": _OBJECT, "status": _STATUS}
_PREMISE: Json = {
    "type": "object",
    "properties": {**_TRIPLE, "graphs": _IRIS, "why": {"type": "string", "format": "uri"}},
}
_GROUND: Json = {
    "type": "object",
    "properties": {
        "statements": {"type": "array", "items": {"type": "object"}},
        "premises": {"type": "array", "items": _PREMISE},
    },
}
_DERIVATION: Json = {
    "type": "object",
    "properties": {
        "rule": {
            "type": "object",
            "properties": dict.fromkeys(("file", "title", "because", "notSaid", "sparql"), _TEXT),
        },
        "grounds": {"type": "array", "items": _GROUND},
        "groundsLeftOut": {"type": "integer"},
    },
}
TAG: Json = {"name": "why", "description": "Waarom iets in de dataset staat"}
SCHEMAS: Json = {
    "Explanation": {
        "type": "object",
        "required": [
            "subject",
            "predicate",
            "object",
            "status",
            "graphs",
            "derivations",
            "version",
        ],
        "properties": {
            **_TRIPLE,
            "graphs": _IRIS,
            "derivations": {"type": "array", "items": _DERIVATION},
            "version": {"type": "integer"},
            "page": {"type": "string", "format": "uri"},
            "self": {"type": "string", "format": "uri"},
        },
    }
}


def why_paths() -> Json:
    """The address that explains a triple."""
    iri: Json = {**_TEXT, "pattern": f"^{_IRI}$", "maxLength": _MOST_CHARACTERS}
    value: Json = {**iri, "pattern": f"^(?:{_IRI}|{_LITERAL})$"}
    terms = (
        ("subject", "IRI van het onderwerp", iri, _EXAMPLE),
        ("predicate", "IRI van de eigenschap", iri, _TYPE),
        ("object", "IRI van de waarde, of een literal in N-Triples", value, MDT + "WorkingElement"),
    )
    keys = [
        {**query_key(name, words, schema), "required": True, "example": example}
        for name, words, schema, example in terms
    ]
    language = query_key("lang", "Taal van de uitleg", {"type": "string", "enum": list(LANGUAGES)})
    refusals = {
        "400": "Een van de drie ontbreekt of is geen IRI",
        "404": "Dit staat niet in de dataset",
        "503": "De dienst is bezet",
        "504": "Het antwoord kwam niet op tijd",
    }
    operation = {
        "operationId": "why",
        "tags": ["why"],
        "summary": "Waarom iets in de dataset staat: wie het vastlegt, of uit welke regel en welke uitspraken het volgt",
        "parameters": [*keys, language],
        "responses": {
            "200": success("De uitleg", json_of("Explanation"), "ETag"),
            "304": success("Niet veranderd", None, "ETag"),
            **problems(refusals),
        },
    }
    return {"/why": {"get": operation}}
