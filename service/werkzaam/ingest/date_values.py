"""Dates and years in the text of a cell: what can be read in one way only, and what is asked back."""

import datetime
import re
from typing import Final

from werkzaam.domain.queries import Bilingual

_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_NUMBERS: Final = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})", re.ASCII)
_YEAR_FIRST: Final = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", re.ASCII)
_MIDNIGHT: Final = re.compile(r"(\d{4}-\d{2}-\d{2})[T ]00:00(?::00(?:\.0{1,9})?)?", re.ASCII)
_MOMENT: Final = re.compile(r"(\d{4}-\d{2}-\d{2})[T ]\d{2}:\d{2}", re.ASCII)
_WORDS: Final = re.compile(r"(\d{1,2})\.? ([a-z]{3,9})\.?,? (\d{4})", re.ASCII)
_MONTH_FIRST: Final = re.compile(r"([a-z]{3,9})\.? (\d{1,2}),? (\d{4})", re.ASCII)
_SHORT_YEAR: Final = re.compile(r"\d{1,2}[-/. ](?:\d{1,2}|[a-z]{3,9}\.?)[-/. ]'?\d{2}", re.ASCII)
_DAY_NUMBER: Final = re.compile(r"\d{5}", re.ASCII)
_FIRST_DAY: Final = datetime.date(1899, 12, 30)
_DAYS: Final = range(36_526, 54_789)  # of 2000 to 2049
_YEAR: Final = re.compile(r"\d{4}", re.ASCII)
_YEARS: Final = range(1900, 2101)
_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "januari january jan",
            "februari february feb",
            "maart march mrt mar",
            "april apr",
            "mei may",
            "juni june jun",
            "juli july jul",
            "augustus august aug",
            "september sept sep",
            "oktober october okt oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}

TWO_DIGITS: Final = Bilingual(
    nl="Schrijf het jaar met vier cijfers en de datum als jaar-maand-dag, zoals 2024-12-31.",
    en="Write the year in four digits and the date as year-month-day, such as 2024-12-31.",
)


def date_in(text: str) -> str | None:
    """The date that ``text`` is as year-month-day, or None: it has that form already, or it can be
    read in one way only.

    A day above 12 shows which number is the month; a month in words does so too.
    """
    if _DATE.fullmatch(text):
        return text if _is_date(text) else None
    words = _spoken(text.lower())
    if words is not None:
        return words
    numbers = _NUMBERS.fullmatch(text)
    if numbers:
        first, second, year = map(int, numbers.groups())
        both = (_date(year, second, first), _date(year, first, second))
        found = [day for day in both if day]
        return found[0] if len(found) == 1 else None
    year_first = _YEAR_FIRST.fullmatch(text)
    if year_first:
        return _date(*map(int, year_first.groups()))
    midnight = _MIDNIGHT.fullmatch(text)
    return midnight[1] if midnight and _is_date(midnight[1]) else None


def likely_date(text: str) -> Bilingual | None:
    """What to do about ``text``, which is no date that can be read in one way."""
    numbers = _NUMBERS.fullmatch(text)
    if numbers:
        day, month, year = map(int, numbers.groups())
        meant = _date(year, month, day)
        if meant:
            return Bilingual(
                nl=f"Schrijf {meant}, als u dag-maand-jaar bedoelt.",
                en=f"Write {meant}, if you mean day-month-year.",
            )
    moment = _MOMENT.match(text)
    if moment and _is_date(moment[1]):
        return _write(moment[1])
    if _DAY_NUMBER.fullmatch(text) and int(text) in _DAYS:
        day_number = (_FIRST_DAY + datetime.timedelta(days=int(text))).isoformat()
        return Bilingual(
            nl=f"Dit lijkt het dagnummer dat een rekenblad voor {day_number} bewaart. Schrijf "
            f"{day_number}, als u dat bedoelt.",
            en=f"This looks like the number that a spreadsheet keeps for {day_number}. Write "
            f"{day_number}, if you mean that.",
        )
    return TWO_DIGITS if _SHORT_YEAR.fullmatch(text.lower()) else None


def year_in(text: str) -> str | None:
    """The year that ``text`` is, from 1900 to 2100, or None."""
    return text if _YEAR.fullmatch(text) and int(text) in _YEARS else None


def likely_year(text: str) -> Bilingual | None:
    """What to do about ``text``, which is no year."""
    date = date_in(text)
    return _write(date[:4]) if date else None


def _write(meant: str) -> Bilingual:
    return Bilingual(
        nl=f"Schrijf {meant}, als u dat bedoelt.", en=f"Write {meant}, if you mean that."
    )


def _spoken(text: str) -> str | None:
    """A date with the name of its month."""
    found, order = _WORDS.fullmatch(text), (1, 2, 3)
    if not found:
        found, order = _MONTH_FIRST.fullmatch(text), (2, 1, 3)
    if not found:
        return None
    day, month, year = (found[number] for number in order)
    return _date(int(year), _MONTHS[month], int(day)) if month in _MONTHS else None


def _date(year: int, month: int, day: int) -> str | None:
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        return None


def _is_date(text: str) -> bool:
    try:
        return datetime.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
