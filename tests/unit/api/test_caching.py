"""Dates and tags that a caller sends, whatever stands in them."""

from datetime import UTC, datetime
from email.utils import format_datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from starlette.requests import Request

from werkzaam.api.caching import date_in, held_since, not_modified

NUMBERS = st.from_regex(r"-?[0-9]{1,30}", fullmatch=True)
DATES = st.builds(
    "{}, {} {} {} {}:{}:{} {}".format,
    st.sampled_from(["Mon", "Monday", "x", ""]),
    NUMBERS,
    st.sampled_from(["Jan", "January", "Foo", "-", ""]),
    *(NUMBERS, NUMBERS, NUMBERS, NUMBERS),
    st.one_of(st.sampled_from(["GMT", "+9999", "-2359", "-0000", "EST", ""]), NUMBERS),
)


def asked(*headers: tuple[str, str]) -> Request:
    raw = [(name.encode(), value.encode("latin-1")) for name, value in headers]
    return Request({"type": "http", "method": "GET", "path": "/", "headers": raw})


@given(st.one_of(DATES, st.text(st.characters(max_codepoint=255), max_size=60)))
@example("Mon, 01 Jan 99999999999999999999 00:00:00 GMT")
@example("Mon, 01 Jan 2026 00:00:00 +99999999999999999999")
@example("9" * 5000)
def test_a_date_that_is_none_has_no_effect(text: str) -> None:
    date = date_in(text)
    assert date is None or (date.tzinfo and (date <= datetime.now(UTC)) in (True, False))


@given(st.datetimes(min_value=datetime(1000, 1, 1), max_value=datetime(9998, 12, 31)))
def test_a_date_is_read(date: datetime) -> None:
    date = date.replace(microsecond=0, tzinfo=UTC)
    assert date_in(format_datetime(date, usegmt=True)) == date


def test_a_tag_goes_before_a_date() -> None:
    since = ("if-modified-since", "Mon, 06 Jan 2025 00:00:00 GMT")
    assert held_since(asked(since)) == datetime(2025, 1, 6, tzinfo=UTC)
    assert held_since(asked(since, ("if-none-match", '"x"'))) is None
    assert held_since(asked()) is None


@pytest.mark.parametrize(
    "headers", [['"x"'], ['W/"x"'], ['"a", "x"'], ['"a"', '"b" , "x"']], ids=str
)
def test_a_tag_that_the_caller_has(headers: list[str]) -> None:
    answer = not_modified(asked(*(("if-none-match", one) for one in headers)), '"x"', "Accept")
    assert answer
    assert (answer.status_code, answer.headers["vary"]) == (304, "Accept")
    assert answer.headers["etag"] == '"x"'


@pytest.mark.parametrize("header", ["", "x", '"a"', "*", '"x'])
def test_a_tag_that_is_another(header: str) -> None:
    assert not_modified(asked(("if-none-match", header)), '"x"') is None
