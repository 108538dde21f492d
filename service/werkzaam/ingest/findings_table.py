"""The findings of a report as a file: one row each, with the cell, what is wrong and how to mend it."""

import csv
import io
from collections.abc import Iterator, Sequence
from typing import Final

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from werkzaam.domain.characters import begins_as_formula
from werkzaam.domain.queries import Language
from werkzaam.ingest.report import CellFinding, Report, Severity
from werkzaam.ingest.sheet_writing import (
    set_widths,
    style_title,
    workbook_bytes,
    write_row,
)
from werkzaam.messages import say, say_number

_WIDTHS: Final = (24, 16, 7, 9, 26, 28, 14, 56, 56, 26)


def findings_csv(report: Report, language: Language, *, bom: bool = False) -> bytes:
    """The findings as CSV in UTF-8 after `RFC 4180 <https://www.rfc-editor.org/rfc/rfc4180>`_, in the
    order of the report; ``bom`` adds a byte order mark. A cell that a spreadsheet program could take
    for a formula begins with an apostrophe."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    for row in _rows(report, language):
        writer.writerow([_harmless(str(cell)) for cell in row])
    return text.getvalue().encode("utf-8-sig" if bom else "utf-8")


def findings_workbook(report: Report, language: Language) -> bytes:
    """The findings as a workbook (XLSX) of one sheet; but for the rows, all is text."""
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = findings_sheet_title(language)
    write_findings(sheet, report, language)
    return workbook_bytes(workbook, sheet.title, language)


def write_findings(sheet: Worksheet, report: Report, language: Language) -> None:
    """Fill the empty ``sheet``: a row of titles that stays in view, then a row for each finding."""
    for number, row in enumerate(_rows(report, language), start=1):
        write_row(sheet, number, row)
    for title in sheet[1]:
        style_title(title)
    set_widths(sheet, _WIDTHS)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions


def findings_sheet_title(language: Language) -> str:
    """What the sheet of findings is called."""
    return say("Findings", language)


def severity_word(severity: Severity, language: Language) -> str:
    """The word for ``severity``."""
    return {
        "violation": say("Fault", language),
        "warning": say("Warning", language),
        "info": say("Remark", language),
    }[severity]


def _rows(report: Report, language: Language) -> Iterator[Sequence[str | int]]:
    yield (
        say("file", language),
        say("sheet", language),
        say("row", language),
        say("column", language),
        say("title of the column", language),
        say("value", language),
        say("severity", language),
        say("what is wrong", language),
        say("how to mend it", language),
        say("rule", language),
    )
    for finding in report.findings:
        yield _row(report.file.name, finding, language)
    left_out = report.facts.get("findingsLeftOut", 0)
    if left_out:
        words = say_number(
            "{number} more finding is not shown.",
            "{number} more findings are not shown.",
            left_out,
            language,
        )
        yield (report.file.name, *[""] * 6, words, "", "")


def _row(name: str, finding: CellFinding, language: Language) -> Sequence[str | int]:
    return (
        name,
        finding.sheet or "",
        finding.row or finding.path or "",
        finding.column or "",
        finding.column_title or "",
        finding.value or "",
        severity_word(finding.severity, language),
        finding.message.in_(language),
        finding.fix.in_(language),
        finding.constraint,
    )


def _harmless(text: str) -> str:
    return f"'{text}" if begins_as_formula(text) else text
