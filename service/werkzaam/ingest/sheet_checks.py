"""What a spreadsheet hides, merges or cannot show, as findings about the cells that are read."""

from collections import defaultdict
from collections.abc import Iterator

from werkzaam.ingest.cells import Cell, letters
from werkzaam.ingest.faults import finding
from werkzaam.ingest.report import CellFinding
from werkzaam.ingest.sheets import Span
from werkzaam.ingest.table import Table

_MOST_CELLS = 10_000


def sheet_faults(table: Table) -> Iterator[tuple[CellFinding, tuple[Cell, ...]]]:
    """The findings, each with the cells whose value is lost by it, at most ``_MOST_CELLS``."""
    odd = table.oddities
    for found in (*_above_or_hidden(table), *_struck(table)):
        yield found, ()
    for span in odd.merged:
        yield from _merged(table, span)
    for name, places in (("unreckoned-formula", odd.unreckoned), ("error-in-cell", odd.broken)):
        for place in sorted(places)[:_MOST_CELLS]:
            if place.row > table.titles_row and place.column in table.read_places:
                cell = table.cell(*place)
                cell = cell.item(odd.broken.get(place, cell.text or ""))
                yield finding(name, cell), (cell,)


def _above_or_hidden(table: Table) -> Iterator[CellFinding]:
    odd = table.oddities
    if table.titles_row > 1:
        cell = Cell(row=table.titles_row, sheet=table.sheet)
        yield finding("rows-above-titles", cell, row=table.titles_row)
    hidden = sorted(number for number, _ in table.records if number in odd.hidden_rows)
    if hidden:
        cell = Cell(row=hidden[0], sheet=table.sheet)
        yield finding("hidden-rows", cell, count=len(hidden), first=hidden[0])
    for column in sorted(odd.hidden_columns & table.read_places):
        yield finding("hidden-column", table.cell(table.titles_row, column))


def _struck(table: Table) -> Iterator[CellFinding]:
    """Text with a line through it: of a whole row told once."""
    rows: dict[int, list[int]] = defaultdict(list)
    for place in sorted(table.oddities.struck):
        if place.column in table.read_places:
            rows[place.row].append(place.column)
    for number, row in table.records if rows else ():
        struck = rows.get(number, [])
        filled = [place for place in table.read_places if place < len(row) and row[place].strip()]
        if len(filled) > 1 and set(filled) == set(struck):
            yield finding("struck-row", table.cell(number, struck[0]))
        else:
            yield from (finding("struck-text", table.cell(number, place)) for place in struck)


def _merged(table: Table, span: Span) -> Iterator[tuple[CellFinding, tuple[Cell, ...]]]:
    """Merged titles do no harm; merged cells below them hide what is meant for which row."""
    first = max(span.first_row, table.titles_row + 1)
    last = min(span.last_row, len(table.rows))
    places = table.read_places.intersection(range(span.first_column, span.last_column + 1))
    if not places or first > last or last <= table.titles_row:
        return
    top = table.cell(span.first_row, span.first_column)
    covered = [
        table.cell(row, place)
        for row in range(first, last + 1)
        for place in sorted(places)
        if (row, place) != (span.first_row, span.first_column)
    ]
    if not covered:
        return
    area = (
        f"{letters(span.first_column)}{span.first_row}:{letters(span.last_column)}{span.last_row}"
    )
    yield finding("merged-cells", top, area=area), tuple(covered[:_MOST_CELLS])
