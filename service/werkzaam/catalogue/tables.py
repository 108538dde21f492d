"""Answers as rows: read from SPARQL results or from triples, written as CSV."""

import csv
import hashlib
import io
import json
import re
from typing import Any, Final

import pyoxigraph as ox

from werkzaam.domain.answers import Table, Term
from werkzaam.domain.characters import begins_as_formula
from werkzaam.errors import StoreUnavailable

TRIPLE: Final = ("subject", "predicate", "object")
"""The columns of an answer that is a graph."""

_NUMBER: Final = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")
_TEXT: Final = "http://www.w3.org/2001/XMLSchema#string"
_LANGUAGE_TEXT: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"


def read_results(body: bytes) -> Table:
    """A table from `SPARQL results JSON <https://www.w3.org/TR/sparql11-results-json/>`_."""
    results = json.loads(body)
    rows = tuple(
        {name: _term(cell) for name, cell in binding.items()}
        for binding in results["results"]["bindings"]
    )
    return Table(tuple(results["head"]["vars"]), rows)


def read_triples(body: bytes) -> Table:
    """A table of a row for each triple of `Turtle <https://www.w3.org/TR/turtle/>`_ or N-Triples, which
    are a part of it, in the order of their text: an engine gives them in any.

    Raises StoreUnavailable where it is neither.
    """
    try:
        found = {(str(quad.subject), str(quad.predicate), str(quad.object)): quad
                 for quad in ox.parse(body, format=ox.RdfFormat.TURTLE)}  # fmt: skip
    except SyntaxError:
        raise StoreUnavailable("The engine answered with something that is not RDF.") from None
    rows = tuple(
        {
            "subject": _term_of(found[key].subject),
            "predicate": _term_of(found[key].predicate),
            "object": _term_of(found[key].object),
        }
        for key in sorted(found)
    )
    return Table(TRIPLE, rows)


def write_turtle(table: Table, prefixes: dict[str, str]) -> bytes:
    """The triples of ``table`` as `Turtle <https://www.w3.org/TR/turtle/>`_."""
    triples = (
        ox.Triple(*(_rdf(row[name]) for name in TRIPLE))  # type: ignore[arg-type]
        for row in table.rows
    )
    return ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=prefixes) or b""


def digest_of(table: Table) -> str:
    """The SHA-256 of ``table`` as plain CSV: whoever kept that file can check it."""
    return hashlib.sha256(write_csv(table)).hexdigest()


def part_of(table: Table, limit: int | None, after: int) -> Table:
    """The rows after row number ``after``, ``limit`` at the most; says when rows were left out."""
    rows = table.rows[after:]
    kept = rows if limit is None else rows[:limit]
    return Table(table.columns, kept, len(kept) < len(rows), limit, after, len(table.rows))


def write_csv(table: Table, *, byte_order_mark: bool = False, mark: str = "") -> bytes:
    """CSV after `RFC 4180 <https://www.rfc-editor.org/rfc/rfc4180>`_: UTF-8, CRLF, comma.

    The header names the columns, IRIs stand in full, an unbound cell is empty. With a
    ``byte_order_mark`` it is meant for a spreadsheet program, so text that such a program would run as
    a formula gets an apostrophe in front; without it every cell is the value and nothing else. A ``mark``
    stands in a last column of every row.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([*table.columns, "demo"] if mark else table.columns)
    written = _harmless if byte_order_mark else _cell
    for row in table.rows:
        cells = [written(row.get(name)) for name in table.columns]
        writer.writerow([*cells, mark] if mark else cells)
    return out.getvalue().encode("utf-8-sig" if byte_order_mark else "utf-8")


def _term(cell: dict[str, Any]) -> Term:
    return Term(cell["type"], cell["value"], cell.get("datatype"), cell.get("xml:lang"))


def _term_of(node: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> Term:
    if isinstance(node, ox.NamedNode):
        return Term("uri", node.value)
    if isinstance(node, ox.Literal):
        datatype = node.datatype.value
        plain = datatype in (_TEXT, _LANGUAGE_TEXT)
        return Term("literal", node.value, None if plain else datatype, node.language)
    return Term("bnode", node.value if isinstance(node, ox.BlankNode) else str(node))


def _rdf(term: Term) -> ox.NamedNode | ox.BlankNode | ox.Literal:
    if term.kind == "uri":
        return ox.NamedNode(term.value)
    if term.kind == "bnode":
        return ox.BlankNode(term.value)
    if term.language:
        return ox.Literal(term.value, language=term.language)
    datatype = ox.NamedNode(term.datatype) if term.datatype else None
    return ox.Literal(term.value, datatype=datatype)


def _cell(term: Term | None) -> str:
    return "" if term is None else term.value


def _harmless(term: Term | None) -> str:
    if term is None:
        return ""
    number = term.datatype is not None and _NUMBER.fullmatch(term.value)
    return f"'{term.value}" if begins_as_formula(term.value) and not number else term.value
