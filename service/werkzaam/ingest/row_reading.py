"""The cells of a row by the names of their columns, and what they say."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from werkzaam.ingest.cell_reading import CellReader, CellReading
from werkzaam.ingest.cells import Cell
from werkzaam.ingest.mapping_language import Column, named
from werkzaam.ingest.report import CellFinding
from werkzaam.ingest.row_statements import Row
from werkzaam.ingest.trace import Trace

_NOTHING: Final = CellReading()

_TOLD_ONCE: Final = ("default-used", "tidied-text")

Cells = Mapping[str, Cell]
Lists = Mapping[str, Sequence[Cell]]
Source = Callable[[], tuple[Cells, Lists]]
"""Gives the cells of a row, and by column the cells of the items that the file has apart."""


class RowCells(dict[str, Cell]):
    """The cells of a row of a table; those of columns that the table has not are made when asked for.

    ``columns``: all that there could be; ``number``: that of the row, from 1.
    """

    def __init__(self, columns: Sequence[Column], number: int, sheet: str | None) -> None:
        super().__init__()
        self._columns, self._number, self._sheet = columns, number, sheet

    def __missing__(self, name: str) -> Cell:
        title = named(self._columns, name).title()
        cell = self[name] = Cell(self._number, None, title, "", self._sheet)
        return cell


def row_cells(
    columns: Sequence[Column],
    places: Mapping[str, int],
    header: Sequence[str],
    number: int,
    texts: Sequence[str],
    sheet: str | None,
) -> tuple[Cells, Lists]:
    """The cells of row ``number`` with ``texts``: ``places`` are those of the columns, by name."""
    cells = RowCells(columns, number, sheet)
    for name, place in places.items():
        text = texts[place] if place < len(texts) else ""
        cells[name] = Cell(number, place, header[place], text, sheet)
    return cells, {}


@dataclass
class RowReader:
    """Reads rows, and remembers the faults and how often each value of a list occurs.

    A default that fills empty cells, and that spaces were tidied, is told once for a column.
    """

    reader: CellReader
    trace: Trace
    findings: list[CellFinding] = field(default_factory=list)
    counts: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    _told: set[tuple[str, str]] = field(default_factory=set)

    def read(
        self, columns: Sequence[Column], cells: Cells, lists: Lists, names: Collection[str]
    ) -> Row:
        """The row with ``cells``. ``names``: the columns whose text becomes part of an address."""
        row = self.again(columns, cells, lists, names)
        for column in columns:
            cell, read = cells.get(column.name), row.read[column.name]
            lacks = cell is None or (cell.column is None and cell.path is None)
            if read.faulty or (column.required and lacks):
                self.trace.spoil(cells[column.name])
            if read.findings:
                self._note(column, read.findings)
            if column.choices and read.items:
                self.counts[column.name].update(value.value for _, value in read.items)
        return row

    def again(
        self, columns: Sequence[Column], cells: Cells, lists: Lists, names: Collection[str]
    ) -> Row:
        """As ``read``, and nothing is remembered."""
        read = {}
        for column in columns:
            name = column.name
            if name not in cells and column.default is None and name not in names:
                read[name] = _NOTHING
            else:
                given = lists.get(name)
                read[name] = self.reader.read(column, cells[name], given, names=name in names)
        return Row(cells, read)

    def _note(self, column: Column, found: Sequence[CellFinding]) -> None:
        for one in found:
            if one.constraint in _TOLD_ONCE:
                if (one.constraint, column.name) in self._told:
                    continue
                self._told.add((one.constraint, column.name))
            self.findings.append(one)
