"""The statements of an opened cell, row or column of the journey, as cards."""

from collections.abc import Sequence
from dataclasses import replace

from werkzaam.api.service import Service
from werkzaam.linked_data.names import names_of
from werkzaam.linked_data.statements import listed_statements, named_around
from werkzaam.web.journey_choice import (
    NONE,
    PER_PAGE,
    Choice,
    in_phase,
    is_silent,
    kept,
    of_voice,
)
from werkzaam.web.journey_facts import KINDS, Concept, Journey, Report
from werkzaam.web.journey_pieces import OpenedCell, OpenedGroup
from werkzaam.web.journey_words import JourneyWords
from werkzaam.web.naming import Naming
from werkzaam.web.pieces import Named
from werkzaam.web.statement_cards import card, meanings
from werkzaam.web.statement_pieces import StatementCard
from werkzaam.web.statement_reporting import FINDING_SYMBOLS
from werkzaam.web.wording import say


def opened_cell(
    service: Service, journey: Journey, choice: Choice, words: JourneyWords
) -> OpenedCell | None:
    """What ``choice`` opens; None where it opens nothing."""
    if not choice.opens:
        return None
    found = in_order(journey, choice)
    start = int(choice.first or 1)
    here = found[start - 1 : start - 1 + PER_PAGE]
    cards = _cards(service, here, words)
    earlier = replace(choice, first=str(start - PER_PAGE)) if start > PER_PAGE else None
    later = replace(choice, first=str(start + PER_PAGE)) if len(found) >= start + PER_PAGE else None
    return OpenedCell(
        chosen=chosen(journey, choice, words),
        count=words.statements(len(found)),
        groups=_groups(here, cards, words),
        close=words.way(choice.closed()) + (f"#phase-{choice.phase}" if choice.phase else ""),
        reason="" if found else _reason(journey, choice, words),
        span=_span(start, here, found, words) if earlier or later else "",
        earlier=words.way(earlier) if earlier else "",
        later=words.way(later) if later else "",
        sheet=words.sheet(choice),
    )


def in_order(journey: Journey, choice: Choice) -> list[Report]:
    """The reports that ``choice`` opens: by kind, then by what they report, then by page."""
    found = [
        report
        for report in kept(journey, choice)
        if in_phase(report, choice.phase) and of_voice(report, choice.voice)
    ]
    return sorted(found, key=lambda report: _place(journey, report))


def chosen(journey: Journey, choice: Choice, words: JourneyWords) -> list[Named]:
    """What is opened and what filters it, in words."""
    language = words.languages.interface
    concepts = (
        (choice.voice, journey.voices),
        (choice.location, journey.locations),
        (choice.theme, journey.themes),
    )
    said = [words.phase(choice.phase, journey.phases)] if choice.phase else []
    said += [words.plain(one) for slug, among in concepts for one in _of(slug, among)]
    said += [words.own(say("no place named", language))] if choice.location == NONE else []
    said += [words.own(say("no theme", language))] if choice.theme == NONE else []
    said += [words.own(words.kind(choice.kind))] if choice.kind else []
    said += [words.own(say("no proposal addresses this", language))] if choice.addressed else []
    return said


def _of(slug: str, among: Sequence[Concept]) -> list[Concept]:
    return [one for one in among if slug and one.slug == slug]


def _place(journey: Journey, report: Report) -> tuple[int, bool, str, int, str]:
    names = sorted(
        journey.findings[iri].label.casefold() for iri in report.findings if iri in journey.findings
    )
    return KINDS.index(report.kind), not names, "".join(names[:1]), report.page, report.iri


def _cards(
    service: Service, reports: Sequence[Report], words: JourneyWords
) -> dict[str, StatementCard]:
    statements = listed_statements(service.store, [report.iri for report in reports])
    names = names_of(service.store, named_around(statements))
    naming = Naming(names, service.links, words.languages)
    known = meanings(service, words.languages)
    return {statement.iri: card(statement, naming, known) for statement in statements}


def _groups(
    here: Sequence[Report], cards: dict[str, StatementCard], words: JourneyWords
) -> list[OpenedGroup]:
    return [
        OpenedGroup(
            f"statements-{kind}",
            FINDING_SYMBOLS[kind],
            kind,
            words.kind(kind),
            [cards[report.iri] for report in here if report.kind == kind and report.iri in cards],
        )
        for kind in KINDS
        if any(report.kind == kind for report in here)
    ]


def _reason(journey: Journey, choice: Choice, words: JourneyWords) -> str:
    language = words.languages.interface
    if is_silent(journey, choice):
        return words.silent()
    if in_order(journey, Choice(choice.phase, choice.voice)):
        return say(
            "With these filters there are no statements here; without them there are.", language
        )
    return say("The documents report nothing here. That does not say that all is well.", language)


def _span(start: int, here: Sequence[Report], found: Sequence[Report], words: JourneyWords) -> str:
    if not here:
        return say("There are not that many statements here.", words.languages.interface)
    return say(
        "{first} to {last} of {all}",
        words.languages.interface,
        first=start, last=start + len(here) - 1, all=len(found),
    )  # fmt: skip
