"""Werkzaam in Python: the catalogued questions of a service, or of our package on any SPARQL endpoint."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any, Final, Literal

from werkzaam.api.answer_coverage import coverage_of
from werkzaam.api.answer_limits import limits_json, limits_of
from werkzaam.catalogue.finding import find_questions
from werkzaam.catalogue.query_files import load_queries
from werkzaam.catalogue.questions import Catalogue
from werkzaam.catalogue.tables import read_results
from werkzaam.client.answers import Answer, headings_of, labels_of
from werkzaam.client.endpoint import Endpoint
from werkzaam.client.service import RestService, table_in
from werkzaam.content import DEFAULT_FOLDER, read_content
from werkzaam.domain.answers import Table, Term
from werkzaam.domain.queries import LANGUAGES, CataloguedQuery, Language
from werkzaam.domain.versions import DEMO_WORDS
from werkzaam.errors import BadRequest, InvalidParameter, StoreUnavailable
from werkzaam.store.interface import Question as StoreQuestion
from werkzaam.store.query_policy import read_query

_SECONDS: Final = 60.0
_BOOLEAN: Final = "http://www.w3.org/2001/XMLSchema#boolean"
_RESULTS: Final = "application/sparql-results+json"

Given = str | int | date | None


@dataclass(frozen=True)
class Question:
    """A question that can be asked. ``parameters``: by name, the type of each; ``asks``: what each is
    called. ``columns``: by name, the headings of the answer, in order."""

    name: str
    title: str
    question: str
    description: str
    tags: tuple[str, ...]
    parameters: Mapping[str, str] = field(default_factory=dict)
    required: tuple[str, ...] = ()
    asks: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)


class Werkzaam:
    """Asks the catalogued questions.

    ``Werkzaam("https://werkzaam.example.nl/")`` asks a service of ours, whose answers carry version,
    limits and permalink. ``Werkzaam(endpoint="https://example.nl/sparql")`` puts the questions of this
    package to any SPARQL 1.1 endpoint that holds the dataset: the limits of an answer are reckoned here,
    and its version, date and permalink are not known. What goes wrong is one of ``werkzaam.errors``.
    """

    def __init__(
        self,
        url: str | None = None,
        *,
        endpoint: str | None = None,
        lang: Language = "nl",
        seconds: float = _SECONDS,
    ) -> None:
        """Give ``url`` or ``endpoint``. ``lang``: of labels and messages; ``seconds``: how long one
        answer may take. Raises BadRequest."""
        if (url is None) == (endpoint is None):
            raise BadRequest(
                "Give the address of a service of Werkzaam, or endpoint=, the address of a SPARQL "
                "endpoint: one of them."
            )
        self._lang: Language = _language(lang)
        self._service = RestService(url, seconds) if url is not None else None
        sparql = endpoint or f"{self._service.url if self._service else ''}sparql"
        self._endpoint = Endpoint(sparql, seconds)

    def questions(self, search: str = "", *, lang: Language | None = None) -> list[Question]:
        """The questions that hold every word of ``search`` in their name, texts or tags, in Dutch or
        English, accents and capitals aside. Raises BadRequest for too long a search, and as ``ask``."""
        language = _language(lang or self._lang)
        if self._service is None:
            found = find_questions(self._catalogue.all(), search)
            return [_described(query, language) for query in found]
        keys = {"lang": language, **({"q": search} if search.strip() else {})}
        told, _ = self._service.get("v1/queries", keys)
        with _known_form():
            return [_listed(one) for one in told["queries"]]

    def choices(self, name: str, parameter: str, *, lang: Language | None = None) -> dict[str, str]:
        """What ``parameter`` of the question ``name`` can be given, with labels. Raises NotFound."""
        language = _language(lang or self._lang)
        if self._service is not None:
            path = f"v1/queries/{name}/parameters/{parameter}"
            told, _ = self._service.get(path, {"lang": language})
            with _known_form():
                return {str(one["value"]): str(one["label"]) for one in told["choices"]}
        found = self._catalogue.get(name).parameter(parameter)
        if found is None:
            raise InvalidParameter(parameter, (), "There is no parameter {name} of this question.")
        return {one.slug: one.label.in_(language) for one in self._catalogue.choices(found)}

    def ask(
        self,
        name: str,
        /,
        *,
        lang: Language | None = None,
        limit: int | None = None,
        after: int = 0,
        version: int | None = None,
        **parameters: Given,
    ) -> Answer:
        """The answer to the question ``name``: of the rows after number ``after`` at most ``limit``.

        ``version``: that of the past, of a service alone. Raises NotFound, InvalidParameter with the
        choices, QueryDeadlineExceeded, StoreUnavailable.
        """
        asked = _Asked(
            name, _language(lang or self._lang), _texts(parameters), limit, after, version
        )
        return self._answer(asked)

    def pages(
        self, name: str, /, size: int = 1000, *, lang: Language | None = None, **parameters: Given
    ) -> Iterator[Answer]:
        """The whole answer in parts of at most ``size`` rows, all of the version of the first. Raises
        as ``ask``."""
        if size < 1:
            raise BadRequest("size is {size}: a page has at least one row.", size=size)
        asked = _Asked(name, _language(lang or self._lang), _texts(parameters), size)
        part = self._answer(asked)
        yield part
        while part.truncated and len(part):
            after = part.table.after + len(part)
            asked = replace(asked, after=after, version=part.version)
            part = self._answer(asked)
            yield part

    def sparql(self, query: str) -> Answer:
        """The answer to a SELECT or ASK of your own. Raises QueryRefused, QuerySyntaxError and as
        ``ask``."""
        if read_query(query).form not in ("SELECT", "ASK"):
            raise BadRequest("Only a SELECT or an ASK has rows. Write one of these.")
        answer = self._endpoint.ask(StoreQuestion(query, _RESULTS))
        told = json.loads(answer.body)
        if "boolean" in told:
            row = {"answer": Term("literal", str(told["boolean"]).lower(), _BOOLEAN)}
            table = Table(("answer",), (row,))
        else:
            table = read_results(answer.body)
        demo = DEMO_WORDS if answer.version.demo else ""
        return Answer("sparql", table, sparql=query, demo=demo)

    @cached_property
    def _catalogue(self) -> Catalogue:
        return Catalogue(load_queries(read_content(DEFAULT_FOLDER)), self._endpoint)

    def _answer(self, asked: "_Asked") -> Answer:
        if self._service is None:
            return self._answer_here(asked)
        told, address = self._service.get(f"v1/queries/{asked.name}", asked.keys)
        return _answer_in(asked.name, told, address)

    def _answer_here(self, asked: "_Asked") -> Answer:
        if asked.version is not None:
            raise BadRequest("A SPARQL endpoint has one version. Leave version out.")
        query = self._catalogue.get(asked.name)
        found = self._catalogue.answer(
            query, asked.given, language=asked.language, limit=asked.limit, after=asked.after
        )
        coverage = coverage_of(self._endpoint, found)
        limits = limits_json(limits_of(found, coverage=coverage), asked.language)
        return Answer(
            asked.name,
            found.table,
            headings_of(query, asked.language),
            labels_of(query),
            limits={**limits, "version": None},
            sparql=found.sparql,
            demo=DEMO_WORDS if found.version.demo else "",
        )


@dataclass(frozen=True)
class _Asked:
    name: str
    language: Language
    given: Mapping[str, str]
    limit: int | None = None
    after: int = 0
    version: int | None = None

    @property
    def keys(self) -> dict[str, str]:
        """The keys of the address."""
        numbers = {"limit": self.limit, "after": self.after or None, "version": self.version}
        said = {key: str(value) for key, value in numbers.items() if value is not None}
        return {**self.given, "lang": self.language, "format": "json", **said}


def _texts(parameters: Mapping[str, Given]) -> dict[str, str]:
    return {key: str(value) for key, value in parameters.items() if value is not None}


def _answer_in(name: str, told: Mapping[str, Any], address: str) -> Answer:
    with _known_form():
        table, label_of = table_in(told)
        headings = {str(one["name"]): str(one["label"]) for one in told["columns"]}
        limits = dict(told["limits"])
        permalink = limits.get("permalink") or address
        version = int(told["version"])
    demo = str(told.get("demo", ""))
    return Answer(name, table, headings, label_of, version, limits, permalink, demo=demo)


@contextmanager
def _known_form() -> Iterator[None]:
    """Raises StoreUnavailable where what was answered is not read as an answer of ours."""
    try:
        yield
    except (KeyError, TypeError, ValueError, AttributeError):
        raise StoreUnavailable(
            "The service answered in a form that this client does not know. Is it of another version?"
        ) from None


def _described(query: CataloguedQuery, language: Language) -> Question:
    return Question(
        query.name,
        query.title.in_(language),
        query.question.in_(language),
        query.description.in_(language),
        query.tags,
        {one.name: one.type for one in query.parameters},
        tuple(one.name for one in query.parameters if one.required),
        {one.name: one.label.in_(language) for one in query.parameters},
        headings_of(query, language),
    )


def _listed(told: Mapping[str, Any]) -> Question:
    parameters = told["parameters"]
    return Question(
        name=str(told["name"]),
        title=str(told["title"]),
        question=str(told["question"]),
        description=str(told["description"]),
        tags=tuple(told["tags"]),
        parameters={str(one["name"]): str(one["type"]) for one in parameters},
        required=tuple(str(one["name"]) for one in parameters if one["required"]),
        asks={str(one["name"]): str(one["label"]) for one in parameters},
        columns={str(one["name"]): str(one["label"]) for one in told["columns"]},
    )


def _language(lang: str) -> Literal["nl", "en"]:
    for language in LANGUAGES:
        if lang == language:
            return language
    raise InvalidParameter(
        "lang",
        LANGUAGES,
        "{value} is no language of this content. Choose one of: {slugs}.",
        value=repr(lang),
        slugs=", ".join(LANGUAGES),
    )
