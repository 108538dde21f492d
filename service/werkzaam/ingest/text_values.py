"""Texts as they are kept, and those with a form of their own, such as a KvK number: what meets it, and
what was meant."""

import re
from functools import lru_cache
from typing import Final

_BETWEEN: Final = re.compile(r"[\s.\u2010-\u2015-]+")
_PREFIX: Final = re.compile(r"([A-Z]{1,9})\[0-9\]")
_MOST_ZEROS: Final = 8
_MOST_CHARACTERS: Final = 1_000
_SPACES: Final = re.compile(" {2,}")
_PLAIN: Final = dict.fromkeys(map(ord, "\u00a0\u2002\u2003\u2007\u2009\u200a\u202f\u3000"), " ") | {
    0x200B: None,
    0xFEFF: None,
}
_form = lru_cache(maxsize=128)(re.compile)


def tidied(text: str) -> str:
    """``text`` without spaces around it and without characters of no width; within one line with plain
    and single spaces. What a reader sees stays the same."""
    plain = text if text.isascii() else text.translate(_PLAIN)
    plain = plain.strip()
    return plain if "\n" in plain or "  " not in plain else _SPACES.sub(" ", plain)


def has_form(text: str, form: str) -> bool:
    """Whether the whole of ``text`` meets the regular expression ``form``."""
    return len(text) <= _MOST_CHARACTERS and _form(form).fullmatch(text) is not None


def in_form(text: str, form: str) -> str | None:
    """``text`` with other capitals, without spaces, dots and hyphens, or a number with the letters and
    zeros before it, so that it meets ``form``; None where nothing does, or where two do."""
    bare = _BETWEEN.sub("", text) if len(text) <= _MOST_CHARACTERS else text
    tried = (text.upper(), text.lower(), bare, bare.upper(), bare.lower(), *_whole(bare, form))
    found = {one for one in tried if has_form(one, form)}
    return found.pop() if len(found) == 1 else None


def _whole(text: str, form: str) -> tuple[str, ...]:
    """A number with the letters before it that ``form`` begins with, and with zeros between: GM0599 of
    599."""
    prefix = _PREFIX.match(form)
    if prefix is None or len(text) > _MOST_CHARACTERS:
        return ()
    number = text.upper().removeprefix(prefix[1])
    if not (number.isascii() and number.isdigit()):
        return ()
    return tuple(f"{prefix[1]}{'0' * zeros}{number}" for zeros in range(_MOST_ZEROS))


def with_zero(text: str, form: str) -> str | None:
    """``text`` with the zero before it that a spreadsheet drops from a number; None where that does
    not help."""
    longer = f"0{text}"
    return longer if text.isascii() and text.isdigit() and has_form(longer, form) else None
