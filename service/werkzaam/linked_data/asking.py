"""The queries of this package: kept as files of plain SPARQL, filled with IRIs, asked.

A place to fill is an IRI that begins with ``urn:werkzaam:``, so each file runs as it stands.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path

from werkzaam.catalogue.tables import read_results
from werkzaam.domain.answers import Row
from werkzaam.store.interface import Question, Store

_FOLDER = Path(__file__).parent / "queries"
_RESULTS = "application/sparql-results+json"
_WRITABLE = re.compile(r"[^\x00-\x20<>\"{}|^`\\]+")
_MOST_CHARACTERS = 60_000
_MOST_AT_ONCE = 300


def query_text(name: str, **iris: str) -> str:
    """The text of ``queries/<name>.rq`` with each ``<urn:werkzaam:KEY>`` replaced by ``iris[KEY]``.

    A value is what ``in_brackets`` or ``listed`` gave.
    """
    text = _text(name)
    for key, value in iris.items():
        text = text.replace(f"<urn:werkzaam:{key}>", value)
    return text


def rows_of(store: Store, text: str) -> tuple[Row, ...]:
    """The rows that the SELECT query ``text`` gives."""
    return read_results(store.ask(Question(text, _RESULTS)).body).rows


def in_brackets(iri: str) -> str:
    """``iri`` as SPARQL; an IRI that cannot be written there names nothing."""
    return f"<{iri}>" if _WRITABLE.fullmatch(iri) else "<urn:werkzaam:nothing>"


def listed(iris: Iterable[str]) -> str:
    """Several IRIs for a VALUES block, up to a length that a query can hold."""
    kept: list[str] = []
    length = 0
    for iri in iris:
        length += len(iri) + 3
        if length > _MOST_CHARACTERS:
            break
        kept.append(in_brackets(iri))
    return " ".join(kept)


def batches(iris: Sequence[str]) -> Iterator[Sequence[str]]:
    """``iris`` in parts that a query with several VALUES blocks can hold."""
    for start in range(0, len(iris), _MOST_AT_ONCE):
        yield iris[start : start + _MOST_AT_ONCE]


@cache
def _text(name: str) -> str:
    return (_FOLDER / f"{name}.rq").read_text("utf-8")
