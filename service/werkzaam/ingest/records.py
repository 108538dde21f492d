"""Rows as records: statements about one thing and what stands below it, each traced to its cell."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

import pyoxigraph as ox

from werkzaam.domain.identifiers import RECORDS_GRAPH
from werkzaam.ingest.cell_reading import CellReader
from werkzaam.ingest.cells import Cell
from werkzaam.ingest.faults import finding
from werkzaam.ingest.iri_templates import template_of
from werkzaam.ingest.mapping import GroupTable, TableMapping
from werkzaam.ingest.record_addresses import Addresses
from werkzaam.ingest.report import CellFinding
from werkzaam.ingest.row_reading import Cells, Lists, RowReader, Source, row_cells
from werkzaam.ingest.row_statements import TYPE, Row, RowStatements, Statement
from werkzaam.ingest.trace import Trace
from werkzaam.ingest.values import Vocabulary
from werkzaam.ingest.words import slug

_GRAPH = ox.NamedNode(RECORDS_GRAPH)


@dataclass(frozen=True)
class Record:
    """One row as statements, and the rows of groups that belong to it. ``row`` is None in JSON."""

    iri: str
    row: int | None
    quads: frozenset[ox.Quad]


def record_lines(record: Record) -> list[bytes]:
    """The statements of ``record`` as N-Quads, in order of their bytes."""
    text = ox.serialize(record.quads, format=ox.RdfFormat.N_QUADS) or b""
    return sorted(line for line in text.split(b"\n") if line)


@dataclass
class RecordMaker:
    """Makes records row by row, and remembers faults and cells.

    ``numbers``: column name → number in the file; ``header``: the titles as they stand there.
    ``demo``: examples are welcome; None leaves it to the first row, which binds the others.
    ``sheet``: the name of the sheet with the main table. Rows of repeat groups come after those of
    the main table; ``complete`` ends.
    """

    mapping: TableMapping
    numbers: Mapping[str, int]
    header: Sequence[str]
    vocabulary: Vocabulary
    demo: bool | None
    sheet: str | None = None
    trace: Trace = field(default_factory=Trace)
    _sources: dict[str, list[tuple[GroupTable | None, Source]]] = field(default_factory=dict)
    _things: dict[str, Cell] = field(default_factory=dict)
    _added: dict[str, set[ox.Quad]] = field(default_factory=lambda: defaultdict(set))
    _nodes: dict[str, ox.NamedNode] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.trace.replay = self._replay
        self._rows = RowReader(CellReader(self.vocabulary), self.trace)
        self._addresses = Addresses(self.mapping, self.vocabulary, self._rows, self.demo)

    @property
    def places(self) -> Mapping[str, Cell]:
        """The cell of every good identifier, by IRI of the record."""
        return self._addresses.places

    @property
    def group_places(self) -> Mapping[str, Cell]:
        """The cell that names each thing of a row of a group, by IRI of the thing."""
        return self._things

    @property
    def findings(self) -> list[CellFinding]:
        """What is wrong with the rows so far, and how some were read."""
        return self._rows.findings

    @property
    def counts(self) -> Mapping[str, Counter[str]]:
        """How often each value of a list occurs, by name of the column."""
        return self._rows.counts

    def make(self, number: int, texts: Sequence[str]) -> Record:
        """The record of row ``number``. Faults go to ``findings``; with a fault in its identifier
        it gets an address of its own, only to look for further faults."""
        columns, sheet = self.mapping.columns, self.sheet
        return self._make(
            partial(row_cells, columns, self.numbers, self.header, number, texts, sheet)
        )

    def make_from(self, cells: Cells, lists: Lists | None = None) -> Record:
        """As ``make``, of cells that another reader found, one for each column; ``lists``: those of
        the items, by column, where the file has them apart."""
        return self._make(lambda: (cells, lists or {}))

    def add_group_row(
        self,
        group: GroupTable,
        sheet: str | None,
        places: Mapping[str, int],
        header: Sequence[str],
        number: int,
        texts: Sequence[str],
    ) -> str | None:
        """Add what row ``number`` of a sheet of ``group`` says to the record that it names; gives the
        IRI of that one, None where there is none."""
        return self._add(
            group, partial(row_cells, group.columns, places, header, number, texts, sheet)
        )

    def add_group_cells(
        self, group: GroupTable, cells: Cells, lists: Lists | None = None, record: str | None = None
    ) -> None:
        """As ``add_group_row``, of cells that another reader found. With ``record``, an IRI, the cell
        of its identifier is not looked at."""
        self._add(group, lambda: (cells, lists or {}), record)

    def complete(self, records: Iterable[Record]) -> list[Record]:
        """``records`` with what the rows of groups added."""
        return [
            replace(record, quads=record.quads | self._added[record.iri])
            if record.iri in self._added
            else record
            for record in records
        ]

    def _make(self, source: Source) -> Record:
        cells, lists = source()
        row = self._rows.read(self.mapping.columns, cells, lists, self._addresses.names)
        iri = self._addresses.of(row)
        self._sources[iri] = [(None, source)]
        quads = self._quads(self._said(iri, row, None))
        return Record(iri, cells[self.mapping.key].row, frozenset(quads))

    def _said(self, iri: str, row: Row, trace: Trace | None) -> Iterator[Statement]:
        """What a row of the main table says; cells that lack are told unless it is said again."""
        lacking: list[tuple[Cell, str]] = []
        if trace is not None:
            trace.subject(iri, row.cells[self.mapping.key])
        yield iri, TYPE, self._node(self.mapping.kind)
        mapping = self.mapping
        yield from RowStatements(mapping.by_name, mapping.absence, iri, iri, row, trace, lacking)
        if trace is None:
            self._tell_lacking(lacking, row)

    def _said_of_group(
        self, group: GroupTable, ends: tuple[str, str], row: Row, trace: Trace | None
    ) -> Iterator[Statement]:
        """What a row of ``group`` says; ``ends``: the IRI of the record and that of its thing."""
        iri, about = ends
        lacking: list[tuple[Cell, str]] = []
        cell = _first(group, row)
        if trace is not None:
            trace.subject(about, cell)
            trace.statement(iri, group.link, about, cell)
        yield iri, group.link, ox.NamedNode(about)
        yield about, TYPE, self._node(group.kind)
        yield from RowStatements(group.own_by_name, None, iri, about, row, trace, lacking)
        if trace is None:
            self._tell_lacking(lacking, row)

    def _add(self, group: GroupTable, source: Source, record: str | None = None) -> str | None:
        cells, lists = source()
        names = () if record else (group.key,)
        columns = group.own_columns if record else group.columns
        row = self._rows.read(columns, cells, lists, names)
        iri = record or self._named(group, row)
        about = self._thing_of(group, iri, row) if iri else None
        if iri is None or about is None:
            return iri
        first = self._things.setdefault(about, _first(group, row))
        if first is not _first(group, row):
            where = first.row if first.row is not None else first.path
            self.findings.append(finding("repeated-group-row", _first(group, row), first=where))
            return iri
        self._added[iri] |= self._quads(self._said_of_group(group, (iri, about), row, None))
        self._sources[iri].append((group, source))
        return iri

    def _named(self, group: GroupTable, row: Row) -> str | None:
        """The record that a row of a group names."""
        cell = row.cells[group.key]
        if row.read[group.key].faulty:
            return None
        iri = self._addresses.by_name.get(slug(cell.text or "") or "")
        if iri is None:
            self.findings.append(finding("unknown-record", cell))
            self.trace.spoil(cell)
        return iri

    def _thing_of(self, group: GroupTable, iri: str, row: Row) -> str | None:
        """The IRI of the thing of a row; a fault where a cell that is part of it is empty."""
        template = template_of(group.about)
        for name in template.variables:
            if name != "record" and row.part(name) is None:
                if not row.read[name].faulty:
                    self.findings.append(finding("missing-value", row.cells[name]))
                    self.trace.spoil(row.cells[name])
                return None
        return template.filled(lambda name: iri if name == "record" else row.part(name))

    def _tell_lacking(self, lacking: Iterable[tuple[Cell, str]], row: Row) -> None:
        for cell, name in dict.fromkeys(lacking):
            if name in row.cells and not row.read[name].faulty:
                other = row.cells[name].title or name
                self.findings.append(finding("needs-other-cell", cell, other=other))

    def _quads(self, statements: Iterable[Statement]) -> set[ox.Quad]:
        subjects: dict[str, ox.NamedNode] = {}
        quads = set()
        for iri, predicate, value in statements:
            subject = subjects.get(iri)
            if subject is None:
                subject = subjects[iri] = ox.NamedNode(iri)
            quads.add(ox.Quad(subject, self._node(predicate), value, _GRAPH))
        return quads

    def _node(self, iri: str) -> ox.NamedNode:
        """The node of a term of the mapping, made once."""
        node = self._nodes.get(iri)
        if node is None:
            node = self._nodes[iri] = ox.NamedNode(iri)
        return node

    def _replay(self, subject: str) -> bool:
        """Note in the trace all that the rows of one record say: that of ``subject``."""
        iri = subject
        while iri not in self._sources and "/" in iri:
            iri = iri.rpartition("/")[0]
        for group, source in self._sources.get(iri, ()):
            cells, lists = source()
            self._say_again(iri, group, cells, lists)
        return iri in self._sources

    def _say_again(self, iri: str, group: GroupTable | None, cells: Cells, lists: Lists) -> None:
        if group is None:
            row = self._rows.again(self.mapping.columns, cells, lists, self._addresses.names)
            said = self._said(iri, row, self.trace)
        else:
            row = self._rows.again(group.own_columns, cells, lists, ())
            about = self._thing_of(group, iri, row) or iri
            said = self._said_of_group(group, (iri, about), row, self.trace)
        for _ in said:
            pass


def _first(group: GroupTable, row: Row) -> Cell:
    """The cell that names the thing of a row best: the first that is part of its address."""
    names = [name for name in template_of(group.about).variables if name != "record"]
    return row.cells[(names or [group.key])[0]]
