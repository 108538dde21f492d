"""Which column of an upload is which column of the mapping."""

import difflib
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from werkzaam.domain.characters import shown
from werkzaam.domain.queries import Bilingual
from werkzaam.ingest.cell_checks import text_faults, title_personal_faults
from werkzaam.ingest.cells import Cell, letters
from werkzaam.ingest.faults import finding
from werkzaam.ingest.limits import MOST_TITLE_CHARACTERS, MOST_VALUE_CHARACTERS
from werkzaam.ingest.mapping import TitledTable
from werkzaam.ingest.nearness import contradict, distance_within
from werkzaam.ingest.report import CellFinding
from werkzaam.ingest.words import bare_title, folded

_NEAR = 0.75
_REMOTE = 0.65
_MOST_NEAR = 5
_MOST_NAMED = 12
_LONG = 8
_BRACKETED: Final = re.compile(r"\s*[(\[][^)\]]*[)\]]$")
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
    """The places of the columns, by title; white space, case and Unicode form make no difference.

    What only helps to fill in, such as "(required)", makes none where one column alone is so called.
    """
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
    unknown, told = _by_bare_title(unknown, mapping, places)
    found += told
    titles = tuple(cell.title or "" for cell in cells)
    if not places and len(header) == 1:
        return MatchedColumns(places, titles, titles, (*found, finding("delimiter", cells[0])))
    titled = [cell for cell in unknown if folded(cell.text or "")]
    found += [_unknown(cell, mapping, places) for cell in titled]
    found += _missing(mapping, places)
    return MatchedColumns(places, titles, tuple(cell.title or "" for cell in titled), tuple(found))


def _by_bare_title(
    unknown: Sequence[Cell], mapping: TitledTable, places: dict[str, int]
) -> tuple[list[Cell], list[CellFinding]]:
    """Those of ``unknown`` that stay so, and what the others were read as, which go to ``places``."""
    meant = [(cell, mapping.by_title.get(bare_title(cell.text or ""))) for cell in unknown]
    times = Counter(column.name for _, column in meant if column)
    times.update(places.keys())
    left: list[Cell] = []
    told: list[CellFinding] = []
    for cell, column in meant:
        if column is None or times[column.name] > 1:
            left.append(cell)
        else:
            places[column.name] = cell.column or 0
            told.append(finding("read-as", cell, meant=f'"{bare_title(cell.text or "")}"'))
    return left, told


def nearest_titles(titles: Sequence[str], mapping: TitledTable) -> Bilingual | None:
    """What to do where none of ``titles`` is known: which those are, and the nearest that is. None
    where no title can be repeated."""
    said = [cell for cell in _title_cells(titles)[0] if (cell.text or "").strip()][:_MOST_NAMED]
    if not said:
        return None
    absent = list(mapping.by_title)
    near = [(cell.title, _nearest(cell.text or "", absent, _REMOTE)) for cell in said]
    names = ", ".join(f'"{cell.title}"' for cell in said)
    pairs = ", ".join(f'"{known}" in plaats van "{title}"' for title, known in near if known)
    pairs_en = pairs.replace(" in plaats van ", " in the place of ")
    return Bilingual(
        nl=f"Gevonden: {names}. Zet de titels uit het sjabloon boven de kolommen"
        + (f", misschien {pairs}." if pairs else "."),
        en=f"Found: {names}. Put the titles of the template above the columns"
        + (f", perhaps {pairs_en}." if pairs else "."),
    )


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
    absent = [words for words, column in mapping.by_title.items() if column.name not in places]
    near = _nearest(cell.text or "", absent, _NEAR)
    if near:
        return finding("misspelt-column", cell, _without_tail(cell, near), near=near)
    remote = _nearest(cell.text or "", absent, _REMOTE)
    if remote is None:
        return finding("unknown-column", cell)
    hint = Bilingual(
        nl=f'De kolom "{remote}" ontbreekt. Verander de titel in "{remote}" als u die bedoelt; anders '
        "hoeft u niets te doen.",
        en=f'The column "{remote}" is not there. Change the title to "{remote}" if you mean that; '
        "otherwise you need not do anything.",
    )
    return finding("unknown-column", cell, hint)


def _without_tail(cell: Cell, near: str) -> Bilingual | None:
    """What to do where a tail in brackets, such as "(x 1000)", is all that sets a title apart."""
    words = folded(cell.text or "")
    bare = _BRACKETED.sub("", words)
    if bare != near:
        return None
    tail = words.removeprefix(bare).strip()
    return Bilingual(
        nl=f'Zet de waarden eronder zoals het sjabloon ze vraagt: "{tail}" wordt niet meegelezen. '
        f'Verander de titel daarna in "{near}".',
        en=f'Put the values below it as the template asks for them: "{tail}" is not read. Then change '
        f'the title to "{near}".',
    )


def _nearest(title: str, absent: Sequence[str], cutoff: float) -> str | None:
    """The one of ``absent`` that ``title`` is like, and that says nothing else for certain."""
    words = folded(title)
    if len(words) > MOST_VALUE_CHARACTERS:
        return None
    bare = _BRACKETED.sub("", words)
    able = sorted(one for one in absent if not contradict(bare, one))
    if bare != words and bare in able:
        return bare
    near = difflib.get_close_matches(words, able, n=_MOST_NEAR, cutoff=cutoff)
    return next((one for one in near if len(one) >= _LONG or distance_within(words, one, 1)), None)


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
