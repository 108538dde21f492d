"""The cases that an answer tells of."""

import pytest

from werkzaam.catalogue.cases import case_of, count_cases, say_cases
from werkzaam.domain.answers import Row, Term
from werkzaam.domain.queries import Bilingual, Cases, CataloguedQuery, Language

ONE, MANY = Bilingual("spanning", "tension"), Bilingual("spanningen", "tensions")


def _query(cases: Cases | None) -> CataloguedQuery:
    words = Bilingual("x", "x")
    return CataloguedQuery(
        "a/b", words, words, words, (), "table", "0.1.0", (), (), "", "", cases=cases
    )


def _rows(*names: str) -> list[Row]:
    return [{"tension": Term("uri", name)} if name else {} for name in names]


@pytest.mark.parametrize(
    ("names", "language", "said"),
    [
        ("aabbc", "nl", "3 spanningen, in 5 rijen"),
        ("aabbc", "en", "3 tensions, in 5 rows"),
        ("aa", "en", "1 tension, in 2 rows"),
        ("ab", "nl", "2 spanningen"),
        ("", "nl", "0 spanningen"),
    ],
)
def test_cases_are_counted_and_named_and_rows_where_they_are_more(
    names: str, language: Language, said: str
) -> None:
    assert say_cases(_query(Cases(ONE, MANY, "tension")), _rows(*names), language) == said


def test_a_row_without_a_case_is_no_case() -> None:
    query = _query(Cases(ONE, MANY, "tension"))
    assert [case_of(query, row) for row in _rows("a", "")] == ["a", ""]
    assert count_cases(query, _rows("a", "")) == 1


def test_without_a_column_every_row_is_a_case_and_without_a_name_a_row() -> None:
    assert say_cases(_query(Cases(ONE, MANY)), _rows("a", "a"), "en") == "2 tensions"
    assert say_cases(_query(None), _rows("a", "a"), "en") == "2 rows"
    assert say_cases(_query(None), _rows("a"), "nl") == "1 rij"
