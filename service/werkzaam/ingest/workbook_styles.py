"""How an Excel workbook shows its cells: number formats, and text with a line through it.

Office Open XML (`ECMA-376, part 1, §18.4 and §18.8
<https://ecma-international.org/publications-and-standards/standards/ecma-376/>`_).
"""

from collections.abc import Iterator
from typing import Any, Final

from openpyxl.cell.read_only import ReadOnlyCell
from openpyxl.xml.constants import SHARED_STRINGS, SHEET_MAIN_NS
from openpyxl.xml.functions import iterparse

_TEXT: Final = f"{{{SHEET_MAIN_NS}}}si"
_STRIKE: Final = f"{{{SHEET_MAIN_NS}}}strike"
_NOT: Final = ("0", "false")


class Formats:
    """The number format of a style by its number, and the numbers of the styles that strike text out,
    of the workbook that ``sheet`` of openpyxl is in."""

    def __init__(self, sheet: Any) -> None:
        self._sheet = sheet
        self._known: dict[int, str] = {}
        book = sheet.parent
        fonts = {number for number, font in enumerate(book._fonts) if font.strike}
        styles = enumerate(book._cell_styles)
        self.struck = frozenset(number for number, style in styles if style.fontId in fonts)

    def of(self, style: int) -> str:
        """The number format."""
        if style not in self._known:
            self._known[style] = ReadOnlyCell(self._sheet, 1, 1, None, "n", style).number_format
        return self._known[style]


def has_struck_run(element: Any) -> bool:
    """Whether a run of the rich text in ``element`` has a line through it."""
    return any(one.get("val") not in _NOT for one in element.iter(_STRIKE))


def struck_strings(reader: Any) -> frozenset[int]:
    """The numbers of the shared strings of which a run has a line through it; ``reader`` is the
    ExcelReader of openpyxl, which keeps no more than their text."""
    part = reader.package.find(SHARED_STRINGS)
    if part is None:
        return frozenset()
    name = part.PartName[1:]
    with reader.archive.open(name) as source:
        if b"strike" not in source.read():
            return frozenset()
    with reader.archive.open(name) as source:
        return frozenset(n for n, element in enumerate(_strings(source)) if has_struck_run(element))


def _strings(source: Any) -> Iterator[Any]:
    for _, element in iterparse(source):
        if element.tag == _TEXT:
            yield element
            element.clear()
