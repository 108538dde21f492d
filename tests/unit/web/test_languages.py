"""Which language a reader gets, and how the choice is kept."""

import pytest
from starlette.requests import Request
from starlette.responses import Response

from werkzaam.api.links import Links
from werkzaam.domain.queries import Language
from werkzaam.web.languages import Languages, languages_of, remember


def _request(query: str = "", cookie: str = "", accept: str = "") -> Request:
    headers = [(b"cookie", cookie.encode()), (b"accept-language", accept.encode())]
    kept = [(name, value) for name, value in headers if value]
    return Request(
        {
            "type": "http",
            "method": "GET",
            "path": "/",
            "query_string": query.encode(),
            "headers": kept,
        }
    )


@pytest.mark.parametrize(
    ("query", "cookie", "accept", "interface", "content"),
    [
        ("", "", "", "nl", "nl"),
        ("", "", "en-GB,nl;q=0.5", "en", "en"),
        ("", "werkzaam-lang=nl", "en", "nl", "nl"),
        ("lang=en", "werkzaam-lang=nl", "nl", "en", "en"),
        ("lang=fy", "werkzaam-lang=xx", "de", "nl", "nl"),
        ("lang=nl&contentLang=en", "", "", "nl", "en"),
        ("contentLang=xx", "", "en", "en", "en"),
    ],
)
def test_order_of_choice(
    query: str, cookie: str, accept: str, interface: Language, content: Language
) -> None:
    found = languages_of(_request(query, cookie, accept))
    assert (found.interface, found.content) == (interface, content)


def test_only_a_choice_is_remembered() -> None:
    plain, chosen = Response(), Response()
    links = Links("https://example.nl/werkzaam")
    remember(plain, Languages("en", "en"), links)
    remember(chosen, Languages("en", "en", chosen=True), links)
    assert "set-cookie" not in plain.headers
    assert chosen.headers["set-cookie"] == (
        "werkzaam-lang=en; Max-Age=31536000; Path=/werkzaam; SameSite=lax; Secure"
    )
