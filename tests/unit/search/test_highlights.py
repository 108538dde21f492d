"""What a reader sees of a hit, and which words in it are marked."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.search.small_index import INDEX, seen

from werkzaam.search.entries import Text
from werkzaam.search.highlights import marked, shown


def test_the_words_are_marked_in_any_form() -> None:
    assert seen("vertrouwen", "trust").label.html == "<mark>Vertrouwen</mark>"
    assert seen("maatje", "two").label.html.startswith("<mark>Taalmaatjes</mark> helpen")
    assert seen("vertruowen", "one").label.html.startswith("<mark>Vertrouwen</mark> groeit")


def test_what_stands_in_the_data_never_becomes_markup() -> None:
    html = seen("taalmaatjes", "two").label.html
    assert "&lt;b&gt;" in html
    assert "<b>" not in html


def test_another_name_by_which_it_was_found_is_told() -> None:
    hit = seen("vertrouwen", "base")
    assert hit.also is not None
    assert hit.also.text == "vertrouwen"
    english = seen("vertrouwen", "trust", "en")
    assert english.label.text == "Trust"
    assert english.also is not None
    assert english.also.html == "<mark>Vertrouwen</mark>"
    assert english.also.language == "nl"
    assert seen("trust", "trust", "en").also is None


def test_a_definition_stands_below_a_name_and_a_statement_is_said_once() -> None:
    assert seen("vertrouwen", "trust").snippet.text == "Op elkaar rekenen."
    assert seen("vertrouwen", "trust", "en").snippet.text == "Rely on each other."
    assert seen("vertrouwen", "one").snippet.text == ""
    other = seen("vertrouwen", "one", "en")
    assert other.label.text == "Trust grows slowly in a group."
    assert "<mark>Vertrouwen</mark>" in other.snippet.html


def test_of_a_long_text_the_part_with_the_word_is_shown() -> None:
    words = "voor " * 100 + "vertrouwen " + "na " * 200
    long = seen("vertrouwen", "trust").entry
    hit = shown(replace(long, bodies=(Text(words, "nl"),)), INDEX.asked("vertrouwen", {}), "nl")
    assert len(hit.snippet.text) < 300
    assert hit.snippet.text.startswith("… voor")
    assert hit.snippet.text.endswith("na …")
    assert "<mark>vertrouwen</mark>" in hit.snippet.html


@settings(deadline=None)
@given(st.text(max_size=300))
def test_marks_change_nothing_in_a_text(text: str) -> None:
    assert marked(Text(text), INDEX.asked("vertrouwen de 1", {})).text == text
