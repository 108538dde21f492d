"""``/journey``: what is reported in each phase by each voice, and what no proposal addresses."""

from starlette.requests import Request

from werkzaam.api.service import Service
from werkzaam.errors import BadRequest
from werkzaam.web.contexts import JourneyPage
from werkzaam.web.forms import errors_of, hidden_fields, read_form
from werkzaam.web.journey_choice import NONE, Choice, is_silent, kept, read_choice
from werkzaam.web.journey_facts import RECOMMENDATION, Journey, read_journey
from werkzaam.web.journey_form import journey_fields
from werkzaam.web.journey_matrix import bottlenecks, columns, legend, matrix, unaddressed
from werkzaam.web.journey_pieces import Downloads, MatrixView
from werkzaam.web.journey_statements import opened_cell
from werkzaam.web.journey_words import JourneyWords
from werkzaam.web.languages import languages_of
from werkzaam.web.wording import say, say_number

FINDINGS = "pilot/findings"
UNADDRESSED = "pilot/bottlenecks-nobody-addresses"
_NOT_ASKABLE = (NONE, RECOMMENDATION)
_KEPT_OPEN = ("phase", "voice")


def journey_page(service: Service, request: Request) -> JourneyPage:
    """The page. What is wrong in the address stands in the page."""
    languages = languages_of(request)
    words = JourneyWords(service.links, languages)
    journey = read_journey(service.store, languages.content)
    given: dict[str, str] = {}
    error: BadRequest | None = None
    choice = Choice()
    try:
        given = read_form(request)
        choice = read_choice(given, journey)
    except BadRequest as fault:
        error = fault
    fields = journey_fields(journey, given, words, error)
    return JourneyPage(
        action=service.links.path("/journey"),
        fields=fields,
        errors=errors_of(error, fields, languages.interface),
        hidden=[
            *hidden_fields(request, languages),
            *((name, getattr(choice, name)) for name in _KEPT_OPEN if getattr(choice, name)),
        ],
        documents=[words.name(one) for one in journey.documents],
        view=matrix_view(journey, choice, words) if journey.reports and error is None else None,
        opened=opened_cell(service, journey, choice, words) if error is None else None,
        downloads=_downloads(service, choice, words) if error is None else None,
    )


def matrix_view(journey: Journey, choice: Choice, words: JourneyWords) -> MatrixView:
    """The matrix for ``choice`` with what stands around it."""
    left = unaddressed(journey, choice, words)
    counted = "bottlenecks-unaddressed" if left else "bottlenecks"
    return MatrixView(
        rows=matrix(journey, choice, words),
        columns=columns(journey, choice, words),
        unaddressed=left,
        weighed=""
        if is_silent(journey, choice)
        else _weighed(len(left), bottlenecks(journey, choice), words),
        legend=legend(journey, choice, words),
        statements=len(kept(journey, choice)),
        everything=words.way(choice.unfiltered()) if choice.filters else "",
        notes=_notes(journey, choice, words),
        sheet=words.sheet(choice.closed()),
        weighed_sheet=words.sheet(choice, tally=counted),
        weighed_number=len(left) or bottlenecks(journey, choice),
    )


def _notes(journey: Journey, choice: Choice, words: JourneyWords) -> list[str]:
    """Why a choice leaves nothing, where that could be taken for a finding."""
    language = words.languages.interface
    notes = []
    if is_silent(journey, choice):
        notes.append(
            say_number(
                "The document names this place, but reports no findings from it. That says nothing about how things go there.",
                "The documents name this place, but report no findings from it. That says nothing about how things go there.",
                len(journey.documents), language,
            )
        )  # fmt: skip
    of_other_kinds = choice.addressed and choice.kind not in ("", "bottleneck")
    if of_other_kinds and not kept(journey, Choice(kind=choice.kind, addressed=choice.addressed)):
        notes.append(
            say(
                "“What no proposal addresses” is about bottlenecks. Of the kind of finding that you chose it leaves nothing. Choose bottlenecks, or all kinds.",
                language,
            )
        )
    return notes


def _weighed(left: int, reported: int, words: JourneyWords) -> str:
    """How many of the reported bottlenecks no proposal addresses."""
    language = words.languages.interface
    if not reported:
        return say(
            "No bottleneck is reported here, so nothing can be said about proposals.", language
        )
    if not left:
        return say_number(
            "There is a proposal for the one bottleneck that is reported here.",
            "There is a proposal for each of the {number} bottlenecks that are reported here.",
            reported, language,
        )  # fmt: skip
    return say_number(
        "For {number} of the {reported} reported bottlenecks there is no proposal.",
        "For {number} of the {reported} reported bottlenecks there is no proposal at all.",
        left, language, reported=reported,
    )  # fmt: skip


def _downloads(service: Service, choice: Choice, words: JourneyWords) -> Downloads | None:
    """The ways to the catalogued questions, with the filters that they know too; None where the
    content has no such questions."""
    known = {query.name for query in service.catalogue.all()}
    if not {FINDINGS, UNADDRESSED} <= known:
        return None
    asked = {
        "phase": choice.phase,
        "voice": choice.voice,
        "location": choice.location,
        "theme": choice.theme,
        "findingKind": choice.kind,
    }
    wanted = {name: value for name, value in asked.items() if value not in _NOT_ASKABLE}
    language = words.languages.content
    path = f"/v1/queries/{FINDINGS}"
    return Downloads(
        csv=service.links.path(path, **wanted, lang=language, format="csv"),
        json=service.links.path(path, **wanted, lang=language, format="json"),
        unaddressed=service.links.question_page(UNADDRESSED),
        whole=wanted.keys() == asked.keys() and not choice.addressed,
    )
