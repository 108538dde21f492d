"""Text of a CSV file as rows of cells.

Follows `RFC 4180 <https://www.rfc-editor.org/rfc/rfc4180>`_, with a comma, a semicolon or a tab.
"""

import csv
import io
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from werkzaam.ingest.cells import Cell
from werkzaam.ingest.faults import finding
from werkzaam.ingest.limits import MOST_BYTES, MOST_COLUMNS, MOST_ROWS
from werkzaam.ingest.report import CellFinding
from werkzaam.ingest.words import bare_title, folded, with_plain_lines

DELIMITERS: Final = {",": "comma", ";": "semicolon", "\t": "tab"}

_LINES_ABOVE = 10
_MOST_ABOVE = 20_000


@dataclass(frozen=True)
class Rows:
    """All rows, the header first, empty ones included; None where they cannot be read."""

    rows: tuple[Sequence[str], ...] | None
    delimiter: str
    findings: tuple[CellFinding, ...] = ()


def read_rows(text: str, titles: Collection[str]) -> Rows:
    """The rows of ``text``. The delimiter is the one by which most of ``titles`` (folded) are found
    in the first row."""
    csv.field_size_limit(MOST_BYTES)
    text = with_plain_lines(text)
    delimiter = _delimiter(text, titles)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[Sequence[str]] = []
    filled, line = 0, 1
    try:
        for row in reader:
            rows.append(row or ())
            line = reader.line_num + 1
            filled += any(row)
            fault = _too_much(row, len(rows), filled)
            if fault:
                return Rows(None, delimiter, (fault,))
    except csv.Error:
        cell = Cell(row=len(rows) + 1)
        return Rows(None, delimiter, (finding("unclosed-quote", cell, line=line),))
    return Rows(tuple(rows), delimiter)


def line_of_titles(text: str, titles: Collection[str]) -> int | None:
    """The line with at least two of ``titles`` (folded), where that is one of the first few but not
    the first."""
    lines = text[:_MOST_ABOVE].splitlines()[:_LINES_ABOVE]
    for number, line in enumerate(lines[1:], start=2):
        for delimiter in DELIMITERS:
            cells = next(csv.reader([line], delimiter=delimiter), [])
            if sum(_known(cell, titles) for cell in cells[:MOST_COLUMNS]) > 1:
                return number
    return None


def _delimiter(text: str, titles: Collection[str]) -> str:
    def matches(delimiter: str) -> tuple[int, int]:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        first = next(reader, [])
        return sum(_known(cell, titles) for cell in first[:MOST_COLUMNS]), len(first)

    return max(DELIMITERS, key=matches)


def _known(title: str, titles: Collection[str]) -> bool:
    return folded(title) in titles or bare_title(title) in titles


def _too_much(row: Sequence[str], number: int, filled: int) -> CellFinding | None:
    if filled > MOST_ROWS + 1:
        return finding("too-many-rows", Cell(row=number), most=MOST_ROWS)
    if len(row) > MOST_COLUMNS:
        return finding("too-many-columns", Cell(row=number), count=len(row), most=MOST_COLUMNS)
    return None
