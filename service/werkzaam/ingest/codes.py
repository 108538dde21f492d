"""The values of a list, found by label, other label, notation, slug or full IRI."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

import pyoxigraph as ox

from werkzaam.domain.identifiers import EXAMPLES, last_segment
from werkzaam.ingest.limits import MOST_SUGGESTIONS, MOST_VALUE_CHARACTERS
from werkzaam.ingest.mapping_language import TableMapping
from werkzaam.ingest.nearness import nearest
from werkzaam.ingest.words import folded

_SKOS = "http://www.w3.org/2004/02/skos/core#"
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_PREFERRED = _SKOS + "prefLabel"
_NAMES = frozenset((_PREFERRED, _SKOS + "altLabel", _SKOS + "notation"))
ABSENCES: Final = "@absence"
"""Where a column would stand: the list of reasons why there is no value."""
_MOST_SHOWN = 12
_MARK: Final = re.compile(r"([,/|\n\u2022])")
_MOST_PARTS = 20
_MOST_REMEMBERED = 5_000


@dataclass
class CodeList:
    """The members of one class. ``labels``: IRI → language → preferred label."""

    labels: Mapping[str, Mapping[str, str]]
    _by_words: Mapping[str, frozenset[str]]
    _found: dict[str, frozenset[str]] = field(default_factory=dict)
    _suggested: dict[str, str | None] = field(default_factory=dict)

    def find(self, text: str) -> frozenset[str]:
        """The members that ``text`` can mean: none, one or several."""
        found = self._found.get(text)
        if found is None:
            found = self._by_words.get(folded(text), frozenset())
            if len(self._found) < _MOST_REMEMBERED and len(text) <= MOST_VALUE_CHARACTERS:
                self._found[text] = found
        return found

    def suggest(self, text: str) -> str | None:
        """The member that is meant by ``text``, if one alone is near. Costly, so not without end."""
        words = folded(text)
        if words not in self._suggested and len(self._suggested) < MOST_SUGGESTIONS:
            short = len(words) <= MOST_VALUE_CHARACTERS
            self._suggested[words] = nearest(words, self._by_words) if short else None
        return self._suggested.get(words)

    def parts(self, text: str) -> list[tuple[str, bool]]:
        """``text`` divided at commas, slashes and ends of lines, but for those within the name of a
        member; with each part whether it is one. At most ``_MOST_PARTS``, else the whole."""
        pieces = _MARK.split(text)
        count = len(pieces) // 2 + 1
        if count > _MOST_PARTS:
            return [(text.strip(), bool(self.find(text)))]
        parts, first = [], 0
        while first < count:
            last = count
            while last > first + 1 and not self.find("".join(pieces[2 * first : 2 * last - 1])):
                last -= 1
            words = "".join(pieces[2 * first : 2 * last - 1]).strip()
            parts += [(words, bool(self.find(words)))] if words else []
            first = last
        return parts

    def label(self, iri: str, language: str) -> str:
        """The preferred label, else the slug."""
        return self.labels[iri].get(language) or last_segment(iri)

    def names(self, language: str, demo: bool | None = None) -> list[str]:
        """The labels in order; in a list that has examples without those that do not go with
        ``demo``, which is as of ``Vocabulary``."""
        examples = {iri for iri in self.labels if iri.startswith(EXAMPLES)}
        wanted: Collection[str] = self.labels.keys()
        if examples and demo is not None:
            wanted = examples if demo else self.labels.keys() - examples
        return sorted(self.label(iri, language) for iri in wanted)

    def choices(self, language: str, demo: bool | None = None) -> str:
        """As ``names``, the first few of them in one text."""
        names = self.names(language, demo)
        more = " …" if len(names) > _MOST_SHOWN else ""
        return ", ".join(names[:_MOST_SHOWN]) + more


def code_lists(mapping: TableMapping, known: Iterable[ox.Quad | ox.Triple]) -> dict[str, CodeList]:
    """The list of each column of ``mapping`` that has one, by name of the column; columns with the
    same one share it. That of the reasons for absence stands under ``ABSENCES``."""
    said = _Said.of(known)
    made: dict[tuple[str, frozenset[tuple[str, str]]], CodeList] = {}
    lists: dict[str, CodeList] = {}
    wanted = [(c.name, c.choices, c.synonyms) for c in mapping.every_column if c.choices]
    if mapping.absence:
        wanted.append((ABSENCES, mapping.absence.choices, mapping.absence.synonyms))
    for name, kind, synonyms in wanted:
        key = kind, frozenset(synonyms.items())
        if key not in made:
            made[key] = said.list_of(kind, synonyms)
        lists[name] = made[key]
    return lists


def code_list(
    triples: Iterable[ox.Quad | ox.Triple], kind: str, synonyms: Mapping[str, str]
) -> CodeList:
    """The members of class ``kind`` in ``triples``; ``synonyms``: folded words → IRI."""
    return _Said.of(triples).list_of(kind, synonyms)


@dataclass(frozen=True)
class _Said:
    """The members of each class, and the names of each thing with the property that gives them."""

    members: Mapping[str, list[str]]
    names: Mapping[str, list[tuple[str, ox.Literal]]]

    @classmethod
    def of(cls, triples: Iterable[ox.Quad | ox.Triple]) -> "_Said":
        members: dict[str, list[str]] = defaultdict(list)
        names: dict[str, list[tuple[str, ox.Literal]]] = defaultdict(list)
        for triple in triples:
            subject, property_, value = triple.subject, triple.predicate.value, triple.object
            if not isinstance(subject, ox.NamedNode):
                continue
            if property_ == _TYPE and isinstance(value, ox.NamedNode):
                members[value.value].append(subject.value)
            elif property_ in _NAMES and isinstance(value, ox.Literal):
                names[subject.value].append((property_, value))
        return cls(members, names)

    def list_of(self, kind: str, synonyms: Mapping[str, str]) -> CodeList:
        members = sorted(set(self.members.get(kind, ())))
        by_words: dict[str, set[str]] = defaultdict(set)
        labels: dict[str, dict[str, str]] = {iri: {} for iri in members}
        for iri in members:
            by_words[folded(iri)].add(iri)
            by_words[folded(last_segment(iri))].add(iri)
            for name, words in self.names.get(iri, ()):
                by_words[folded(words.value)].add(iri)
                if name == _PREFERRED:
                    labels[iri][words.language or ""] = words.value
        for synonym, iri in synonyms.items():
            if iri in labels:
                by_words[synonym].add(iri)
        return CodeList(labels, {words: frozenset(iris) for words, iris in by_words.items()})
