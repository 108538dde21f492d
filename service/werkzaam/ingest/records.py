"""Rows as records: statements about one thing and what stands below it, each traced to its cell."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import pyoxigraph as ox

from werkzaam.domain.identifiers import EXAMPLES, RECORDS_GRAPH, last_segment
from werkzaam.ingest.cell_checks import (
    identifier_faults,
    list_faults,
    read_personal_faults,
    text_faults,
)
from werkzaam.ingest.cells import Cell
from werkzaam.ingest.faults import finding
from werkzaam.ingest.mapping import Column, TableMapping
from werkzaam.ingest.report import CellFinding
from werkzaam.ingest.trace import Trace
from werkzaam.ingest.values import Vocabulary, items
from werkzaam.ingest.words import slug

_GRAPH = ox.NamedNode(RECORDS_GRAPH)
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"

Item = tuple[Cell, ox.NamedNode | ox.Literal]
Statement = tuple[str, str, ox.NamedNode | ox.Literal]


@dataclass(frozen=True)
class Record:
    """One row as statements."""

    iri: str
    row: int
    quads: frozenset[ox.Quad]


def record_lines(record: Record) -> list[bytes]:
    """The statements of ``record`` as N-Quads, in order of their bytes."""
    text = ox.serialize(record.quads, format=ox.RdfFormat.N_QUADS) or b""
    return sorted(line for line in text.split(b"\n") if line)


@dataclass(frozen=True)
class _Row:
    """A row by column name: its cells, and the items in them that have a meaning."""

    number: int
    cells: Mapping[str, Cell]
    items: Mapping[str, list[Item]]


@dataclass
class RecordMaker:
    """Makes records row by row, and remembers faults and cells.

    ``numbers``: column name → number in the file; ``header``: the titles as they stand there.
    ``demo``: examples are welcome; None leaves it to the first row, which binds the others.
    ``places``: the cell of every good identifier, by IRI.
    """

    mapping: TableMapping
    numbers: Mapping[str, int]
    header: Sequence[str]
    vocabulary: Vocabulary
    demo: bool | None
    trace: Trace = field(default_factory=Trace)
    findings: list[CellFinding] = field(default_factory=list)
    counts: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    places: dict[str, Cell] = field(default_factory=dict)
    _first_rows: dict[str, int] = field(default_factory=dict)

    def make(self, number: int, texts: Sequence[str]) -> Record:
        """The record of row ``number``. Faults go to ``findings``; with a fault in its identifier
        it gets an address of its own, only to look for further faults."""
        columns = self.mapping.columns
        cells = {column.name: self._cell(column, number, texts) for column in columns}
        meant = {column.name: self._items(column, cells[column.name]) for column in columns}
        row = _Row(number, cells, meant)
        iri = self._address(row)
        quads = {
            ox.Quad(ox.NamedNode(subject), ox.NamedNode(predicate), value, _GRAPH)
            for subject, predicate, value in self._statements(iri, row)
        }
        return Record(iri, number, frozenset(quads))

    def _cell(self, column: Column, row: int, texts: Sequence[str]) -> Cell:
        place = self.numbers.get(column.name)
        if place is None:
            return Cell(row, None, column.title(), "")
        return Cell(row, place, self.header[place], texts[place] if place < len(texts) else "")

    def _items(self, column: Column, cell: Cell) -> list[Item]:
        if column is self.mapping.identifier:
            faults = text_faults(cell) or identifier_faults(cell)
        else:
            faults = text_faults(cell) or read_personal_faults(cell)
        faults = faults or list_faults(cell, column.separator)
        good: dict[ox.NamedNode | ox.Literal, Cell] = {}
        for item in () if faults else items(column, cell):
            value = self.vocabulary.value(column, item)
            if isinstance(value, CellFinding):
                faults.append(value)
            elif value in good:
                self.findings.append(finding("repeated-item", item))
            else:
                good[value] = item
                if isinstance(value, ox.NamedNode):
                    self.counts[column.name][value.value] += 1
        if faults or (column.required and cell.column is None):
            self.trace.spoil(cell)
        self.findings += faults
        return [(item, value) for value, item in good.items()]

    def _address(self, row: _Row) -> str:
        cell = row.cells[self.mapping.identifier.name]
        name = None if self.trace.is_spoilt(cell) else slug(cell.text or "")
        about = self.mapping.example_about if self._is_example(row) else self.mapping.about
        place = "{" + self.mapping.identifier.name + "}"
        first = self._first_rows.setdefault(name or "", row.number)
        if name is not None and first == row.number:
            iri = about.replace(place, name)
            self.places[iri] = cell
        else:
            iri = about.replace(place, f"{name or 'row'}--{row.number}")
        if name is not None and first != row.number:
            self.findings.append(finding("duplicate-identifier", cell, first=first))
            self.trace.spoil(cell)
        self.trace.subject(iri, cell)
        return iri

    def _is_example(self, row: _Row) -> bool:
        """Whether a value is one for examples; a fault where that does not go with ``demo``."""
        named = [
            (item, value.value)
            for column in self.mapping.columns
            if column.required and column.choices
            for item, value in row.items[column.name]
        ]
        examples = [item for item, value in named if value.startswith(EXAMPLES)]
        if self.demo is None and named:
            self.demo = bool(examples)
        if examples and not self.demo:
            self.findings.append(finding("example-record", examples[0]))
        if self.demo and named and not examples:
            self.findings.append(finding("real-record-in-demo", named[0][0]))
        return bool(examples)

    def _statements(self, iri: str, row: _Row) -> Iterator[Statement]:
        yield iri, _TYPE, ox.NamedNode(self.mapping.kind)
        for column in self.mapping.columns:
            if column.silent:
                continue
            self.trace.property(iri, column.property, row.cells[column.name])
            for item, value in row.items[column.name]:
                if column.item and isinstance(value, ox.NamedNode):
                    yield from self._thing(iri, column, (item, value.value), row)
                    continue
                self.trace.statement(iri, column.property, value.value, item)
                yield iri, column.property, value

    def _thing(
        self, iri: str, column: Column, found: tuple[Cell, str], row: _Row
    ) -> Iterator[Statement]:
        """A thing below the record, about one item of a list."""
        assert column.item is not None  # noqa: S101
        thing, (item, value) = column.item, found
        about = thing.about.format(record=iri, item=last_segment(value))
        self.trace.subject(about, item)
        self.trace.statement(iri, column.property, about, item)
        yield iri, column.property, ox.NamedNode(about)
        yield about, _TYPE, ox.NamedNode(thing.kind)
        yield about, thing.property, ox.NamedNode(value)
        for state, said in thing.states:
            self.trace.property(about, state, item, last=True)
            yield about, state, said
        for copied, source in thing.copies:
            self.trace.property(about, copied, row.cells[source])
            for _, said in row.items[source]:
                yield about, copied, said
