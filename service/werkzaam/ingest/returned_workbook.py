"""What a sender uploaded as a workbook that can be given back: values and layout, nothing that acts."""

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import PurePath
from typing import Final, cast

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.packaging.custom import CustomPropertyList
from openpyxl.reader.excel import ExcelReader
from openpyxl.styles import PatternFill
from openpyxl.worksheet.table import TableList
from openpyxl.worksheet.worksheet import Worksheet

from werkzaam.domain.characters import visible
from werkzaam.domain.queries import LANGUAGES
from werkzaam.ingest.csv_reading import read_rows
from werkzaam.ingest.formats import Format
from werkzaam.ingest.report import Report
from werkzaam.ingest.sheet_reading import read_sheets
from werkzaam.ingest.sheet_writing import write_text
from werkzaam.ingest.text_decoding import decode
from werkzaam.ingest.words import folded
from werkzaam.messages import say

MARKER: Final = "Werkzaam"
"""The author of our comments, by which those of an earlier time are known."""

_MOST_WITH_LAYOUT: Final = 20_000_000
_TITLE_CHARACTERS: Final = 31
_NOT_IN_A_TITLE: Final = re.compile(r"[\[\]:*?/\\]")
_PLAIN_LIST: Final = re.compile(
    r"""-?\d+(\.\d+)?|"[^"]*"|('[^'\[\]|]+'!|\w+!)?\$?[A-Z]{1,3}\$?\d+(:\$?[A-Z]{1,3}\$?\d+)?"""
)

_Rows = Sequence[Sequence[str]]


def returned_workbook(data: bytes, report: Report) -> Workbook:
    """The workbook in ``data``, or one with its tables as text; without a sheet where there are none."""
    kind = report.file.format
    own = _own(data) if kind == "xlsx" and _unpacked(data) <= _MOST_WITH_LAYOUT else None
    if own is not None:
        return own
    if kind in ("xlsx", "ods"):
        sheets = read_sheets(data, cast(Format, kind)).sheets
        return _of_text([(sheet.name or "", sheet.rows or ()) for sheet in sheets])
    if kind == "csv":
        return _of_text([(PurePath(report.file.name).stem, _csv_rows(data, report))])
    return _of_text(())


def _unpacked(data: bytes) -> int:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return sum(part.file_size for part in archive.infolist())


class _Reader(ExcelReader):
    """Reads sheets of cells; the outcomes of formulas stand for the formulas."""

    def read_chartsheet(self, sheet: object, rel: object) -> None:
        """Leave it out; the reader fails on one without a chart."""


def _own(data: bytes) -> Workbook | None:
    """The workbook with its layout; None where that holds what the library cannot read."""
    try:
        reader = _Reader(io.BytesIO(data), data_only=True, keep_links=False)
        reader.read()
    except MemoryError:
        raise
    except Exception:  # layout that is damaged can make the library raise nearly anything
        return None
    workbook: Workbook = reader.wb
    for sheet in [sheet for sheet in workbook.worksheets if _is_list_of_findings(sheet)]:
        workbook.remove(sheet)
    workbook.defined_names.clear()
    workbook.custom_doc_props = CustomPropertyList()  # type: ignore[attr-defined]
    workbook.loaded_theme = None
    for sheet in workbook.worksheets:
        _make_harmless(sheet)
    return workbook


def _is_list_of_findings(sheet: Worksheet) -> bool:
    """Whether we made ``sheet`` when the file was given back before."""
    return any(
        sheet.title == say("Findings", language) and sheet["A1"].value == say("file", language)
        for language in LANGUAGES
    )


def _make_harmless(sheet: Worksheet) -> None:
    sheet.defined_names.clear()
    sheet.conditional_formatting = ConditionalFormattingList()
    sheet._charts, sheet._images, sheet._pivots = [], [], []  # type: ignore[attr-defined]
    sheet._tables = TableList()  # type: ignore[attr-defined]
    validations = sheet.data_validations
    validations.dataValidation = [
        rule
        for rule in validations.dataValidation
        if all(_PLAIN_LIST.fullmatch(text or "0") for text in (rule.formula1, rule.formula2))
    ]
    for cell in _cells(sheet):
        cell.hyperlink = None
        if cell.comment is not None and cell.comment.author == MARKER:
            cell.comment = None
            cell.fill = PatternFill()


def _cells(sheet: Worksheet) -> Iterator[Cell]:
    for row in sheet.iter_rows():
        yield from (cell for cell in row if isinstance(cell, Cell))


def _csv_rows(data: bytes, report: Report) -> _Rows:
    text = decode(data).text or ""
    titles = {folded(column["title"]) for column in report.facts.get("columns", ())}
    return read_rows(text, titles).rows or ()


def _of_text(tables: Sequence[tuple[str, _Rows]]) -> Workbook:
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for title, rows in tables:
        plain = _NOT_IN_A_TITLE.sub(" ", visible(title)).strip()[:_TITLE_CHARACTERS]
        sheet: Worksheet = workbook.create_sheet(plain or None)
        for number, row in enumerate(rows, start=1):
            _write_texts(sheet, number, row)
    return workbook


def _write_texts(sheet: Worksheet, row: int, texts: Sequence[str]) -> None:
    for place, text in enumerate(texts, start=1):
        if text:
            cell = sheet.cell(row, place)
            write_text(cell, text)
            cell.number_format = "@"
