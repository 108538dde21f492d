"""The sheet of a figure that we counted: a cell of an answer, the rows of one, a count on a page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from werkzaam.api.figure_pieces import Line, Rule, Sheet, Words
from werkzaam.api.figure_sheets import stated_sheet, with_footnotes
from werkzaam.api.figure_telling import Telling
from werkzaam.api.service import Service
from werkzaam.catalogue.members import MEMBER, row_name
from werkzaam.catalogue.questions import Answered, Catalogue
from werkzaam.catalogue.tallies import TOPIC
from werkzaam.domain.answers import Row
from werkzaam.domain.characters import quoted
from werkzaam.domain.identifiers import THINGS
from werkzaam.domain.queries import LANGUAGES, Behind, CataloguedQuery, Language
from werkzaam.errors import NotFound
from werkzaam.linked_data.figures import Told, tell
from werkzaam.messages import say, say_number

ROW_KEY = "row"
MOST_MEMBERS = 100


@dataclass(frozen=True)
class _Counted:
    """A number that we counted: which question in which language, of which row and column."""

    name: str
    answered: Answered
    members: Sequence[str]
    number: str
    sparql: str
    row: Row
    column: str = ""
    whole: str = ""
    in_words: str = ""


def cell_sheet(
    service: Service, question: str, column: str, given: Mapping[str, str], language: Language
) -> Sheet:
    """The sheet of the number in ``column`` of the row that ``given`` names.

    Raises NotFound for a question, column or row that is not there, InvalidParameter.
    """
    query = service.catalogue.get(question)
    behind = _behind(query, column)
    asked = {name: value for name, value in given.items() if name != ROW_KEY}
    answers = _answers(service.catalogue, query, asked)
    rows = {one: _row(query, answers[one], given.get(ROW_KEY, "")) for one in LANGUAGES}
    if behind.stated_by:
        thing = rows[language][behind.stated_by].value if behind.stated_by in rows[language] else ""
        kind, _, slug = thing.removeprefix(THINGS).partition("/")
        return stated_sheet(service, kind, slug, language)
    sparql, members = service.catalogue.members(query, behind, rows[language], asked)
    words = next((other.column for other in query.figures if other.words == behind.column), "")
    return _sheet(
        service,
        {
            one: _Counted(
                name=f"queries/{query.name}/{behind.column}",
                answered=answers[one],
                members=members,
                number=_text(rows[one], behind.column),
                sparql=sparql,
                row=rows[one],
                column=behind.column,
                whole=_text(rows[one], behind.out_of),
                in_words=_text(rows[one], words),
            )
            for one in LANGUAGES
        },
        language,
    )


def rows_sheet(
    service: Service, question: str, given: Mapping[str, str], language: Language
) -> Sheet:
    """The sheet of how many rows the answer to ``question`` has."""
    query = service.catalogue.get(question)
    answers = _answers(service.catalogue, query, given)
    key = next(iter(query.key_columns), "")
    members = dict.fromkeys(
        row[key].value
        for row in answers[language].table.rows
        if key in row and row[key].kind == "uri"
    )
    return _sheet(
        service,
        {
            one: _Counted(f"queries/{query.name}", answers[one], [*members],
                          str(len(answers[one].table.rows)), answers[one].sparql, {})
            for one in LANGUAGES
        },
        language,
    )  # fmt: skip


def tally_sheet(service: Service, name: str, given: Mapping[str, str], language: Language) -> Sheet:
    """The sheet of a count on a page. Raises NotFound and InvalidParameter."""
    known = [tally.name.partition("/")[2] for tally in service.tallies.all()]
    if name not in known:
        raise NotFound(
            "There is no count {name}. The counts are: {known}.",
            name=quoted(name),
            known=", ".join(known),
        )
    query = service.tallies.get(f"{TOPIC}/{name}")
    answers = _answers(service.tallies, query, given)
    members = [row[MEMBER].value for row in answers[language].table.rows]
    return _sheet(
        service,
        {
            one: _Counted(f"counts/{name}", answers[one], members, str(len(members)),
                          answers[one].sparql, {})
            for one in LANGUAGES
        },
        language,
    )  # fmt: skip


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


def _answers(
    catalogue: Catalogue, query: CataloguedQuery, given: Mapping[str, str]
) -> dict[Language, Answered]:
    if query.language_parameter is None:
        answered = catalogue.answer(query, given)
        return dict.fromkeys(LANGUAGES, answered)
    return {one: catalogue.answer(query, given, language=one) for one in LANGUAGES}


def _row(query: CataloguedQuery, answered: Answered, name: str) -> Row:
    for row in answered.table.rows:
        if row_name(query, row) == name:
            return row
    raise NotFound(
        "The answer to {question} has no row {row} now. Open the question, and follow the figure "
        "in its row.",
        question=query.name,
        row=quoted(name),
    )


def _text(row: Row, name: str) -> str:
    return row[name].value if name and name in row else ""


def _sheet(service: Service, counted: Mapping[Language, _Counted], language: Language) -> Sheet:
    told = tell(service.store, counted[language].members[:MOST_MEMBERS])
    sheets = {one: _told(service, counted[one], told, one) for one in LANGUAGES}
    return with_footnotes(service, sheets, language)


def _told(service: Service, counted: _Counted, told: Told, language: Language) -> Sheet:
    query, telling = counted.answered.query, Telling(told, language)
    title = _label(query, counted.column, language) or query.title.in_(language)
    figure = _figure(counted, telling)
    items = telling.items(counted.members[:MOST_MEMBERS])
    documents = dict.fromkeys(spot.document.iri for item in items for spot in item.spots)
    is_tally = counted.name.startswith(f"{TOPIC}/")
    return Sheet(
        name=counted.name,
        kind="count",
        title=Words(title),
        figure=figure,
        gist=Words(""),
        lines=[
            Line("figure", say("Value", language), [Words(figure)]),
            Line("denominator", say("Denominator", language), _some(telling.number(counted.whole)),
                 absence=say("none: this is a count, no share", language)),
            *_row_lines(counted, language),
        ],
        rule=Rule(
            text=query.description.in_(language),
            question="" if is_tally else query.name,
            title=query.title.in_(language),
            asked=_asked(service, counted, language),
            given=_given(counted),
            sparql=counted.sparql,
        ),
        members=items,
        counted=counted.members,
        empty=_empty(counted, language),
        works=[telling.work(document) for document in documents if document],
    )  # fmt: skip


def _figure(counted: _Counted, telling: Telling) -> str:
    if not counted.number:
        return counted.in_words or say("no number", telling.language)
    number = telling.number(counted.number)
    if not counted.column and not counted.name.startswith(f"{TOPIC}/"):
        return say_number("{number} row", "{number} rows", int(counted.number), telling.language)
    if not counted.whole:
        return number
    whole = telling.number(counted.whole)
    return say("{number} of {whole}", telling.language, number=number, whole=whole)


def _empty(counted: _Counted, language: Language) -> str:
    """Why nothing is listed: there is no number, or it is zero."""
    if counted.members:
        return ""
    if not counted.number:
        return say(
            "There is nothing to count here: no data was loaded. That is no zero and no gap.",
            language,
        )
    return say(
        "Nothing in the knowledge graph meets the rule, so the count is zero. That does not say that it does not exist or does not happen.",
        language,
    )


def _row_lines(counted: _Counted, language: Language) -> list[Line]:
    """What names the row: its things by their labels."""
    query = counted.answered.query
    labels = {column.of: column.name for column in query.columns if column.of}
    found = []
    for name in query.key_columns if counted.row else ():
        shown = labels.get(name, name)
        term = counted.row.get(shown)
        thing = counted.row.get(name)
        if term is not None and term.value:
            words = Words(term.value, term.language or language, thing.value if thing else "")
            found.append(Line(name, _label(query, shown, language), [words]))
    return found


def _label(query: CataloguedQuery, name: str, language: Language) -> str:
    return next((c.label.in_(language) for c in query.columns if c.name == name), "")


def _asked(service: Service, counted: _Counted, language: Language) -> list[tuple[str, str]]:
    """What was asked, in words; for a row also what names it."""
    query, found = counted.answered.query, []
    catalogue = service.tallies if counted.name.startswith(f"{TOPIC}/") else service.catalogue
    for name, value in counted.answered.given.items():
        parameter = query.parameter(name)
        if parameter and value and parameter.type != "language":
            choices = catalogue.choices(parameter)
            chosen = [c.label.in_(language) for c in choices if value in (c.iri, c.slug)]
            found.append((parameter.label.in_(language), chosen[0] if chosen else value))
    rows = _row_lines(counted, language)
    return [*found, *((line.label, line.values[0].text) for line in rows)]


def _given(counted: _Counted) -> list[tuple[str, str]]:
    given = [(name, value) for name, value in counted.answered.given.items() if value]
    row = row_name(counted.answered.query, counted.row) if counted.row else ""
    return [*given, *([(ROW_KEY, row)] if row else [])]


def _some(text: str) -> list[Words]:
    return [Words(text)] if text else []
