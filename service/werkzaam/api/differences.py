"""Differences between versions, worked out one at a time and the small ones kept."""

from collections import OrderedDict
from typing import Final

from werkzaam.api.turns import Turns
from werkzaam.domain.changes import ChangeData
from werkzaam.errors import StoreBusy
from werkzaam.store.journal import Journal

_MOST_QUADS: Final = 400_000
_MOST_KEPT: Final = 16
_MOST_BYTES: Final = 1 << 20
_WAIT_SECONDS: Final = 10
_RETRY_SECONDS: Final = 5


class Differences:
    """What differs between the versions of ``journal``.

    A version never changes, so neither does a difference. One takes memory by how much was touched:
    that is bounded, and callers take turns; few wait.
    """

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._turns = Turns(_busy, _WAIT_SECONDS)
        self._kept: OrderedDict[tuple[int, int], ChangeData] = OrderedDict()

    def between(self, before: int, after: int) -> ChangeData:
        """What version ``after`` has that ``before`` has not, and the reverse.

        Raises NotFound, BadRequest where too much was touched, StoreBusy where others take long.
        """
        with self._turns.turn():
            return self._found(before, after)

    def _found(self, before: int, after: int) -> ChangeData:
        found = self._kept.get((before, after))
        if found is None:
            found = self._journal.net(before, after, most=_MOST_QUADS)
        if len(found.added) + len(found.removed) <= _MOST_BYTES:
            self._kept[before, after] = found
            self._kept.move_to_end((before, after))
            if len(self._kept) > _MOST_KEPT:
                self._kept.popitem(last=False)
        return found


def _busy() -> StoreBusy:
    return StoreBusy(
        _RETRY_SECONDS, "Other versions are being compared. Try again in {retry_after} seconds."
    )
