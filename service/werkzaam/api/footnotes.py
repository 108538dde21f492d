"""A figure as a footnote to copy: what it is, how sure, where it stands; never stronger than the source."""

from collections.abc import Sequence

from werkzaam.api.figure_pieces import Line, Sheet, Spot
from werkzaam.domain.queries import Language
from werkzaam.domain.versions import Version
from werkzaam.messages import say

_PRINTED = "printed"
_COUNTED = "inferred"
_MOST_PLACES = 3


def footnote(sheet: Sheet, version: Version, address: str, language: Language) -> str:
    """The footnote for ``sheet``, which is in ``language``, on dataset ``version``.

    On made-up examples it says so first. The day of consultation is left for the reader: an answer that is kept knows no clock.
    """
    parts = _counted(sheet, language) if sheet.kind == "count" else _stated(sheet, language)
    if version.demo:
        parts.insert(0, say("Made-up example data, not to be cited.", language))
    return " ".join(
        [
            *parts,
            say(
                "Werkzaam, dataset version {number}, {address} (consulted on [date]).",
                language,
                number=version.number,
                address=address,
            ),
        ]
    )


def place(spot: Spot, language: Language) -> str:
    """Page, and how its number is known; the heading where there are no pages."""
    if not spot.page:
        heading = spot.section or say("passage without a heading", language)
        return say("under “{heading}” (no page numbers)", language, heading=heading)
    if spot.origin == _COUNTED:
        return say("p. {page} (page number counted)", language, page=spot.page)
    if spot.origin == _PRINTED:
        return say("p. {page}", language, page=spot.page)
    return say("p. {page} ({origin})", language, page=spot.page, origin=spot.origin_words)


def _stated(sheet: Sheet, language: Language) -> list[str]:
    parts = [_sentence(sheet.gist.text or sheet.title.text)]
    said = {line.key: line for line in sheet.lines}
    parts.append(_sentence(f"{said['figure'].label}: {sheet.figure}{_hedged(said, language)}"))
    for key in ("population", "period", "voice", "basis"):
        if key in said:
            parts.append(_sentence(f"{said[key].label}: {_text_of(said[key])}"))
    if sheet.weighed:
        parts.append(
            say(
                "Another figure or statement does not agree with this one or bears on it: see the address.",
                language,
            )
        )
    places = "; ".join(place(spot, language) for spot in sheet.spots[:_MOST_PLACES])
    works = "; ".join(sheet.works)
    source = ", ".join(filter(None, (works, places)))
    return [*parts, _sentence(say("Source: {source}", language, source=source))]


def _hedged(said: dict[str, Line], language: Language) -> str:
    words = [
        f"“{w.text}”"
        for key in ("hedges", "quantityWords")
        if key in said
        for w in said[key].values
    ]
    if not words:
        return ""
    return " " + say("(words of the source: {words})", language, words=", ".join(words))


def _counted(sheet: Sheet, language: Language) -> list[str]:
    parts = [_sentence(f"{sheet.title.text}: {sheet.figure}")]
    if sheet.rule:
        asked = "; ".join(f"{name}: {value}" for name, value in sheet.rule.asked)
        title = sheet.rule.title
        parts.append(
            _sentence(
                say("Counted by Werkzaam: {title}", language, title=title)
                + (f" ({asked})" if asked else "")
            )
        )
    parts.append(
        say(
            "The number says what the knowledge graph holds; it is no measure of how certain or how serious something is.",
            language,
        )
    )
    if sheet.works:
        works: Sequence[str] = sheet.works
        parts.append(_sentence(say("Taken from: {works}", language, works="; ".join(works))))
    return parts


def _text_of(line: Line) -> str:
    return "; ".join(value.text for value in line.values) or line.absence


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."
