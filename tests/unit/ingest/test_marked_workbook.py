"""The sender's own file back: remarks in the cells, and nothing in it that acts."""

import csv
import io
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.chart import BarChart
from openpyxl.comments import Comment
from openpyxl.formatting.rule import FormulaRule
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table

from werkzaam.domain.content import Content
from werkzaam.domain.queries import Bilingual
from werkzaam.ingest.gate import judge
from werkzaam.ingest.gate_outcome import Upload
from werkzaam.ingest.marked_workbook import marked_workbook
from werkzaam.ingest.report import CellFinding, Report, UploadedFile, make_report

SUBMISSIONS = Path(__file__).parents[2] / "data" / "submissions"
ONE = CellFinding(
    "unknown-code", "violation", "validity", 3, "B", "titel", "x",
    Bilingual(nl="Staat niet in de lijst.", en="Not in the list."),
    Bilingual(nl="Kies er een.", en="Choose one."), "Projecten",
)  # fmt: skip


def report(*findings: CellFinding, kind: str = "xlsx", name: str = "p.xlsx") -> Report:
    file = UploadedFile(name, "0" * 64, None, kind)
    return make_report(file, ("projects", "1.0.0"), findings, {})


def workbook() -> Any:
    """A workbook as a sender may have it."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Projecten"
    for row in (["identificatie", "titel"], ["P 1", "=1+1"], ["0034", "x"]):
        sheet.append(row)
    return book


def saved(book: Any) -> bytes:
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def opened(data: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data))


def test_a_faulty_cell_has_a_colour_and_a_comment_that_begins_with_how_bad_it_is() -> None:
    findings = (
        replace(ONE, severity="info", constraint="b"),
        ONE,
        replace(ONE, row=2, severity="warning"),
        replace(ONE, row=2, column="A", severity="info"),
    )
    sheet = opened(marked_workbook(saved(workbook()), report(*findings), "nl"))["Projecten"]
    both = sheet["B3"].comment.text
    assert both == (
        "Fout: Staat niet in de lijst.\nKies er een.\n\n"
        "Opmerking: Staat niet in de lijst.\nKies er een."
    )
    assert sheet["B2"].comment.text.startswith("Waarschuwing: ")
    fills = [sheet[place].fill.fgColor.rgb for place in ("B3", "B2", "A2", "A3")]
    assert fills == ["FFFFC7CE", "FFFFEB9C", "FFDDEBF7", "00000000"]
    assert sheet["A3"].comment is None
    english = marked_workbook(saved(workbook()), report(ONE), "en")
    assert opened(english)["Projecten"]["B3"].comment.text.startswith("Fault: Not in the list.")


def test_the_first_sheet_lists_the_findings_and_leads_to_the_cells() -> None:
    whole = replace(ONE, constraint="no-rows", row=None, column=None)
    book = opened(marked_workbook(saved(workbook()), report(whole, ONE), "nl"))
    assert book.sheetnames == ["Bevindingen", "Projecten"]
    sheet = book.active
    assert sheet.title == "Bevindingen"
    assert (sheet["C2"].hyperlink, sheet["C3"].hyperlink.location) == (None, "'Projecten'!B3")
    assert sheet["C3"].value == 3


def test_a_row_is_marked_at_its_beginning_and_a_merged_cell_at_its_first() -> None:
    book = workbook()
    book["Projecten"].merge_cells("A2:B3")
    no_column = replace(ONE, row=1, column=None)
    sheet = opened(marked_workbook(saved(book), report(no_column, ONE), "nl"))["Projecten"]
    assert sheet["A1"].comment is not None
    assert sheet["A2"].comment is not None
    assert "A2:B3" in {str(area) for area in sheet.merged_cells.ranges}


def test_nothing_that_acts_comes_back() -> None:
    book = workbook()
    sheet = book["Projecten"]
    sheet["A3"].hyperlink = "https://elsewhere.example/"
    sheet.add_chart(BarChart(), "D2")
    sheet.add_table(Table(displayName="t", ref="A1:B3"))
    sheet.conditional_formatting.add("A1", FormulaRule(["cmd|'/c calc'!A1"]))  # type: ignore[no-untyped-call]
    book.defined_names["Auto_Open"] = DefinedName("Auto_Open", attr_text="[1]x!A1")
    for formula in ("[1]x!$A$1:$A$3", "cmd|'/c calc'!A1", "'Projecten'!$A$1:$A$3", '"a,b"'):
        rule = DataValidation(type="list", formula1=formula)
        rule.add("A2")
        sheet.add_data_validation(rule)
    book.create_chartsheet("grafiek")
    data = marked_workbook(saved(book), report(ONE), "nl")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    everything = b"".join(parts.values())
    for harmful in (b"<f>", b"cmd|", b"[1]x", b"elsewhere", b"Auto_Open", b"externalLink"):
        assert harmful not in everything
    assert not any("chart" in name or "table" in name for name in parts)
    sheet = opened(data)["Projecten"]
    kept = {rule.formula1 for rule in sheet.data_validations.dataValidation}
    assert kept == {"'Projecten'!$A$1:$A$3", '"a,b"'}
    assert sheet["A3"].value == "0034"


def test_where_the_layout_cannot_be_read_the_values_come_back_as_text() -> None:
    book = workbook()
    book["Projecten"]["B3"].comment = Comment("eigen aantekening", "iemand")
    data = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(saved(book))) as whole, zipfile.ZipFile(data, "w") as broken:
        for name in whole.namelist():
            part = whole.read(name)
            broken.writestr(name, part[:-9] if "comment1" in name else part)
    sheet = opened(marked_workbook(data.getvalue(), report(ONE), "nl"))["Projecten"]
    assert (sheet["B3"].value, sheet["B3"].number_format) == ("x", "@")
    assert sheet["B3"].comment.text.startswith("Fout: ")


def test_a_file_that_was_given_back_before_has_only_the_remarks_of_now() -> None:
    book = workbook()
    book["Projecten"]["A2"].comment = Comment("eigen aantekening", "iemand")
    first = marked_workbook(saved(book), report(ONE, replace(ONE, row=2, column="A")), "nl")
    again = opened(marked_workbook(first, report(replace(ONE, row=2, column="A")), "en"))
    assert again.sheetnames == ["Findings", "Projecten"]
    sheet = again["Projecten"]
    assert sheet["B3"].comment is None
    assert sheet["B3"].fill.fgColor.rgb == "00000000"
    assert sheet["A2"].comment.text.startswith("Fault: ")


def test_the_remark_of_a_sender_stands_below_ours() -> None:
    book = workbook()
    book["Projecten"]["B3"].comment = Comment("eigen aantekening", "iemand")
    sheet = opened(marked_workbook(saved(book), report(ONE), "nl"))["Projecten"]
    assert sheet["B3"].comment.text.endswith("Kies er een.\n\neigen aantekening")


def test_of_many_findings_in_a_cell_the_first_are_said() -> None:
    many = [replace(ONE, constraint=f"c{number}") for number in range(8)]
    sheet = opened(marked_workbook(saved(workbook()), report(*many), "nl"))["Projecten"]
    text = sheet["B3"].comment.text
    assert text.count("Fout: ") == 5
    assert text.endswith("Nog 3 bevindingen worden niet getoond.")


@pytest.mark.parametrize("delimiter", [",", ";"])
def test_a_csv_comes_back_as_text_with_the_remarks_of_the_gate(
    all_content: Content, sheet: Any, delimiter: str
) -> None:
    data = sheet.changed("titel", "=1+1").changed("doelen", "0034").data(delimiter)
    found = judge(all_content, b"", Upload(data, "a [b].csv", "projects"), False).report
    book = opened(marked_workbook(data, found, "nl"))
    assert book.sheetnames == ["Bevindingen", "a  b"]
    back = book.worksheets[1]
    rows = list(csv.reader(io.StringIO(data.decode(), newline=""), delimiter=delimiter))
    assert [[cell.value or "" for cell in row] for row in back.iter_rows()] == rows
    title = back.cell(2, rows[0].index("titel") + 1)
    assert (title.data_type, title.quotePrefix, title.number_format) == ("s", True, "@")
    assert back.cell(2, rows[0].index("doelen") + 1).comment.text.startswith('Fout: "0034"')


def test_of_what_is_no_table_there_is_the_list_alone() -> None:
    found = report(replace(ONE, sheet=None, row=None, column=None, path="/0/titel"), kind="json")
    book = opened(marked_workbook(b"[]", found, "nl"))
    assert book.sheetnames == ["Bevindingen"]
    assert book.active["C2"].value == "/0/titel"


@pytest.mark.slow
def test_every_finding_in_a_spreadsheet_leads_to_its_cell(all_content: Content) -> None:
    files = [f for f in sorted(SUBMISSIONS.iterdir()) if f.suffix in (".xlsx", ".ods")]
    marked = 0
    for file in files:
        data = file.read_bytes()
        found = judge(all_content, b"", Upload(data, file.name, "projects"), False)
        if not found.readable:
            continue
        book = opened(marked_workbook(data, found.report, "nl"))
        placed = [one for one in found.report.findings if one.row is not None]
        links = [cell.hyperlink for cell in book["Bevindingen"]["C"] if cell.hyperlink]
        assert len(links) == len(placed), file.name
        for link, one in zip(links, placed, strict=True):
            sheet, _, cell = link.location.rpartition("!")
            assert one.message.nl in book[sheet.strip("'")][cell].comment.text, file.name
        marked += len(placed)
    assert marked > 20
