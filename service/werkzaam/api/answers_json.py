"""Questions and answers as JSON objects."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from werkzaam.api.answer_limits import Limits, limits_json, limits_of
from werkzaam.api.answer_wishes import formats_of
from werkzaam.api.demo_mark import DEMO_MARK
from werkzaam.api.figure_links import cell_json_url
from werkzaam.api.links import Links
from werkzaam.catalogue.parameters import Choice
from werkzaam.catalogue.questions import Answered, Catalogue
from werkzaam.domain.answers import Row, Term
from werkzaam.domain.queries import CataloguedQuery, Language, Parameter

_NO_NAMES: Final[Mapping[str, str]] = MappingProxyType({})


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
        "parameters": [_parameter(parameter, language) for parameter in query.parameters],
        "columns": _columns(query, language),
        "formats": list(formats_of(query)),
        "answer": links.question_answer(query.name),
        "details": links.url(f"/v1/queries/{query.name}/description"),
        "page": links.url(f"/queries/{query.name}"),
    }


def description_json(
    query: CataloguedQuery, catalogue: Catalogue, links: Links, language: Language
) -> dict[str, Any]:
    """All there is to know of one question before it is asked: as in the list, and with what each
    parameter can be given, the address of each format, and the query itself."""
    said = question_json(query, links, language)
    for described, parameter in zip(said["parameters"], query.parameters, strict=True):
        described["choices"] = choices_json(catalogue.choices(parameter), language)
    addresses = {
        name: links.question_answer(query.name, lang=language, format=name)
        for name in formats_of(query)
    }
    return {**said, "answers": addresses, "form": query.form, "sparql": query.text}


def answer_json(
    answered: Answered,
    language: Language,
    links: Links | None = None,
    limits: Limits | None = None,
    names: Mapping[str, str] = _NO_NAMES,
) -> dict[str, Any]:
    """An answer: the question, the version, the columns, the rows and the limits; examples say so. With
    ``links`` a figure says where its sheet is; ``names`` by IRI label what no column labels."""
    query, table = answered.query, answered.table
    return {
        "query": query.name,
        "version": answered.version.number,
        "parameters": dict(answered.given),
        "columns": _columns(query, language),
        "rows": [row_json(answered, row, links, names) for row in table.rows],
        "truncated": table.truncated,
        "limits": limits_json(limits or limits_of(answered), language),
        **({"demo": DEMO_MARK} if answered.version.demo else {}),
    }


def row_json(
    answered: Answered, row: Row, links: Links | None = None, names: Mapping[str, str] = _NO_NAMES
) -> dict[str, Any]:
    """A row of ``answered`` as a JSON object, without its empty cells. ``names``: see ``answer_json``."""
    labels = {column.of: column.name for column in answered.query.columns if column.of}
    return {
        name: _cell(row, name, labels, names) | _figure(answered, name, row, links)
        for name in answered.table.columns
        if name in row
    }


def choices_json(choices: tuple[Choice, ...], language: Language) -> list[dict[str, str]]:
    """What a parameter can be given."""
    return [
        {"value": choice.slug, "iri": choice.iri, "label": choice.label.in_(language)}
        for choice in choices
    ]


def _parameter(parameter: Parameter, language: Language) -> dict[str, Any]:
    return {
        "name": parameter.name,
        "label": parameter.label.in_(language),
        "type": parameter.type,
        "required": parameter.required,
        "default": parameter.default,
    }


def _columns(query: CataloguedQuery, language: Language) -> list[dict[str, str]]:
    return [
        {"name": column.name, "label": column.label.in_(language), "role": column.role}
        for column in query.columns
    ]


def _cell(
    row: Row, name: str, labels: Mapping[str, str], names: Mapping[str, str]
) -> dict[str, str | None]:
    term = row[name]
    label = row.get(labels[name]) if name in labels else None
    named = names.get(term.value) if term.kind == "uri" else None
    return {
        "value": term.value,
        "type": term.kind,
        "datatype": _datatype(term),
        "lang": term.language,
        "label": label.value if label else named,
    }


def _figure(answered: Answered, name: str, row: Row, links: Links | None) -> dict[str, str | None]:
    if links is None:
        return {}
    version = answered.version.number
    address = cell_json_url(links, answered.query, name, row, answered.given, version)
    return {"figure": address} if address else {}


def _datatype(term: Term) -> str | None:
    return term.datatype if term.kind == "literal" else None
