"""The sender's own file back as a workbook, with what is wrong said in the cells themselves.

It parses what a caller sent, so it runs in a confined process: see ``marking_process``.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from copy import copy
from typing import Final

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import column_index_from_string, quote_sheetname
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from werkzaam.domain.queries import Language
from werkzaam.ingest.findings_table import findings_sheet_title, severity_word, write_findings
from werkzaam.ingest.report import SEVERITIES, CellFinding, Report, Severity
from werkzaam.ingest.returned_workbook import MARKER, returned_workbook
from werkzaam.ingest.sheet_writing import workbook_bytes, write_text
from werkzaam.messages import say_number

_FILLS: Final[dict[Severity, str]] = {
    "violation": "FFFFC7CE",
    "warning": "FFFFEB9C",
    "info": "FFDDEBF7",
}
_MOST_IN_A_CELL: Final = 5
_LINK_COLUMN: Final = 3
_WIDTH, _LINE, _LINE_CHARACTERS, _MOST_HEIGHT = 340, 16, 48, 480


def marked_workbook(data: bytes, report: Report, language: Language) -> bytes:
    """``data``, on which ``report`` is, as a workbook (XLSX) in which each faulty cell has a colour and a
    comment in ``language``, and a first sheet that lists all findings and leads to the cells.

    Of a workbook the values and the layout come back, without formulas, macros, links, pictures and
    charts; a table of another kind comes back as text. Of what is no table there is the list alone.
    """
    workbook = returned_workbook(data, report)
    places = {finding: _cell(workbook, finding) for finding in report.findings}
    marked: dict[tuple[str, str], list[CellFinding]] = defaultdict(list)
    for finding, cell in places.items():
        if cell is not None:
            marked[cell.parent.title, cell.coordinate].append(finding)
    for (title, coordinate), findings in marked.items():
        _mark(workbook[title][coordinate], findings, language)
    sheet: Worksheet = workbook.create_sheet(findings_sheet_title(language), 0)
    write_findings(sheet, report, language)
    _link(sheet, [places[finding] for finding in report.findings])
    workbook.active = 0
    return workbook_bytes(workbook, report.file.name, language)


def refused_rows(data: bytes, report: Report, language: Language) -> bytes | None:
    """The rows of ``data`` that were refused while others were taken in, with their remarks, below the
    titles of their sheets: to be mended and sent in again. None where no row was refused.
    """
    refused = {one["sheet"]: set(one["rows"]) for one in report.facts.get("refusedRows", ())}
    if not refused:
        return None
    workbook = returned_workbook(data, report)
    marked: dict[tuple[str, str], list[CellFinding]] = defaultdict(list)
    for finding in report.findings:
        cell = _cell(workbook, finding)
        if cell is not None and finding.severity == "violation":
            marked[cell.parent.title, cell.coordinate].append(finding)
    for (title, coordinate), findings in marked.items():
        _mark(workbook[title][coordinate], findings, language)
    titles = {table["sheet"]: table["titlesRow"] for table in report.facts.get("tables", ())}
    made = Workbook()
    made.remove(made.worksheets[0])
    for sheet in workbook.worksheets:
        name = sheet.title if sheet.title in refused else None
        if name in refused:
            rows = [titles.get(name, 1), *sorted(refused[name])]
            _copy_rows(sheet, rows, made.create_sheet(sheet.title))
    return workbook_bytes(made, report.file.name, language)


def _copy_rows(sheet: Worksheet, rows: Iterable[int], to: Worksheet) -> None:
    for number, row in enumerate(rows, start=1):
        for place, old in enumerate(sheet[row], start=1):
            new = to.cell(number, place)
            if not isinstance(new, Cell):
                continue
            if isinstance(old.value, str):
                write_text(new, old.value)
            else:
                new.value = old.value
            new.number_format = old.number_format
            new.fill = copy(old.fill)  # type: ignore[assignment]
            if old.comment is not None:
                new.comment = Comment(old.comment.text, MARKER, height=160, width=_WIDTH)
    for letter, width in sheet.column_dimensions.items():
        to.column_dimensions[letter].width = width.width


def _cell(workbook: Workbook, finding: CellFinding) -> Cell | None:
    """The cell that ``finding`` is about; the first of its row where it is about no column."""
    if finding.row is None or finding.path is not None:
        return None
    sheets = workbook.worksheets
    found = [sheet for sheet in sheets if finding.sheet in (sheet.title, None)]
    if not found:
        return None
    column = column_index_from_string(finding.column) if finding.column else 1
    cell = found[0].cell(finding.row, column)
    return _first_of_merged(found[0], cell) if isinstance(cell, MergedCell) else cell


def _first_of_merged(sheet: Worksheet, cell: MergedCell) -> Cell | None:
    for area in sheet.merged_cells.ranges:
        if cell.coordinate in area:
            first = sheet.cell(area.min_row, area.min_col)
            return first if isinstance(first, Cell) else None
    return None


def _mark(cell: Cell, findings: Sequence[CellFinding], language: Language) -> None:
    worst = min(findings, key=lambda finding: SEVERITIES.index(finding.severity))
    cell.fill = PatternFill("solid", fgColor=_FILLS[worst.severity])
    text = "\n\n".join(_remarks(findings, language))
    if cell.comment is not None:
        text = f"{text}\n\n{cell.comment.text}"
    lines = sum(1 + len(line) // _LINE_CHARACTERS for line in text.split("\n"))
    height = min(_MOST_HEIGHT, _LINE * (lines + 1))
    cell.comment = Comment(text, MARKER, height=height, width=_WIDTH)


def _remarks(findings: Sequence[CellFinding], language: Language) -> Iterable[str]:
    """What is said in a cell: the worst first, each beginning with the word for how bad it is."""
    ordered = sorted(findings, key=lambda finding: SEVERITIES.index(finding.severity))
    for finding in ordered[:_MOST_IN_A_CELL]:
        word = severity_word(finding.severity, language)
        yield f"{word}: {finding.message.in_(language)}\n{finding.fix.in_(language)}"
    left_out = len(ordered) - _MOST_IN_A_CELL
    if left_out > 0:
        yield say_number(
            "{number} more finding is not shown.",
            "{number} more findings are not shown.",
            left_out,
            language,
        )


def _link(sheet: Worksheet, cells: Iterable[Cell | None]) -> None:
    """Let the row of each finding lead to its cell."""
    for row, cell in enumerate(cells, start=2):
        if cell is None:
            continue
        link = sheet.cell(row, _LINK_COLUMN)
        where = f"{quote_sheetname(cell.parent.title)}!{cell.coordinate}"
        link.hyperlink = Hyperlink(ref=link.coordinate, location=where)
        link.font = Font(color="FF0563C1", underline="single")
