"""An upload as a table: its rows, and which column is which."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from werkzaam.ingest.cell_checks import text_faults, unread_personal_faults
from werkzaam.ingest.cells import Cell
from werkzaam.ingest.columns import MatchedColumns, match_columns
from werkzaam.ingest.csv_reading import DELIMITERS, line_of_titles, read_rows
from werkzaam.ingest.faults import finding
from werkzaam.ingest.mapping import TableMapping
from werkzaam.ingest.report import CellFinding
from werkzaam.ingest.text_decoding import decode


@dataclass(frozen=True)
class Table:
    """The rows, the header first, and the places of the columns."""

    rows: Sequence[Sequence[str]]
    columns: MatchedColumns

    @property
    def header(self) -> Sequence[str]:
        """The column titles, as they may be repeated."""
        return self.columns.titles

    @property
    def records(self) -> Iterator[tuple[int, Sequence[str]]]:
        """The rows below the header that are not empty, with their numbers in a spreadsheet."""
        for number, row in enumerate(self.rows[1:], start=2):
            if any(text.strip() for text in row):
                yield number, row


@dataclass(frozen=True)
class Reading:
    """What came of reading. ``table`` is None where nothing can be made of the file."""

    table: Table | None
    encoding: str | None
    delimiter: str | None
    findings: tuple[CellFinding, ...]


def read_table(data: bytes, mapping: TableMapping) -> Reading:
    """``data`` as a table with the columns of ``mapping``."""
    decoded = decode(data)
    if decoded.text is None:
        return Reading(None, None, None, decoded.findings)
    read = read_rows(decoded.text, mapping.by_title.keys())
    found = [*decoded.findings, *read.findings]
    if not read.rows:
        return Reading(None, decoded.encoding, None, tuple(found))
    table = Table(read.rows, match_columns(read.rows[0], mapping))
    line = None if table.columns.places else line_of_titles(decoded.text, mapping.by_title.keys())
    if line is not None:
        found.append(finding("line-above-titles", Cell(row=1), line=line))
        return Reading(None, decoded.encoding, None, tuple(found))
    found += [*table.columns.findings, *_row_lengths(table), *_unread_cells(table)]
    readable = bool(table.columns.places)
    delimiter = DELIMITERS[read.delimiter]
    return Reading(table if readable else None, decoded.encoding, delimiter, tuple(found))


def _row_lengths(table: Table) -> Iterator[CellFinding]:
    width = len(table.header)
    for number, row in table.records:
        extra = next((n for n in range(width, len(row)) if row[n].strip()), None)
        if extra is not None:
            yield finding("too-many-cells", Cell(number, extra, None, row[extra]))
        elif len(row) < width:
            yield finding("too-few-cells", Cell(number))


def _unread_cells(table: Table) -> Iterator[CellFinding]:
    """Faults in cells of which nothing is taken over: the file is kept as it came."""
    read = set(table.columns.places.values())
    untitled = set()
    for number, row in table.records:
        for place, text in enumerate(row):
            if place in read or not text.strip():
                continue
            title = table.header[place] if place < len(table.header) else None
            cell = Cell(number, place, title, text)
            yield from text_faults(cell) or unread_personal_faults(cell)
            if title is not None and not title.strip():
                untitled.add(place)
    yield from (finding("untitled-column", Cell(1, place, "", "")) for place in sorted(untitled))
