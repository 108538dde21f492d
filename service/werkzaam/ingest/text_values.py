"""A text with a form of its own, such as a KvK number: what meets it, and what was meant."""

import re
from functools import lru_cache
from typing import Final

_BETWEEN: Final = re.compile(r"[\s.\u2010-\u2015-]+")
_MOST_CHARACTERS: Final = 1_000
_form = lru_cache(maxsize=128)(re.compile)


def has_form(text: str, form: str) -> bool:
    """Whether the whole of ``text`` meets the regular expression ``form``."""
    return len(text) <= _MOST_CHARACTERS and _form(form).fullmatch(text) is not None


def in_form(text: str, form: str) -> str | None:
    """``text`` with other capitals, or without spaces, dots and hyphens, so that it meets ``form``;
    None where nothing does, or where two do."""
    bare = _BETWEEN.sub("", text) if len(text) <= _MOST_CHARACTERS else text
    tried = (text.upper(), text.lower(), bare, bare.upper(), bare.lower())
    found = {one for one in tried if has_form(one, form)}
    return found.pop() if len(found) == 1 else None


def with_zero(text: str, form: str) -> str | None:
    """``text`` with the zero before it that a spreadsheet drops from a number; None where that does
    not help."""
    longer = f"0{text}"
    return longer if text.isascii() and text.isdigit() and has_form(longer, form) else None
