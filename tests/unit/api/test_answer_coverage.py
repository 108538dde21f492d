"""Coverage tells of which projects it is: all that are loaded, or those of the rounds that were asked."""

import json
from typing import Any

import pytest

from werkzaam.api.answer_coverage import Coverage, Part, coverage_json, coverage_of
from werkzaam.catalogue.questions import Answered
from werkzaam.domain.answers import Table
from werkzaam.domain.identifiers import THINGS, term
from werkzaam.domain.queries import Bilingual, CataloguedQuery, Parameter
from werkzaam.domain.versions import Version
from werkzaam.store.interface import Answer, Question

WORDS = Bilingual("x", "x")
ROUNDS = tuple(
    Parameter(name, "iri", WORDS, choices_class=term("SubsidyRound"))
    for name in ("first", "second")
)
FIVE, FOUR = f"{THINGS}subsidy-round/5a", f"{THINGS}subsidy-round/4b"
Row = dict[str, str | int]
NAME_OF_FIVE: Row = {"round": FIVE, "nl": "vijf", "en": "five"}
BOTH: tuple[Row, ...] = (
    {"round": FIVE, "projects": 5, "coded": 2},
    {"projects": 19, "coded": 19},
    NAME_OF_FIVE,
)


def question(text: str) -> CataloguedQuery:
    several = (*ROUNDS, Parameter("municipality", "string", WORDS))
    return CataloguedQuery(
        "a/b", WORDS, WORDS, WORDS, (), "table", "0.1.0", several, (), text, "p"
    )  # fmt: skip


class Asked:
    """A store with one answer, that keeps what it was asked."""

    def __init__(self, *rows: Row) -> None:
        self.text = ""
        bindings = [
            {name: {"type": "literal", "value": str(value)} for name, value in row.items()}
            for row in rows
        ]
        self._body = json.dumps({"head": {"vars": []}, "results": {"bindings": bindings}})

    def ask(self, question: Question) -> Answer:
        self.text = question.text
        return Answer(self._body.encode(), Version(4, "d"))


def found(store: Any, text: str = "SELECT ?p { ?p a mdt:Project }", **bound: str) -> Coverage:
    answered = Answered(question(text), {}, "", Table((), ()), Version(4, "d"), bound)
    coverage = coverage_of(store, answered)
    assert coverage is not None
    return coverage


def test_without_a_round_it_is_of_all_loaded_projects_whatever_else_is_chosen() -> None:
    coverage = found(Asked(*BOTH), municipality='"Nergens"')
    assert coverage == Coverage(24, (Part(24, 21),))
    words = "All loaded projects: 24; in 21 of them at least one working element was judged"
    assert coverage_json(coverage, "en") == {
        "loaded": 24, "projects": 24, "coded": 21, "rounds": [], "words": words,
    }  # fmt: skip
    assert coverage.nothing("en") == ""


def test_each_round_that_was_asked_has_its_own_figures() -> None:
    said = coverage_json(found(Asked(*BOTH), first=f"<{FOUR}>", second=f"<{FIVE}>"), "en")
    assert (said["loaded"], said["projects"], said["coded"]) == (24, 5, 2)
    assert said["rounds"] == [
        {"round": FOUR, "label": "4b", "projects": 0, "coded": None},
        {"round": FIVE, "label": "five", "projects": 5, "coded": 2},
    ]
    assert said["words"] == (
        "Round 4b: no project of this round loaded. Loaded projects of round five: 5; "
        "in 2 of them at least one working element was judged"
    )


def test_a_round_that_is_asked_twice_counts_once() -> None:
    assert found(Asked(*BOTH), first=f"<{FIVE}>", second=f"<{FIVE}>").projects == 5


@pytest.mark.parametrize(
    ("bound", "words", "nothing"),
    [
        (
            {"first": f"<{FOUR}>"},
            "Ronde 4b: geen project van deze ronde geladen",
            "geen project van deze ronde geladen",
        ),
        (
            {"first": f"<{FOUR}>", "second": f"<{FOUR}1>"},
            "Ronde 4b: geen project van deze ronde geladen. Ronde 4b1: geen project van deze ronde "
            "geladen",
            "geen project van deze rondes geladen",
        ),
    ],
)
def test_projects_of_other_rounds_only_are_not_called_no_project_data(
    bound: dict[str, str], words: str, nothing: str
) -> None:
    coverage = found(Asked(*BOTH), **bound)
    assert (coverage.say("nl"), coverage.nothing("nl")) == (words, nothing)


@pytest.mark.parametrize("bound", [{}, {"first": f"<{FIVE}>"}])
def test_no_projects_are_never_nought(bound: dict[str, str]) -> None:
    coverage = found(Asked(NAME_OF_FIVE), **bound)
    said = coverage_json(coverage, "nl")
    assert said["words"] == coverage.nothing("nl") == "geen projectgegevens"
    numbers = [said, *said["rounds"]]
    assert {one.get(name) for one in numbers for name in ("loaded", "projects", "coded")} == {None}


def test_of_components_it_counts_components() -> None:
    store = Asked(*BOTH)
    coverage = found(store, "SELECT ?p { ?p mdt:hasComponentCoding ?c }")
    assert "mdt:codedComponent" in store.text
    assert coverage.say("en").endswith("at least one integration component was judged")


def test_what_is_not_about_projects_has_none() -> None:
    query = question("SELECT ?p { ?p a mdt:Claim }")
    answered = Answered(query, {}, "", Table((), ()), Version(4, "d"))
    assert coverage_of(Asked(), answered) is None  # type: ignore[arg-type]
