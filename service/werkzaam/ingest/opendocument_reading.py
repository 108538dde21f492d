"""An OpenDocument spreadsheet as sheets of text.

`OpenDocument 1.3 <https://docs.oasis-open.org/office/OpenDocument/v1.3/>`_: values by calamine, and how
they are shown by ``opendocument_oddities``.
"""

import io
import zipfile
from itertools import zip_longest

from python_calamine import CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from werkzaam.ingest.limits import MOST_ROWS, MOST_SHEET_ROWS
from werkzaam.ingest.opendocument_oddities import SheetOddities, read_oddities
from werkzaam.ingest.sheets import Sheet, trimmed
from werkzaam.ingest.typed_cells import shown_text
from werkzaam.ingest.words import with_plain_lines


def read_opendocument(data: bytes) -> list[Sheet]:
    """The sheets in ``data``, in their order. Raises CalamineError, BadZipFile, KeyError, ValueError or
    ExpatError where it is no spreadsheet."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open("content.xml") as content:
        odd = read_oddities(content)  # before calamine, which does not end on XML that is cut off
    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
        known = zip_longest(book.sheets_metadata, odd[: len(book.sheets_metadata)])
        return [
            _sheet(
                book.get_sheet_by_name(one.name),
                one.visible != SheetVisibleEnum.Visible,
                oddities or SheetOddities(),
            )
            for one, oddities in known
        ]


def _sheet(sheet: CalamineSheet, hidden: bool, odd: SheetOddities) -> Sheet:
    if sheet.total_height > MOST_SHEET_ROWS:
        return Sheet(sheet.name, None, hidden)
    cells = [
        [with_plain_lines(shown_text(v)) for v in row]
        for row in sheet.to_python(skip_empty_area=False)
    ]
    for place, text in (*odd.shown.items(), *((at, " ") for at in odd.broken)):
        if place.row <= len(cells) and place.column < len(cells[place.row - 1]):
            cells[place.row - 1][place.column] = text
    rows = [trimmed(row) for row in cells]
    while rows and not rows[-1]:
        rows.pop()
    if sum(bool(row) for row in rows) > MOST_ROWS + 1:
        return Sheet(sheet.name, None, hidden)
    oddities = odd.oddities(max(map(len, rows), default=0))
    return Sheet(sheet.name, rows, hidden, oddities, odd.comments)
