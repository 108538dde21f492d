"""An answer as a table of characters, for a terminal."""

import textwrap
from collections.abc import Iterator, Sequence

from werkzaam.catalogue.questions import Answered
from werkzaam.domain.answers import Row
from werkzaam.domain.queries import Column, Language

_WIDEST = 38


def as_table(answered: Answered, language: Language) -> str:
    """Labels instead of IRIs, wrapped cells, a rule under the head; ends with a line break."""
    columns = _shown(answered.query.columns)
    head = [column.label.in_(language) for column in columns]
    rows = [[_cell(row, column) for column in columns] for row in answered.table.rows]
    widths = [
        min(_WIDEST, max((len(row[place]) for row in [head, *rows]), default=0))
        for place in range(len(columns))
    ]
    lines = list(_lines(head, widths))
    lines.append("  ".join("-" * width for width in widths))
    for row in rows:
        lines.extend(_lines(row, widths))
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _shown(columns: Sequence[Column]) -> list[Column]:
    labelled = {column.of for column in columns}
    return [column for column in columns if column.name not in labelled]


def _cell(row: Row, column: Column) -> str:
    term = row.get(column.name)
    return " ".join(term.value.split()) if term else ""


def _lines(cells: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    wrapped = [
        textwrap.wrap(cell, max(width, 1)) or [""]
        for cell, width in zip(cells, widths, strict=True)
    ]
    for number in range(max((len(parts) for parts in wrapped), default=0)):
        parts = [parts[number] if number < len(parts) else "" for parts in wrapped]
        yield "  ".join(part.ljust(width) for part, width in zip(parts, widths, strict=True))
