"""Requests of the SPARQL 1.1 Protocol, read exactly."""

from urllib.parse import urlencode

import pytest

from werkzaam.api.sparql_protocol import (
    FORM,
    QUERY,
    UPDATE,
    ProtocolQuery,
    ProtocolUpdate,
    read_get,
    read_post,
)
from werkzaam.errors import BadRequest, MethodNotAllowed, UnsupportedMediaType

ASK = "ASK {}"


def test_get() -> None:
    assert read_get("") is None
    assert read_get(urlencode({"query": ASK})) == ProtocolQuery(ASK)
    pairs = [
        ("query", ASK),
        ("default-graph-uri", "http://g/1"),
        ("default-graph-uri", "http://g/2"),
        ("named-graph-uri", "http://g/3"),
        ("timeout", "0.5"),
    ]
    assert read_get(urlencode(pairs)) == ProtocolQuery(
        ASK, ("http://g/1", "http://g/2"), ("http://g/3",), 0.5
    )


def test_post_as_a_form_and_directly() -> None:
    assert read_post("", FORM, urlencode({"query": ASK}).encode()) == ProtocolQuery(ASK)
    assert read_post("timeout=2", QUERY, ASK.encode()) == ProtocolQuery(ASK, seconds=2)
    assert read_post("", f"{QUERY}; charset=UTF-8", ASK.encode()) == ProtocolQuery(ASK)


@pytest.mark.parametrize(
    ("query_string", "content_type", "body", "error"),
    [
        ("", FORM, b"", BadRequest),
        ("", FORM, b"query=ASK{}&query=ASK{}", BadRequest),
        ("query=ASK{}", QUERY, b"ASK {}", BadRequest),
        ("", FORM, b"query=ASK{}&timeout=x", BadRequest),
        ("", FORM, b"query=ASK{}&timeout=0", BadRequest),
        ("", FORM, b"query=ASK{}&timeout=inf", BadRequest),
        ("", FORM, b"query=%FF", BadRequest),
        ("", FORM, b"a=1&" * 200 + b"query=ASK{}", BadRequest),
        ("", QUERY, b"\xff", BadRequest),
        ("", f"{QUERY}; x=y; charset=utf-16", b"ASK {}", UnsupportedMediaType),
        ("", FORM, b"query=ASK{}&timeout=1&timeout=2", BadRequest),
        ("", f"{QUERY}; charset=utf-16", b"ASK {}", UnsupportedMediaType),
        ("", "text/plain", b"ASK {}", UnsupportedMediaType),
        ("", "", b"ASK {}", UnsupportedMediaType),
        ("", FORM, b"query=ASK{}&update=CLEAR+ALL", BadRequest),
        ("", FORM, b"query=ASK{}&using-graph-uri=http://g/1", BadRequest),
        ("", FORM, b"update=CLEAR+ALL&named-graph-uri=http://g/1", BadRequest),
        ("", FORM, b"update=CLEAR+ALL&update=CLEAR+ALL", BadRequest),
        ("default-graph-uri=http://g/1", UPDATE, b"CLEAR ALL", BadRequest),
        ("update=CLEAR+ALL", UPDATE, b"", BadRequest),
        ("update=CLEAR+ALL", FORM, b"", BadRequest),
        ("", f"{UPDATE}; charset=utf-16", b"CLEAR ALL", UnsupportedMediaType),
        ("", UPDATE, b"\xff", BadRequest),
    ],
)
def test_what_cannot_be_read(
    query_string: str, content_type: str, body: bytes, error: type[Exception]
) -> None:
    with pytest.raises(error):
        read_post(query_string, content_type, body)


def test_an_update_as_a_form_and_directly() -> None:
    pairs = [("using-graph-uri", "http://g/1"), ("using-named-graph-uri", "http://g/2")]
    expected = ProtocolUpdate("CLEAR ALL", ("http://g/1",), ("http://g/2",), 2)
    form = urlencode([*pairs, ("timeout", "2"), ("update", "CLEAR ALL")])
    assert read_post("", FORM, form.encode()) == expected
    asked = urlencode([*pairs, ("timeout", "2")])
    assert read_post(asked, UPDATE, b"CLEAR ALL") == expected


def test_update_by_get_is_a_wrong_method() -> None:
    with pytest.raises(MethodNotAllowed) as caught:
        read_get("update=CLEAR+ALL")
    assert caught.value.allowed == ("POST",)
