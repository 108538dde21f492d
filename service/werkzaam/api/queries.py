"""``/v1/queries``: the catalogued questions and their answers, for programs."""

import json
from dataclasses import dataclass

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from werkzaam.api.answers_json import answer_json, choices_json, question_json
from werkzaam.api.caching import cache_headers, entity_tag, not_modified
from werkzaam.api.demo_mark import DEMO_MARK, demo_file_name, demo_link
from werkzaam.api.negotiation import choose_media_type
from werkzaam.api.query_keys import (
    asked_language,
    given_once,
    given_only,
    whole_number,
    yes_or_no,
)
from werkzaam.api.service import Service, service_of
from werkzaam.catalogue.questions import Answered
from werkzaam.catalogue.tables import write_csv
from werkzaam.domain.characters import quoted
from werkzaam.domain.queries import Language
from werkzaam.errors import InvalidParameter, NotFound

router = APIRouter()

FORMATS = {
    "json": "application/json",
    "csv": "text/csv",
    "srj": "application/sparql-results+json",
}
RESERVED = ("lang", "format", "version", "limit", "after", "bom")


@dataclass(frozen=True)
class Wishes:
    """How a caller wants the answer: everything in the address that is no parameter."""

    language: Language
    media_type: str
    limit: int | None
    after: int
    byte_order_mark: bool


@router.get("/v1/queries", include_in_schema=False)
def list_questions(request: Request) -> Response:
    """Every question with its parameters and where its answer is."""
    service = service_of(request)
    language = asked_language(request, given_only(request, "lang"))
    tag = entity_tag(service, request, "application/json", language)
    body = {
        "queries": [
            question_json(query, service.links, language) for query in service.catalogue.all()
        ]
    }
    return not_modified(request, tag) or JSONResponse(body, headers=cache_headers(tag))


@router.get("/v1/queries/{topic}/{question}", include_in_schema=False)
def answer_question(request: Request, topic: str, question: str) -> Response:
    """The answer of one question, as JSON, CSV or SPARQL results."""
    service = service_of(request)
    query = service.catalogue.get(f"{topic}/{question}")
    given = given_once(request)
    wishes = _wishes(request, given)
    tag = entity_tag(service, request, wishes.media_type, wishes.language)
    unchanged = not_modified(request, tag)
    if unchanged is not None:
        return unchanged
    parameters = {name: value for name, value in given.items() if value and name not in RESERVED}
    answered = service.catalogue.answer(
        query, parameters, language=wishes.language, limit=wishes.limit, after=wishes.after
    )
    return _respond(service, answered, wishes, cache_headers(tag))


@router.get("/v1/queries/{topic}/{question}/parameters/{name}", include_in_schema=False)
def list_choices(request: Request, topic: str, question: str, name: str) -> Response:
    """What one parameter of a question can be given."""
    service = service_of(request)
    parameter = service.catalogue.get(f"{topic}/{question}").parameter(name)
    if parameter is None:
        raise NotFound("There is no parameter {name} of this question.", name=name)
    language = asked_language(request, given_only(request, "lang"))
    tag = entity_tag(service, request, "application/json", language)
    choices = choices_json(service.catalogue.choices(parameter), language)
    return not_modified(request, tag) or JSONResponse(
        {"name": name, "choices": choices}, headers=cache_headers(tag)
    )


def _respond(
    service: Service, answered: Answered, wishes: Wishes, headers: dict[str, str]
) -> Response:
    if wishes.media_type == FORMATS["csv"]:
        title = answered.query.name.replace("/", "-")
        name = demo_file_name(f"werkzaam-{title}.csv", answered.version.demo)
        headers["Content-Disposition"] = f'attachment; filename="{name}"'
        mark = DEMO_MARK if service.demo_instance else ""
        body = write_csv(answered.table, byte_order_mark=wishes.byte_order_mark, mark=mark)
        return Response(body, media_type="text/csv; charset=utf-8; header=present", headers=headers)
    if wishes.media_type == FORMATS["srj"]:
        link = demo_link(service.links) if answered.version.demo else ""
        return Response(
            _results_json(answered, link), media_type=wishes.media_type, headers=headers
        )
    body_json = answer_json(answered, wishes.language, service.links)
    return JSONResponse(body_json, headers=headers)


def _results_json(answered: Answered, link: str) -> str:
    bindings = [
        {
            name: {
                "type": term.kind,
                "value": term.value,
                **({"datatype": term.datatype} if term.datatype else {}),
                **({"xml:lang": term.language} if term.language else {}),
            }
            for name, term in row.items()
        }
        for row in answered.table.rows
    ]
    head = {"vars": list(answered.table.columns), **({"link": [link]} if link else {})}
    return json.dumps({"head": head, "results": {"bindings": bindings}}, ensure_ascii=False)


def _wishes(request: Request, given: dict[str, str]) -> Wishes:
    asked = given.get("format")
    if asked is not None and asked not in FORMATS:
        raise InvalidParameter(
            "format",
            tuple(FORMATS),
            "{value} is no format here. Choose one of: {formats}.",
            value=quoted(asked),
            formats=", ".join(FORMATS),
        )
    accept = request.headers.get("accept")
    media_type = FORMATS[asked] if asked else choose_media_type(accept, tuple(FORMATS.values()))
    return Wishes(
        language=asked_language(request, given),
        media_type=media_type,
        limit=whole_number("limit", given["limit"], 1) if "limit" in given else None,
        after=whole_number("after", given.get("after", "0"), 0),
        byte_order_mark=yes_or_no("bom", given.get("bom", "false")),
    )
