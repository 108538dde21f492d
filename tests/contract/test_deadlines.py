"""How long a query may take: a caller may lower it, and only one who may ask for longer raises it."""

import contextlib
from collections.abc import Iterator
from dataclasses import replace

import pytest

from werkzaam.domain.content import Content
from werkzaam.errors import QueryDeadlineExceeded
from werkzaam.store.content_store import open_content
from werkzaam.store.embedded import EmbeddedStore, StoreLimits
from werkzaam.store.interface import Question

MANY = " ".join(map(str, range(4000)))
TAKES_A_SECOND = f"SELECT (COUNT(*) AS ?n) {{ VALUES ?a {{ {MANY} }} VALUES ?b {{ {MANY} }} }}"
ASKED = Question(TAKES_A_SECOND, "application/sparql-results+json")


@pytest.fixture(scope="module")
def hurried() -> Iterator[EmbeddedStore]:
    """A store without content, whose deadline is much shorter than what is asked takes."""
    limits = StoreLimits(seconds=0.3, readers=1)
    with contextlib.closing(open_content(Content(()), (), limits)) as opened:
        yield opened


def test_a_caller_may_not_raise_the_deadline(hurried: EmbeddedStore) -> None:
    with pytest.raises(QueryDeadlineExceeded):
        hurried.ask(ASKED, 600)


def test_one_who_may_ask_for_longer_has_to_ask(hurried: EmbeddedStore) -> None:
    longer = replace(ASKED, longest=60)
    with pytest.raises(QueryDeadlineExceeded):
        hurried.ask(longer)
    assert b'"16000000"' in hurried.ask(longer, 600).body


@pytest.mark.parametrize(
    ("asked", "longest", "seconds"),
    [
        (None, 0, 10),
        (None, 60, 10),
        (5, 0, 5),
        (5, 60, 5),
        (50, 0, 10),
        (50, 60, 50),
        (70, 60, 60),
        (50, 5, 10),
    ],
)
def test_the_seconds_of_a_query(asked: float | None, longest: float, seconds: float) -> None:
    assert replace(ASKED, longest=longest).seconds_of(asked, 10) == seconds
