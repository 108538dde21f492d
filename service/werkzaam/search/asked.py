"""What somebody looks for: the words in a search box, checked, with all that each of them may be."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from typing import Final

from werkzaam.errors import BadRequest
from werkzaam.search.vocabulary import Vocabulary
from werkzaam.search.words import says_nothing, stems, whole, words_of

MOST_CHARACTERS: Final = 300
MOST_WORDS: Final = 32
MOST_BEGINNINGS: Final = 400
"""Longer words that all the words of one search stand for together."""


@dataclass(frozen=True)
class Word:
    """One word and what it stands for in an index.

    ``beginnings``: longer words that begin with it, ``compounds``: words of which it is a part,
    ``together``: the two words of which it is made where it is in no text itself, ``near``: words that
    are spelled nearly as it, where it is found in no other way.
    """

    text: str
    stems: frozenset[str]
    beginnings: tuple[str, ...] = ()
    compounds: tuple[str, ...] = ()
    together: tuple[str, ...] = ()
    near: tuple[str, ...] = ()

    @property
    def exactly(self) -> frozenset[str]:
        """The words of a text, folded, that it stands for as they are."""
        return frozenset({self.text, *self.beginnings, *self.compounds})

    @property
    def forms(self) -> frozenset[str]:
        """The stems that it stands for."""
        others = (form for one in (*self.together, *self.near) for form in stems(one))
        return self.stems.union(others)


@dataclass(frozen=True)
class Asked:
    """What to look for. ``words`` must all be found; ``name``: all of them as one name, misspelled ones
    as they were probably meant. ``only``: for a facet the one value that hits have; ``named``: things
    with a name of their own alone. ``passed_over``: words beyond the most that are looked for.
    ``wordless``: something was typed, and there is no word in it.
    """

    words: tuple[Word, ...]
    name: str = ""
    only: Mapping[str, str] = field(default_factory=dict)
    named: bool = False
    passed_over: tuple[str, ...] = ()
    wordless: bool = False

    @property
    def misspelled(self) -> dict[str, tuple[str, ...]]:
        """Of each word that is in no text, those that were looked for in its place."""
        return {word.text: word.near for word in self.words if word.near}

    def meant_by(self, word: str) -> frozenset[str]:
        """The words looked for that ``word`` of a text, folded, is found by."""
        found = self._found_by.get(word)
        if found is None:
            of_forms = (self._of_forms.get(form, ()) for form in stems(word))
            found = frozenset(chain(self._of_words.get(word, ()), *of_forms))
            self._found_by[word] = found
        return found

    @cached_property
    def _found_by(self) -> dict[str, frozenset[str]]:
        return {}

    @cached_property
    def _of_words(self) -> dict[str, list[str]]:
        return _turned((word.text, word.exactly) for word in self.words)

    @cached_property
    def _of_forms(self) -> dict[str, list[str]]:
        return _turned((word.text, word.forms) for word in self.words)


def asked_for(
    text: str, vocabulary: Vocabulary, only: Mapping[str, str], *, named: bool = False
) -> Asked:
    """What ``text`` looks for in an index with ``vocabulary``. Words that say nothing are passed over,
    unless there are no others. Raises BadRequest where it is too long."""
    if len(text) > MOST_CHARACTERS:
        raise BadRequest(
            "This is {length} characters long. Search for at most {most}.",
            length=len(text),
            most=MOST_CHARACTERS,
        )
    typed = _joined(words_of(text), vocabulary)
    every = list(dict.fromkeys(typed))
    telling = [word for word in every if not says_nothing(word)] or every
    sought = telling[:MOST_WORDS]
    beginnings = _shared({word: vocabulary.beginning_with(word) for word in sought})
    words = tuple(_word(word, beginnings[word], vocabulary) for word in sought)
    written = {word.text: word.near[0] for word in words if word.near}
    name = whole(" ".join(written.get(word, word) for word in typed))
    wordless = bool(text.strip()) and not every
    return Asked(words, name, only, named, tuple(telling[MOST_WORDS:]), wordless)


def _joined(words: list[str], vocabulary: Vocabulary) -> list[str]:
    """``words``, two that follow each other as one where only that one is known (whats app)."""
    found: list[str] = []
    for word in words:
        before = found[-1] if found else ""
        unknown = before not in vocabulary or word not in vocabulary
        if before and unknown and before + word in vocabulary:
            found[-1] = before + word
        else:
            found.append(word)
    return found


def _shared(beginnings: Mapping[str, Sequence[str]]) -> dict[str, Sequence[str]]:
    """``beginnings`` of each word, at most MOST_BEGINNINGS together: those that have few keep them all."""
    shared = {}
    left = MOST_BEGINNINGS
    for place, word in enumerate(sorted(beginnings, key=lambda one: len(beginnings[one]))):
        shared[word] = beginnings[word][: left // (len(beginnings) - place)]
        left -= len(shared[word])
    return shared


def _turned(pairs: Iterable[tuple[str, Iterable[str]]]) -> dict[str, list[str]]:
    """By what each stands for, those that stand for it."""
    found: dict[str, list[str]] = {}
    for text, stands_for in pairs:
        for one in stands_for:
            found.setdefault(one, []).append(text)
    return found


def _word(text: str, beginnings: Sequence[str], vocabulary: Vocabulary) -> Word:
    near = () if vocabulary.finds(text) else tuple(vocabulary.near(text))
    together = () if text in vocabulary else vocabulary.parts_together(text) or ()
    return Word(
        text,
        stems(text),
        tuple(beginnings),
        tuple(vocabulary.compounds_with(text)),
        tuple(together),
        near,
    )
