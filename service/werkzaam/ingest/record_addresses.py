"""The IRIs of records: from the columns that tell them apart, and whether they are made up."""

from dataclasses import dataclass, field
from functools import cached_property

from werkzaam.domain.identifiers import EXAMPLES
from werkzaam.ingest.cells import Cell
from werkzaam.ingest.faults import finding
from werkzaam.ingest.iri_templates import template_of
from werkzaam.ingest.mapping import Column, TableMapping
from werkzaam.ingest.row_reading import RowReader
from werkzaam.ingest.row_statements import Row
from werkzaam.ingest.values import Vocabulary
from werkzaam.ingest.words import slug


@dataclass
class Addresses:
    """Gives each row the IRI of its record. ``demo``: as of ``RecordMaker``. ``places``: the cell of
    every good identifier, by IRI; ``by_name``: the IRIs by the slug of the first key."""

    mapping: TableMapping
    vocabulary: Vocabulary
    rows: RowReader
    demo: bool | None
    places: dict[str, Cell] = field(default_factory=dict)
    by_name: dict[str, str] = field(default_factory=dict)
    _faulty: int = 0

    @cached_property
    def names(self) -> frozenset[str]:
        """The columns whose text becomes part of the address of a record."""
        columns = (self.mapping.column(name) for name in self.mapping.keys)
        return frozenset(column.name for column in columns if not column.choices)

    @cached_property
    def _telling(self) -> tuple[Column, ...]:
        """The columns that tell examples from real records: some of their values are for examples."""
        return tuple(
            column
            for column in self.mapping.columns
            if column.required
            and column.choices
            and column.name in self.vocabulary.lists
            and any(iri.startswith(EXAMPLES) for iri in self.vocabulary.lists[column.name].labels)
        )

    def of(self, row: Row) -> str:
        """The IRI of the record of ``row``; with a fault in its identifier one of its own."""
        mapping = self.mapping
        cell = row.cells[mapping.key]
        template = template_of(mapping.example_about if self._is_example(row) else mapping.about)
        parts = {name: self._key_part(name, row) for name in mapping.keys}
        iri = template.filled(parts.get)
        first = self.places.get(iri) if iri is not None else None
        if iri is not None and first is None:
            self.places[iri] = cell
            self.by_name[parts[mapping.key] or ""] = iri
            return iri
        if first is not None:
            where = first.row if first.row is not None else first.path
            self.rows.findings.append(finding("duplicate-identifier", cell, first=where))
            self.rows.trace.spoil(cell)
        self._faulty += 1
        number = cell.row if cell.row is not None else self._faulty
        last = mapping.keys[-1]
        parts[last] = f"{parts[last] or 'row'}--{number}"
        return template.filled(lambda name: parts[name] or "row") or ""

    def _key_part(self, name: str, row: Row) -> str | None:
        if self.rows.trace.is_spoilt(row.cells[name]):
            return None
        return slug(row.cells[name].text or "") if name in self.names else row.part(name)

    def _is_example(self, row: Row) -> bool:
        """Whether a value is one for examples; a fault where that does not go with ``demo``. Where no
        column tells, all records of a demo are."""
        if not self._telling:
            return self.demo is True
        named = [
            (item, value.value)
            for column in self._telling
            for item, value in row.read[column.name].items
        ]
        examples = [item for item, value in named if value.startswith(EXAMPLES)]
        if self.demo is None and named:
            self.demo = bool(examples)
        if examples and not self.demo:
            self.rows.findings.append(finding("example-record", examples[0]))
        if self.demo and named and not examples:
            self.rows.findings.append(finding("real-record-in-demo", named[0][0]))
        return bool(examples)
