"""From bytes to rows: encodings, delimiters, titles."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from werkzaam.ingest.cells import letters
from werkzaam.ingest.columns import match_columns
from werkzaam.ingest.gate_outcome import GateOutcome
from werkzaam.ingest.mapping import TableMapping, template
from werkzaam.ingest.reading import read_tables

Judged = Callable[..., GateOutcome]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("line", ["\r\n", "\n", "\r"])
def test_delimiters_and_line_ends_are_recognised(
    sheet: Any, judged: Judged, sound: GateOutcome, delimiter: str, line: str
) -> None:
    outcome = judged(sheet.data(delimiter=delimiter, line=line))
    assert outcome.report.findings == ()
    assert outcome.facts["delimiter"] == {",": "comma", ";": "semicolon", "\t": "tab"}[delimiter]
    assert outcome.records == sound.records


def test_windows_1252_is_read_as_such(sheet: Any, judged: Judged) -> None:
    outcome = judged(sheet.changed("titel", "Café – samen").data(encoding="cp1252"))
    assert outcome.report.file.encoding == "windows-1252"
    assert [finding.constraint for finding in outcome.report.findings] == ["encoding"]
    assert "Café – samen".encode() in next(iter(outcome.records.values()))


def test_a_byte_order_mark_is_no_part_of_the_first_title(
    sheet: Any, judged: Judged, sound: GateOutcome
) -> None:
    quoted = sheet.data().replace(b"identificatie", b'"identificatie"', 1)
    outcome = judged(b"\xef\xbb\xbf" + quoted)
    assert outcome.report.conforms
    assert outcome.records == sound.records


@pytest.mark.parametrize("change", [str.upper, str.title, lambda t: f" {t} ", "\ufeff".__add__])
def test_titles_match_whatever_their_case_and_spaces(
    mapping: TableMapping, change: Callable[[str], str]
) -> None:
    for language in ("nl", "en"):
        titles = [change(column.title(language)) for column in mapping.columns]
        matched = match_columns(titles, mapping)
        assert matched.places == {c.name: n for n, c in enumerate(mapping.columns)}
        assert matched.findings == ()


@pytest.mark.parametrize(
    ("above", "delimiter", "line"),
    [("sep=;\r\n", ";", 2), ("Projecten 2024\r\n\r\n", ",", 3), ("a,b,c\n", "\t", 2)],
)
def test_a_line_above_the_titles_is_the_one_thing_said(
    sheet: Any, judged: Judged, above: str, delimiter: str, line: int
) -> None:
    outcome = judged(above.encode() + sheet.data(delimiter=delimiter))
    [found] = outcome.report.findings
    assert (outcome.readable, found.constraint, found.row) == (False, "line-above-titles", 1)
    assert f"line {line}" in found.message.en


def test_columns_may_stand_in_any_order(sheet: Any, judged: Judged, sound: GateOutcome) -> None:
    turned = type(sheet)([list(reversed(row)) for row in sheet.rows])
    assert judged(turned.data()).records == sound.records


def test_a_template_has_all_columns_and_no_row(mapping: TableMapping) -> None:
    for language in ("nl", "en"):
        reading = read_tables(template(mapping, language), "csv", mapping)
        [table] = reading.tables
        assert len(table.columns.places) == len(mapping.columns)
        assert list(table.records) == []


@pytest.mark.parametrize(
    ("number", "name"),
    [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (701, "ZZ"), (702, "AAA")],
)
def test_columns_are_named_as_a_spreadsheet_does(number: int, name: str) -> None:
    assert letters(number) == name


def test_rows_are_counted_as_a_spreadsheet_does(sheet: Any, judged: Judged) -> None:
    broken = sheet.changed(
        "samenvatting", "een\r\ntwee\r\ndrie, en nog iets langer dan veertig tekens"
    )
    broken = broken.with_row("deelnemers", "veel").changed("identificatie", "P 02", 2)
    data = broken.data().replace(b"\r\nP 02", b"\r\n\r\nP 02")
    [finding] = judged(data).report.findings
    assert (finding.constraint, finding.row, finding.column) == ("invalid-number", 4, "I")


@given(st.binary(max_size=400))
@settings(max_examples=300, deadline=2000)
def test_any_bytes_are_read_or_refused(mapping: TableMapping, data: bytes) -> None:
    reading = read_tables(data, "csv", mapping)
    assert reading.tables or reading.findings


@given(st.text(alphabet=',;"\t\r\n aP\u00e90', max_size=60))
@settings(max_examples=300, deadline=2000)
def test_any_rows_below_good_titles_are_read_or_refused(mapping: TableMapping, text: str) -> None:
    data = template(mapping, "nl") + text.encode()
    reading = read_tables(data, "csv", mapping)
    assert reading.tables or [f.constraint for f in reading.findings if f.row]
