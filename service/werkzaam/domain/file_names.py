"""Names of files as others gave them."""

import unicodedata
from pathlib import PurePath
from typing import Final

from werkzaam.domain.characters import is_visible

MOST_NAME_CHARACTERS: Final = 120
_NAMELESS: Final = "upload.csv"
_LONGEST_ENDING = 10
_NO_TEXT = frozenset(("Cc", "Cf", "Cn", "Cs", "Zl", "Zp"))


def clean_name(name: str) -> str:
    """The last part of ``name`` without characters that cannot be seen, at most
    ``MOST_NAME_CHARACTERS`` long with its ending kept; never empty.
    """
    seen = "".join(" " if c.isspace() else c for c in name if c.isspace() or _is_text(c))
    last = seen.replace("\\", "/").rpartition("/")[2]
    plain = " ".join(last.split())
    if not is_visible(plain.strip(". ")):
        return _NAMELESS
    if len(plain) <= MOST_NAME_CHARACTERS:
        return plain
    ending = PurePath(plain).suffix
    ending = ending if len(ending) <= _LONGEST_ENDING else ""
    return plain[: MOST_NAME_CHARACTERS - 1 - len(ending)] + "…" + ending


def _is_text(character: str) -> bool:
    return unicodedata.category(character) not in _NO_TEXT
