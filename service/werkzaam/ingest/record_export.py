"""The records in force as the tables of a mapping: to be looked at, mended and sent in again."""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

import pyoxigraph as ox

from werkzaam.domain.queries import Language
from werkzaam.ingest.codes import ABSENCES, CodeList
from werkzaam.ingest.mapping_language import Column, GroupTable, TableMapping
from werkzaam.ingest.record_rows import TYPE, RecordRows, Said, Term, Values, rows_of

_NUMBERS: Final = ("integer", "decimal", "gYear")
_DIGITS: Final = 15

CellValue = str | int | float


@dataclass(frozen=True)
class Exporter:
    """Writes records as rows; ``lists``: the lists of values by column name."""

    mapping: TableMapping
    lists: Mapping[str, CodeList]
    language: Language

    def rows(self, statements: Iterable[ox.Quad]) -> Iterator[RecordRows]:
        """The records of the mapping in ``statements``, in order of their IRIs."""
        pattern = _owner_pattern(self.mapping)
        owned: dict[str, list[ox.Quad]] = defaultdict(list)
        for quad in statements:
            match = pattern.fullmatch(str(getattr(quad.subject, "value", "")))
            if match:
                owned[match[1]].append(quad)
        kind = ox.NamedNode(self.mapping.kind)
        for iri, quads in sorted(owned.items()):
            said = Said.of(quads)
            if kind in said.values(iri, TYPE):
                yield rows_of(self.mapping, iri, said)

    def tables(self, records: Iterable[RecordRows]) -> dict[str, list[list[CellValue]]]:
        """The cells below the titles of each table, by its name: that of the mapping for the main one."""
        groups = {group.name: group for group in self.mapping.groups}
        found: dict[str, list[list[CellValue]]] = {self.mapping.name: []}
        found |= {name: [] for name in groups}
        for record in records:
            found[self.mapping.name].append(self._cells(self.mapping.columns, record.values))
            key = record.values.get(self.mapping.key, ())
            for row in record.groups:
                values = {**row.values, row.group.key: key}
                found[row.group.name].append(self._cells(row.group.columns, values))
        return found

    def document(self, records: Iterable[RecordRows]) -> bytes:
        """The records as JSON, by the pointers of the mapping."""
        found = [self._object(record) for record in records]
        name = self.mapping.pointer[1:] or self.mapping.name
        return json.dumps({name: found}, ensure_ascii=False, indent=1).encode()

    def _object(self, record: RecordRows) -> dict[str, Any]:
        whole: dict[str, Any] = {}
        self._put(whole, self.mapping.columns, record.values)
        for group in self.mapping.groups:
            rows = [row for row in record.groups if row.group is group]
            if rows:
                _at(whole, group.pointer)[group.pointer.rpartition("/")[2]] = [
                    self._of_group(group, row.values) for row in rows
                ]
        return whole

    def _of_group(self, group: GroupTable, values: Values) -> dict[str, Any]:
        found: dict[str, Any] = {}
        self._put(found, group.own_columns, values)
        return found

    def _put(self, whole: dict[str, Any], columns: Sequence[Column], values: Values) -> None:
        for column in columns:
            texts = [self._text(column, term) for term in values.get(column.name, ())]
            if texts:
                name = column.pointer.rpartition("/")[2]
                _at(whole, column.pointer)[name] = texts if column.separator else texts[0]

    def _cells(self, columns: Sequence[Column], values: Values) -> list[CellValue]:
        return [self._cell(column, values.get(column.name, ())) for column in columns]

    def _cell(self, column: Column, terms: Sequence[Term]) -> CellValue:
        texts = [self._text(column, term) for term in terms]
        if column.separator is not None:
            return f"{column.separator} ".join(texts)
        if len(terms) == 1 and isinstance(terms[0], ox.Literal) and column.datatype in _NUMBERS:
            return _number(texts[0])
        return texts[0] if texts else ""

    def _text(self, column: Column, term: Term) -> str:
        """The label of a value of a list where that says which one is meant, else what stands there."""
        if isinstance(term, ox.Literal):
            return term.value
        for name in (column.name, ABSENCES):
            codes = self.lists.get(name)
            if codes is not None and term.value in codes.labels:
                label = codes.label(term.value, self.language)
                sure = codes.find(label) == {term.value} and (column.separator or ";") not in label
                return label if sure else term.value
        return term.value


def _number(text: str) -> CellValue:
    """A number that a spreadsheet keeps exactly, else the text."""
    number = Decimal(text)
    digits = len(number.as_tuple().digits)
    if digits > _DIGITS:
        return text
    return int(number) if number == number.to_integral_value() else float(number)


def _at(whole: dict[str, Any], pointer: str) -> dict[str, Any]:
    """The object that the last step of ``pointer`` stands in."""
    for step in pointer.split("/")[1:-1]:
        whole = whole.setdefault(step, {})
    return whole


def _owner_pattern(mapping: TableMapping) -> re.Pattern[str]:
    parts = (re.split(r"\{[^{}]*\}", text) for text in (mapping.about, mapping.example_about))
    texts = ("[^/]+".join(map(re.escape, part)) for part in parts)
    return re.compile(f"({'|'.join(texts)})(?:/.*)?")
