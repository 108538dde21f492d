"""What a test of the W3C expects, and whether an answer is that.

Solutions are a bag, or a list where the query says ORDER BY; blank nodes match one to one; numbers
match by value within one datatype.
"""

import contextlib
import csv
import io
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

import pyoxigraph as ox
from tests.contract.w3c.suites import path_of, read_triples

_RS = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
_XSD = "http://www.w3.org/2001/XMLSchema#"
_NUMBERS = {_XSD + name for name in ("integer", "decimal", "double", "float")}
_RESULTS = {
    ".srx": ox.QueryResultsFormat.XML,
    ".srj": ox.QueryResultsFormat.JSON,
    ".tsv": ox.QueryResultsFormat.TSV,
}

Cell = tuple[str, ...]
Row = Mapping[str, Cell]


@dataclass(frozen=True)
class Table:
    """Variables and solutions."""

    variables: frozenset[str]
    rows: Sequence[Row]


Outcome = bool | Table | list[ox.Triple]


def expected(iri: str) -> Outcome:
    """The result in the file ``iri``: a truth value, solutions or a graph."""
    path = path_of(iri)
    if path.suffix == ".csv":
        return table_of_csv(path.read_bytes())
    if path.suffix in _RESULTS:
        return outcome(path.read_bytes(), _RESULTS[path.suffix])
    triples = read_triples(iri)
    if any(triple.predicate.value.startswith(_RS) for triple in triples):
        return _result_set(triples)
    return triples


def outcome(body: bytes, form: ox.QueryResultsFormat) -> bool | Table:
    """A truth value or solutions, as a results format holds them."""
    found = ox.parse_query_results(body, format=form)
    if isinstance(found, ox.QueryBoolean):
        return bool(found)
    names = [variable.value for variable in found.variables]
    rows = [{n: _cell(t) for n in names if (t := solution[n]) is not None} for solution in found]
    return Table(frozenset(names), rows)


def table_of_csv(body: bytes) -> Table:
    """Solutions as CSV holds them: every value a text, an empty one not bound."""
    names, *lines = csv.reader(io.StringIO(body.decode("utf-8")))
    rows = [{n: _csv_cell(v) for n, v in zip(names, line, strict=True) if v} for line in lines]
    return Table(frozenset(names), rows)


def _csv_cell(value: str) -> Cell:
    """Numbers have no datatype in CSV, so they match by value."""
    if value.startswith("_:"):
        return ("blank", value)
    with contextlib.suppress(ValueError):
        return ("number", repr(float(value)))
    return ("text", value)


def same(wanted: Outcome, got: Outcome, *, ordered: bool = False, lax: bool = False) -> bool:
    """Whether ``got`` is what was wanted. ``lax``: duplicates may be missing (REDUCED)."""
    if isinstance(wanted, Table) and isinstance(got, Table):
        if wanted.variables != got.variables:
            return False
        if lax:
            few, many = _distinct(got.rows), _distinct(wanted.rows)
            return _same_rows(few, many, False) and len(got.rows) <= len(wanted.rows)
        return _same_rows(wanted.rows, got.rows, ordered)
    if isinstance(wanted, list) and isinstance(got, list):
        return canonical(wanted) == canonical(got)
    return type(wanted) is type(got) and wanted == got


def canonical(triples: Iterable[ox.Triple]) -> set[str]:
    """The lines of a graph, the same for every graph that is the same but for its blank nodes."""
    graph = ox.Dataset(ox.Quad(t.subject, t.predicate, _plain(t.object)) for t in triples)
    graph.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return {str(quad) for quad in graph}


def _plain(term: object) -> ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple:
    cell = _cell(term)
    if isinstance(term, ox.Literal) and term.datatype.value in _NUMBERS:
        return ox.Literal(cell[1], datatype=term.datatype)
    assert isinstance(term, ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple)
    return term


def _cell(term: object) -> Cell:
    if isinstance(term, ox.BlankNode):
        return ("blank", term.value)
    if isinstance(term, ox.Literal):
        value, datatype = term.value, term.datatype.value
        return ("literal", _number(value, datatype), datatype, (term.language or "").lower())
    return ("iri", str(term))


def _number(value: str, datatype: str) -> str:
    if datatype not in _NUMBERS:
        return value
    try:
        if datatype.endswith(("double", "float")):
            return repr(float(value.replace("INF", "inf")))
        return format(Decimal(value).normalize(), "f")
    except (InvalidOperation, ValueError):
        return value


def _distinct(rows: Sequence[Row]) -> list[Row]:
    return list({tuple(sorted(row.items())): row for row in rows}.values())


def _shape(row: Row) -> frozenset[tuple[str, Cell]]:
    return frozenset((n, ("blank",) if c[0] == "blank" else c) for n, c in row.items())


def _same_rows(wanted: Sequence[Row], got: Sequence[Row], ordered: bool) -> bool:
    if ordered:
        pairs = list(zip(wanted, got, strict=False))
        return len(wanted) == len(got) and _matches(
            [w for w, _ in pairs], [g for _, g in pairs], {}, True
        )
    if Counter(map(_shape, wanted)) != Counter(map(_shape, got)):
        return False
    blank = [row for row in wanted if any(c[0] == "blank" for c in row.values())]
    other = [row for row in got if any(c[0] == "blank" for c in row.values())]
    return _matches(blank, other, {}, False)


def _matches(
    wanted: Sequence[Row], got: Sequence[Row], nodes: dict[str, str], ordered: bool
) -> bool:
    """Whether the rows are the same under one to one names of blank nodes, by trying."""
    if not wanted:
        return not got
    for place, row in enumerate(got[:1] if ordered else got):
        named = _paired(wanted[0], row, nodes)
        rest = [*got[:place], *got[place + 1 :]]
        if named is not None and _matches(wanted[1:], rest, named, ordered):
            return True
    return False


def _paired(wanted: Row, got: Row, nodes: dict[str, str]) -> dict[str, str] | None:
    """``nodes`` with what these two rows add, or None where they differ."""
    if _shape(wanted) != _shape(got):
        return None
    named = dict(nodes)
    for name, cell in wanted.items():
        if cell[0] == "blank" and named.setdefault(cell[1], got[name][1]) != got[name][1]:
            return None
    return named if len(set(named.values())) == len(named) else None


def _result_set(triples: Sequence[ox.Triple]) -> bool | Table:
    """`Result sets in RDF <https://www.w3.org/2001/sw/DataAccess/tests/result-set>`_."""
    by: dict[tuple[str, str], list[ox.Triple]] = {}
    for triple in triples:
        key = (str(triple.subject), triple.predicate.value.removeprefix(_RS))
        by.setdefault(key, []).append(triple)
    for (_, name), found in by.items():
        if name == "boolean":
            return str(getattr(found[0].object, "value", "")) == "true"
    names = {t.object.value for t in triples if t.predicate.value == _RS + "resultVariable"}  # type: ignore[union-attr]
    found_rows = []
    for triple in triples:
        if triple.predicate.value != _RS + "solution":
            continue
        node = str(triple.object)
        index = by.get((node, "index"))
        row = {}
        for binding in by.get((node, "binding"), []):
            part = str(binding.object)
            variable = by[part, "variable"][0].object.value  # type: ignore[union-attr]
            row[variable] = _cell(by[part, "value"][0].object)
        found_rows.append((int(index[0].object.value) if index else 0, row))  # type: ignore[union-attr]
    found_rows.sort(key=lambda pair: pair[0])
    return Table(frozenset(names), [row for _, row in found_rows])
