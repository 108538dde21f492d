"""The body of a POST to ``/v1/queries``, a form or a JSON object, as OpenAPI describes it."""

from collections.abc import Mapping
from typing import Final

from werkzaam.api.openapi_responses import Json

_FORM: Final = "application/x-www-form-urlencoded"
_JSON: Final = "application/json"
_NOTHING: Final = {"type": "null"}
_EMPTY: Final = {"type": "string", "maxLength": 0}


def asked_body(keys: list[Json], shared: Mapping[str, Json]) -> Json:
    """A body that says the same as ``keys``, those of the address. In JSON a number may also stand as
    text, and null says nothing. ``shared``: a reference to the schema of some keys, by name."""
    required = [key["name"] for key in keys if key["required"]]
    closed = {"type": "object", "required": required, "additionalProperties": False}
    said = {key["name"]: shared.get(key["name"], key["schema"]) for key in keys}
    form = {key["name"]: _any_of(said[key["name"]], _empty(key)) for key in keys}
    written = {key["name"]: _any_of(said[key["name"]], _in_json(key)) for key in keys}
    return {
        "required": bool(required),
        "content": {
            _FORM: {"schema": {**closed, "properties": form}},
            _JSON: {"schema": {**closed, "properties": written}},
        },
    }


def _any_of(schema: Json, others: list[Json]) -> Json:
    return {"anyOf": [schema, *others]} if others else schema


def _empty(key: Json) -> list[Json]:
    return [_EMPTY] if key.get("allowEmptyValue") else []


def _in_json(key: Json) -> list[Json]:
    nothing = [] if key["required"] else [_NOTHING]
    return [*_empty(key), *_as_text(key["schema"]), *nothing]


def _as_text(schema: Json) -> list[Json]:
    """The same value as text, for one that is no text: a number of fewer digits than the highest."""
    if schema["type"] == "boolean":
        return [{"type": "string", "enum": ["true", "false"]}]
    if schema["type"] != "integer":
        return []
    digits = len(str(schema["maximum"])) - 1
    first = "[1-9]" if schema["minimum"] == 1 else "[0-9]"
    return [{"type": "string", "pattern": f"^{first}[0-9]{{0,{digits - 1}}}$"}]
