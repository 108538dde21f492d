"""The concept schemes of the dataset."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from werkzaam.linked_data.asking import in_brackets, query_text, rows_of
from werkzaam.store.interface import Question, Store

Texts = Sequence[tuple[str, str]]
"""Pairs of a language and a text in it."""


@dataclass(frozen=True)
class Scheme:
    """A concept scheme: what it is called and for, and how many ``concepts`` are in it."""

    iri: str
    titles: Texts
    comments: Texts
    concepts: int


def schemes_of(store: Store) -> list[Scheme]:
    """All concept schemes with a title and a concept, in order of IRI. Raises as ``Store.ask`` does."""
    found: dict[str, tuple[int, dict[str, str], dict[str, str]]] = {}
    for row in rows_of(store, query_text("concept-schemes")):
        empty: tuple[int, dict[str, str], dict[str, str]] = (int(row["concepts"].value), {}, {})
        _, titles, comments = found.setdefault(row["scheme"].value, empty)
        for texts, name in ((titles, "title"), (comments, "comment")):
            if name in row and row[name].language:
                texts.setdefault(row[name].language or "", row[name].value)
    return [
        Scheme(iri, sorted(titles.items()), sorted(comments.items()), concepts)
        for iri, (concepts, titles, comments) in found.items()
        if titles
    ]


def concepts_of(store: Store, scheme: str) -> Iterator[ox.Triple]:
    """All that is said of ``scheme`` and of the concepts in it. Raises as ``Store.ask`` does."""
    text = query_text("concepts", scheme=in_brackets(scheme))
    body = store.ask(Question(text, "application/n-triples")).body
    yield from (quad.triple for quad in ox.parse(body, format=ox.RdfFormat.N_TRIPLES))
