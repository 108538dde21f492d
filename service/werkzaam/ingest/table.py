"""An upload as tables: their rows, and which column is which."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from werkzaam.ingest.cell_checks import text_faults, unread_personal_faults
from werkzaam.ingest.cells import Cell
from werkzaam.ingest.columns import MatchedColumns, match_columns
from werkzaam.ingest.faults import finding
from werkzaam.ingest.mapping_language import GroupTable, TitledTable
from werkzaam.ingest.report import CellFinding
from werkzaam.ingest.sheets import Oddities


@dataclass(frozen=True)
class Table:
    """Rows from the first one of the sheet, and the places of the columns.

    ``titles_row``: the number of the row with the titles, from 1. ``sheet`` names the sheet of a
    workbook. ``group``: the repeat group that the rows belong to; None for the main table. ``others``:
    the numbers of rows that hold no record.
    """

    rows: Sequence[Sequence[str]]
    columns: MatchedColumns
    titles_row: int = 1
    sheet: str | None = None
    group: GroupTable | None = None
    oddities: Oddities = field(default_factory=Oddities)
    others: frozenset[int] = frozenset()

    @property
    def header(self) -> Sequence[str]:
        """The column titles, as they may be repeated."""
        return self.columns.titles

    @property
    def records(self) -> Iterator[tuple[int, Sequence[str]]]:
        """The rows below the titles that are not empty and may hold a record, with their numbers in a
        spreadsheet."""
        below = self.rows[self.titles_row :]
        for number, row in enumerate(below, start=self.titles_row + 1):
            if number not in self.others and any(text.strip() for text in row):
                yield number, row

    @cached_property
    def read_places(self) -> frozenset[int]:
        """The places of the columns that are read."""
        return frozenset(self.columns.places.values())

    def cell(self, row: int, place: int) -> Cell:
        """The cell at ``row``, from 1, and ``place``, from 0."""
        texts = self.rows[row - 1]
        text = texts[place] if place < len(texts) else ""
        title = self.header[place] if place < len(self.header) else None
        return Cell(row, place, title, text, self.sheet)


def make_table(
    rows: Sequence[Sequence[str]],
    known: TitledTable,
    *,
    titles_row: int = 1,
    sheet: str | None = None,
    group: GroupTable | None = None,
    oddities: Oddities | None = None,
) -> tuple[Table, list[CellFinding]]:
    """The table whose titles stand in ``titles_row``, and what is wrong with titles and cells that
    nothing is read from."""
    odd = oddities or Oddities()
    titles = [*rows[titles_row - 1]]
    titles += [""] * (odd.widest - len(titles))
    matched = match_columns(titles, known)
    table = Table(rows, matched, titles_row, sheet, group, odd)
    found = [replace(fault, row=titles_row, sheet=sheet) for fault in matched.findings]
    return table, [*found, *_unread_cells(table)]


def row_lengths(table: Table) -> Iterator[CellFinding]:
    """Rows of text with more or fewer cells than there are titles."""
    width = len(table.header)
    for number, row in table.records:
        extra = next((n for n in range(width, len(row)) if row[n].strip()), None)
        if extra is not None:
            yield finding("too-many-cells", Cell(number, extra, None, row[extra]))
        elif len(row) < width:
            yield finding("too-few-cells", Cell(number))


def _unread_cells(table: Table) -> Iterator[CellFinding]:
    """Faults in cells of which nothing is taken over: the file is kept as it came."""
    untitled = set()
    for number, row in table.records:
        for place, text in enumerate(row):
            if place in table.read_places or not text.strip():
                continue
            cell = table.cell(number, place)
            yield from text_faults(cell) or unread_personal_faults(cell)
            if cell.title is not None and not cell.title.strip():
                untitled.add(place)
    titles_row, sheet = table.titles_row, table.sheet
    for place in sorted(untitled):
        yield finding("untitled-column", Cell(titles_row, place, "", "", sheet))
