"""What an answer does not say: the rows that are left out, what is unknown in it, how many projects were
coded, and of which version and date the data are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from werkzaam.catalogue.query_text import significant
from werkzaam.catalogue.questions import Answered
from werkzaam.catalogue.tables import read_results
from werkzaam.domain.answers import Row
from werkzaam.domain.identifiers import THINGS
from werkzaam.domain.queries import Language
from werkzaam.messages import say
from werkzaam.store.interface import Question, Store

LICENCE: Final = "https://creativecommons.org/licenses/by/4.0/"
_RESULTS: Final = "application/sparql-results+json"
_UNKNOWN: Final = frozenset(
    THINGS + name
    for name in (
        *("presence/no-information", "presence/no-judgement", "presence/none-known"),
        *("presence/not-compared", "presence/not-mentioned", "presence/not-visible"),
        *("presence/only-in-picture", "coding-state/not-coded", "basis/none-stated"),
        *("stated-effect/none-known", "stated-effect/not-stated", "stated-effect/only-in-picture"),
        *("absence-kind/no-information", "absence-kind/no-judgement", "absence-kind/none-known"),
        *("measure-kind/not-known", "unit/not-known", "source-type/not-known"),
        *("organisation-kind/unknown", "project-status/unknown", "recognition-level/unknown"),
    )
)
_OF_PROJECTS: Final = frozenset(("mdt:Project", "mdt:hasElementCoding", "mdt:hasComponentCoding"))
_OF_COMPONENTS: Final = frozenset(("mdt:hasComponentCoding", "mdt:codedComponent"))
_ROUND: Final = "subsidyRound"
_CODED = """
PREFIX coding-state: <https://w3id.org/mdt-kennisgraaf/id/coding-state/>
PREFIX mdt: <https://w3id.org/mdt-kennisgraaf/def/>
SELECT (COUNT(DISTINCT ?project) AS ?projects) (COUNT(DISTINCT ?judged) AS ?coded) WHERE {
  ?project a mdt:Project .
  %(round)s
  OPTIONAL {
    ?project (mdt:%(has)s|^mdt:codingOf) ?coding .
    ?coding mdt:%(thing)s ?thing ; mdt:codingState ?state .
    FILTER(?state != coding-state:not-coded)
    BIND(?project AS ?judged)
  }
}
"""


@dataclass(frozen=True)
class Coverage:
    """How many projects are loaded, of the round that was asked for where one was, and of how many
    somebody judged the coding."""

    projects: int
    coded: int

    def say(self, language: Language) -> str:
        """In words: no projects are never nought projects."""
        if not self.projects:
            return say("no project data", language)
        return say(
            "{coded} of {projects} loaded projects are coded",
            language,
            coded=self.coded,
            projects=self.projects,
        )


@dataclass(frozen=True)
class Unknown:
    """In how many rows ``column`` has ``value``, which says that something is not known."""

    column: str
    value: str
    label: str
    rows: int


@dataclass(frozen=True)
class Limits:
    """What an answer does not say. ``unknown_rows``: rows with anything unknown in them; ``empty``:
    empty cells by column; ``coverage``: None where the question is not about projects; ``date``: when
    the version was made, UTC; ``links`` by their relation (``permalink``, ``first``, ``previous``,
    ``next``), None for one that there is not."""

    answered: Answered
    unknown: Sequence[Unknown]
    unknown_rows: int
    empty: Mapping[str, int]
    coverage: Coverage | None = None
    date: str | None = None
    links: Mapping[str, str | None] | None = None

    @property
    def passed_over(self) -> int:
        """How many rows before the first one here were left out."""
        return min(self.answered.table.after, self.answered.table.total)

    @property
    def beyond(self) -> int:
        """How many rows after the last one here were left out."""
        table = self.answered.table
        return table.total - self.passed_over - len(table.rows)


def limits_of(
    answered: Answered,
    *,
    coverage: Coverage | None = None,
    date: str | None = None,
    links: Mapping[str, str | None] | None = None,
) -> Limits:
    """The limits of ``answered``, its cells counted."""
    table = answered.table
    labels = {column.of: column.name for column in answered.query.columns if column.of}
    counts: dict[tuple[str, str], int] = {}
    names: dict[str, str] = {}
    empty = dict.fromkeys(table.columns, 0)
    rows = 0
    for row in table.rows:
        found = [(name, row[name].value) for name in row if row[name].value in _UNKNOWN]
        rows += bool(found)
        for key in found:
            counts[key] = counts.get(key, 0) + 1
            names.setdefault(key[1], _label(row, labels.get(key[0], "")) or key[1])
        for name in table.columns:
            empty[name] += name not in row
    unknown = [Unknown(*key, names[key[1]], number) for key, number in counts.items()]
    missing = {name: number for name, number in empty.items() if number}
    return Limits(answered, unknown, rows, missing, coverage, date, links)


def coverage_of(store: Store, answered: Answered) -> Coverage | None:
    """How many projects of ``store`` are coded; None where the question is not about projects."""
    words = _names_in(answered.query.text)
    if not words & _OF_PROJECTS:
        return None
    components = bool(words & _OF_COMPONENTS)
    asked = answered.bound.get(_ROUND)
    text = _CODED % {
        "round": f"?project mdt:inSubsidyRound {asked} ." if asked else "",
        "has": "hasComponentCoding" if components else "hasElementCoding",
        "thing": "codedComponent" if components else "codedElement",
    }
    row = read_results(store.ask(Question(text, _RESULTS)).body).rows[0]
    return Coverage(int(row["projects"].value), int(row["coded"].value))


def day_of(time: str | None) -> str | None:
    """The day, UTC, of ``time``: what is called a date has no time in it, by the `API Design Rules
    <https://logius-standaarden.github.io/API-Design-Rules/#/core/date-time/date-omit-time-portion>`_."""
    return time and time[:10]


def limits_json(limits: Limits, language: Language) -> dict[str, Any]:
    """The limits as a JSON object; what is not known here is null."""
    table, coverage = limits.answered.table, limits.coverage
    links = limits.links or {}
    left_out = (("after", limits.passed_over), ("limit", limits.beyond))
    return {
        "limit": table.limit,
        "after": table.after,
        "total": table.total,
        "returned": len(table.rows),
        "leftOut": [{"rows": rows, "because": key} for key, rows in left_out if rows],
        "unknown": {
            "rows": limits.unknown_rows,
            "values": [vars(one) for one in limits.unknown],
        },
        "empty": dict(limits.empty),
        "coverage": None
        if coverage is None
        else {
            "projects": coverage.projects or None,
            "coded": coverage.coded if coverage.projects else None,
            "words": coverage.say(language),
        },
        "version": limits.answered.version.number,
        "date": day_of(limits.date),
        "licence": LICENCE,
        **{name: links.get(name) for name in ("permalink", "first", "previous", "next")},
    }


def _label(row: Row, name: str) -> str:
    return row[name].value if name in row else ""


@lru_cache(maxsize=512)
def _names_in(text: str) -> frozenset[str]:
    return frozenset(token.text for token in significant(text))
