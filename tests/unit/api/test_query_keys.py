"""Numbers in the query part of an address."""

import pytest

from werkzaam.api.query_keys import MOST_ROWS, whole_number
from werkzaam.errors import InvalidParameter


@pytest.mark.parametrize(
    ("value", "number"), [("1", 1), ("0", 0), ("007", 7), (str(MOST_ROWS), MOST_ROWS)]
)
def test_a_number_is_read(value: str, number: int) -> None:
    assert whole_number("limit", value, 0) == number


@pytest.mark.parametrize(
    "value", ["", "x", "-1", "1.0", " 1", "٣", "²", str(MOST_ROWS + 1), "9" * 5000, "0" * 5000]
)
def test_what_is_no_number_or_too_large_is_refused(value: str) -> None:
    with pytest.raises(InvalidParameter, match="it must be a whole number from 0"):
        whole_number("after", value, 0)
