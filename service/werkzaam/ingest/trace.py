"""From a statement back to the cell it came from."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from werkzaam.ingest.cells import Cell

_MOST_RECORDS: Final = 1_000

_Place = tuple[int | None, int | None, str | None, str | None, str | None]


def _place(cell: Cell) -> _Place:
    return cell.row, cell.column, cell.title, cell.sheet, cell.path


@dataclass
class Trace:
    """The cell of every statement, and of those that could have been made and were not.

    Few are asked for, so they are noted only then: ``replay`` notes all of the record that a
    subject belongs to, and says whether there is one.
    """

    replay: Callable[[str], bool] = lambda _: False
    _by_statement: dict[tuple[str, str, str], Cell] = field(default_factory=dict)
    _by_property: dict[tuple[str, str], Cell] = field(default_factory=dict)
    _by_subject: dict[str, Cell] = field(default_factory=dict)
    _spoilt: set[_Place] = field(default_factory=set)
    _replayed: int = 0

    def subject(self, subject: str, cell: Cell) -> None:
        """What is said of ``subject`` stands here where nothing nearer is known."""
        self._by_subject.setdefault(subject, cell)

    def property(self, subject: str, property_: str, cell: Cell, last: bool = False) -> None:
        """The cell where this property is, or would be; of several the first, or the last one."""
        if last:
            self._by_property[subject, property_] = cell
        else:
            self._by_property.setdefault((subject, property_), cell)

    def statement(self, subject: str, property_: str, value: str, cell: Cell) -> None:
        """The cell, or the item in it, that says this."""
        self._by_statement.setdefault((subject, property_, value), cell)

    def spoil(self, cell: Cell) -> None:
        """A fault in this cell has been reported; it is not worth judging again."""
        self._spoilt.add(_place(cell))

    def is_spoilt(self, cell: Cell) -> bool:
        """Whether a fault in this cell has been reported already."""
        return _place(cell) in self._spoilt

    def find(self, subject: str, property_: str | None, value: str | None) -> Cell | None:
        """The nearest cell; None for a subject that is not in the file."""
        if subject not in self._by_subject:
            self._note(subject)
        near = None
        if property_ is not None and value is not None:
            near = self._by_statement.get((subject, property_, value))
        if near is None and property_ is not None:
            near = self._by_property.get((subject, property_))
        return near or self._by_subject.get(subject)

    def _note(self, subject: str) -> None:
        if self._replayed >= _MOST_RECORDS:
            for noted in (self._by_statement, self._by_property, self._by_subject):
                noted.clear()
            self._replayed = 0
        self._replayed += self.replay(subject)
