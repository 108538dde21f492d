"""What was taken out of the dataset since an index was made: no search may show it any more."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import Final

import pyoxigraph as ox

from werkzaam.domain.identifiers import TERMS, record_of
from werkzaam.search.entries import Entry, Text

MOST_QUADS: Final = 50_000
"""Changes between an index and the dataset that are read through; beyond, the next index is waited for."""
_OF_OTHERS: Final = (TERMS + "wording", TERMS + "citedAs")
"""Texts that a thing is found by though they stand with another one."""


@dataclass(frozen=True)
class Removed:
    """The texts that are gone in version ``upto``: ``of_things`` by the IRI of what they stood with and of
    the record that it was part of, ``of_others`` wherever they are found."""

    upto: int
    of_things: Mapping[str, set[str]] = field(default_factory=dict)
    of_others: frozenset[str] = frozenset()

    def touches(self, entry: Entry) -> bool:
        """Whether ``entry`` holds a text that is gone."""
        return self.takes(entry.iri, chain(entry.names, entry.synonyms, entry.bodies))

    def takes(self, iri: str, texts: Iterable[Text]) -> bool:
        """Whether one of the ``texts`` by which ``iri`` is found is gone."""
        own = self.of_things.get(iri, ())
        if not own and not self.of_others:
            return False
        return any(text.value in own or text.value in self.of_others for text in texts)


def removed_in(quads: bytes, upto: int) -> Removed:
    """The texts in ``quads``, lines of N-Quads of our own that version ``upto`` no longer has."""
    of_things: dict[str, set[str]] = {}
    of_others = set()
    for quad in ox.parse(quads, format=ox.RdfFormat.N_QUADS):
        if not isinstance(quad.object, ox.Literal) or not isinstance(quad.subject, ox.NamedNode):
            continue
        thing, text = quad.subject.value, quad.object.value
        for owner in {thing, record_of(thing.encode()).decode()}:
            of_things.setdefault(owner, set()).add(text)
        if quad.predicate.value in _OF_OTHERS:
            of_others.add(text)
    return Removed(upto, of_things, frozenset(of_others))
