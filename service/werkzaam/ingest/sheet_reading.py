"""A spreadsheet file as sheets, or the finding that says why it cannot be read as such."""

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass

from werkzaam.ingest.cells import Cell
from werkzaam.ingest.faults import finding
from werkzaam.ingest.formats import Format
from werkzaam.ingest.limits import (
    MOST_COLUMNS,
    MOST_COMMENTS,
    MOST_ROWS,
    MOST_SHEETS,
    MOST_TITLE_CHARACTERS,
    MOST_UNPACKED_BYTES,
)
from werkzaam.ingest.report import CellFinding
from werkzaam.ingest.sheets import Sheet


@dataclass(frozen=True)
class Sheets:
    """The sheets that hold anything, be it a comment; none where ``fault`` says why."""

    sheets: Sequence[Sheet]
    fault: CellFinding | None = None


def read_sheets(data: bytes, kind: Format) -> Sheets:
    """The sheets of ``data``, which is of format ``kind``: xlsx or ods."""
    try:
        fault = _too_much_inside(data)
        if fault:
            return Sheets((), fault)
        sheets = _opened(data, kind)
    except MemoryError:
        raise
    except Exception:  # a damaged or hostile file can make the libraries raise nearly anything
        return Sheets((), finding("broken-workbook", Cell()))
    if len(sheets) > MOST_SHEETS:
        cell = Cell()
        return Sheets((), finding("too-many-sheets", cell, count=len(sheets), most=MOST_SHEETS))
    for sheet in sheets:
        fault = _named_too_long(sheet) or _too_large(sheet)
        if fault:
            return Sheets((), fault)
    if not any(sheet.rows for sheet in sheets):
        return Sheets((), finding("empty-file", Cell()))
    return Sheets([sheet for sheet in sheets if sheet.rows or sheet.comments != ()])


def _opened(data: bytes, kind: Format) -> list[Sheet]:
    # each takes a while to load, and most uploads need neither
    if kind == "ods":
        from werkzaam.ingest.opendocument_reading import read_opendocument

        return read_opendocument(data)
    from werkzaam.ingest.workbook_reading import read_workbook

    return read_workbook(data)


def _too_much_inside(data: bytes) -> CellFinding | None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        size = sum(part.file_size for part in archive.infolist())
    if size <= MOST_UNPACKED_BYTES:
        return None
    return finding("too-large-unpacked", Cell(), count=size, most=MOST_UNPACKED_BYTES)


def _named_too_long(sheet: Sheet) -> CellFinding | None:
    count = len(sheet.name or "")
    if count <= MOST_TITLE_CHARACTERS:
        return None
    return finding("too-long-sheet-name", Cell(), count=count, most=MOST_TITLE_CHARACTERS)


def _too_large(sheet: Sheet) -> CellFinding | None:
    if sheet.rows is None:
        return finding("too-many-rows", Cell(sheet=sheet.name), most=MOST_ROWS)
    if len(sheet.comments or ()) > MOST_COMMENTS:
        return finding("too-many-comments", Cell(sheet=sheet.name), most=MOST_COMMENTS)
    for number, row in enumerate(sheet.rows, start=1):
        if len(row) > MOST_COLUMNS:
            cell = Cell(row=number, sheet=sheet.name)
            return finding("too-many-columns", cell, count=len(row), most=MOST_COLUMNS)
    return None
