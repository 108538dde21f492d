"""Dates and years in the text of a cell: what can be read in one way only, and what is asked back."""

import calendar
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

_WITHOUT_DAY: Final = re.compile(
    r"(?:(?:begin|start|half|medio|midden|mid|eind|einde|end|late|early|ca\.?|circa|rond|vanaf|from"
    r"|tot|until|zomer|summer|winter|voorjaar|lente|spring|najaar|herfst|autumn|of|van|in|q[1-4]"
    r"|[1-4]e kwartaal|kwartaal [1-4]|" + "|".join(_MONTHS) + r")\.?[-/ ]{1,2}){0,4}"
    r"(?:\d{1,2}[-/])?\d{4}(?:[-/]\d{1,2}| q[1-4])?",
    re.ASCII,
)

WHICH_DAY: Final = Bilingual(
    nl="Hier hoort een hele datum, met de dag: schrijf bijvoorbeeld 2022-09-01. Laat de cel leeg als "
    "de dag niet bekend is.",
    en="A whole date belongs here, with the day: write for example 2022-09-01. Leave the cell empty "
    "if the day is not known.",
)
"""What to do about a year, a month or a season where a date belongs."""

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
    missing = _no_such_day(text)
    if missing:
        return missing
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
    if _WITHOUT_DAY.fullmatch(text.lower()):
        return WHICH_DAY
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


def _no_such_day(text: str) -> Bilingual | None:
    """That the month in ``text`` has fewer days than it says, or the year fewer months."""
    numbers, year_first = _NUMBERS.fullmatch(text), _YEAR_FIRST.fullmatch(text)
    if numbers:
        day, month, year = map(int, numbers.groups())
    elif year_first:
        year, month, day = map(int, year_first.groups())
    else:
        words, order = _WORDS.fullmatch(text.lower()), (1, 2, 3)
        if not words:
            words, order = _MONTH_FIRST.fullmatch(text.lower()), (2, 1, 3)
        if not words or words[order[1]] not in _MONTHS:
            return None
        day, month, year = int(words[order[0]]), _MONTHS[words[order[1]]], int(words[order[2]])
    if year < 1 or _date(year, month, day):
        return None
    if not 1 <= month <= 12:
        return Bilingual(
            nl=f"Maand {month} bestaat niet. Schrijf de datum als jaar-maand-dag, zoals 2024-12-31.",
            en=f"There is no month {month}. Write the date as year-month-day, such as 2024-12-31.",
        )
    last = calendar.monthrange(year, month)[1]
    return Bilingual(
        nl=f"Die dag bestaat niet: maand {month} van {year} heeft {last} dagen. Schrijf de dag die u "
        "bedoelt als jaar-maand-dag.",
        en=f"There is no such day: month {month} of {year} has {last} days. Write the day that you "
        "mean as year-month-day.",
    )


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
