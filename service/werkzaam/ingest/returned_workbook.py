"""What a sender uploaded as a workbook that can be given back: values and layout, nothing that acts."""

import io
import re
import zipfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Final, cast

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.packaging.custom import CustomPropertyList
from openpyxl.reader.excel import ExcelReader
from openpyxl.styles import PatternFill
from openpyxl.utils import column_index_from_string
from openpyxl.worksheet.table import TableList
from openpyxl.worksheet.worksheet import Worksheet

from werkzaam.domain.characters import shown, visible
from werkzaam.domain.queries import LANGUAGES
from werkzaam.ingest.csv_reading import read_rows
from werkzaam.ingest.formats import Format
from werkzaam.ingest.limits import MOST_TITLE_CHARACTERS
from werkzaam.ingest.report import CellFinding, Report
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
_NOT_AT_AN_END: Final = " '"
_RESERVED: Final = "history"
_PLAIN_LIST: Final = re.compile(
    r"""-?\d+(\.\d+)?|"[^"]*"|('[^'\[\]|]+'!|\w+!)?\$?[A-Z]{1,3}\$?\d+(:\$?[A-Z]{1,3}\$?\d+)?"""
)

_Rows = Sequence[Sequence[str]]


@dataclass(frozen=True)
class ReturnedWorkbook:
    """A workbook to give back. ``sheets``: its sheets by the names that they had in what was sent,
    which a spreadsheet program may not allow; None names the first."""

    workbook: Workbook
    sheets: Mapping[str | None, Worksheet]

    def cell(self, finding: CellFinding) -> Cell | None:
        """The cell that ``finding`` is about; the first of its row where it is about no column."""
        sheet = self.sheets.get(finding.sheet)
        if sheet is None or finding.row is None or finding.path is not None:
            return None
        column = column_index_from_string(finding.column) if finding.column else 1
        cell = sheet.cell(finding.row, column)
        return _first_of_merged(sheet, cell) if isinstance(cell, MergedCell) else cell


def returned_workbook(data: bytes, report: Report) -> ReturnedWorkbook:
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


def _first_of_merged(sheet: Worksheet, cell: MergedCell) -> Cell | None:
    for area in sheet.merged_cells.ranges:
        if cell.coordinate in area:
            first = sheet.cell(area.min_row, area.min_col)
            return first if isinstance(first, Cell) else None
    return None


def _by_name(named: Sequence[tuple[str, Worksheet]]) -> Mapping[str | None, Worksheet]:
    """The sheets by name, and by what a finding shows of it; without a name the first."""
    sheets: dict[str | None, Worksheet] = {}
    if named:
        sheets[None] = named[0][1]
    sheets.update((shown(name, MOST_TITLE_CHARACTERS), sheet) for name, sheet in named)
    sheets.update(named)
    return sheets


def _unpacked(data: bytes) -> int:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return sum(part.file_size for part in archive.infolist())


class _Reader(ExcelReader):
    """Reads sheets of cells; the outcomes of formulas stand for the formulas."""

    def read_chartsheet(self, sheet: object, rel: object) -> None:
        """Leave it out; the reader fails on one without a chart."""


def _own(data: bytes) -> ReturnedWorkbook | None:
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
    named = [(sheet.title, sheet) for sheet in workbook.worksheets]
    for sheet in workbook.worksheets:
        _make_harmless(sheet)
        if len(sheet.title) > _TITLE_CHARACTERS:
            sheet.title = _safe_title(sheet.title, workbook.sheetnames)
    return ReturnedWorkbook(workbook, _by_name(named))


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


def _of_text(tables: Sequence[tuple[str, _Rows]]) -> ReturnedWorkbook:
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    named: list[tuple[str, Worksheet]] = []
    for name, rows in tables:
        sheet: Worksheet = workbook.create_sheet(_safe_title(name, workbook.sheetnames))
        named.append((name, sheet))
        for number, row in enumerate(rows, start=1):
            _write_texts(sheet, number, row)
    return ReturnedWorkbook(workbook, _by_name(named))


def _safe_title(name: str, taken: Collection[str]) -> str:
    """``name`` as a spreadsheet program allows it, unlike those that are ``taken``."""
    plain = _NOT_IN_A_TITLE.sub(" ", visible(name)).strip(_NOT_AT_AN_END) or "Sheet"
    used = {title.casefold() for title in taken} | {_RESERVED}
    title, number = plain[:_TITLE_CHARACTERS].rstrip(_NOT_AT_AN_END), 1
    while title.casefold() in used:
        number += 1
        after = f" {number}"
        title = plain[: _TITLE_CHARACTERS - len(after)].rstrip(_NOT_AT_AN_END) + after
    return title


def _write_texts(sheet: Worksheet, row: int, texts: Sequence[str]) -> None:
    for place, text in enumerate(texts, start=1):
        if text:
            cell = sheet.cell(row, place)
            write_text(cell, text)
            cell.number_format = "@"
