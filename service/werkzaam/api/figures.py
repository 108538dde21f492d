"""``/v1/figures``: all that defends a figure, for programs."""

from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from werkzaam.api.caching import cache_headers, entity_tag, not_modified
from werkzaam.api.demo_mark import DEMO_MARK
from werkzaam.api.figure_counts import cell_sheet, rows_sheet, tally_sheet
from werkzaam.api.figure_pieces import Item, Line, Sheet, Spot, WeighedLine, Words
from werkzaam.api.figure_sheets import sheet_url, stated_sheet
from werkzaam.api.query_keys import asked_language, given_once, whole_number
from werkzaam.api.service import Service, service_of
from werkzaam.catalogue.tallies import TOPIC
from werkzaam.domain.characters import MOST_QUOTED, shown
from werkzaam.domain.identifiers import THINGS
from werkzaam.domain.queries import Language
from werkzaam.errors import InvalidParameter

router = APIRouter()
_QUESTIONS = "queries"
AFTER_KEY = "after"
_WISHES = ("lang", "version", AFTER_KEY)
_PATHS_OF_QUESTIONS = (3, 4)
Json = dict[str, Any]


@router.get("/v1/figures/{name:path}", include_in_schema=False)
def defend(request: Request, name: str) -> Response:
    """The sheet of a measurement, assessment, source, count, or cell of an answer."""
    service = service_of(request)
    given = given_once(request)
    language = asked_language(request, given)
    tag = entity_tag(service, request, "application/json", language)
    unchanged = not_modified(request, tag)
    if unchanged is not None:
        return unchanged
    before = whole_number(AFTER_KEY, given.get(AFTER_KEY, "0"), 0)
    sheet = sheet_of(service, name, without_wishes(given), language, before)
    return JSONResponse(sheet_json(service, sheet, language), headers=cache_headers(tag))


def without_wishes(given: dict[str, str]) -> dict[str, str]:
    """``given`` without the language and the version, which chose the service."""
    return {key: value for key, value in given.items() if key not in _WISHES}


def sheet_of(
    service: Service, name: str, given: dict[str, str], language: Language, before: int = 0
) -> Sheet:
    """The sheet that is called ``name``: ``measurement/…``, ``assessment/…``, ``source/…``,
    ``counts/…`` or ``queries/TOPIC/QUESTION[/COLUMN]``; of what was counted, those after the first
    ``before`` are told.

    Raises NotFound, InvalidParameter.
    """
    first, _, rest = name.partition("/")
    parts = name.split("/")
    if first == _QUESTIONS and len(parts) in _PATHS_OF_QUESTIONS:
        question = "/".join(parts[1:3])
        if len(parts) == _PATHS_OF_QUESTIONS[0]:
            return rows_sheet(service, question, given, language, before)
        return cell_sheet(service, question, parts[3], given, language, before)
    if first == TOPIC:
        return tally_sheet(service, rest, given, language, before)
    for key in given:
        raise InvalidParameter(
            shown(key, MOST_QUOTED),
            _WISHES,
            "There is no parameter {name} here. There is: {known}.",
            known=", ".join(_WISHES),
        )
    return stated_sheet(service, first, rest, language)


def sheet_json(service: Service, sheet: Sheet, language: Language) -> Json:
    """``sheet`` as JSON. Of what was counted every IRI is listed, the first ones told in full."""
    links, rule = service.links, sheet.rule
    given = dict(rule.given) if rule else {}
    return {
        "figure": sheet.name,
        "kind": sheet.kind,
        "title": sheet.title.text,
        "value": sheet.figure,
        "gist": sheet.gist.text or None,
        "facts": {line.key: _line(line) for line in sheet.lines},
        "passages": [_spot(spot) for spot in sheet.spots],
        "references": [
            {"iri": one.cited_as.iri, "citedAs": one.cited_as.text, "match": one.match,
             "source": _words(one.source) if one.source else None}
            for one in sheet.references
        ],
        "weighed": [_weighed(service, one) for one in sheet.weighed],
        "sameThingAndUnit": [_item(service, item) for item in sheet.same],
        "together": [_item(service, item) for item in sheet.together],
        "cites": [_item(service, item) for item in sheet.cites],
        "rule": {"text": rule.text, "question": rule.question or None, "asked": dict(rule.asked),
                 "sparql": rule.sparql} if rule else None,
        "counted": [iri for iri in sheet.counted if iri] if rule else None,
        "members": [_item(service, item) for item in sheet.members],
        "membersLeftOut": max(0, len(sheet.counted) - len(sheet.members)),
        "empty": sheet.empty or None,
        "documents": [
            {"iri": work.iri, "title": work.brief, "pages": [*work.places]} for work in sheet.works
        ],
        "footnotes": sheet.footnotes,
        "briefFootnotes": sheet.brief_footnotes,
        "version": service.store.version.number,
        "page": sheet_url(service, sheet, language),
        "self": links.url(f"/v1/figures/{sheet.name}", **given, lang=language),
        **({"demo": DEMO_MARK} if service.store.version.demo else {}),
    }  # fmt: skip


def _weighed(service: Service, one: WeighedLine) -> Json:
    return {
        "iri": one.iri,
        "kind": one.kind,
        "reason": one.reason.text,
        "reviewStatus": one.review,
        "others": [_item(service, item) for item in one.others],
    }


def _words(words: Words) -> Json:
    return {"text": words.text, **({"iri": words.iri} if words.iri else {})}


def _line(line: Line) -> Json:
    return {
        "label": line.label,
        "values": [_words(value) for value in line.values],
        "meaning": line.meaning or None,
        "absence": None if line.values else line.absence,
    }


def _spot(spot: Spot) -> Json:
    return {
        "passage": spot.passage,
        "document": _words(spot.document),
        "heading": spot.section or None,
        "page": spot.page or None,
        "pageOrigin": spot.origin,
    }


def _item(service: Service, item: Item) -> Json:
    sheet = item.what.iri.removeprefix(THINGS)
    return {
        **_words(item.what),
        "kind": item.kind,
        "value": item.figure or None,
        "voice": item.voice or None,
        "basis": item.basis or None,
        "hedges": [*item.hedges],
        "population": item.population or None,
        "period": item.period or None,
        "passages": [_spot(spot) for spot in item.spots],
        **({"row": dict(item.row)} if item.row else {}),
        **({"figure": service.links.url(f"/v1/figures/{sheet}")} if item.is_figure else {}),
    }
