"""The values of a list, found by label, other label, notation, slug or full IRI."""

import difflib
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import pyoxigraph as ox

from werkzaam.domain.identifiers import EXAMPLES, last_segment
from werkzaam.ingest.limits import MOST_SUGGESTIONS, MOST_VALUE_CHARACTERS
from werkzaam.ingest.words import folded

_SKOS = "http://www.w3.org/2004/02/skos/core#"
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_PREFERRED = _SKOS + "prefLabel"
_NAMES = frozenset((_PREFERRED, _SKOS + "altLabel", _SKOS + "notation"))
_MOST_SHOWN = 12


@dataclass
class CodeList:
    """The members of one class. ``labels``: IRI → language → preferred label."""

    labels: Mapping[str, Mapping[str, str]]
    _by_words: Mapping[str, frozenset[str]]
    _suggested: dict[str, str | None] = field(default_factory=dict)

    def find(self, text: str) -> frozenset[str]:
        """The members that ``text`` can mean: none, one or several."""
        return self._by_words.get(folded(text), frozenset())

    def suggest(self, text: str) -> str | None:
        """The member that ``text`` is nearest to, if any is near. Costly, so not without end."""
        words = folded(text)
        if words not in self._suggested and len(self._suggested) < MOST_SUGGESTIONS:
            short = len(words) <= MOST_VALUE_CHARACTERS
            near = difflib.get_close_matches(words, sorted(self._by_words), n=1) if short else []
            self._suggested[words] = min(self._by_words[near[0]]) if near else None
        return self._suggested.get(words)

    def label(self, iri: str, language: str) -> str:
        """The preferred label, else the slug."""
        return self.labels[iri].get(language) or last_segment(iri)

    def choices(self, language: str, demo: bool | None = None) -> str:
        """The labels in order, the first few of them; in a list that has examples without those that
        do not go with ``demo``, which is as of ``Vocabulary``."""
        examples = {iri for iri in self.labels if iri.startswith(EXAMPLES)}
        wanted: Collection[str] = self.labels.keys()
        if examples and demo is not None:
            wanted = examples if demo else self.labels.keys() - examples
        names = sorted(self.label(iri, language) for iri in wanted)
        more = " …" if len(names) > _MOST_SHOWN else ""
        return ", ".join(names[:_MOST_SHOWN]) + more


def code_list(
    triples: Iterable[ox.Quad | ox.Triple], kind: str, synonyms: Mapping[str, str]
) -> CodeList:
    """The members of class ``kind`` in ``triples``; ``synonyms``: folded words → IRI."""
    quads = [triple for triple in triples if isinstance(triple.subject, ox.NamedNode)]
    members = {
        _iri(triple.subject)
        for triple in quads
        if triple.predicate.value == _TYPE and _iri(triple.object) == kind
    }
    by_words: dict[str, set[str]] = defaultdict(set)
    labels: dict[str, dict[str, str]] = {iri: {} for iri in sorted(members)}
    for iri in members:
        by_words[folded(iri)].add(iri)
        by_words[folded(last_segment(iri))].add(iri)
    for iri, name, words in _names(quads, members):
        by_words[folded(words.value)].add(iri)
        if name == _PREFERRED:
            labels[iri][words.language or ""] = words.value
    for synonym, iri in synonyms.items():
        if iri in members:
            by_words[synonym].add(iri)
    return CodeList(labels, {words: frozenset(iris) for words, iris in by_words.items()})


def _names(
    triples: Iterable[ox.Quad | ox.Triple], members: Collection[str]
) -> Iterator[tuple[str, str, ox.Literal]]:
    for triple in triples:
        iri, name, words = _iri(triple.subject), triple.predicate.value, triple.object
        if name in _NAMES and iri in members and isinstance(words, ox.Literal):
            yield iri, name, words


def _iri(node: object) -> str:
    return node.value if isinstance(node, ox.NamedNode) else ""
