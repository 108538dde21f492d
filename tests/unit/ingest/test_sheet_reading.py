"""Workbooks as sheets of text: what they hold, hide and merge, and what is too much or no workbook."""

import datetime
import io
import re
import zipfile
from typing import Any

import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font
from tests.unit.ingest.workbooks import with_part, workbook

from werkzaam.ingest import sheet_reading
from werkzaam.ingest.sheet_reading import read_sheets
from werkzaam.ingest.sheets import Place, Span
from werkzaam.ingest.workbook_reading import read_workbook

TITLES = ("identificatie", "titel")


def test_cells_read_as_they_are_shown() -> None:
    def change(book: Any) -> None:
        book.worksheets[0]["D2"].number_format = "0%"
        book.worksheets[0]["E2"].number_format = "00000000"

    row = ("P 1", datetime.date(2024, 5, 1), 12.0, 0.21, 1234567, True, "a_x000D_\nb")
    [sheet] = read_workbook(
        workbook(("Blad", [(*TITLES, "c", "d", "e", "f", "g"), row]), change=change)
    )
    assert sheet.rows is not None
    assert list(sheet.rows[1]) == ["P 1", "2024-05-01", "12", "21%", "01234567", "ja", "a\nb"]


def test_the_two_calendars_of_excel() -> None:
    from openpyxl.utils.datetime import CALENDAR_MAC_1904

    def change(book: Any) -> None:
        book.epoch = CALENDAR_MAC_1904

    rows = [TITLES, ("P 1", datetime.date(2024, 5, 1)), ("P 2", datetime.date(1904, 1, 2))]
    for changed in (None, change):
        [sheet] = read_workbook(workbook(("Blad", rows), change=changed))
        assert [row[1] for row in sheet.rows or ()][1:] == ["2024-05-01", "1904-01-02"]


def test_what_is_hidden_merged_broken_or_not_reckoned_is_known() -> None:
    def change(book: Any) -> None:
        sheet = book.worksheets[0]
        sheet.row_dimensions[3].hidden = True
        sheet.column_dimensions["B"].hidden = True
        sheet.merge_cells("A2:A3")
        sheet["B3"].data_type = "e"
        book.worksheets[1].sheet_state = "hidden"

    rows = [TITLES, ("P 1", "=1+1"), ("", "#REF!")]
    first, second = read_workbook(workbook(("Blad", rows), ("Lijst", [("a",)]), change=change))
    odd = first.oddities
    assert odd.hidden_rows == {3}
    assert odd.hidden_columns == {1}
    assert odd.merged == (Span(2, 0, 3, 0),)
    assert odd.unreckoned == {Place(2, 1)}
    assert odd.broken == {Place(3, 1): "#REF!"}
    assert (first.hidden, second.hidden) == (False, True)


def test_text_with_a_line_through_it_is_known() -> None:
    struck = Font(strike=True)

    def change(book: Any) -> None:
        sheet = book.worksheets[0]
        sheet["A2"].font = sheet["C2"].font = struck
        sheet["B3"] = CellRichText("Samen ", TextBlock(InlineFont(strike=True), "eten"))
        sheet["A3"] = CellRichText("Samen ", TextBlock(InlineFont(b=True), "eten"))

    data = workbook(("Blad", [TITLES, ("P 1", "x"), ("P 2", "y")]), change=change)
    [sheet] = read_workbook(data)
    assert sheet.oddities.struck == {Place(2, 0), Place(3, 1)}
    assert list(sheet.rows or ())[2] == ["Samen eten", "Samen eten"]


@pytest.mark.parametrize(("value", "places"), [("1", {Place(2, 1)}), ("0", set())])
def test_a_shared_text_with_a_line_through_it_is_known(value: str, places: set[Place]) -> None:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"

    def shared(part: bytes) -> bytes:
        text = b'<c r="B2" t="s"><v>0</v></c>'
        return re.sub(rb'<c r="B2".*?</c>', text, part)

    def listed(part: bytes) -> bytes:
        told = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'
        return part.replace(b"</Types>", told.encode())

    data = workbook(("Blad", [TITLES, ("P 1", "x")]))
    data = with_part(with_part(data, "sheet1.xml", shared), "[Content_Types].xml", listed)
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a") as archive:
        run = f'<r><rPr><strike val="{value}"/></rPr><t>doorgehaald</t></r>'
        archive.writestr("xl/sharedStrings.xml", f'<sst xmlns="{space}"><si>{run}</si></sst>')
    [sheet] = read_workbook(out.getvalue())
    assert sheet.oddities.struck == places
    assert (sheet.rows or ())[1] == ["P 1", "doorgehaald"]


def test_a_formula_whose_outcome_is_the_empty_text_has_been_reckoned() -> None:
    data = with_part(
        workbook(("Blad", [TITLES, ("P 1", "=B3")])),
        "sheet1.xml",
        lambda part: part.replace(b'<c r="B2">', b'<c r="B2" t="str">'),
    )
    [sheet] = read_workbook(data)
    assert sheet.oddities.unreckoned == frozenset()


def test_a_million_empty_rows_and_all_columns_are_nothing() -> None:
    rows = b"".join(b'<row r="%d" ht="15" hidden="1"/>' % n for n in range(3, 1_048_577))
    wide = b'<row r="2">' + b"<c/>" * 16_384 + b"</row>"
    data = with_part(
        workbook(("Blad", [TITLES])),
        "sheet1.xml",
        lambda part: part.replace(b"</sheetData>", wide + rows + b"</sheetData>"),
    )
    [sheet] = read_workbook(data)
    assert [list(row) for row in sheet.rows or ()] == [list(TITLES)]
    assert sheet.oddities.hidden_rows == frozenset()


def test_an_odd_layout_keeps_nobody_from_reading_the_cells() -> None:
    odd = b'<pageSetup orientation="sideways" scale="x"/><dataValidations count="x"/></worksheet>'
    data = with_part(
        workbook(("Blad", [TITLES])),
        "sheet1.xml",
        lambda part: part.replace(b"</worksheet>", odd),
    )
    [sheet] = read_workbook(data)
    assert [list(row) for row in sheet.rows or ()] == [list(TITLES)]


def test_rows_in_no_order_are_no_workbook_and_end() -> None:
    def turned(part: bytes) -> bytes:
        return re.sub(rb'r="([A-Z]?)2"', rb'r="\g<1>999999999999"', part)

    [sheet] = read_workbook(with_part(workbook(("Blad", [TITLES, TITLES])), "sheet1.xml", turned))
    assert sheet.rows is None


def fault(data: bytes) -> str:
    read = read_sheets(data, "xlsx")
    assert read.fault is not None
    assert not read.sheets
    return read.fault.constraint


@pytest.mark.parametrize(
    ("ending", "old", "new"),
    [
        ("sheet1.xml", b"</sheetData>", b""),
        ("sheet1.xml", b'r="A2"', b'r="?"'),
        ("sheet1.xml", b'r="A2"', b'r="B2"'),
        ("sheet1.xml", b'r="A2"', b'r="A3"'),
        ("workbook.xml", b"<sheets>", b"<shoots>"),
        ("styles.xml", b"<styleSheet", b"<"),
        ("[Content_Types].xml", b"<", b""),
    ],
)
def test_a_damaged_workbook_is_said_to_be_that(ending: str, old: bytes, new: bytes) -> None:
    data = workbook(("Blad", [TITLES, ("P 1", "x")]))
    damaged = with_part(data, ending, lambda part: part.replace(old, new))
    assert damaged != with_part(data, ending, lambda part: part)
    assert fault(damaged) == "broken-workbook"


def test_what_is_no_archive_is_said_to_be_damaged() -> None:
    assert fault(workbook(("Blad", [TITLES]))[:-200]) == "broken-workbook"
    assert fault(b"PK\x03\x04 xl/workbook.xml") == "broken-workbook"


def test_an_external_entity_is_not_followed() -> None:
    def entity(part: bytes) -> bytes:
        bad = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
        return part.replace(b"<worksheet", bad + b"<worksheet", 1).replace(b"titel", b"&e;")

    data = with_part(workbook(("Blad", [TITLES])), "sheet1.xml", entity)
    data = with_part(
        data, "sharedStrings.xml", lambda part: entity(part.replace(b"<sst", b"<worksheet", 0))
    )
    read = read_sheets(data, "xlsx")
    assert "root:" not in repr(read)


def test_what_is_too_much_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    data = workbook(*((f"Blad {n}", [TITLES]) for n in range(51)))
    assert fault(data) == "too-many-sheets"
    assert fault(workbook(("Blad", [[f"k{n}" for n in range(201)]]))) == "too-many-columns"
    assert fault(workbook(("Blad", []))) == "empty-file"
    monkeypatch.setattr(sheet_reading, "MOST_UNPACKED_BYTES", 1000)
    assert fault(workbook(("Blad", [TITLES]))) == "too-large-unpacked"
    monkeypatch.setattr("werkzaam.ingest.workbook_reading.MOST_ROWS", 3)
    monkeypatch.setattr(sheet_reading, "MOST_UNPACKED_BYTES", 1 << 30)
    assert fault(workbook(("Blad", [TITLES] * 5))) == "too-many-rows"


def opendocument(rows: str) -> bytes:
    """A spreadsheet with this content of its one table."""
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    spaces += (
        ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    )
    content = (
        f"<office:document-content {spaces}><office:body><office:spreadsheet>"
        f'<table:table table:name="Blad">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", content)
    return out.getvalue()


def words(*texts: str) -> str:
    cells = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
        for text in texts
    )
    return f"<table:table-row>{cells}</table:table-row>"


def test_an_opendocument_spreadsheet_is_read_with_its_types() -> None:
    typed = (
        '<table:table-cell office:value-type="date" office:date-value="2024-05-01"/>'
        '<table:table-cell office:value-type="float" office:value="12"/>'
        '<table:table-cell office:value-type="boolean" office:boolean-value="true"/>'
    )
    rows = words(*TITLES, "c") + f"<table:table-row>{typed}</table:table-row>"
    read = read_sheets(opendocument(rows), "ods")
    [sheet] = read.sheets
    assert [list(row) for row in sheet.rows or ()] == [[*TITLES, "c"], ["2024-05-01", "12", "ja"]]


def test_a_million_repeated_rows_of_an_opendocument_spreadsheet_are_nothing() -> None:
    empty = '<table:table-row table:number-rows-repeated="1048570"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    [sheet] = read_sheets(opendocument(words(*TITLES) + empty), "ods").sheets
    assert [list(row) for row in sheet.rows or ()] == [list(TITLES)]


def test_a_damaged_opendocument_spreadsheet_is_said_to_be_that() -> None:
    read = read_sheets(opendocument("<table:broken"), "ods")
    assert read.fault is not None
    assert read.fault.constraint == "broken-workbook"


def test_what_an_opendocument_spreadsheet_shows_merges_and_hides_is_known() -> None:
    def cell(more: str, text: str = "") -> str:
        return f"<table:table-cell {more}><text:p>{text}</text:p></table:table-cell>"

    second = (
        cell('office:value-type="percentage" office:value="0.25"', "25%")
        + cell('office:value-type="float" office:value="34"', "0034")
        + cell('table:formula="of:=[.A1]"')
        + cell('office:value-type="string" calcext:value-type="error"', "#DIV/0!")
        + cell('office:value-type="string" table:number-rows-spanned="2"', "x")
    )
    third = '<table:covered-table-cell table:number-columns-repeated="5"/>' + cell("", "y")
    rows = (
        words(*TITLES, "c", "d", "e")
        + f"<table:table-row>{second}</table:table-row>"
        + f'<table:table-row table:visibility="filter">{third}</table:table-row>'
    )
    [sheet] = read_sheets(opendocument(rows), "ods").sheets
    assert sheet.rows is not None
    assert list(sheet.rows[1])[:2] == ["25%", "0034"]
    odd = sheet.oddities
    assert odd.hidden_rows == {3}
    assert odd.merged == (Span(2, 4, 3, 4),)
    assert odd.unreckoned == {Place(2, 2)}
    assert odd.broken == {Place(2, 3): "#DIV/0!"}
