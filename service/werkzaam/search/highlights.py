"""Why something was found: the text that holds the words, cut to a snippet, with the words marked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final, NamedTuple

from werkzaam.domain.queries import Language
from werkzaam.search.asked import Asked
from werkzaam.search.entries import Entry, Text, best
from werkzaam.search.words import spans_of

_LONGEST: Final = 240
_BEFORE: Final = 80
_CUT: Final = "…"


class Piece(NamedTuple):
    """A piece of a text; ``hit``: it is a word that was looked for."""

    text: str
    hit: bool = False


@dataclass(frozen=True)
class Marked:
    """A text in pieces, and its language tag."""

    pieces: tuple[Piece, ...]
    language: str

    @property
    def text(self) -> str:
        """The text without marks."""
        return "".join(piece.text for piece in self.pieces)

    @property
    def html(self) -> str:
        """The text as HTML, safe to put in a page, each hit in a ``mark`` element."""
        return "".join(
            f"<mark>{escape(text)}</mark>" if hit else escape(text) for text, hit in self.pieces
        )


@dataclass(frozen=True)
class Shown:
    """An entry as a reader sees it. ``also``: another name by which it was found."""

    entry: Entry
    label: Marked
    also: Marked | None
    snippet: Marked


def shown(entry: Entry, asked: Asked, language: Language) -> Shown:
    """``entry`` in ``language`` as far as it goes, with the words of ``asked`` marked."""
    label = entry.label(language)
    in_label = _found_in(label, asked)
    other = (*entry.synonyms, *(name for name in entry.names if name.value != label.value))
    named_also = _most(other, asked, language)
    also = named_also if entry.named and named_also and not in_label else None
    return Shown(
        entry,
        marked(label, asked),
        marked(also, asked) if also else None,
        _snippet(_body(entry, label, asked, language, in_label=bool(in_label)), asked),
    )


def _body(entry: Entry, label: Text, asked: Asked, language: Language, *, in_label: bool) -> Text:
    """What to show below ``label``. A statement that is called by its own words is not said again in
    another language, unless only that one holds the words."""
    if not entry.bodies:
        return Text("")
    own = best(entry.bodies, language)
    if entry.named or not in_label:
        return _most(entry.bodies, asked, language) or own
    return Text("") if own == label else own


def marked(text: Text, asked: Asked) -> Marked:
    """The whole ``text`` with the words of ``asked`` marked."""
    return Marked(tuple(_pieces(text.value, asked)), text.language)


def _snippet(text: Text, asked: Asked) -> Marked:
    """``text``, or of a long one the part in which the first hit stands."""
    if len(text.value) <= _LONGEST:
        return marked(text, asked)
    first = next((start for start, _, word in spans_of(text.value) if asked.meant_by(word)), 0)
    begin = _after_space(text.value, first - _BEFORE) if first > _BEFORE else 0
    cut = text.value[begin : begin + _LONGEST]
    if begin + _LONGEST < len(text.value):
        cut = cut.rsplit(" ", 1)[0].rstrip(" ,;:.") + " " + _CUT
    return marked(Text((_CUT + " " if begin else "") + cut, text.language), asked)


def _after_space(text: str, place: int) -> int:
    """Where the first word after ``place`` begins; ``place`` itself where no word ends soon."""
    space = text.find(" ", place, place + _BEFORE)
    return place if space < 0 else space + 1


def _pieces(text: str, asked: Asked) -> Iterable[Piece]:
    done = 0
    for start, end, word in spans_of(text):
        if not asked.meant_by(word):
            continue
        if start > done:
            yield Piece(text[done:start])
        yield Piece(text[start:end], hit=True)
        done = end
    if done < len(text) or not text:
        yield Piece(text[done:])


def _most(texts: Sequence[Text], asked: Asked, language: Language) -> Text | None:
    """The one of ``texts`` that holds most words of ``asked``, of equals one in ``language``; None where
    none holds any."""
    counts = [(len(_found_in(text, asked)), text.language == language) for text in texts]
    found = max(range(len(texts)), key=lambda place: counts[place], default=None)
    return None if found is None or not counts[found][0] else texts[found]


def _found_in(text: Text, asked: Asked) -> set[str]:
    return {one for _, _, word in spans_of(text.value) for one in asked.meant_by(word)}
