"""Only the valid rows: what may enter, what is refused, and when nothing may."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from tests.unit.ingest.conftest import Sheet, good_sheet
from tests.unit.ingest.workbooks import workbook

from werkzaam.domain.content import Content
from werkzaam.ingest.gate import judge
from werkzaam.ingest.gate_outcome import GateOutcome, Upload, Wish
from werkzaam.ingest.partial_outcome import held_by_others

ID = "https://w3id.org/mdt-kennisgraaf/id/project/"


@pytest.fixture(scope="module")
def asked(all_content: Content) -> Callable[..., GateOutcome]:
    """What the gate says where only valid rows are asked for."""

    def judge_file(data: bytes, name: str = "a.csv", **wish: Any) -> GateOutcome:
        wanted = Wish(False, valid_rows=True, **wish)
        return judge(all_content, b"", Upload(data, name, "projects"), wish=wanted)

    return judge_file


def three(title: str, text: str) -> Sheet:
    """Three projects, the second with ``text`` in the column ``title``."""
    table = good_sheet()
    for number in (2, 3):
        table = table.with_row("identificatie", f"P 0{number}")
        table = table.changed("titel", f"Samen koken {number}", number)
    return table.changed(title, text, 2)


def test_the_records_without_a_violation_may_enter(asked: Callable[..., GateOutcome]) -> None:
    outcome = asked(three("subsidieronde", "55a").data())
    assert list(outcome.records) == [ID + "p-01", ID + "p-03"]
    assert outcome.report.conforms is False
    assert outcome.may_enter
    assert outcome.facts["acceptedRecords"] == 2
    assert outcome.facts["refusedRecords"] == 1
    assert outcome.facts["refusedRows"] == [{"sheet": None, "rows": [3]}]


def test_without_asking_nothing_enters_of_a_file_with_a_violation(judged: Any) -> None:
    outcome = judged(three("subsidieronde", "55a").data())
    assert not outcome.may_enter
    assert "acceptedRecords" not in outcome.facts


def test_of_two_with_one_identifier_neither_enters(asked: Callable[..., GateOutcome]) -> None:
    outcome = asked(three("identificatie", "P 01").data())
    assert list(outcome.records) == [ID + "p-03"]
    assert outcome.facts["refusedRows"] == [{"sheet": None, "rows": [2, 3]}]


def test_a_fault_of_reading_refuses_its_row_alone(asked: Callable[..., GateOutcome]) -> None:
    def change(book: Any) -> None:
        cell = book.worksheets[0]["H3"]
        cell.value, cell.data_type = "#REF!", "e"

    data = workbook(("Projecten", three("titel", "Samen eten").rows), change=change)
    outcome = asked(data, "a.xlsx")
    assert list(outcome.records) == [ID + "p-01", ID + "p-03"]
    assert outcome.facts["refusedRows"] == [{"sheet": "Projecten", "rows": [3]}]


def test_merged_cells_let_nothing_in(asked: Callable[..., GateOutcome]) -> None:
    rows = three("titel", "Samen eten").rows
    data = workbook(("P", rows), change=lambda book: book.worksheets[0].merge_cells("D2:D3"))
    assert not asked(data, "a.xlsx").may_enter


def test_a_fault_of_the_file_lets_nothing_in(asked: Callable[..., GateOutcome]) -> None:
    table = three("subsidieronde", "55a")
    table.rows[0][1] = "titell"
    outcome = asked(table.data())
    assert not outcome.may_enter
    assert outcome.records == {}


def test_where_every_row_is_faulty_nothing_enters(asked: Callable[..., GateOutcome]) -> None:
    outcome = asked(good_sheet().changed("subsidieronde", "55a").data())
    assert not outcome.may_enter


def test_a_faulty_row_of_a_group_takes_its_record_along(asked: Callable[..., GateOutcome]) -> None:
    partners = [
        ("project", "naam", "KvK-nummer"),
        ("P 01", "Stichting Voorbeeld Een", "12345679"),
        ("P 02", "Stichting Voorbeeld Twee", "12.34"),
        ("P 03", "Stichting Voorbeeld Drie", ""),
        ("P 99", "Stichting Voorbeeld Vier", ""),
    ]
    data = workbook(("Projecten", three("titel", "Samen eten").rows), ("Partners", partners))
    outcome = asked(data, "a.xlsx")
    assert list(outcome.records) == [ID + "p-01", ID + "p-03"]
    assert outcome.facts["refusedRows"] == [
        {"sheet": "Partners", "rows": [3, 5]},
        {"sheet": "Projecten", "rows": [3]},
    ]
    assert b"Stichting Voorbeeld Drie" in outcome.records[ID + "p-03"]


def test_objects_of_json_are_refused_one_by_one(asked: Callable[..., GateOutcome]) -> None:
    good = {"identifier": "P 1", "title": "Samen op pad", "round": "5a"}
    bad = {**good, "identifier": "P 2", "title": "Samen koken", "participants": "veel"}
    outcome = asked(json.dumps([bad, good]).encode(), "a.json")
    assert list(outcome.records) == [ID + "p-1"]
    assert outcome.facts["refusedPaths"] == ["/0"]


def test_records_of_others_are_refused_too(asked: Callable[..., GateOutcome]) -> None:
    outcome = held_by_others(asked(three("subsidieronde", "55a").data()), {ID + "p-03"})
    assert list(outcome.records) == [ID + "p-01"]
    assert outcome.facts["refusedRows"] == [{"sheet": None, "rows": [3, 4]}]
    assert outcome.facts["refusedRecords"] == 2


PARTNERS = [
    ("project", "naam", "KvK-nummer"),
    ("P 01", "Stichting Voorbeeld Een", ""),
    ("P 03", "Stichting Voorbeeld Drie", ""),
    ("P 02", "Stichting Voorbeeld Twee", "12.34"),
    ("P 03", "Stichting Voorbeeld Vier", ""),
]


@pytest.mark.parametrize("keep", [True, False])
def test_rows_of_groups_of_records_of_others_are_refused_with_them(
    asked: Callable[..., GateOutcome], keep: bool
) -> None:
    data = workbook(("Projecten", three("titel", "Samen eten").rows), ("Partners", PARTNERS))
    outcome = held_by_others(asked(data, "a.xlsx", keep=keep), {ID + "p-03"})
    assert outcome.facts["refusedRows"] == [
        {"sheet": "Partners", "rows": [3, 4, 5]},
        {"sheet": "Projecten", "rows": [3, 4]},
    ]
    assert outcome.facts["acceptedRecords"] == 1
    assert outcome.facts["refusedRecords"] == 2
    assert list(outcome.records) == [ID + "p-01"][:keep]


def test_a_record_of_another_is_refused_where_no_other_has_a_fault(
    asked: Callable[..., GateOutcome],
) -> None:
    good = three("titel", "Samen eten")
    outcome = held_by_others(asked(good.data(), keep=False), {ID + "p-02"})
    assert outcome.report.conforms is False
    assert outcome.facts["refusedRows"] == [{"sheet": None, "rows": [3]}]
    assert outcome.facts["acceptedRecords"] == 2


def test_a_place_in_json_of_a_record_of_another_is_refused_whole(
    asked: Callable[..., GateOutcome],
) -> None:
    good = {"identifier": "P 1", "title": "Samen op pad", "round": "5a"}
    partner = {"name": "Stichting Voorbeeld Een"}
    other = {**good, "identifier": "P 2", "title": "Samen koken", "partners": [partner]}
    data = json.dumps({"projects": [other, good]}).encode()
    outcome = held_by_others(asked(data, "a.json"), {ID + "p-2"})
    assert outcome.facts["refusedPaths"] == ["/projects/0"]
    assert outcome.facts["refusedRows"] == []


def test_where_all_that_is_left_is_of_others_nothing_is_told_to_have_entered(
    asked: Callable[..., GateOutcome],
) -> None:
    whole = asked(three("subsidieronde", "55a").data())
    outcome = held_by_others(whole, {ID + "p-01", ID + "p-03"})
    assert not outcome.may_enter
    assert "acceptedRecords" not in outcome.facts


def test_a_preview_counts_without_the_records(asked: Callable[..., GateOutcome]) -> None:
    outcome = asked(three("subsidieronde", "55a").data(), keep=False)
    assert outcome.records == {}
    assert outcome.facts["acceptedRecords"] == 2
