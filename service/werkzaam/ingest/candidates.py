"""The candidate records of an upload: from tables, from JSON, or from statements as they are."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

import pyoxigraph as ox

from werkzaam.ingest.cells import Cell
from werkzaam.ingest.faults import finding
from werkzaam.ingest.formats import TABLES, TREES, Format
from werkzaam.ingest.json_cells import object_cells
from werkzaam.ingest.json_fields import unread_fields
from werkzaam.ingest.json_reading import pointed_at, read_json
from werkzaam.ingest.limits import MOST_FINDINGS_ALIKE
from werkzaam.ingest.mapping import Column, TableMapping
from werkzaam.ingest.reading import read_tables
from werkzaam.ingest.record_rows import Said, Values, rows_of
from werkzaam.ingest.records import Record, RecordMaker
from werkzaam.ingest.report import CellFinding
from werkzaam.ingest.statements_reading import read_statements
from werkzaam.ingest.table import Table
from werkzaam.ingest.values import Exact, Vocabulary

_NUMBERS: Final = frozenset(
    f"http://www.w3.org/2001/XMLSchema#{name}" for name in ("integer", "decimal", "double", "float")
)


@dataclass(frozen=True)
class Candidates:
    """``maker`` is None where nothing can be made of the file: the findings say why.

    ``facts``: what is only known of this kind of file. ``tables``: the tables it holds, if it does.
    """

    findings: Sequence[CellFinding]
    maker: RecordMaker | None = None
    records: Sequence[Record] = ()
    encoding: str | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    tables: Sequence[Table] = ()


@dataclass(frozen=True)
class Reader:
    """Makes candidates by a mapping; ``demo`` as of RecordMaker."""

    mapping: TableMapping
    vocabulary: Vocabulary
    demo: bool | None

    def read(self, data: bytes, kind: Format) -> Candidates:
        """The candidates in ``data``, which is of format ``kind``."""
        if kind in TABLES:
            return self._from_tables(data, kind)
        if kind in TREES:
            return self._from_json(data, kind)
        return self._from_statements(data, kind)

    def _maker(self, table: Table | None = None) -> RecordMaker:
        places = table.columns.places if table else {}
        header = table.header if table else ()
        sheet = table.sheet if table else None
        return RecordMaker(self.mapping, places, header, self.vocabulary, self.demo, sheet)

    def _from_tables(self, data: bytes, kind: Format) -> Candidates:
        reading = read_tables(data, kind, self.mapping)
        facts = {"delimiter": reading.delimiter, "unreadSheets": list(reading.unread)}
        facts = {name: value for name, value in facts.items() if value or kind == "csv"}
        if not reading.tables:
            return Candidates(reading.findings, encoding=reading.encoding, facts=facts)
        maker = self._maker(reading.main[0])
        for cell in reading.lost:
            maker.trace.spoil(cell)
        records = [record for table in reading.main for record in _of_table(maker, table)]
        for table in reading.tables:
            _add_group(maker, table)
        return Candidates(
            reading.findings,
            maker,
            maker.complete(records),
            reading.encoding,
            facts,
            reading.tables,
        )

    def _from_json(self, data: bytes, kind: Format) -> Candidates:
        mapping = self.mapping
        reading = read_json(data, kind, mapping.pointer)
        if reading.findings and not reading.records:
            return Candidates(reading.findings, encoding=reading.encoding)
        maker = self._maker()
        records = []
        for one in reading.records:
            cells, lists = object_cells(mapping.columns, one.value, one.path, one.row)
            record = maker.make_from(cells, lists)
            records.append(record)
            for group in mapping.groups:
                below = pointed_at(one.value, group.pointer)
                for number, value in enumerate(below if isinstance(below, list) else ()):
                    path = f"{one.path}{group.pointer}/{number}"
                    inner, items = object_cells(group.own_columns, value, path, one.row)
                    maker.add_group_cells(group, inner, items, record.iri)
        found = [*reading.findings, *unread_fields(reading.records, mapping)]
        return Candidates(found, maker, maker.complete(records), reading.encoding)

    def _from_statements(self, data: bytes, kind: Format) -> Candidates:
        reading = read_statements(data, kind, self.mapping)
        if not reading.records:
            return Candidates(reading.findings or (finding("no-rows", Cell()),))
        maker = self._maker()
        records: list[Record] = []
        given: list[Sequence[ox.Quad]] = []
        for iri, quads in sorted(reading.records.items()):
            rows = rows_of(self.mapping, iri, Said.of(quads))
            record = maker.make_from(*_cells(self.mapping.columns, rows.values, iri))
            for row in rows.groups:
                cells, lists = _cells(row.group.own_columns, row.values, row.about)
                maker.add_group_cells(row.group, cells, lists, record.iri)
            records.append(record)
            given.append(quads)
        whole = maker.complete(records)
        lost = _lost(whole, given)
        return Candidates((*reading.findings, *lost), maker, whole)


def _of_table(maker: RecordMaker, table: Table) -> Iterator[Record]:
    maker.numbers, maker.header, maker.sheet = table.columns.places, table.header, table.sheet
    for number, texts in table.records:
        yield maker.make(number, texts)


def _add_group(maker: RecordMaker, table: Table) -> None:
    if table.group is None:
        return
    places, header = table.columns.places, table.header
    for number, texts in table.records:
        maker.add_group_row(table.group, table.sheet, places, header, number, texts)


def _cells(
    columns: Sequence[Column], values: Values, path: str
) -> tuple[dict[str, Cell], dict[str, list[Cell]]]:
    """The values as cells, and those of several values one by one."""
    cells: dict[str, Cell] = {}
    lists: dict[str, list[Cell]] = {}
    for column in columns:
        texts = [_text(term) for term in values.get(column.name, ())]
        cell = Cell(title=column.title(), text=texts[0] if texts else "", path=path)
        cells[column.name] = cell
        if len(texts) > 1 or (texts and column.separator):
            lists[column.name] = [replace(cell, text=text) for text in texts]
    return cells, lists


def _text(term: ox.NamedNode | ox.Literal) -> str:
    if isinstance(term, ox.Literal) and term.datatype.value in _NUMBERS:
        return Exact(term.value)
    return term.value


def _lost(records: Sequence[Record], given: Sequence[Sequence[ox.Quad]]) -> Iterator[CellFinding]:
    """What was given and no row can say: nothing is taken over in part."""
    number = 0
    for record, quads in zip(records, given, strict=True):
        made = {(quad.subject, quad.predicate, quad.object) for quad in record.quads}
        for quad in quads:
            if (quad.subject, quad.predicate, quad.object) in made:
                continue
            number += 1
            if number > MOST_FINDINGS_ALIKE:
                return
            value, path = getattr(quad.object, "value", ""), getattr(quad.subject, "value", "")
            cell = Cell(title=quad.predicate.value, text=str(value), path=str(path))
            yield finding("not-taken-over", cell)
