"""An OpenDocument spreadsheet as sheets of text.

`OpenDocument 1.3 <https://docs.oasis-open.org/office/OpenDocument/v1.3/>`_ by calamine, which gives
values without the way they are shown: a percentage is the number behind it.
"""

import io
import zipfile
from xml.parsers import expat

from python_calamine import CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from werkzaam.ingest.limits import MOST_ROWS, MOST_SHEET_ROWS
from werkzaam.ingest.sheets import Oddities, Sheet, trimmed
from werkzaam.ingest.typed_cells import shown_text


def read_opendocument(data: bytes) -> list[Sheet]:
    """The sheets in ``data``, in their order. Raises CalamineError, BadZipFile, KeyError or ExpatError
    where it is no spreadsheet."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open("content.xml") as content:
        expat.ParserCreate().ParseFile(content)  # calamine does not end on XML that is cut off
    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
        return [
            _sheet(book.get_sheet_by_name(known.name), known.visible != SheetVisibleEnum.Visible)
            for known in book.sheets_metadata
        ]


def _sheet(sheet: CalamineSheet, hidden: bool) -> Sheet:
    if sheet.total_height > MOST_SHEET_ROWS:
        return Sheet(sheet.name, None, hidden)
    rows = [
        trimmed([shown_text(value) for value in row])
        for row in sheet.to_python(skip_empty_area=False)
    ]
    while rows and not rows[-1]:
        rows.pop()
    if sum(bool(row) for row in rows) > MOST_ROWS + 1:
        return Sheet(sheet.name, None, hidden)
    return Sheet(sheet.name, rows, hidden, Oddities(widest=max(map(len, rows), default=0)))
