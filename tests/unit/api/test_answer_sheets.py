"""A workbook of ours is what other programs read: typed cells, no formulas, links, a filter."""

import io
import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import openpyxl
import python_calamine
from hypothesis import given, settings
from hypothesis import strategies as st

from werkzaam.api.answer_sheets import LinkedText, Sheet, Value, column_letters, write_workbook
from werkzaam.domain.characters import visible

LONG = "1" * 20
NASTY = ["=1+1", "@x", "\t=2", "-3+cmd", "_x0041_", 'a<b>&"c"', "\x00\x0b", " spaced "]


def read(*rows: Sequence[Value], titles: bool = True) -> Any:
    sheet = Sheet("Blad & 'een'", rows, [20] * max(len(row) for row in rows), titles)
    data = write_workbook([sheet], title="T <&>", language="nl")
    return openpyxl.load_workbook(io.BytesIO(data))


def test_values_are_what_they_are() -> None:
    values: list[Value] = [
        1, -7, Decimal("1.50"), True, False, date(2023, 10, 4), datetime(2023, 10, 4, 12, 30), "x",
        None, int(LONG), Decimal("NaN"), Decimal("1e400"), date(1850, 1, 1),
    ]  # fmt: skip
    book = read(["t"] * len(values), values)
    found = [cell.value for cell in book.worksheets[0][2]]
    assert found[:7] == [
        1,
        -7,
        1.5,
        True,
        False,
        datetime(2023, 10, 4),
        datetime(2023, 10, 4, 12, 30),
    ]
    assert found[7:] == ["x", None, LONG, "NaN", "1E+400", "1850-01-01"]
    assert isinstance(found[0], int)
    assert isinstance(found[3], bool)
    kinds = [cell.data_type for cell in book.worksheets[0][2]]
    assert kinds[:7] == ["n", "n", "n", "b", "b", "d", "d"]


def test_the_first_row_stays_and_filters() -> None:
    sheet = read(["a", "b"], [1, 2], [3, 4]).worksheets[0]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:B3")
    assert sheet.title == "Blad & 'een'"
    without = read(["name", 1], titles=False).worksheets[0]
    assert (without.freeze_panes, without.auto_filter.ref) == (None, None)


def test_no_text_is_a_formula() -> None:
    book = read(["t"], *[[text] for text in NASTY])
    cells = [row[0] for row in book.worksheets[0].iter_rows(min_row=2)]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.value for cell in cells][:2] == ["=1+1", "@x"]
    assert [cell.quotePrefix for cell in cells][:4] == [True] * 4
    archive = zipfile.ZipFile(
        io.BytesIO(write_workbook([Sheet("a", [NASTY], [9])], title="", language="nl"))
    )
    text = archive.read("xl/worksheets/sheet1.xml")
    assert b"<f" not in text
    # what reads as the code of a character is told apart from one
    assert b">_x005F_x0041_<" in text


def test_links_lead_where_they_say_and_only_so_many() -> None:
    here = LinkedText("https://example.org/a", 'https://example.org/?a=1&b="2"')
    sheet = read(["t"], [here], [LinkedText("long", "https://x/" + "a" * 3000)]).worksheets[0]
    assert sheet["A2"].hyperlink.target == here.href
    assert (sheet["A3"].value, sheet["A3"].hyperlink) == ("long", None)


def test_a_long_text_ends_in_an_ellipsis() -> None:
    cell = read(["t"], ["a" * 40_000]).worksheets[0]["A2"]
    assert len(cell.value) == 32_767
    assert cell.value.endswith("a…")


def test_the_same_content_is_the_same_bytes() -> None:
    sheets = [Sheet("a", [["x"], [1]], [9], titles=True), Sheet("b", [["k", "v"]], [9, 9])]
    once = write_workbook(sheets, title="t", language="nl")
    assert once == write_workbook(sheets, title="t", language="nl")
    assert python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(once)).sheet_names == [
        "a",
        "b",
    ]


def test_letters_of_columns() -> None:
    assert [column_letters(n) for n in (1, 26, 27, 52, 703)] == ["A", "Z", "AA", "AZ", "AAA"]


TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40)


@settings(max_examples=60, deadline=None)
@given(st.lists(TEXT, min_size=1, max_size=5))
def test_any_text_is_read_back_by_another_program(texts: list[str]) -> None:
    sheet = Sheet("a", [["t"], *([text] for text in texts)], [9], titles=True)
    data = write_workbook([sheet], title="t", language="nl")
    read_back = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    # XML has one kind of line end
    wanted = [visible(text).replace("\r\n", "\n").replace("\r", "\n") for text in texts]
    assert [row[0].value for row in read_back.iter_rows(min_row=2)] == wanted
