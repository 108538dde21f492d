"""The sender's own file back as a workbook, with what is wrong said in the cells themselves.

It parses what a caller sent, so it runs in a confined process: see ``marking_process``.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

from openpyxl.cell.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import quote_sheetname
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from werkzaam.domain.queries import Language
from werkzaam.ingest.findings_table import findings_sheet_title, severity_word, write_findings
from werkzaam.ingest.report import SEVERITIES, CellFinding, Report, Severity
from werkzaam.ingest.returned_workbook import MARKER, ReturnedWorkbook, returned_workbook
from werkzaam.ingest.sheet_writing import workbook_bytes
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
    returned = returned_workbook(data, report)
    mark_cells(returned, report.findings, language)
    workbook = returned.workbook
    sheet: Worksheet = workbook.create_sheet(findings_sheet_title(language), 0)
    write_findings(sheet, report, language)
    _link(sheet, map(returned.cell, report.findings))
    workbook.active = 0
    return workbook_bytes(workbook, report.file.name, language)


def mark_cells(
    returned: ReturnedWorkbook, findings: Iterable[CellFinding], language: Language
) -> None:
    """Colour the cell of each finding and say there what is wrong."""
    marked: dict[tuple[str, str], list[CellFinding]] = defaultdict(list)
    for finding in findings:
        cell = returned.cell(finding)
        if cell is not None:
            marked[cell.parent.title, cell.coordinate].append(finding)
    for (title, coordinate), found in marked.items():
        _mark(returned.workbook[title][coordinate], found, language)


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
