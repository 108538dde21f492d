"""What is given to a tool: of the right kind and size, or refused by name."""

from typing import Any

import pytest

from werkzaam.errors import InvalidParameter
from werkzaam.mcp_server.arguments import Arguments

KNOWN = ("query", "limit", "timeout", "parameters", "language")
HUGE = 10**5000


def repr_of(value: object) -> str:
    return "huge" if value is HUGE else repr(value)


def arguments(**given: Any) -> Arguments:
    return Arguments(given, KNOWN)


def test_what_is_right_is_given_back() -> None:
    given = arguments(
        query="ASK {}", limit=7.0, timeout=0.5, parameters={"a": 1, "b": "x", "c": None}
    )
    assert given.text("query") == "ASK {}"
    assert given.number("limit", 5, 1, 10) == 7
    assert given.seconds("timeout") == 0.5
    assert given.pairs("parameters") == {"a": "1", "b": "x"}
    assert given.language() == "nl"
    assert Arguments({}, KNOWN, "en").language() == "en"


def test_what_is_not_given_has_a_value_of_its_own() -> None:
    given = arguments(query=None)
    assert given.text("query") == ""
    assert given.number("limit", 5, 1, 10) == 5
    assert given.seconds("timeout") is None
    assert given.pairs("parameters") == {}


def test_an_unknown_name_is_refused_with_those_that_there_are() -> None:
    with pytest.raises(InvalidParameter, match="There is: query, limit") as refused:
        arguments(write="DELETE")
    assert refused.value.choices == KNOWN


@pytest.mark.parametrize("value", [1, True, [], {}, "x" * 1001, "half \ud800"])
def test_what_is_no_text_is_refused(value: object) -> None:
    with pytest.raises(InvalidParameter, match="query must be text of at most 1000 characters"):
        arguments(query=value).text("query")


@pytest.mark.parametrize("value", [0, 11, True, "5", 1.5, float("nan"), HUGE, []], ids=repr_of)
def test_what_is_no_number_in_bounds_is_refused(value: object) -> None:
    with pytest.raises(InvalidParameter, match="a whole number from 1 to 10"):
        arguments(limit=value).number("limit", 5, 1, 10)


@pytest.mark.parametrize("value", [0, -1, True, "5", float("nan"), float("inf"), HUGE], ids=repr_of)
def test_what_are_no_seconds_is_refused(value: object) -> None:
    with pytest.raises(InvalidParameter, match="a number of seconds above 0"):
        arguments(timeout=value).seconds("timeout")


@pytest.mark.parametrize("value", ["fr", "", 1, [], "\ud800"])
def test_what_is_no_language_is_refused(value: object) -> None:
    with pytest.raises(InvalidParameter) as refused:
        arguments(language=value).language()
    assert refused.value.choices == ("nl", "en")


@pytest.mark.parametrize(
    "value",
    [
        "x",
        [],
        {"a": []},
        {"a": True},
        {"a": "\ud800"},
        {"\ud800": "a"},
        {str(n): n for n in range(31)},
    ],
)
def test_what_are_no_pairs_is_refused(value: object) -> None:
    with pytest.raises(InvalidParameter, match="an object with a text or a number"):
        arguments(parameters=value).pairs("parameters")


def test_a_text_that_is_needed_must_be_there() -> None:
    with pytest.raises(InvalidParameter, match="The parameter query is required"):
        arguments(query=" ").text("query", required=True)
