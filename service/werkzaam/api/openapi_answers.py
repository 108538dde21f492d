"""The shapes of what ``/v1/queries`` answers, as JSON Schema."""

from werkzaam.api.openapi_responses import Json

_TEXT: Json = {"type": "string"}
_TEXT_OR_NOTHING: Json = {"type": ["string", "null"]}
_ADDRESS: Json = {"type": "string", "format": "uri"}
_ADDRESS_OR_NOTHING: Json = {"type": ["string", "null"], "format": "uri"}
_DATE: Json = {
    "type": ["string", "null"],
    "format": "date",
    "description": "Dag (UTC) waarop hier deze versie is gemaakt; niet de datum van de documenten",
}
_NUMBER: Json = {"type": "integer", "minimum": 0}
_NUMBER_OR_NOTHING: Json = {"type": ["integer", "null"], "minimum": 0}
_FLAG: Json = {"type": "boolean"}
_GIVEN: Json = {"type": "object", "additionalProperties": _TEXT}
_COUNTS: Json = {"type": "object", "additionalProperties": _NUMBER}
_SAME: Json = {"type": "string", "enum": ["same", "changed"]}


def _ref(schema: str) -> Json:
    return {"$ref": f"#/components/schemas/{schema}"}


def _list(items: Json) -> Json:
    return {"type": "array", "items": items}


def _all_of(properties: Json, also: Json | None = None) -> Json:
    """An object that has every one of ``properties``, and maybe ``also``."""
    told = {**properties, **(also or {})}
    return {"type": "object", "required": list(properties), "properties": told}


_ROW: Json = {"type": "object", "additionalProperties": _ref("Cell")}
_CELL: Json = _all_of(
    {"value": _TEXT, "type": {"type": "string", "enum": ["uri", "literal", "bnode"]}},
    {
        **dict.fromkeys(("datatype", "lang", "label"), _TEXT_OR_NOTHING),
        "figure": {**_ADDRESS, "description": "Waar de verantwoording staat"},
    },
)
_UNKNOWN: Json = {
    **_all_of(
        {
            "rows": _NUMBER,
            "values": _list(
                _all_of(
                    {
                        "column": _TEXT,
                        "value": {
                            **_TEXT_OR_NOTHING,
                            "description": "Waarde van een codelijst; null waar het getal het zegt",
                        },
                        "label": _TEXT,
                        "rows": _NUMBER,
                    }
                )
            ),
        }
    ),
    "description": "Rijen van dit deel die iets niet weten, en per kolom met welke waarde of welk getal",
}
_ROUND: Json = _all_of(
    {
        "round": _ADDRESS,
        "label": _TEXT,
        **dict.fromkeys(("projects", "coded"), _NUMBER_OR_NOTHING),
    }
)
_COVERAGE: Json = {
    **_all_of(
        {
            **dict.fromkeys(("loaded", "projects", "coded"), _NUMBER_OR_NOTHING),
            "rounds": _list(_ROUND),
            "words": _TEXT,
        }
    ),
    "type": ["object", "null"],
    "description": "Hoeveel projecten geladen zijn (loaded), hoeveel daarvan van de gevraagde rondes zijn, "
    "zonder ronde alle (projects), en bij hoeveel van die ten minste één element of component is "
    "beoordeeld (coded); andere keuzes tellen niet mee; zonder projecten null, geen 0",
}
_LIMITS: Json = _all_of(
    {
        "limit": _NUMBER_OR_NOTHING,
        **dict.fromkeys(("after", "total", "returned", "version"), _NUMBER),
        "leftOut": _list(_all_of({"rows": _NUMBER, "because": _TEXT})),
        "unknown": _UNKNOWN,
        "empty": {**_COUNTS, "description": "Lege cellen per kolom, in de rijen van dit deel"},
        "coverage": _COVERAGE,
        "date": _DATE,
        "licence": {
            **_ADDRESS_OR_NOTHING,
            "description": "Van onze eigen woorden en modellering; null bij projectgegevens",
        },
        "rights": {**_TEXT, "description": "Waarvoor de licentie geldt, en waarvoor niet"},
        **dict.fromkeys(("permalink", "first", "previous", "next"), _ADDRESS_OR_NOTHING),
    }
)
_COLUMN: Json = _all_of(dict.fromkeys(("name", "label", "role"), _TEXT))
_ANSWER: Json = _all_of(
    {
        "query": _TEXT,
        "version": _NUMBER,
        "parameters": _GIVEN,
        "columns": _list(_COLUMN),
        "rows": _list(_ROW),
        "truncated": _FLAG,
        "limits": _ref("Limits"),
    },
    {"demo": _TEXT},
)
_CHOICE: Json = _all_of({"value": _TEXT, "iri": _ADDRESS, "label": _TEXT})
_PARAMETER: Json = _all_of(
    {
        **dict.fromkeys(("name", "label", "type"), _TEXT),
        "required": _FLAG,
        "default": _TEXT_OR_NOTHING,
    },
    {"choices": _list(_CHOICE)},
)
_QUESTION: Json = {
    **dict.fromkeys(("name", "title", "question", "description", "shows", "since"), _TEXT),
    "tags": _list(_TEXT),
    "parameters": _list(_PARAMETER),
    "columns": _list(_COLUMN),
    "formats": _list(_TEXT),
    **dict.fromkeys(("answer", "details", "page"), _ADDRESS),
}
_DESCRIBED: Json = {
    **_QUESTION,
    "answers": {"type": "object", "additionalProperties": _ADDRESS},
    "form": {"type": "string", "enum": ["SELECT", "CONSTRUCT"]},
    "sparql": _TEXT,
}
_MOMENT: Json = {
    "version": _NUMBER,
    "date": _DATE,
    "hash": {**_TEXT_OR_NOTHING, "description": "Van de vraag, het aantal rijen en de rijen"},
    "rows": _NUMBER_OR_NOTHING,
    "answer": _ADDRESS_OR_NOTHING,
}
_PERMALINK: Json = {
    "query": _TEXT,
    "status": _SAME,
    "words": _TEXT,
    "question": _SAME,
    "parameters": _GIVEN,
    "then": _all_of({**_MOMENT, "reproduced": {"type": ["boolean", "null"]}}),
    "now": _all_of({**_MOMENT, "permalink": _ADDRESS_OR_NOTHING}),
    "part": {
        "type": ["string", "null"],
        "enum": ["same", "changed", None],
        "description": "Van de rijen die bewaard zijn, waar dat een deel van het antwoord is",
    },
    "counts": {
        **_COUNTS,
        "type": ["object", "null"],
        "description": "Van het hele antwoord, welk deel er ook bewaard is",
    },
    "most": _NUMBER,
    "added": _list(_ROW),
    "removed": _list(_ROW),
    "changed": _list(_all_of({"columns": _list(_TEXT), "then": _ROW, "now": _ROW})),
}
SCHEMAS: Json = {
    "Cell": _CELL,
    "Limits": _LIMITS,
    "Answer": _ANSWER,
    "QuestionList": _all_of(
        {
            "queries": _list(_all_of(_QUESTION)),
            "total": _NUMBER,
            "topics": _COUNTS,
            "tags": _COUNTS,
        }
    ),
    "QuestionDescription": _all_of(_DESCRIBED),
    "Choices": _all_of({"name": _TEXT, "choices": _list(_CHOICE)}),
    "OpenedPermalink": _all_of(_PERMALINK),
}
