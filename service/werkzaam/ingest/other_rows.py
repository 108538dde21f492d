"""Rows of a table that hold no record: notes, headings, titles once more, units, totals without a name.

They are told once each and not judged: what they lack as a record would say nothing.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from werkzaam.ingest.cell_checks import unread_personal_faults
from werkzaam.ingest.faults import finding
from werkzaam.ingest.mapping_language import TableMapping
from werkzaam.ingest.report import CellFinding
from werkzaam.ingest.table import Table
from werkzaam.ingest.words import folded

_NUMBERS: Final = re.compile(r"[€$\s\d.,%+-]*\d[€$\s\d.,%+-]*")
_SEVERAL: Final = 2
_MANY: Final = 3


def without_other_rows(
    table: Table, mapping: TableMapping
) -> tuple[Table, tuple[CellFinding, ...]]:
    """``table`` without the rows that hold no record, and what is said of those: a violation each, and
    the personal data in them, for the file is kept."""
    rows = _OtherRows(table, mapping)
    found: list[CellFinding] = []
    others: set[int] = set()
    for number, filled in rows.found():
        others.add(number)
        cells = [table.cell(number, place) for place in filled]
        read = (cell for cell in cells if cell.column in table.read_places)
        personal = [fault for cell in read for fault in unread_personal_faults(cell)]
        first = replace(cells[0], text=None) if personal else cells[0]
        found += [finding("no-record-row", first), *personal]
    return replace(table, others=frozenset(others)) if others else table, tuple(found)


class _OtherRows:
    """Looks for them. ``_below``: the number of a row up to which a table of something else may go on,
    and how many cells its rows have at most."""

    def __init__(self, table: Table, mapping: TableMapping) -> None:
        places = table.columns.places
        self._table, self._titles = table, mapping.by_title
        self._key = places.get(mapping.key)
        wanted = [c.name for c in mapping.columns if c.required and c.default is None]
        self._needed = len(wanted)
        self._required = [places[name] for name in wanted if name in places]
        self._merged = {
            row
            for span in table.oddities.merged
            if span.last_row > span.first_row > table.titles_row
            for row in range(span.first_row, min(span.last_row, len(table.rows)) + 1)
        }
        self._has_long_rows: bool | None = None
        self._below = (0, 0)

    def found(self) -> Iterator[tuple[int, list[int]]]:
        """The number of each such row and the places of its filled cells."""
        for number, row in self._table.records:
            key = _at(row, self._key)
            whole = all(_at(row, place) for place in self._required)
            if whole and self._below[0] != number and folded(key) not in self._titles:
                continue
            filled = [place for place, text in enumerate(row) if text.strip()]
            if self._holds_no_record(number, row, key, filled):
                yield number, filled

    def _holds_no_record(
        self, number: int, row: Sequence[str], key: str, filled: list[int]
    ) -> bool:
        last, most = self._below
        if number == last and len(filled) <= most:
            self._below = (number + 1, most)
            return True
        if self._is_titles(row, filled):
            if any(folded(row[place]) != folded(self._title(place)) for place in filled):
                self._below = (number + 1, len(filled))
            return True
        if number in self._merged:
            return False
        if len(filled) == 1:
            return self._needed >= _SEVERAL and self._some_are_long()
        if self._key is not None and not key and all(_is_number(row[place]) for place in filled):
            return True
        lacks_all = not any(_at(row, place) for place in self._required)
        return lacks_all and len(self._required) >= _SEVERAL

    def _is_titles(self, row: Sequence[str], filled: list[int]) -> bool:
        """Whether there are titles of columns, the first among them and at least half of the rest."""
        known = [place for place in filled if folded(row[place]) in self._titles]
        return (
            len(filled) >= _SEVERAL
            and known[:1] == filled[:1]
            and len(known) * _SEVERAL >= len(filled)
        )

    def _title(self, place: int) -> str:
        header = self._table.header
        return header[place] if place < len(header) else ""

    def _some_are_long(self) -> bool:
        """Whether any row has more than two cells filled, as a record among notes would."""
        if self._has_long_rows is None:
            self._has_long_rows = any(
                sum(bool(text.strip()) for text in row) >= _MANY for _, row in self._table.records
            )
        return self._has_long_rows


def _at(row: Sequence[str], place: int | None) -> str:
    return row[place].strip() if place is not None and place < len(row) else ""


def _is_number(text: str) -> bool:
    return _NUMBERS.fullmatch(text) is not None
