"""The sheet of a figure that we counted: a cell of an answer, the rows of one, a count on a page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from werkzaam.api.figure_pieces import Line, Rule, Sheet, Words
from werkzaam.api.figure_sheets import stated_sheet, with_footnotes
from werkzaam.api.figure_telling import Telling
from werkzaam.api.service import Service
from werkzaam.catalogue.members import MEMBER, row_name
from werkzaam.catalogue.questions import Answered
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
    """A number that we counted: of which question, row and column. ``whole`` is its denominator;
    ``in_words`` what stands in the place of a number; ``language`` that of the row."""

    name: str
    answered: Answered
    members: Sequence[str]
    number: str
    sparql: str
    language: Language
    row: Row = field(default_factory=dict)
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
    wanted = given.get(ROW_KEY, "")
    answered = service.catalogue.answer(query, asked, language=language)
    row = _row(answered, wanted)
    if behind.stated_by:
        thing = row[behind.stated_by].value if behind.stated_by in row else ""
        kind, _, slug = thing.removeprefix(THINGS).partition("/")
        return stated_sheet(service, kind, slug, language)
    sparql, members = service.catalogue.members(query, behind, row, asked)
    things = [row[name].value for name in query.key_columns if name in row]
    told = tell(service.store, members[:MOST_MEMBERS], called=things)
    counted = {language: _cell(answered, behind, row, members, sparql, language)}
    for other in LANGUAGES:
        if other == language or _has_names(row, query, Telling(told, language)):
            counted.setdefault(other, counted[language])
            continue
        theirs = service.catalogue.answer(query, asked, language=other)
        counted[other] = _cell(theirs, behind, _row(theirs, wanted), members, sparql, other)
    return _sheet(service, counted, told, language)


def rows_sheet(
    service: Service, question: str, given: Mapping[str, str], language: Language
) -> Sheet:
    """The sheet of how many rows the answer to ``question`` has. Raises NotFound, InvalidParameter."""
    query = service.catalogue.get(question)
    answered = service.catalogue.answer(query, given, language=language)
    rows = answered.table.rows
    key = next(iter(query.key_columns), "")
    things = dict.fromkeys(row[key].value for row in rows if key in row and row[key].kind == "uri")
    members = [*things]
    counted = _Counted(
        f"queries/{query.name}", answered, members, str(len(rows)), answered.sparql, language
    )
    told = tell(service.store, members[:MOST_MEMBERS])
    return _sheet(service, dict.fromkeys(LANGUAGES, counted), told, language)


def tally_sheet(service: Service, name: str, given: Mapping[str, str], language: Language) -> Sheet:
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
    counted = _Counted(
        f"{TOPIC}/{name}", answered, members, str(len(members)), answered.sparql, language
    )
    told = tell(service.store, members[:MOST_MEMBERS])
    return _sheet(service, dict.fromkeys(LANGUAGES, counted), told, language)


def _cell(
    answered: Answered,
    behind: Behind,
    row: Row,
    members: Sequence[str],
    sparql: str,
    language: Language,
) -> _Counted:
    query = answered.query
    words = next((other.column for other in query.figures if other.words == behind.column), "")
    return _Counted(
        name=f"queries/{query.name}/{behind.column}",
        answered=answered,
        members=members,
        number=_text(row, behind.column),
        sparql=sparql,
        language=language,
        row=row,
        column=behind.column,
        whole=_text(row, behind.out_of),
        in_words=_text(row, words),
    )


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


def _sheet(
    service: Service, counted: Mapping[Language, _Counted], told: Told, language: Language
) -> Sheet:
    sheets = {one: _told(service, counted[one], Telling(told, one)) for one in LANGUAGES}
    return with_footnotes(service, sheets, language)


def _told(service: Service, counted: _Counted, telling: Telling) -> Sheet:
    query, language = counted.answered.query, telling.language
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
            *_row_lines(counted, telling),
        ],
        rule=Rule(
            text=query.description.in_(language),
            question="" if is_tally else query.name,
            title=query.title.in_(language),
            asked=_asked(service, counted, telling),
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


def _row_lines(counted: _Counted, telling: Telling) -> list[Line]:
    """What names the row: its things by their labels, or by their names in another language."""
    query, language = counted.answered.query, telling.language
    labels = {column.of: column.name for column in query.columns if column.of}
    found = []
    for name in query.key_columns if counted.row else ():
        shown = labels.get(name, name)
        term = counted.row.get(shown)
        thing = counted.row.get(name)
        if thing is not None and counted.language != language:
            found.append(Line(name, _label(query, shown, language), [telling.words(thing.value)]))
        elif term is not None and term.value:
            words = Words(term.value, term.language or language, thing.value if thing else "")
            found.append(Line(name, _label(query, shown, language), [words]))
    return found


def _label(query: CataloguedQuery, name: str, language: Language) -> str:
    return next((c.label.in_(language) for c in query.columns if c.name == name), "")


def _asked(service: Service, counted: _Counted, telling: Telling) -> list[tuple[str, str]]:
    """What was asked, in words; for a row also what names it."""
    query, language = counted.answered.query, telling.language
    found = []
    catalogue = service.tallies if counted.name.startswith(f"{TOPIC}/") else service.catalogue
    for name, value in counted.answered.given.items():
        parameter = query.parameter(name)
        if parameter and value and parameter.type != "language":
            choices = catalogue.choices(parameter)
            chosen = [c.label.in_(language) for c in choices if value in (c.iri, c.slug)]
            found.append((parameter.label.in_(language), chosen[0] if chosen else value))
    rows = _row_lines(counted, telling)
    return [*found, *((line.label, line.values[0].text) for line in rows)]


def _given(counted: _Counted) -> list[tuple[str, str]]:
    given = [(name, value) for name, value in counted.answered.given.items() if value]
    row = row_name(counted.answered.query, counted.row) if counted.row else ""
    return [*given, *([(ROW_KEY, row)] if row else [])]


def _some(text: str) -> list[Words]:
    return [Words(text)] if text else []
