"""The cases that an answer tells of: which rows belong together, and how many there are."""

from collections.abc import Sequence

from werkzaam.domain.answers import Row
from werkzaam.domain.queries import CataloguedQuery, Language
from werkzaam.messages import say_number


def case_of(query: CataloguedQuery, row: Row) -> str:
    """What tells the case of ``row`` apart; empty where the row belongs to none."""
    column = query.cases.column if query.cases else ""
    return row[column].value if column in row else ""


def count_cases(query: CataloguedQuery, rows: Sequence[Row]) -> int:
    """How many cases ``rows`` tell of; without a column that tells them apart, how many rows."""
    if query.cases is None or not query.cases.column:
        return len(rows)
    return len({case_of(query, row) for row in rows} - {""})


def say_cases(query: CataloguedQuery, rows: Sequence[Row], language: Language) -> str:
    """How many cases ``rows`` tell of, by their name, and in how many rows where that differs."""
    number = len(rows)
    if query.cases is None:
        return say_number("{number} row", "{number} rows", number, language)
    cases = count_cases(query, rows)
    name = query.cases.one if cases == 1 else query.cases.many
    said = f"{cases} {name.in_(language)}"
    if cases == number:
        return said
    return say_number(
        "{cases}, in {number} row", "{cases}, in {number} rows", number, language, cases=said
    )
