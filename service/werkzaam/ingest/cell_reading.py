"""A cell as the items in it that mean something, and the faults that keep others from it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

import pyoxigraph as ox

from werkzaam.ingest.cell_checks import (
    error_faults,
    identifier_faults,
    list_faults,
    read_personal_faults,
    text_faults,
)
from werkzaam.ingest.cells import Cell
from werkzaam.ingest.codes import ABSENCES
from werkzaam.ingest.faults import finding
from werkzaam.ingest.limits import MOST_ITEMS
from werkzaam.ingest.mapping import Column
from werkzaam.ingest.report import CellFinding
from werkzaam.ingest.text_remarks import text_remarks
from werkzaam.ingest.values import Vocabulary, items

_MOST_REMEMBERED: Final = 20_000
_LONGEST_REMEMBERED: Final = 200

Item = tuple[Cell, ox.NamedNode | ox.Literal]


@dataclass(frozen=True)
class CellReading:
    """The items of a cell. ``absent``: those that say why there is no value. ``faulty``: whether a
    finding is a fault, so that the cell is not worth judging again."""

    items: tuple[Item, ...] = ()
    absent: tuple[Item, ...] = ()
    findings: tuple[CellFinding, ...] = ()
    faulty: bool = False


@dataclass
class CellReader:
    """Reads cells by a vocabulary; what a text meant before without a finding it means again."""

    vocabulary: Vocabulary
    _known: dict[tuple[str, str], tuple[tuple[str, ox.NamedNode | ox.Literal], ...]] = field(
        default_factory=dict
    )

    def read(
        self,
        column: Column,
        cell: Cell,
        given: Sequence[Cell] | None = None,
        *,
        names: bool = False,
    ) -> CellReading:
        """The items of ``cell``, or of ``given`` where the file has them apart. ``names``: it holds an
        identifier, which becomes part of an address."""
        text = cell.text or ""
        if given is None and not names:
            known = self._known.get((column.name, text)) if type(text) is str else None
            if known is not None:
                return CellReading(tuple((cell.item(words), value) for words, value in known))
            if not text.strip():
                return self._default(column, cell)
        faults = _faults(column, cell, given, names)
        if faults:
            return CellReading(findings=tuple(faults), faulty=True)
        if given is None:
            reading = self._read(column, items(column, cell), cell.text)
        else:
            reading = self._read(column, given)
        reading = _with_remarks(reading, column, (cell,) if given is None else given, names)
        if given is None and not names and not (reading.findings or reading.absent):
            self._remember(column, text, reading)
        return reading

    def _default(self, column: Column, cell: Cell) -> CellReading:
        if column.default is None:
            return CellReading()
        told = finding("default-used", cell, default=column.default)
        reading = self._read(column, items(column, cell.item(column.default)))
        return replace(reading, findings=(told, *reading.findings))

    def _read(self, column: Column, parts: Iterable[Cell], whole: str | None = None) -> CellReading:
        good: dict[ox.NamedNode | ox.Literal, Cell] = {}
        absent: list[Item] = []
        found: list[CellFinding] = []
        faulty = False
        for item in parts:
            reason = self._absence(column, item)
            if reason is not None:
                absent.append((item, reason))
                continue
            meaning = self.vocabulary.meaning(column, item, whole)
            found += meaning.findings
            if meaning.value is None:
                faulty = True
            elif meaning.value in good:
                found.append(finding("repeated-item", item))
            else:
                good[meaning.value] = item
        read = tuple((item, value) for value, item in good.items())
        return CellReading(read, tuple(absent), tuple(found), faulty)

    def _absence(self, column: Column, item: Cell) -> ox.NamedNode | None:
        """The reason why there is no value, where the text is one and no value of the column."""
        if not column.may_be_absent:
            return None
        lists, text = self.vocabulary.lists, item.text or ""
        if column.choices and lists[column.name].find(text):
            return None
        found = lists[ABSENCES].find(text)
        return ox.NamedNode(next(iter(found))) if len(found) == 1 else None

    def _remember(self, column: Column, text: str, reading: CellReading) -> None:
        if type(text) is str and len(text) <= _LONGEST_REMEMBERED:
            if len(self._known) >= _MOST_REMEMBERED:
                self._known.clear()
            said = tuple((item.text or "", value) for item, value in reading.items)
            self._known[column.name, text] = said


def _with_remarks(
    reading: CellReading, column: Column, cells: Sequence[Cell], names: bool
) -> CellReading:
    if reading.faulty or not reading.items:
        return reading
    remarks = [one for cell in cells for one in text_remarks(column, cell, names=names)]
    return replace(reading, findings=(*reading.findings, *remarks)) if remarks else reading


def _faults(
    column: Column, cell: Cell, given: Sequence[Cell] | None, names: bool
) -> list[CellFinding]:
    if given is not None and len(given) > MOST_ITEMS:
        return [finding("too-many-items", cell, count=len(given), most=MOST_ITEMS)]
    found: list[CellFinding] = []
    for one in (cell,) if given is None else given:
        found += (
            text_faults(one)
            or error_faults(one, column.separator)
            or (identifier_faults(one) if names else read_personal_faults(one))
        )
    return found or (list_faults(cell, column.separator) if given is None else [])
