"""``/v1/evidence-map``: per working element what documents say of it and on what ground, beside the
projects that are loaded. The map of ``/map`` for programs, put together from three questions."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from werkzaam.api.answer_coverage import coverage_of
from werkzaam.api.answer_limits import limits_json, limits_of
from werkzaam.api.answer_responses import date_of
from werkzaam.api.answers_json import row_json
from werkzaam.api.caching import cache_headers, entity_tag, not_modified
from werkzaam.api.demo_mark import DEMO_MARK
from werkzaam.api.links import Links
from werkzaam.api.query_keys import asked_language, given_only
from werkzaam.api.service import Service, service_of
from werkzaam.api.sparql_answers import caller_of
from werkzaam.catalogue.questions import Answered
from werkzaam.domain.answers import Row
from werkzaam.domain.queries import Language
from werkzaam.errors import NotFound, StoreBusy

router = APIRouter()
PROJECTS: Final = "coverage/projects-per-working-element"
ASSESSMENTS: Final = "evidence/assessment-per-working-element"
GOALS: Final = "evidence/working-elements-per-goal"
QUESTIONS: Final = (PROJECTS, ASSESSMENTS, GOALS)
"""The questions that the map is made of; the first says which elements are on it."""
KEYS: Final = ("goal", "subsidyRound")
_TRIES: Final = 3


@router.get("/v1/evidence-map", include_in_schema=False)
def evidence_map(request: Request) -> Response:
    """The map as JSON; by ``goal`` its elements, by ``subsidyRound`` its projects."""
    service = service_of(request)
    given = given_only(request, *KEYS, "lang", "version")
    language = asked_language(request, given)
    tag = entity_tag(service, request, "application/json", language)
    unchanged = not_modified(request, tag)
    if unchanged is not None:
        return unchanged
    asked = {key: given[key] for key in KEYS if given.get(key)}
    answers = _answers(service, asked, language, caller_of(request.scope))
    return JSONResponse(_map(service, answers, asked, language), headers=cache_headers(tag))


def _answers(
    service: Service, asked: Mapping[str, str], language: Language, caller: str
) -> dict[str, Answered]:
    """The answers by question, all of one version. Raises StoreBusy where the dataset moves on and on."""
    known = {query.name for query in service.catalogue.all()}
    for name in QUESTIONS:
        if name not in known:
            raise NotFound(
                "The map cannot be drawn: this content has no question {name}. Add it to queries/.",
                name=name,
            )
    for _ in range(_TRIES):
        answers = {}
        for name in QUESTIONS:
            query = service.catalogue.get(name)
            narrowed = {key: value for key, value in asked.items() if query.parameter(key)}
            answers[name] = service.catalogue.answer(
                query, narrowed, language=language, caller=caller
            )
        if len({answered.version.number for answered in answers.values()}) == 1:
            return answers
    raise StoreBusy(1, "The dataset moved on. Try again in {retry_after} seconds.")


def _map(
    service: Service, answers: Mapping[str, Answered], asked: Mapping[str, str], language: Language
) -> dict[str, Any]:
    links, version = service.links, answers[PROJECTS].version
    said, listed = _by_element(answers[ASSESSMENTS]), _by_element(answers[GOALS])
    date = date_of(service, version.number)
    return {
        "version": version.number,
        "parameters": dict(asked),
        "elements": [
            _element(row, answers, said, listed, links) for row in answers[PROJECTS].table.rows
        ],
        "answers": [
            {
                "query": name,
                "answer": links.question_answer(
                    name, **answered.given, lang=language, version=str(version.number)
                ),
                "limits": limits_json(
                    limits_of(answered, coverage=coverage_of(service.store, answered), date=date),
                    language,
                ),
            }
            for name, answered in answers.items()
        ],
        "page": links.url("/map", goal=asked.get("goal"), lang=language),
        **({"demo": DEMO_MARK} if version.demo else {}),
    }


def _by_element(answered: Answered) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in answered.table.rows:
        found.setdefault(row["element"].value, []).append(row)
    return found


def _element(
    row: Row,
    answers: Mapping[str, Answered],
    said: Mapping[str, Sequence[Row]],
    listed: Mapping[str, Sequence[Row]],
    links: Links,
) -> dict[str, Any]:
    """One element: its cells by question. Nothing said of it, or no goal it is listed under, is an empty
    list, which is not a no."""
    iri = row["element"].value
    projects = row_json(answers[PROJECTS], row, links)
    return {
        "element": projects.pop("element"),
        "url": links.url(links.of_thing(iri) or ""),
        "goals": [_without(row_json(answers[GOALS], one, links)) for one in listed.get(iri, ())],
        "assessments": [
            _without(row_json(answers[ASSESSMENTS], one, links)) for one in said.get(iri, ())
        ],
        "projects": _without(projects),
    }


def _without(cells: dict[str, Any]) -> dict[str, Any]:
    """``cells`` without the name of the element, which stands above them."""
    return {name: cell for name, cell in cells.items() if name not in ("element", "elementLabel")}
