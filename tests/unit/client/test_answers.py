"""An answer in Python: values of the right type, labels in the place of IRIs, a frame where pandas is."""

import importlib
import sys
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from types import ModuleType
from typing import Any

import pytest

from werkzaam.client.answers import Answer, PandasMissing, value_of
from werkzaam.domain.answers import Table, Term
from werkzaam.errors import WerkzaamError

XSD = "http://www.w3.org/2001/XMLSchema#"


def literal(value: str, kind: str = "") -> Term:
    return Term("literal", value, XSD + kind if kind else None)


def an_answer() -> Answer:
    thing, label, number = Term("uri", "urn:a"), literal("Voorbeeld A"), literal("3", "integer")
    rows: tuple[dict[str, Term], ...] = (
        {"thing": thing, "name": label, "count": number},
        {"thing": Term("uri", "urn:b"), "count": number},
        {},
    )
    return Answer(
        "topic/question",
        Table(("thing", "name", "count"), rows, truncated=True),
        {"thing": "Thing", "name": "Name", "count": "How many"},
        {"thing": "name"},
        version=4,
        limits={"total": 9},
        permalink="http://localhost/p",
    )


@pytest.mark.parametrize(
    ("term", "value"),
    [
        (Term("uri", "urn:a"), "urn:a"),
        (literal("x"), "x"),
        (literal("7", "integer"), 7),
        (literal("7.10", "decimal"), Decimal("7.10")),
        (literal("1e3", "double"), 1000.0),
        (literal("-INF", "double"), float("-inf")),
        (literal("1", "boolean"), True),
        (literal("2023-10-04", "date"), date(2023, 10, 4)),
        (literal("2023-10-04T01:02:03Z", "dateTime"), datetime(2023, 10, 4, 1, 2, 3, tzinfo=UTC)),
        (literal("2023", "gYear"), "2023"),
        (literal("soon", "date"), "soon"),
        (literal("many", "decimal"), "many"),
        (Term("literal", "7", "urn:integer"), "7"),
    ],
)
def test_values_have_the_type_that_python_has_for_them(term: Term, value: object) -> None:
    found = value_of(term)
    assert found == value
    assert type(found) is type(value)


def test_rows_have_every_column_and_none_where_there_is_nothing() -> None:
    answer = an_answer()
    assert answer.rows == list(answer)
    assert answer.rows == [
        {"thing": "urn:a", "name": "Voorbeeld A", "count": 3},
        {"thing": "urn:b", "name": None, "count": 3},
        {"thing": None, "name": None, "count": None},
    ]
    assert len(answer) == 3
    assert answer.truncated


def test_labels_stand_in_the_place_of_things_under_headings() -> None:
    assert an_answer().labels() == [
        {"Thing": "Voorbeeld A", "How many": 3},
        {"Thing": "urn:b", "How many": 3},
        {"Thing": None, "How many": None},
    ]


def test_two_headings_of_the_same_words_stay_apart() -> None:
    table = Table(("a", "b"), ({"a": literal("1"), "b": literal("2")},))
    assert Answer("q", table, {"a": "X", "b": "X"}).labels() == [{"X (a)": "1", "X (b)": "2"}]


def test_without_pandas_the_error_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(PandasMissing, match="pip install pandas") as refused:
        an_answer().to_pandas()
    assert isinstance(refused.value, WerkzaamError | ImportError)


class Frame:
    """As much of a frame of pandas as is used."""

    def __init__(self, rows: list[dict[str, Any]], columns: list[str] | None) -> None:
        self.rows, self.columns = rows, columns
        self.attrs: dict[str, Any] = {}


def test_a_frame_carries_the_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    stub: Any = ModuleType("pandas")
    stub.DataFrame = Frame
    monkeypatch.setitem(sys.modules, "pandas", stub)
    frame = an_answer().to_pandas()
    assert frame.columns == ["thing", "name", "count"]
    assert frame.rows == an_answer().rows
    assert frame.attrs == {
        "name": "topic/question",
        "version": 4,
        "limits": {"total": 9},
        "truncated": True,
        "permalink": "http://localhost/p",
    }
    assert an_answer().to_pandas(labels=True).columns == ["Thing", "How many"]
    nothing = replace(an_answer(), table=Table(("thing", "name", "count"), ()))
    assert nothing.to_pandas(labels=True).columns == ["Thing", "How many"]


def test_the_package_gives_its_names_when_asked() -> None:
    client = importlib.import_module("werkzaam.client")
    assert {getattr(client, name).__name__ for name in client.__all__} == set(client.__all__)
    with pytest.raises(AttributeError, match="Nothing"):
        _ = client.Nothing
