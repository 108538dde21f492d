"""The catalogue at work: find a question, offer its choices, run it."""

import difflib
import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Event
from typing import Final

from werkzaam.catalogue.members import MEMBER, members_query
from werkzaam.catalogue.parameters import Choice, bind, terms
from werkzaam.catalogue.query_text import without_answers
from werkzaam.catalogue.tables import part_of, read_results, read_triples
from werkzaam.domain.answers import Row, Table
from werkzaam.domain.characters import quoted
from werkzaam.domain.queries import Behind, Bilingual, CataloguedQuery, Language, Parameter
from werkzaam.domain.versions import Version
from werkzaam.errors import (
    ContentError,
    NotFound,
    QueryDeadlineExceeded,
    QueryRefused,
    QuerySyntaxError,
    QueryTooLarge,
)
from werkzaam.store.interface import Question, Store

_RESULTS = "application/sparql-results+json"
_TRIPLES = "application/n-triples"
_AT_ONCE = 2
_MOST_COMPARED = 200

_CHOICES = """
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX mdt: <https://w3id.org/mdt-kennisgraaf/def/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?choice ?nl ?en ?position WHERE {{
  ?choice a <{choices_class}> .
  {in_scheme}
  OPTIONAL {{ ?choice skos:prefLabel ?labelNl . FILTER(LANG(?labelNl) = "nl") }}
  OPTIONAL {{ ?choice skos:prefLabel ?labelEn . FILTER(LANG(?labelEn) = "en") }}
  OPTIONAL {{ ?choice dcterms:title ?titleNl . FILTER(LANG(?titleNl) = "nl") }}
  OPTIONAL {{ ?choice dcterms:title ?titleEn . FILTER(LANG(?titleEn) = "en") }}
  BIND(COALESCE(?labelNl, ?titleNl) AS ?nl)
  BIND(COALESCE(?labelEn, ?titleEn) AS ?en)
  FILTER(BOUND(?nl) && BOUND(?en))
  OPTIONAL {{ ?choice mdt:position ?position }}
}} ORDER BY ?position ?choice ?nl ?en
"""

MOST_WANTED: Final = 200
"""How many questions that were asked are remembered."""

Wanted = tuple[str, tuple[tuple[str, str], ...], Language]
"""A question by its name, what it was asked with, and in which language."""


@dataclass(frozen=True)
class Answered:
    """A question, what it was asked with, the rows, and the version they were read from. ``bound``: its
    parameters with their defaults, as SPARQL."""

    query: CataloguedQuery
    given: Mapping[str, str]
    sparql: str
    table: Table
    version: Version
    bound: Mapping[str, str] = field(default_factory=dict)


def media_type_of(query: CataloguedQuery) -> str:
    """What the store is asked to answer ``query`` with: rows, or the triples of a graph."""
    return _TRIPLES if query.form == "CONSTRUCT" else _RESULTS


class Catalogue:
    """The catalogued questions on one store."""

    def __init__(self, queries: Sequence[CataloguedQuery], store: Store) -> None:
        self._queries = {query.name: query for query in queries}
        self._store = store
        self._choices: dict[tuple[str, str | None], tuple[Version, tuple[Choice, ...]]] = {}
        self._lock = threading.Lock()
        self._wanted: dict[Wanted, None] = {}

    def on(self, store: Store) -> "Catalogue":
        """The same questions on another store."""
        return Catalogue(self.all(), store)

    def all(self) -> list[CataloguedQuery]:
        """Every question, in order of name."""
        return list(self._queries.values())

    def get(self, name: str) -> CataloguedQuery:
        """The question called ``topic/question``. Raises NotFound, with the nearest name."""
        query = self._queries.get(name)
        if query is not None:
            return query
        close = difflib.get_close_matches(name[:_MOST_COMPARED], self._queries, n=1)
        if close:
            raise NotFound(
                "There is no question {name}. Did you mean {close}?",
                name=quoted(name),
                close=close[0],
            )
        raise NotFound(
            "There is no question {name}. The questions are: {known}.",
            name=quoted(name),
            known=", ".join(self._queries) or "none",
        )

    def choices(self, parameter: Parameter) -> tuple[Choice, ...]:
        """The things ``parameter`` can be given, in the order of their list; empty if it is free."""
        if parameter.choices_class is None:
            return ()
        scheme = parameter.choices_scheme
        of_class = (parameter.choices_class, scheme)
        kept = self._choices.get(of_class)
        if kept is not None and kept[0] == self._store.version:
            return kept[1]
        text = _CHOICES.format(
            choices_class=parameter.choices_class,
            in_scheme=f"?choice skos:inScheme <{scheme}> ." if scheme else "",
        )
        answer = self._store.ask(Question(text, _RESULTS))
        by_iri: dict[str, Choice] = {}
        for row in read_results(answer.body).rows:
            label = Bilingual(row["nl"].value, row["en"].value)
            by_iri.setdefault(row["choice"].value, Choice(row["choice"].value, label))
        found = tuple(by_iri.values())
        self._choices[of_class] = (answer.version, found)
        return found

    def sparql(self, query: CataloguedQuery, given: Mapping[str, str]) -> str:
        """The SPARQL of ``query`` bound to ``given``. Raises InvalidParameter."""
        return bind(query, given, self._choices_of(query, given))

    def answer(
        self,
        query: CataloguedQuery,
        given: Mapping[str, str],
        *,
        language: Language = "nl",
        limit: int | None = None,
        after: int = 0,
        ahead: bool = False,
        caller: str = "",
        stop: Event | None = None,
    ) -> Answered:
        """Run ``query`` with ``given`` in ``language``; rows ``after`` … ``after + limit``.

        ``ahead``: nobody waits for it. ``caller``: whose turn it takes (see ``Question``); ``stop`` is set
        once that one is gone.

        Raises InvalidParameter and whatever the store raises.
        """
        spoken = query.language_parameter
        values = {**given, spoken.name: language} if spoken else dict(given)
        choices = self._choices_of(query, values)
        sparql = bind(query, values, choices)
        if not ahead:
            self._note((query.name, tuple(given.items()), language))
        as_graph = query.form == "CONSTRUCT"
        question = Question(sparql, media_type_of(query), patient=ahead, caller=caller)
        answer = self._store.ask(question, stop=stop)
        whole = read_triples(answer.body) if as_graph else read_results(answer.body)
        table = part_of(whole, limit, after)
        return Answered(query, given, sparql, table, answer.version, terms(query, values, choices))

    def take_wanted(self) -> list[Wanted]:
        """What was asked since this was last called, what was asked last first; at most MOST_WANTED."""
        with self._lock:
            found = list(reversed(self._wanted))
            self._wanted.clear()
        return found

    def members(
        self, query: CataloguedQuery, behind: Behind, row: Row, given: Mapping[str, str]
    ) -> tuple[str, tuple[str, ...]]:
        """The SPARQL for what ``behind`` counts in ``row``, and the IRIs of all that are counted.

        Raises InvalidParameter.
        """
        bound = terms(query, given, self._choices_of(query, given))
        text = members_query(query, behind, row, bound)
        found = read_results(self._store.ask(Question(text, _RESULTS)).body)
        return text, tuple(row[MEMBER].value for row in found.rows)

    def _note(self, wanted: Wanted) -> None:
        with self._lock:
            self._wanted.pop(wanted, None)
            self._wanted[wanted] = None
            if len(self._wanted) > MOST_WANTED:
                del self._wanted[next(iter(self._wanted))]

    def _choices_of(
        self, query: CataloguedQuery, given: Mapping[str, str]
    ) -> dict[str, tuple[Choice, ...]]:
        """What the parameters of ``query`` can be given, of those that will have a value or miss one."""
        return {
            parameter.name: self.choices(parameter)
            for parameter in query.parameters
            if parameter.name in given or parameter.required or parameter.default is not None
        }

    def read_each_once(self) -> None:
        """Let the engine read every question and every pattern of what is counted, without the work
        of answering it.

        Raises ContentError with file and line for one that it does not take.
        """
        with ThreadPoolExecutor(_AT_ONCE) as several:
            for _ in several.map(self._let_read, self._queries.values()):
                pass

    def _let_read(self, query: CataloguedQuery) -> None:
        counting = [members_query(query, one, {}, {}) for one in query.figures if one.counts]
        text = query.text
        try:
            for text in (query.text, *counting):
                kind = media_type_of(query) if text is query.text else _RESULTS
                self._store.ask(Question(without_answers(text), kind))
        except QueryRefused as fault:
            in_file = isinstance(fault, QuerySyntaxError) and text is query.text
            line = fault.values.get("line") if in_file else None
            raise ContentError(
                query.path,
                line if isinstance(line, int) else None,
                fault.template,
                **fault.values,
            ) from None
        except (QueryDeadlineExceeded, QueryTooLarge) as fault:
            raise ContentError(query.path, None, fault.template, **fault.values) from None
