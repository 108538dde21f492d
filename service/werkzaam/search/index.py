"""The index of one version: entries by their words, in memory (`tantivy
<https://docs.rs/tantivy/0.27/tantivy/>`_).

Its query language is exposed nowhere: queries are built from words.
"""

import re
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from typing import Any, Final

import tantivy

from werkzaam.domain.identifiers import TERMS
from werkzaam.domain.queries import LANGUAGES
from werkzaam.domain.versions import Version
from werkzaam.search.asked import Asked, asked_for
from werkzaam.search.entries import FACETS, Entry, Text, in_order
from werkzaam.search.gathering import Gathered
from werkzaam.search.ranking import query_of, whole_forms
from werkzaam.search.removed import Removed
from werkzaam.search.vocabulary import Vocabulary
from werkzaam.search.words import stem, whole, words_of

_HEAP_BYTES: Final = 30_000_000
_MOST_VALUES: Final = 1000
_WORD_FIELDS: Final = ("names", "synonyms", "bodies")
_STEM_FIELDS: Final = ("name_stems", "body_stems", "name_parts", "body_parts")
_WHOLE_FIELDS: Final = (
    *("whole_name", "whole_bare_name", "whole_synonym", "whole_stems"),
    *("named", "rank"),
)
_NOTE: Final = re.compile(r"\s*\([^()]*\)\s*$")
"""What tells a name from a look-alike: Welbevinden (begrip)."""


@dataclass(frozen=True)
class Counted:
    """How many hits have one ``value`` of a facet."""

    value: str
    hits: int


@dataclass(frozen=True)
class Hits:
    """``total`` entries were found, of which ``entries`` stand here, best first.

    ``facets``: for each, the values of the hits, those of a facet that is chosen by counted without that
    choice. ``all_words``: each entry holds all words; otherwise none does, and these hold some.
    """

    asked: Asked
    total: int
    entries: Sequence[Entry]
    facets: Mapping[str, Sequence[Counted]]
    all_words: bool = True


class Index:
    """What can be found in one version. It does not change; for several threads."""

    def __init__(self, gathered: Gathered, more: Iterable[Entry] = ()) -> None:
        """Index the entries of a version and ``more``, such as the questions of the catalogue."""
        begun = time.monotonic()
        self.version: Version = gathered.version
        self.without_removed_upto = self.version.number
        """The version from which nothing was removed that can be found here."""
        self._names = gathered.names
        self._left_out: Sequence[int] = ()
        self._entries = in_order((*gathered.entries, *more))
        self._values = {
            name: tuple(sorted({value for one in self._entries for value in one.values(name)}))
            for name in FACETS
        }
        texts = [_texts(entry) for entry in self._entries]
        self.vocabulary = Vocabulary(Counter(word for one in texts for word in one.every_word))
        self.schema = _schema()
        index = tantivy.Index(self.schema)
        writer = index.writer(_HEAP_BYTES, 1)
        for number, (entry, one) in enumerate(zip(self._entries, texts, strict=True)):
            writer.add_document(_document(number, entry, one, self.vocabulary))
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        self._searcher = index.searcher()
        self.seconds = time.monotonic() - begun

    def __len__(self) -> int:
        return len(self._entries) - len(self._left_out)

    def without(self, removed: Removed) -> "Index":
        """This index, in which nothing that holds a text of ``removed`` is found, counted or named."""
        gone = [n for n, entry in enumerate(self._entries) if removed.touches(entry)]
        words = Counter(word for n in gone for word in _texts(self._entries[n]).every_word)
        made = copy(self)
        made.without_removed_upto = removed.upto
        made.vocabulary = self.vocabulary.without(words)
        made._left_out = gone
        made._names = {
            iri: texts for iri, texts in self._names.items() if not removed.takes(iri, texts)
        }
        return made

    def names(self, iri: str) -> tuple[Text, ...]:
        """What ``iri`` is called: a thing, or a class of things."""
        return self._names.get(iri, ())

    def values(self, facet: str) -> tuple[str, ...]:
        """Every value that an entry has of one of FACETS, in order."""
        return self._values[facet]

    @property
    def classes(self) -> Sequence[str]:
        """The classes that the model of this version has a name for, also those of which nothing is here."""
        return sorted(iri for iri in self._names if iri.startswith(TERMS))

    def asked(self, text: str, only: Mapping[str, str], *, named: bool = False) -> Asked:
        """What ``text`` looks for here; see ``asked_for``. Raises BadRequest."""
        return asked_for(text, self.vocabulary, only, named=named)

    def find(self, asked: Asked, limit: int, after: int = 0, *, count: bool = True) -> Hits:
        """The ``limit`` best hits after the first ``after``; where no entry holds all words, those
        that hold some. ``count``: with facets."""
        found = self._found(asked, limit, after, count, all_words=True)
        if found.total or len(asked.words) < 2:
            return found
        return self._found(asked, limit, after, count, all_words=False)

    def _found(self, asked: Asked, limit: int, after: int, count: bool, *, all_words: bool) -> Hits:
        query = self._query(asked, all_words)
        result = self._searcher.search(query, limit, offset=after)
        numbers = self._searcher.fast_field_values("n", [place for _, place in result.hits])
        entries = [self._entries[int(number or 0)] for number in numbers]
        total: int = result.count  # type: ignore[attr-defined]
        facets = self._facets(asked, query, all_words) if count and total else {}
        return Hits(asked, total, entries, facets, all_words)

    def _query(self, asked: Asked, all_words: bool) -> tantivy.Query:
        query = query_of(self.schema, asked, all_words=all_words)
        if not self._left_out:
            return query
        gone = tantivy.Query.term_set_query(self.schema, "n", list(self._left_out))
        return tantivy.Query.boolean_query(
            [(tantivy.Occur.Must, query), (tantivy.Occur.MustNot, gone)]
        )

    def _facets(
        self, asked: Asked, query: tantivy.Query, all_words: bool
    ) -> dict[str, list[Counted]]:
        found = self._counted(query, [name for name in FACETS if name not in asked.only])
        for name in asked.only:
            others = {other: value for other, value in asked.only.items() if other != name}
            without = replace(asked, only=others)
            wider = self._query(without, all_words)
            found |= self._counted(wider, [name])
        return {name: found[name] for name in FACETS}

    def _counted(self, query: tantivy.Query, facets: Sequence[str]) -> dict[str, list[Counted]]:
        if not facets:
            return {}
        wanted = {name: {"terms": {"field": name, "size": _MOST_VALUES}} for name in facets}
        answer: dict[str, Any] = self._searcher.aggregate(query, wanted)
        return {
            name: sorted(
                (Counted(one["key"], one["doc_count"]) for one in answer[name]["buckets"]),
                key=lambda one: (-one.hits, one.value),
            )
            for name in facets
        }


@dataclass(frozen=True)
class _Texts:
    """The words of an entry's names, synonyms and bodies. The name of a code counts as a body: what goes by
    the same name in the documents comes first."""

    words: Mapping[str, Sequence[str]]
    stems: Mapping[str, Sequence[str]]

    @property
    def every_word(self) -> set[str]:
        return {word for words in self.words.values() for word in words}


def _texts(entry: Entry) -> _Texts:
    names, synonyms = ((), ()) if entry.code else (entry.names, entry.synonyms)
    bodies = (*entry.bodies, *entry.names, *entry.synonyms) if entry.code else entry.bodies
    parts = {"names": names, "synonyms": synonyms, "bodies": bodies}
    words = {
        name: [w for text in texts for w in words_of(text.value)] for name, texts in parts.items()
    }
    stemmed = {
        "name_stems": [one for text in (*names, *synonyms) for one in _stems(text)],
        "body_stems": [one for text in bodies for one in _stems(text)],
    }
    return _Texts(words, stemmed)


def _stems(text: Text) -> list[str]:
    """The stems of ``text`` in its language, or in both where it has none, and its words."""
    languages = [one for one in LANGUAGES if one == text.language] or LANGUAGES
    found: list[str] = []
    for word in words_of(text.value):
        found += {word, *(stem(word, language) for language in languages)}
    return found


def _document(number: int, entry: Entry, texts: _Texts, vocabulary: Vocabulary) -> tantivy.Document:
    names = (*texts.words["names"], *texts.words["synonyms"])
    spread = {
        **texts.words,
        **texts.stems,
        "name_parts": [part for word in names for part in vocabulary.parts(word)],
        "body_parts": [p for word in texts.words["bodies"] for p in vocabulary.parts(word)],
    }
    exact = entry.named and not entry.code
    names_as_one = [text.value for text in entry.names] if exact else []
    without_note = [whole(_NOTE.sub("", name)) for name in names_as_one]
    synonyms = [whole(text.value) for text in entry.synonyms]
    return tantivy.Document(
        n=number,
        whole_name=[whole(name) for name in names_as_one],
        whole_bare_name=without_note,
        whole_synonym=synonyms,
        whole_stems=[f for name in (*without_note, *synonyms) for f in whole_forms(name) if f],
        named=["yes"] if entry.named else [],
        rank=[str(entry.rank)],
        **{name: [" ".join(words)] for name, words in spread.items()},
        **{facet: list(entry.values(facet)) for facet in FACETS},
    )


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("n", fast=True, indexed=True)
    for name in (*_WORD_FIELDS, *_STEM_FIELDS):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    for name in _WHOLE_FIELDS:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in FACETS:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    return builder.build()
