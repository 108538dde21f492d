"""An answer as a table for people: names instead of IRIs, sources in one column."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from werkzaam.api.figure_links import Sheets
from werkzaam.api.links import Links
from werkzaam.catalogue.cases import case_of
from werkzaam.domain.answers import Row, Table, Term
from werkzaam.domain.identifiers import last_segment
from werkzaam.domain.queries import CataloguedQuery, Column, Language
from werkzaam.web.addresses import thing_href
from werkzaam.web.answer_layout import STANDS_FOR, Layout, layout_of
from werkzaam.web.lookups import ScaleValue, text_of
from werkzaam.web.pieces import AnswerTable, Case, Cell, Heading, Labelled, Place
from werkzaam.web.wording import say

_XSD = "http://www.w3.org/2001/XMLSchema#"
_NUMBERS = tuple(_XSD + name for name in ("integer", "decimal", "double", "float"))
_BOOLEAN = _XSD + "boolean"
_TRUE = ("true", "1")
_SEPARATOR = "; "
_BETWEEN_STATEMENTS = " | "
_WIDE_NAME = 160
_LONG_NAME = 45
_LONG_TERM = 40
_FEW = 3
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
    only: Sequence[Row] | None = None,
) -> AnswerTable:
    """The rows of ``table`` with the columns of ``query`` in reading order; ``only`` some of its rows,
    where these are given."""
    layout = layout_of(query, table)
    made = _Cells(query, table, scale, interface, content, links, leads or {}, sheets, layout)
    rows = table.rows if only is None else only
    cases = _cases(made, rows) if layout.by_case else []
    return AnswerTable(
        headings=[made.heading(column) for column in layout.of_row],
        rows=[row for case in cases for row in case.rows] or [made.row(row) for row in rows],
        left_out=[column.label.in_(interface) for column in layout.empty],
        once=made.labelled(layout.once, table.rows[0]) if table.rows else [],
        cases=cases,
    )


class _Cells:
    """Makes the cells of one answer."""

    def __init__(
        self,
        query: CataloguedQuery,
        table: Table,
        scale: Mapping[str, ScaleValue],
        interface: Language,
        content: Language,
        links: Links,
        leads: Leads,
        sheets: Sheets | None,
        layout: Layout,
    ) -> None:
        self.query, self.table, self.layout = query, table, layout
        self.interface, self._content = interface, content
        self._scale, self.links, self._leads, self._sheets = scale, links, leads, sheets
        self._few = {c.name for c in layout.shown if _comes_back(c, query, table)}

    def heading(self, column: Column) -> Heading:
        """The head of ``column``."""
        return _heading(column, self.table, self.interface)

    def row(self, row: Row) -> list[Cell]:
        """The cells of ``row``, with what stands beneath them."""
        found = []
        for column in self.layout.of_row:
            beneath = self.layout.under.get(column.name)
            cell = self.cell(column, row)
            found.append(replace(cell, details=self.labelled(beneath, row)) if beneath else cell)
        return found

    def labelled(self, columns: Sequence[Column], row: Row) -> list[Labelled]:
        """What ``row`` has in ``columns``, with their labels; those without a value left out."""
        made = [Labelled(c.label.in_(self.interface), self.cell(c, row)) for c in columns]
        return [one for one in made if one.cell.kind != "none"]

    def cell(self, column: Column, row: Row) -> Cell:
        """What ``row`` has in ``column``."""
        cell = _cell(column, row, self._scale, self._content, self.links)
        if cell.kind == "none":
            return cell
        if column.name in self._leads:
            cell = replace(cell, href=self._leads[column.name](row))
        sheet = self._sheets(column.name, row) if self._sheets else ""
        if sheet:
            cell = replace(cell, sheet=sheet, called=column.label.in_(self.interface))
        return replace(cell, quiet=True) if column.name in self._few else cell


def _cases(made: _Cells, rows: Sequence[Row]) -> list[Case]:
    """The ``rows`` by case, each with what it is called and what all its rows say."""
    query = made.query
    all_rows = Counter(case_of(query, row) for row in made.table.rows)
    places = {case: number for number, case in enumerate(all_rows, 1)}
    parts: dict[str, list[Row]] = {}
    for row in rows:
        parts.setdefault(case_of(query, row), []).append(row)
    found = []
    for case, own in parts.items():
        title, facts = _called(made, own[0], places[case])
        cut = ""
        if len(own) < all_rows[case]:
            cut = say(
                "{shown} of {count} are shown.",
                made.interface,
                shown=len(own),
                count=all_rows[case],
            )
        found.append(Case(title, facts, [made.row(row) for row in own], cut))
    return found


def _called(made: _Cells, row: Row, place: int) -> tuple[Cell, list[Labelled]]:
    """What the case of ``row`` is called: its name, or the word for such a case with its place."""
    cases = made.query.cases
    column = cases.column if cases else ""
    of_case = [other for other in made.layout.of_case if other.name != column]
    name = next((other for other in of_case if other.of == column), None)
    if name is not None:
        facts = [other for other in of_case if other != name]
        return made.cell(name, row), made.labelled(facts, row)
    word = cases.one.in_(made.interface) if cases else ""
    href = thing_href(row[column].value, made.links)
    title = Cell(
        "text", f"{word[:1].upper()}{word[1:]} {place}", language=made.interface, href=href
    )
    return title, made.labelled(of_case, row)


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
    if term.datatype == _BOOLEAN:
        word = say("yes", content) if term.value in _TRUE else say("no", content)
        return Cell("text", word, language=content)
    thing = row.get(column.of) if column.of else None
    iri = thing.value if thing else ""
    if iri in scale:
        value = scale[iri]
        return Cell("presence", term.value, iri, content, value.symbol, value.slug)
    if term.datatype in _NUMBERS:
        return Cell("number", term.value)
    in_source = column.name in _IN_SOURCE_LANGUAGE
    language = SOURCE_LANGUAGE if in_source else term.language or content
    if _BETWEEN_STATEMENTS in term.value:
        parts = term.value.split(_BETWEEN_STATEMENTS)
        return Cell("text", term.value, language=language, items=parts)
    about = next((row[name].value for name in STANDS_FOR.get(column.name, ()) if name in row), "")
    return Cell(
        "text", term.value, iri, language,
        href=thing_href(iri, links) if iri else "", about=thing_href(about, links) if about else "",
    )  # fmt: skip


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
