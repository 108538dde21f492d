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
        ('text/turtle;x="a,b;q=0", text/csv;q=0.9', "text/turtle"),
        ('text/turtle;x="\\"";q=0.1, text/csv;q=0.9', "text/csv"),
        ("image/gif, image/jpeg, *; q=.2, */*; q=.2", OFFERS[0]),
        ("text/*;q=0, */*", OFFERS[0]),
        ("application/*;q=0, text/csv;q=0, */*;q=0.1", "text/turtle"),
        ("text/csv;q=1.001, text/turtle;q=0.001", "text/turtle"),
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


QUALITIES = st.integers(0, 1000).map(lambda thousandths: f"{thousandths / 1000:.3f}")
NAMES = st.sampled_from([*OFFERS, "text/*", "application/*", "*/*", "image/png", "image/*"])
PARAMETERS = st.sampled_from(["", ";charset=utf-8", ' ; x="a, b;q=0.9"', ";level=1"])


@given(st.dictionaries(NAMES, st.tuples(QUALITIES, PARAMETERS), min_size=1), st.data())
def test_the_choice_is_the_offer_of_the_highest_quality(
    ranges: dict[str, tuple[str, str]], data: st.DataObject
) -> None:
    """Whatever the order, the case and the parameters, by `RFC 9110 §12.5.1
    <https://www.rfc-editor.org/rfc/rfc9110#section-12.5.1>`_."""

    def quality(offer: str) -> float:
        holding = (offer, offer.partition("/")[0] + "/*", "*/*")
        return next((float(ranges[name][0]) for name in holding if name in ranges), 0.0)

    items = data.draw(st.permutations(list(ranges.items())))
    spell = data.draw(st.sampled_from([str.lower, str.upper, str.title]))
    header = " , ".join(f"{spell(name)}{more};q={q}" for name, (q, more) in items)
    best = max(map(quality, OFFERS))
    if best == 0:
        with pytest.raises(NotAcceptable):
            choose_media_type(header, OFFERS)
    else:
        assert choose_media_type(header, OFFERS) == next(o for o in OFFERS if quality(o) == best)


@given(st.text(max_size=300))
def test_no_header_breaks_it(header: str) -> None:
    choose_language(header)
    try:
        assert choose_media_type(header, OFFERS) in OFFERS
    except NotAcceptable:
        assert header.strip()
