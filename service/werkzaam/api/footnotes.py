"""A figure or a statement as a footnote to copy: what it is, how sure, where it stands; never stronger
than the source."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from werkzaam.api.figure_pieces import Line, Sheet, Spot, Words, Work
from werkzaam.api.work_places import day_in_words, place, places_in_words
from werkzaam.domain.identifiers import last_segment
from werkzaam.domain.queries import Language
from werkzaam.domain.versions import Version
from werkzaam.messages import say

_AUTHOR = "author"
_READING = "reading"
_MOST_PLACES = 3
_MOST_PAGES = 12
_MOST_PAGES_IN_BRIEF = 4


@dataclass(frozen=True)
class Edition:
    """A version of the dataset, and the day from which it stood, where that is known."""

    version: Version
    day: date | None = None


@dataclass(frozen=True)
class Cited:
    """Something without a number, to be cited: its ``gist`` in our words, the ``spots`` and ``works``
    where it stands. ``ours``: it is a judgement of ours, on what stands there."""

    gist: str
    ours: bool = False
    voice: Words | None = None
    basis: str = ""
    hedges: Sequence[str] = ()
    review: str = ""
    works: Sequence[Work] = ()


def footnote(sheet: Sheet, edition: Edition, address: str, language: Language) -> str:
    """All that the figure of ``sheet`` rests on, in ``language``, the language of the sheet.

    On made-up examples it says so first. It names the day of the version, not of consultation: an
    answer that is kept knows no clock.
    """
    parts = _counted(sheet, language) if sheet.kind == "count" else _stated(sheet, language)
    return _signed(parts, edition, address, language)


def brief_footnote(sheet: Sheet, edition: Edition, address: str, language: Language) -> str:
    """As ``footnote``, short enough for a letter: with caveat, population, period, source and page."""
    if sheet.kind == "count":
        parts = _counted_in_brief(sheet, language)
    else:
        parts = _stated_in_brief(sheet, language)
    return _signed(parts, edition, address, language)


def citation(cited: Cited, edition: Edition, address: str, language: Language) -> str:
    """A footnote for what is no figure: whose words it is in, who says it, on which ground, how
    cautiously, and where."""
    if not cited.gist:
        parts = [_sentence(works_in_words(cited.works, _MOST_PAGES, language))]
        return _signed(parts, edition, address, language)
    whose = _whose(cited, language)
    parts = [f"{cited.gist.rstrip('.')} ({whose})."]
    if cited.voice and not cited.ours:
        parts.append(_labelled(say("Who says it", language), cited.voice.text))
        parts.append(_labelled(say("On which ground", language), cited.basis))
    if cited.hedges:
        parts.append(_caveat(cited.hedges, language))
    if cited.review:
        parts.append(_labelled(say("Checked", language), cited.review))
    if cited.works:
        label = say("It is about", language) if cited.ours else say("Source", language)
        parts.append(_labelled(label, works_in_words(cited.works, _MOST_PAGES, language)))
    return _signed(parts, edition, address, language)


def works_in_words(
    works: Sequence[Work], most: int, language: Language, *, brief: bool = False
) -> str:
    """The documents with at most ``most`` places in each; of more it says how many there are."""
    told = []
    for work in works:
        places = places_in_words(work, most, language)
        name = work.brief if brief else work.name
        told.append(", ".join(filter(None, (name, places))))
    return "; ".join(told)


def _whose(cited: Cited, language: Language) -> str:
    if cited.ours:
        return say("a judgement of Werkzaam, not of a document", language)
    if cited.voice and last_segment(cited.voice.iri) == _READING:
        return say("seen by Werkzaam while reading; no document says so", language)
    return say("in the words of Werkzaam", language)


def _signed(parts: Sequence[str], edition: Edition, address: str, language: Language) -> str:
    version = edition.version
    first = [say("Made-up example data, not to be cited.", language)] if version.demo else []
    return " ".join([*first, *filter(None, parts), _address(edition, address, language)])


def _address(edition: Edition, address: str, language: Language) -> str:
    number = edition.version.number
    if edition.day is None:
        return say("Werkzaam version {number}, {address}", language, number=number, address=address)
    return say(
        "Werkzaam version {number} of {day}, {address}",
        language,
        number=number,
        day=day_in_words(edition.day, language),
        address=address,
    )


def _stated(sheet: Sheet, language: Language) -> list[str]:
    parts = [_sentence(sheet.gist.text or sheet.title.text)]
    said = {line.key: line for line in sheet.lines}
    hedged = f" ({_caveat_words(_hedges(said), language)})" if _hedges(said) else ""
    parts.append(_sentence(f"{said['figure'].label}: {sheet.figure}{hedged}"))
    for key in ("population", "period", "voice", "basis"):
        if key in said:
            parts.append(_labelled(said[key].label, _text_of(said[key])))
    if sheet.weighed:
        parts.append(
            say(
                "Another figure or statement does not agree with this one or bears on it: see the address.",
                language,
            )
        )
    return [*parts, _labelled(say("Source", language), _source(sheet, language, brief=False))]


def _stated_in_brief(sheet: Sheet, language: Language) -> list[str]:
    said = {line.key: line for line in sheet.lines}
    gist = sheet.gist.text or sheet.title.text
    figure = said["figure"]
    number = f"{figure.label}: {sheet.figure}. " if not _tells(gist, sheet.figure) else ""
    voice = said.get("voice")
    speaker = voice.values[0] if voice and voice.values else None
    parts = [_sentence(number + gist)]
    if speaker and last_segment(speaker.iri) != _AUTHOR:
        parts.append(_labelled(say("Who says it", language), speaker.text))
    if _hedges(said):
        parts.append(_caveat(_hedges(said), language))
    for key in ("population", "period"):
        if key in said and (said[key].values or sheet.kind == "measurement"):
            parts.append(_labelled(said[key].label, _text_of(said[key])))
    if sheet.weighed:
        parts.append(say("Not all statements agree with it: see the address.", language))
    return [*parts, _sentence(_source(sheet, language, brief=True))]


def _tells(gist: str, figure: str) -> bool:
    """Whether ``gist`` already holds every number of ``figure``, which has one."""
    numbers = [word.strip("().,;") for word in figure.split() if any(c.isdigit() for c in word)]
    words = {word.strip("().,;:%") for word in gist.split()}
    return bool(numbers) and words.issuperset(numbers)


def _source(sheet: Sheet, language: Language, *, brief: bool) -> str:
    works = [work.brief if brief else work.name for work in sheet.works]
    places = "; ".join(place(spot, language) for spot in _first_of_each(sheet.spots, language))
    return ", ".join(filter(None, ("; ".join(works), places)))


def _first_of_each(spots: Sequence[Spot], language: Language) -> list[Spot]:
    found = {place(spot, language): spot for spot in spots}
    return list(found.values())[:_MOST_PLACES]


def _hedges(said: dict[str, Line]) -> list[str]:
    return [w.text for key in ("hedges", "quantityWords") if key in said for w in said[key].values]


def _caveat(words: Sequence[str], language: Language) -> str:
    text = _caveat_words(words, language)
    return _sentence(text[:1].upper() + text[1:])


def _caveat_words(words: Sequence[str], language: Language) -> str:
    quoted = ", ".join(f"“{word}”" for word in words)
    return say("words of the source: {words}", language, words=quoted)


def _counted(sheet: Sheet, language: Language) -> list[str]:
    parts = [_sentence(f"{sheet.title.text}{_asked(sheet)}: {sheet.figure}")]
    if sheet.whole:
        parts.append(_labelled(say("Denominator", language), sheet.whole))
    if sheet.rule:
        title = sheet.rule.title
        repeated = title == sheet.title.text
        counted = say("Counted by Werkzaam", language)
        parts.append(_sentence(counted if repeated else f"{counted}: {title}"))
        parts.append(_sentence(sheet.rule.text))
    parts.append(sheet.empty or _no_measure(language))
    if sheet.works:
        works = works_in_words(sheet.works, _MOST_PAGES, language)
        parts.append(_labelled(say("Taken from", language), works))
    return parts


def _counted_in_brief(sheet: Sheet, language: Language) -> list[str]:
    counted = say("counted by Werkzaam", language)
    whole = f" ({sheet.of_what})" if sheet.of_what else ""
    parts = [
        _sentence(f"{sheet.title.text}{_asked(sheet)}: {sheet.figure}{whole}, {counted}"),
        sheet.empty or _no_measure(language),
    ]
    if sheet.works:
        works = works_in_words(sheet.works, _MOST_PAGES_IN_BRIEF, language, brief=True)
        parts.append(_labelled(say("Taken from", language), works))
    return parts


def _asked(sheet: Sheet) -> str:
    asked = "; ".join(f"{name}: {value}" for name, value in sheet.rule.asked) if sheet.rule else ""
    return f" ({asked})" if asked else ""


def _no_measure(language: Language) -> str:
    return say(
        "The number says what the knowledge graph holds, not how certain or how serious something is.",
        language,
    )


def _text_of(line: Line) -> str:
    return "; ".join(value.text for value in line.values) or line.absence


def _labelled(label: str, text: str) -> str:
    return _sentence(f"{label}: {text}") if text else ""


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."
