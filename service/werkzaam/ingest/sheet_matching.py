"""Which sheet of a workbook is which table of the mapping, and where its column titles stand."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from werkzaam.ingest.cells import Cell
from werkzaam.ingest.faults import finding
from werkzaam.ingest.mapping_language import GroupTable, TableMapping
from werkzaam.ingest.report import CellFinding
from werkzaam.ingest.sheets import Sheet
from werkzaam.ingest.words import bare_title, folded

_ROWS_LOOKED_AT = 10
_SURE = 2


@dataclass(frozen=True)
class MatchedSheet:
    """A sheet with the table that it holds and the row of its titles, from 1. ``table`` is the
    mapping itself for the main table."""

    sheet: Sheet
    table: TableMapping | GroupTable
    titles_row: int


@dataclass(frozen=True)
class MatchedSheets:
    """``unread``: the names of the visible sheets that hold no table of the mapping."""

    matched: tuple[MatchedSheet, ...]
    unread: tuple[str, ...]
    findings: tuple[CellFinding, ...]


def match_sheets(sheets: Sequence[Sheet], mapping: TableMapping) -> MatchedSheets:
    """The tables in ``sheets``. A sheet holds the table most of whose titles it has, two at least,
    or one if it is called so. Where none holds the main table, the first sheet does: what its titles
    lack is then said."""
    matched: list[MatchedSheet] = []
    others: list[Sheet] = []
    found: list[CellFinding] = []
    for sheet in sheets:
        match = _best(sheet, mapping)
        if match is None:
            others.append(sheet)
        elif sheet.hidden:
            found.append(finding("hidden-sheet", Cell(sheet=sheet.name)))
        else:
            matched.append(match)
    visible = [sheet for sheet in others if not sheet.hidden]
    filled = [sheet for sheet in visible if sheet.rows]
    if filled and not any(match.table is mapping for match in matched):
        first = filled[0]
        visible.remove(first)
        matched.insert(0, MatchedSheet(first, mapping, _first_row(first)))
    return MatchedSheets(tuple(matched), tuple(s.name or "" for s in visible), tuple(found))


def _best(sheet: Sheet, mapping: TableMapping) -> MatchedSheet | None:
    name = folded(sheet.name or "")
    best: tuple[bool, int, int] = (False, 0, 0)
    match = None
    tables: tuple[TableMapping | GroupTable, ...] = (mapping, *mapping.groups)
    for table in tables:
        called = any(name == folded(title) for titles in table.titles.values() for title in titles)
        for row, count in _titles(sheet, table):
            enough = count >= (1 if called else _SURE)
            if enough and (called, count, -row) > best:
                best = (called, count, -row)
                match = MatchedSheet(sheet, table, row)
    return match


def _titles(sheet: Sheet, table: TableMapping | GroupTable) -> Iterator[tuple[int, int]]:
    """The first rows with the number of columns of ``table`` that they name."""
    for number, row in enumerate((sheet.rows or ())[:_ROWS_LOOKED_AT], start=1):
        found = (
            table.by_title.get(folded(text)) or table.by_title.get(bare_title(text)) for text in row
        )
        yield number, len({column.name for column in found if column})


def _first_row(sheet: Sheet) -> int:
    return next(number for number, row in enumerate(sheet.rows or (), start=1) if row)
