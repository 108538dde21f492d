"""Linked data as records: parsed, nothing fetched, each statement under the record that it is about.

`Turtle <https://www.w3.org/TR/turtle/>`_, `TriG <https://www.w3.org/TR/trig/>`_, `N-Triples
<https://www.w3.org/TR/n-triples/>`_, `N-Quads <https://www.w3.org/TR/n-quads/>`_, `RDF/XML
<https://www.w3.org/TR/rdf-syntax-grammar/>`_ and `JSON-LD <https://www.w3.org/TR/json-ld11/>`_ whose
contexts stand in the file itself.
"""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from xml.parsers import expat

import pyoxigraph as ox

from werkzaam.domain.identifiers import RECORDS_GRAPH
from werkzaam.ingest.cells import Cell
from werkzaam.ingest.faults import finding
from werkzaam.ingest.formats import Format
from werkzaam.ingest.limits import MOST_FINDINGS_ALIKE, MOST_ITEMS, MOST_ROWS, MOST_STATEMENTS
from werkzaam.ingest.mapping_language import TableMapping
from werkzaam.ingest.nesting import MOST_NESTED, is_nested_too_deep
from werkzaam.ingest.report import CellFinding
from werkzaam.ingest.statement_faults import NoJsonValue, broken_statements

FORMATS: Final[Mapping[Format, ox.RdfFormat]] = {
    "turtle": ox.RdfFormat.TURTLE,
    "trig": ox.RdfFormat.TRIG,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "nquads": ox.RdfFormat.N_QUADS,
    "rdfxml": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
}
"""The formats of linked data, as the parser knows them."""

UNKNOWN_TERMS: Final = "urn:werkzaam:unknown:"
"""What the address of a term of JSON-LD begins with that its context does not know."""

_GRAPHS: Final = (ox.DefaultGraph(), ox.NamedNode(RECORDS_GRAPH))


@dataclass(frozen=True)
class StatementsReading:
    """``records``: the statements by the IRI of their record; none where the file cannot be read."""

    records: Mapping[str, Sequence[ox.Quad]]
    findings: tuple[CellFinding, ...]


def read_statements(data: bytes, kind: Format, mapping: TableMapping) -> StatementsReading:
    """The statements in ``data`` about records of ``mapping``."""
    records: dict[str, list[ox.Quad]] = defaultdict(list)
    found: list[CellFinding] = []
    owner = _Owner(mapping)
    number = 0
    try:
        if is_nested_too_deep(data, kind):
            return _unread(finding("deep-statements", Cell(), most=MOST_NESTED))
        text = with_vocabulary(data) if kind == "jsonld" else data
        for number, quad in enumerate(ox.parse(text, format=FORMATS[kind]), start=1):
            if number > MOST_STATEMENTS or len(records) > MOST_ROWS:
                return _unread(finding("too-many-statements", Cell(), most=MOST_STATEMENTS))
            fault = _fault(quad)
            iri = None if fault else owner.of(quad)
            if iri is not None:
                records[iri].append(quad)
            elif len(found) < MOST_FINDINGS_ALIKE:
                found.append(fault or _elsewhere(quad))
    except (SyntaxError, ValueError, RecursionError, expat.ExpatError) as fault:
        return _unread(broken_statements(fault, kind))
    if not number:
        return _unread(finding("empty-file", Cell()))
    found += _shortened(records, mapping)
    return StatementsReading(records, tuple(found))


def _shortened(records: dict[str, list[ox.Quad]], mapping: TableMapping) -> Iterator[CellFinding]:
    """Keep of each list in ``records`` no more than a cell may hold; a finding for each longer one."""
    lists = {column.property for column in mapping.every_column if column.item is None}
    for iri, quads in records.items():
        if len(quads) <= MOST_ITEMS:
            continue
        kept: list[ox.Quad] = []
        seen: Counter[tuple[str, str]] = Counter()
        last: dict[tuple[str, str], ox.Quad] = {}
        for quad in quads:
            one = (str(quad.subject), quad.predicate.value)
            seen[one] += one[1] in lists
            if seen[one] <= MOST_ITEMS:
                kept.append(quad)
            else:
                last.setdefault(one, quad)
        records[iri] = kept
        for one, quad in last.items():
            yield finding("too-many-items", _cell(quad), count=seen[one], most=MOST_ITEMS)


def with_vocabulary(data: bytes) -> bytes:
    """JSON-LD in which terms that its context does not know are properties of nobody, instead of being
    left out without a word. Raises ValueError or RecursionError for what is no JSON."""
    document = json.loads(data, parse_constant=_no_value)
    roots = document if isinstance(document, list) else [document]
    for root in roots:
        if isinstance(root, dict):
            given = root.get("@context", [])
            root["@context"] = [
                {"@vocab": UNKNOWN_TERMS},
                *(given if isinstance(given, list) else [given]),
            ]
    return json.dumps(document).encode()


def _no_value(text: str) -> object:
    raise NoJsonValue(text)


class _Owner:
    """Tells of which record a statement is: its subject is the record's IRI, or one below it."""

    def __init__(self, mapping: TableMapping) -> None:
        parts = (re.split(r"\{[^{}]*\}", text) for text in (mapping.about, mapping.example_about))
        texts = ("[^/]+".join(map(re.escape, part)) for part in parts)
        self._pattern = re.compile(f"({'|'.join(texts)})(?:/.*)?")

    def of(self, quad: ox.Quad) -> str | None:
        match = self._pattern.fullmatch(str(getattr(quad.subject, "value", "")))
        return match[1] if match else None


def _fault(quad: ox.Quad) -> CellFinding | None:
    if any(not isinstance(node, ox.NamedNode | ox.Literal) for node in (quad.subject, quad.object)):
        return finding("nameless-thing", _cell(quad))
    if quad.graph_name not in _GRAPHS:
        return finding("other-graph", Cell(text=str(getattr(quad.graph_name, "value", ""))))
    return None


def _elsewhere(quad: ox.Quad) -> CellFinding:
    cell = _cell(quad)
    return finding("about-something-else", cell, about=cell.path or "")


def _cell(quad: ox.Quad) -> Cell:
    """Where a statement stands: its subject; a thing without an address has no place."""
    value = quad.object.value if isinstance(quad.object, ox.NamedNode | ox.Literal) else ""
    subject = quad.subject.value if isinstance(quad.subject, ox.NamedNode) else None
    return Cell(title=quad.predicate.value, text=value, path=subject)


def _unread(fault: CellFinding) -> StatementsReading:
    return StatementsReading({}, (fault,))
