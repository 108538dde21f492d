"""Answers kept for as long as the version they were read from is served."""

import threading
from collections import OrderedDict
from collections.abc import Hashable
from typing import Final

from werkzaam.domain.versions import Version

MOST_BYTES: Final = 64 << 20
_ENTRY_BYTES: Final = 1 << 10
_LARGEST_PART: Final = 16


class AnswerCache:
    """At most ``most_bytes`` of answers of one version, the last used. For several threads.

    An answer that would take more than a sixteenth of the room is not kept.
    """

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most = most_bytes
        self._lock = threading.Lock()
        self._version: Version | None = None
        self._kept: OrderedDict[Hashable, bytes] = OrderedDict()
        self._bytes = 0

    def get(self, version: Version, key: Hashable) -> bytes | None:
        """What was kept under ``key`` in ``version``."""
        with self._lock:
            if version != self._version or key not in self._kept:
                return None
            self._kept.move_to_end(key)
            return self._kept[key]

    def keep(self, version: Version, key: Hashable, body: bytes) -> None:
        """Keep ``body``; the answers of an older version are let go."""
        size = len(body) + _ENTRY_BYTES
        if size > self._most // _LARGEST_PART:
            return
        with self._lock:
            if self._version is None or version.number > self._version.number:
                self._version, self._bytes = version, 0
                self._kept.clear()
            if version != self._version or key in self._kept:
                return
            self._kept[key] = body
            self._bytes += size
            while self._bytes > self._most:
                self._bytes -= len(self._kept.popitem(last=False)[1]) + _ENTRY_BYTES
