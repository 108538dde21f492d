"""What differs between two answers: rows that came, went, and have other cells."""

from dataclasses import replace
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from werkzaam.api.answer_difference import changed_columns, compare
from werkzaam.api.answer_permalink import (
    check_of,
    permalink,
    read_permalink,
    seal_of,
)
from werkzaam.api.links import Links
from werkzaam.catalogue.questions import Answered
from werkzaam.catalogue.tables import part_of
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


def kept_of(answered: Answered) -> dict[str, str]:
    """The keys of the permalink of ``answered``."""
    address = permalink(Links("https://example.org"), answered, "en")
    path, _, keys = address.partition("?")
    assert path == "https://example.org/queries/a/b/permalink"
    return dict(parse_qsl(keys))


def test_a_permalink_holds_all_and_is_read_back() -> None:
    part = part_of(table(*(row("a", str(number)) for number in range(9))), 3, 2)
    answered = Answered(QUERY, {"x": "1 2", "y": ""}, "", part, Version(3, "d"))
    given = kept_of(answered)
    assert {**given, "hash": ""} == {
        "x": "1 2", "contentLang": "en", "limit": "3", "after": "2", "version": "3", "hash": "",
    }  # fmt: skip
    kept = read_permalink("a/b", given)
    assert (kept.parameters, kept.language, kept.version) == ({"x": "1 2"}, "en", 3)
    assert (kept.limit, kept.after, kept.is_part) == (3, 2, True)
    assert f"{kept.question_hash}-9-{kept.answer_hash}" == kept.seal == seal_of(answered)
    assert kept.check == check_of(kept)


@pytest.mark.parametrize("other", [
    {"x": "2"}, {"z": "1"}, {"contentLang": "nl"}, {"limit": "4"}, {"after": "1"}, {"version": "2"},
])  # fmt: skip
def test_an_address_that_was_not_given_is_known(other: dict[str, str]) -> None:
    given = kept_of(Answered(QUERY, {"x": "1"}, "", table(row("a", "1")), Version(3, "d")))
    for changed in (other, {"hash": ("1" if given["hash"][0] == "0" else "0") + given["hash"][1:]}):
        kept = read_permalink("a/b", {**given, **changed})
        assert kept.check != check_of(kept)
    kept = read_permalink("a/c", given)
    assert kept.check != check_of(kept)


def test_the_seal_is_of_the_query_the_number_of_rows_and_the_rows() -> None:
    answered = Answered(QUERY, {}, "", table(row("a", "1")), Version(3, "d"))
    question, total, rows = seal_of(answered).split("-")
    other = replace(QUERY, text='#+ title: x\n\nSELECT   "#1" # why\n')
    header = replace(other, text='#+ title: y\nSELECT "#1"')
    assert len({seal_of(replace(answered, query=one)) for one in (QUERY, other, header)}) == 2
    assert seal_of(replace(answered, query=other)).split("-")[1:] == [total, rows]
    more = part_of(table(row("a", "1"), row("b", "2")), 1, 0)
    assert seal_of(replace(answered, table=more)) == f"{question}-2-{rows}"


@pytest.mark.parametrize("wrong", [
    {}, {"hash": "x"}, {"version": "-1"}, {"version": "9" * 12}, {"version": "١"},
    {"contentLang": "de"}, {"hash": "0" * 16 + "-1-" + "g" * 32 + "-" + "0" * 8}, {"limit": "0"},
    {"hash": "0" * 16 + "-" + "0" * 32},
])  # fmt: skip
def test_a_damaged_permalink_says_so(wrong: dict[str, str]) -> None:
    hash_ = "-".join(("0" * 16, "1", "0" * 32, "0" * 8))
    whole = {"contentLang": "nl", "version": "1", "hash": hash_}
    read_permalink("a/b", whole)
    with pytest.raises(BadRequest):
        read_permalink("a/b", {**whole, **wrong} if wrong else {"version": "1"})
