"""``/v1/queries`` as OpenAPI describes it: each question of the catalogue is an operation of its own."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from werkzaam.api.answer_permalink import HASH_KEY, HASH_PATTERN, LANGUAGE_KEY
from werkzaam.api.answer_wishes import FORMATS, formats_of
from werkzaam.api.openapi_posted import asked_body
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
from werkzaam.api.service import Service
from werkzaam.catalogue.finding import tags_of, topics_of
from werkzaam.catalogue.parameters import Choice
from werkzaam.catalogue.questions import Catalogue
from werkzaam.domain.identifiers import last_segment
from werkzaam.domain.queries import LANGUAGES, CataloguedQuery, Parameter

TAG: Json = {"name": "queries", "description": "Vragen uit de catalogus"}
_LANG: Json = query_key("lang", "Taal van de inhoud", {"type": "string", "enum": [*LANGUAGES]})
_MOST_CHOICES: Final = 200
"""Of one parameter; where there are more, the first are examples and the rest are at ``parameters``."""
_MOST_CHARACTERS: Final = 1000
_MOST_NUMBER: Final = 10**18 - 1
_TEXT: Json = {"type": "string"}
_SEAL: Json = {"type": "string", "pattern": f"^{HASH_PATTERN}$"}
_WORDS: Final = {
    "400": "Een parameter is onbekend of onbruikbaar; de keuzes staan erbij",
    "404": "Deze vraag, of deze versie van de dataset, is er niet",
    "406": "Het antwoord is er niet in een vorm die Accept noemt",
    "410": "Deze vraag wordt niet meer gesteld",
    "413": "Er is te veel gestuurd",
    "503": "De dienst is bezet",
    "415": "De parameters komen als formulier of als object in JSON",
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
_USUAL: Final = ("304", "400", "404", "503", "504")
_LIMITS: Final = ("Link", "Werkzaam-Version", "Werkzaam-Rows", "Werkzaam-Truncated")


def question_paths(service: Service) -> Json:
    """The list, what there is to know of a question, and every question that this instance answers."""
    queries = service.catalogue.all()
    choosing = [query for query in queries if any(map(_chosen, query.parameters))]
    names = [p.name for query in choosing[:1] for p in query.parameters if _chosen(p)]
    name = path_key("name", "Parameter van de vraag", _TEXT, names[0] if names else None)
    one = "/queries/{topic}/{question}"
    paths: Json = {
        "/queries": {"get": _list_operation(queries)},
        f"{one}/description": {
            "get": _about(
                *("describe-question", "Wat er over een vraag te weten is", "QuestionDescription"),
                [*question_keys(queries), version_key()],
            )
        },
        f"{one}/parameters/{{name}}": {
            "get": _about(
                *("list-choices", "Waaruit bij een parameter te kiezen is", "Choices"),
                [*question_keys(choosing), name, version_key()],
            )
        },
        f"{one}/permalink": {"get": _permalink_operation(queries)},
    }
    for query in queries:
        paths[f"/queries/{query.name}"] = _asking(service, query)
    return paths


def choice_schemas(service: Service) -> Json:
    """What parameters can be given, once for all that are given the same; by name."""
    found: Json = {}
    for query in service.catalogue.all():
        for parameter in query.parameters:
            if _chosen(parameter):
                choices = service.catalogue.choices(parameter)
                found.setdefault(_choice_name(parameter), value_schema(parameter, choices))
    return found


def question_keys(queries: Sequence[CataloguedQuery]) -> list[Json]:
    """The name of one of ``queries`` as two parts of the address; the first is the example."""
    topic, _, question = queries[0].name.partition("/") if queries else ("", "", "")
    return [
        path_key("topic", "Onderwerp van de vraag", _TEXT, topic or None),
        path_key("question", "Naam van de vraag", _TEXT, question or None),
    ]


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
    if _chosen(parameter):
        return {"type": "string", "maxLength": 0, "description": "Er is nu niets om uit te kiezen"}
    if parameter.type == "iri":
        return {"type": "string", "format": "uri", "maxLength": _MOST_CHARACTERS}
    return {"type": "string", "maxLength": _MOST_CHARACTERS}


def _chosen(parameter: Parameter) -> bool:
    return parameter.choices_class is not None or parameter.choices_scheme is not None


def _choice_name(parameter: Parameter) -> str:
    of = (parameter.choices_class or "", parameter.choices_scheme or "")
    words = re.findall("[A-Za-z0-9]+", " ".join(map(last_segment, of)))
    return "".join(word[0].upper() + word[1:] for word in words) + "Choice"


def _asking(service: Service, query: CataloguedQuery) -> Json:
    """The two ways to ask ``query``: in the address, and in the body."""
    told: Json = {
        "tags": [TAG["name"]],
        "summary": query.question.nl,
        "description": query.description.nl,
    }
    keys = [*own_keys(service.catalogue, query), *_wishes(query)]
    shared = {
        parameter.name: {"$ref": f"#/components/schemas/{_choice_name(parameter)}"}
        for parameter in query.parameters
        if _chosen(parameter)
    }
    content, name = _answers(service, query), query.name.replace("/", "-")
    return {
        "get": {
            "operationId": name,
            **told,
            "parameters": keys,
            "responses": _responses(
                success("Het antwoord", content, "ETag", *_LIMITS), *_USUAL, "406"
            ),
        },
        "post": {
            "operationId": f"post-{name}",
            **told,
            "description": "Zoals GET, voor wat niet in een adres past.",
            "requestBody": asked_body(keys, shared),
            "responses": _responses(
                success("Het antwoord", content, "Content-Location", *_LIMITS),
                *(*_USUAL[1:], "406", "413", "415"),
            ),
        },
    }


def own_keys(catalogue: Catalogue, query: CataloguedQuery) -> list[Json]:
    """The parameters of ``query`` as keys of an address, but for the language."""
    found = []
    for parameter in query.parameters:
        if parameter.type == "language":
            continue
        choices = catalogue.choices(parameter)
        key = query_key(parameter.name, parameter.label.nl, value_schema(parameter, choices))
        example = parameter.example or next((choice.slug for choice in choices), None)
        key["required"] = parameter.required
        key["allowEmptyValue"] = not parameter.required
        found.append(key if example is None else {**key, "example": example})
    return found


def _wishes(query: CataloguedQuery) -> list[Json]:
    shared: list[tuple[str, str, Json]] = [
        (
            "format",
            "Vorm van het antwoord, in plaats van Accept",
            {"type": "string", "enum": [*formats_of(query)]},
        ),
        ("limit", "Hoogste aantal rijen", whole_schema(1)),
        ("after", "Begin na dit rijnummer", whole_schema(0)),
        ("bom", "CSV voor een spreadsheet: met een byte order mark", {"type": "boolean"}),
    ]
    keys = [_LANG, version_key(), *(query_key(*one) for one in shared)]
    return [{**key, "allowEmptyValue": True} for key in keys]


def _answers(service: Service, query: CataloguedQuery) -> Json:
    """Every form of the answer; an example of each stands where the answer itself does."""
    forms = {}
    for name in formats_of(query):
        body = json_of("Answer")[FORMATS[name]] if name == "json" else {"schema": _TEXT}
        if name == "srj":
            body = {"schema": {"type": "object"}}
        address = service.links.question_answer(query.name, **query.example, limit="2", format=name)
        forms[FORMATS[name]] = {**body, "examples": {"firstRows": {"externalValue": address}}}
    return forms


def _list_operation(queries: Sequence[CataloguedQuery]) -> Json:
    keys = [
        query_key("q", "Woorden uit de vraag of haar uitleg", _TEXT),
        query_key("topic", "Alleen vragen over dit onderwerp", _one_of(topics_of(queries))),
        query_key(
            "tag",
            "Alleen vragen met dit label; meer keren: met al deze",
            {"type": "array", "items": _one_of(tags_of(queries))},
        ),
    ]
    return _about("list-queries", "De vragen uit de catalogus", "QuestionList", keys)


def _permalink_operation(queries: Sequence[CataloguedQuery]) -> Json:
    language: Json = {"type": "string", "enum": [*LANGUAGES]}
    keys = [
        {**query_key(name, words, schema), "required": True}
        for name, words, schema in (
            (LANGUAGE_KEY, "Taal waarin het antwoord is gegeven", language),
            ("version", "Versie van de dataset toen", whole_schema(1, 10**9 - 1)),
            (HASH_KEY, "Kenmerk van de vraag en het antwoord toen", _SEAL),
        )
    ]
    parts = [
        query_key("limit", "Hoogste aantal rijen toen", whole_schema(1)),
        query_key("after", "Begin toen na dit rijnummer", whole_schema(0)),
    ]
    return _about(
        "open-permalink",
        "Of een antwoord van toen nog hetzelfde is; verder de parameters van de vraag",
        "OpenedPermalink",
        [*question_keys(queries), *keys, *parts],
        "410",
    )


def _about(name: str, summary: str, schema: str, keys: list[Json], *more: str) -> Json:
    return {
        "operationId": name,
        "tags": [TAG["name"]],
        "summary": summary,
        "parameters": [*keys, _LANG],
        "responses": _responses(success("Het antwoord", json_of(schema), "ETag"), *_USUAL, *more),
    }


def _responses(answer: Json, *statuses: str) -> Json:
    shared = {status: f"#/components/responses/Question{status}" for status in statuses}
    return {"200": answer, **{status: {"$ref": where} for status, where in shared.items()}}


def _one_of(names: Iterable[str]) -> Json:
    choices = [*names]
    return {"type": "string", **({"enum": choices} if choices else {})}
