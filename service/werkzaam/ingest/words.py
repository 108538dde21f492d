"""Words made comparable: what a reader takes for the same is the same here."""

import re
import unicodedata
from typing import Final

from werkzaam.ingest.limits import MOST_VALUE_CHARACTERS

_SPACES = re.compile(r"\s+")
_INVISIBLE = dict.fromkeys([0x00AD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF])
_QUOTES = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-"})
_TAIL = re.compile(
    r"\s*[(\[](?:verplicht(?: veld)?|required|optioneel|optional|niet verplicht|not required"
    r"|indien bekend|if known|keuzelijst|kies uit lijst|pick from list|ja ?/ ?nee|yes ?/ ?no"
    r"|[djmy]{1,4}[-/. ]?[djmy]{1,4}[-/. ]?[djmy]{1,4}|(?:in )?(?:€|euro'?s?|euros|eur)"
    r"|(?:max(?:imaal|\.)?) [\d.]+ (?:tekens|characters|woorden|words))[)\]]$"
)
_NOT_KNOWN: Final = frozenset(
    (
        *("-", "--", "?", "??", "x", "pm", "p.m.", "p.m", "nvt", "n.v.t.", "n.v.t", "n/a", "na"),
        *("n.a.", "none", "nan", "null", "geen", "onbekend", "unknown", "tbd", "tbc", "nnb"),
        *("n.n.b.", "n.n.b", "ntb", "n.t.b.", "n.t.b", "niet bekend", "nog niet bekend"),
        *("nog onbekend", "nog te bepalen", "weet niet", "geen idee", "niet van toepassing"),
        *("volgt", "volgt nog", "not known", "not yet known", "not applicable", "to follow"),
        *("to be determined", "to be confirmed", "don't know"),
    )
)
_BETWEEN = re.compile(r"[^a-z0-9]+")
_ALLOWED = re.compile(r"[A-Za-z0-9 ._/()&+:,-]*")


def folded(text: str) -> str:
    """``text`` without differences of case, spaces, quotes, dashes and Unicode form (NFKC)."""
    plain = unicodedata.normalize("NFKC", text).translate(_INVISIBLE).translate(_QUOTES)
    return _SPACES.sub(" ", plain).strip().casefold()


def bare_title(text: str) -> str:
    """``text`` folded, without what only helps to fill a column in: asterisks, a colon or full stop at
    its end, and a tail in brackets such as "(required)" or "(dd-mm-yyyy)". Other tails stay: one such
    as "(x 1000)" changes what stands below it."""
    words = folded(text)
    while len(words) <= MOST_VALUE_CHARACTERS:
        less = _TAIL.sub("", words.strip("*:. "))
        if less == words:
            break
        words = less
    return words


def says_nothing(text: str) -> bool:
    """Whether ``text`` only says that there is nothing to fill in, or that it is not known."""
    return folded(text) in _NOT_KNOWN


def with_plain_lines(text: str) -> str:
    """``text`` with every end of a line as one character: whatever kind of file it came in."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def slug(text: str) -> str | None:
    """``text`` as part of an address: lower-case ASCII letters and digits with hyphens between.

    Accents are dropped. None where it holds something else than letters of the Latin alphabet,
    digits, spaces and common punctuation: letters that look alike would give two addresses.
    """
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text.strip()))
    plain = "".join(c for c in apart if not unicodedata.combining(c))
    if not _ALLOWED.fullmatch(plain):
        return None
    return _BETWEEN.sub("-", plain.lower()).strip("-") or None
