"""The addresses of the pages, and what each of them draws."""

from collections.abc import Mapping
from dataclasses import replace
from http import HTTPStatus
from threading import Event
from typing import Any

from fastapi import APIRouter, FastAPI
from starlette.requests import Request
from starlette.responses import Response

from werkzaam.api.figure_links import tally_href
from werkzaam.api.links import Links
from werkzaam.api.service import Service, service_of
from werkzaam.api.sparql_protocol import ProtocolQuery
from werkzaam.domain.identifiers import last_segment, term
from werkzaam.domain.queries import Language
from werkzaam.errors import NotFound
from werkzaam.linked_data.things import Standing
from werkzaam.web.addresses import thing_href
from werkzaam.web.alternates import whole_dataset
from werkzaam.web.assets import FOLDER, HashedFiles, read_assets
from werkzaam.web.changes_page import changes_page, difference_page
from werkzaam.web.contexts import AboutPage, ErrorPage, HomePage
from werkzaam.web.drawing import Drawing
from werkzaam.web.figure_page import figure_page
from werkzaam.web.headlines import ELEMENTS_WITHOUT_PROJECTS, headline
from werkzaam.web.journey_page import journey_page
from werkzaam.web.languages import languages_of
from werkzaam.web.lookups import ReviewCount, counts, documents, kind_counts, review_counts, scale
from werkzaam.web.map_page import map_page
from werkzaam.web.model_page import model_page
from werkzaam.web.not_found import ways_on
from werkzaam.web.permalink_page import router as permalink_router
from werkzaam.web.pieces import Headline
from werkzaam.web.question_page import (
    question_link,
    question_page,
    questions_page,
    records_for,
    topics,
)
from werkzaam.web.resource_page import resource_page
from werkzaam.web.search_page import router as search_router
from werkzaam.web.sparql_page import sparql_page
from werkzaam.web.submit_routes import router as submit_router
from werkzaam.web.why_page import why_page
from werkzaam.web.wording import say

router = APIRouter(include_in_schema=False)


def install(app: FastAPI, service: Service) -> None:
    """Let ``app`` answer with pages. Raises SettingsError where their stylesheet was not built."""
    drawing = Drawing(service, read_assets())
    app.state.drawing = drawing
    app.include_router(router)
    app.include_router(submit_router)
    app.include_router(permalink_router)
    app.include_router(search_router)
    app.mount("/static", HashedFiles(directory=FOLDER), name="static")

    def draw_sparql(request: Request, query: ProtocolQuery | None, gone: Event | None) -> Response:
        page, status = sparql_page(service_of(request), request, query, gone)
        return drawing.page(request, page, status)

    def draw_error(
        request: Request, status: int, title: str, detail: str, facts: Mapping[str, Any]
    ) -> Response:
        page = error_page(service, request, status, title, detail)
        language = languages_of(request).interface
        ways = ways_on(service.store, facts, service.links, request.url.path, language)
        return drawing.page(request, replace(page, ways=ways), status)

    def draw_resource(request: Request, thing: Standing) -> Response:
        unchanged = drawing.unchanged(request)
        return unchanged or drawing.page(
            request, resource_page(service_of(request), request, thing)
        )

    service.sparql_page = draw_sparql
    service.error_page = draw_error
    service.resource_page = draw_resource


@router.get("/")
def home(request: Request) -> Response:
    """What this is, and the headline question."""
    drawing = _drawing(request)
    return drawing.unchanged(request) or drawing.page(
        request, home_page(service_of(request), request)
    )


@router.get("/queries")
def questions(request: Request) -> Response:
    """All questions."""
    drawing = _drawing(request)
    return drawing.unchanged(request) or drawing.page(
        request, questions_page(service_of(request), request)
    )


@router.get("/queries/{topic}/{question}")
def question(request: Request, topic: str, question: str) -> Response:
    """One question and its answer."""
    drawing = _drawing(request)
    unchanged = drawing.unchanged(request)
    if unchanged is not None:
        return unchanged
    page = question_page(service_of(request), request, f"{topic}/{question}")
    return drawing.page(request, page, 400 if page.errors else 200)


@router.get("/map")
def evidence_map(request: Request) -> Response:
    """The evidence map."""
    drawing = _drawing(request)
    unchanged = drawing.unchanged(request)
    if unchanged is not None:
        return unchanged
    page = map_page(service_of(request), request)
    return drawing.page(request, page, 400 if page.errors else 200)


@router.get("/model")
def integration_model(request: Request) -> Response:
    """The model of integration, and what documents say MDT does for each component."""
    drawing = _drawing(request)
    return drawing.unchanged(request) or drawing.page(
        request, model_page(service_of(request), request)
    )


@router.get("/journey")
def journey(request: Request) -> Response:
    """What is reported in each phase by each voice, and what no proposal addresses."""
    drawing = _drawing(request)
    unchanged = drawing.unchanged(request)
    if unchanged is not None:
        return unchanged
    page = journey_page(service_of(request), request)
    return drawing.page(request, page, 400 if page.errors else 200)


@router.get("/figures/{name:path}")
def figure(request: Request, name: str) -> Response:
    """All that defends one figure."""
    drawing = _drawing(request)
    return drawing.unchanged(request) or drawing.page(
        request, figure_page(service_of(request), request, name)
    )


@router.get("/why")
def why(request: Request) -> Response:
    """Why a triple is in the dataset."""
    drawing = _drawing(request)
    return drawing.unchanged(request) or drawing.page(
        request, why_page(service_of(request), request)
    )


@router.get("/changes")
def changes(request: Request) -> Response:
    """What happened to the dataset."""
    drawing = _drawing(request)
    return drawing.unchanged(request) or drawing.page(
        request, changes_page(service_of(request), request)
    )


@router.get("/changes/diff")
def difference(request: Request) -> Response:
    """What differs between two versions."""
    drawing = _drawing(request)
    return drawing.unchanged(request) or drawing.page(
        request, difference_page(service_of(request), request)
    )


@router.get("/about")
def about(request: Request) -> Response:
    """What this is, where it comes from, and what it cannot do."""
    drawing = _drawing(request)
    return drawing.unchanged(request) or drawing.page(
        request, about_page(service_of(request), request)
    )


def home_page(service: Service, request: Request) -> HomePage:
    """The start page with the answer to the headline question, if that is catalogued."""
    language = languages_of(request).interface
    names = {query.name: query for query in service.catalogue.all()}
    asked = names.get(ELEMENTS_WITHOUT_PROJECTS)
    marks = {source.mark for source in documents(service.store, language) if source.mark}
    return HomePage(
        question=question_link(service, asked, language) if asked else None,
        headline=_headline(service, language),
        topics=topics(service, language, without=ELEMENTS_WITHOUT_PROJECTS),
        counts=counts(service.store),
        sheets=_count_sheets(service.links),
        review=_reviewed(service, language),
        marks=sorted(marks),
        map=service.links.path("/map"),
        journey=service.links.path("/journey"),
        kinds=service.links.path("/about") + "#kinds",
        sparql=service.links.path("/sparql"),
        openapi=service.links.path("/v1/openapi.json"),
    )


def about_page(service: Service, request: Request) -> AboutPage:
    """The page about this service."""
    languages = languages_of(request)
    return AboutPage(
        documents=[
            replace(source, href=thing_href(source.iri, service.links))
            for source in documents(service.store, languages.content)
        ],
        kinds=[
            replace(kind, sheet=tally_href(service.links, "things", kind=kind.iri))
            for kind in kind_counts(service.store, languages.content)
        ],
        review=_reviewed(service, languages.content),
        map=service.links.path("/map"),
        whole=whole_dataset(service.links, languages.interface),
    )


def _count_sheets(links: Links) -> dict[str, str]:
    """By the name of a count on the start page, the way to what defends it."""
    kinds = {
        "elements": term("WorkingElement"),
        "goals": term("Goal"),
        "tensions": term("Tension"),
        "sources": term("Source"),
        "documents": term("Document"),
        "projects": term("Project"),
    }
    of_kinds = {name: tally_href(links, "things", kind=kind) for name, kind in kinds.items()}
    others = {name: tally_href(links, name) for name in ("concepts", "statements", "readings")}
    return {**of_kinds, **others}


def _reviewed(service: Service, language: Language) -> list[ReviewCount]:
    return [
        replace(stage, sheet=tally_href(service.links, "checked", status=last_segment(stage.iri)))
        for stage in review_counts(service.store, language)
    ]


def error_page(
    service: Service, request: Request, status: int, title: str, detail: str
) -> ErrorPage:
    """The page for an error; ``title`` is used where there are no words of our own."""
    language = languages_of(request).interface
    headings = {
        HTTPStatus.BAD_REQUEST: say("This request cannot be answered", language),
        HTTPStatus.FORBIDDEN: say("This is not allowed", language),
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE: say("This is too large", language),
        HTTPStatus.NOT_FOUND: say("Page not found", language),
        HTTPStatus.GONE: say("No longer here", language),
        HTTPStatus.INTERNAL_SERVER_ERROR: say("Something went wrong", language),
        HTTPStatus.SERVICE_UNAVAILABLE: say("Too busy at the moment", language),
        HTTPStatus.GATEWAY_TIMEOUT: say("The answer took too long", language),
    }
    heading = headings.get(HTTPStatus(status), title)
    links = service.links
    return ErrorPage(status, heading, detail, links.path("/"), links.path("/queries"))


def _headline(service: Service, language: Language) -> Headline | None:
    try:
        query = service.catalogue.get(ELEMENTS_WITHOUT_PROJECTS)
        records = records_for(service, query, {}, language)
    except NotFound:
        return None
    answered = service.catalogue.answer(query, {}, language=language)
    return headline(answered, records, scale(service.store, language), language, service.links)


def _drawing(request: Request) -> Drawing:
    drawing: Drawing = request.app.state.drawing
    return drawing
