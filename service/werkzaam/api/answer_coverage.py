"""How many projects an answer could draw on, and of how many somebody judged the coding."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from werkzaam.catalogue.query_text import significant
from werkzaam.catalogue.questions import Answered
from werkzaam.catalogue.tables import read_results
from werkzaam.domain.answers import Row
from werkzaam.domain.identifiers import last_segment, term
from werkzaam.domain.queries import Bilingual, CataloguedQuery, Language
from werkzaam.messages import say
from werkzaam.store.interface import Question, Store

_RESULTS: Final = "application/sparql-results+json"
_ROUNDS: Final = term("SubsidyRound")
_OF_PROJECTS: Final = frozenset(("mdt:Project", "mdt:hasElementCoding", "mdt:hasComponentCoding"))
_OF_COMPONENTS: Final = frozenset(("mdt:hasComponentCoding", "mdt:codedComponent"))
_OF_RECORDS: Final = _OF_PROJECTS | {"graph:records", "graph:provenance"}
_COUNTED: Final = """
PREFIX coding-state: <https://w3id.org/mdt-kennisgraaf/id/coding-state/>
PREFIX mdt: <https://w3id.org/mdt-kennisgraaf/def/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?round ?nl ?en ?projects ?coded WHERE {
  {
    SELECT ?round (COUNT(DISTINCT ?project) AS ?projects) (COUNT(DISTINCT ?judged) AS ?coded) WHERE {
      ?project a mdt:Project .
      OPTIONAL { ?project mdt:inSubsidyRound ?round }
      OPTIONAL {
        ?project (mdt:%(has)s|^mdt:codingOf) ?coding .
        ?coding mdt:%(thing)s ?thing ; mdt:codingState ?state .
        FILTER(?state != coding-state:not-coded)
        BIND(?project AS ?judged)
      }
    }
    GROUP BY ?round
  }
  UNION
  {
    ?round a mdt:SubsidyRound ; skos:prefLabel ?nl , ?en .
    FILTER(LANG(?nl) = "nl" && LANG(?en) = "en")
  }
}
"""


@dataclass(frozen=True)
class Part:
    """Of the loaded projects of ``round``, or of all where that is empty: how many there are, and in how
    many at least one element or component was judged."""

    projects: int
    coded: int
    round: str = ""
    name: Bilingual = Bilingual("", "")


@dataclass(frozen=True)
class Coverage:
    """How many projects are ``loaded``, and the ``parts`` of them that an answer could draw on: the
    rounds that were asked for, or all. ``of_components``: integration components were judged, not
    working elements."""

    loaded: int
    parts: tuple[Part, ...]
    of_components: bool = False

    @property
    def projects(self) -> int:
        """How many projects are in the parts together."""
        return sum(part.projects for part in self.parts)

    @property
    def coded(self) -> int:
        """In how many of those anything was judged."""
        return sum(part.coded for part in self.parts)

    def say(self, language: Language) -> str:
        """In words, each figure with what it counts: no projects are never nought projects."""
        if not self.loaded:
            return say("no project data", language)
        return ". ".join(self._say(part, language) for part in self.parts)

    def nothing(self, language: Language) -> str:
        """That there was no project to draw on, in words; empty where there was one."""
        if not self.loaded:
            return say("no project data", language)
        if self.projects:
            return ""
        if len(self.parts) > 1:
            return say("no project of these rounds loaded", language)
        return say("no project of this round loaded", language)

    def _say(self, part: Part, language: Language) -> str:
        name = part.name.in_(language)
        if not part.projects:
            return say("Round {round}: no project of this round loaded", language, round=name)
        if part.round:
            whole = say(
                "Loaded projects of round {round}: {number}", language,
                round=name, number=part.projects,
            )  # fmt: skip
        else:
            whole = say("All loaded projects: {number}", language, number=part.projects)
        return f"{whole}; {self._say_coded(part.coded, language)}"

    def _say_coded(self, number: int, language: Language) -> str:
        if self.of_components:
            return say(
                "in {number} of them at least one integration component was judged",
                language, number=number,
            )  # fmt: skip
        return say(
            "in {number} of them at least one working element was judged", language, number=number
        )


def coverage_of(store: Store, answered: Answered) -> Coverage | None:
    """How many projects of ``store`` the answer could draw on; None where the question is not about
    projects."""
    words = _names_in(answered.query.text)
    if not words & _OF_PROJECTS:
        return None
    components = bool(words & _OF_COMPONENTS)
    text = _COUNTED % {
        "has": "hasComponentCoding" if components else "hasElementCoding",
        "thing": "codedComponent" if components else "codedElement",
    }
    rows = read_results(store.ask(Question(text, _RESULTS)).body).rows
    counted = [row for row in rows if "projects" in row]
    loaded = sum(_number(row, "projects") for row in counted)
    asked = _rounds_asked(answered)
    if not asked:
        coded = sum(_number(row, "coded") for row in counted)
        return Coverage(loaded, (Part(loaded, coded),), components)
    by_round = {row["round"].value: row for row in counted if "round" in row}
    names = {
        row["round"].value: Bilingual(row["nl"].value, row["en"].value)
        for row in rows
        if "nl" in row
    }
    return Coverage(
        loaded, tuple(_part(one, by_round.get(one, {}), names) for one in asked), components
    )


def coverage_json(coverage: Coverage, language: Language) -> dict[str, Any]:
    """The coverage as a JSON object; a number of projects that there are none of is null."""
    return {
        "loaded": coverage.loaded or None,
        "projects": coverage.projects if coverage.loaded else None,
        "coded": coverage.coded if coverage.projects else None,
        "rounds": [
            {
                "round": part.round,
                "label": part.name.in_(language),
                "projects": part.projects if coverage.loaded else None,
                "coded": part.coded if part.projects else None,
            }
            for part in coverage.parts
            if part.round
        ],
        "words": coverage.say(language),
    }


def holds_records(query: CataloguedQuery) -> bool:
    """Whether an answer to ``query`` can hold what others submitted about projects."""
    return bool(_names_in(query.text) & _OF_RECORDS)


def _rounds_asked(answered: Answered) -> Sequence[str]:
    """The rounds that were asked for, each once."""
    bound = answered.bound
    named = [one.name for one in answered.query.parameters if one.choices_class == _ROUNDS]
    return list(dict.fromkeys(bound[name].strip("<>") for name in named if name in bound))


def _part(iri: str, row: Row, names: Mapping[str, Bilingual]) -> Part:
    slug = last_segment(iri)
    name = names.get(iri, Bilingual(slug, slug))
    return Part(_number(row, "projects"), _number(row, "coded"), iri, name)


def _number(row: Row, name: str) -> int:
    return int(row[name].value) if name in row else 0


@lru_cache(maxsize=512)
def _names_in(text: str) -> frozenset[str]:
    return frozenset(token.text for token in significant(text))
