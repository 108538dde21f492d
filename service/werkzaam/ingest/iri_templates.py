"""Templates of IRIs in a mapping, filled with the values of a row."""

import hashlib
import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from typing import Final

import pyoxigraph as ox

from werkzaam.domain.identifiers import last_segment
from werkzaam.ingest.words import slug

_VARIABLE: Final = re.compile(r"\{([^{}]*)\}")
_MOST_CHARACTERS: Final = 100
_OTHER: Final = re.compile(r"[^a-z0-9]+")


class Template:
    """A text with ``{variables}``, such as ``{record}/element/{item}``."""

    def __init__(self, text: str) -> None:
        parts = _VARIABLE.split(text)
        self.variables = tuple(parts[1::2])
        self._first = parts[0]
        self._rest = tuple(zip(self.variables, parts[2::2], strict=True))

    def filled(self, part: Callable[[str], str | None]) -> str | None:
        """With ``part(name)`` for every variable; None where one has nothing to put there."""
        text = self._first
        for name, after in self._rest:
            value = part(name)
            if value is None:
                return None
            text += value + after
        return text


@lru_cache(maxsize=512)
def template_of(text: str) -> Template:
    """The template that ``text`` is, taken apart once."""
    return Template(text)


def term_part(value: ox.NamedNode | ox.Literal) -> str:
    """``value`` as part of an IRI: the last part of an IRI, or the slug of a text."""
    return last_segment(value.value) if isinstance(value, ox.NamedNode) else text_part(value.value)


@lru_cache(maxsize=4096)
def text_part(text: str) -> str:
    """``text`` as part of an IRI: lower-case ASCII letters and digits with hyphens between.

    Punctuation and accents are dropped. What that would lose of a text in another script, or of a
    very long one, a digest of the text stands for: the same text always gives the same part.
    """
    whole = unicodedata.normalize("NFKC", text).strip()
    short = slug(whole)
    if short is None or len(short) > _MOST_CHARACTERS:
        apart = unicodedata.normalize("NFKD", whole)
        plain = "".join(c for c in apart if not unicodedata.combining(c)).lower()
        short = _OTHER.sub("-", plain).strip("-")[:_MOST_CHARACTERS].strip("-")
        lost = any(c.isalnum() and not c.isascii() for c in plain)
        if lost or not short or len(plain) > _MOST_CHARACTERS:
            digest = hashlib.sha256(whole.casefold().encode()).hexdigest()[:12]
            short = f"{short}-{digest}".strip("-")
    return short
