"""The findings in a cell of the journey: statements that report the same are one entry."""

from collections.abc import Sequence

from werkzaam.api.figure_links import tally_href
from werkzaam.web.addresses import thing_href
from werkzaam.web.journey_choice import Choice
from werkzaam.web.journey_facts import Concept, Journey, Report
from werkzaam.web.journey_pieces import FindingEntry, KindGroup
from werkzaam.web.journey_words import JourneyWords
from werkzaam.web.pieces import Named
from werkzaam.web.statement_reporting import FINDING_SYMBOLS

_FEW_BY_NAME = 3
_FEW_BY_GIST = 1
_BY_NAME = ("strength", "bottleneck", "mixed")
_COUNTED_ONLY = "neither"


def kind_group(
    journey: Journey, reports: Sequence[Report], choice: Choice, words: JourneyWords
) -> KindGroup:
    """``reports`` of one kind; ``choice`` opens their statements."""
    kind = choice.kind
    entries = [] if kind == _COUNTED_ONLY else _entries(journey, reports, choice, words)
    few = _FEW_BY_NAME if kind in _BY_NAME else _FEW_BY_GIST
    shown = max(few, sum(entry.nobody for entry in entries))
    if len(entries) == shown + 1:
        shown += 1
    return KindGroup(
        kind=kind,
        symbol=FINDING_SYMBOLS[kind],
        heading=words.kind(kind),
        statements=words.statements(len(reports)),
        href=words.way(choice),
        first=entries[:shown],
        rest=entries[shown:],
        more=words.more(len(entries) - shown) if entries[shown:] else "",
        sheet=words.sheet(choice),
    )


def _entries(
    journey: Journey, reports: Sequence[Report], choice: Choice, words: JourneyWords
) -> list[FindingEntry]:
    """What no proposal addresses first, then what is reported most, then what has no name."""
    if choice.kind not in _BY_NAME:
        return [_by_gist(journey, report, words) for report in reports]
    by_name: dict[str, list[Report]] = {}
    for report in reports:
        for iri in report.findings:
            by_name.setdefault(iri, []).append(report)
    wanted = [
        (journey.findings[iri], found)
        for iri, found in by_name.items()
        if iri in journey.findings and (not choice.addressed or iri in journey.unaddressed)
    ]
    wanted.sort(key=lambda pair: _rank(journey, *pair))
    nameless = [report for report in reports if not report.findings]
    return [
        *(_by_name(journey, concept, found, choice, words) for concept, found in wanted),
        *(_by_gist(journey, report, words) for report in nameless),
    ]


def _rank(journey: Journey, concept: Concept, reports: Sequence[Report]) -> tuple[bool, int, str]:
    return concept.iri not in journey.unaddressed, -len(reports), concept.label.casefold()


def _by_name(
    journey: Journey,
    concept: Concept,
    reports: Sequence[Report],
    choice: Choice,
    words: JourneyWords,
) -> FindingEntry:
    return FindingEntry(
        words.name(concept),
        words.statements(len(reports)),
        words.places([report.locations for report in reports], journey.locations),
        nobody=concept.iri in journey.unaddressed,
        addressed=words.addressed(concept),
        sheet=words.sheet(choice, concept.iri),
        addressed_sheet=tally_href(words.links, "proposals", bottleneck=concept.slug)
        if concept.iri in journey.bottlenecks
        else "",
    )


def _by_gist(journey: Journey, report: Report, words: JourneyWords) -> FindingEntry:
    href = thing_href(report.iri, words.links)
    return FindingEntry(
        Named(report.gist, href, words.languages.content, report.iri),
        "",
        words.places([report.locations], journey.locations),
    )
