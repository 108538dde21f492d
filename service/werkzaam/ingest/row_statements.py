"""The statements that a row makes: about its record, and about things below it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from werkzaam.domain.identifiers import EXAMPLES
from werkzaam.ingest.cell_reading import CellReading, Item
from werkzaam.ingest.cells import Cell
from werkzaam.ingest.iri_templates import template_of, term_part
from werkzaam.ingest.mapping_language import Absence, Column, ItemThing
from werkzaam.ingest.trace import Trace

TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"

Statement = tuple[str, str, ox.NamedNode | ox.Literal]


@dataclass(frozen=True)
class Row:
    """A row by column name: its cells, and what they say."""

    cells: Mapping[str, Cell]
    read: Mapping[str, CellReading]

    def part(self, name: str) -> str | None:
        """The first value in the column ``name`` as part of an IRI; None where there is none."""
        found = self.read.get(name)
        return term_part(found.items[0][1]) if found and found.items else None


@dataclass(frozen=True)
class RowStatements:
    """Makes the statements of a row of one table about ``record``.

    ``columns``: those of the table by name. ``subject``: the thing that the row is about: the
    record, or the thing of a group's row. With a ``trace`` every place is told to it; ``lacking``
    gets each item that has no address because another cell is empty, with the name of that column.
    """

    columns: Mapping[str, Column]
    absence: Absence | None
    record: str
    subject: str
    row: Row
    trace: Trace | None
    lacking: list[tuple[Cell, str]]

    def __iter__(self) -> Iterator[Statement]:
        for column in self.columns.values():
            if column.silent:
                continue
            if self.trace is not None:
                self.trace.property(self.subject, column.property, self.row.cells[column.name])
            read = self.row.read[column.name]
            for item in read.items:
                yield from self._said(column, item)
            for item in read.absent:
                yield from self._absent(column, item)

    def _said(self, column: Column, item: Item) -> Iterator[Statement]:
        value = self._value(column, item)
        if value is None:
            return
        if column.item is None:
            yield self._traced(self.subject, column.property, value, item[0])
            yield from self._derived(self.subject, column, item)
            return
        about = self._address(column.item.about, column, (item[0], value))
        if about is not None:
            yield from self._thing(about, column, column.item, item[0])
            yield self._traced(about, column.item.property, value, item[0])
            yield from self._derived(about, column, item)

    def _value(self, column: Column, item: Item) -> ox.NamedNode | ox.Literal | None:
        """The value of an item: what it means, or the IRI that it becomes."""
        example = self.record.startswith(EXAMPLES)
        template = column.example_value_url if example else column.value_url
        if template is None:
            return item[1]
        iri = self._address(template, column, item)
        return None if iri is None else ox.NamedNode(iri)

    def _address(self, template: str, column: Column, item: Item) -> str | None:
        def part(name: str) -> str | None:
            if name == "record":
                return self.record
            if name in ("item", column.name):
                return term_part(item[1])
            found = column.name if name == "column" else self.row.part(name)
            if found is None:
                self.lacking.append((item[0], name))
            return found

        return template_of(template).filled(part)

    def _thing(
        self, about: str, column: Column, thing: ItemThing, cell: Cell
    ) -> Iterator[Statement]:
        """That there is a thing below the record, and what is always said of it."""
        trace = self.trace
        if about != self.record:
            if trace is not None:
                trace.subject(about, cell)
            yield self._traced(self.record, column.property, ox.NamedNode(about), cell)
        yield about, TYPE, ox.NamedNode(thing.kind)
        for state, said in thing.states:
            if trace is not None:
                trace.property(about, state, cell, last=True)
            yield about, state, said
        yield from self._copied(about, thing)

    def _copied(self, about: str, thing: ItemThing) -> Iterator[Statement]:
        for property_, source in thing.copies:
            if self.trace is not None:
                self.trace.property(about, property_, self.row.cells[source])
            for item in self.row.read[source].items:
                value = self._value(self.columns[source], item)
                if value is not None:
                    yield about, property_, value

    def _derived(self, about: str, column: Column, item: Item) -> Iterator[Statement]:
        for one in column.derived:
            example = self.record.startswith(EXAMPLES)
            template = one.example_value_url if example else one.value_url
            iri = self._address(template, column, item)
            if iri is not None:
                yield self._traced(about, one.property, ox.NamedNode(iri), item[0])

    def _absent(self, column: Column, item: Item) -> Iterator[Statement]:
        """Why there is no value: on the thing of the column, or on one of its own."""
        cell, reason = item
        if self.absence is None:
            return
        if column.item is not None:
            about = self._address(column.item.about, column, item)
            if about is not None:
                yield from self._thing(about, column, column.item, cell)
                yield self._traced(about, self.absence.property, reason, cell)
            return
        about = self._address(self.absence.about, column, item)
        if about is None:
            return
        if self.trace is not None:
            self.trace.subject(about, cell)
        yield self._traced(self.record, self.absence.link, ox.NamedNode(about), cell)
        yield about, TYPE, ox.NamedNode(self.absence.kind)
        yield about, self.absence.names, ox.NamedNode(column.property)
        yield self._traced(about, self.absence.property, reason, cell)

    def _traced(
        self, subject: str, property_: str, value: ox.NamedNode | ox.Literal, cell: Cell
    ) -> Statement:
        if self.trace is not None:
            self.trace.statement(subject, property_, value.value, cell)
        return subject, property_, value
