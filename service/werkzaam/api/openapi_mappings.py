"""``/v1/mappings`` as OpenAPI describes it."""

from collections.abc import Sequence

from werkzaam.api.mappings import RECORD_FORMS, TEMPLATE_FORMS
from werkzaam.api.openapi_responses import Json, json_of, path_key, problems, query_key, success
from werkzaam.domain.queries import LANGUAGES

TAG = {"name": "mappings", "description": "Hoe een tabel met projectgegevens eruitziet"}
_WRONG_KEY = {"400": "Een parameter is onbekend of onbruikbaar"}
_BUSY = {"503": "De dienst is bezet; probeer het straks opnieuw"}
_LANG = query_key("lang", "Taal", {"type": "string", "enum": list(LANGUAGES)})
_BOM = query_key("bom", "CSV met een byte order mark", {"type": "boolean"})
_FILE = {"schema": {"type": "string"}}
_RECORDS = {"schema": {"type": "object", "description": "Per soort record een lijst"}}


def mapping_paths(mappings: Sequence[str]) -> Json:
    """The addresses under ``/mappings``; ``mappings`` names those there are."""
    return {
        "/mappings": {"get": _list_mappings()},
        "/mappings/{mappingName}/template": {"get": _template(mappings)},
        "/mappings/{mappingName}/records": {"get": _records(mappings)},
    }


def _list_mappings() -> Json:
    return {
        "operationId": "list-mappings",
        "tags": ["mappings"],
        "summary": "Alle mappings met hun kolommen",
        "parameters": [_LANG],
        "responses": {
            "200": success("De mappings", json_of("MappingList"), "ETag"),
            "304": success("Niet veranderd", None, "ETag"),
            **problems(_WRONG_KEY),
        },
    }


def _mapping_name(mappings: Sequence[str]) -> Json:
    schema = {"type": "string", **({"enum": list(mappings)} if mappings else {})}
    return path_key("mappingName", "Naam van de mapping", schema)


def _records(mappings: Sequence[str]) -> Json:
    forms = query_key(
        "format",
        "Vorm, in plaats van Accept: een werkmap zoals het sjabloon, of json",
        {"type": "string", "enum": list(RECORD_FORMS)},
    )
    return {
        "operationId": "records-of-mapping",
        "tags": ["mappings"],
        "summary": "De records die gelden, als tabel om te verbeteren en opnieuw aan te leveren",
        "parameters": [_mapping_name(mappings), _LANG, forms],
        "responses": {
            "200": success(
                "De records",
                {
                    kind: _RECORDS if name == "json" else _FILE
                    for name, kind in RECORD_FORMS.items()
                },
                "ETag",
                "Content-Disposition",
            ),
            "304": success("Niet veranderd", None, "ETag"),
            **problems(
                {
                    **_WRONG_KEY,
                    "404": "Er is geen mapping met deze naam",
                    "406": "De records zijn er niet in een vorm die Accept noemt",
                    "413": "Er zijn te veel records voor één bestand",
                    **_BUSY,
                }
            ),
        },
    }


def _template(mappings: Sequence[str]) -> Json:
    forms = query_key(
        "format",
        "Vorm, in plaats van Accept: csv met de titels van de kolommen; xlsx met keuzelijsten en uitleg",
        {"type": "string", "enum": list(TEMPLATE_FORMS)},
    )
    return {
        "operationId": "empty-table",
        "tags": ["mappings"],
        "summary": "Een lege tabel om in te vullen",
        "parameters": [_mapping_name(mappings), _LANG, _BOM, forms],
        "responses": {
            "200": success(
                "De titels van de kolommen, in een werkmap met keuzelijsten en uitleg",
                dict.fromkeys(TEMPLATE_FORMS.values(), _FILE),
                "ETag",
                "Content-Disposition",
            ),
            "304": success("Niet veranderd", None, "ETag"),
            **problems(
                {
                    **_WRONG_KEY,
                    "404": "Er is geen mapping met deze naam",
                    "406": "De tabel is er niet in een vorm die Accept noemt",
                }
            ),
        },
    }
