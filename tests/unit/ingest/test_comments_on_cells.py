"""Comments on cells are not taken over, but looked at: the file is kept as it came."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from openpyxl.comments import Comment
from tests.unit.ingest.conftest import Sheet
from tests.unit.ingest.test_sheet_reading import opendocument, words
from tests.unit.ingest.workbooks import with_part, workbook

from werkzaam.ingest.gate_outcome import GateOutcome
from werkzaam.ingest.limits import MOST_COMMENTS
from werkzaam.ingest.report import CellFinding
from werkzaam.ingest.sheet_reading import read_sheets
from werkzaam.ingest.sheets import Place

MAIL = "Bel of mail iemand@voorbeeld.example"
Judged = Callable[..., GateOutcome]


def with_comments(rows: list[list[str]], *comments: tuple[str, str, str]) -> bytes:
    """A workbook with comments: cell, text, author."""

    def change(book: Any) -> None:
        for cell, text, author in comments:
            book.worksheets[0][cell].comment = Comment(text, author)

    return workbook(("Projecten", rows), change=change)


def annotated(cell: str, *paragraphs: str) -> str:
    """The row of OpenDocument that ``words(cell)`` is, with a comment on its one cell."""
    said = "".join(f"<text:p>{text}</text:p>" for text in paragraphs)
    note = f"<office:annotation><office:x>1990</office:x>{said}</office:annotation>"
    return words(cell).replace("><text:p>", f">{note}<text:p>", 1)


def told(found: list[CellFinding]) -> list[tuple[str, str, int | None, str | None, str | None]]:
    return [(f.constraint, f.severity, f.row, f.column, f.value) for f in found]


@pytest.mark.parametrize(
    ("text", "constraint"),
    [
        (MAIL, "personal-data-comment"),
        ("bel 06 12345678", "personal-data-comment"),
        ("geboren op 3 mei 2004", "personal-data-comment"),
        ("nummer 111222333", "bsn"),
    ],
)
def test_personal_data_in_a_comment_is_a_fault_at_its_cell(
    judged: Judged, sheet: Sheet, text: str, constraint: str
) -> None:
    data = with_comments(sheet.rows, ("D2", text, "x"), ("E2", "Let op", "x"))
    found = judged(data).report.findings
    assert sorted(told(list(found))) == sorted(
        [
            ("comments-not-read", "info", 2, "D", None),
            (constraint, "violation", 2, "D", None),
        ]
    )
    report = json.dumps([f.as_json() for f in found])
    assert "voorbeeld.example" not in report
    assert "111222333" not in report


def test_other_comments_are_told_once_and_ours_not(judged: Judged, sheet: Sheet) -> None:
    data = with_comments(sheet.rows, ("C2", "Klopt dit?", "x"), ("B3", "Ja", "x"))
    outcome = judged(data)
    assert told(list(outcome.report.findings)) == [("comments-not-read", "info", 2, "C", None)]
    assert outcome.records
    ours = with_comments(sheet.rows, ("B2", "Dit is geen datum.", "Werkzaam"))
    assert judged(ours).report.findings == ()


def test_comments_are_read_from_notes_and_threads() -> None:
    data = with_comments([["a", "b"]], ("B1", "regel _x000D_\neen", "x"), ("A3", "twee", "x"))
    [sheet] = read_sheets(data, "xlsx").sheets
    assert [(c.place, c.text) for c in sheet.comments or ()] == [
        (Place(1, 1), "regel \r\neen"),
        (Place(3, 0), "twee"),
    ]
    old, new = b"relationships/comments", b"relationships/threadedComment"
    thread = with_part(data, "sheet1.xml.rels", lambda part: part.replace(old, new))
    text = b'<T xmlns="urn:x"><threadedComment ref="C4"><text>drie</text></threadedComment></T>'
    thread = with_part(thread, "comment1.xml", lambda _: text)
    [sheet] = read_sheets(thread, "xlsx").sheets
    assert [(c.place, c.text) for c in sheet.comments or ()] == [(Place(4, 2), "drie")]


def test_a_sheet_of_comments_alone_is_looked_at(judged: Judged, sheet: Sheet) -> None:
    def change(book: Any) -> None:
        book.worksheets[0]["A1"].comment = Comment(MAIL, "x")

    data = workbook(("Leeg", []), ("Projecten", sheet.rows), change=change)
    found = judged(data).report.findings
    assert {(f.constraint, f.sheet) for f in found} == {
        ("unread-sheet", "Leeg"),
        ("comments-not-read", "Leeg"),
        ("personal-data-comment", "Leeg"),
    }


def test_comments_of_opendocument_are_read_and_no_part_of_the_cell() -> None:
    rows = words("a", "b") + annotated("0,5", "regel een", "<text:span>twee</text:span>")
    [sheet] = read_sheets(opendocument(rows), "ods").sheets
    assert sheet.rows == [["a", "b"], ["0,5"]]
    assert [(c.place, c.text) for c in sheet.comments or ()] == [(Place(2, 0), "regel een\ntwee")]
    percent = annotated("21%", "opmerking").replace('"string"', '"percentage" office:value="0.21"')
    [sheet] = read_sheets(opendocument(words("a") + percent), "ods").sheets
    assert sheet.rows == [["a"], ["21%"]]


def test_personal_data_in_a_comment_of_opendocument(judged: Judged, sheet: Sheet) -> None:
    data = opendocument(words(*sheet.rows[0]) + words(*sheet.rows[1]) + annotated("", MAIL))
    found = judged(data).report.findings
    assert ("personal-data-comment", "violation", 3, "A", None) in told(list(found))


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_too_many_comments_are_refused(kind: Any) -> None:
    comment = '<comment ref="A1"><text><t>x</t></text></comment>' * (MOST_COMMENTS + 1)
    if kind == "xlsx":
        data = with_comments([["a"]], ("A1", "x", "x"))
        part = f'<comments xmlns="urn:x"><commentList>{comment}</commentList></comments>'
        data = with_part(data, "comment1.xml", lambda _: part.encode())
    else:
        note = "<office:annotation><text:p>x</text:p></office:annotation>" * (MOST_COMMENTS + 1)
        data = opendocument(words("a").replace("><text:p>", f">{note}<text:p>"))
    fault = read_sheets(data, kind).fault
    assert fault is not None
    assert fault.constraint == "too-many-comments"


@pytest.mark.parametrize("change", [lambda part: part[:-9], lambda part: part.replace(b"A1", b"?")])
def test_comments_that_cannot_be_read_are_a_fault(
    judged: Judged, sheet: Sheet, change: Callable[[bytes], bytes]
) -> None:
    data = with_comments(sheet.rows, ("A1", "x", "x"))
    found = judged(with_part(data, "comment1.xml", change)).report.findings
    assert [(f.constraint, f.severity, f.sheet) for f in found] == [
        ("unreadable-comments", "violation", "Projecten")
    ]
