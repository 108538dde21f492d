"""Fields of JSON that nothing is read from: told once each, and looked at for personal data."""

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from werkzaam.ingest.cell_checks import (
    text_faults,
    title_personal_faults,
    unread_personal_faults,
)
from werkzaam.ingest.cells import Cell
from werkzaam.ingest.faults import finding
from werkzaam.ingest.json_reading import JsonRecord, pointed_at
from werkzaam.ingest.limits import MOST_FINDINGS_ALIKE
from werkzaam.ingest.mapping import Column, TableMapping
from werkzaam.ingest.report import CellFinding

_NEAR: Final = 0.75
_MOST_NAME_CHARACTERS: Final = 100


def unread_fields(
    records: Sequence[JsonRecord], beside: Mapping[str, object], mapping: TableMapping
) -> Iterator[CellFinding]:
    """A warning for each unknown field, a violation where it is nearly the name of one that is not
    there; and what looks like personal data in them, for the file itself is kept."""
    told: set[str] = set()
    yield from _of_object(beside, JsonRecord(None, "", beside), (), "", {}, told)
    groups = {group.pointer: group.own_columns for group in mapping.groups}
    for record in records:
        yield from _of_object(record.value, record, mapping.columns, record.path, groups, told)
        for pointer, columns in groups.items():
            for path, row in _rows(record, pointer):
                yield from _of_object(row, record, columns, path, {}, told)


def _rows(record: JsonRecord, pointer: str) -> Iterator[tuple[str, Mapping[str, object]]]:
    """The rows of a repeat group, each with its path."""
    rows = pointed_at(record.value, pointer)
    for number, row in enumerate(rows if isinstance(rows, list) else ()):
        if isinstance(row, Mapping):
            yield f"{record.path}{pointer}/{number}", row


def _of_object(
    value: Mapping[str, object],
    record: JsonRecord,
    columns: Sequence[Column],
    path: str,
    groups: Mapping[str, Sequence[Column]],
    told: set[str],
) -> Iterator[CellFinding]:
    known = {*groups, *(column.pointer for column in columns)}
    for name, inner in value.items():
        pointer = "/" + name.replace("~", "~0").replace("/", "~1")
        if any(one == pointer or one.startswith(pointer + "/") for one in known):
            continue
        faults = text_faults(Cell(text=name)) or title_personal_faults(Cell(text=name))
        if faults:
            yield from (replace(one, value=None, row=record.row, path=path) for one in faults)
            yield from _personal(inner, Cell(record.row, path=path))
            continue
        cell = Cell(record.row, None, name, name, None, path + pointer)
        if name not in told and len(told) < MOST_FINDINGS_ALIKE:
            told.add(name)
            yield _unknown(name, cell, value, columns)
        yield from _personal(inner, cell)


def _unknown(
    name: str, cell: Cell, value: Mapping[str, object], columns: Sequence[Column]
) -> CellFinding:
    absent = [c.pointer[1:] for c in columns if pointed_at(value, c.pointer) is None]
    near = difflib.get_close_matches(name[:_MOST_NAME_CHARACTERS], absent, n=1, cutoff=_NEAR)
    if near:
        return finding("misspelt-column", cell, near=near[0])
    return finding("unknown-column", cell)


def _personal(value: object, cell: Cell) -> Iterator[CellFinding]:
    """Faults in all texts below a field that is not read."""
    left = [(cell.path or "", value)]
    while left:
        path, inner = left.pop()
        if isinstance(inner, Mapping):
            left += [(f"{path}/{name}", below) for name, below in inner.items()]
        elif isinstance(inner, list):
            left += [(f"{path}/{number}", below) for number, below in enumerate(inner)]
        elif isinstance(inner, str):
            found = Cell(cell.row, None, cell.title, inner, None, path)
            yield from text_faults(found) or unread_personal_faults(found)
