"""Typed cells as the text that their reader sees."""

import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from werkzaam.ingest.typed_cells import shown_text


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (None, "General", ""),
        ("", "@", ""),
        (" Één ", "@", " Één "),
        (12, "General", "12"),
        (12.0, "General", "12"),
        (0.1 + 0.2, "General", "0.3"),
        (1234.5, '"€" #,##0.00', "1234.5"),
        (1e20, "General", "100000000000000000000"),
        (1e-7, "0.00E+00", "0.0000001"),
        (-0.5, "General", "-0.5"),
        (0.21, "0%", "21%"),
        (0.215, "0.0%", "21.5%"),
        (0.21, '0.00" %"', "0.21"),
        (1234567, "00000000", "01234567"),
        (1234567, "General", "1234567"),
        (-7, "000", "-7"),
        (1, '"MDT-"000', "MDT-001"),
        (12, '0"a"', "12a"),
        (12, "0", "12"),
        (12, '"€"0', "12"),
        (True, "General", "ja"),
        (False, "General", "nee"),
        (datetime.datetime(1900, 1, 1), "d-m-yyyy", "1900-01-01"),
        (datetime.datetime(2024, 5, 1, 13, 30), "General", "2024-05-01 13:30:00"),
        (datetime.date(2024, 5, 1), "d-m-yy", "2024-05-01"),
        (datetime.time(8, 5), "h:mm", "08:05:00"),
    ],
)
def test_a_cell_reads_as_it_is_shown(value: object, number_format: str, text: str) -> None:
    assert shown_text(value, number_format) == text


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_keeps_fifteen_digits_and_has_no_exponent(value: float) -> None:
    text = shown_text(value)
    assert "e" not in text.lower()
    assert Decimal(text) == Decimal(format(value, ".15g"))


@given(st.dates())
def test_a_date_is_year_month_day(value: datetime.date) -> None:
    at_midnight = datetime.datetime(value.year, value.month, value.day)
    assert shown_text(value) == shown_text(at_midnight) == value.isoformat()
