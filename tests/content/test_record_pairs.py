"""No constraint on records goes through all pairs of what agrees: a file of thousands of likes is judged."""

import pytest
from rdflib import SH, URIRef
from tests.content.test_record_shapes import CONSTRAINTS, SHAPE, SHAPES

from werkzaam.validation.sparql_text import Question, read_question
from werkzaam.validation.sparql_twins import read_twins

OF_PAIRS = [
    "component-coding-differs",
    "element-coding-differs",
    "organisation-involvement-name-several-numbers",
    "organisation-involvement-number-several-names",
    "participants-figure-twice",
    "project-duplicate",
    "project-one-applicant",
    "project-organisation-twice",
    "registered-organisation-name-twice",
    "registered-organisation-number-twice",
]
FIRST_ONE_DIFFERS = [
    "coding-identifier-twice",
    "project-identifier-twice",
    "project-report-identifier-twice",
]


def questions() -> dict[str, Question]:
    """The constraints in SPARQL by name."""
    found = {}
    for name in CONSTRAINTS:
        text = SHAPES.value(URIRef(f"{SHAPE}{name}-query"), SH.select)
        if text is not None:
            found[name] = read_question(str(text), {}, None)
    return found


QUESTIONS = questions()


@pytest.mark.parametrize("name", OF_PAIRS)
def test_what_differs_in_a_group_is_asked_of_the_group(name: str) -> None:
    asked = QUESTIONS[name]
    start = next(i for i, token in enumerate(asked.tokens) if token.text == "{")
    assert asked.goes_for_many
    assert read_twins(asked._expanded, start, asked.patterns or ()) is not None


def test_no_other_constraint_looks_for_another_record() -> None:
    """Of an identifier the first that is found is another one, but for parts of the thing itself."""
    found = {
        name
        for name, asked in QUESTIONS.items()
        if not asked.is_local and any(token.variable == "other" for token in asked.tokens)
    }
    assert found <= {*OF_PAIRS, *FIRST_ONE_DIFFERS}
