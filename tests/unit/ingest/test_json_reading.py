"""JSON as records with the place of each."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from werkzaam.ingest.formats import Format
from werkzaam.ingest.json_reading import JsonRecord, pointed_at, read_json


def records(text: str, kind: Format = "json") -> list[JsonRecord]:
    reading = read_json(text.encode(), kind, "/projects")
    assert reading.findings == ()
    return list(reading.records)


@pytest.mark.parametrize(
    ("text", "paths"),
    [
        ('[{"a": 1}, {"a": 2}]', ["/0", "/1"]),
        ('{"projects": [{"a": 1}, {"a": 2}]}', ["/projects/0", "/projects/1"]),
        ('{"a": 1}', [""]),
        ("[]", []),
    ],
)
def test_a_list_a_document_with_a_list_and_one_record(text: str, paths: list[str]) -> None:
    assert [record.path for record in records(text)] == paths


def test_lines_have_their_numbers() -> None:
    found = records('{"a": 1}\n\n{"a": 2}\r\n', "jsonl")
    assert [(record.row, record.path) for record in found] == [(1, "/0"), (3, "/1")]


def test_numbers_stay_as_they_are_written() -> None:
    text = '{"a": 1.10, "b": 01, "c": 1e3}'.replace("01", "9" * 5000)
    [record] = records(text)
    assert record.value == {"a": "1.10", "b": "9" * 5000, "c": "1e3"}


@pytest.mark.parametrize(
    ("text", "kind", "constraint", "row"),
    [
        ('[{"a": 1},]', "json", "broken-json", 1),
        ('[\n{"a": 1}\n{"b"', "json", "broken-json", 3),
        ('{"a": 1}\n{"a"\n', "jsonl", "broken-json", 2),
        ("[" * 100_000, "json", "deep-json", None),
        ('{"a": 1, "a": 2}', "json", "repeated-key", None),
        ("[1]", "json", "no-json-record", None),
        ("[NaN]", "json", "not-a-json-value", None),
        ("", "json", "empty-file", None),
        ("\0", "json", "nul-byte", None),
    ],
)
def test_what_is_wrong_is_said(text: str, kind: Format, constraint: str, row: int | None) -> None:
    reading = read_json(text.encode(), kind, "/projects")
    [found] = reading.findings
    assert (found.constraint, found.row, list(reading.records)) == (constraint, row, [])


def test_a_pointer_finds_what_stands_there() -> None:
    value = {"a": [{"b/c": 1}], "d~": 2}
    assert pointed_at(value, "/a/0/b~1c") == 1
    assert pointed_at(value, "/d~0") == 2
    assert pointed_at(value, "") == value
    for nothing in ("/x", "/a/1", "/a/x", "/a/0/b~1c/e"):
        assert pointed_at(value, nothing) is None


@given(
    st.recursive(
        st.none() | st.booleans() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_any_json_is_read_or_refused(value: object) -> None:
    reading = read_json(json.dumps(value).encode(), "json", "/projects")
    assert bool(reading.findings) != bool(reading.records) or value == []
