"""All that a thing points at and all that points at it, a page at a time: nothing is left out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from werkzaam.domain.answers import Term
from werkzaam.errors import NotFound
from werkzaam.linked_data.asking import in_brackets, query_text, rows_of
from werkzaam.store.interface import Store

MOST_EDGES: Final = 400
"""On one page."""
_LIMIT = re.compile(r"LIMIT \d+\s+OFFSET \d+")


@dataclass(frozen=True)
class Edge:
    """From the thing by ``property`` to ``other`` or, where ``incoming``, from there to the thing."""

    incoming: bool
    property: str
    other: Term


@dataclass(frozen=True)
class EdgePage:
    """The edges on page ``number`` (from 1) of a thing that has ``count`` in all."""

    number: int
    count: int
    edges: Sequence[Edge]

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return max(1, -(-self.count // MOST_EDGES))

    @property
    def previous(self) -> int | None:
        """The page before this one."""
        return self.number - 1 if self.number > 1 else None

    @property
    def next(self) -> int | None:
        """The page after this one."""
        return self.number + 1 if self.number < self.pages else None


def edge_page(store: Store, iri: str, number: int = 1) -> EdgePage:
    """Page ``number`` of the edges of ``iri``. Raises NotFound where there is none."""
    count = edge_count(store, iri)
    page = EdgePage(number, count, ())
    if not 1 <= number <= page.pages:
        raise NotFound(
            "There is no page {number} here: there are pages 1 to {last}.",
            number=number,
            last=page.pages,
        )
    rows = rows_of(store, cut_out(query_text("edges", thing=in_brackets(iri)), number))
    edges = [Edge(row["way"].value == "to", row["property"].value, row["other"]) for row in rows]
    return EdgePage(number, count, edges)


def edge_count(store: Store, iri: str) -> int:
    """How many edges ``iri`` has."""
    rows = rows_of(store, query_text("edge-count", thing=in_brackets(iri)))
    return int(rows[0]["count"].value)


def cut_out(text: str, number: int) -> str:
    """The query ``text`` for page ``number`` of the edges that it gives."""
    return _LIMIT.sub(f"LIMIT {MOST_EDGES} OFFSET {(number - 1) * MOST_EDGES}", text)
