"""Makes candidate records by a mapping: from tables, from JSON, or from statements as they are."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

import pyoxigraph as ox

from werkzaam.ingest.candidates import Candidates
from werkzaam.ingest.cells import Cell, Origin
from werkzaam.ingest.faults import finding
from werkzaam.ingest.formats import TABLES, TREES, Format
from werkzaam.ingest.json_cells import object_cells, shapeless
from werkzaam.ingest.json_fields import unread_fields
from werkzaam.ingest.json_reading import JsonRecord, pointed_at, read_json
from werkzaam.ingest.limits import MOST_FINDINGS_ALIKE
from werkzaam.ingest.mapping import Column, TableMapping
from werkzaam.ingest.packed_records import PackedRecords
from werkzaam.ingest.reading import read_tables
from werkzaam.ingest.record_rows import Said, Values, rows_of
from werkzaam.ingest.records import Record, RecordMaker
from werkzaam.ingest.report import CellFinding
from werkzaam.ingest.statements_reading import read_statements
from werkzaam.ingest.table import Table
from werkzaam.ingest.text_values import tidied
from werkzaam.ingest.values import Exact, Vocabulary

_NUMBERS: Final = frozenset(
    f"http://www.w3.org/2001/XMLSchema#{name}" for name in ("integer", "decimal", "double", "float")
)

_STRING: Final = "http://www.w3.org/2001/XMLSchema#string"

Statements = Sequence[ox.Quad]


@dataclass
class CandidateReader:
    """Reads one upload; ``demo`` as of RecordMaker. ``without``: rows and places that are not looked
    at. ``tell`` hears how many records were made."""

    mapping: TableMapping
    vocabulary: Vocabulary
    demo: bool | None
    without: Collection[Origin] = frozenset()
    tell: Callable[[int], None] = lambda _: None
    _origins: dict[Origin, str] = field(default_factory=dict)
    _lost: list[CellFinding] = field(default_factory=list)

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

    def _packed(self, maker: RecordMaker, records: Iterator[Record]) -> PackedRecords:
        def told() -> Iterator[Record]:
            for number, record in enumerate(records, start=1):
                yield record
                self.tell(number)

        return PackedRecords(told(), lambda record: maker.complete([record])[0])

    def _from_tables(self, data: bytes, kind: Format) -> Candidates:
        reading = read_tables(data, kind, self.mapping)
        facts = {"delimiter": reading.delimiter, "unreadSheets": list(reading.unread)}
        facts = {name: value for name, value in facts.items() if value or name == "delimiter"}
        if not reading.tables:
            return Candidates(reading.findings, encoding=reading.encoding, facts=facts)
        maker = self._maker(reading.main[0])
        for cell in reading.lost:
            maker.trace.spoil(cell)
        records = self._packed(maker, self._main_rows(maker, reading.main))
        for table in reading.tables:
            self._group_rows(maker, table)
        origins = self._origins
        encoding, tables = reading.encoding, reading.tables
        return Candidates(reading.findings, maker, records, encoding, facts, tables, origins)

    def _main_rows(self, maker: RecordMaker, tables: Sequence[Table]) -> Iterator[Record]:
        for table in tables:
            maker.numbers, maker.header, maker.sheet = (
                table.columns.places,
                table.header,
                table.sheet,
            )
            for number in table.others:
                self._origins[table.sheet, number] = f"{table.sheet}!{number}"
            for number, texts in table.records:
                if (table.sheet, number) not in self.without:
                    record = maker.make(number, texts)
                    self._origins[table.sheet, number] = record.iri
                    yield record

    def _group_rows(self, maker: RecordMaker, table: Table) -> None:
        if table.group is None:
            return
        places, header, sheet = table.columns.places, table.header, table.sheet
        for number, texts in table.records:
            if (sheet, number) not in self.without:
                iri = maker.add_group_row(table.group, sheet, places, header, number, texts)
                self._origins[sheet, number] = iri or f"{sheet}!{number}"

    def _from_json(self, data: bytes, kind: Format) -> Candidates:
        reading = read_json(data, kind, self.mapping.pointer)
        if reading.findings and not reading.records:
            return Candidates(reading.findings, encoding=reading.encoding)
        maker = self._maker()
        kept = [one for one in reading.records if one.path not in self.without]
        records = self._packed(maker, self._objects(maker, kept))
        found = [*reading.findings, *self._lost, *unread_fields(kept, reading.beside, self.mapping)]
        return Candidates(found, maker, records, reading.encoding, origins=self._origins)

    def _objects(self, maker: RecordMaker, objects: Sequence[JsonRecord]) -> Iterator[Record]:
        for one in objects:
            cells, lists = self._cells_of(maker, self.mapping.columns, one, (one.value, one.path))
            record = maker.make_from(cells, lists)
            self._origins[one.path] = record.iri
            for group in self.mapping.groups:
                below = pointed_at(one.value, group.pointer)
                if below is not None and not isinstance(below, list):
                    cell = Cell(one.row, path=one.path + group.pointer)
                    self._lost.append(finding("no-list-of-rows", cell))
                for number, value in enumerate(below if isinstance(below, list) else ()):
                    path = f"{one.path}{group.pointer}/{number}"
                    inner, items = self._cells_of(maker, group.own_columns, one, (value, path))
                    maker.add_group_cells(group, inner, items, record.iri)
            yield record

    def _cells_of(
        self,
        maker: RecordMaker,
        columns: Sequence[Column],
        one: JsonRecord,
        value_at: tuple[object, str],
    ) -> tuple[dict[str, Cell], dict[str, list[Cell]]]:
        for cell in shapeless(columns, *value_at, one.row):
            self._lost.append(finding("no-single-value", cell))
            maker.trace.spoil(cell)
        cells, lists = object_cells(columns, *value_at, one.row)
        for column in columns:
            for item in lists.get(column.name, ()):
                if column.separator and column.separator in (item.text or ""):
                    self._lost.append(finding("separator-in-item", item))
        return cells, lists

    def _from_statements(self, data: bytes, kind: Format) -> Candidates:
        reading = read_statements(data, kind, self.mapping)
        if not reading.records:
            return Candidates(reading.findings or (finding("no-rows", Cell()),))
        maker = self._maker()
        kept = {iri: said for iri, said in reading.records.items() if iri not in self.without}
        records = self._packed(maker, self._said(maker, kept))
        found = (*reading.findings, *self._lost)
        return Candidates(found, maker, records, origins=self._origins)

    def _said(self, maker: RecordMaker, given: Mapping[str, Statements]) -> Iterator[Record]:
        for iri, quads in sorted(given.items()):
            rows = rows_of(self.mapping, iri, Said.of(quads))
            before = len(maker.findings)
            record = maker.make_from(*_cells(self.mapping.columns, rows.values, iri))
            self._origins[iri] = record.iri
            for row in rows.groups:
                cells, lists = _cells(row.group.own_columns, row.values, row.about)
                maker.add_group_cells(row.group, cells, lists, record.iri)
            [whole] = maker.complete([record])
            if record.iri != iri:
                cell = Cell(title=self.mapping.identifier.title(), text=iri, path=iri)
                self._lost.append(finding("address-of-another", cell))
            elif len(self._lost) < MOST_FINDINGS_ALIKE:
                self._lost += _untold([*self._not_said(whole, quads)], maker.findings[before:], iri)
            yield record

    def _not_said(self, record: Record, given: Statements) -> Iterator[CellFinding]:
        """What was given and no row can say: nothing is taken over in part."""
        titles = {column.property: column.title() for column in self.mapping.every_column}
        made = {(quad.subject, quad.predicate, quad.object) for quad in record.quads}
        for quad in given:
            same = (quad.object, _tidied(quad.object))
            if not any((quad.subject, quad.predicate, value) in made for value in same):
                value, path = getattr(quad.object, "value", ""), getattr(quad.subject, "value", "")
                property_ = quad.predicate.value
                title = titles.get(property_, property_)
                yield finding("not-taken-over", Cell(title=title, text=str(value), path=str(path)))


def _untold(
    lost: Collection[CellFinding], told: Iterable[CellFinding], record: str
) -> list[CellFinding]:
    """Those of ``lost`` that do not follow from a fault in a value, which is told already: neither
    the value itself, nor a thing below ``record`` that is not made without it."""
    faulty = {one.value for one in told if one.severity == "violation" and one.value}
    left = [one for one in lost if one.value not in faulty]
    unmade = {one.path for one in lost if one.value in faulty} - {record}
    return [one for one in left if one.path not in unmade and one.value not in unmade]


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


def _tidied(term: object) -> object:
    """A text as it is kept; other terms as they are."""
    if not isinstance(term, ox.Literal) or not (term.language or term.datatype.value == _STRING):
        return term
    return ox.Literal(tidied(term.value), language=term.language)


def _text(term: ox.NamedNode | ox.Literal) -> str:
    if isinstance(term, ox.Literal) and term.datatype.value in _NUMBERS:
        return Exact(term.value)
    return term.value
