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


def opendocument(*sheets: tuple[str, list[list[str]]]) -> bytes:
    """An OpenDocument spreadsheet of text."""
    spaces = (
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    )
    tables = ""
    for name, rows in sheets:
        tables += f'<table:table table:name="{name}">'
        for row in rows:
            cells = (
                f'<table:table-cell office:value-type="string"><text:p>{text}</text:p>'
                "</table:table-cell>"
                for text in row
            )
            tables += f"<table:table-row>{''.join(cells)}</table:table-row>"
        tables += "</table:table>"
    content = (
        f"<office:document-content {spaces}><office:body><office:spreadsheet>{tables}"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", f'<?xml version="1.0" encoding="UTF-8"?>{content}')
        archive.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            '<manifest:file-entry manifest:full-path="/" '
            'manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>'
            "</manifest:manifest>",
        )
    return out.getvalue()
