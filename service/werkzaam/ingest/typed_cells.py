"""A typed cell of a spreadsheet as the text that its reader sees."""

import datetime
import re
from decimal import Decimal
from typing import Final

from werkzaam.ingest.values import Exact

_CODE: Final = re.compile(r'(?:"([^"]*[A-Za-z0-9][^"]*)")?(0{1,30})(?:"([^"]*[A-Za-z0-9][^"]*)")?')
_WORDS: Final = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')


def shown_text(value: object, number_format: str = "") -> str:
    """``value`` as text: dates as year-month-day, a percentage as ``21%``, a code such as ``0034``
    with its zeros, true and false as ``ja`` and ``nee``; nothing as the empty text. A number is Exact.

    ``number_format`` is that of `ECMA-376 §18.8.30 <https://ecma-international.org/publications-and-standards/standards/ecma-376/>`_.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, int | float):
        return _number(value, number_format)
    if isinstance(value, datetime.datetime):
        day = value.date().isoformat()
        time = value.time()
        return day if time == datetime.time() else f"{day} {time.isoformat(timespec='seconds')}"
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    return str(value)


def _number(value: float, number_format: str) -> str:
    shown = _WORDS.sub("", number_format)
    if "%" in shown:
        return f"{_plain(value * 100)}%"
    text = _plain(value)
    code = _CODE.fullmatch(number_format)
    if code and text.isdigit():
        before, zeros, after = code.groups("")
        if before or after or len(zeros) > 1:
            return before + text.zfill(len(zeros)) + after
    return Exact(text)


def _plain(value: float) -> str:
    """Fifteen significant digits, as spreadsheets keep them, and no exponent."""
    if isinstance(value, int):
        return str(value)
    text = format(Decimal(format(value, ".15g")), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
