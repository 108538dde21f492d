"""Characters that nobody can see, or that a terminal or a page would obey."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from werkzaam.domain.characters import UNSAFE, is_visible, on_one_line, quoted, shown, visible

HTML_FORBIDS = [chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF)]


@pytest.mark.parametrize(
    "character",
    [
        *HTML_FORBIDS,
        *"\0\x07\x1b\x7f\x9b\u061c\u200e\u200f\u202e\u2066\ufdd0\ufdef\ud800",
        "\U000e0041",
    ],
)
def test_what_is_unsafe_is_found_and_shown_as_something_else(character: str) -> None:
    text = f"a{character}b"
    assert UNSAFE.search(text)
    assert visible(text) == "a\ufffdb"


@pytest.mark.parametrize(
    "text", ["a\tb\r\nc", "Café 🙂", "नमस्ते", "\u05d0\u0628", "a\u00a0b", "👨\u200d👩"]
)
def test_ordinary_text_stays_as_it_is(text: str) -> None:
    assert not UNSAFE.search(text)
    assert visible(text) == text
    assert is_visible(text)


@pytest.mark.parametrize(
    "text", ["", " \t\n", "\u200b", "\u200b \u2060", "\u2800", "\u3164", "\ufe0f", "\u00ad"]
)
def test_text_without_anything_to_see(text: str) -> None:
    assert not is_visible(text)


@given(st.text())
def test_one_line_is_one_line_and_safe(text: str) -> None:
    line = on_one_line(text)
    assert not UNSAFE.search(line)
    assert len(line.splitlines()) <= 1
    assert not set(line) & set("\t\r\n\u2028\u2029")


def test_what_a_terminal_would_obey_is_written_out() -> None:
    assert on_one_line("a\x1b[31m\nb\u202e\U000e0041é") == r"a\x1b[31m\nb\u202e\U000e0041é"


@given(st.text())
def test_a_quoted_text_is_short_safe_and_on_one_line(text: str) -> None:
    words = quoted(text)
    assert words[0] == words[-1] == '"'
    assert not UNSAFE.search(words)
    assert len(words.splitlines()) == 1


def test_a_long_text_is_cut_with_an_ellipsis() -> None:
    assert quoted("a" * 80) == '"' + "a" * 80 + '"'
    assert quoted("a" * 81) == '"' + "a" * 79 + '…"'
    assert shown(None, 80) is None
