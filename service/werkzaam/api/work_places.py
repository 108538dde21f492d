"""Where in a document something stands, in words: pages and how their numbers are known."""

import re
from collections.abc import Iterable, Sequence
from datetime import date

from babel.dates import format_date

from werkzaam.api.figure_pieces import Spot, Work
from werkzaam.domain.queries import Language
from werkzaam.messages import say, say_number

_MOST_HEADINGS = 3
_PRINTED = "printed"
_COUNTED = "inferred"
_IN_NUMBERS = re.compile(r"[0-9]+(-[0-9]+)?")
_LOCALES = {"nl": "nl", "en": "en_GB"}


def day_in_words(day: date, language: Language) -> str:
    """A day as it stands in a sentence: 4 oktober 2023."""
    return str(format_date(day, "long", locale=_LOCALES[language]))


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


def places_in_words(work: Work, most: int, language: Language) -> str:
    """The pages of ``work``: those that follow each other as one; beyond ``most`` only how many."""
    if work.headings and not work.places:
        named = ", ".join(f"“{heading}”" for heading in work.headings[:_MOST_HEADINGS])
        return say("under {headings} (no page numbers)", language, headings=named)
    if not work.places:
        return say("no page numbers", language)
    together = in_runs(work.places)
    if len(together) > most:
        counted = say_number("{number} page", "{number} pages", len(work.places), language)
        return say("{pages}, listed at the address", language, pages=counted)
    pages = say("p. {page}", language, page=", ".join(together))
    return f"{pages} ({work.origin})" if work.origin else pages


def in_runs(pages: Iterable[str]) -> list[str]:
    """Pages in order, those that follow each other as one: 3, 5-7. A page that spans two stays."""
    unique = list(dict.fromkeys(pages))
    numbered = [page for page in unique if _IN_NUMBERS.fullmatch(page)]
    others = [page for page in unique if page not in numbered]
    runs: list[tuple[int, int]] = []
    for first, last in sorted(_ends(page) for page in numbered):
        if runs and first <= runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], max(last, runs[-1][1]))
        else:
            runs.append((first, last))
    told = [str(first) if first == last else f"{first}-{last}" for first, last in runs]
    return [*told, *sorted(others)]


def origin_in_words(origins: Sequence[str], language: Language) -> str:
    """How the page numbers are known, by the ends of the IRIs; empty where they are printed."""
    if all(origin == _PRINTED for origin in origins):
        return ""
    if all(origin == _COUNTED for origin in origins):
        return say("page numbers counted", language)
    return say("page numbers partly counted", language)


def _ends(page: str) -> tuple[int, int]:
    first, _, last = page.partition("-")
    return int(first), int(last or first)
