"""Tools for the catalogued questions: list them, describe one, run one.

One tool runs them all: a tool for each would put some eighty descriptions before an assistant for every
request, and many clients take forty tools at most.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from werkzaam.api.answer_coverage import coverage_of
from werkzaam.api.answer_limits import limits_json, limits_of
from werkzaam.api.answer_permalink import permalink
from werkzaam.api.answers_json import choices_json, question_json
from werkzaam.api.service import Service
from werkzaam.catalogue.finding import MOST_CHARACTERS, find_questions, tags_of
from werkzaam.catalogue.parameters import bind, terms
from werkzaam.catalogue.questions import Answered, media_type_of
from werkzaam.catalogue.tables import part_of, read_results, read_triples
from werkzaam.domain.characters import quoted
from werkzaam.domain.queries import CataloguedQuery, Language
from werkzaam.errors import InvalidParameter
from werkzaam.mcp_server.answers import (
    compact,
    dataset,
    fitting,
    note,
    sides_of,
    sources,
    submitted_among,
)
from werkzaam.mcp_server.arguments import MOST_TEXT, language_in
from werkzaam.mcp_server.calls import LANGUAGE, Call, Tool
from werkzaam.mcp_server.sparql_sources import iris_of, sources_of

_MOST_CHOICES: Final = 150
_MOST_ROWS: Final = 200
_USUAL_ROWS: Final = 25
_LAST_ROW: Final = 100_000


def list_questions(call: Call) -> dict[str, Any]:
    """The questions that have every word of ``search`` and the tag ``tag``, as ``/v1/queries`` finds them.
    Raises InvalidParameter for a tag that no question has."""
    language = call.language
    words = call.given.text("search", most=MOST_CHARACTERS)
    tag = call.given.text("tag").strip().casefold()
    every = call.service.catalogue.all()
    tags = tags_of(every)
    if tag and tag not in tags:
        raise InvalidParameter(
            "tag",
            tuple(tags),
            "{name} is {value}. Choose one of: {choices}.",
            value=quoted(tag),
            choices=", ".join(tags),
        )
    found = find_questions(every, words, [tag] if tag else [])
    return {
        "questions": [_in_brief(query, language) for query in found],
        "limits": {"total": len(found), "returned": len(found), "truncated": False},
        "tags": tags,
        "dataset": dataset(call.service, call.service.store.version, language),
        "links": {"page": call.service.links.url("/queries", lang=language)},
        "note": note(language),
    }


def describe_question(call: Call) -> dict[str, Any]:
    """One question whole, with what its parameters can be given; the language is no parameter here. Raises
    NotFound."""
    language = call.language
    catalogue = call.service.catalogue
    query = catalogue.get(call.given.text("question", required=True))
    described = question_json(query, call.service.links, language)
    spoken, parameters, left_out = query.language_parameter, [], 0
    for parameter, shown in zip(query.parameters, described["parameters"], strict=True):
        if spoken and parameter.name == spoken.name:
            continue
        choices = choices_json(catalogue.choices(parameter), language)
        shown["choices"] = choices[:_MOST_CHOICES]
        shown["choicesLeftOut"] = max(0, len(choices) - _MOST_CHOICES)
        left_out += shown["choicesLeftOut"]
        parameters.append(shown)
    return {
        **described,
        "parameters": parameters,
        "limits": {"choicesLeftOut": left_out, "truncated": left_out > 0},
        "dataset": dataset(call.service, call.service.store.version, language),
        "note": note(language),
    }


def run_question(call: Call) -> dict[str, Any]:
    """The answer of one question. Raises NotFound, InvalidParameter, and as the store does."""
    given, language = call.given.pairs("parameters"), call.language
    limit = call.given.number("limit", _USUAL_ROWS, 1, _MOST_ROWS)
    after = call.given.number("after", 0, 0, _LAST_ROW)
    query = call.service.catalogue.get(call.given.text("question", required=True))
    spoken = query.language_parameter
    if spoken and spoken.name in given:
        language = language_in(given.pop(spoken.name), spoken.name)
    whole = _answered(call, query, given, language)
    part = part_of(whole.table, limit, after)
    rows = fitting([compact(query, row) for row in part.rows])
    answered = replace(whole, table=part_of(whole.table, len(rows) or limit, after))
    return {
        "question": {
            "name": query.name,
            "asks": query.question.in_(language),
            "explains": query.description.in_(language),
            "parameters": dict(answered.given),
        },
        "columns": {c.name: c.label.in_(language) for c in query.columns if not c.of},
        "rows": rows,
        "limits": _limits(call.service, answered, language),
        **_sources(call, answered, language),
        "submitted": submitted_among(call.service, iris_of(answered.table.rows)),
        "dataset": dataset(call.service, answered.version, language),
        "links": _addresses(call.service, answered, language),
        "note": note(language),
    }


def _answered(
    call: Call, query: CataloguedQuery, given: Mapping[str, str], language: Language
) -> Answered:
    """As ``Catalogue.answer``, in the turn of the caller, and for as long as that waits."""
    spoken = query.language_parameter
    values = {**given, spoken.name: language} if spoken else given
    catalogue = call.service.catalogue
    choices = {one.name: catalogue.choices(one) for one in query.parameters}
    sparql = bind(query, values, choices)
    answer = call.ask(sparql, media_type_of(query))
    read = read_triples if query.form == "CONSTRUCT" else read_results
    bound = terms(query, values, choices)
    return Answered(query, given, sparql, read(answer.body), answer.version, bound)


def _sources(call: Call, answered: Answered, language: Language) -> dict[str, Any]:
    """The documents behind the rows; behind a graph those of the statements and passages in it."""
    rows, query = answered.table.rows, answered.query
    if query.form == "CONSTRUCT":
        return sources_of(call, iris_of(rows), answered.version, language)
    return {"sources": sources(rows, language, sides_of(query))}


def _limits(service: Service, answered: Answered, language: Language) -> dict[str, Any]:
    """The limits as ``/v1/queries`` has them, and where to go on."""
    coverage = coverage_of(service.store, answered)
    told = limits_json(limits_of(answered, coverage=coverage), language)
    left_out = ("version", "date", "permalink", "first", "previous", "next")
    table = answered.table
    last = table.after + len(table.rows)
    return {
        **{name: value for name, value in told.items() if name not in left_out},
        "truncated": table.truncated,
        "nextAfter": last if table.truncated else None,
    }


def _addresses(service: Service, answered: Answered, language: Language) -> dict[str, str]:
    """Where the answer is a page, where it is for programs, and where it is kept to be compared."""
    name, links = answered.query.name, service.links
    asked = {**answered.given, "lang": language}
    return {
        "page": links.url(f"/queries/{name}", **asked),
        "answer": links.question_answer(name, **asked, version=str(answered.version.number)),
        "permalink": permalink(links, answered, language),
    }


def _in_brief(query: CataloguedQuery, language: Language) -> dict[str, Any]:
    return {
        "name": query.name,
        "asks": query.question.in_(language),
        "tags": list(query.tags),
        "parameters": {
            parameter.name: parameter.type + (", required" if parameter.required else "")
            for parameter in query.parameters
            if parameter.type != "language"
        },
    }


def question_tools(names: Sequence[str]) -> tuple[Tool, ...]:
    """The tools for the questions called ``names``."""
    question = {"type": "string", "enum": list(names), "description": "Name: topic/question."}
    run = Tool(
        "run_question",
        "Answer a question",
        "Answers one question as rows, with the documents and pages they come from, how many rows "
        "there are and were left out, the version of the dataset, and addresses to cite. Prefer it "
        "to run_sparql: its answers were checked.",
        {"question": question, **_HOW_TO_RUN},
        run_question,
        ("question",),
    )
    return (_LIST, _DESCRIBE, run)


_WORDS: Final = {"type": "string", "maxLength": MOST_TEXT}
_LIST: Final = Tool(
    "list_questions",
    "Questions that can be answered",
    "Lists the ready-made questions about what makes Dutch youth community service (MDT) work: "
    "working elements, goals, evidence, risks, bottlenecks, integration, projects, sources. "
    "Start here. Narrow down with search (words in Dutch or English) or tag.",
    {
        "search": {**_WORDS, "maxLength": MOST_CHARACTERS, "description": "Words to look for."},
        "tag": {**_WORDS, "description": "One tag, from the list that the answer has."},
        "language": LANGUAGE,
    },
    list_questions,
)
_DESCRIBE: Final = Tool(
    "describe_question",
    "One question, with its parameters",
    "Describes one question: what it asks, its columns, and for each parameter the values to "
    "choose from. Use it before run_question where a question has parameters.",
    {
        "question": {**_WORDS, "description": "Name: topic/question, from list_questions."},
        "language": LANGUAGE,
    },
    describe_question,
    ("question",),
)
_HOW_TO_RUN: Final = {
    "parameters": {
        "type": "object",
        "additionalProperties": {"type": ["string", "number"]},
        "description": "Value by name of parameter: an IRI or the last segment of it, text, a whole "
        "number, or a date as 2023-10-04. See describe_question.",
    },
    "limit": {
        "type": "integer",
        "minimum": 1,
        "maximum": _MOST_ROWS,
        "default": _USUAL_ROWS,
        "description": "Most rows to return.",
    },
    "after": {
        "type": "integer",
        "minimum": 0,
        "maximum": _LAST_ROW,
        "default": 0,
        "description": "Skip this many rows: nextAfter of the answer before.",
    },
    "language": LANGUAGE,
}
