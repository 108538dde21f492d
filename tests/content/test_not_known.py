"""Every value of a code list whose words speak of not knowing was looked at: it counts as not known, or
there is a reason why it does not."""

import re
from pathlib import Path

import pyoxigraph as ox
import pytest

from werkzaam.api.answer_limits import Limits, limits_of
from werkzaam.catalogue.query_files import load_queries
from werkzaam.catalogue.questions import Catalogue
from werkzaam.domain.content import Content
from werkzaam.domain.identifiers import THINGS
from werkzaam.domain.not_known import NOT_KNOWN

LISTS = Path(__file__).parents[2] / "graph_data" / "code_lists"
SKOS = "http://www.w3.org/2004/02/skos/core#"
SAYING = (ox.NamedNode(SKOS + "prefLabel"), ox.NamedNode(SKOS + "definition"))
DOUBT = re.compile(
    r"\b(not?|none|nobody|nothing|cannot|neither|unknown|unspecified|without|undecided"
    r"|niet|geen|niemand|nergens|onbekend|zonder|ongenoemd)\b",
    re.IGNORECASE,
)
KNOWN = {
    "absence-kind/not-applicable": "It is known that it does not arise.",
    "application-stage/evaluated": "The stage is known; it warns against reading more into it.",
    "basis/participant-experience": "The basis is known.",
    "coding-state/explicitly-not-addressed": "The project says so.",
    "correspondence-kind/conflicts": "That they conflict is known.",
    "correspondence-kind/look-alike": "That they are not the same is known.",
    "correspondence-kind/not-found": "That it was looked for and not found is known.",
    "correspondence-kind/similar": "That they are not the same is known.",
    "finding-kind/mixed": "Both that it holds are known.",
    "finding-kind/neither": "It is known what the statement does: explain.",
    "match-status/missing": "Our text is complete there, so it is known.",
    "norm-kind/expectation": "The kind is known.",
    "page-status/not-paged": "That there are no pages is known.",
    "organisation-kind/public-body": "The kind is known.",
    "participant-stage/reached": "That they took part is known, and it is what is counted.",
    "polarity/denied": "The document says so.",
    "polarity/split": "The document says so.",
    "presence/mentioned-unexplained": "That projects mention it is known; how they do it is not asked.",
    "project-status/granted": "The status is known.",
    "project-status/requested": "The status is known.",
    "project-status/withdrawn": "The status is known.",
    "recognition-level/not-recognised": "The submission says so.",
    "recognition-level/well-described": "The level is known.",
    "relation/described-as": "The relation is known.",
    "relation/differs-from": "The document says so.",
    "relation/has-impact-on": "That there is an impact is what is said; its size is another question.",
    "relation/listed-for": "The relation is known; it warns against reading more into it.",
    "relation/refutes": "The document says so.",
    "relation/safeguards": "The relation is known; it warns against reading more into it.",
    "source-type/journal-article": "The type is known; what research is in it, is no type.",
    "stated-effect/depends-on-project": "The document says so.",
    "submission-state/withdrawn": "The state is known.",
    "tension-kind/claim-and-ground": "What does not fit is known.",
    "tension-kind/contradiction": "What does not fit is known.",
    "tension-kind/figures": "What does not fit is known.",
    "tension-kind/scope": "What does not fit is known.",
    "voice/reading": "Whose voice it is, is known: ours.",
}


def words_of_values() -> dict[str, str]:
    said: dict[str, list[str]] = {}
    for file in sorted(LISTS.glob("*.ttl")):
        for quad in ox.parse(path=file):
            if quad.predicate in SAYING:
                said.setdefault(quad.subject.value, []).append(quad.object.value)
    return {iri.removeprefix(THINGS): " ".join(words) for iri, words in said.items()}


WORDS = words_of_values()
KNOWN_COLUMNS = {
    "coverage/codings-per-coder explicitlyNotAddressed": "They say so.",
    "coverage/projects-per-working-element explicitlyNotAddressed": "They say so.",
    "quality/values-not-stated saidAbsent": "They say so.",
}


def undecided(words: dict[str, str]) -> set[str]:
    """The values that speak of not knowing and that nobody decided on."""
    doubted = {name for name, said in words.items() if DOUBT.search(said)}
    return doubted - KNOWN.keys() - {iri.removeprefix(THINGS) for iri in NOT_KNOWN}


def test_somebody_decided_on_every_value_that_speaks_of_not_knowing() -> None:
    assert undecided(WORDS) == set()


@pytest.mark.parametrize("said", ["Niet vermeld", "Nothing is known of it", "Geen oordeel"])
def test_a_new_value_demands_a_decision(said: str) -> None:
    assert undecided({**WORDS, "presence/new": said}) == {"presence/new"}


def test_what_was_decided_on_is_there_and_is_one_of_both() -> None:
    counted = {iri.removeprefix(THINGS) for iri in NOT_KNOWN}
    assert counted | KNOWN.keys() <= WORDS.keys()
    assert not counted & KNOWN.keys()


def test_somebody_decided_on_every_number_that_speaks_of_not_knowing(content: Content) -> None:
    undecided_columns = {
        f"{query.name} {column.name}"
        for query in load_queries(content)
        for column in query.columns
        if column.role == "measure" and not column.not_known
        if DOUBT.search(f"{column.label.nl} {column.label.en}")
    }
    assert undecided_columns == KNOWN_COLUMNS.keys()


def limits(catalogue: Catalogue, name: str, **given: str) -> Limits:
    return limits_of(catalogue.answer(catalogue.get(name), given))


def test_references_that_cannot_be_judged_are_not_known(catalogue: Catalogue) -> None:
    said = limits(catalogue, "sources/references-not-matched")
    counted = {one.value.rpartition("/")[2]: one.rows for one in said.unknown if one.value}
    outcomes = [row["matchStatus"].value for row in said.answered.table.rows]
    for name in ("cannot-be-judged", "unnamed"):
        assert counted[name] == outcomes.count(f"{THINGS}match-status/{name}") > 0
    assert said.unknown_rows >= counted["cannot-be-judged"] + counted["unnamed"]


@pytest.mark.parametrize(
    ("name", "given", "columns"),
    [
        (
            "coverage/projects-per-working-element",
            {"subsidyRound": "5a"},
            {"notCoded", "notMentioned"},
        ),
        (
            "comparison/working-elements-between-rounds",
            {"firstRound": "4b", "secondRound": "5a"},
            {"firstCoded", "secondCoded"},
        ),
        ("coverage/working-elements-without-projects", {"subsidyRound": "5a"}, {"projectsCoded"}),
    ],
)
def test_rows_that_nobody_coded_are_not_known(
    with_projects: Catalogue, name: str, given: dict[str, str], columns: set[str]
) -> None:
    said = limits(with_projects, name, **given)
    counted = {one.column: one.rows for one in said.unknown if one.value is None}
    assert sum(counted.values()) > 0
    assert counted.keys() <= columns
    words = [
        [row[n].value for n in said.answered.table.columns if n.lower().endswith("records")]
        for row in said.answered.table.rows
    ]
    without = sum(any("niet gecodeerd" in text for text in texts) for texts in words)
    assert said.unknown_rows >= without > 0
