"""The sheets of a template that are not filled in with data: the help, and what the file is."""

from collections.abc import Mapping, Sequence
from typing import Final

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from werkzaam.domain.queries import Language
from werkzaam.ingest.mapping import Column, TableMapping, TitledTable
from werkzaam.ingest.sheet_writing import set_widths, style_title, write_row
from werkzaam.ingest.template_about import AboutTemplate
from werkzaam.ingest.template_rules import how_to_write
from werkzaam.messages import say

_HELP_WIDTHS: Final = (30, 11, 60, 34, 90)
_ABOUT_WIDTHS: Final = (44, 70)
_HEADING_ROW: Final = 7


def write_help(
    workbook: Workbook,
    tables: Mapping[str, TitledTable],
    choices: Mapping[str, Sequence[str]],
    language: Language,
) -> None:
    """Add the sheet that says of each column, on a row of its own, what goes into it. ``tables``: by
    the title of their sheet. The examples stand here alone, so that none is ever sent."""
    sheet: Worksheet = workbook.create_sheet(say("Help", language))
    titles = (
        say("Column", language),
        say("Required", language),
        say("How to fill it in", language),
        say("Example (made up)", language),
        say("Values you can choose", language),
    )
    write_row(sheet, 1, titles)
    for cell in sheet[1]:
        style_title(cell)
    row = 2
    for title, table in tables.items():
        write_row(sheet, row, (say("Sheet: {title}", language, title=title),))
        style_title(sheet.cell(row, 1), strong=False)
        for column in table.columns:
            row += 1
            write_row(sheet, row, _help(column, choices.get(column.name, ()), language))
        row += 1
    set_widths(sheet, _HELP_WIDTHS)
    sheet.freeze_panes = "A2"


def _help(column: Column, values: Sequence[str], language: Language) -> Sequence[str]:
    return (
        column.title(language),
        say("yes", language) if column.required else say("no", language),
        how_to_write(column, language),
        column.example.in_(language) if column.example else "",
        "; ".join(values),
    )


def write_about(
    workbook: Workbook, mapping: TableMapping, about: AboutTemplate, language: Language
) -> None:
    """Add the sheet that says what the file is, with places for what the sender wants to tell."""
    sheet: Worksheet = workbook.create_sheet(say("About this file", language))
    title = mapping.titles[language][0]
    version = about.dataset_version
    rows = [
        (say("Template for", language), mapping.title.in_(language)),
        (say("Name and version of the mapping", language), f"{mapping.name} {mapping.version}"),
        (say("Made by", language), f"Werkzaam {about.package_version}"),
        (say("Lists as of version", language), "" if version is None else str(version)),
        (say("Licence of the lists and the help", language), "CC BY 4.0"),
        (
            say("How to use it", language),
            say(
                'Fill in one row for each record on the sheet "{sheet}". Dark titles must be filled in. '
                "This sheet and the help are not read. Fill in no names of persons.",
                language,
                sheet=title,
            ),
        ),
        (say("For you to fill in:", language), ""),
        (say("Organisation that delivers this", language), ""),
        (say("Date of the data", language), ""),
        (say("Licence of what you deliver", language), ""),
        (say("Remarks", language), ""),
    ]
    for row, pair in enumerate(rows, start=1):
        write_row(sheet, row, pair)
        style_title(sheet.cell(row, 1), strong=row == _HEADING_ROW)
    set_widths(sheet, _ABOUT_WIDTHS)
