"""Which queries are slow, and who sends them: by the time that a processor spends, not by the clock on
the wall, which runs on while the machine does other work."""

import threading
import time
from collections import OrderedDict
from typing import Final, TypeVar

from werkzaam.store.asked_query import Asked
from werkzaam.store.reader import Reader

PROCESSOR_SECONDS: Final = 0.1
"""What a quick query takes at most: nearly all catalogued questions take less."""
SUSPECT_PROCESSOR_SECONDS: Final = 0.02
"""What it takes at most where whoever sends it sent a slow one a moment ago."""
SUSPECT_SECONDS: Final = 10.0
"""For so long after a slow query whoever sent it may send another."""
_MOST_KEPT: Final = 1000


class SlowWatch:
    """Looks at one query in ``reader`` from time to time, until it is slow."""

    def __init__(self, reader: Reader, *, suspect: bool = False) -> None:
        """Begin now. ``next_look`` is when to look (monotonic seconds), 0 once it is slow."""
        self._reader = reader
        self._most = SUSPECT_PROCESSOR_SECONDS if suspect else PROCESSOR_SECONDS
        self._spent = reader.processor_seconds
        self._slow = False
        self.next_look = time.monotonic() + self._most

    def is_slow(self) -> bool:
        """Whether it took longer than a quick query does. Before the next look it did not."""
        if self._slow or time.monotonic() < self.next_look:
            return self._slow
        spent = self._reader.processor_seconds - self._spent
        self._slow = spent >= self._most
        left = max(self._most - spent, self._most / 10)
        self.next_look = 0.0 if self._slow else time.monotonic() + left
        return self._slow


class SlowQueries:
    """The last queries that were slow, by their shapes, and who sent them. For several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: OrderedDict[bytes, None] = OrderedDict()
        self._suspects: OrderedDict[str, float] = OrderedDict()

    def knows(self, asked: Asked) -> bool:
        """Whether a query of this shape was slow the last time. Of our own none is an attack."""
        return bool(self._kept) and not asked.ours and asked.shape in self._kept

    def suspects(self, asked: Asked) -> bool:
        """Whether whoever asks sent a slow query a moment ago."""
        last = self._suspects.get(asked.question.caller)
        return last is not None and time.monotonic() < last + SUSPECT_SECONDS

    def learn(self, asked: Asked, *, slow: bool) -> None:
        """How it went this time."""
        if asked.ours or not (slow or self.knows(asked)):
            return
        with self._lock:
            self._kept.pop(asked.shape, None)
            if slow:
                _keep(self._kept, asked.shape, None)
                _keep(self._suspects, asked.question.caller, time.monotonic())

    def learn_unfinished(self, asked: Asked) -> None:
        """A reader had to be ended for it, which costs as much as a slow one."""
        if not asked.ours:
            with self._lock:
                _keep(self._suspects, asked.question.caller, time.monotonic())


Key = TypeVar("Key")
Value = TypeVar("Value")


def _keep(kept: OrderedDict[Key, Value], key: Key, value: Value) -> None:
    kept[key] = value
    kept.move_to_end(key)
    if len(kept) > _MOST_KEPT:
        kept.popitem(last=False)
