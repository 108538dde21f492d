"""An upload of any kind of table as tables with the columns of a mapping."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from werkzaam.ingest.cell_checks import text_faults, title_personal_faults
from werkzaam.ingest.cells import Cell
from werkzaam.ingest.columns import nearest_titles
from werkzaam.ingest.csv_reading import DELIMITERS, line_of_titles, read_rows
from werkzaam.ingest.faults import finding
from werkzaam.ingest.formats import Format
from werkzaam.ingest.mapping_language import GroupTable, TableMapping
from werkzaam.ingest.other_rows import without_other_rows
from werkzaam.ingest.report import CellFinding
from werkzaam.ingest.sheet_checks import sheet_faults
from werkzaam.ingest.sheet_matching import MatchedSheet, match_sheets
from werkzaam.ingest.sheet_reading import read_sheets
from werkzaam.ingest.sheets import Sheet
from werkzaam.ingest.table import Table, make_table, row_lengths
from werkzaam.ingest.text_decoding import decode
from werkzaam.ingest.total_rows import total_rows
from werkzaam.ingest.unread_parts import unread_parts


@dataclass(frozen=True)
class Reading:
    """What came of reading; without ``tables`` nothing can be made of the file.

    ``encoding`` and ``delimiter``: of text only. ``lost``: cells whose value the file does not tell,
    each with a finding already. ``unread``: sheets that hold no table of the mapping.
    """

    tables: tuple[Table, ...] = ()
    encoding: str | None = None
    delimiter: str | None = None
    findings: tuple[CellFinding, ...] = ()
    lost: tuple[Cell, ...] = ()
    unread: tuple[str, ...] = ()

    @property
    def main(self) -> tuple[Table, ...]:
        """The tables with one row per record."""
        return tuple(table for table in self.tables if table.group is None)


def read_tables(data: bytes, kind: Format, mapping: TableMapping) -> Reading:
    """``data``, of a format that holds tables, with the columns of ``mapping``."""
    return _read_text(data, mapping) if kind == "csv" else _read_book(data, kind, mapping)


def _read_text(data: bytes, mapping: TableMapping) -> Reading:
    decoded = decode(data)
    if decoded.text is None:
        return Reading(findings=decoded.findings)
    read = read_rows(decoded.text, mapping.by_title.keys())
    found = [*decoded.findings, *read.findings]
    if not read.rows:
        return Reading(encoding=decoded.encoding, findings=tuple(found))
    table, faults = make_table(read.rows, mapping)
    readable = bool(table.columns.places)
    line = None if readable else line_of_titles(decoded.text, mapping.by_title.keys())
    if line is not None:
        found.append(finding("line-above-titles", Cell(row=1), line=line))
        return Reading(encoding=decoded.encoding, findings=tuple(found))
    table, others = without_other_rows(table, mapping)
    totals = list(total_rows(table, mapping))
    found += [*faults, *others, *row_lengths(table), *(fault for fault, _ in totals)]
    lost = tuple(cell for _, cells in totals for cell in cells)
    tables = (table,) if readable else ()
    delimiter = DELIMITERS[read.delimiter]
    return Reading(tables, decoded.encoding, delimiter, tuple(found), lost)


def _read_book(data: bytes, kind: Format, mapping: TableMapping) -> Reading:
    read = read_sheets(data, kind)
    if read.fault:
        return Reading(findings=(read.fault,))
    sheets = match_sheets(read.sheets, mapping)
    found = [*sheets.findings, *unread_parts(read.sheets, sheets.matched, mapping)]
    lost: list[Cell] = []
    tables: list[Table] = []
    for match in sheets.matched:
        table, faults = _table(match)
        if not table.columns.places:
            header = (match.sheet.rows or ())[match.titles_row - 1]
            hint = nearest_titles(header, match.table)
            found.append(finding("no-known-titles", Cell(sheet=table.sheet), hint))
            continue
        found += [*_named_badly(match.sheet), *faults]
        totals: Iterable[tuple[CellFinding, tuple[Cell, ...]]] = ()
        if table.group is None:
            table, others = without_other_rows(table, mapping)
            found += others
            totals = total_rows(table, mapping)
        for fault, cells in (*sheet_faults(table), *totals):
            found.append(fault)
            lost += cells
        tables.append(table)
    if tables and not any(table.group is None for table in tables):
        tables, titles = [], mapping.titles
        words = {"titleNl": titles["nl"][0], "titleEn": titles["en"][0]}
        found.append(finding("no-main-sheet", Cell(), **words))
    return Reading(tuple(tables), None, None, tuple(found), tuple(lost), sheets.unread)


def _named_badly(sheet: Sheet) -> Iterator[CellFinding]:
    """What is wrong with the name of a sheet, which stands with the origin of what was in it; a name
    with a fault is not repeated."""
    cell = Cell(text=sheet.name)
    for fault in text_faults(cell) or title_personal_faults(cell):
        yield replace(fault, value=None)


def _table(match: MatchedSheet) -> tuple[Table, list[CellFinding]]:
    sheet, known = match.sheet, match.table
    return make_table(
        sheet.rows or (),
        known,
        titles_row=match.titles_row,
        sheet=sheet.name,
        group=known if isinstance(known, GroupTable) else None,
        oddities=sheet.oddities,
    )
