"""Accept headers and what is chosen for them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from werkzaam.api.negotiation import choose_language, choose_media_type
from werkzaam.errors import NotAcceptable

OFFERS = ("application/sparql-results+json", "text/csv", "text/turtle", "text/html")
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        (None, OFFERS[0]),
        ("", OFFERS[0]),
        ("*/*", OFFERS[0]),
        ("text/*", "text/csv"),
        ("text/turtle; charset=utf-8", "text/turtle"),
        ("TEXT/TURTLE", "text/turtle"),
        ("text/csv;q=0.5, text/turtle;q=0.7", "text/turtle"),
        ("text/csv;q=0, */*;q=0.1", OFFERS[0]),
        ("*/*;q=0.1, application/sparql-results+json;q=0, text/csv", "text/csv"),
        ("text/csv;q=abc, text/turtle;q=0.2", "text/turtle"),
        ("text/turtle;q=2, text/csv;q=0.1", "text/csv"),
        (BROWSER, "text/html"),
        ("image/png, " * 1000 + "text/csv", None),
        ("image/png", None),
        ("text/csv;q=0", None),
        (";;;,,,", None),
    ],
)
def test_the_best_offer_is_chosen(accept: str | None, chosen: str | None) -> None:
    if chosen is None:
        with pytest.raises(NotAcceptable, match="text/csv"):
            choose_media_type(accept, OFFERS)
    else:
        assert choose_media_type(accept, OFFERS) == chosen


@pytest.mark.parametrize(
    ("header", "language"),
    [
        (None, "nl"),
        ("en", "en"),
        ("en-GB,en;q=0.9", "en"),
        ("de, en;q=0.3, nl;q=0.2", "en"),
        ("nl-BE, en;q=0.9", "nl"),
        ("fr", "nl"),
        ("en;q=0", "nl"),
    ],
)
def test_dutch_unless_english_is_liked_better(header: str | None, language: str) -> None:
    assert choose_language(header) == language


@given(st.text(max_size=300))
def test_no_header_breaks_it(header: str) -> None:
    choose_language(header)
    try:
        assert choose_media_type(header, OFFERS) in OFFERS
    except NotAcceptable:
        assert header.strip()
