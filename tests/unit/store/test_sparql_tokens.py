"""SPARQL text as tokens."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from werkzaam.store.sparql_tokens import line_and_column, tokens


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "?s a mdt:Goal .",
            [("variable", "?s"), ("word", "a"), ("name", "mdt:Goal"), ("mark", ".")],
        ),
        ("x:a. y", [("name", "x:a"), ("mark", "."), ("word", "y")]),
        ("x:a.b", [("name", "x:a.b")]),
        ("'a\\'b' \"c\"", [("string", "'a\\'b'"), ("string", '"c"')]),
        ("'''a'b''' # x\n1", [("string", "'''a'b'''"), ("comment", "# x"), ("number", "1")]),
        ("?a<?b", [("variable", "?a"), ("mark", "<"), ("variable", "?b")]),
        ("<a#b>", [("iri", "<a#b>")]),
        ("'x'@nl-NL", [("string", "'x'"), ("language", "@nl-NL")]),
        ("_:b1 .5e3", [("blank", "_:b1"), ("number", ".5e3")]),
        (":x", [("name", ":x")]),
    ],
)
def test_kinds(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(token.kind, token.text) for token in tokens(text)] == expected


@given(st.text(max_size=200))
def test_tokens_cover_all_but_white_space(text: str) -> None:
    covered: set[int] = set()
    for token in tokens(text):
        assert text[token.start : token.end] == token.text
        covered.update(range(token.start, token.end))
    assert all(text[place].isspace() for place in range(len(text)) if place not in covered)


HOSTILE = ['\\"', "a.", "<)", "'''\\", '"', "''' \\'", "<a", "_:", "1e", "\\", "a:%", "'\\"]


@pytest.mark.parametrize("piece", HOSTILE)
def test_long_and_hostile_text_takes_no_longer_than_its_length(piece: str) -> None:
    """Quadratic time on any of these would take minutes."""
    text = piece * 100_000
    assert sum(token.end - token.start for token in tokens(text)) <= len(text)


def test_a_string_that_is_not_closed_ends_with_its_line() -> None:
    assert [token.text for token in tokens('"a b\n?c')] == ['"a b', "?c"]
    assert [token.text for token in tokens("'''a b\n?c")] == ["'''a b\n?c"]


def test_places_count_from_one() -> None:
    assert line_and_column("ab\ncd", 0) == (1, 1)
    assert line_and_column("ab\ncd", 4) == (2, 2)
