"""Numbers in the text of a cell: what can be read in one way only, and what is asked back.

Whole numbers and decimals in plain form have a full stop before the fraction and nothing between
thousands, as `XML Schema <https://www.w3.org/TR/xmlschema11-2/#decimal>`_ writes them.
"""

import re
from decimal import Decimal
from typing import Final

from werkzaam.domain.queries import Bilingual

_INTEGER: Final = re.compile(r"[+-]?\d{1,18}", re.ASCII)
_DECIMAL: Final = re.compile(r"[+-]?\d{1,18}(?:\.\d{1,18})?", re.ASCII)
_COMMA: Final = re.compile(r"[+-]?\d{1,18},\d{1,18}", re.ASCII)
_GROUPED: Final = re.compile(r"[+-]?\d{1,3}([., ])\d{3}(?:\1\d{3}){0,4}", re.ASCII)
_GROUPED_FRACTION: Final = re.compile(
    r"([+-]?\d{1,3}([., ])\d{3}(?:\2\d{3}){0,4})(?!\2)[.,](\d{1,18}|-{1,2})", re.ASCII
)
_ONE_GROUP: Final = re.compile(r"([+-]?[1-9]\d{0,2})[.,](\d{3})", re.ASCII)
_PERCENTAGE: Final = re.compile(
    r"[+-]?\d{1,18}(?:[.,]\d{1,18})? ?(?:%|procent|pct\.?|per ?cent)", re.ASCII | re.IGNORECASE
)
_EXPONENT: Final = re.compile(r"[+-]?\d{1,18}(?:\.\d{1,18})?[eE][+-]?\d{1,2}", re.ASCII)
_MOST_DIGITS: Final = 36
_YEARS_OLD: Final = re.compile(
    r"(\d{1,3}) ?(?:jaar(?: oud)?|jr\.?|j\.?|years?(?: old)?|yrs?\.?)", re.ASCII | re.IGNORECASE
)
_OR_OLDER: Final = re.compile(r"(\d{1,3}) ?\+", re.ASCII)
_RANGE: Final = re.compile(
    r"(\d{1,9}) ?(?:-|\u2013|\u2014|t/m|tot(?: en met)?|to|à) ?(\d{1,9})(?: ?(?:jaar|jr\.?|years?))?",
    re.ASCII | re.IGNORECASE,
)
_EURO: Final = re.compile(r"\beuro", re.IGNORECASE)
_MONEY: Final = re.compile(r"^(?:€|euro?)|(?:€|euro?)$", re.IGNORECASE)
_NOTHING_AFTER: Final = re.compile(r"[.,]-{1,2}$")
_NO_DIGIT: Final = re.compile(r"[^\d-]")
_SPACES: Final = str.maketrans("\u00a0\u2007\u2009\u202f", "    ")


def integer_in(text: str) -> str | None:
    """The whole number that ``text`` is, in its shortest form, or None."""
    return str(int(text)) if _INTEGER.fullmatch(text) else None


def plain_number(text: str) -> str:
    """A number of JSON, or of linked data, without its exponent: ``4e1`` is 40 exactly. ``text``
    itself where it has none, or where that would be too long."""
    if not _EXPONENT.fullmatch(text):
        return text
    plain = _shortest(text)
    return plain if len(plain) <= _MOST_DIGITS else text


def age_in(text: str) -> str | None:
    """The age that stands in ``text`` with its unit, such as ``27 jaar``, or None."""
    found = _YEARS_OLD.fullmatch(text.translate(_SPACES))
    return str(int(found[1])) if found else None


def likely_age(text: str) -> Bilingual | None:
    """What to do about ``text``, where one age belongs: ``16-27`` is two, ``16+`` has no end."""
    plain = text.translate(_SPACES)
    ages, older = _RANGE.fullmatch(plain), _OR_OLDER.fullmatch(plain)
    if ages:
        first, last = int(ages[1]), int(ages[2])
        return Bilingual(
            nl=f"Dit zijn twee leeftijden. Schrijf {first} in de kolom voor de laagste leeftijd "
            f"(vanaf) en {last} in die voor de hoogste (tot en met).",
            en=f"These are two ages. Write {first} in the column for the lowest age (from) and "
            f"{last} in that for the highest (to).",
        )
    if older:
        age = int(older[1])
        return Bilingual(
            nl=f"Schrijf {age} in de kolom voor de laagste leeftijd (vanaf), zonder +, en laat die voor "
            "de hoogste (tot en met) leeg.",
            en=f"Write {age} in the column for the lowest age (from), without +, and leave that for "
            "the highest (to) empty.",
        )
    return None


def decimal_in(text: str, exact: bool) -> tuple[str, bool] | None:
    """The number that ``text`` is, in its shortest form, and whether it stands there in plain form;
    None where it cannot be read, or in more than one way.

    ``exact``: the file itself says that it is a number, so that 1.234 is not 1234. Of a comma
    before other than three digits everybody makes a fraction.
    """
    if _DECIMAL.fullmatch(text):
        sure = exact or not _ONE_GROUP.fullmatch(text)
        return (_shortest(text), True) if sure else None
    bare = without_currency(text)
    if _DECIMAL.fullmatch(bare) and not _ONE_GROUP.fullmatch(bare):
        return _shortest(bare), False
    if _COMMA.fullmatch(bare) and not _ONE_GROUP.fullmatch(bare):
        return _shortest(bare.replace(",", ".")), False
    return None


def is_percentage(text: str) -> bool:
    """Whether ``text`` is a share of a hundred, which no amount or number can be read from."""
    return _PERCENTAGE.fullmatch(text.strip().translate(_SPACES)) is not None


def expected_number(datatype: str, help_: Bilingual) -> Bilingual:
    """What belongs in a column of numbers with that help: whole ones, euros, or any."""
    if datatype == "integer":
        return Bilingual(nl="een geheel getal", en="a whole number")
    if _EURO.search(help_.nl):
        return Bilingual(nl="een bedrag in euro's", en="an amount in euros")
    return Bilingual(nl="een getal", en="a number")


def likely_number(text: str) -> Bilingual | None:
    """What to do about ``text``, which is no number that can be read in one way."""
    if _RANGE.fullmatch(text.translate(_SPACES)):
        return Bilingual(
            nl="Dit zijn twee getallen. Schrijf er één; laat de cel leeg als u het niet weet.",
            en="These are two numbers. Write one; leave the cell empty if you do not know.",
        )
    bare = without_currency(text)
    fraction = _GROUPED_FRACTION.fullmatch(bare)
    if fraction:
        after = fraction[3].strip("-")
        return _write(_NO_DIGIT.sub("", fraction[1]) + (f".{after}" if after else ""))
    if not _GROUPED.fullmatch(bare):
        return _write(bare) if bare != text and _INTEGER.fullmatch(bare) else None
    return _write(_NO_DIGIT.sub("", bare))


def likely_decimal(text: str, help_: Bilingual) -> Bilingual | None:
    """As ``likely_number``; where one group of three digits follows, it may be a fraction too, unless
    it is money, by itself or by the help of its column, or ends in three zeros."""
    bare = without_currency(text)
    group = _ONE_GROUP.fullmatch(text)
    if not group or group[2] == "000" or bare != text or _EURO.search(help_.nl):
        return likely_number(text)
    whole, fraction = group[1] + group[2], f"{group[1]}.{group[2]}0"
    return Bilingual(
        nl=f"Schrijf {whole}, als u dat bedoelt, of {fraction}, als dit een breuk is.",
        en=f"Write {whole}, if you mean that, or {fraction}, if this is a fraction.",
    )


def without_currency(text: str) -> str:
    """``text`` without the euro, with plain spaces; ``1200,-`` without what stands for no cents."""
    plain = text.translate(_SPACES).strip()
    return _NOTHING_AFTER.sub("", _MONEY.sub("", plain).strip()).strip()


def _shortest(text: str) -> str:
    number = format(Decimal(text), "f")
    number = number.rstrip("0").rstrip(".") if "." in number else number
    return "0" if number == "-0" else number


def _write(meant: str) -> Bilingual:
    return Bilingual(
        nl=f"Schrijf {meant}, als u dat bedoelt.", en=f"Write {meant}, if you mean that."
    )
