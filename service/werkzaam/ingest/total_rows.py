"""Rows that add up the others: they are no records, and would count twice."""

import re
from collections.abc import Iterator
from typing import Final

from werkzaam.ingest.faults import finding
from werkzaam.ingest.mapping_language import TableMapping
from werkzaam.ingest.report import CellFinding
from werkzaam.ingest.table import Table

_TOTAL: Final = re.compile(
    r"\s*(sub|eind|grand )?(totaal|totalen|total|totals|som|sum|gemiddelde|average)\b",
    re.IGNORECASE,
)
_TITLE: Final = "title"


def total_rows(table: Table, mapping: TableMapping) -> Iterator[CellFinding]:
    """A violation where the identifier calls the row a total, a warning where only its title does."""
    key, title = (table.columns.places.get(name) for name in (mapping.key, _TITLE))
    for number, row in table.records:
        for place, name in ((key, "total-row"), (title, "total-title")):
            if place is not None and place < len(row) and _TOTAL.match(row[place]):
                yield finding(name, table.cell(number, place))
                break
