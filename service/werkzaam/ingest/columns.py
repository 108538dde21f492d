"""Which column of an upload is which column of the mapping."""

import difflib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from werkzaam.domain.characters import shown
from werkzaam.ingest.cell_checks import text_faults, title_personal_faults
from werkzaam.ingest.cells import Cell, letters
from werkzaam.ingest.faults import finding
from werkzaam.ingest.limits import MOST_TITLE_CHARACTERS, MOST_VALUE_CHARACTERS
from werkzaam.ingest.mapping import TitledTable
from werkzaam.ingest.report import CellFinding
from werkzaam.ingest.words import folded

_NEAR = 0.75
_HIDDEN: Final = "…"


@dataclass(frozen=True)
class MatchedColumns:
    """``places``: column name → number in the file. ``titles``: of all columns, as they may be
    repeated; ``unread``: those of which nothing is read."""

    places: dict[str, int]
    titles: tuple[str, ...]
    unread: tuple[str, ...]
    findings: tuple[CellFinding, ...]


def match_columns(header: Sequence[str], mapping: TitledTable) -> MatchedColumns:
    """The places of the columns, by title; white space, case and Unicode form make no difference."""
    places: dict[str, int] = {}
    unknown: list[Cell] = []
    cells, found = _title_cells(header)
    for cell in cells:
        column = mapping.by_title.get(folded(cell.text or ""))
        if column is None:
            unknown.append(cell)
        elif column.name in places:
            found.append(finding("duplicate-column", cell, first=letters(places[column.name])))
        else:
            places[column.name] = cell.column or 0
    titles = tuple(cell.title or "" for cell in cells)
    if not places and len(header) == 1:
        return MatchedColumns(places, titles, titles, (*found, finding("delimiter", cells[0])))
    titled = [cell for cell in unknown if folded(cell.text or "")]
    found += [_unknown(cell, mapping, places) for cell in titled]
    found += _missing(mapping, places)
    return MatchedColumns(places, titles, tuple(cell.title or "" for cell in titled), tuple(found))


def _title_cells(header: Sequence[str]) -> tuple[list[Cell], list[CellFinding]]:
    """The cells of the titles, and what is wrong with their text. One with a fault is hidden: it
    is repeated nowhere, and is the title of no column."""
    cells: list[Cell] = []
    found: list[CellFinding] = []
    for number, title in enumerate(header):
        cell = Cell(1, number, None, title)
        faults = text_faults(cell) or title_personal_faults(cell)
        found += [replace(fault, value=None) for fault in faults]
        cells.append(
            Cell(1, number, _HIDDEN, "")
            if faults
            else Cell(1, number, shown(title, MOST_TITLE_CHARACTERS), title)
        )
    return cells, found


def _unknown(cell: Cell, mapping: TitledTable, places: dict[str, int]) -> CellFinding:
    """A title near that of a column that is not there is a mistake; others may be one's own."""
    title = folded(cell.text or "")
    absent = [words for words, column in mapping.by_title.items() if column.name not in places]
    near: list[str] = []
    if len(title) <= MOST_VALUE_CHARACTERS:
        near = difflib.get_close_matches(title, sorted(absent), n=1, cutoff=_NEAR)
    return (
        finding("misspelt-column", cell, near=near[0]) if near else finding("unknown-column", cell)
    )


def _missing(mapping: TitledTable, places: dict[str, int]) -> list[CellFinding]:
    return [
        finding(
            "missing-column",
            Cell(row=1, title=column.title()),
            wanted=column.title(),
            wantedEn=column.title("en"),
        )
        for column in mapping.columns
        if column.required and column.default is None and column.name not in places
    ]
