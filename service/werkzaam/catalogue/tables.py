"""Answers as rows: read from SPARQL results, written as CSV."""

import csv
import io
import json
from typing import Any

from werkzaam.domain.answers import Row, Table, Term

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def read_results(body: bytes) -> Table:
    """A table from `SPARQL results JSON <https://www.w3.org/TR/sparql11-results-json/>`_."""
    results = json.loads(body)
    rows = tuple(
        {name: _term(cell) for name, cell in binding.items()}
        for binding in results["results"]["bindings"]
    )
    return Table(tuple(results["head"]["vars"]), rows)


def part_of(table: Table, limit: int | None, after: int) -> Table:
    """The rows after row number ``after``, ``limit`` at the most; says when rows were left out."""
    rows = table.rows[after:]
    kept = rows if limit is None else rows[:limit]
    return Table(table.columns, kept, len(kept) < len(rows), limit, after)


def write_csv(table: Table, *, byte_order_mark: bool = False, mark: str = "") -> bytes:
    """CSV after `RFC 4180 <https://www.rfc-editor.org/rfc/rfc4180>`_: UTF-8, CRLF, comma.

    The header names the columns, IRIs stand in full, an unbound cell is empty. Text that a
    spreadsheet would run as a formula gets an apostrophe in front. A ``mark`` stands in a last column
    of every row.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([*table.columns, "demo"] if mark else table.columns)
    for row in table.rows:
        cells = [_cell(row, name) for name in table.columns]
        writer.writerow([*cells, mark] if mark else cells)
    return out.getvalue().encode("utf-8-sig" if byte_order_mark else "utf-8")


def _term(cell: dict[str, Any]) -> Term:
    return Term(cell["type"], cell["value"], cell.get("datatype"), cell.get("xml:lang"))


def _cell(row: Row, name: str) -> str:
    term = row.get(name)
    if term is None:
        return ""
    is_text = term.kind == "literal" and term.datatype is None
    if is_text and term.value.startswith(_FORMULA_STARTS):
        return "'" + term.value
    return term.value
