"""What recording a file would change in the answer, element by element."""

from collections.abc import Sequence
from typing import Final

from werkzaam.api.service import Service
from werkzaam.domain.identifiers import last_segment
from werkzaam.domain.queries import Language
from werkzaam.ingest.coverage_change import Coverage, CoverageChange, coverage_change
from werkzaam.ingest.gate_outcome import GateOutcome
from werkzaam.web.addresses import thing_href
from werkzaam.web.languages import Languages
from werkzaam.web.lookups import look_up
from werkzaam.web.pieces import Named
from werkzaam.web.submit_pieces import CoverageRow, CoverageView
from werkzaam.web.wording import say, say_number

_MOST_ROWS: Final = 100


def coverage_of(
    service: Service, outcome: GateOutcome, languages: Languages
) -> CoverageView | None:
    """What recording ``outcome`` would change; None for a file that cannot be recorded."""
    if not outcome.report.conforms:
        return None
    change = coverage_change(service.submissions.journal.records_state(), outcome.records)
    elements: dict[str, Named] = {}
    for row in look_up(service.store, "elements", languages.content):
        iri = row["element"].value
        href = thing_href(iri, service.links)
        elements[iri] = Named(row["label"].value, href, languages.content, iri)
    others = sorted(change.elements.keys() - elements.keys())
    unnamed = [Named(last_segment(iri), thing_href(iri, service.links), iri=iri) for iri in others]
    return coverage_view(change, [*elements.values(), *unnamed], languages.interface)


def coverage_view(
    change: CoverageChange, elements: Sequence[Named], language: Language
) -> CoverageView:
    """``change`` in words, in the order of ``elements``; the first rows, and how many more."""
    changing = [element for element in elements if element.iri in change.elements]
    rows = [
        CoverageRow(
            element,
            _said(change.elements[element.iri][0], change.loaded_before, language),
            _said(change.elements[element.iri][1], change.loaded_after, language),
        )
        for element in changing[:_MOST_ROWS]
    ]
    left_out = len(changing) - len(rows)
    return CoverageView(
        _sentence(len(changing), language),
        say(
            "Loaded projects: now {before}, after recording {after}.",
            language,
            before=change.loaded_before,
            after=change.loaded_after,
        ),
        rows,
        say_number(
            "{number} more element changes.", "{number} more elements change.", left_out, language
        )
        if left_out
        else "",
    )


def _sentence(number: int, language: Language) -> str:
    if not number:
        return say("The numbers change for no working element.", language)
    return say_number(
        "The numbers change for {number} working element.",
        "The numbers change for {number} working elements.",
        number,
        language,
    )


def _said(coverage: Coverage, loaded: int, language: Language) -> str:
    """In the words of the catalogued question, so that the answer is recognised."""
    if not loaded:
        return say("no project data", language)
    if not coverage.coded:
        return say("not coded in the {number} loaded projects", language, number=loaded)
    return say(
        "{addressed} of {coded} coded projects",
        language,
        addressed=coverage.addressed,
        coded=coverage.coded,
    )
