"""Rows that add up the others: they are no records, and would count twice."""

import re
from collections.abc import Iterator
from typing import Final

from werkzaam.ingest.cells import Cell
from werkzaam.ingest.faults import finding
from werkzaam.ingest.mapping_language import TableMapping
from werkzaam.ingest.report import CellFinding
from werkzaam.ingest.table import Table

_TOTAL: Final = re.compile(
    r"\s*(sub|eind|grand )?(totaal|totalen|total|totals|som|sum|gemiddelde?n?|average|mean)\b",
    re.IGNORECASE,
)
_TITLE: Final = "title"


def total_rows(
    table: Table, mapping: TableMapping
) -> Iterator[tuple[CellFinding, tuple[Cell, ...]]]:
    """A violation where the identifier calls the row a total, a warning where only its title does; with
    the cells that are not worth judging then."""
    key, title = (table.columns.places.get(name) for name in (mapping.key, _TITLE))
    for number, row in table.records:
        for place, name in ((key, "total-row"), (title, "total-title")):
            if place is not None and place < len(row) and _TOTAL.match(row[place]):
                every = _cells(table, mapping, number) if name == "total-row" else ()
                yield finding(name, table.cell(number, place)), tuple(every)
                break


def _cells(table: Table, mapping: TableMapping, row: int) -> Iterator[Cell]:
    """The cells of a row, those of columns that are not there included."""
    for column in mapping.columns:
        place = table.columns.places.get(column.name)
        if place is None:
            yield Cell(row, None, column.title(), None, table.sheet)
        else:
            yield table.cell(row, place)
