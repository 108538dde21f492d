"""What kind of file an upload is, by its bytes and its name."""

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from werkzaam.errors import UnsupportedMediaType
from werkzaam.ingest.formats import Format, format_of

ODS = b"PK\x03\x04" + b"\0" * 26 + b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet"
XLSX = b"PK\x03\x04 ... xl/workbook.xml ..."


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (XLSX, "a.xlsx", "xlsx"),
        (XLSX, "a.csv", "xlsx"),
        (XLSX, "a", "xlsx"),
        (ODS, "a.ods", "ods"),
        (b"a,b", "a.csv", "csv"),
        (b"a\tb", "a.TSV", "csv"),
        (b"a,b", "a", "csv"),
        (b"", "a", "csv"),
        (b"[]", "a.json", "json"),
        (b' \n{"a": 1}', "a", "json"),
        (b'{"@context": {}}', "a.json", "jsonld"),
        (b'\xef\xbb\xbf[{"@graph" : []}]', "a.json", "jsonld"),
        (b'[{"@id" : "urn:a"}]', "a.json", "json"),
        (b"{}", "a.jsonl", "jsonl"),
        (b"{}", "a.ndjson", "jsonl"),
        (b"{}", "a.jsonld", "jsonld"),
        (b"", "a.ttl", "turtle"),
        (b"@prefix a: <urn:a> .", "a", "turtle"),
        (b"", "a.trig", "trig"),
        (b"", "a.nt", "ntriples"),
        (b"", "a.nq", "nquads"),
        (b"", "a.rdf", "rdfxml"),
        (b"<?xml version='1.0'?>", "a", "rdfxml"),
    ],
)
def test_the_kind_is_told_by_bytes_and_name(data: bytes, name: str, kind: str) -> None:
    assert format_of(data, name) == kind


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"\xd0\xcf\x11\xe0", "a.xls", "password"),
        (b"\xd0\xcf\x11\xe0", "a.xlsx", "password"),
        (b"a,b\r\n1,2", "a.xlsx", "ends in .xlsx, but what is in it is text"),
        (b"a;b", "a.ods", "end in .csv"),
        (b"\xef\xbb\xbfa;b", "a.XLS", "ends in .xls,"),
        (b"", "a.xlsx", "kind of file"),
        (b"<html>", "a.xls", "kind of file"),
        (b"a\0b", "a.xlsx", "kind of file"),
        (b"PK\x03\x04 word/document.xml", "a.xlsx", "kind of file"),
        (b"%PDF-1.7", "a.csv", "kind of file"),
        (b"\x1f\x8b", "a.csv", "kind of file"),
        (b"a,b", "a.docx", "kind of file"),
    ],
)
def test_what_is_not_read_says_what_to_send(data: bytes, name: str, words: str) -> None:
    with pytest.raises(UnsupportedMediaType, match=words) as refused:
        format_of(data, name)
    assert ".xlsx" in str(refused.value)


@given(
    st.binary(max_size=40), st.sampled_from(["a", "a.csv", "a.json", "a.xlsx", "a.exe", "..", ""])
)
def test_any_bytes_have_a_kind_or_are_refused(data: bytes, name: str) -> None:
    try:
        found = format_of(data, name)
    except UnsupportedMediaType:
        found = "csv"
    assert found in get_args(Format)
