"""Personal data in text: what SHACL cannot see (the eleven-test, disguises) or does not see (columns
that are not read)."""

import re
import unicodedata
from typing import Final

from werkzaam.domain.queries import Bilingual

EMAIL: Final = Bilingual(nl="een e-mailadres", en="an e-mail address")
TELEPHONE: Final = Bilingual(nl="een telefoonnummer", en="a telephone number")
BIRTH: Final = Bilingual(nl="een geboortedatum", en="a date of birth")

_LAST_BIRTH_YEAR = 2014  # who takes part is twelve or older; the programme itself began later
_LIKE = str.maketrans({**dict.fromkeys("‐‑‒–—―−", "-"), "。": "."})
_DROPPED = frozenset("\u034f\ufe00\ufe01\ufe0e\ufe0f")

_RUN = re.compile(
    r"(?<![\d.,])(?<!\d[ -])(?:\d{9}|\d{3}([ .-])\d{3}\1\d{3}|\d{4}([ .-])\d{2}\2\d{3})(?![ .,-]?\d)",
    re.ASCII,
)
_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}\.\w")
_TELEPHONE = re.compile(
    r"(?<![0-9A-Za-z.,/-])(?:\+31\)?|0031|0)[ -]{0,3}(?:\(0\) ?)?[1-9](?:[ -]{0,3}\d){8}(?!\d)",
    re.ASCII,
)
_MONTHS = (
    "jan(?:uar[iy])?|feb(?:ruar[iy])?|maart|mrt|mar(?:ch)?|apr(?:il)?|mei|may|jun[ie]?|jul[iy]?|"
    "aug(?:ustus|ust)?|sept?(?:ember)?|o[ck]t(?:ober)?|nov(?:ember)?|de[ck](?:ember)?"
)
_DAY, _MONTH, _YEAR = "(?:3[01]|[12][0-9]|0?[1-9])", "(?:1[0-2]|0?[1-9])", "(?:19|20)[0-9]{2}"
_DATE = (
    rf"(?<!\d)(?:({_YEAR})[-/.]{_MONTH}[-/.]{_DAY}|{_DAY}[-/. ]{_MONTH}[-/. ]({_YEAR}|[0-9]{{2}})|"
    rf"{_DAY} (?:{_MONTHS})\.? ({_YEAR})|(?:{_MONTHS})\.? {_DAY},? ({_YEAR}))(?!\d)"
)
_WHOLE_DATE = re.compile(_DATE, re.IGNORECASE)
_BORN = re.compile(
    r"(?<!\w)(?:geboren|geb\.?(?: ?datum)?|geboorte(?:datum|dag)|born|(?:date of )?birth(?: ?da(?:te|y))?|"
    r"dob)(?!\w)\W{0,4}(?:(?:is|was|op|on|te|in)\W{1,3}(?:\w{1,30}\W{1,3}(?:op|on)\W{1,3})?)?"
    + _DATE,
    re.IGNORECASE,
)
_BORN_TITLE = re.compile(r"geboorte|geboren|birth|\bgeb\b|\bdob\b", re.IGNORECASE)


def undisguised(text: str) -> str:
    """``text`` in compatibility form, without characters that cannot be seen, with plain hyphens."""
    if text.isascii():
        return text
    whole = unicodedata.normalize("NFKC", text).translate(_LIKE)
    return "".join(c for c in whole if c not in _DROPPED and unicodedata.category(c) != "Cf")


def holds_bsn(text: str) -> bool:
    """Whether ``text`` holds nine digits, in one piece or in the usual groups, that pass the `eleven-test
    <https://nl.wikipedia.org/wiki/Burgerservicenummer#11-proef>`_."""
    return any(_passes(re.sub(r"\D", "", run[0])) for run in _RUN.finditer(text))


def contact_data(text: str) -> Bilingual | None:
    """What ``text`` seems to hold by which somebody can be reached."""
    if "@" in text and _EMAIL.search(text):
        return EMAIL
    return TELEPHONE if _TELEPHONE.search(_WHOLE_DATE.sub("-", text)) else None


def birth_date(text: str) -> Bilingual | None:
    """A date of birth that is called so; other dates, and years alone, are those of projects."""
    return BIRTH if any(_is_early(found) for found in _BORN.finditer(text)) else None


def bare_birth_date(text: str, title: str) -> Bilingual | None:
    """A date of birth below a ``title`` that says so, or a date alone from before the programme."""
    if _BORN_TITLE.search(title) and _WHOLE_DATE.search(text):
        return BIRTH
    alone = _WHOLE_DATE.fullmatch(text.strip())
    return BIRTH if alone and len(_year(alone)) == 4 and _is_early(alone) else None


def _year(date: re.Match[str]) -> str:
    return next(year for year in date.groups() if year)


def _is_early(date: re.Match[str]) -> bool:
    return int(_year(date)) <= _LAST_BIRTH_YEAR


def _passes(number: str) -> bool:
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    total = sum(weight * int(digit) for weight, digit in zip(weights, number, strict=True))
    return int(number) > 0 and total % 11 == 0
