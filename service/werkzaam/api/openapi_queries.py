"""``/v1/queries`` as OpenAPI describes it: each question of the catalogue is an operation of its own."""

from collections.abc import Sequence
from typing import Final

from werkzaam.api.openapi_responses import (
    Json,
    json_of,
    path_key,
    problems,
    query_key,
    success,
    version_key,
    whole_schema,
)
from werkzaam.api.queries import FORMATS
from werkzaam.api.service import Service
from werkzaam.catalogue.parameters import Choice
from werkzaam.domain.queries import LANGUAGES, CataloguedQuery, Parameter

TAG: Json = {"name": "queries", "description": "Vragen uit de catalogus"}
LANG: Json = query_key("lang", "Taal van de inhoud", {"type": "string", "enum": [*LANGUAGES]})
_MOST_CHOICES: Final = 200
"""Of one parameter; where there are more, the first are examples and the rest are at ``choices``."""
_MOST_CHARACTERS: Final = 1000
_MOST_NUMBER: Final = 10**18 - 1
_TEXT: Json = {"type": "string"}
_TEXT_OR_NOTHING: Json = {"type": ["string", "null"]}
_ADDRESS: Json = {"type": "string", "format": "uri"}
_FILE: Json = {"schema": _TEXT}
_WORDS: Final = {
    "400": "Een parameter is onbekend of onbruikbaar; de keuzes staan erbij",
    "404": "Deze vraag, of deze versie van de dataset, is er niet",
    "406": "Het antwoord is er niet in een vorm die Accept noemt",
    "503": "De dienst is bezet",
    "504": "Het antwoord kwam niet op tijd",
}
RESPONSES: Json = {
    f"Question{status}": answer
    for status, answer in {
        "304": success("Niet veranderd", None, "ETag"),
        **problems(_WORDS),
    }.items()
}
"""The same for every question, and told once."""
_CELL: Json = {
    "type": "object",
    "required": ["value", "type"],
    "properties": {
        "value": _TEXT,
        "type": {"type": "string", "enum": ["uri", "literal", "bnode"]},
        **dict.fromkeys(("datatype", "lang", "label"), _TEXT_OR_NOTHING),
        "figure": {**_ADDRESS, "description": "Waar de verantwoording staat"},
    },
}
_COLUMN: Json = {
    "type": "object",
    "required": ["name", "label", "role"],
    "properties": dict.fromkeys(("name", "label", "role"), _TEXT),
}
_ANSWER: Json = {
    "type": "object",
    "required": ["query", "version", "parameters", "columns", "rows", "truncated", "limits"],
    "properties": {
        "query": _TEXT,
        "version": {"type": "integer"},
        "parameters": {"type": "object", "additionalProperties": _TEXT},
        "columns": {"type": "array", "items": _COLUMN},
        "rows": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": {"$ref": "#/components/schemas/Cell"},
            },
        },
        "truncated": {"type": "boolean"},
        "limits": {"type": "object"},
    },
}
_QUESTION: Json = {
    "type": "object",
    "required": ["name", "title", "question", "description", "tags", "parameters", "columns"],
    "properties": {
        **dict.fromkeys(("name", "title", "question", "description", "shows", "since"), _TEXT),
        "tags": {"type": "array", "items": _TEXT},
        "parameters": {"type": "array", "items": {"type": "object"}},
        "columns": {"type": "array", "items": _COLUMN},
        **dict.fromkeys(("answer", "page"), _ADDRESS),
    },
}
_CHOICES: Json = {
    "type": "object",
    "required": ["name", "choices"],
    "properties": {
        "name": _TEXT,
        "choices": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["value", "iri", "label"],
                "properties": {**dict.fromkeys(("value", "label"), _TEXT), "iri": _ADDRESS},
            },
        },
    },
}
SCHEMAS: Json = {
    "Cell": _CELL,
    "Answer": _ANSWER,
    "Question": _QUESTION,
    "QuestionList": {
        "type": "object",
        "required": ["queries"],
        "properties": {
            "queries": {"type": "array", "items": {"$ref": "#/components/schemas/Question"}}
        },
    },
    "Choices": _CHOICES,
}


def question_paths(service: Service) -> Json:
    """The list, what a parameter can be given, and every question that this instance answers."""
    return {
        "/queries": {"get": _list_operation()},
        "/queries/{topic}/{question}/parameters/{name}": {
            "get": _choices_operation(service.catalogue.all())
        },
        **{
            f"/queries/{query.name}": {"get": _operation(service, query)}
            for query in service.catalogue.all()
        },
    }


def value_schema(parameter: Parameter, choices: tuple[Choice, ...]) -> Json:
    """What ``parameter`` takes: the last segments and the IRIs of its choices, or any value of its
    type within the limits that are kept."""
    if parameter.type == "integer":
        return {"type": "integer", "minimum": -_MOST_NUMBER, "maximum": _MOST_NUMBER}
    if parameter.type == "date":
        return {"type": "string", "format": "date"}
    if choices:
        slugs = [choice.slug for choice in choices]
        iris = [choice.iri for choice in choices]
        given = {"enum": [*slugs, *iris]} if len(slugs) <= _MOST_CHOICES else {}
        return {"type": "string", **given, "examples": slugs[:_MOST_CHOICES]}
    if parameter.choices_class is not None:
        return {"type": "string", "maxLength": 0, "description": "Er is nu niets om uit te kiezen"}
    if parameter.type == "iri":
        return {"type": "string", "format": "uri", "maxLength": _MOST_CHARACTERS}
    return {"type": "string", "maxLength": _MOST_CHARACTERS}


def _operation(service: Service, query: CataloguedQuery) -> Json:
    return {
        "operationId": query.name.replace("/", "-"),
        "tags": [TAG["name"]],
        "summary": query.question.nl,
        "description": query.description.nl,
        "parameters": [*_own_parameters(service, query), *_wishes()],
        "responses": _responses(_answers(service, query), "ETag", "Link"),
    }


def _own_parameters(service: Service, query: CataloguedQuery) -> list[Json]:
    found = []
    for parameter in query.parameters:
        if parameter.type == "language":
            continue
        choices = service.catalogue.choices(parameter)
        key = query_key(parameter.name, parameter.label.nl, value_schema(parameter, choices))
        key["required"] = parameter.required
        if choices:
            key["example"] = choices[0].slug
        found.append(key)
    return found


def _wishes() -> list[Json]:
    shared: list[tuple[str, str, Json]] = [
        (
            "format",
            "Vorm van het antwoord, in plaats van Accept",
            {"type": "string", "enum": [*FORMATS]},
        ),
        ("limit", "Hoogste aantal rijen", whole_schema(1)),
        ("after", "Begin na dit rijnummer", whole_schema(0)),
        ("bom", "CSV met een byte order mark", {"type": "boolean"}),
    ]
    return [LANG, version_key(), *(query_key(*one) for one in shared)]


def _answers(service: Service, query: CataloguedQuery) -> Json:
    """Every form of the answer; an example of each stands where the answer itself does."""
    forms = {}
    for name, kind in FORMATS.items():
        body = json_of("Answer")[kind] if name == "json" else _FILE
        address = service.links.question_answer(query.name, limit="2", format=name)
        forms[kind] = {**body, "examples": {"firstRows": {"externalValue": address}}}
    return forms


def _list_operation() -> Json:
    return {
        "operationId": "list-queries",
        "tags": [TAG["name"]],
        "summary": "Alle vragen uit de catalogus",
        "parameters": [LANG],
        "responses": _responses(json_of("QuestionList"), "ETag"),
    }


def question_keys(queries: Sequence[CataloguedQuery]) -> list[Json]:
    """The name of one of ``queries`` as two parts of the address; the first is the example."""
    topic, _, question = queries[0].name.partition("/") if queries else ("", "", "")
    return [
        path_key("topic", "Onderwerp van de vraag", _TEXT, topic or None),
        path_key("question", "Naam van de vraag", _TEXT, question or None),
    ]


def _choices_operation(queries: Sequence[CataloguedQuery]) -> Json:
    offering = [query for query in queries if any(p.choices_class for p in query.parameters)]
    names = [p.name for query in offering[:1] for p in query.parameters if p.choices_class]
    name = path_key("name", "Parameter van de vraag", _TEXT, names[0] if names else None)
    return {
        "operationId": "list-choices",
        "tags": [TAG["name"]],
        "summary": "Waaruit bij een parameter te kiezen is",
        "parameters": [*question_keys(offering), name, LANG],
        "responses": _responses(json_of("Choices"), "ETag"),
    }


def _responses(content: Json, *headers: str) -> Json:
    return {
        "200": success("Het antwoord", content, *headers),
        **{name[-3:]: {"$ref": f"#/components/responses/{name}"} for name in RESPONSES},
    }
