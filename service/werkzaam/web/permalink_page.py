"""The page that says whether an answer of the past is still the answer."""

from collections.abc import Sequence
from dataclasses import replace

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from werkzaam.api.answer_difference import Pair, changed_columns
from werkzaam.api.answer_permalink import (
    MOST_LISTED,
    Kept,
    Opened,
    known_permalink,
    open_permalink,
)
from werkzaam.api.answer_permalink_json import say_outcome
from werkzaam.api.answer_responses import date_of
from werkzaam.api.links import Links
from werkzaam.api.negotiation import choose_media_type
from werkzaam.api.query_keys import given_once
from werkzaam.api.service import Service, service_of
from werkzaam.api.sparql_answers import caller_of
from werkzaam.catalogue.questions import Answered
from werkzaam.domain.answers import Row
from werkzaam.domain.identifiers import last_segment
from werkzaam.domain.queries import CataloguedQuery, Language
from werkzaam.web.answer_about import day_of_time
from werkzaam.web.answer_tables import answer_table
from werkzaam.web.drawing import Drawing
from werkzaam.web.languages import CONTENT_KEY, Languages, languages_of
from werkzaam.web.lookups import effects, scale
from werkzaam.web.permalink_pieces import ChangedCell, ChangedRow, PermalinkPage
from werkzaam.web.pieces import AnswerTable
from werkzaam.web.wording import say

router = APIRouter(include_in_schema=False)
_TYPES = ("text/html", "application/json")
_NAMED_BY = 3


@router.get("/queries/{topic}/{question}/permalink")
def permalink(request: Request, topic: str, question: str) -> Response:
    """Whether an answer of the past is still the same; a program is sent to the same as JSON."""
    service = service_of(request)
    if choose_media_type(request.headers.get("accept"), _TYPES) != _TYPES[0]:
        address = service.links.path("/v1" + request.url.path) + f"?{request.url.query}"
        return RedirectResponse(address, 303, {"Vary": "Accept", "Cache-Control": "no-store"})
    drawing: Drawing = request.app.state.drawing
    return drawing.unchanged(request) or drawing.page(
        request, permalink_page(service, request, f"{topic}/{question}")
    )


def permalink_page(service: Service, request: Request, name: str) -> PermalinkPage:
    """The page of one permalink. Raises NotFound, BadRequest and whatever the store raises."""
    languages = languages_of(request)
    given = given_once(request)
    query, kept = known_permalink(service, name, given)
    opened = open_permalink(service, query, kept, caller_of(request.scope))
    found = opened.difference
    language = languages.interface
    links = service.links
    asked = {**(kept.parameters if opened.now else {}), CONTENT_KEY: kept.language}
    shown: dict[str, str | None] = {**given}
    return PermalinkPage(
        title=query.title.in_(language),
        question=query.question.in_(language),
        all_questions=links.path("/queries"),
        question_page=links.question_page(name, **asked),
        same=opened.same,
        said=say_outcome(opened, language),
        notes=_notes(opened, language),
        facts=_facts(service, opened, language),
        added=_rows(service, opened.now, found.added if found else (), languages, links),
        removed=_rows(
            service,
            opened.then,
            found.removed if found else (),
            languages,
            replace(links, version=kept.version),
        ),
        changed=[_changed(query, pair, language) for pair in found.changed[:MOST_LISTED]]
        if found
        else [],
        cut=_cut(opened, language),
        json=links.path(f"/v1/queries/{name}/permalink", **shown),
    )


def _notes(opened: Opened, language: Language) -> list[str]:
    notes = []
    if not opened.question_same:
        notes.append(say("The question itself has been changed since.", language))
    if opened.reproduced is False and opened.difference:
        notes.append(
            say(
                "Asked now, that version does not give the answer that was kept, so the rows below "
                "compare the question as it is now on both versions.",
                language,
            )
        )
    return notes


def _facts(service: Service, opened: Opened, language: Language) -> list[tuple[str, str]]:
    kept, query = opened.kept, opened.query
    found = []
    for name, value in kept.parameters.items():
        parameter = query.parameter(name)
        found.append((parameter.label.in_(language) if parameter else name, _chosen(value)))
    found.append((say("Kept on", language), _version(service, kept.version, language)))
    found.append((say("Looked at now", language), _version(service, opened.version, language)))
    if kept.is_part:
        found.append((say("Kept part", language), _kept_part(kept, language)))
    for label, answered in (
        (say("Rows then", language), opened.then),
        (say("Rows now", language), opened.now),
    ):
        if answered:
            found.append((label, str(answered.table.total)))
    return found


def _kept_part(kept: Kept, language: Language) -> str:
    first = kept.after + 1
    if kept.limit is None:
        return say("from row {first}", language, first=first)
    return say("rows {first} to {last}", language, first=first, last=kept.after + kept.limit)


def _chosen(value: str) -> str:
    return last_segment(value) if value.startswith("http") else value


def _version(service: Service, number: int, language: Language) -> str:
    said = say("dataset version {number}", language, number=number)
    day = date_of(service, number)
    return f"{said}, {day_of_time(day, language)}" if day else said


def _rows(
    service: Service,
    answered: Answered | None,
    rows: Sequence[Row],
    languages: Languages,
    links: Links,
) -> AnswerTable | None:
    if not rows or answered is None:
        return None
    store, content = service.store, languages.content
    values = {**scale(store, content), **effects(store, content)}
    return answer_table(
        answered.query,
        answered.table,
        values,
        languages.interface,
        content,
        links,
        only=rows[:MOST_LISTED],
    )


def _changed(query: CataloguedQuery, pair: Pair, language: Language) -> ChangedRow:
    then, now = pair
    labels = {column.name: column.label.in_(language) for column in query.columns}
    cells = [
        ChangedCell(labels.get(name, name), _text(then, name), _text(now, name))
        for name in changed_columns(pair)
    ]
    return ChangedRow(_name_of(query, now), cells)


def _name_of(query: CataloguedQuery, row: Row) -> str:
    """What a row is called: the names of its things, else the ends of their IRIs."""
    names = {column.of: column.name for column in query.columns if column.of}
    parts = (
        _text(row, names.get(key, "")) or last_segment(_text(row, key)) for key in query.key_columns
    )
    return " · ".join([part for part in parts if part][:_NAMED_BY])


def _text(row: Row, name: str) -> str:
    return row[name].value if name in row else ""


def _cut(opened: Opened, language: Language) -> str:
    found = opened.difference
    if found and max(len(found.added), len(found.removed), len(found.changed)) > MOST_LISTED:
        return say("Of each kind the first {most} rows stand here.", language, most=MOST_LISTED)
    return ""
