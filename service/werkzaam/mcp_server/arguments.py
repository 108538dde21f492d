"""What a caller gives to a tool, checked: names that are known, values of the right kind and size."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from werkzaam.domain.characters import MOST_QUOTED, quoted, shown
from werkzaam.domain.queries import LANGUAGES, Language
from werkzaam.errors import InvalidParameter

MOST_TEXT: Final = 1000
_MOST_PARAMETERS: Final = 30


class Arguments:
    """The arguments of one call. ``otherwise`` is the language where none is asked for."""

    def __init__(
        self, given: Mapping[str, Any], known: Sequence[str], otherwise: Language = "nl"
    ) -> None:
        """Raises InvalidParameter for a name that is not ``known``."""
        for name in given:
            if name not in known:
                raise InvalidParameter(
                    shown(name, MOST_QUOTED),
                    known,
                    "There is no parameter {name} here. There is: {known}.",
                    known=", ".join(known),
                )
        self._given = {name: value for name, value in given.items() if value is not None}
        self._otherwise = otherwise

    def text(self, name: str, *, most: int = MOST_TEXT, required: bool = False) -> str:
        """The text called ``name``, empty if not given. Raises InvalidParameter."""
        value = self._given.get(name, "")
        if not isinstance(value, str) or not _is_short_text(value, most):
            raise InvalidParameter(
                name, (), "{name} must be text of at most {most} characters.", most=most
            )
        if required and not value.strip():
            raise InvalidParameter(name, (), "The parameter {name} is required. Give it a value.")
        return value

    def number(self, name: str, otherwise: int, lowest: int, highest: int) -> int:
        """The whole number called ``name``. Raises InvalidParameter."""
        value = self._given.get(name, otherwise)
        if type(value) is float and value.is_integer():
            value = int(value)
        if type(value) is not int or not lowest <= value <= highest:
            raise InvalidParameter(
                name,
                (),
                "{name} is {value}: it must be a whole number from {lowest} to {highest}.",
                value=quoted(_written(value)),
                lowest=lowest,
                highest=highest,
            )
        return value

    def seconds(self, name: str) -> float | None:
        """A number of seconds, None if not given. Raises InvalidParameter."""
        value = self._given.get(name)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < 1e6:
            raise InvalidParameter(
                name,
                (),
                "timeout is {value}: give a number of seconds above 0.",
                value=quoted(_written(value)),
            )
        return float(value)

    def language(self) -> Language:
        """The language of the answer. Raises InvalidParameter."""
        return language_in(self._given.get("language", self._otherwise))

    def pairs(self, name: str) -> dict[str, str]:
        """An object of names and values, as text. Raises InvalidParameter."""
        value = self._given.get(name, {})
        if not isinstance(value, dict) or len(value) > _MOST_PARAMETERS:
            raise _no_pairs(name)
        return {key: _as_text(name, key, one) for key, one in value.items() if one is not None}


def language_in(value: object, name: str = "language") -> Language:
    """The language that ``value`` of the argument ``name`` is. Raises InvalidParameter."""
    for language in LANGUAGES:
        if value == language:
            return language
    raise InvalidParameter(
        name,
        LANGUAGES,
        "{value} is no language of this content. Choose one of: {slugs}.",
        value=quoted(_written(value)),
        slugs=", ".join(LANGUAGES),
    )


def _as_text(name: str, key: str, value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise _no_pairs(name)
    # the length of a value is for the question to judge, which says what it may be
    text = _written(value)
    if not _is_short_text(text, len(text)) or not _is_short_text(key, MOST_TEXT):
        raise _no_pairs(name)
    return text


def _written(value: object) -> str:
    """``value`` as text; Python writes no number of thousands of digits."""
    try:
        return str(value)
    except ValueError:
        return "…"


def _is_short_text(value: str, most: int) -> bool:
    """Whether ``value`` has no more characters than ``most``, and is whole: JSON can hold halves."""
    if len(value) > most:
        return False
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def _no_pairs(name: str) -> InvalidParameter:
    return InvalidParameter(
        name,
        (),
        "{name} must be an object with a text or a number for each name, at most {most} of them.",
        most=_MOST_PARAMETERS,
    )
