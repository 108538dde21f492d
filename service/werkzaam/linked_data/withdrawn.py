"""What stood in a past version and stands no more: which change took it away."""

import threading
import time
from array import array
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

from werkzaam.domain.changes import Change
from werkzaam.store.journal import Journal

Taker = Literal["content", "sender", "curator", "resubmission", "admin"]
_MOST_SECONDS: Final = 2.0
_AT_ONCE: Final = 100
_VERSION: Final = b" <http://www.w3.org/2002/07/owl#versionIRI> "


@dataclass(frozen=True)
class Removal:
    """A thing, or a version of the ontology, that ``change`` took away at ``time``; the version before
    it has it still. ``by`` is in what role, never who."""

    change: int
    time: str
    by: Taker

    @property
    def last_version(self) -> int:
        """The last version that has it."""
        return self.change - 1


class Withdrawn:
    """What the changes of ``journal`` took away. For several threads.

    The changes are read once, when somebody first asks for what is not there: of each subject that
    loses a statement its hash is kept, 16 bytes or so, and the numbers of all changes that took
    something of it, for whoever asks a version between two. What is found is looked up in its change,
    so no two names are ever taken for each other.
    """

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._lock = threading.Lock()
        self._read = 0
        self._last: dict[int, int] = {}
        self._earlier: dict[int, array[int]] = {}

    def removal_of(self, iri: str, upto: int) -> Removal | None:
        """Which change up to ``upto`` last took something away about ``iri``, or that ``iri`` was a
        version. None where none did, or where there is so much to read that it takes more than two seconds:
        ask again then."""
        name = b"<" + iri.encode() + b">"
        with self._lock:
            self._read_on()
            number = self._last_before(hash(name), upto)
        if number is None or name not in self._names(number):
            return None
        change = self._journal.change(number)
        return Removal(number, change.time, self._taker(change))

    def _last_before(self, name: int, upto: int) -> int | None:
        """The last change up to ``upto`` that took something of what has the hash ``name``."""
        last = self._last.get(name)
        if last is None or last <= upto:
            return last
        earlier = self._earlier.get(name, ())
        place = bisect_right(earlier, upto)
        return earlier[place - 1] if place else None

    def _read_on(self) -> None:
        end = time.monotonic() + _MOST_SECONDS
        while time.monotonic() < end:
            changes = self._journal.changes(self._read, _AT_ONCE)
            for change in changes:
                for name in self._names(change.number):
                    self._note(hash(name), change.number)
                self._read = change.number
                if time.monotonic() > end:
                    return
            if not changes:
                return

    def _note(self, name: int, number: int) -> None:
        before = self._last.get(name)
        if before is not None:
            self._earlier.setdefault(name, array("L")).append(before)
        self._last[name] = number

    def _names(self, number: int) -> set[bytes]:
        return set(_names_in(self._journal.data(number).removed.split(b"\n")))

    def _taker(self, change: Change) -> Taker:
        if change.kind == "submission":
            return "resubmission"
        if change.kind == "withdrawal" and change.submission:
            sender = self._journal.submission(change.submission).agent
            return "sender" if sender == change.agent else "curator"
        return "content" if change.kind == "content" else "admin"


def _names_in(removed: Iterable[bytes]) -> Iterable[bytes]:
    for line in removed:
        yield line.partition(b" ")[0]
        if _VERSION in line:
            yield line.partition(_VERSION)[2].partition(b" ")[0]
