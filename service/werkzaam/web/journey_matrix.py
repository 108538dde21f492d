"""The matrix of the journey: for each phase and voice what is reported, by kind of finding."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from werkzaam.web.journey_choice import NONE, Choice, in_phase, is_silent, kept, of_voice
from werkzaam.web.journey_facts import KINDS, Concept, Journey, Report
from werkzaam.web.journey_findings import kind_group
from werkzaam.web.journey_pieces import KindEntry, MatrixCell, MatrixRow, Unaddressed, VoiceColumn
from werkzaam.web.journey_words import JourneyWords
from werkzaam.web.statement_reporting import FINDING_SYMBOLS
from werkzaam.web.wording import say, say_number


def matrix(journey: Journey, choice: Choice, words: JourneyWords) -> list[MatrixRow]:
    """A row for each phase in order, and one for what stands in none."""
    left = kept(journey, choice)
    return [
        *(_row(journey, left, choice, phase, words) for phase in journey.phases),
        _row(journey, left, choice, None, words),
    ]


def columns(journey: Journey, choice: Choice, words: JourneyWords) -> list[VoiceColumn]:
    """A column for each voice."""
    return [
        VoiceColumn(words.plain(voice), words.way(choice.cell("", voice.slug)))
        for voice in journey.voices
    ]


def unaddressed(journey: Journey, choice: Choice, words: JourneyWords) -> list[Unaddressed]:
    """The bottlenecks at the chosen place and theme that no proposal addresses, most reported first."""
    left = kept(journey, choice.of_every_kind())
    found = [
        (concept, [report for report in left if concept.iri in report.findings])
        for concept in journey.findings.values()
        if concept.iri in journey.unaddressed
    ]
    found.sort(key=lambda pair: (-len(pair[1]), pair[0].label.casefold()))
    return [_unaddressed(journey, one, reports, choice, words) for one, reports in found if reports]


def bottlenecks(journey: Journey, choice: Choice) -> int:
    """How many bottlenecks are reported at the chosen place and theme, addressed or not."""
    left = {iri for report in kept(journey, choice.of_every_kind()) for iri in report.findings}
    return len(left & journey.bottlenecks)


def legend(journey: Journey, choice: Choice, words: JourneyWords) -> list[KindEntry]:
    """Every kind with its symbol, its meaning and how many statements the filters leave of it."""
    left = kept(journey, choice)
    return [
        KindEntry(
            kind,
            FINDING_SYMBOLS[kind],
            words.kind(kind),
            words.meaning(kind),
            words.counted(sum(report.kind == kind for report in left), filtered=choice.filters),
            words.sheet(replace(choice.cell("", ""), kind=kind)),
        )
        for kind in KINDS
    ]


def _unaddressed(
    journey: Journey,
    concept: Concept,
    reports: Sequence[Report],
    choice: Choice,
    words: JourneyWords,
) -> Unaddressed:
    said_by = {report.voice for report in reports}
    phases = [
        words.plain(one)
        for one in journey.phases
        if any(one.iri in report.phases for report in reports)
    ]
    somewhere = all(report.phases for report in reports)
    return Unaddressed(
        words.name(concept),
        words.statements(len(reports)),
        [words.plain(voice) for voice in journey.voices if voice.iri in said_by],
        [*phases, *([] if somewhere else [words.without_phase()])],
        words.sheet(choice.closed().of_every_kind(), concept.iri),
    )


def _row(
    journey: Journey,
    left: Sequence[Report],
    choice: Choice,
    phase: Concept | None,
    words: JourneyWords,
) -> MatrixRow:
    slug = phase.slug if phase else NONE
    here = [report for report in left if in_phase(report, slug)]
    nowhere = words.own(
        say("What the documents report without a phase of the journey.", words.languages.interface)
    )
    return MatrixRow(
        id=f"phase-{slug}",
        label=words.plain(phase) if phase else words.without_phase(),
        definition=words.definition(phase) if phase else nowhere,
        statements=words.statements(len(here)) if here else "",
        href=words.way(choice.cell(slug, "")),
        cells=[_cell(journey, here, choice, slug, voice, words) for voice in journey.voices],
        sheet=words.sheet(choice.cell(slug, "")),
    )


def _cell(
    journey: Journey,
    in_row: Iterable[Report],
    choice: Choice,
    phase: str,
    voice: Concept,
    words: JourneyWords,
) -> MatrixCell:
    here = [report for report in in_row if of_voice(report, voice.slug)]
    by_kind = {kind: [report for report in here if report.kind == kind] for kind in KINDS}
    return MatrixCell(
        voice=words.plain(voice),
        statements=words.statements(len(here)) if here else "",
        href=words.way(choice.cell(phase, voice.slug)),
        groups=[
            kind_group(journey, found, choice.cell(phase, voice.slug, kind), words)
            for kind, found in by_kind.items()
            if found
        ],
        absent=_absent(journey, here, choice, voice, words) if here else "",
        reason="" if here else _reason(journey, choice, phase, voice, words),
        opened=(choice.phase, choice.voice) == (phase, voice.slug),
        sheet=words.sheet(choice.cell(phase, voice.slug)),
    )


def _absent(
    journey: Journey, here: Sequence[Report], choice: Choice, voice: Concept, words: JourneyWords
) -> str:
    """The judgements that this voice gives elsewhere and not here, where no filter takes them out."""
    if choice.kind or choice.addressed:
        return ""
    elsewhere = {report.kind for report in journey.reports if report.voice == voice.iri}
    missing = elsewhere - {report.kind for report in here} - {"mixed", "neither"}
    if not missing:
        return ""
    kinds = ", ".join(words.kind(kind).lower() for kind in KINDS if kind in missing)
    if choice.filters:
        return say(
            "Not reported with these filters: {kinds}.", words.languages.interface, kinds=kinds
        )
    return say("Not reported here: {kinds}.", words.languages.interface, kinds=kinds)


def _reason(
    journey: Journey, choice: Choice, phase: str, voice: Concept, words: JourneyWords
) -> str:
    """Why a cell is empty: nothing is reported there or from the chosen place at all, or the filters
    leave nothing."""
    if is_silent(journey, choice):
        return words.silent()
    language = words.languages.interface
    number = sum(
        in_phase(report, phase) and of_voice(report, voice.slug) for report in journey.reports
    )
    if not number:
        return say(
            "The documents report nothing here. That does not say that all is well.", language
        )
    return say_number(
        "Nothing with these filters; without them there is {number} statement.",
        "Nothing with these filters; without them there are {number} statements.",
        number, language,
    )  # fmt: skip
