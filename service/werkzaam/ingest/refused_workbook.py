"""The rows of a table that were refused while others were taken in, as a workbook to mend and resend."""

from collections.abc import Iterable, Sequence
from copy import copy
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet

from werkzaam.domain.queries import Language
from werkzaam.ingest.marked_workbook import mark_cells
from werkzaam.ingest.report import Report
from werkzaam.ingest.returned_workbook import MARKER, returned_workbook
from werkzaam.ingest.sheet_writing import workbook_bytes, write_text

_HEIGHT, _WIDTH = 160, 340
_ERROR: Final = "e"


def refused_workbook(data: bytes, report: Report, language: Language) -> bytes | None:
    """The rows of ``data`` that were refused, with their remarks, below the titles of their sheets
    (XLSX). The main sheet is always there, for nothing can be sent in without. None where no row was
    refused."""
    refused = {one["sheet"]: one["rows"] for one in report.facts.get("refusedRows", ())}
    if not refused:
        return None
    returned = returned_workbook(data, report)
    faults = [finding for finding in report.findings if finding.severity == "violation"]
    mark_cells(returned, faults, language)
    made = Workbook()
    made.remove(made.worksheets[0])
    for table in _tables(report.facts["tables"], refused):
        sheet = returned.sheets[table["sheet"]]
        rows = [table["titlesRow"], *refused.get(table["sheet"], ())]
        _copy_rows(sheet, rows, made.create_sheet(sheet.title))
    return workbook_bytes(made, report.file.name, language)


def _tables(
    tables: Sequence[dict[str, Any]], refused: Iterable[str | None]
) -> Sequence[dict[str, Any]]:
    """The tables that come back: those with a refused row, and one at least with records."""
    back = [table for table in tables if table["sheet"] in refused]
    if all(table["group"] for table in back):
        back = [next(table for table in tables if not table["group"]), *back]
    return back


def _copy_rows(sheet: Worksheet, rows: Iterable[int], to: Worksheet) -> None:
    for number, row in enumerate(rows, start=1):
        for place, old in enumerate(sheet[row], start=1):
            new = to.cell(number, place)
            if not isinstance(new, Cell):
                continue
            if isinstance(old.value, str) and old.data_type != _ERROR:
                write_text(new, old.value)
            else:
                new.value = old.value
            new.number_format = old.number_format
            new.fill = copy(old.fill)  # type: ignore[assignment]
            if old.comment is not None:
                new.comment = Comment(old.comment.text, MARKER, height=_HEIGHT, width=_WIDTH)
    for letter, width in sheet.column_dimensions.items():
        to.column_dimensions[letter].width = width.width
