"""Answers as rows and as CSV."""

import csv
import hashlib
import io

import pyoxigraph as ox
from hypothesis import given
from hypothesis import strategies as st

from werkzaam.catalogue.tables import (
    digest_of,
    part_of,
    read_results,
    read_triples,
    write_csv,
    write_turtle,
)
from werkzaam.domain.answers import Table, Term

TABLE = Table(("a", "b"), tuple({"a": Term("literal", str(number))} for number in range(5)))


def test_results_are_read_with_all_they_say() -> None:
    table = read_results(
        b'{"head":{"vars":["x"]},"results":{"bindings":[{"x":{"type":"literal","value":"a",'
        b'"xml:lang":"nl"}},{"x":{"type":"literal","value":"1","datatype":"i"}},{}]}}'
    )
    assert table.rows[0]["x"] == Term("literal", "a", None, "nl")
    assert table.rows[1]["x"].datatype == "i"
    assert table.rows[2] == {}


def test_a_part_says_when_rows_are_left_out() -> None:
    assert not part_of(TABLE, None, 0).truncated
    assert part_of(TABLE, 2, 1).truncated
    assert [row["a"].value for row in part_of(TABLE, 2, 1).rows] == ["1", "2"]
    assert not part_of(TABLE, 4, 1).truncated


def test_csv_is_crlf_and_comma_with_empty_cells() -> None:
    assert write_csv(part_of(TABLE, 1, 0)) == b"a,b\r\n0,\r\n"
    assert write_csv(part_of(TABLE, 0, 0), byte_order_mark=True) == b"\xef\xbb\xbfa,b\r\n"


def test_text_that_a_spreadsheet_would_run_is_disarmed() -> None:
    for start in ("=", "+", "-", "@", "\t"):
        for term in (Term("literal", start + "1"), Term("literal", start + "1", None, "nl")):
            table = Table(("a",), ({"a": term},))
            for_excel = write_csv(table, byte_order_mark=True).decode("utf-8-sig")
            assert for_excel.splitlines()[1].lstrip('"').startswith("'")
            plain = list(csv.reader(io.StringIO(write_csv(table).decode(), newline="")))
            assert plain[1] == [start + "1"]
    for value, safe in (("-1", True), ("+1.5e3", True), ("-1+cmd", False)):
        number = Table(("a",), ({"a": Term("literal", value, datatype="integer")},))
        written = write_csv(number, byte_order_mark=True).decode("utf-8-sig").splitlines()[1]
        assert (written == value) is safe


def test_a_part_knows_how_large_the_whole_is() -> None:
    assert (TABLE.total, part_of(TABLE, 2, 1).total, part_of(TABLE, 0, 9).total) == (5, 5, 5)


def test_triples_are_rows_in_one_order_and_turtle_again() -> None:
    lines = [
        b'<urn:a> <urn:p> "b"@nl .',
        b'<urn:a> <urn:p> "1"^^<http://www.w3.org/2001/XMLSchema#integer> .',
        b'<urn:a> <urn:p> "b" .',
        b"<urn:a> <urn:o> _:x .",
        b"<urn:a> <urn:o> <urn:c> .",
        b"<urn:a> <urn:o> <urn:c> .",
    ]
    table = read_triples(b"\n".join(lines))
    assert table == read_triples(b"\n".join(reversed(lines)))
    assert (table.columns, table.total) == (("subject", "predicate", "object"), 5)
    written = write_turtle(table, {"u": "urn:"})
    assert b"@prefix u: <urn:>" in written
    assert set(ox.parse(written, format=ox.RdfFormat.TURTLE)) == set(
        ox.parse(b"\n".join(lines), format=ox.RdfFormat.N_TRIPLES)
    )


def test_the_digest_is_that_of_the_plain_file() -> None:
    assert digest_of(TABLE) == hashlib.sha256(write_csv(TABLE)).hexdigest()


@given(
    st.lists(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
)
def test_csv_is_read_back_as_written(texts: list[str]) -> None:
    table = Table(
        ("a", "b"), tuple({"a": Term("uri", text), "b": Term("uri", "x")} for text in texts)
    )
    read = list(csv.reader(io.StringIO(write_csv(table).decode(), newline="")))
    assert [row[0] for row in read[1:]] == texts
