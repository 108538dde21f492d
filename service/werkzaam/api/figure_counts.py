"""The sheet of a figure that we counted: a cell of an answer, the rows of one, a count on a page."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from werkzaam.api.figure_asked import named_by
from werkzaam.api.figure_counted import MOST_MEMBERS, ROW_KEY, Counted, counted_sheet
from werkzaam.api.figure_pieces import Sheet
from werkzaam.api.figure_sheets import stated_sheet, with_footnotes
from werkzaam.api.figure_telling import Telling
from werkzaam.api.service import Service
from werkzaam.catalogue.cases import count_cases
from werkzaam.catalogue.members import MEMBER, row_name
from werkzaam.catalogue.questions import Answered
from werkzaam.catalogue.tallies import TOPIC, WHOLES
from werkzaam.domain.answers import Row
from werkzaam.domain.characters import quoted
from werkzaam.domain.identifiers import THINGS
from werkzaam.domain.queries import LANGUAGES, Behind, CataloguedQuery, Language
from werkzaam.errors import NotFound
from werkzaam.linked_data.figures import Told, tell
from werkzaam.linked_data.pages import pages_of

_STATEMENT = "statement"


def cell_sheet(
    service: Service,
    question: str,
    column: str,
    given: Mapping[str, str],
    language: Language,
    before: int = 0,
) -> Sheet:
    """The sheet of the number in ``column`` of the row that ``given`` names; what was counted is told
    after the first ``before``.

    Raises NotFound for a question, column or row that is not there, InvalidParameter.
    """
    query = service.catalogue.get(question)
    behind = _behind(query, column)
    asked = {name: value for name, value in given.items() if name != ROW_KEY}
    wanted = given.get(ROW_KEY, "")
    answered = service.catalogue.answer(query, asked, language=language)
    row = _row(answered, wanted)
    if behind.stated_by:
        thing = row[behind.stated_by].value if behind.stated_by in row else ""
        kind, _, slug = thing.removeprefix(THINGS).partition("/")
        return stated_sheet(service, kind, slug, language)
    sparql, members = service.catalogue.members(query, behind, row, asked)
    here = _cell(answered, behind, row, members, sparql, language)
    here, told = _with_pages(service, replace(here, before=before), _things_of(query, [row]))
    counted = {language: here}
    for other in LANGUAGES:
        if other == language or _has_names(row, query, Telling(told, language)):
            counted.setdefault(other, replace(here, of_what=_called(query, behind.out_of, other)))
            continue
        theirs = service.catalogue.answer(query, asked, language=other)
        cell = _cell(theirs, behind, _row(theirs, wanted), members, sparql, other)
        counted[other] = replace(cell, pages=here.pages, before=before)
    return _sheet(service, counted, told, language)


def rows_sheet(
    service: Service,
    question: str,
    given: Mapping[str, str],
    language: Language,
    before: int = 0,
) -> Sheet:
    """The sheet of how many rows the answer to ``question`` has, each row with what names it. Raises
    NotFound, InvalidParameter."""
    query = service.catalogue.get(question)
    answered = service.catalogue.answer(query, given, language=language)
    rows = answered.table.rows
    counted = Counted(
        f"queries/{query.name}",
        answered,
        _leads(query, rows),
        str(count_cases(query, rows)),
        answered.sparql,
        language,
        rows=rows,
        before=before,
    )
    shown = rows[before : before + MOST_MEMBERS]
    counted, told = _with_pages(service, counted, _things_of(query, shown))
    return _sheet(service, dict.fromkeys(LANGUAGES, counted), told, language)


def tally_sheet(
    service: Service,
    name: str,
    given: Mapping[str, str],
    language: Language,
    before: int = 0,
) -> Sheet:
    """The sheet of a count on a page. Raises NotFound and InvalidParameter."""
    known = [tally.name.partition("/")[2] for tally in service.tallies.all()]
    if name not in known:
        raise NotFound(
            "There is no count {name}. The counts are: {known}.",
            name=quoted(name),
            known=", ".join(known),
        )
    answered = service.tallies.answer(service.tallies.get(f"{TOPIC}/{name}"), given)
    members = [row[MEMBER].value for row in answered.table.rows]
    counted = Counted(
        f"{TOPIC}/{name}",
        answered,
        members,
        str(len(members)),
        answered.sparql,
        language,
        before=before,
    )
    counted, told = _with_pages(service, counted, named_by(given.values()))
    if name not in WHOLES:
        return _sheet(service, dict.fromkeys(LANGUAGES, counted), told, language)
    whole = _whole(service, WHOLES[name], given)
    of_all = replace(counted, whole=str(len(whole.table.rows)))
    title = whole.query.title
    sheets = {one: replace(of_all, of_what=title.in_(one)) for one in LANGUAGES}
    return _sheet(service, sheets, told, language)


def _whole(service: Service, name: str, given: Mapping[str, str]) -> Answered:
    """The count ``name`` with those of ``given`` that it takes."""
    tally = service.tallies.get(f"{TOPIC}/{name}")
    taken = {key: value for key, value in given.items() if tally.parameter(key)}
    return service.tallies.answer(tally, taken)


def _cell(
    answered: Answered,
    behind: Behind,
    row: Row,
    members: Sequence[str],
    sparql: str,
    language: Language,
) -> Counted:
    query = answered.query
    words = next((other.column for other in query.figures if other.words == behind.column), "")
    return Counted(
        name=f"queries/{query.name}/{behind.column}",
        answered=answered,
        members=members,
        number=_text(row, behind.column),
        sparql=sparql,
        language=language,
        row=row,
        column=behind.column,
        whole=_text(row, behind.out_of),
        of_what=_called(query, behind.out_of, language),
        in_words=_text(row, words),
    )


def _with_pages(service: Service, counted: Counted, called: Iterable[str]) -> tuple[Counted, Told]:
    """``counted`` with the pages of all that was counted, and the first of it ready to be told."""
    pages = pages_of(service.store, list(dict.fromkeys(filter(None, counted.members))))
    works = dict.fromkeys(page.document for page in pages)
    told = tell(service.store, filter(None, counted.told), called=[*called], works=works)
    return replace(counted, pages=pages), told


def _leads(query: CataloguedQuery, rows: Sequence[Row]) -> list[str]:
    """The thing that each of ``rows`` is told by, empty for a row without: in the column of the
    statements, else in the one with the most different things."""
    stating = {figure.stated_by for figure in query.figures if figure.stated_by} | {_STATEMENT}

    def rank(name: str) -> tuple[bool, int]:
        return name in stating, len({row[name].value for row in rows if name in row})

    columns = sorted(query.key_columns, key=rank, reverse=True)
    return [next(iter(_things(row, columns)), "") for row in rows]


def _things_of(query: CataloguedQuery, rows: Sequence[Row]) -> list[str]:
    """The things that name ``rows``."""
    return [thing for row in rows for thing in _things(row, query.key_columns)]


def _things(row: Row, columns: Sequence[str]) -> list[str]:
    return [row[name].value for name in columns if name in row and row[name].kind == "uri"]


def _has_names(row: Row, query: CataloguedQuery, telling: Telling) -> bool:
    """Whether the labels in ``row`` are the names of its things, so that their names in another
    language can stand for that row in it, and no other words are needed."""
    labels = {column.of: column.name for column in query.columns if column.of}
    said = [(row.get(key), row.get(labels.get(key, key))) for key in query.key_columns]
    in_words = any(figure.words for figure in query.figures)
    return not in_words and all(
        label is None
        or (thing is not None and label.value in (thing.value, telling.label(thing.value)))
        for thing, label in said
    )


def _behind(query: CataloguedQuery, column: str) -> Behind:
    behind = query.behind(column)
    named = query.behind(behind.words) if behind and behind.words else behind
    if named is None:
        raise NotFound(
            "There is no figure {name} in the answer to {question}. The figures are: {known}.",
            name=quoted(column),
            question=query.name,
            known=", ".join(figure.column for figure in query.figures) or "none",
        )
    return named


def _row(answered: Answered, name: str) -> Row:
    for row in answered.table.rows:
        if row_name(answered.query, row) == name:
            return row
    raise NotFound(
        "The answer to {question} has no row {row} now. Open the question, and follow the figure "
        "in its row.",
        question=answered.query.name,
        row=quoted(name),
    )


def _text(row: Row, name: str) -> str:
    return row[name].value if name and name in row else ""


def _called(query: CataloguedQuery, name: str, language: Language) -> str:
    return next((c.label.in_(language) for c in query.columns if c.name == name), "")


def _sheet(
    service: Service, counted: Mapping[Language, Counted], told: Told, language: Language
) -> Sheet:
    sheets = {one: counted_sheet(service, counted[one], Telling(told, one)) for one in LANGUAGES}
    return with_footnotes(service, sheets, language)
