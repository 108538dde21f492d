"""Every question in every format says what its expected result says."""

from functools import cache
from typing import Any

import pytest
from tests.content.formats_of_answers import CHECKS
from tests.content.test_catalogued_queries import NAMES

from werkzaam.catalogue.questions import Catalogue

each = pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.xdist_group(name)) for name in NAMES]
)


@pytest.fixture(scope="module")
def answers(catalogue: Catalogue) -> Any:
    """The answer of a question with no more than it must be given, asked once."""
    return cache(lambda name: catalogue.answer(catalogue.get(name), catalogue.get(name).example))


@each
@pytest.mark.parametrize("check", CHECKS)
def test_it_says_what_is_expected(
    catalogue: Catalogue, answers: Any, name: str, check: Any
) -> None:
    check(catalogue, answers(name))


def test_there_is_a_question_whose_answer_is_a_graph(catalogue: Catalogue) -> None:
    assert [query.name for query in catalogue.all() if query.form == "CONSTRUCT"]
