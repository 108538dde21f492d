"""Answers as rows and as CSV."""

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from werkzaam.catalogue.tables import part_of, read_results, write_csv
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
        table = Table(("a",), ({"a": Term("literal", start + "1")},))
        assert write_csv(table).decode().splitlines()[1].lstrip('"').startswith("'")
    number = Table(("a",), ({"a": Term("literal", "-1", datatype="integer")},))
    assert write_csv(number) == b"a\r\n-1\r\n"


@given(
    st.lists(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
)
def test_csv_is_read_back_as_written(texts: list[str]) -> None:
    table = Table(
        ("a", "b"), tuple({"a": Term("uri", text), "b": Term("uri", "x")} for text in texts)
    )
    read = list(csv.reader(io.StringIO(write_csv(table).decode(), newline="")))
    assert [row[0] for row in read[1:]] == texts
