"""Workbooks made for tests."""

import io
import zipfile
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import openpyxl


def workbook(
    *sheets: tuple[str, Iterable[Sequence[object]]], change: Callable[[Any], None] | None = None
) -> bytes:
    """A workbook with these sheets (title, rows); ``change`` may alter it before it is written."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    if change is not None:
        change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_part(data: bytes, ending: str, change: Callable[[bytes], bytes]) -> bytes:
    """The package ``data`` with the parts whose name has that ``ending`` changed."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, change(part) if name.endswith(ending) else part)
    return out.getvalue()
