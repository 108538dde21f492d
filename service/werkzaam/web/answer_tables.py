"""An answer as a table for people: names instead of IRIs, sources in one column."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from werkzaam.api.figure_links import Sheets
from werkzaam.api.links import Links
from werkzaam.domain.answers import Row, Table, Term
from werkzaam.domain.identifiers import last_segment
from werkzaam.domain.queries import CataloguedQuery, Column, Language
from werkzaam.web.addresses import thing_href
from werkzaam.web.lookups import ScaleValue, text_of
from werkzaam.web.pieces import AnswerTable, Cell, Heading, Place
from werkzaam.web.wording import say

_XSD = "http://www.w3.org/2001/XMLSchema#"
_NUMBERS = tuple(_XSD + name for name in ("integer", "decimal", "double", "float"))
_SEPARATOR = "; "
_WIDE_NAME = 160
_LONG_NAME = 45
_LONG_TERM = 40
_FEW = 3
_SOURCE_PARTS = ("document", "documentTitle", "section", "page", "pageStatus")
_STANDS_FOR = {
    "gist": ("statement", "measurement", "assessment"),
    "reason": ("tension",),
    "citedAs": ("reference",),
    "wording": ("use",),
}
_IN_SOURCE_LANGUAGE = ("section", "hedges", "quantityWords", "wording")
SOURCE_LANGUAGE = "nl"

Leads = Mapping[str, Callable[[Row], str]]
"""By the name of a column: where a cell of it leads, given its row; empty for nowhere."""


def answer_table(
    query: CataloguedQuery,
    table: Table,
    scale: Mapping[str, ScaleValue],
    interface: Language,
    content: Language,
    links: Links,
    leads: Leads | None = None,
    sheets: Sheets | None = None,
) -> AnswerTable:
    """The rows of ``table`` with the columns of ``query`` in reading order."""
    columns = _reading_order(query.columns)
    shown = [column for column in columns if _has_value(column, table)]
    left_out = [c.label.in_(interface) for c in columns if c not in shown] if table.rows else []
    headings = [_heading(column, table, interface) for column in (shown if table.rows else columns)]
    few = [column.name for column in shown if _comes_back(column, query, table)]
    rows = [
        [_led(_cell(column, row, scale, content, links), column, row, leads) for column in shown]
        for row in table.rows
    ]
    rows = [
        [
            _defended(cell, column, row, sheets, interface)
            for cell, column in zip(cells, shown, strict=True)
        ]
        for cells, row in zip(rows, table.rows, strict=True)
    ]
    rows = [
        [replace(cell, quiet=column.name in few) for cell, column in zip(row, shown, strict=True)]
        for row in rows
    ]
    return AnswerTable(headings, rows, left_out)


def plain_table(table: Table, links: Links) -> AnswerTable:
    """The rows of any SELECT, IRIs and all."""
    headings = [Heading("?" + name, "long" if _is_long(name, table, _LONG_TERM) else "short")
                for name in table.columns]  # fmt: skip
    rows = [[_plain_cell(row.get(name), links) for name in table.columns] for row in table.rows]
    return AnswerTable(headings, rows)


def places_of(row: Row, links: Links, meanings: Mapping[str, str] | None = None) -> list[Place]:
    """The passages of a row; several stand in one cell with semicolons between them."""
    document = text_of(row, "documentTitle")
    parts = [text_of(row, name).split(_SEPARATOR) for name in ("section", "page", "pageStatus")]
    if len({len(part) for part in parts}) != 1:
        parts = [[text_of(row, name)] for name in ("section", "page", "pageStatus")]
    if not document and not any(any(part) for part in parts):
        return []
    return [
        Place(
            document,
            section,
            page,
            origin,
            (meanings or {}).get(origin, ""),
            thing_href(text_of(row, "document"), links),
            thing_href(text_of(row, "passage"), links),
        )
        for section, page, origin in zip(*parts, strict=True)
    ]


def _reading_order(columns: Sequence[Column]) -> list[Column]:
    """Named things first; an identifier with a name, or with a text that stands for it, is not shown
    apart, one without comes last."""
    names = {column.name for column in columns}
    named = {column.of for column in columns if column.of}
    for text, things in _STANDS_FOR.items():
        named |= {*things} if text in names else set()
    kept = [
        column
        for column in columns
        if column.name not in named and (column.name not in _SOURCE_PARTS or column.name == "page")
    ]
    return sorted(kept, key=lambda column: column.role == "identifier")


def _has_value(column: Column, table: Table) -> bool:
    names = _SOURCE_PARTS if column.name == "page" else (column.name,)
    return any(text_of(row, name) for row in table.rows for name in names)


def _heading(column: Column, table: Table, language: Language) -> Heading:
    if column.name == "page":
        return Heading(say("Where it says so", language), "places")
    shape = "long" if _is_long(column.name, table, _LONG_NAME) else "short"
    shape = "wide" if _is_long(column.name, table, _WIDE_NAME) else shape
    return Heading(column.label.in_(language), "number" if column.role == "measure" else shape)


def _cell(
    column: Column, row: Row, scale: Mapping[str, ScaleValue], content: Language, links: Links
) -> Cell:
    if column.name == "page":
        places = places_of(row, links)
        return Cell("places", places=places) if places else Cell("none")
    term = row.get(column.name)
    if term is None or term.value == "":
        return Cell("none")
    if column.role == "identifier":
        return Cell(
            "text", last_segment(term.value), term.value, href=thing_href(term.value, links)
        )
    thing = row.get(column.of) if column.of else None
    iri = thing.value if thing else ""
    if iri in scale:
        value = scale[iri]
        return Cell("presence", term.value, iri, content, value.symbol, value.slug)
    if term.datatype in _NUMBERS:
        return Cell("number", term.value)
    in_source = column.name in _IN_SOURCE_LANGUAGE
    language = SOURCE_LANGUAGE if in_source else term.language or content
    about = next((row[name].value for name in _STANDS_FOR.get(column.name, ()) if name in row), "")
    return Cell(
        "text", term.value, iri, language,
        href=thing_href(iri, links), about=thing_href(about, links),
    )  # fmt: skip


def _led(cell: Cell, column: Column, row: Row, leads: Leads | None) -> Cell:
    if not leads or column.name not in leads:
        return cell
    return replace(cell, href=leads[column.name](row))


def _defended(
    cell: Cell, column: Column, row: Row, sheets: Sheets | None, language: Language
) -> Cell:
    if sheets is None or cell.kind == "none":
        return cell
    return replace(cell, sheet=sheets(column.name, row), called=column.label.in_(language))


def _comes_back(column: Column, query: CataloguedQuery, table: Table) -> bool:
    """Whether it names values of a category of which there are only a few in all these rows."""
    categories = [other.name for other in query.columns if other.role == "category"]
    different = {text_of(row, column.name) for row in table.rows}
    return column.of in categories and len(table.rows) >= _FEW * len(different)


def _plain_cell(term: Term | None, links: Links) -> Cell:
    if term is None:
        return Cell("none")
    if term.kind != "literal":
        return Cell("iri", term.value, href=thing_href(term.value, links))
    if term.datatype in _NUMBERS:
        return Cell("number", term.value)
    return Cell("text", term.value, language=term.language or "")


def _is_long(name: str, table: Table, most: int) -> bool:
    return any(len(text_of(row, name)) > most for row in table.rows[:50])
