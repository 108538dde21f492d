"""Questions and answers as JSON objects."""

from collections.abc import Mapping
from typing import Any

from werkzaam.api.demo_mark import DEMO_MARK
from werkzaam.api.figure_links import cell_json_url
from werkzaam.api.links import Links
from werkzaam.catalogue.parameters import Choice
from werkzaam.catalogue.questions import Answered
from werkzaam.domain.answers import Row, Term
from werkzaam.domain.queries import CataloguedQuery, Language, Parameter


def question_json(query: CataloguedQuery, links: Links, language: Language) -> dict[str, Any]:
    """A question as the list of questions shows it."""
    return {
        "name": query.name,
        "title": query.title.in_(language),
        "question": query.question.in_(language),
        "description": query.description.in_(language),
        "tags": list(query.tags),
        "shows": query.shows,
        "since": query.since,
        "parameters": [
            {
                "name": parameter.name,
                "label": parameter.label.in_(language),
                "type": parameter.type,
                "required": parameter.required,
                "default": parameter.default,
            }
            for parameter in query.parameters
        ],
        "columns": _columns(query, language),
        "answer": links.question_answer(query.name),
        "page": links.url(f"/queries/{query.name}"),
    }


def answer_json(
    answered: Answered, language: Language, links: Links | None = None
) -> dict[str, Any]:
    """An answer: the question, the version, the columns and the rows; examples say so. With
    ``links`` a figure says where its sheet is."""
    query, table = answered.query, answered.table
    labels = {column.of: column.name for column in query.columns if column.of}
    return {
        "query": query.name,
        "version": answered.version.number,
        "parameters": dict(answered.given),
        "columns": _columns(query, language),
        "rows": [
            {
                name: _cell(row, name, labels) | _figure(answered, name, row, links)
                for name in table.columns
                if name in row
            }
            for row in table.rows
        ],
        "truncated": table.truncated,
        "limits": {"limit": table.limit, "after": table.after},
        **({"demo": DEMO_MARK} if answered.version.demo else {}),
    }


def choices_json(choices: tuple[Choice, ...], language: Language) -> list[dict[str, str]]:
    """What a parameter can be given."""
    return [
        {"value": choice.slug, "iri": choice.iri, "label": choice.label.in_(language)}
        for choice in choices
    ]


def parameter_schema(parameter: Parameter, choices: tuple[Choice, ...]) -> dict[str, Any]:
    """The parameter as an OpenAPI schema."""
    if parameter.type == "integer":
        return {"type": "integer"}
    if parameter.type == "date":
        return {"type": "string", "format": "date"}
    schema: dict[str, Any] = {"type": "string"}
    if choices:
        schema["examples"] = [choice.slug for choice in choices]
    return schema


def _columns(query: CataloguedQuery, language: Language) -> list[dict[str, str]]:
    return [
        {"name": column.name, "label": column.label.in_(language), "role": column.role}
        for column in query.columns
    ]


def _cell(row: Row, name: str, labels: Mapping[str, str]) -> dict[str, str | None]:
    term = row[name]
    label = row.get(labels[name]) if name in labels else None
    return {
        "value": term.value,
        "type": term.kind,
        "datatype": _datatype(term),
        "lang": term.language,
        "label": label.value if label else None,
    }


def _figure(answered: Answered, name: str, row: Row, links: Links | None) -> dict[str, str | None]:
    if links is None:
        return {}
    address = cell_json_url(links, answered.query, name, row, answered.given)
    return {"figure": address} if address else {}


def _datatype(term: Term) -> str | None:
    return term.datatype if term.kind == "literal" else None
