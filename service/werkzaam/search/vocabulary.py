"""All words of an index: which begin alike, which are spelled nearly alike, of which words they are made."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from heapq import nsmallest
from typing import Final

import tantivy

from werkzaam.search.words import stem, stems

FEWEST_LETTERS: Final = 4
"""From this length on a word is found with one letter wrong."""
_FEWEST_FOR_TWO: Final = 8
_SHORTEST_BEGINNING: Final = 2
_MOST_BEGINNINGS: Final = 400
_LAST: Final = chr(0x10FFFF)
_MOST_NEAR: Final = 200
_MOST_TAKEN: Final = 5
_SHORTEST_PART: Final = 4
_SHORTEST_COMPOUND: Final = 8
_BETWEEN: Final = ("", "s", "e", "en", "n")
"""Letters that Dutch puts between the parts of a compound."""
_HEAP_BYTES: Final = 15_000_000
_FIELD: Final = "word"


def tolerance(word: str) -> int:
    """How many letters of ``word`` may be wrong, missing, too many or exchanged with the next."""
    if len(word) < FEWEST_LETTERS:
        return 0
    return 2 if len(word) >= _FEWEST_FOR_TWO else 1


class Vocabulary:
    """The words of an index with how often each is used. It does not change."""

    def __init__(self, uses: Mapping[str, int]) -> None:
        """``uses``: the number of texts that hold a folded word."""
        self._uses = dict(uses)
        self._untold: frozenset[str] = frozenset()
        self._sorted = sorted(uses)
        self._stems = {form for word in uses for form in stems(word)}
        self._parts = {word: self._split(word) for word in uses}
        of_parts: dict[str, list[str]] = {}
        for word, parts in self._parts.items():
            for part in parts:
                of_parts.setdefault(part, []).append(word)
        self._of_parts = of_parts
        self._schema, self._searcher = _indexed(self._sorted)

    def __contains__(self, word: str) -> bool:
        return word in self._uses

    def __len__(self) -> int:
        return len(self._uses)

    def without(self, uses: Mapping[str, int]) -> "Vocabulary":
        """This vocabulary, which tells nobody of a word that ``uses`` are all uses of."""
        made = copy(self)
        made._untold = frozenset(w for w, often in uses.items() if often >= self._uses.get(w, 0))
        return made

    def finds(self, word: str) -> bool:
        """Whether ``word`` is found without any letter wrong: as it stands, as a beginning, by its stem,
        as a part of a compound, or as a compound of known words."""
        if word in self._uses or any(form in self._stems for form in stems(word)):
            return True
        return bool(
            self.beginning_with(word) or self.compounds_with(word) or self.parts_together(word)
        )

    def beginning_with(self, start: str) -> list[str]:
        """Words that begin with ``start`` and are longer, those that are used most first, as many as one
        query can hold; none for a single letter."""
        if len(start) < _SHORTEST_BEGINNING:
            return []
        begin, end = bisect_right(self._sorted, start), bisect_left(self._sorted, start + _LAST)
        longer = self._sorted[begin:end]
        return nsmallest(_MOST_BEGINNINGS, longer, key=lambda one: (-self._uses[one], one))

    def compounds_with(self, word: str) -> list[str]:
        """Compounds of which ``word``, in any of its forms, is a part."""
        return sorted({one for form in stems(word) for one in self._of_parts.get(form, ())})

    def parts(self, word: str) -> frozenset[str]:
        """The stems of the words of which ``word`` is made; empty where it is no compound."""
        return self._parts[word] if word in self._parts else self._split(word)

    def parts_together(self, word: str) -> tuple[str, str] | None:
        """The two known words of which ``word`` is made, if it is: the longest last one."""
        return next(self._splits(word), None)

    def near(self, word: str) -> list[str]:
        """The words spelled nearly as ``word``: of the nearest those that are used most."""
        for letters in range(1, tolerance(word) + 1):
            query = tantivy.Query.fuzzy_term_query(self._schema, _FIELD, word, distance=letters)
            hits = self._searcher.search(query, _MOST_NEAR).hits
            if hits:
                numbers = self._searcher.fast_field_values("n", [place for _, place in hits])
                found = {self._sorted[int(number or 0)] for number in numbers} - self._untold
                return sorted(found, key=lambda one: (-self._uses[one], one))[:_MOST_TAKEN]
        return []

    def _split(self, word: str) -> frozenset[str]:
        return frozenset(
            form for pair in self._splits(word) for part in pair for form in stems(part)
        )

    def _splits(self, word: str) -> Iterator[tuple[str, str]]:
        if len(word) < _SHORTEST_COMPOUND:
            return
        for place in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1):
            head, tail = word[:place], word[place:]
            known = self._head(head)
            if known and (tail in self._uses or stem(tail, "nl") in self._stems):
                yield known, tail

    def _head(self, head: str) -> str:
        for between in _BETWEEN:
            part = head.removesuffix(between)
            longer = between == "" or part != head
            if longer and len(part) >= _SHORTEST_PART and part in self._uses:
                return part
        return ""


def _indexed(words: Iterable[str]) -> tuple[tantivy.Schema, tantivy.Searcher]:
    """An index with one document for each of ``words``, numbered ``n`` in order."""
    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("n", fast=True)
    builder.add_text_field(_FIELD, tokenizer_name="raw", index_option="basic")
    schema = builder.build()
    index = tantivy.Index(schema)
    writer = index.writer(_HEAP_BYTES, 1)
    for number, word in enumerate(words):
        writer.add_document(tantivy.Document(n=number, word=word))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    return schema, index.searcher()
