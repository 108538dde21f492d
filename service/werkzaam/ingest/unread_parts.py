"""What stands in a workbook and is not read: told, and looked at for personal data, for the file is kept."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from werkzaam.domain.queries import LANGUAGES
from werkzaam.ingest.cell_checks import unread_personal_faults
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
    """Findings about the sheets that hold no table, and about the rows above the titles of the others."""
    read = {id(match.sheet): match for match in matched}
    personal: list[Iterator[CellFinding]] = []
    for sheet in sheets:
        match = read.get(id(sheet))
        if match is None and not sheet.hidden:
            yield from _unread(sheet, mapping)
        last = None if match is None else match.titles_row - 1
        personal.append(_personal(sheet, last))
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
