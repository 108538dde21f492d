"""Words made comparable: what a reader takes for the same is the same here."""

import re
import unicodedata

_SPACES = re.compile(r"\s+")
_INVISIBLE = dict.fromkeys([0x00AD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF])
_QUOTES = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-"})
_BETWEEN = re.compile(r"[^a-z0-9]+")
_ALLOWED = re.compile(r"[A-Za-z0-9 ._/()&+:,-]*")


def folded(text: str) -> str:
    """``text`` without differences of case, spaces, quotes, dashes and Unicode form (NFKC)."""
    plain = unicodedata.normalize("NFKC", text).translate(_INVISIBLE).translate(_QUOTES)
    return _SPACES.sub(" ", plain).strip().casefold()


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
