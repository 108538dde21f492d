"""The rows of an answer that hold the words a reader looks for, and the first of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from werkzaam.catalogue.cases import case_of
from werkzaam.catalogue.finding import holds
from werkzaam.domain.answers import Row, Table
from werkzaam.domain.identifiers import last_segment
from werkzaam.domain.queries import CataloguedQuery, Column
from werkzaam.web.answer_layout import SOURCE_PARTS, layout_of
from werkzaam.web.lookups import text_of

_LONGEST_PART = 2


@dataclass(frozen=True)
class Found:
    """Rows to show, of ``number`` that hold the words."""

    rows: Sequence[Row]
    number: int


def find_rows(query: CataloguedQuery, table: Table, words: str, most: int) -> Found:
    """The first ``most`` rows of ``table`` that hold all ``words`` somewhere in what is shown of them.

    A case that begins among these is kept whole, up to twice as many rows.
    """
    layout = layout_of(query, table)
    rows: Sequence[Row] = table.rows
    if words.strip():
        rows = [row for row in rows if holds(_shown_text(layout.shown, row), words)]
    end = min(most, len(rows))
    while (
        layout.by_case
        and end < min(len(rows), most * _LONGEST_PART)
        and case_of(query, rows[end]) == case_of(query, rows[end - 1])
    ):
        end += 1
    return Found(rows[:end], len(rows))


def _shown_text(columns: Sequence[Column], row: Row) -> str:
    found = []
    for column in columns:
        if column.name == "page":
            found += [text_of(row, name) for name in SOURCE_PARTS[1:]]
        elif column.role == "identifier":
            found.append(last_segment(text_of(row, column.name)))
        else:
            found.append(text_of(row, column.name))
    return " ".join(found)
