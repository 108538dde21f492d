"""Text as words, stems and stop words."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from werkzaam.search.words import says_nothing, spans_of, stems, whole, words_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ideeën, cafés en Łódź", ["ideeen", "cafes", "en", "łodz"]),
        ("Buddy's buddy’s", ["buddy", "buddy"]),
        ("trickle-down_effect", ["trickle", "down", "effect"]),
        ("e\u0301e\u0301n", ["een"]),
        ("Straße ﬁets", ["strasse", "fiets"]),
        ("*** ?! \x00 👍🏽", []),
        ("", []),
        ("日本語 80 uur", ["日本語", "80", "uur"]),
        ("x" * 500, ["x" * 60]),
    ],
)
def test_text_is_taken_apart_into_folded_words(text: str, words: list[str]) -> None:
    assert words_of(text) == words
    assert whole(text) == " ".join(word for word in words if word != "en")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ontmoeting", "ontmoetingen"),
        ("taalmaatje", "taalmaatjes"),
        ("kans", "kansen"),
        ("gemeente", "gemeenten"),
        ("wederkerig", "wederkerigheid"),
        ("vrijwilliger", "vrijwilligers"),
        ("buddy", "buddies"),
        ("meeting", "meetings"),
    ],
)
def test_forms_of_a_word_share_a_stem(one: str, other: str) -> None:
    assert stems(one) & stems(other)


@pytest.mark.parametrize(("one", "other"), [("school", "schoon"), ("taal", "tafel")])
def test_other_words_share_none(one: str, other: str) -> None:
    assert not stems(one) & stems(other)


@pytest.mark.parametrize("word", ["de", "het", "van", "the", "of", "welke", "hoe"])
def test_some_words_say_nothing(word: str) -> None:
    assert says_nothing(word)
    assert not says_nothing("taal")


@settings(deadline=None)
@given(st.text(max_size=200))
def test_a_word_stands_where_it_is_said_to(text: str) -> None:
    for start, end, word in spans_of(text):
        assert words_of(text[start:end])[0] == word
