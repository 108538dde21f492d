"""The words of an index: beginnings, spelling, compounds."""

from collections import Counter
from string import ascii_lowercase

import pytest

from werkzaam.search.asked import MOST_BEGINNINGS, asked_for
from werkzaam.search.vocabulary import Vocabulary, tolerance
from werkzaam.search.words import stem

WORDS = (
    "taal taalmaatje maatje maatjes ontmoeting ontmoetingen ontmoetingsplek plek buurt contact "
    "wederkerigheid school schoon groep groepen jong"
)
SMALL = Vocabulary(Counter(WORDS.split()))


@pytest.mark.parametrize(("length", "letters"), [(1, 0), (3, 0), (4, 1), (7, 1), (8, 2), (60, 2)])
def test_longer_words_may_have_more_letters_wrong(length: int, letters: int) -> None:
    assert tolerance("x" * length) == letters


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("wederkerigeid", "wederkerigheid"),
        ("wedekerighied", "wederkerigheid"),
        ("tall", "taal"),
        ("bourt", "buurt"),
        ("contcat", "contact"),
    ],
)
def test_a_misspelled_word_finds_the_one_that_was_meant(typed: str, meant: str) -> None:
    assert not SMALL.finds(typed)
    assert SMALL.near(typed)[0] == meant


@pytest.mark.parametrize("typed", ["tl", "xyz", "qqqqqqqqqq", "", "co"])
def test_what_is_too_far_off_finds_nothing(typed: str) -> None:
    assert SMALL.near(typed) == []


def test_the_word_that_is_used_most_comes_first() -> None:
    counted = Vocabulary({"taal": 1, "taak": 9, "taai": 3})
    assert counted.near("taan") == ["taak", "taai", "taal"]


def test_words_that_begin_alike() -> None:
    assert SMALL.beginning_with("ontmoet") == ["ontmoeting", "ontmoetingen", "ontmoetingsplek"]
    assert SMALL.beginning_with("taal") == ["taalmaatje"]
    assert SMALL.beginning_with("t") == []
    assert SMALL.beginning_with("zz") == []


def test_of_many_words_that_begin_alike_those_used_most_are_looked_for() -> None:
    uses = {f"veg{a}{b}": ord(a) for a in ascii_lowercase for b in ascii_lowercase}
    uses |= {f"gek{a}{b}": 1 for a in ascii_lowercase for b in ascii_lowercase} | {"zonne": 1}
    vocabulary = Vocabulary(uses)
    assert len(vocabulary.beginning_with("veg")) == MOST_BEGINNINGS
    assert vocabulary.beginning_with("veg")[0] == "vegza"
    asked = asked_for("veg gek zonn", vocabulary, {}).words
    assert [len(word.beginnings) for word in asked] == [199, 200, 1]
    assert sum(len(word.beginnings) for word in asked) == MOST_BEGINNINGS
    assert asked[0].beginnings[0] == "vegza"


def test_a_compound_is_known_by_its_parts() -> None:
    assert stem("maatje", "nl") in SMALL.parts("taalmaatje")
    assert stem("plek", "nl") in SMALL.parts("ontmoetingsplek")
    assert SMALL.parts("wederkerigheid") == frozenset()
    assert SMALL.compounds_with("maatjes") == ["taalmaatje"]
    assert SMALL.compounds_with("plekken") == ["ontmoetingsplek"]


def test_a_compound_that_nobody_wrote_is_taken_apart() -> None:
    assert SMALL.parts_together("buurtcontact") == ("buurt", "contact")
    assert SMALL.parts_together("groepscontact") == ("groep", "contact")
    assert SMALL.parts_together("buurtxxxx") is None
    assert SMALL.finds("buurtcontact")


def test_an_empty_one_finds_nothing() -> None:
    empty = Vocabulary({})
    assert not empty.finds("taal")
    assert empty.near("taal") == []
    assert len(empty) == 0
