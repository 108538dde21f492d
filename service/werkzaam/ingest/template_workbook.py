"""The workbook that a sender fills in, made from the mapping: lists to choose from, help, no rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from openpyxl import Workbook
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.worksheet import Worksheet

from werkzaam.domain.content import Content
from werkzaam.domain.queries import Language
from werkzaam.ingest.background import known_triples
from werkzaam.ingest.codes import code_lists
from werkzaam.ingest.limits import MOST_ROWS
from werkzaam.ingest.mapping import Column, TitledTable, read_mapping
from werkzaam.ingest.record_export import CellValue
from werkzaam.ingest.sheet_writing import set_widths, style_title, workbook_bytes, write_text
from werkzaam.ingest.template_about import AboutTemplate
from werkzaam.ingest.template_help import write_about, write_help
from werkzaam.ingest.template_rules import number_format, rule_of
from werkzaam.messages import say

_NARROW, _WIDE, _WIDEST = 14, 22, 50
_TITLE_CHARACTERS: Final = 31


@lru_cache(maxsize=32)
def template_workbook(
    content: Content, name: str, language: Language, about: AboutTemplate, demo: bool
) -> bytes:
    """The workbook (XLSX) to fill in for the mapping ``name``, with its words and lists in
    ``language``; the same bytes for the same arguments. ``demo``: the lists hold the examples, and
    nothing else where they have any.

    One sheet for the records and one for each repeat group; then the help, what the file is, and,
    hidden, the lists. No row of the last three has two titles of columns, so that nothing else than
    what is filled in is ever read as data. Raises NotFound for an unknown mapping, ContentError for
    a fault in the content.
    """
    return filled_workbook(content, name, language, about, demo, {})


def filled_workbook(
    content: Content,
    name: str,
    language: Language,
    about: AboutTemplate,
    demo: bool,
    rows: Mapping[str, Sequence[Sequence[CellValue]]],
) -> bytes:
    """As ``template_workbook``, with ``rows`` below the titles: by name of the mapping for the main
    sheet, and of the group for the others."""
    mapping = read_mapping(content, name)
    known = code_lists(mapping, known_triples(content))
    choices = {column: codes.names(language, demo) for column, codes in known.items()}
    tables: dict[str, TitledTable] = {mapping.titles[language][0]: mapping}
    tables |= {group.title(language): group for group in mapping.groups}
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    lists = _Lists(workbook.create_sheet(say("Lists", language)), choices)
    for title, table in tables.items():
        sheet = workbook.create_sheet(title[:_TITLE_CHARACTERS])
        _fill(sheet, table, lists, language)
        _write_rows(sheet, table, rows.get(table.name, ()))
    write_help(workbook, tables, choices, language)
    write_about(workbook, mapping, about, language)
    workbook.move_sheet(lists.sheet, len(workbook.worksheets))
    workbook.active = 0
    lists.sheet.sheet_state = "hidden"
    return workbook_bytes(workbook, mapping.title.in_(language), language)


@dataclass
class _Lists:
    """The hidden sheet: each list in a column of its own, without a title."""

    sheet: Worksheet
    choices: Mapping[str, Sequence[str]]
    _places: dict[tuple[str, ...], str] = field(default_factory=dict)

    def place(self, column: Column, language: Language) -> str | None:
        """Where the values of ``column`` stand, if one of a list is chosen in it."""
        names = tuple(self.choices.get(column.name, ()))
        if column.datatype == "boolean":
            names = (say("yes", language), say("no", language))
        if not names or column.separator is not None:
            return None
        if names not in self._places:
            self._places[names] = self._written(names)
        return self._places[names]

    def _written(self, names: Sequence[str]) -> str:
        column = len(self._places) + 1
        for row, name in enumerate(names, start=1):
            write_text(self.sheet.cell(row, column), name)
        letter = get_column_letter(column)
        return f"{quote_sheetname(self.sheet.title)}!${letter}$1:${letter}${len(names)}"


def _fill(sheet: Worksheet, table: TitledTable, lists: _Lists, language: Language) -> None:
    """The titles, and below them what may be entered."""
    for number, column in enumerate(table.columns, start=1):
        title = sheet.cell(1, number)
        write_text(title, column.title(language))
        style_title(title, strong=column.required)
        letter = get_column_letter(number)
        sheet.column_dimensions[letter].number_format = number_format(column)
        rule = rule_of(column, lists.place(column, language), language)
        rule.add(f"{letter}2:{letter}{MOST_ROWS + 1}")
        sheet.add_data_validation(rule)
    set_widths(sheet, (_width(column, language) for column in table.columns))
    sheet.row_dimensions[1].height = 32
    sheet.freeze_panes = "B2"


def _write_rows(sheet: Worksheet, table: TitledTable, rows: Sequence[Sequence[CellValue]]) -> None:
    for number, row in enumerate(rows, start=2):
        for place, (column, value) in enumerate(zip(table.columns, row, strict=True), start=1):
            cell = sheet.cell(number, place)
            cell.number_format = number_format(column)
            if isinstance(value, str):
                write_text(cell, value)
            else:
                cell.value = value


def _width(column: Column, language: Language) -> int:
    least = _WIDE if number_format(column) == "@" else _NARROW
    return min(_WIDEST, max(least, len(column.title(language)) + 2))
