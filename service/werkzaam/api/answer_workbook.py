"""An answer as a workbook: its rows with numbers as numbers, and a sheet that says what it is."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Final

from werkzaam.api.answer_limits import Limits
from werkzaam.api.answer_rights import LICENCE_NAME, licence_of, say_rights
from werkzaam.api.answer_sheets import LinkedText, Sheet, Value, write_workbook
from werkzaam.api.demo_mark import DEMO_MARK
from werkzaam.api.links import Links
from werkzaam.catalogue.questions import Catalogue
from werkzaam.domain.answers import Table, Term
from werkzaam.domain.queries import CataloguedQuery, Language, Parameter
from werkzaam.errors import BadRequest
from werkzaam.messages import say

MOST_CELLS: Final = 400_000
_MOST_ROWS: Final = 1_048_575
_XSD: Final = "http://www.w3.org/2001/XMLSchema#"
_WHOLE: Final = frozenset(
    _XSD + name
    for name in (
        *("integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger"),
        *("nonPositiveInteger", "negativeInteger", "unsignedInt", "unsignedLong"),
        *("unsignedShort", "unsignedByte"),
    )
)
_BROKEN: Final = frozenset(_XSD + name for name in ("decimal", "double", "float"))
_WIDTHS: Final = {"identifier": 40, "label": 34, "category": 34, "measure": 14, "text": 60, "source": 24}  # fmt: skip
_ABOUT_WIDTHS: Final = (34, 100)

Fact = Sequence[Value]


def answer_workbook(
    limits: Limits, catalogue: Catalogue, links: Links, language: Language, *, demo: bool
) -> bytes:
    """The answer that ``limits`` are of, as XLSX. Raises BadRequest where it has too many cells."""
    answered = limits.answered
    query, table = answered.query, answered.table
    _check_size(table)
    labels = {column.name: column.label.in_(language) for column in query.columns}
    titles: list[Value] = [labels.get(name, name) for name in table.columns]
    rows = [
        titles,
        *([_value(row.get(name), links) for name in table.columns] for row in table.rows),
    ]
    roles = {column.name: column.role for column in query.columns}
    widths = [_WIDTHS[roles.get(name, "text")] for name in table.columns]
    answer = Sheet(say("Answer", language), rows, widths, titles=True)
    facts = list(_facts(limits, catalogue, links, language, demo))
    about = Sheet(say("About this answer", language), facts, _ABOUT_WIDTHS)
    return write_workbook([answer, about], title=query.title.in_(language), language=language)


def _check_size(table: Table) -> None:
    width = max(1, len(table.columns))
    if len(table.rows) * width > MOST_CELLS or len(table.rows) > _MOST_ROWS:
        raise BadRequest(
            "This answer has {rows} rows of {columns} columns, more than goes in one workbook. Ask for "
            "at most {most} rows at once (limit={most}), or take the CSV.",
            rows=len(table.rows),
            columns=width,
            most=MOST_CELLS // width,
        )


def _value(term: Term | None, links: Links) -> Value:
    """The cell of ``term``: a number, a date or a truth as such where it is one."""
    if term is None:
        return None
    if term.kind == "uri":
        return _linked(term.value, links)
    return _typed(term) if term.datatype else term.value


def _linked(iri: str, links: Links) -> Value:
    """An IRI that leads to this instance where it is one of ours."""
    ours = links.of_thing(iri)
    href = f"{links.public_url}{ours.removeprefix(links.prefix)}" if ours else iri
    return LinkedText(iri, href) if href.startswith(("http://", "https://")) else iri


def _typed(term: Term) -> Value:
    kind, text = term.datatype, term.value
    try:
        if kind in _WHOLE:
            return int(text)
        if kind in _BROKEN:
            return Decimal(text)
        if kind == _XSD + "date":
            return date.fromisoformat(text)
        if kind == _XSD + "dateTime":
            return datetime.fromisoformat(text)
    except (ValueError, InvalidOperation):
        return text
    if kind == _XSD + "boolean" and text in ("true", "false", "1", "0"):
        return text in ("true", "1")
    return text


def _facts(
    limits: Limits, catalogue: Catalogue, links: Links, language: Language, demo: bool
) -> Iterator[Fact]:
    answered = limits.answered
    query = answered.query
    if demo:
        yield say("Example data", language), DEMO_MARK
    yield say("Question", language), query.question.in_(language)
    yield say("About this answer", language), query.description.in_(language)
    for parameter in query.parameters:
        if parameter.type != "language":
            given = answered.given.get(parameter.name) or parameter.default
            yield parameter.label.in_(language), _chosen(catalogue, parameter, given, language)
    yield say("Dataset version", language), answered.version.number
    yield say("Version made on", language), _moment(limits.date) or say("unknown", language)
    licence = licence_of(query)
    if licence:
        yield say("Licence", language), LinkedText(LICENCE_NAME, licence)
    yield say("Rights", language), say_rights(query, language)
    yield from _limits(limits, language)
    page = links.url(f"/queries/{query.name}", **answered.given)
    yield say("Page of the question", language), LinkedText(page, page)
    kept = (limits.links or {}).get("permalink")
    if kept:
        yield say("Is this still the answer? Look here", language), LinkedText(kept, kept)
    yield from _columns(query, language)


def _limits(limits: Limits, language: Language) -> Iterator[Fact]:
    table = limits.answered.table
    yield say("Rows here", language), len(table.rows)
    yield say("Rows of the whole answer", language), table.total
    if limits.passed_over:
        words = say("Left out before these (after={after})", language, after=table.after)
        yield words, limits.passed_over
    if limits.beyond:
        yield (
            say("Left out after these (limit={limit})", language, limit=table.limit),
            limits.beyond,
        )
    if limits.coverage:
        yield say("Project data", language), limits.coverage.say(language)
    labels = {c.name: c.label.in_(language) for c in limits.answered.query.columns}
    if limits.passed_over or limits.beyond:
        yield (
            say("What follows is counted in", language),
            say("the rows here, not the whole answer", language),
        )
    yield say("Rows with something unknown", language), limits.unknown_rows
    for one in limits.unknown:
        yield f"{labels.get(one.column, one.column)}: {one.said(labels)}", one.rows
    for name, number in limits.empty.items():
        yield say("Empty cells: {column}", language, column=labels.get(name, name)), number


def _columns(query: CataloguedQuery, language: Language) -> Iterator[Fact]:
    yield say("Columns", language), say("Their names for programs", language)
    for column in query.columns:
        yield column.label.in_(language), column.name


def _chosen(
    catalogue: Catalogue, parameter: Parameter, given: str | None, language: Language
) -> str:
    if not given:
        return say("All", language)
    for choice in catalogue.choices(parameter):
        if given in (choice.iri, choice.slug):
            return choice.label.in_(language)
    return given


def _moment(said: str | None) -> Value:
    """A time of the journal, which is UTC, to the second."""
    if not said:
        return None
    return datetime.fromisoformat(said).replace(tzinfo=None, microsecond=0)
