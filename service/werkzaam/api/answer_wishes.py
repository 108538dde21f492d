"""How a caller wants a question answered: what stands in the address or in the body, checked."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import parse_qsl

from starlette.requests import Request

from werkzaam.api.negotiation import choose_media_type
from werkzaam.api.query_keys import asked_language, given_once, whole_number, yes_or_no
from werkzaam.api.sparql_protocol import FORM
from werkzaam.domain.characters import MOST_QUOTED, quoted, shown
from werkzaam.domain.queries import CataloguedQuery, Language
from werkzaam.errors import BadRequest, InvalidParameter, NotAcceptable, UnsupportedMediaType

FORMATS: Final = {
    "json": "application/json",
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "srj": "application/sparql-results+json",
    "ttl": "text/turtle",
}
"""The media type of an answer by the value of ``format``."""

RESERVED: Final = ("lang", "format", "version", "limit", "after", "bom")
_TABLE_FORMATS: Final = ("json", "csv", "xlsx", "srj")
_GRAPH_FORMATS: Final = ("ttl", "json", "csv", "xlsx")
_JSON: Final = "application/json"
_MOST_FIELDS: Final = 100
_MOST_EXACT: Final = 2.0**53


@dataclass(frozen=True)
class Wishes:
    """How a caller wants the answer; ``parameters`` are those of the question, ``given`` all that was
    said."""

    given: Mapping[str, str]
    parameters: Mapping[str, str]
    language: Language
    media_type: str
    limit: int | None
    after: int
    byte_order_mark: bool


def formats_of(query: CataloguedQuery) -> tuple[str, ...]:
    """The values of ``format`` that ``query`` can be answered in; the first is given unasked."""
    return _GRAPH_FORMATS if query.form == "CONSTRUCT" else _TABLE_FORMATS


def read_wishes(request: Request, query: CataloguedQuery, given: Mapping[str, str]) -> Wishes:
    """What ``given`` and the headers of ``request`` ask of ``query``; what is empty was not given. Raises
    BadRequest, NotAcceptable."""
    given = {name: value for name, value in given.items() if value}
    return Wishes(
        given=given,
        parameters={n: value for n, value in given.items() if n not in RESERVED},
        language=asked_language(request, dict(given)),
        media_type=_media_type(request, query, given.get("format")),
        limit=whole_number("limit", given["limit"], 1) if "limit" in given else None,
        after=whole_number("after", given.get("after", "0"), 0),
        byte_order_mark=yes_or_no("bom", given.get("bom", "false")),
    )


async def posted(request: Request) -> dict[str, str]:
    """Every key of the address and of the body, a form or a JSON object.

    Raises BadRequest for a key that is given twice and for a value that is no text, number, true or
    false; UnsupportedMediaType.
    """
    given = given_once(request)
    body = await request.body()
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == FORM:
        pairs = _form(body)
    elif kind == _JSON:
        pairs = _object(body)
    elif body:
        raise UnsupportedMediaType(
            "POST the parameters as a form ({form}) or as a JSON object ({json}).",
            form=FORM,
            json=_JSON,
        )
    else:
        pairs = []
    for name, value in pairs:
        if name in given:
            raise BadRequest(
                "The parameter {name} is given {count} times. Give it once.",
                name=shown(name, MOST_QUOTED),
                count=2,
            )
        given[name] = value
    return given


def _media_type(request: Request, query: CataloguedQuery, asked: str | None) -> str:
    offered = formats_of(query)
    if asked is None:
        offers = tuple(FORMATS[name] for name in offered)
        return choose_media_type(request.headers.get("accept"), offers)
    if asked not in FORMATS:
        raise InvalidParameter(
            "format",
            offered,
            "{value} is no format here. Choose one of: {formats}.",
            value=quoted(asked),
            formats=", ".join(offered),
        )
    if asked not in offered:
        raise NotAcceptable(
            "The answer to this question cannot be given as {format}. Choose one of: {formats}.",
            format=asked,
            formats=", ".join(offered),
        )
    return FORMATS[asked]


def _form(body: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(
            body.decode(),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=_MOST_FIELDS,
        )
    except ValueError:
        raise BadRequest(
            "The form in the body cannot be read. It must be UTF-8, with at most {most} fields.",
            most=_MOST_FIELDS,
        ) from None


def _object(body: bytes) -> list[tuple[str, str]]:
    try:
        found = json.loads(body.decode(), object_pairs_hook=_Pairs)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, _Pairs):
        raise BadRequest("The body is no JSON object with the parameters as its keys.")
    return [(name, _said(name, value)) for name, value in found if value is not None]


class _Pairs(list[tuple[str, Any]]):
    """A JSON object with every key that it has, also one that stands twice."""


def _said(name: str, value: Any) -> str:
    """``value`` as it stands in an address; 2.0 is a whole number too (`JSON Schema §6.1.1
    <https://json-schema.org/draft/2020-12/json-schema-validation#name-type>`_)."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and abs(value) < _MOST_EXACT and value.is_integer():
        return str(int(value))
    if isinstance(value, (str, int)):
        return str(value)
    raise BadRequest(
        "The value of {name} must be text, a whole number, true or false.",
        name=shown(name, MOST_QUOTED),
    )
