"""Text as the words that it is found by: without capitals and accents, by stem, in Dutch and English."""

import re
import threading
import unicodedata
from functools import lru_cache
from typing import Final

import tantivy

from werkzaam.domain.queries import Language

_WORD: Final = re.compile(r"[^\W_]+")
_POSSESSIVE: Final = re.compile(r"['’`´]s\b")
_LONGEST: Final = 60
_JOINING: Final = ("en", "and")
_KEPT: Final = 50_000
_NAMES: Final[dict[Language, str]] = {"nl": "dutch", "en": "english"}
_LOCK: Final = threading.Lock()


def _analyzer(*filters: tantivy.Filter) -> tantivy.TextAnalyzer:
    made = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.raw())
    for one in filters:
        made = made.filter(one)
    return made.build()


_STEMMERS: Final = {
    language: _analyzer(tantivy.Filter.stemmer(name)) for language, name in _NAMES.items()
}
_SAYING: Final = _analyzer(*(tantivy.Filter.stopword(name) for name in _NAMES.values()))
_MORE_SAYING: Final = frozenset(
    ("who", "what", "which", "where", "when", "why", "how", "does", "do", "wie", "hoe", "welke")
)
"""What a question begins with, beyond the lists of the library."""


def folded(text: str) -> str:
    """``text`` without capitals, accents and the s of a possessive (buddy's)."""
    plain = text.casefold()
    if not text.isascii():
        apart = unicodedata.normalize("NFKD", text)
        plain = "".join(one for one in apart if not unicodedata.combining(one)).casefold()
    return _POSSESSIVE.sub("", plain)


def words_of(text: str) -> list[str]:
    """The words of ``text``, folded, in order; of a very long one the beginning."""
    return [word[:_LONGEST] for word in _WORD.findall(folded(text))]


def whole(text: str) -> str:
    """``text`` as one name: its words with one space between, without an ``en`` or ``and`` that others
    write as a sign."""
    return " ".join(word for word in words_of(text) if word not in _JOINING)


def spans_of(text: str) -> list[tuple[int, int, str]]:
    """Where each word of ``text`` stands (from, to) and the same word folded."""
    found = []
    for match in _WORD.finditer(text):
        word = _folded_word(match[0])
        if word:
            found.append((match.start(), match.end(), word))
    return found


@lru_cache(_KEPT)
def _folded_word(word: str) -> str:
    parts = words_of(word)
    return parts[0] if parts else ""


@lru_cache(_KEPT)
def stem(word: str, language: Language) -> str:
    """The stem of a folded ``word``, after the `Snowball <https://snowballstem.org/>`_ algorithm of
    ``language`` (for Dutch that of Kraaij and Pohlmann, which knows diminutives)."""
    with _LOCK:
        stems = _STEMMERS[language].analyze(word)
    return stems[0] if stems else word


@lru_cache(_KEPT)
def stems(word: str) -> frozenset[str]:
    """The stems of ``word`` in either language, and the word itself: what stands in the singular can
    be a stem already."""
    return frozenset({stem(word, "nl"), stem(word, "en"), word})


@lru_cache(_KEPT)
def says_nothing(word: str) -> bool:
    """Whether ``word`` is one of those that stand in every text."""
    with _LOCK:
        return word in _MORE_SAYING or not _SAYING.analyze(word)
