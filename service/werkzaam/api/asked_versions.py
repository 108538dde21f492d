"""Which versions and changes an address asks for."""

from dataclasses import dataclass
from typing import Final

from werkzaam.api.query_keys import whole_number
from werkzaam.api.service import Service
from werkzaam.domain.changes import Change
from werkzaam.domain.characters import quoted
from werkzaam.errors import InvalidParameter, NotFound

MOST_CHANGES: Final = 100
MOST_THINGS: Final = 200
THINGS_AT_ONCE: Final = 50
_MOST_CHOICES: Final = 100


@dataclass(frozen=True)
class Span:
    """From which version to which; ``after`` things are passed over, ``limit`` are shown."""

    before: int
    after: int
    skip: int
    limit: int


def asked_span(service: Service, given: dict[str, str]) -> Span:
    """The two versions in ``from`` and ``to``: the last and the one before it, where not given.

    Raises InvalidParameter with the versions that there are.
    """
    last = service.store.version.number
    after = _version("to", given, last, last)
    before = _version("from", given, last, max(0, after - 1))
    skip = whole_number("after", given.get("after", "0"), 0)
    return Span(before, after, skip, bounded("limit", given, THINGS_AT_ONCE, MOST_THINGS))


def bounded(name: str, given: dict[str, str], default: int, most: int) -> int:
    """The number in the key ``name``, never more than ``most``. Raises InvalidParameter."""
    return min(whole_number(name, given[name], 1), most) if name in given else default


def _version(name: str, given: dict[str, str], last: int, default: int) -> int:
    value = given.get(name, str(default))
    if value.isascii() and value.isdecimal() and len(value) <= len(str(last)):
        number = int(value)
        if number <= last:
            return number
    lowest = max(0, last - _MOST_CHOICES + 1)
    raise InvalidParameter(
        name,
        [str(number) for number in range(lowest, last + 1)],
        "{name} is {value}: it must be a version, 0 to {last}. 0 is the empty dataset.",
        value=quoted(value),
        last=last,
    )


def asked_change(service: Service, number: str) -> Change:
    """The change with this number in the version that is served. Raises NotFound."""
    last = service.store.version.number
    known = number.isascii() and number.isdecimal() and len(number) <= len(str(last))
    if not known or not 1 <= int(number) <= last:
        raise NotFound(
            "There is no change {number}. There are changes 1 to {last}.",
            number=quoted(number),
            last=last,
        )
    return service.submissions.journal.change(int(number))
