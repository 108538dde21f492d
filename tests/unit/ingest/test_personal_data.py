"""Data about persons is found wherever it stands, and other numbers are left alone."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from werkzaam.ingest.cell_checks import (
    identifier_faults,
    read_personal_faults,
    title_personal_faults,
    unread_personal_faults,
)
from werkzaam.ingest.cells import Cell
from werkzaam.ingest.gate_outcome import GateOutcome

Judged = Callable[..., GateOutcome]
ORDINARY = [
    "van 01-09-2022 tot en met 31-08-2023", "2022-09-01", "1-9-2022", "01-09-2022 14:30", "2018-2023",
    "jongeren geboren tussen 1-1-1995 en 31-12-2005", "het project is geboren op 1 maart 2019",
    "geboren in 2004", "€ 12.345.678,00", "12345678", "1.112.223,33", "NL91ABNA0417164300", "KvK 12345678",
    "3511 AB Utrecht", "@voorbeeld", "ISBN 978-90-123-4567-8", "0,123456789", "dossier 2022/0815", "112",
    "15 mei 2023", "https://mastodon.example/@mdt.nl", "0800-1234", "637001024",
]  # fmt: skip
CONTACT = [
    "06-12345678", "06 - 12345678", "bel 0612345678", "(+31) 20 123 4567", "+31 (0)20 1234567",
    "０６-１２３４５６７８", "06\u201112345678", "06\u200b12345678",
    "jan@voorbeeld.nl", "jan@vóórbeeld.nl", "jan＠voorbeeld.nl", "jan@\u200bvoorbeeld.nl",
]  # fmt: skip
BORN = [
    "geboren 12-03-2004", "Geboren op 12 maart 2004", "geb. 12/3/04", "geboortedatum: 2004-03-12",
    "geboren te Utrecht op 12-03-2004", "born on March 12, 2004", "date of birth 12 March 2004",
]  # fmt: skip
BSN = [
    "111222333",
    "111.222.333",
    "111\u200b222\u200b333",
    "１１１２２２３３３",
    "111\u00a0222\u00a0333",
]


def unread(text: str, title: str = "notitie") -> list[str]:
    return [f.constraint for f in unread_personal_faults(Cell(2, 3, title, text))]


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_dates_and_numbers_are_left_alone(text: str) -> None:
    cell = Cell(2, 3, "notitie", text)
    assert unread_personal_faults(cell) == []
    assert read_personal_faults(cell) == []
    assert title_personal_faults(cell) == []


@pytest.mark.parametrize("text", [*CONTACT, *BORN])
def test_personal_data_is_found_where_nothing_is_read(text: str) -> None:
    assert unread(text) == ["personal-data-unread"]
    [found] = title_personal_faults(Cell(1, 3, None, text))
    assert (found.constraint, found.value) == ("personal-data", None)


@pytest.mark.parametrize("text", BSN)
def test_a_citizen_number_is_found_in_any_disguise(text: str) -> None:
    assert unread(text) == ["bsn"]
    for found in (
        read_personal_faults(Cell(2, 3, "titel", text)),
        title_personal_faults(Cell(1, 3, None, text)),
        identifier_faults(Cell(2, 0, "identificatie", text)),
        identifier_faults(Cell(2, 0, "identificatie", f"BSN {text}")),
    ):
        assert [(f.constraint, f.value) for f in found] == [("bsn", None)]


@pytest.mark.parametrize("text", ["MDT-111222333", "111222334", "637001024", "2022-0815", "P 01"])
def test_the_number_of_a_project_is_an_identifier(text: str) -> None:
    assert identifier_faults(Cell(2, 0, "identificatie", text)) == []


@pytest.mark.parametrize(
    ("text", "title", "found"),
    [
        ("2004-03-12", "notitie", True),
        ("12-3-2004", "kenmerk", True),
        ("12-03-04", "geboortedatum", True),
        ("12-03-04", "kenmerk", False),
        ("2019-03-12", "datum besluit", False),
        ("besluit van 12-3-2004", "notitie", False),
    ],
)
def test_a_date_alone_counts_by_its_year_or_its_title(text: str, title: str, found: bool) -> None:
    assert unread(text, title) == (["personal-data-unread"] if found else [])


def test_a_summary_with_personal_data_has_one_fault(sheet: Any, judged: Judged) -> None:
    disguised = [text for text in CONTACT if "vóór" not in text and not text.isascii()]
    faults = {
        **dict.fromkeys([*BORN, *disguised], "personal-data"),
        "jan@vóórbeeld.nl": "project-summary-email",
        "jan@voorbeeld.nl": "project-summary-email",
        "06-12345678": "project-summary-telephone",
    }
    more = "Jongeren koken en eten een jaar lang samen."
    table = sheet.with_rows(("samenvatting", f"{text} {more}") for text in faults)
    findings = judged(table.data()).report.findings
    found = {
        text: [f.constraint for f in findings if f.row == row] for row, text in enumerate(faults, 3)
    }
    assert found == {text: [constraint] for text, constraint in faults.items()}
    assert len(findings) == len(faults)


@pytest.mark.parametrize("title", ["titel", "samenvatting", "subsidieronde", "gemeenten", "doelen"])
def test_a_citizen_number_is_repeated_nowhere(sheet: Any, judged: Judged, title: str) -> None:
    report = judged(sheet.changed(title, "BSN 111222333").data()).report
    assert [f.constraint for f in report.findings] == ["bsn"]
    assert "111222333" not in json.dumps(report.as_json())


@pytest.mark.parametrize(
    ("title", "constraint"),
    [
        ("jan.jansen@voorbeeld.example 111222333", "bsn"),
        ("jan.jansen@voorbeeld.example", "personal-data"),
        ("jansen 06-12345678", "personal-data"),
        ("jansen\x1b[31m", "control-character"),
        ("jansen\u202e", "control-character"),
    ],
)
def test_the_title_of_a_column_is_checked_and_not_repeated(
    sheet: Any, judged: Judged, title: str, constraint: str
) -> None:
    changed = type(sheet)([[*sheet.rows[0], title], [*sheet.rows[1], "iets"]])
    report = judged(changed.data()).report
    assert [(f.constraint, f.row, f.column) for f in report.findings] == [(constraint, 1, "Q")]
    assert "jansen" not in json.dumps(report.as_json())
    alone = judged(title.encode()).report
    assert {f.constraint for f in alone.findings} == {constraint, "delimiter"}
    assert "jansen" not in json.dumps(alone.as_json())
