"""What stands in the query part of an address, checked: keys that are known, once, with good values."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from starlette.requests import Request

from werkzaam.api.negotiation import choose_language
from werkzaam.domain.characters import MOST_QUOTED, quoted, shown
from werkzaam.domain.queries import LANGUAGES, Language
from werkzaam.errors import BadRequest, InvalidParameter

MOST_ROWS = 100_000
"""The highest number that a key of rows takes."""
_MOST_DIGITS: Final = 20
"""More are not read, zeros before the number included: reading them takes ever longer."""


def given_once(request: Request, *, repeated: Sequence[str] = ()) -> dict[str, str]:
    """Every key of the address with its value. Raises BadRequest for one that is given twice and is
    not one of ``repeated``."""
    counts = Counter(name for name, _ in request.query_params.multi_items())
    for name, count in counts.items():
        if count > 1 and name not in repeated:
            raise BadRequest(
                "The parameter {name} is given {count} times. Give it once.",
                name=shown(name, MOST_QUOTED),
                count=count,
            )
    return dict(request.query_params)


def given_only(request: Request, *known: str, repeated: Sequence[str] = ()) -> dict[str, str]:
    """As ``given_once``, where no other keys than ``known`` are allowed. Raises InvalidParameter."""
    given = given_once(request, repeated=repeated)
    for name in given:
        if name not in known:
            raise InvalidParameter(
                shown(name, MOST_QUOTED),
                known,
                "There is no parameter {name} here. There is: {known}.",
                known=", ".join(known),
            )
    return given


def asked_language(request: Request, given: dict[str, str]) -> Language:
    """The language in ``lang``, else the one the caller prefers. Raises InvalidParameter."""
    asked = given.get("lang")
    if asked is None:
        return choose_language(request.headers.get("accept-language"))
    for language in LANGUAGES:
        if asked == language:
            return language
    raise InvalidParameter(
        "lang",
        LANGUAGES,
        "{value} is no language of this content. Choose one of: {slugs}.",
        value=quoted(asked),
        slugs=", ".join(LANGUAGES),
    )


def yes_or_no(name: str, value: str) -> bool:
    """Whether the key ``name`` has the value true. Raises InvalidParameter for another than true or false."""
    if value not in ("true", "false"):
        raise InvalidParameter(
            name,
            ("true", "false"),
            "{name} is {value}: it must be true or false.",
            value=quoted(value),
        )
    return value == "true"


def whole_number(name: str, value: str, lowest: int) -> int:
    """``value`` of the key ``name`` as a number of at least ``lowest``. Raises InvalidParameter."""
    digits = value.isascii() and value.isdecimal() and len(value) <= _MOST_DIGITS
    if not digits or not lowest <= int(value) <= MOST_ROWS:
        raise InvalidParameter(
            name,
            (),
            "{name} is {value}: it must be a whole number from {lowest} to {highest}.",
            value=quoted(value),
            lowest=lowest,
            highest=MOST_ROWS,
        )
    return int(value)
