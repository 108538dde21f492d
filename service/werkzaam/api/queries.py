"""``/v1/queries``: the catalogued questions and their answers, for programs."""

import contextlib
from collections.abc import Iterator, Mapping
from functools import partial
from threading import Event

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from werkzaam.api.answer_permalink import known_permalink, open_permalink
from werkzaam.api.answer_permalink_json import permalink_json
from werkzaam.api.answer_responses import answer_response
from werkzaam.api.answer_wishes import FORMATS, RESERVED, Wishes, posted, read_wishes
from werkzaam.api.answers_json import choices_json, description_json, question_json
from werkzaam.api.caching import cache_headers, entity_tag, not_modified
from werkzaam.api.connection import watched
from werkzaam.api.query_keys import asked_language, given_once, given_only
from werkzaam.api.service import Service, instance_of, service_of
from werkzaam.api.sparql_answers import caller_of
from werkzaam.catalogue.finding import find_questions, tags_of, topics_of
from werkzaam.catalogue.questions import Answered
from werkzaam.domain.characters import quoted
from werkzaam.domain.queries import CataloguedQuery, Language
from werkzaam.errors import InvalidParameter, NotFound

__all__ = ["FORMATS", "RESERVED", "router"]

router = APIRouter()
_JSON = FORMATS["json"]
_MOST_ADDRESS = 2000
_MOST_WORDS = 200


@router.get("/v1/queries", include_in_schema=False)
def list_questions(request: Request) -> Response:
    """Every question, or those with all words of ``q``, every ``tag`` and the ``topic``: its
    parameters and where its answer is."""
    service = service_of(request)
    tags = request.query_params.getlist("tag")
    given = given_only(request, "lang", "q", "topic", "tag", repeated=("tag",))
    language = asked_language(request, given)
    queries = service.catalogue.all()
    _check_choice("topic", [given["topic"]] if "topic" in given else [], topics_of(queries))
    _check_choice("tag", tags, tags_of(queries))
    words = given.get("q", "")
    if len(words) > _MOST_WORDS:
        raise InvalidParameter(
            "q",
            (),
            "The value of {name} has more than {most} characters. Shorten it.",
            most=_MOST_WORDS,
        )
    tag = entity_tag(service, request, _JSON, language)
    found = find_questions(queries, words, tags, given.get("topic"))
    body = {
        "queries": [question_json(query, service.links, language) for query in found],
        "total": len(queries),
        "topics": topics_of(found),
        "tags": tags_of(found),
    }
    return not_modified(request, tag) or JSONResponse(body, headers=cache_headers(tag))


@router.get("/v1/queries/{topic}/{question}", include_in_schema=False)
async def answer_question(request: Request, topic: str, question: str) -> Response:
    """The answer of one question, in any of its formats."""
    service, name, gone = service_of(request), f"{topic}/{question}", Event()
    async with watched(request, gone.set):
        answering = partial(_answer, service, request, name, gone)
        return await service.threads.run(answering, past=service.is_past)


def _answer(service: Service, request: Request, name: str, gone: Event) -> Response:
    query = service.catalogue.get(name)
    wishes = read_wishes(request, query, given_once(request))
    tag = entity_tag(service, request, wishes.media_type, wishes.language)
    unchanged = not_modified(request, tag)
    if unchanged is not None:
        return unchanged
    answered = _answered(service, request, query, wishes, gone)
    return answer_response(service, answered, wishes, cache_headers(tag))


@router.post("/v1/queries/{topic}/{question}", include_in_schema=False)
async def answer_posted_question(request: Request, topic: str, question: str) -> Response:
    """The same answer, for parameters that are sent in the body as a form or a JSON object."""
    given = await posted(request)
    instance, name, gone = instance_of(request), f"{topic}/{question}", Event()
    service = instance.at(given["version"]) if given.get("version") else instance
    async with watched(request, gone.set):
        answering = partial(_answer_posted, service, request, name, given, gone)
        return await service.threads.run(answering, past=service.is_past)


@router.get("/v1/queries/{topic}/{question}/description", include_in_schema=False)
def describe_question(request: Request, topic: str, question: str) -> Response:
    """One question: what it asks, what it can be asked with, its columns, formats and SPARQL."""
    service = service_of(request)
    query = service.catalogue.get(f"{topic}/{question}")
    language = asked_language(request, given_only(request, "lang", "version"))
    tag = entity_tag(service, request, _JSON, language)
    unchanged = not_modified(request, tag)
    if unchanged is not None:
        return unchanged
    body = description_json(query, service.catalogue, service.links, language)
    return JSONResponse(body, headers=cache_headers(tag))


@router.get("/v1/queries/{topic}/{question}/permalink", include_in_schema=False)
def open_kept_answer(request: Request, topic: str, question: str) -> Response:
    """Whether an answer of the past is still the same, and else which rows differ."""
    service = instance_of(request)
    given = given_once(request)
    query, kept = known_permalink(service, f"{topic}/{question}", given)
    language = asked_language(request, given)
    tag = entity_tag(service, request, _JSON, language)
    unchanged = not_modified(request, tag)
    if unchanged is not None:
        return unchanged
    opened = open_permalink(service, query, kept, caller_of(request.scope))
    return JSONResponse(permalink_json(service, opened, language), headers=cache_headers(tag))


@router.get("/v1/queries/{topic}/{question}/parameters/{name}", include_in_schema=False)
def list_choices(request: Request, topic: str, question: str, name: str) -> Response:
    """What one parameter of a question can be given."""
    service = service_of(request)
    parameter = service.catalogue.get(f"{topic}/{question}").parameter(name)
    if parameter is None:
        raise NotFound("There is no parameter {name} of this question.", name=quoted(name))
    language = asked_language(request, given_only(request, "lang", "version"))
    tag = entity_tag(service, request, _JSON, language)
    unchanged = not_modified(request, tag)
    if unchanged is not None:
        return unchanged
    choices = choices_json(service.catalogue.choices(parameter), language)
    return JSONResponse({"name": name, "choices": choices}, headers=cache_headers(tag))


def _answer_posted(
    service: Service, request: Request, name: str, given: Mapping[str, str], gone: Event
) -> Response:
    query = service.catalogue.get(name)
    wishes = read_wishes(request, query, given)
    answered = _answered(service, request, query, wishes, gone)
    address = service.links.question_answer(name, **given)
    headers = {"Cache-Control": "no-store", "Vary": "Accept, Accept-Language"}
    if len(address) <= _MOST_ADDRESS:
        headers["Content-Location"] = address
    return answer_response(service, answered, wishes, headers)


def _answered(
    service: Service, request: Request, query: CataloguedQuery, wishes: Wishes, gone: Event
) -> Answered:
    with _naming_choices(service, query, wishes.language):
        return service.catalogue.answer(
            query,
            wishes.parameters,
            language=wishes.language,
            limit=wishes.limit,
            after=wishes.after,
            caller=caller_of(request.scope),
            stop=gone,
        )


@contextlib.contextmanager
def _naming_choices(service: Service, query: CataloguedQuery, language: Language) -> Iterator[None]:
    """A refusal of a parameter tells what it can be given with the names of it."""
    try:
        yield
    except InvalidParameter as fault:
        parameter = query.parameter(fault.name)
        if parameter and (choices := service.catalogue.choices(parameter)):
            fault.knowing(options=choices_json(choices, language))
        raise


def _check_choice(name: str, given: list[str], known: Mapping[str, int]) -> None:
    """Raises InvalidParameter for one of ``given`` that is not ``known``."""
    for value in given:
        if value not in known:
            raise InvalidParameter(
                name,
                tuple(known),
                "{name} is {value}. Choose one of: {choices}.",
                value=quoted(value),
                choices=", ".join(known),
            )
