"""What stands in a workbook and is not read: told, and looked at for personal data, for the file is kept."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from werkzaam.domain.queries import LANGUAGES
from werkzaam.ingest.cell_checks import comment_personal_faults, unread_personal_faults
from werkzaam.ingest.cells import Cell
from werkzaam.ingest.faults import finding
from werkzaam.ingest.limits import MOST_FINDINGS_ALIKE
from werkzaam.ingest.mapping_language import GroupTable, TableMapping
from werkzaam.ingest.report import CellFinding
from werkzaam.ingest.sheet_matching import MatchedSheet
from werkzaam.ingest.sheets import Sheet
from werkzaam.ingest.words import folded
from werkzaam.messages import say

_OWN: Final = ("Help", "About this file", "Findings", "Lists")


def unread_parts(
    sheets: Sequence[Sheet], matched: Sequence[MatchedSheet], mapping: TableMapping
) -> Iterator[CellFinding]:
    """Findings about the sheets that hold no table, about the rows above the titles of the others, and
    about the comments on all."""
    read = {id(match.sheet): match for match in matched}
    personal: list[Iterator[CellFinding]] = []
    for sheet in sheets:
        match = read.get(id(sheet))
        if match is None and not sheet.hidden:
            yield from _unread(sheet, mapping)
        last = None if match is None else match.titles_row - 1
        personal += [_personal(sheet, last), _in_comments(sheet)]
    yield from _comments(sheets)
    for found in personal:
        yield from islice(found, MOST_FINDINGS_ALIKE)


def _unread(sheet: Sheet, mapping: TableMapping) -> Iterator[CellFinding]:
    """That a sheet is not read; a fault where it is called as one that should be."""
    name = folded(sheet.name or "")
    tables: tuple[TableMapping | GroupTable, ...] = (mapping, *mapping.groups)
    wanted = {folded(t) for table in tables for titles in table.titles.values() for t in titles}
    own = {folded(say(word, language)) for word in _OWN for language in LANGUAGES}
    if name in wanted:
        yield finding("sheet-without-titles", Cell(sheet=sheet.name))
    elif name not in own:
        yield finding("unread-sheet", Cell(sheet=sheet.name))


def _personal(sheet: Sheet, last: int | None) -> Iterator[CellFinding]:
    """Personal data in the rows up to ``last``, or in all of them."""
    for number, row in enumerate((sheet.rows or ())[:last], start=1):
        for place, text in enumerate(row):
            if text:
                yield from unread_personal_faults(Cell(number, place, None, text, sheet.name))


def _comments(sheets: Sequence[Sheet]) -> Iterator[CellFinding]:
    """That comments cannot be read, or are not taken over, which is told once; remarks of ours came with a file that was sent back."""
    for sheet in sheets:
        if sheet.comments is None:
            yield finding("unreadable-comments", Cell(sheet=sheet.name))
    all_ = [(sheet, comment) for sheet in sheets for comment in sheet.comments or ()]
    others = [(s, c) for s, c in all_ if not c.ours and c.text.strip()]
    if others:
        sheet, first = others[0]
        cell = Cell(first.place.row, first.place.column, sheet=sheet.name)
        yield finding("comments-not-read", cell, count=len(others))


def _in_comments(sheet: Sheet) -> Iterator[CellFinding]:
    """Personal data in the comments on any cell."""
    for comment in sheet.comments or ():
        if comment.text:
            cell = Cell(*comment.place, None, comment.text, sheet.name)
            yield from comment_personal_faults(cell)
