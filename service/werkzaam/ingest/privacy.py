"""Personal data in text: what SHACL cannot see (the eleven-test) or does not see (unread columns)."""

import re

_RUN = re.compile(
    r"(?<![\d.,])(?<!\d[ -])(?:\d{9}|\d{3}([ .-])\d{3}\1\d{3}|\d{4}([ .-])\d{2}\2\d{3})(?![ .,-]?\d)",
    re.ASCII,
)
_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}\.\w")


def holds_bsn(text: str) -> bool:
    """Whether ``text`` holds nine digits, in one piece or in the usual groups, that pass the `eleven-test
    <https://nl.wikipedia.org/wiki/Burgerservicenummer#11-proef>`_."""
    return any(_passes(re.sub(r"\D", "", run[0])) for run in _RUN.finditer(text))


def holds_email(text: str) -> bool:
    """Whether ``text`` holds what looks like an e-mail address."""
    return "@" in text and _EMAIL.search(text) is not None


def _passes(number: str) -> bool:
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    total = sum(weight * int(digit) for weight, digit in zip(weights, number, strict=True))
    return int(number) > 0 and total % 11 == 0
