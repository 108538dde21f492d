"""``/queries`` and one page per catalogued question."""

from collections.abc import Mapping
from dataclasses import replace

from starlette.requests import Request

from werkzaam.api.figure_links import sheets_of
from werkzaam.api.service import Service
from werkzaam.catalogue.questions import Answered
from werkzaam.catalogue.tables import part_of
from werkzaam.domain.answers import Row, Table
from werkzaam.domain.queries import CataloguedQuery, Language
from werkzaam.errors import BadRequest
from werkzaam.web.answer_tables import Leads, answer_table
from werkzaam.web.contexts import Answer, QuestionPage, QuestionsPage
from werkzaam.web.element_projects import projects_page
from werkzaam.web.forms import errors_of, form_fields, hidden_fields, read_form
from werkzaam.web.headlines import (
    ELEMENTS_WITHOUT_PROJECTS,
    PROJECTS_PER_ELEMENT,
    headline,
    needs_records,
)
from werkzaam.web.languages import CONTENT_KEY, INTERFACE_KEY, Languages, languages_of
from werkzaam.web.lookups import effects, scale, text_of
from werkzaam.web.pieces import AnswerTable, QuestionLink, Topic
from werkzaam.web.snippets import answer_snippets
from werkzaam.web.wording import say, say_number

_HEADER_MARK = "#+"
_ROWS_AT_FIRST = 100
_MOST_ROWS = 2000
_ROWS_KEY = "rows"
_ALL = "all"
_CODED = {ELEMENTS_WITHOUT_PROJECTS: "projectsCoded", PROJECTS_PER_ELEMENT: "coded"}


def questions_page(service: Service, request: Request) -> QuestionsPage:
    """All questions by topic."""
    language = languages_of(request).interface
    json = service.links.url("/v1/queries", lang=language)
    return QuestionsPage(topics(service, language), json)


def question_page(service: Service, request: Request, name: str) -> QuestionPage:
    """The page of one question. Raises NotFound; what is wrong in the form stands in the page."""
    query = service.catalogue.get(name)
    languages = languages_of(request)
    given: dict[str, str] = {}
    error: BadRequest | None = None
    answer: Answer | None = None
    try:
        given = read_form(request, also=(_ROWS_KEY,))
        every = request.query_params.get(_ROWS_KEY) == _ALL
        answer = _answer(service, query, given, languages, _MOST_ROWS if every else _ROWS_AT_FIRST)
    except BadRequest as fault:
        error = fault
    fields = form_fields(query, service.catalogue, given, languages, error)
    return QuestionPage(
        title=query.title.in_(languages.interface),
        question=query.question.in_(languages.interface),
        description=query.description.in_(languages.interface),
        all_questions=service.links.path("/queries"),
        action=service.links.question_page(name),
        fields=fields,
        errors=errors_of(error, fields, languages.interface),
        hidden=hidden_fields(request, languages),
        answer=answer,
    )


def records_for(
    service: Service, query: CataloguedQuery, given: Mapping[str, str], language: Language
) -> Table | None:
    """The projects per element that the sentence for ``query`` needs, if it needs them."""
    if not needs_records(query.name):
        return None
    asked = service.catalogue.get(PROJECTS_PER_ELEMENT)
    known = {name: value for name, value in given.items() if asked.parameter(name)}
    return service.catalogue.answer(asked, known, language=language).table


def topics(service: Service, language: Language, without: str = "") -> list[Topic]:
    """The questions by topic; the one called ``without`` left out."""
    found: dict[str, list[QuestionLink]] = {}
    for query in service.catalogue.all():
        if query.name != without:
            found.setdefault(query.name.partition("/")[0], []).append(
                question_link(service, query, language)
            )
    labels = _topic_labels(language)
    page = service.links.path("/queries")
    return [
        Topic(f"topic-{name}", labels.get(name) or name.replace("-", " ").capitalize(),
              found[name], f"{page}#topic-{name}")
        for name in sorted(found, key=[*labels, *found].index)
    ]  # fmt: skip


def question_link(service: Service, query: CataloguedQuery, language: Language) -> QuestionLink:
    """The question with the way to its page."""
    return QuestionLink(
        query.title.in_(language),
        query.question.in_(language),
        service.links.question_page(query.name),
    )


def readable_query(text: str) -> str:
    """A query without the header that describes it."""
    lines = [line for line in text.splitlines() if not line.startswith(_HEADER_MARK)]
    return "\n".join(lines).strip() + "\n"


def _topic_labels(language: Language) -> dict[str, str]:
    """The topics that we have words for, in the order of the page."""
    return {
        "coverage": say("Which projects address what", language),
        "evidence": say("What the documents say", language),
        "across": say("The documents beside each other", language),
        "integration": say("Integration of newcomers", language),
        "pilot": say("The pilot with Meedoenbalies", language),
        "municipalities": say("Municipalities", language),
        "sources": say("What it rests on", language),
        "consistency": say("What does not fit", language),
        "vocabulary": say("Concepts and words", language),
    }


def _answer(
    service: Service,
    query: CataloguedQuery,
    given: Mapping[str, str],
    languages: Languages,
    most_rows: int,
) -> Answer:
    answered = service.catalogue.answer(query, given, language=languages.content)
    shown = part_of(answered.table, most_rows, 0)
    records = records_for(service, query, given, languages.content)
    values = scale(service.store, languages.content)
    sparql = readable_query(answered.sparql)
    wanted = {**given, "lang": languages.content}
    links = service.links
    data = f"/v1/queries/{query.name}"
    keys = {CONTENT_KEY: languages.content, INTERFACE_KEY: languages.interface}
    return Answer(
        headline=headline(answered, records, values, languages.interface, links),
        table=_table(service, query, given, languages, answered.table, shown),
        count=_count(answered, languages.interface),
        sparql=sparql,
        sparql_page=links.path("/sparql", query=sparql),
        csv=links.path(data, **wanted, format="csv"),
        json=links.path(data, **wanted, format="json"),
        all_rows=_all_rows(service, query, given, keys, answered.table, most_rows),
        permalink=links.url(f"/queries/{query.name}", **given, **keys),
        version_link=links.question_answer(
            query.name, **wanted, version=str(answered.version.number)
        ),
        version=answered.version.number,
        snippets=answer_snippets(links.url(data, **wanted, format="csv")),
    )


def _table(
    service: Service,
    query: CataloguedQuery,
    given: Mapping[str, str],
    languages: Languages,
    whole: Table,
    shown: Table,
) -> AnswerTable:
    store, content = service.store, languages.content
    values = {**scale(store, content), **effects(store, content)}
    leads = _leads(service, query, given, languages)
    sheets = sheets_of(service.links, query, given)
    made = answer_table(
        query, shown, values, languages.interface, content, service.links, leads, sheets
    )
    return replace(made, cut=_cut(whole, shown, languages.interface))


def _leads(
    service: Service, query: CataloguedQuery, given: Mapping[str, str], languages: Languages
) -> Leads:
    """From a count of coded projects to the projects themselves."""
    coded = _CODED.get(query.name)
    if coded is None:
        return {}

    def to_projects(row: Row) -> str:
        if not int(text_of(row, coded) or 0):
            return ""
        chosen = given.get("subsidyRound", "")
        return projects_page(service, row["element"].value, languages, chosen)

    return {"records": to_projects}


def _all_rows(
    service: Service,
    query: CataloguedQuery,
    given: Mapping[str, str],
    keys: Mapping[str, str],
    whole: Table,
    shown: int,
) -> str:
    if len(whole.rows) <= shown or shown == _MOST_ROWS:
        return ""
    page = service.links.path(f"/queries/{query.name}", **given, **keys, **{_ROWS_KEY: _ALL})
    return f"{page}#answer-table"


def _cut(whole: Table, shown: Table, language: Language) -> str:
    if not shown.truncated:
        return ""
    return say(
        "The first {shown} of {number} rows. All of them are in the CSV file.",
        language,
        shown=len(shown.rows),
        number=len(whole.rows),
    )


def _count(answered: Answered, language: Language) -> str:
    return say_number("{number} row", "{number} rows", len(answered.table.rows), language)
