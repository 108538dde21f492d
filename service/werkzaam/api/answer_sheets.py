"""A workbook written cell by cell, without a library: so fast that an answer of many rows holds nobody up.

`Office Open XML <https://ecma-international.org/publications-and-standards/standards/ecma-376/>`_ with
texts in the cells themselves (§18.3.1.53), no formulas, no macros and no times of writing: the same
content is the same bytes.
"""

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Final
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from werkzaam.domain.characters import begins_as_formula, visible

MOST_TEXT: Final = 32_767
"""Characters in a cell; longer texts end in an ellipsis."""
_MOST_LINKS: Final = 65_000
_MOST_LINK: Final = 2_000
_MOST_DIGITS: Final = 15
_MOST_EXPONENT: Final = 300
_FIRST_DAY: Final = date(1899, 12, 30)
_FIRST_TRUE_DAY: Final = date(1900, 3, 1)
"""Before it Excel counts a day that never was."""
_CODE: Final = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_TITLE, _TEXT, _FORMULA_LIKE, _DATE, _TIME, _LINK, _NAME, _TRUTH = range(1, 9)

_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_SHEET_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_WRAP: Final = '<alignment vertical="top" wrapText="1"/>'
_STYLES: Final = f"""{_HEAD}<styleSheet xmlns="{_MAIN}">
<numFmts count="3"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/>
<numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/>
<numFmt numFmtId="166" formatCode="&quot;TRUE&quot;;&quot;TRUE&quot;;&quot;FALSE&quot;"/></numFmts>
<fonts count="4"><font><sz val="11"/><name val="Calibri"/></font>
<font><b/><color rgb="FFFFFFFF"/><sz val="11"/><name val="Calibri"/></font>
<font><u/><color rgb="FF154273"/><sz val="11"/><name val="Calibri"/></font>
<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>
<fills count="3"><fill><patternFill patternType="none"/></fill>
<fill><patternFill patternType="gray125"/></fill>
<fill><patternFill patternType="solid"><fgColor rgb="FF154273"/></patternFill></fill></fills>
<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>
<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>
<cellXfs count="9"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>
<xf numFmtId="0" fontId="1" fillId="2" borderId="0" xfId="0" applyFont="1" applyFill="1" applyAlignment="1">{_WRAP}</xf>
<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1">{_WRAP}</xf>
<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1" applyNumberFormat="1" applyAlignment="1">{_WRAP}</xf>
<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>
<xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>
<xf numFmtId="49" fontId="2" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/>
<xf numFmtId="0" fontId="3" fillId="0" borderId="0" xfId="0" applyFont="1" applyAlignment="1">{_WRAP}</xf>
<xf numFmtId="166" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>
<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>"""


@dataclass(frozen=True)
class LinkedText:
    """Text that leads to ``href``."""

    text: str
    href: str


Value = str | int | Decimal | bool | date | datetime | LinkedText | None


@dataclass(frozen=True)
class Sheet:
    """A sheet with its name, its rows and how wide its columns are, in characters. ``titles``: the first
    row is one of titles, which stays in view and filters the others; else the first column holds names."""

    name: str
    rows: Sequence[Sequence[Value]]
    widths: Sequence[int]
    titles: bool = False


def write_workbook(sheets: Sequence[Sheet], *, title: str, language: str) -> bytes:
    """The ``sheets`` as a file; ``title`` and ``language`` are its properties, and it names nobody."""
    data = io.BytesIO()
    with ZipFile(data, "w", ZIP_DEFLATED) as archive:
        for name, text in _parts(sheets, title, language):
            entry = ZipInfo(name)
            entry.compress_type = ZIP_DEFLATED
            archive.writestr(entry, text)
    return data.getvalue()


def column_letters(number: int) -> str:
    """The letters of column ``number``, from 1."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _parts(sheets: Sequence[Sheet], title: str, language: str) -> Iterator[tuple[str, str]]:
    numbers = range(1, len(sheets) + 1)
    yield "[Content_Types].xml", _content_types(numbers)
    yield (
        "_rels/.rels",
        _relations(
            [
                (f"{_OFFICE}/relationships/officeDocument", "xl/workbook.xml", ""),
                (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml", ""),
            ]
        ),
    )
    yield "docProps/core.xml", _properties(title, language)
    yield "xl/workbook.xml", _workbook(sheets)
    kinds = [
        (f"{_OFFICE}/relationships/worksheet", f"worksheets/sheet{number}.xml", "")
        for number in numbers
    ]
    yield (
        "xl/_rels/workbook.xml.rels",
        _relations([*kinds, (f"{_OFFICE}/relationships/styles", "styles.xml", "")]),
    )
    yield "xl/styles.xml", _STYLES
    for number, sheet in enumerate(sheets, start=1):
        text, links = _sheet(sheet)
        yield f"xl/worksheets/sheet{number}.xml", text
        found = [(f"{_OFFICE}/relationships/hyperlink", to, "External") for to in links]
        if found:
            yield f"xl/worksheets/_rels/sheet{number}.xml.rels", _relations(found)


def _properties(title: str, language: str) -> str:
    return (
        f'{_HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:creator>Werkzaam</dc:creator><dc:title>{escape(_clean(title))}</dc:title>"
        f"<dc:language>{language}</dc:language></cp:coreProperties>"
    )


def _content_types(numbers: Iterable[int]) -> str:
    kinds = [
        ("/xl/workbook.xml", f"{_SHEET_TYPE}.sheet.main+xml"),
        ("/xl/styles.xml", f"{_SHEET_TYPE}.styles+xml"),
        ("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"),
        *(
            (f"/xl/worksheets/sheet{number}.xml", f"{_SHEET_TYPE}.worksheet+xml")
            for number in numbers
        ),
    ]
    parts = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in kinds)
    return (
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{parts}</Types>'
    )


def _relations(found: Iterable[tuple[str, str, str]]) -> str:
    lines = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target={quoteattr(target)}'
        + (f' TargetMode="{mode}"/>' if mode else "/>")
        for number, (kind, target, mode) in enumerate(found, start=1)
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{lines}</Relationships>'


def _workbook(sheets: Sequence[Sheet]) -> str:
    listed = "".join(
        f'<sheet name={quoteattr(sheet.name)} sheetId="{number}" r:id="rId{number}"/>'
        for number, sheet in enumerate(sheets, start=1)
    )
    filters = "".join(
        f'<definedName name="_xlnm._FilterDatabase" localSheetId="{place}" hidden="1">'
        f"{escape(_quoted(sheet.name))}!{_area(sheet, '$')}</definedName>"
        for place, sheet in enumerate(sheets)
        if sheet.titles
    )
    names = f"<definedNames>{filters}</definedNames>" if filters else ""
    return (
        f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}/relationships">'
        f"<sheets>{listed}</sheets>{names}</workbook>"
    )


def _quoted(name: str) -> str:
    return "'" + name.replace("'", "''") + "'"


def _area(sheet: Sheet, mark: str = "") -> str:
    last = column_letters(max(1, len(sheet.widths)))
    return f"{mark}A{mark}1:{mark}{last}{mark}{max(1, len(sheet.rows))}"


def _sheet(sheet: Sheet) -> tuple[str, list[str]]:
    """The sheet as XML, and the addresses that it links to, in their order."""
    links: list[tuple[str, str]] = []
    rows = [_row(sheet, number, row, links) for number, row in enumerate(sheet.rows, start=1)]
    widths = "".join(
        f'<col min="{number}" max="{number}" width="{width}" customWidth="1"/>'
        for number, width in enumerate(sheet.widths, start=1)
    )
    frozen = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
    linked = "".join(
        f'<hyperlink ref="{place}" r:id="rId{number}"/>'
        for number, (place, _) in enumerate(links, start=1)
    )
    text = (
        f'{_HEAD}<worksheet xmlns="{_MAIN}" xmlns:r="{_OFFICE}/relationships">'
        f'<dimension ref="{_area(sheet)}"/><sheetViews><sheetView workbookViewId="0">'
        f"{frozen if sheet.titles else ''}</sheetView></sheetViews>"
        f"<cols>{widths}</cols><sheetData>{''.join(rows)}</sheetData>"
        + (f'<autoFilter ref="{_area(sheet)}"/>' if sheet.titles else "")
        + (f"<hyperlinks>{linked}</hyperlinks>" if linked else "")
        + "</worksheet>"
    )
    return text, [href for _, href in links]


def _row(sheet: Sheet, number: int, values: Sequence[Value], links: list[tuple[str, str]]) -> str:
    cells = []
    for column, value in enumerate(values, start=1):
        place = f"{column_letters(column)}{number}"
        if value is None or value == "":
            continue
        if isinstance(value, LinkedText):
            if len(links) < _MOST_LINKS and len(value.href) <= _MOST_LINK:
                links.append((place, value.href))
            cells.append(_text(place, value.text, _LINK))
        elif sheet.titles and number == 1:
            cells.append(_text(place, str(value), _TITLE))
        elif column == 1 and not sheet.titles:
            cells.append(_text(place, str(value), _NAME))
        else:
            cells.append(_cell(place, value))
    return f'<row r="{number}">{"".join(cells)}</row>'


def _cell(place: str, value: str | int | Decimal | bool | date) -> str:
    if isinstance(value, bool):
        # LibreOffice 7.4 takes some truths for numbers, and this format tells it better
        return f'<c r="{place}" s="{_TRUTH}" t="b"><v>{int(value)}</v></c>'
    if isinstance(value, (int, Decimal)):
        exact = _is_exact(Decimal(value))
        return f'<c r="{place}"><v>{value}</v></c>' if exact else _text(place, str(value), _TEXT)
    if isinstance(value, date):
        return _day(place, value)
    return _text(place, value, _FORMULA_LIKE if begins_as_formula(value) else _TEXT)


def _is_exact(number: Decimal) -> bool:
    """Whether a spreadsheet program keeps all of it."""
    few = number.is_finite() and len(number.as_tuple().digits) <= _MOST_DIGITS
    return few and abs(number.adjusted()) < _MOST_EXPONENT


def _day(place: str, value: date) -> str:
    day = value.date() if isinstance(value, datetime) else value
    aware = isinstance(value, datetime) and value.tzinfo is not None
    if day < _FIRST_TRUE_DAY or aware:
        return _text(place, value.isoformat(), _TEXT)
    number = str((day - _FIRST_DAY).days)
    if isinstance(value, datetime):
        seconds = value.hour * 3600 + value.minute * 60 + value.second
        return f'<c r="{place}" s="{_TIME}"><v>{int(number) + seconds / 86400!r}</v></c>'
    return f'<c r="{place}" s="{_DATE}"><v>{number}</v></c>'


def _text(place: str, text: str, style: int) -> str:
    clean = _clean(text if len(text) <= MOST_TEXT else text[: MOST_TEXT - 1] + "…")
    return (
        f'<c r="{place}" t="inlineStr" s="{style}"><is><t xml:space="preserve">{escape(clean)}'
        "</t></is></c>"
    )


def _clean(text: str) -> str:
    return _CODE.sub("_x005F_", visible(text))
