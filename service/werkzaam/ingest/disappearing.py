"""What stands in force and would be gone: a record that is sent again replaces all that it said, so a
file that says less takes away what it does not repeat.

It looks at lines of N-Quads as our own serialiser writes them, and only at records that lose a property.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import pyoxigraph as ox

from werkzaam.domain.characters import shown
from werkzaam.domain.queries import LANGUAGES, Bilingual, Language
from werkzaam.ingest.candidates import Candidates
from werkzaam.ingest.cells import Cell
from werkzaam.ingest.codes import ABSENCES
from werkzaam.ingest.faults import finding
from werkzaam.ingest.mapping_language import Absence, Column, TableMapping
from werkzaam.ingest.records import RecordMaker
from werkzaam.ingest.report import CellFinding
from werkzaam.ingest.row_statements import TYPE
from werkzaam.ingest.table import Table

_MOST_IN_WORDS: Final = 80
_TYPE: Final = f"<{TYPE}>".encode()

_Lines = Collection[bytes]
_Said = tuple[bytes, bytes]


@dataclass(frozen=True)
class _Place:
    """Of things of class ``kind`` of which all ``states`` are said, a property holds the values of
    ``column``; with None it is part of what makes it such a thing."""

    kind: bytes
    states: frozenset[_Said]
    column: Column | None


@dataclass
class Disappearing:
    """What would be gone of the records that are looked at, by column.

    ``read``: the file with its maker. The first of each column is told with its value; of all how many
    there are.
    """

    read: Candidates
    maker: RecordMaker
    _records: dict[tuple[str, bool], int] = field(default_factory=lambda: defaultdict(int))
    _first: dict[tuple[str, bool], tuple[Cell, str, Bilingual]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._mapping = self.maker.mapping
        self._places = _places(self._mapping)
        groups = self._mapping.groups
        self._group_of = {c.name: group.name for group in groups for c in group.own_columns}
        self._columns = {column.name: column for column in self._mapping.every_column}
        self._refused = frozenset(_refused(self.maker.findings))
        origins = {} if self.read.tables else self.read.origins
        self._paths = {iri: at for at, iri in origins.items() if isinstance(at, str)}

    @property
    def findings(self) -> list[CellFinding]:
        """A warning for each column, apart where the file has no such column and where cells of it are
        empty."""
        return [
            finding(
                "values-disappear" if there else "column-disappears",
                cell,
                number=self._records[name, there],
                identifier=identifier,
                valueNl=value.nl,
                valueEn=value.en,
                titleEn=self._columns[name].title("en"),
                mapping=self._mapping.name,
            )
            for (name, there), (cell, identifier, value) in self._first.items()
        ]

    @property
    def facts(self) -> list[dict[str, Any]]:
        """Name and titles of each column that loses values, and how many records lose theirs; in the
        order of the mapping."""
        numbers = {
            name: self._records.get((name, True), 0) + self._records.get((name, False), 0)
            for name in self._columns
        }
        return [
            {
                "name": name,
                "title": {language: self._columns[name].title(language) for language in LANGUAGES},
                "records": number,
            }
            for name, number in numbers.items()
            if number
        ]

    def look(self, iri: str, before: _Lines, after: _Lines) -> None:
        """Count what the record ``iri`` says in ``before`` and no more in ``after``."""
        if not _pairs(before) - _pairs(after):
            return
        kept = frozenset(after)
        there = self._by_column(after)
        for name, lines in self._by_column(before).items():
            if name not in there and kept.isdisjoint(lines):
                self._count(iri, name, lines, before)

    def _count(self, iri: str, name: str, lines: _Lines, before: _Lines) -> None:
        there, cell = self._cell(iri, self._columns[name])
        if (cell.text or "").strip() or (cell.path, cell.title) in self._refused:
            return  # a value that could not be read is told as that
        self._records[name, there] += 1
        if (name, there) not in self._first:
            value = self._value(self._columns[name], min(lines), before)
            self._first[name, there] = (cell, self.maker.places[iri].text or "", value)

    def _cell(self, iri: str, column: Column) -> tuple[bool, Cell]:
        """Whether the file has a place for the value, and the cell, as near as it is known."""
        key, title = self.maker.places[iri], column.title()
        if not self.read.tables:
            return True, Cell(key.row, title=title, text="", path=self._paths.get(iri))
        for table in self._tables(key.sheet, column):
            place = table.columns.places.get(column.name)
            if place is not None and table.group is None and key.row is not None:
                return True, table.cell(key.row, place)
            if place is not None or table.group is not None:
                return place is not None or column.item is not None, Cell(
                    None, place, title, "", table.sheet
                )
        return False, Cell(title=title, text="")

    def _tables(self, sheet: str | None, column: Column) -> Iterator[Table]:
        """The tables where the value could be: the main one, then that of a group of such things."""
        kind, group = column.item and column.item.kind, self._group_of.get(column.name)
        for table in self.read.tables:
            if table.group is None and table.sheet == sheet and not group:
                yield table
        for table in self.read.tables:
            if table.group is not None and (group or kind) in (table.group.name, table.group.kind):
                yield table

    def _by_column(self, lines: _Lines) -> dict[str, list[bytes]]:
        """The lines that hold values, by name of the column."""
        said: dict[bytes, list[tuple[bytes, bytes, bytes]]] = defaultdict(list)
        for line in lines:
            subject, predicate, rest = line.split(b" ", 2)
            said[subject].append((predicate, rest.partition(b" ")[0], line))
        found: dict[str, list[bytes]] = defaultdict(list)
        for statements in said.values():
            facts = {(predicate, value) for predicate, value, _ in statements}
            for predicate, _, line in statements:
                column = self._column(predicate, facts)
                if column is not None:
                    found[column.name].append(line)
        return found

    def _column(self, predicate: bytes, facts: set[_Said]) -> Column | None:
        for place in self._places.get(predicate, ()):
            if (_TYPE, place.kind) in facts and place.states <= facts:
                return place.column
        return None

    def _value(self, column: Column, line: bytes, before: _Lines) -> Bilingual:
        """What ``line`` says, or the reason for absence that goes with it, in the words of a list."""
        absence = self._mapping.absence
        [quad] = ox.parse(line, format=ox.RdfFormat.N_QUADS)
        if absence is not None and quad.predicate.value == absence.names:
            wanted = b"%s <%s> " % (str(quad.subject).encode(), absence.property.encode())
            [quad] = ox.parse(
                next((one for one in before if one.startswith(wanted)), line),
                format=ox.RdfFormat.N_QUADS,
            )
        value = getattr(quad.object, "value", "")
        return Bilingual(
            **{language: self._label(column, value, language) for language in LANGUAGES}
        )

    def _label(self, column: Column, value: str, language: Language) -> str:
        lists = self.maker.vocabulary.lists
        for codes in (lists.get(column.name), lists.get(ABSENCES)):
            if codes is not None and value in codes.labels:
                return codes.label(value, language)
        return shown(value, _MOST_IN_WORDS)


def _pairs(lines: _Lines) -> set[_Said]:
    """Subject and predicate of each line."""
    return {(subject, rest.partition(b" ")[0]) for subject, _, rest in map(_parted, lines)}


def _parted(line: bytes) -> tuple[bytes, bytes, bytes]:
    return line.partition(b" ")


def _places(mapping: TableMapping) -> Mapping[bytes, list[_Place]]:
    """By property where the columns keep their values; those of the main table go first."""
    found: dict[bytes, list[_Place]] = defaultdict(list)
    for column in mapping.columns:
        for property_, place in _of_main(mapping, column):
            found[_named(property_)].append(place)
    for group in mapping.groups:
        for column in group.own_columns:
            found[_named(column.property)].append(_Place(_named(group.kind), frozenset(), column))
    return found


def _of_main(mapping: TableMapping, column: Column) -> Iterator[tuple[str, _Place]]:
    absence = mapping.absence
    if column.item is None:
        yield column.property, _Place(_named(mapping.kind), frozenset(), column)
        if absence is not None and column.may_be_absent:
            yield absence.names, _absent(absence, column)
        return
    item = column.item
    states = frozenset((_named(name), str(value).encode()) for name, value in item.states)
    kind = _named(item.kind)
    yield item.property, _Place(kind, states, column)
    for name, _ in item.states:
        yield name, _Place(kind, states, None)
    for name, source in item.copies:
        yield name, _Place(kind, states, mapping.by_name[source])
    if absence is not None and column.may_be_absent:
        yield absence.property, _Place(kind, states, column)


def _absent(absence: Absence, column: Column) -> _Place:
    """Where is said that the column has no value."""
    named = (_named(absence.names), _named(column.property))
    return _Place(_named(absence.kind), frozenset({named}), column)


def _named(iri: str) -> bytes:
    return f"<{iri}>".encode()


def _refused(findings: Iterable[CellFinding]) -> Iterator[tuple[str | None, str | None]]:
    """Path and title of every field with a violation, and of all that the path lies below."""
    for one in findings:
        path = one.path if one.severity == "violation" else None
        while path:
            yield path, one.column_title
            path = path.rpartition("/")[0]
