"""``/queries`` and one page per catalogued question."""

from collections.abc import Mapping, Sequence

from starlette.requests import Request

from werkzaam.api.answer_coverage import coverage_of
from werkzaam.api.answer_permalink import permalink
from werkzaam.api.figure_links import sheets_of
from werkzaam.api.service import Service
from werkzaam.api.sparql_answers import caller_of
from werkzaam.catalogue.finding import holds
from werkzaam.catalogue.questions import Answered
from werkzaam.domain.answers import Row, Table
from werkzaam.domain.queries import CataloguedQuery, Language
from werkzaam.errors import BadRequest, InvalidParameter
from werkzaam.web.answer_about import limit_lines
from werkzaam.web.answer_tables import Leads, answer_table
from werkzaam.web.contexts import Answer, QuestionPage, QuestionsPage
from werkzaam.web.element_projects import projects_page
from werkzaam.web.forms import errors_of, form_fields, hidden_fields, read_form
from werkzaam.web.headlines import (
    ELEMENTS_WITHOUT_PROJECTS,
    PROJECTS_PER_ELEMENT,
    as_sentence,
    headline,
    needs_records,
)
from werkzaam.web.languages import CONTENT_KEY, INTERFACE_KEY, Languages, languages_of
from werkzaam.web.lookups import effects, scale, text_of
from werkzaam.web.pieces import AnswerTable, Headline, QuestionLink, RowSearch, Topic
from werkzaam.web.row_filter import find_rows
from werkzaam.web.row_search import SEARCH_KEYS, WantedRows, row_search, wanted_rows
from werkzaam.web.snippets import answer_snippets
from werkzaam.web.wording import say, say_number

_HEADER_MARK = "#+"
_SEARCH_KEY = "q"
_CODED = {ELEMENTS_WITHOUT_PROJECTS: "projectsCoded", PROJECTS_PER_ELEMENT: "coded"}


def questions_page(service: Service, request: Request) -> QuestionsPage:
    """All questions by topic, or those that hold the words looked for."""
    languages = languages_of(request)
    language = languages.interface
    words = request.query_params.get(_SEARCH_KEY, "").strip()
    json = service.links.url("/v1/queries", lang=language)
    page = service.links.path("/queries")
    found = topics(service, language, words=words)
    number = sum(len(topic.questions) for topic in found)
    said = say(
        "{found} of {number} questions hold these words.",
        language,
        found=number,
        number=len(service.catalogue.all()),
    )
    search = RowSearch(
        action=page,
        hidden=hidden_fields(request, languages),
        words=words,
        said=said if words else "",
        without=page if words else "",
        live=not words,
    )
    return QuestionsPage(found, json, search)


def question_page(service: Service, request: Request, name: str) -> QuestionPage:
    """The page of one question. Raises NotFound; what is wrong in the form stands in the page."""
    query = service.catalogue.get(name)
    languages = languages_of(request)
    given: dict[str, str] = {}
    error: BadRequest | None = None
    answer: Answer | None = None
    try:
        given = read_form(request, also=SEARCH_KEYS)
        wishes, caller = wanted_rows(request), caller_of(request.scope)
        answer = _answer(service, query, given, languages, wishes, caller)
    except BadRequest as fault:
        error = fault if given or not _is_missing(query, fault) else None
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


def _is_missing(query: CataloguedQuery, fault: BadRequest) -> bool:
    """Whether a parameter that must be given was not: of who opens the form, no fault."""
    parameter = query.parameter(fault.name) if isinstance(fault, InvalidParameter) else None
    return parameter is not None and parameter.required


def records_for(
    service: Service, query: CataloguedQuery, given: Mapping[str, str], language: Language
) -> Table | None:
    """The projects per element that the sentence for ``query`` needs, if it needs them."""
    if not needs_records(query.name):
        return None
    asked = service.catalogue.get(PROJECTS_PER_ELEMENT)
    known = {name: value for name, value in given.items() if asked.parameter(name)}
    return service.catalogue.answer(asked, known, language=language).table


def topics(service: Service, language: Language, without: str = "", words: str = "") -> list[Topic]:
    """The questions by topic, of which each holds all ``words``; the one called ``without`` left out."""
    found: dict[str, list[QuestionLink]] = {}
    for query in service.catalogue.all():
        link = question_link(service, query, language)
        if query.name != without and holds(f"{link.question} {link.words}", words):
            found.setdefault(query.name.partition("/")[0], []).append(link)
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
        " ".join((query.title.in_(language), query.description.in_(language), *query.tags)),
    )


def readable_query(text: str) -> str:
    """A query without the header that describes it, and without the lines of what was not given."""
    lines = [
        line
        for line in text.splitlines()
        if not line.startswith(_HEADER_MARK) and not line.isspace()
    ]
    return "\n".join(lines).strip() + "\n"


def _topic_labels(language: Language) -> dict[str, str]:
    """The topics that we have words for, in the order of the page."""
    return {
        "coverage": say("Which projects address what", language),
        "portfolio": say("The projects that are loaded", language),
        "comparison": say("Two subsidy rounds beside each other", language),
        "evidence": say("What the documents say", language),
        "across": say("The documents beside each other", language),
        "integration": say("Integration of newcomers", language),
        "pilot": say("The pilot with Meedoenbalies", language),
        "municipalities": say("Municipalities", language),
        "sources": say("What it rests on", language),
        "consistency": say("What does not fit", language),
        "quality": say("How complete the data are", language),
        "vocabulary": say("Concepts and words", language),
    }


def _answer(
    service: Service,
    query: CataloguedQuery,
    given: Mapping[str, str],
    languages: Languages,
    wishes: WantedRows,
    caller: str,
) -> Answer:
    answered = service.catalogue.answer(query, given, language=languages.content, caller=caller)
    found = find_rows(query, answered.table, wishes.words, wishes.most)
    coverage = coverage_of(service.store, answered)
    nothing = coverage.nothing(languages.interface) if coverage else ""
    sparql = readable_query(answered.sparql)
    wanted = {**given, "lang": languages.content}
    links, data = service.links, f"/v1/queries/{query.name}"
    keys = {CONTENT_KEY: languages.content, INTERFACE_KEY: languages.interface}
    number = len(answered.table.rows)
    return Answer(
        headline=_headline(service, answered, languages, nothing),
        table=_table(service, query, given, languages, answered.table, found.rows),
        count=say_number("{number} row", "{number} rows", number, languages.interface),
        sparql=sparql,
        sparql_page=links.path("/sparql", query=sparql),
        csv=links.path(data, **wanted, format="csv", bom="true"),
        json=links.path(data, **wanted, format="json"),
        search=row_search(links, query, {**given, **keys}, wishes, number, found),
        permalink=links.url(f"/queries/{query.name}", **given, **keys, **wishes.keys),
        version_link=links.question_answer(
            query.name, **wanted, version=str(answered.version.number)
        ),
        version=answered.version.number,
        snippets=answer_snippets(links.url(data, **wanted, format="csv")),
        xlsx=links.path(data, **wanted, format="xlsx"),
        turtle=links.path(data, **wanted, format="ttl") if query.form != "SELECT" else "",
        kept=permalink(links, answered, languages.content),
        plain_csv=links.url(data, **wanted, format="csv"),
        limits=limit_lines(service, answered, coverage, languages.interface),
        nothing=as_sentence(nothing),
    )


def _headline(service: Service, answered: Answered, languages: Languages, nothing: str) -> Headline:
    records = records_for(service, answered.query, answered.given, languages.content)
    values = scale(service.store, languages.content)
    return headline(answered, records, values, languages.interface, service.links, nothing)


def _table(
    service: Service,
    query: CataloguedQuery,
    given: Mapping[str, str],
    languages: Languages,
    whole: Table,
    shown: Sequence[Row],
) -> AnswerTable:
    store, content = service.store, languages.content
    values = {**scale(store, content), **effects(store, content)}
    leads = _leads(service, query, given, languages)
    sheets = sheets_of(service.links, query, given)
    return answer_table(
        query, whole, values, languages.interface, content, service.links, leads, sheets, shown
    )


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
