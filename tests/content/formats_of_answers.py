"""What an answer says in each format, beside the expected result of its question."""

import csv
import io
import json
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import openpyxl
import pyoxigraph as ox
from tests.content.test_catalogued_queries import EXPECTED

from werkzaam.api.answer_limits import limits_of
from werkzaam.api.answer_responses import results_json
from werkzaam.api.answer_workbook import answer_workbook
from werkzaam.api.answers_json import answer_json
from werkzaam.api.links import Links
from werkzaam.catalogue.questions import Answered, Catalogue
from werkzaam.catalogue.tables import TRIPLE, write_csv, write_turtle

_LINKS = Links("https://example.org")


def check_csv(_: Catalogue, answered: Answered) -> None:
    """As expected, byte by byte."""
    assert write_csv(answered.table) == (EXPECTED / f"{answered.query.name}.csv").read_bytes()


def check_json(_: Catalogue, answered: Answered) -> None:
    """As expected, with limits that count what is there."""
    said = json.loads(json.dumps(answer_json(answered, "nl", _LINKS)))
    names = [column["name"] for column in said["columns"]]
    rows = [[row.get(name, {"value": ""})["value"] for name in names] for row in said["rows"]]
    assert [names, *rows] == _expected(answered)
    limits = said["limits"]
    assert limits["total"] == limits["returned"] == len(rows)
    empty = {n: sum(n not in row for row in said["rows"]) for n in names}
    assert limits["empty"] == {n: number for n, number in empty.items() if number}


def check_sparql_results(_: Catalogue, answered: Answered) -> None:
    """As expected."""
    said = json.loads(results_json(answered))
    names = said["head"]["vars"]
    rows = [
        [row.get(name, {}).get("value", "") for name in names]
        for row in said["results"]["bindings"]
    ]
    assert [names, *rows] == _expected(answered)


def check_workbook(catalogue: Catalogue, answered: Answered) -> None:
    """Cells of text, numbers, dates and truth values that show what is expected; no formulas."""
    data = answer_workbook(limits_of(answered), catalogue, _LINKS, "nl", demo=False)
    sheet = openpyxl.load_workbook(io.BytesIO(data), read_only=True).worksheets[0]
    rows = list(sheet.iter_rows(min_row=2))
    assert {cell.data_type for row in rows for cell in row} <= {"s", "n", "b", "d", None}
    wanted = _expected(answered)[1:]
    assert len(rows) == len(wanted)
    for row, texts in zip(rows, wanted, strict=True):
        cells = [cell.value for cell in row] + [None] * (len(texts) - len(row))
        assert [_same(cell, text) for cell, text in zip(cells, texts, strict=True)] == [True] * len(
            texts
        )


def check_turtle(_: Catalogue, answered: Answered) -> None:
    """As expected where the answer is a graph; there is no other."""
    if answered.query.form == "SELECT":
        assert answered.table.columns != TRIPLE
        return
    written = ox.parse(write_turtle(answered.table, {}), format=ox.RdfFormat.TURTLE)
    triples = {(q.subject.value, q.predicate.value, q.object.value) for q in written}
    assert triples == {tuple(row) for row in _expected(answered)[1:]}


CHECKS = (check_csv, check_json, check_sparql_results, check_workbook, check_turtle)


def _expected(answered: Answered) -> list[list[str]]:
    text = (EXPECTED / f"{answered.query.name}.csv").read_bytes().decode()
    return list(csv.reader(io.StringIO(text, newline="")))


def _same(cell: Any, text: str) -> bool:
    """Whether a spreadsheet program shows in ``cell`` what the CSV says."""
    if isinstance(cell, bool):
        return text == str(cell).lower()
    if isinstance(cell, (int, float)):
        return Decimal(text) == Decimal(str(cell))
    if isinstance(cell, (date, datetime)):
        return text == cell.isoformat()[:10]
    return (cell or "") == text.replace("\r\n", "\n")
