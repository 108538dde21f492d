"""Rows that hold no record: told once each, and not judged."""

from collections.abc import Callable
from typing import Any

import pytest
from tests.unit.ingest.conftest import Sheet
from tests.unit.ingest.workbooks import workbook

from werkzaam.domain.content import Content
from werkzaam.ingest.gate import judge
from werkzaam.ingest.gate_outcome import GateOutcome, Upload, Wish
from werkzaam.ingest.mapping import TableMapping
from werkzaam.ingest.reading import read_tables

TITLES = ["identificatie", "titel", "subsidieronde", "penvoerder", "startdatum", "deelnemers"]
GOOD = ["P 1", "Samen eten", "5a", "Stichting Voorbeeld", "2022-09-01", "40"]


def others(mapping: TableMapping, *rows: list[str]) -> list[int]:
    """The numbers of the rows that hold no record; the titles stand in row 1, a good row in row 2."""
    text = "\r\n".join(";".join(row) for row in (TITLES, GOOD, *rows))
    [table] = read_tables(text.encode(), "csv", mapping).tables
    return sorted(table.others)


@pytest.mark.parametrize(
    "rows",
    [
        [["bron: Voorbeeldfonds, maart 2023"]],
        [["* voorlopige cijfers"]],
        [["Ronde 4a"]],
        [["", "Ronde 4a"]],
        [["", "", "", "", "dd-mm-jj", "aantal"]],
        [["", "", "", "", "", "€ 1.234,50"]],
        [["", "", "", "", "", "120"]],
        [TITLES],
        [["Identificatie", "TITEL ", "ronde", "onze kolom"]],
        [["gemeente", "aantal projecten"], ["Voorbeeldstad", "2"], ["Voorbeelddorp", "1"]],
    ],
)
def test_a_row_that_holds_no_record_is_known(mapping: TableMapping, rows: list[list[str]]) -> None:
    assert others(mapping, *rows) == list(range(3, 3 + len(rows)))


@pytest.mark.parametrize(
    "row",
    [
        ["P 2", "Samen klussen"],
        ["P 2", "", "5a"],
        ["", "Samen klussen", "", "Stichting Voorbeeld"],
        ["", "", "5a", "Stichting Voorbeeld"],
        ["P 2", "titel", "5a"],
        ["120", "", "", "", "", "40"],
    ],
)
def test_a_record_with_little_filled_in_gets_its_own_findings(
    mapping: TableMapping, row: list[str]
) -> None:
    assert others(mapping, row) == []


def test_records_go_on_below_titles_that_are_repeated(mapping: TableMapping) -> None:
    assert others(mapping, [""], TITLES, GOOD) == [4]


def test_another_table_ends_at_an_empty_row_or_a_longer_one(mapping: TableMapping) -> None:
    small = [["gemeente", "aantal"], ["Voorbeeldstad", "2"]]
    assert others(mapping, *small, [""], ["P 2", "Samen klussen"]) == [3, 4]
    assert others(mapping, *small, GOOD) == [3, 4]


def test_in_a_table_of_identifiers_alone_each_is_a_record(mapping: TableMapping) -> None:
    text = "identificatie;titel\r\nP 1\r\nP 2\r\n"
    [table] = read_tables(text.encode(), "csv", mapping).tables
    assert table.others == frozenset()


def test_such_a_row_is_told_once_and_the_rest_may_enter(all_content: Content, sheet: Sheet) -> None:
    empty = [""] * (len(sheet.rows[0]) - 1)
    data = Sheet([*sheet.rows, ["Bron: Voorbeeldfonds", *empty]]).data()
    outcome = judge(all_content, b"", Upload(data, "a.csv", "projects"), False)
    found = [(f.constraint, f.severity, f.row, f.column, f.value) for f in outcome.report.findings]
    assert found == [("no-record-row", "violation", 3, "A", "Bron: Voorbeeldfonds")]
    assert outcome.facts["rows"] == 1
    part = judge(
        all_content, b"", Upload(data, "a.csv", "projects"), False, Wish(False, valid_rows=True)
    )
    assert len(part.records) == 1
    assert part.facts["refusedRows"] == [{"sheet": None, "rows": [3]}]


def test_personal_data_in_such_a_row_is_found_and_not_repeated(
    judged: Callable[..., GateOutcome], sheet: Sheet
) -> None:
    outcome = judged(Sheet([*sheet.rows, ["Vragen: iemand@voorbeeld.example"]]).data())
    found = {(f.constraint, f.row, f.value) for f in outcome.report.findings if f.row == 3}
    assert found == {("no-record-row", 3, None), ("personal-data-unread", 3, None)}


def test_a_row_below_merged_cells_is_told_by_those(mapping: TableMapping) -> None:
    def merge(book: Any) -> None:
        for letter in "ABC":
            book.worksheets[0].merge_cells(f"{letter}2:{letter}3")

    more = ["", "", "", "Stichting Voorbeelddorp", "2022-09-01", "30"]
    data = workbook(("Projecten", [TITLES, GOOD, more]), change=merge)
    [table] = read_tables(data, "xlsx", mapping).tables
    assert table.others == frozenset()
