"""An answer as rows of terms, and the limits it was given under."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Term:
    """An RDF term. ``kind`` as in `SPARQL 1.1 Query Results JSON
    <https://www.w3.org/TR/sparql11-results-json/>`_."""

    kind: Literal["uri", "literal", "bnode"]
    value: str
    datatype: str | None = None
    language: str | None = None


Row = Mapping[str, Term]


@dataclass(frozen=True)
class Table:
    """Rows under named columns, in order. ``truncated``: rows after the last one were left out;
    ``whole``: how many rows the whole answer has, where these are a part of it."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    truncated: bool = False
    limit: int | None = None
    after: int = 0
    whole: int | None = None

    @property
    def total(self) -> int:
        """How many rows the whole answer has."""
        return len(self.rows) if self.whole is None else self.whole
