"""Text that seems wrong and is read all the same, and errors of a spreadsheet that stand as text."""

from collections.abc import Callable
from typing import Any

import pyoxigraph as ox
import pytest

from werkzaam.domain.content import Content
from werkzaam.ingest.cell_checks import error_faults
from werkzaam.ingest.cells import Cell
from werkzaam.ingest.gate import judge
from werkzaam.ingest.gate_outcome import GateOutcome, Upload
from werkzaam.ingest.mapping import TableMapping
from werkzaam.ingest.text_remarks import text_remarks

Judged = Callable[..., GateOutcome]


def remarks(mapping: TableMapping, name: str, text: str) -> list[str]:
    column = mapping.by_name[name]
    cell = Cell(2, 0, column.title(), text)
    return [found.constraint for found in text_remarks(column, cell, names=name == "identifier")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Project Ã©Ã©n", ["garbled-characters"]),
        ("Vijf â‚¬ per keer", ["garbled-characters"]),
        ("Jongerenâ€™s", ["garbled-characters"]),
        ("\ufffd\ufffdn project", ["lost-characters"]),
        ("\u0420roject in de wijk", ["look-alike-letters"]),
        ("Pr\u03bfject", ["look-alike-letters"]),
        ("Samen  doen", ["tidied-text"]),
        ("Samen\u00a0doen", ["tidied-text"]),
        ("Samen\u200bdoen", ["tidied-text"]),
        (" Samen doen ", []),
        ("Eén café in Curaçao, SÃO PAULO", []),
        ("Проект and Project, µg and α-test", []),
        ("Regel één\n  ingesprongen", []),
    ],
)
def test_what_seems_wrong_with_a_text_is_told(
    mapping: TableMapping, text: str, expected: list[str]
) -> None:
    assert remarks(mapping, "title", text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("../../x", ["identifier-in-address"]),
        ("Café 1", ["identifier-in-address"]),
        ("P 1.", ["identifier-in-address"]),
        ("MDT-2023/12", []),
        ("  MDT 1 ", []),
        ("MDT_1", []),
    ],
)
def test_an_identifier_that_loses_characters_in_its_address_is_told(
    mapping: TableMapping, text: str, expected: list[str]
) -> None:
    assert remarks(mapping, "identifier", text) == expected


@pytest.mark.parametrize(
    "text", ["#N/B", " #n/a ", "#REF!", "#DEEL/0!", "#WAARDE!", "######", "Err:502"]
)
def test_the_error_of_a_spreadsheet_is_no_value(text: str) -> None:
    [found] = error_faults(Cell(2, 0, "x", text), None)
    assert (found.constraint, found.value) == ("error-in-cell", text.strip())
    assert error_faults(Cell(2, 0, "x", f"Voorbeeldstad; {text}"), ";")


@pytest.mark.parametrize("text", ["#samen", "#1", "a #REF! b", "Err: 502", "##"])
def test_a_text_with_a_hash_is_no_error(text: str) -> None:
    assert not error_faults(Cell(2, 0, "x", text), None)


def test_tidied_spaces_are_told_once_and_stored_so(judged: Judged, sheet: Any) -> None:
    titles = [("titel", "Samen  doen"), ("titel", "Een\u200b \u00a0ding")]
    outcome = judged(sheet.with_rows(titles).data())
    found = [f for f in outcome.report.findings if f.constraint == "tidied-text"]
    assert [(f.severity, f.row, f.column) for f in found] == [("info", 3, "B")]
    quads = ox.parse(b"".join(outcome.records.values()), format=ox.RdfFormat.N_QUADS)
    stored = {q.object.value for q in quads if q.predicate.value.endswith("/title")}
    assert stored >= {"Een ding", "Samen doen"}


def test_linked_data_with_double_spaces_is_taken_over_tidied(
    all_content: Content, sound: GateOutcome
) -> None:
    data = b"".join(sound.records.values()).replace(b'"Samen eten"', b'"Samen  eten"')
    outcome = judge(all_content, b"", Upload(data, "a.nq", "projects"), False)
    assert [f.constraint for f in outcome.report.findings] == ["tidied-text"]
    assert dict(outcome.records) == dict(sound.records)
