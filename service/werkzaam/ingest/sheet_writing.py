"""Workbooks as we write them: text that no program takes for a formula, and the same bytes for the
same content.

`Office Open XML <https://ecma-international.org/publications-and-standards/standards/ecma-376/>`_ as
openpyxl writes it, but without the times that it puts in and without files on disk.
"""

import datetime
import io
import re
from collections.abc import Iterable
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.packaging.core import DocumentProperties
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from werkzaam.domain.characters import begins_as_formula, visible

_CODE: Final = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
"""The beginning of what a spreadsheet program reads as a character by its number (ECMA-376 §22.9.2.19)."""

_MADE: Final = datetime.datetime(2026, 1, 1)
_DARK, _LIGHT, _WHITE = "FF154273", "FFDCE6F0", "FFFFFFFF"
_WRAPPED: Final = Alignment(wrap_text=True, vertical="top")


def write_text(cell: Cell | MergedCell, text: str) -> None:
    """Put ``text`` in ``cell`` as text, also where it begins as a formula does and when the cell is
    edited later; characters that XML cannot hold are replaced."""
    if isinstance(cell, MergedCell) or not text:
        return
    cell.value = _CODE.sub("_x005F_", visible(text))
    cell.data_type = "s"
    if begins_as_formula(text):
        cell.quotePrefix = True


def write_row(sheet: Worksheet, row: int, values: Iterable[str | int]) -> None:
    """Put ``values`` in the cells of ``row``, from the first; each wraps within its cell."""
    for number, value in enumerate(values, start=1):
        cell = sheet.cell(row, number)
        if isinstance(value, int):
            cell.value = value
        else:
            write_text(cell, value)
        cell.alignment = _WRAPPED


def style_title(cell: Cell | MergedCell, *, strong: bool = True) -> None:
    """Make ``cell`` a column title: bold, dark where ``strong`` and light elsewhere."""
    cell.font = Font(bold=True, color=_WHITE if strong else _DARK)
    cell.fill = PatternFill("solid", fgColor=_DARK if strong else _LIGHT)
    cell.alignment = _WRAPPED


def set_widths(sheet: Worksheet, widths: Iterable[int]) -> None:
    """Make the columns of ``sheet`` as wide as ``widths`` says, in characters."""
    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width


def workbook_bytes(workbook: Workbook, title: str, language: str) -> bytes:
    """``workbook`` as a file; ``title`` and ``language`` are its properties, and it names nobody."""
    workbook.properties = DocumentProperties(
        creator="Werkzaam", title=title, language=language, created=_MADE, modified=_MADE
    )
    data = io.BytesIO()
    _Writer(workbook, _Archive(data, "w", ZIP_DEFLATED)).save()
    return data.getvalue()


class _Archive(ZipFile):
    """A ZIP file in which everything is of the same time."""

    def writestr(  # type: ignore[no-untyped-def]
        self, zinfo_or_arcname, data, compress_type=None, compresslevel=None
    ) -> None:
        """As of ``ZipFile``; the time of a named entry is the earliest that there is."""
        entry = zinfo_or_arcname
        if isinstance(entry, str):
            entry = ZipInfo(entry)
            entry.compress_type = ZIP_DEFLATED
        super().writestr(entry, data, compress_type, compresslevel)


class _Writer(ExcelWriter):
    """Writes each sheet in memory: a process that is killed leaves no file."""

    _archive: ZipFile

    def write_worksheet(self, ws: Worksheet) -> None:
        """As of ``ExcelWriter``, for a sheet without charts and pictures."""
        ws._drawing = SpreadsheetDrawing()  # type: ignore[attr-defined]
        out = io.BytesIO()
        writer = WorksheetWriter(ws, out)
        writer.write()
        ws._rels = writer._rels  # type: ignore[attr-defined]
        self._archive.writestr(ws.path[1:], out.getvalue())
        self.manifest.append(ws)
