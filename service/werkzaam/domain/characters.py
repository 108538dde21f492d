"""Characters that are no text: controls, marks that turn or hide text, and noncharacters."""

import re
import unicodedata
from typing import Final, TypeVar

_Text = TypeVar("_Text", str, str | None)
MOST_QUOTED: Final = 80
"""Of what a caller gave and is refused, a message repeats this many characters."""
_NONCHARACTERS = "\ufdd0-\ufdef" + "".join(
    f"{chr(plane << 16 | 0xFFFE)}-{chr(plane << 16 | 0xFFFF)}" for plane in range(17)
)
# all control characters but tab and line ends, marks of direction, tags, and halves of characters
UNSAFE: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f\ufff9-\ufffb"
    f"\ud800-\udfff\U000e0000-\U000e007f{_NONCHARACTERS}]"
)
_NOT_ON_A_LINE = re.compile(f"{UNSAFE.pattern}|[\t\n\r\u2028\u2029]")
_FORMULA_STARTS: Final = frozenset("=+-@\uff1d\uff0b\uff0d\uff20")
_CONTROLS: Final = ("\t", "\r", "\n")
_UNSEEN = frozenset(("Cc", "Cf", "Cn", "Mn", "Me", "Zl", "Zp", "Zs"))
_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")


def is_visible(text: str) -> bool:
    """Whether there is anything to see in ``text``: more than spaces and what only changes others."""
    return any(c not in _BLANK and unicodedata.category(c) not in _UNSEEN for c in text)


def begins_as_formula(text: str) -> bool:
    """Whether a spreadsheet program may take ``text`` for a formula
    (`OWASP <https://owasp.org/www-community/attacks/CSV_Injection>`_): by its first character, also in
    full width and behind what cannot be seen."""
    if text.startswith(_CONTROLS):
        return True
    first = next((character for character in text if is_visible(character)), "")
    return first in _FORMULA_STARTS


def visible(text: str) -> str:
    """``text`` with the replacement character for each that is unsafe: fit for a page."""
    return UNSAFE.sub("\ufffd", text)


def shown(text: _Text, most: int) -> _Text:
    """``text`` of a caller as we repeat it: at most ``most`` characters, with an ellipsis where
    some are left out, and nothing that a page or a terminal could obey."""
    if text is None:
        return text
    return visible(text if len(text) <= most else text[: most - 1] + "…")


def quoted(text: str) -> str:
    """``text`` of a caller within a message: ``shown`` on one line, in double quotes."""
    return f'"{on_one_line(shown(text, MOST_QUOTED))}"'


def on_one_line(text: str) -> str:
    """``text`` with escapes for what a terminal would obey and for line ends."""
    return _NOT_ON_A_LINE.sub(lambda found: ascii(found[0])[1:-1], text)
