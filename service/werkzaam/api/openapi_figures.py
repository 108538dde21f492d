"""``/v1/figures`` as OpenAPI describes it."""

from typing import Final

from werkzaam.api.figure_sheets import KINDS
from werkzaam.api.openapi_queries import own_keys, question_keys
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
from werkzaam.domain.queries import LANGUAGES

_EXAMPLE: Final = "integratie-25-van-181-projecten-vervolg"
TAG: Json = {"name": "figures", "description": "Cijfers verantwoorden"}

_TEXT: Json = {"type": "string"}
_TEXT_OR_NOTHING: Json = {"type": ["string", "null"]}
_ADDRESS: Json = {"type": "string", "format": "uri"}
_ITEM: Json = {
    "type": "object",
    "required": ["text", "kind", "passages"],
    "properties": {
        **dict.fromkeys(("text", "kind"), _TEXT),
        "iri": _ADDRESS,
        **dict.fromkeys(("value", "voice", "basis", "population", "period"), _TEXT_OR_NOTHING),
        "hedges": {"type": "array", "items": _TEXT},
        "passages": {"type": "array", "items": {"type": "object"}},
        "figure": _ADDRESS,
    },
}
_ITEMS: Json = {"type": "array", "items": {"$ref": "#/components/schemas/FigureItem"}}
_SHEET: Json = {
    "type": "object",
    "required": ["figure", "kind", "title", "value", "facts", "footnotes", "version", "page", "self"],
    "properties": {
        "figure": {"type": "string", "description": "Het adres na /figures/"},
        "kind": {"type": "string", "enum": [*KINDS, "count"]},
        "title": _TEXT,
        "value": {"type": "string", "description": "De waarde in woorden, met circa en noemer"},
        "gist": _TEXT_OR_NOTHING,
        "facts": {"type": "object", "description": "Noemer, populatie, periode, stem, grondslag, voorbehoud; zonder waarde zegt absence waarom"},
        "passages": {"type": "array", "items": {"type": "object"}},
        "references": {"type": "array", "items": {"type": "object"}},
        "weighed": {"type": "array", "items": {"type": "object"}, "description": "Spanningen en verbanden, met de andere kanten"},
        "sameThingAndUnit": {**_ITEMS, "description": "Over hetzelfde, door niemand beoordeeld"},
        **dict.fromkeys(("together", "cites", "members"), _ITEMS),
        "rule": {"type": ["object", "null"], "description": "Hoe het is geteld"},
        "counted": {"type": ["array", "null"], "items": _ADDRESS, "description": "Alles wat is geteld"},
        "membersLeftOut": {"type": "integer", "minimum": 0},
        "empty": _TEXT_OR_NOTHING,
        "documents": {"type": "array", "items": {"type": "object"}, "description": "De documenten van alles wat is geteld, met alle pagina's"},
        **dict.fromkeys(("footnotes", "briefFootnotes"), {"type": "object", "properties": dict.fromkeys(LANGUAGES, _TEXT)}),
        "version": {"type": "integer"},
        **dict.fromkeys(("page", "self"), _ADDRESS),
    },
}  # fmt: skip
SCHEMAS: Json = {"FigureItem": _ITEM, "FigureSheet": _SHEET}


def figure_paths(service: Service) -> Json:
    """The operations on ``/figures``: of a statement, of an answer, of a count on a page."""
    row = query_key("row", "De rij, zoals een antwoord in JSON ernaar verwijst", _TEXT)
    asked = "; verder de parameters van de vraag"
    of_question = question_keys(service.catalogue.all())
    return {
        "/figures/{type}/{slug}": _operation(
            "defend-figure",
            "Een meting, beoordeling of bron verantwoorden",
            [
                path_key("type", "Soort cijfer", {**_TEXT, "enum": [*KINDS]}, KINDS[0]),
                path_key("slug", "Laatste deel van het adres van het cijfer", _TEXT, _EXAMPLE),
            ],
        ),
        "/figures/queries/{topic}/{question}/{column}": _operation(
            "defend-cell",
            f"Een getal in een antwoord verantwoorden{asked}",
            [*of_question, path_key("column", "Kolom van het antwoord", _TEXT), row],
        ),
        "/figures/queries/{topic}/{question}": _operation(
            "defend-rows", f"Het aantal rijen van een antwoord verantwoorden{asked}", of_question
        ),
        **{
            f"/figures/{tally.name}": _operation(
                f"defend-{tally.name.replace('/', '-')}",
                f"Een telling op een pagina verantwoorden: {tally.title.nl}",
                own_keys(service.tallies, tally),
            )
            for tally in service.tallies.all()
        },
    }


def _operation(name: str, summary: str, parameters: list[Json]) -> Json:
    language = query_key("lang", "Taal van de inhoud", {"type": "string", "enum": [*LANGUAGES]})
    after = query_key("after", "Sla zoveel over van wat is geteld", whole_schema(0))
    refusals = {
        "400": "Een parameter is onbekend of onbruikbaar",
        "404": "Er is geen cijfer met deze naam",
        "503": "De dienst is bezet",
        "504": "Het antwoord kwam niet op tijd",
    }
    return {
        "get": {
            "operationId": name,
            "tags": [TAG["name"]],
            "summary": summary,
            "parameters": [*parameters, language, version_key(), after],
            "responses": {
                "200": success("De verantwoording", json_of("FigureSheet"), "ETag"),
                "304": success("Niet veranderd", None, "ETag"),
                **problems(refusals),
            },
        }
    }
