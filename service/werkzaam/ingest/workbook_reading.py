"""An Excel workbook as sheets of text, with what it shows otherwise than its cells say.

Office Open XML (`ECMA-376 <https://ecma-international.org/publications-and-standards/standards/ecma-376/>`_)
by openpyxl, sheet by sheet in one pass. Values are those that the file holds: nothing is reckoned,
no macro runs and no link is followed.
"""

import io
import warnings
from collections.abc import Generator, Iterator
from typing import Any, Final

from openpyxl.reader.excel import ExcelReader
from openpyxl.utils.escape import unescape
from openpyxl.worksheet._reader import (
    COL_TAG,
    FORMULA_TAG,
    MERGE_TAG,
    ROW_TAG,
    VALUE_TAG,
    WorkSheetParser,
)
from openpyxl.worksheet.merge import MergeCells
from openpyxl.xml.functions import iterparse

from werkzaam.ingest.limits import MOST_COLUMNS, MOST_ROWS, MOST_SHEET_ROWS
from werkzaam.ingest.sheets import Oddities, Place, Sheet, Span
from werkzaam.ingest.typed_cells import shown_text
from werkzaam.ingest.words import with_plain_lines
from werkzaam.ingest.workbook_comments import read_comments
from werkzaam.ingest.workbook_styles import Formats, has_struck_run, struck_strings

_TRUE: Final = ("1", "true")
_MOST_MERGED: Final = 10_000


class _SheetParser(WorkSheetParser):
    """Remembers what is hidden and which formulas have no outcome, and builds no more than that."""

    def __init__(self, *given: Any, struck_texts: frozenset[int], **named: Any) -> None:
        super().__init__(*given, **named)
        self._struck_texts = struck_texts
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.unreckoned: set[Place] = set()
        self.struck: set[Place] = set()

    def parse(self) -> Generator[Any, None, None]:
        """The rows; of all else in a sheet only what columns and merged cells say is looked at, so that
        an odd layout keeps nobody from reading the cells."""
        for _, element in iterparse(self.source):
            if element.tag == ROW_TAG:
                yield self.parse_row(element)
            elif element.tag == COL_TAG:
                self.parse_column_dimensions(element)
            elif element.tag == MERGE_TAG:
                self.merged_cells = MergeCells.from_tree(element)
            else:
                continue
            element.clear()

    def parse_row(self, row: Any) -> tuple[int, list[dict[str, Any]]]:
        """The number of the row and its cells; sizes and styles of a row are left alone. Raises ValueError
        where a cell says that it stands elsewhere, or two that they stand at one place."""
        self.row_counter = int(row.get("r") or self.row_counter + 1)
        self.col_counter = 0
        if len(row) and row.get("hidden") in _TRUE:
            self.hidden_rows.add(self.row_counter)
        cells = [self.parse_cell(cell) for cell in row]
        places = {cell["column"] for cell in cells if cell["row"] == self.row_counter}
        if len(places) < len(cells):
            raise ValueError("cells at no place of their own")
        return self.row_counter, cells

    def parse_cell(self, element: Any) -> dict[str, Any]:
        """A cell; a formula that was never reckoned has no value, unlike one whose outcome is the
        empty text."""
        cell: dict[str, Any] = super().parse_cell(element)
        empty = cell["value"] is None and element.get("t") != "str"
        if empty and element.find(FORMULA_TAG) is not None:
            self.unreckoned.add(Place(cell["row"], cell["column"] - 1))
        if self._is_struck(element):
            self.struck.add(Place(cell["row"], cell["column"] - 1))
        return cell

    def _is_struck(self, element: Any) -> bool:
        """Whether a run of its text has a line through it."""
        kind = element.get("t")
        if kind == "s" and self._struck_texts:
            return int(element.findtext(VALUE_TAG) or -1) in self._struck_texts
        return kind == "inlineStr" and has_struck_run(element)

    def parse_column_dimensions(self, col: Any) -> None:
        """Which columns are hidden."""
        if col.get("hidden") in _TRUE:
            last = min(int(col.get("max", 0)), MOST_COLUMNS)
            self.hidden_columns.update(range(int(col.get("min", 1)) - 1, last))


def read_workbook(data: bytes) -> list[Sheet]:
    """The sheets of cells in ``data``, in their order.

    Raises whatever openpyxl raises where ``data`` is no workbook.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about styles and extensions that are not read
        reader = ExcelReader(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        reader.read()
        with reader.archive:
            return list(_sheets(reader))


def _sheets(reader: Any) -> Iterator[Sheet]:
    book = reader.wb
    formats, struck_texts = Formats(book.worksheets[0]), struck_strings(reader)
    for sheet, link in reader.parser.find_sheets():
        if "chartsheet" in link.Type or link.target not in reader.valid_files:
            continue
        with reader.archive.open(link.target) as source:
            parser = _SheetParser(
                source,
                reader.shared_strings,
                data_only=True,
                epoch=book.epoch,
                date_formats=book._date_formats,
                timedelta_formats=book._timedelta_formats,
                struck_texts=struck_texts,
            )
            rows, broken, widest = _rows(parser, formats)
        oddities = Oddities(
            frozenset(parser.hidden_rows),
            frozenset(parser.hidden_columns),
            _merged(parser),
            frozenset(parser.unreckoned),
            broken,
            widest,
            frozenset(parser.struck),
        )
        comments = read_comments(reader.archive, link.target, set(reader.valid_files))
        hidden = (sheet.state or "visible") != "visible"
        yield Sheet(sheet.name, rows, hidden, oddities, comments)


def _rows(parser: _SheetParser, formats: Formats) -> tuple[list[Any] | None, dict[Place, str], int]:
    """The rows, None where there are too many; cells that show an error; the widest row."""
    rows: list[Any] = []
    filled, widest = 0, 0
    broken: dict[Place, str] = {}
    for number, cells in parser.parse():
        texts = _texts(cells, formats)
        if not texts:
            continue
        filled += 1
        if filled > MOST_ROWS + 1 or number > MOST_SHEET_ROWS:
            return None, broken, widest
        if number <= len(rows):
            raise ValueError("rows in no order")
        rows.extend(() for _ in range(number - 1 - len(rows)))
        rows.append(texts)
        widest = max(widest, len(texts))
        for cell in cells:
            if cell["data_type"] == "e":
                broken[Place(number, cell["column"] - 1)] = str(cell["value"])
            if cell["style_id"] in formats.struck and cell["value"] is not None:
                parser.struck.add(Place(number, cell["column"] - 1))
    return rows, broken, widest


def _texts(cells: list[dict[str, Any]], formats: Formats) -> list[str]:
    texts: list[str] = []
    for cell in cells:
        value = cell["value"]
        if value is None:
            continue
        if cell["data_type"] == "e":
            text = " "
        elif isinstance(value, str):
            text = with_plain_lines(unescape(value) if "_x" in value else value)
        else:
            text = shown_text(value, formats.of(cell["style_id"]))
        if not text:
            continue
        place = cell["column"] - 1
        if place >= len(texts):
            texts.extend("" for _ in range(place + 1 - len(texts)))
        texts[place] = text
    return texts


def _merged(parser: _SheetParser) -> tuple[Span, ...]:
    if parser.merged_cells is None:
        return ()
    areas = list(parser.merged_cells.mergeCell)
    if len(areas) > _MOST_MERGED:
        raise ValueError("too many merged cells")
    return tuple(Span(a.min_row, a.min_col - 1, a.max_row, a.max_col - 1) for a in areas)
