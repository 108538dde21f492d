"""Which queries are slow: by the time that a processor spends on them, not by the clock on the wall,
which runs on while the machine does other work."""

import threading
import time
from collections import OrderedDict
from typing import Final

from werkzaam.store.asked_query import Asked
from werkzaam.store.reader import Reader

PROCESSOR_SECONDS: Final = 0.1
"""What a quick query takes at most: nearly all catalogued questions take less."""
WALL_SECONDS: Final = 1.0
_MOST_KEPT: Final = 1000


class SlowWatch:
    """Looks at one query in ``reader`` from time to time, until it is slow."""

    def __init__(self, reader: Reader) -> None:
        """Begin now. ``next_look`` is when to look (monotonic seconds), 0 once that is known."""
        self._reader = reader
        self._began = time.monotonic()
        self._spent = reader.processor_seconds
        self._slow = False
        self.next_look = self._began + PROCESSOR_SECONDS

    def is_slow(self) -> bool:
        """Whether it took longer than a quick query does."""
        now = time.monotonic()
        spent = self._reader.processor_seconds - self._spent
        self._slow = self._slow or spent >= PROCESSOR_SECONDS or now >= self._began + WALL_SECONDS
        self.next_look = 0.0 if self._slow else now + PROCESSOR_SECONDS
        return self._slow


class SlowQueries:
    """The last queries that were slow, by their digests. For several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: OrderedDict[bytes, None] = OrderedDict()

    def knows(self, asked: Asked) -> bool:
        """Whether this query was slow the last time."""
        return asked.digest in self._kept

    def learn(self, asked: Asked, *, slow: bool) -> None:
        """How it went this time. Our own are not kept: none of them is an attack."""
        if asked.ours:
            return
        with self._lock:
            self._kept.pop(asked.digest, None)
            if slow:
                self._kept[asked.digest] = None
            if len(self._kept) > _MOST_KEPT:
                self._kept.popitem(last=False)
