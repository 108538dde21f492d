"""An Accept header and what can be offered, as one media type or language.

Follows `RFC 9110 §12.5 <https://www.rfc-editor.org/rfc/rfc9110#section-12.5>`_.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from starlette.requests import Request

from werkzaam.domain.queries import LANGUAGES, Language
from werkzaam.errors import NotAcceptable

# Java's own client leaves the nought out and writes * for */*
_QUALITY = re.compile(r"(?:0?\.\d{1,3}|0\.?|1(?:\.0{0,3})?)")
_ITEM = re.compile(r'(?:"(?:\\.|[^"\\])*+"?|[^",])++')
_PART = re.compile(r'(?:"(?:\\.|[^"\\])*+"?|[^";])++')
MOST_CHARACTERS = 4000
"""Of an Accept header; the rest is passed over."""

LANGUAGE_COOKIE = "werkzaam-lang"


@dataclass(frozen=True)
class _Range:
    name: str
    quality: float


def choose_media_type(accept: str | None, offers: Sequence[str]) -> str:
    """The offer that ``accept`` likes best; the first of equals, the first of all without a header.

    Parameters other than ``q`` are passed over, and so is a range whose ``q`` is none. Raises NotAcceptable with the offers.
    """
    if not accept or not accept.strip():
        return offers[0]
    ranges = _ranges(accept)
    best = max(offers, key=lambda offer: _quality(offer, ranges))
    if _quality(best, ranges) > 0:
        return best
    raise NotAcceptable(
        "None of the accepted formats can be given. Accept one of: {offers}.",
        offers=", ".join(offers),
    )


def choose_language(header: str | None) -> Language:
    """Dutch or English by an Accept-Language header; Dutch when it asks for neither."""
    best: tuple[float, Language] = (0.0, "nl")
    for item in _ranges(header or ""):
        language = item.name.partition("-")[0]
        if language in ("nl", "en") and item.quality > best[0]:
            best = (item.quality, "nl" if language == "nl" else "en")
    return best[1]


def language_of(request: Request) -> Language:
    """The language for a program: ``lang``, else Accept-Language, else Dutch."""
    asked = known_language(request.query_params.get("lang"))
    return asked or choose_language(request.headers.get("accept-language"))


def reader_language(request: Request) -> Language:
    """The language of a page: ``lang``, else the cookie, else Accept-Language, else Dutch."""
    asked = known_language(request.query_params.get("lang"))
    kept = known_language(request.cookies.get(LANGUAGE_COOKIE))
    return asked or kept or choose_language(request.headers.get("accept-language"))


def known_language(value: str | None) -> Language | None:
    """``value`` if it is a language of ours."""
    return next((language for language in LANGUAGES if language == value), None)


def _ranges(header: str) -> list[_Range]:
    found = []
    for item in _ITEM.findall(header[:MOST_CHARACTERS]):
        name, *parameters = [part.strip().lower() for part in _PART.findall(item)] or [""]
        quality = next((p[2:].strip() for p in parameters if p.startswith("q=")), "1")
        if name and _QUALITY.fullmatch(quality):
            found.append(_Range("*/*" if name == "*" else name, float(quality)))
    return found


def _quality(offer: str, ranges: Sequence[_Range]) -> float:
    """The quality of the most specific range that holds ``offer``."""
    kind = offer.partition("/")[0]
    for name in (offer, f"{kind}/*", "*/*"):
        for item in ranges:
            if item.name == name:
                return item.quality
    return 0.0
