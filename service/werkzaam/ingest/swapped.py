"""Columns whose titles seem to have changed places: said once, beside the fault in every cell."""

from collections.abc import Iterator

from werkzaam.ingest.cells import Cell
from werkzaam.ingest.faults import finding
from werkzaam.ingest.mapping import Column, TableMapping
from werkzaam.ingest.report import CellFinding
from werkzaam.ingest.table import Table
from werkzaam.ingest.values import Vocabulary, items


def swapped_columns(
    table: Table, mapping: TableMapping, vocabulary: Vocabulary
) -> Iterator[CellFinding]:
    """A list column in which nothing fits while everything in another column does, which is not one
    with the same list: what was meant for that one would fit here too."""
    lists = vocabulary.lists
    for column in mapping.columns:
        place = table.columns.places.get(column.name)
        if place is None or column.choices is None or _fits(table, column, place, vocabulary) != 0:
            continue
        for other, elsewhere in table.columns.places.items():
            same = lists.get(other) is lists[column.name]
            if not same and _fits(table, column, elsewhere, vocabulary) == 1:
                yield finding(
                    "swapped-columns",
                    table.cell(table.titles_row, place),
                    other=table.header[elsewhere],
                )
                break


def _fits(table: Table, column: Column, place: int, vocabulary: Vocabulary) -> float | None:
    """The part of the items in the column at ``place`` that are values of ``column``."""
    codes = vocabulary.lists[column.name]
    found = [
        bool(codes.find(item.text or ""))
        for _, row in table.records
        if place < len(row)
        for item in items(column, Cell(text=row[place]))
    ]
    return sum(found) / len(found) if found else None
