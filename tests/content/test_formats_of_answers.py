"""Every question in every format says what its expected result says."""

import csv
import io
import json
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

import openpyxl
import pyoxigraph as ox
import pytest
from tests.content.test_catalogued_queries import EXPECTED, NAMES

from werkzaam.api.answer_limits import limits_of
from werkzaam.api.answer_responses import results_json
from werkzaam.api.answer_workbook import answer_workbook
from werkzaam.api.answers_json import answer_json
from werkzaam.api.links import Links
from werkzaam.catalogue.questions import Answered, Catalogue
from werkzaam.catalogue.tables import TRIPLE, write_turtle

LINKS = Links("https://example.org")
each = pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.xdist_group(name)) for name in NAMES]
)


@pytest.fixture(scope="module")
def answers(catalogue: Catalogue) -> Any:
    """The answer of a question with no more than it must be given, asked once."""
    return cache(lambda name: catalogue.answer(catalogue.get(name), catalogue.get(name).example))


def expected(name: str) -> list[list[str]]:
    text = (EXPECTED / f"{name}.csv").read_bytes().decode()
    return list(csv.reader(io.StringIO(text, newline="")))


@each
def test_json(answers: Any, name: str) -> None:
    answered: Answered = answers(name)
    said = json.loads(json.dumps(answer_json(answered, "nl", LINKS)))
    names = [column["name"] for column in said["columns"]]
    rows = [[row.get(name, {"value": ""})["value"] for name in names] for row in said["rows"]]
    assert [names, *rows] == expected(name)
    limits = said["limits"]
    assert limits["total"] == limits["returned"] == len(rows)
    empty = {n: sum(n not in row for row in said["rows"]) for n in names}
    assert limits["empty"] == {n: number for n, number in empty.items() if number}


@each
def test_sparql_results(answers: Any, name: str) -> None:
    said = json.loads(results_json(answers(name)))
    names = said["head"]["vars"]
    rows = [
        [row.get(name, {}).get("value", "") for name in names]
        for row in said["results"]["bindings"]
    ]
    assert [names, *rows] == expected(name)


@each
def test_workbook(catalogue: Catalogue, answers: Any, name: str) -> None:
    limits = limits_of(answers(name))
    data = answer_workbook(limits, catalogue, LINKS, "nl", demo=False)
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    kinds = {cell.data_type for row in sheet.iter_rows() for cell in row}
    assert kinds <= {"s", "n", "b", "d"}
    found = [list(row) for row in sheet.iter_rows(min_row=2, values_only=True)]
    wanted = expected(name)[1:]
    assert len(found) == len(wanted)
    for row, texts in zip(found, wanted, strict=True):
        assert [_same(cell, text) for cell, text in zip(row, texts, strict=True)] == [True] * len(
            row
        )


@each
def test_turtle_where_the_answer_is_a_graph(catalogue: Catalogue, answers: Any, name: str) -> None:
    answered: Answered = answers(name)
    if catalogue.get(name).form == "SELECT":
        assert answered.table.columns != TRIPLE
        return
    written = ox.parse(write_turtle(answered.table, {}), format=ox.RdfFormat.TURTLE)
    triples = {(q.subject.value, q.predicate.value, q.object.value) for q in written}
    assert triples == {tuple(row) for row in expected(name)[1:]}


def test_there_is_a_question_whose_answer_is_a_graph(catalogue: Catalogue) -> None:
    assert [query.name for query in catalogue.all() if query.form == "CONSTRUCT"]


def _same(cell: Any, text: str) -> bool:
    """Whether a spreadsheet program shows in ``cell`` what the CSV says."""
    if isinstance(cell, bool):
        return text == str(cell).lower()
    if isinstance(cell, (int, float)):
        return Decimal(text) == Decimal(str(cell))
    if isinstance(cell, (date, datetime)):
        return text == cell.isoformat()[:10]
    return (cell or "") == text.replace("\r\n", "\n")
