"""What differs between two answers: rows that came, went, and have other cells."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from werkzaam.api.answer_permalink import (
    changed_columns,
    compare,
    permalink,
    read_permalink,
    seal_of,
)
from werkzaam.api.links import Links
from werkzaam.catalogue.questions import Answered
from werkzaam.domain.answers import Row, Table, Term
from werkzaam.domain.queries import Bilingual, CataloguedQuery, Column
from werkzaam.domain.versions import Version
from werkzaam.errors import BadRequest

WORDS = Bilingual("x", "x")
QUERY = CataloguedQuery(
    "a/b", WORDS, WORDS, WORDS, (), "table", "0.1.0", (),
    (Column("thing", WORDS, "identifier"), Column("number", WORDS, "measure")), "SELECT", "p",
)  # fmt: skip


def row(thing: str, number: str) -> Row:
    return {"thing": Term("uri", f"urn:{thing}"), "number": Term("literal", number)}


def table(*rows: Row) -> Table:
    return Table(("thing", "number"), rows)


def test_rows_come_go_and_change() -> None:
    then = table(row("a", "1"), row("b", "2"), row("c", "3"))
    now = table(row("a", "1"), row("c", "4"), row("d", "5"))
    found = compare(QUERY, then, now)
    assert (found.added, found.removed) == ([row("d", "5")], [row("b", "2")])
    assert found.changed == [(row("c", "3"), row("c", "4"))]
    assert changed_columns(found.changed[0]) == ["number"]


def test_a_row_that_stands_twice_is_counted_twice() -> None:
    found = compare(QUERY, table(row("a", "1")), table(row("a", "1"), row("a", "1")))
    assert (found.added, found.removed, found.changed) == ([row("a", "1")], [], [])
    twins = compare(QUERY, table(row("a", "1"), row("a", "2")), table(row("a", "3")))
    assert (len(twins.added), len(twins.removed), twins.changed) == (1, 2, [])


ROWS = st.lists(st.builds(row, st.sampled_from("abc"), st.sampled_from("12")), max_size=8)


@given(ROWS, ROWS)
def test_what_differs_leads_from_one_to_the_other(before: list[Row], after: list[Row]) -> None:
    found = compare(QUERY, table(*before), table(*after))

    def bag(rows: list[Row]) -> list[str]:
        return sorted(str(one) for one in rows)

    gone = [*found.removed, *(pair[0] for pair in found.changed)]
    new = [*found.added, *(pair[1] for pair in found.changed)]
    assert bag([*before, *new]) == bag([*after, *gone])
    if bag(before) == bag(after):
        assert not gone
        assert not new


def test_a_permalink_holds_all_and_is_read_back() -> None:
    answered = Answered(QUERY, {"x": "1 2"}, "", table(row("a", "1")), Version(3, "d"))
    address = permalink(Links("https://example.org"), answered, "en")
    assert address.startswith(
        "https://example.org/queries/a/b/permalink?x=1+2&contentLang=en&version=3"
    )
    question, _, answer = seal_of(answered).partition("-")
    kept = read_permalink(
        QUERY, {"x": "1 2", "contentLang": "en", "version": "3", "hash": f"{question}-{answer}"}
    )
    assert (kept.parameters, kept.language, kept.version) == ({"x": "1 2"}, "en", 3)
    assert (kept.question_hash, kept.answer_hash) == (question, answer)
    other = replace(answered, query=replace(QUERY, text="SELECT 2"))
    assert seal_of(other).partition("-")[0] != question
    assert seal_of(other).partition("-")[2] == answer


@pytest.mark.parametrize("wrong", [
    {}, {"hash": "x"}, {"version": "-1"}, {"version": "9" * 12}, {"version": "١"},
    {"contentLang": "de"}, {"hash": "0" * 16 + "-" + "g" * 32}, {"limit": "0"},
])  # fmt: skip
def test_a_damaged_permalink_says_so(wrong: dict[str, str]) -> None:
    whole = {"contentLang": "nl", "version": "1", "hash": "0" * 16 + "-" + "0" * 32}
    read_permalink(QUERY, whole)
    with pytest.raises(BadRequest):
        read_permalink(QUERY, {**whole, **wrong} if wrong else {"version": "1"})
