"""Findings as a file: every finding a row, and nothing that a spreadsheet program would reckon."""

import codecs
import csv
import io
from dataclasses import replace
from typing import Any

import openpyxl
import pytest

from werkzaam.domain.queries import Bilingual
from werkzaam.ingest.findings_table import findings_csv, findings_workbook
from werkzaam.ingest.report import CellFinding, Report, UploadedFile, make_report

FILE = UploadedFile("projecten.xlsx", "0" * 64, None, "xlsx")
ONE = CellFinding(
    "unknown-code", "violation", "validity", 3, "E", "werkzame elementen", "=1+1",
    Bilingual(nl="Staat niet in de lijst.", en="Not in the list."),
    Bilingual(nl="Kies er een.", en="Choose one."), "Projecten",
)  # fmt: skip
ALL = replace(ONE, constraint="no-rows", severity="warning", row=None, column=None, value=None)


def report(*findings: CellFinding, **facts: Any) -> Report:
    return make_report(FILE, ("projects", "1.0.0"), findings, facts)


def test_every_finding_is_a_row_in_the_language() -> None:
    rows = list(csv.reader(io.StringIO(findings_csv(report(ONE, ALL), "nl").decode(), newline="")))
    assert rows == [
        ["bestand", "blad", "rij", "kolom", "titel van de kolom", "waarde", "ernst",
         "wat er mis is", "hoe u het herstelt", "regel"],
        ["projecten.xlsx", "Projecten", "", "", "werkzame elementen", "", "Waarschuwing",
         "Staat niet in de lijst.", "Kies er een.", "no-rows"],
        ["projecten.xlsx", "Projecten", "3", "E", "werkzame elementen", "'=1+1", "Fout",
         "Staat niet in de lijst.", "Kies er een.", "unknown-code"],
    ]  # fmt: skip
    english = findings_csv(report(ONE), "en").decode()
    assert english.startswith("file,sheet,row,column,title of the column,value,severity,")
    assert "Fault,Not in the list.,Choose one." in english


def test_a_byte_order_mark_only_where_it_is_asked() -> None:
    plain, marked = findings_csv(report(ONE), "nl"), findings_csv(report(ONE), "nl", bom=True)
    assert marked == codecs.BOM_UTF8 + plain
    assert plain.endswith(b"\r\n")


@pytest.mark.parametrize(
    "text",
    [
        *("=1+1", "+31", "-5", "@x", "\tx", "\rx", "\nx", '=HYPERLINK("x")'),
        *("\uff1d1+1", "\uff0b31", "\uff0d5", "\uff20x"),
        *(" =1", "\u00a0+1", "\u200b-1", "\ufeff@x", " \n\u2060=1"),
    ],
)
def test_a_value_is_never_a_formula(text: str) -> None:
    found = report(replace(ONE, value=text, column_title=text, sheet=text))
    [_, row] = csv.reader(io.StringIO(findings_csv(found, "nl").decode(), newline=""))
    assert (row[1], row[4], row[5]) == (f"'{text}", f"'{text}", f"'{text}")
    sheet = opened(findings_workbook(found, "nl"))
    for cell in (sheet["B2"], sheet["E2"], sheet["F2"]):
        assert (cell.data_type, cell.quotePrefix) == ("s", True)
        assert cell.value.strip() == text.strip()


def test_the_workbook_has_titles_that_stay_and_numbers_for_rows() -> None:
    sheet = opened(findings_workbook(report(ONE, replace(ALL, path="/0/x")), "nl"))
    assert (sheet.title, sheet.freeze_panes, sheet.auto_filter.ref) == (
        "Bevindingen",
        "A2",
        "A1:J3",
    )
    assert (sheet["C2"].value, sheet["C3"].value) == ("/0/x", 3)
    assert (sheet["C3"].data_type, sheet["G3"].value) == ("n", "Fout")


def test_what_is_left_out_is_said_at_the_end() -> None:
    many = report(*(replace(ONE, row=row) for row in range(2, 700)))
    rows = list(csv.reader(io.StringIO(findings_csv(many, "en").decode(), newline="")))
    assert len(rows) == 502
    assert rows[-1][7] == "198 more findings are not shown."
    sheet = opened(findings_workbook(many, "nl"))
    assert sheet.cell(502, 8).value == "Nog 198 bevindingen worden niet getoond."


def test_a_character_that_no_workbook_can_hold_is_replaced() -> None:
    sheet = opened(findings_workbook(report(replace(ONE, value="a\x0bb")), "nl"))
    assert sheet["F2"].value == "a\ufffdb"


def opened(data: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
