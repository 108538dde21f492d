"""Versions of the past, read from the journal when somebody asks for one."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Event
from typing import Final

from werkzaam.domain.versions import Version
from werkzaam.errors import StoreBusy
from werkzaam.store.embedded import EmbeddedStore
from werkzaam.store.interface import Answer, Condition, Question, StreamedAnswer

_MOST_OPEN: Final = 2
_MOST_IN_ALL: Final = 4
_RETRY_SECONDS: Final = 5


class PastVersions:
    """The stores of the last past versions that were asked for. For several threads.

    Each takes the memory of a reader or two, so two stay open and a few more end their work.
    """

    def __init__(self, open_version: Callable[[Version], EmbeddedStore], linger: float) -> None:
        """``open_version`` loads a version; ``linger`` is how long, in seconds, one that is not kept
        any more may still answer."""
        self._open_version = open_version
        self._linger = linger
        self._lock = threading.Lock()
        self._open: OrderedDict[int, EmbeddedStore] = OrderedDict()
        self._leaving: list[tuple[float, EmbeddedStore]] = []

    def at(self, version: Version) -> "PastStore":
        """The store of ``version``, which is opened once it is asked something."""
        return PastStore(self, version)

    def opened(self, version: Version) -> EmbeddedStore:
        """The store, answering. Raises StoreBusy where too many are open, StoreUnavailable."""
        with self._lock:
            self._close_those_that_left()
            store = self._open.pop(version.number, None) or self._another(version)
            self._open[version.number] = store
            return store

    def close(self) -> None:
        """Close all."""
        with self._lock:
            stores = [*self._open.values(), *(store for _, store in self._leaving)]
            self._open.clear()
            self._leaving.clear()
        for store in stores:
            store.close()

    def _another(self, version: Version) -> EmbeddedStore:
        if len(self._open) + len(self._leaving) >= _MOST_IN_ALL:
            raise StoreBusy(
                _RETRY_SECONDS,
                "Other versions of the past are being read by as many as may. Try again in "
                "{retry_after} seconds.",
            )
        store = self._open_version(version)
        if len(self._open) >= _MOST_OPEN:
            _, oldest = self._open.popitem(last=False)
            self._leaving.append((time.monotonic() + self._linger, oldest))
        return store

    def _close_those_that_left(self) -> None:
        now = time.monotonic()
        for ends, store in self._leaving:
            if ends <= now:
                store.close()
        self._leaving = [(ends, store) for ends, store in self._leaving if ends > now]


@dataclass(frozen=True)
class PastStore:
    """One past version as a store; see ``interface.StreamingStore``."""

    versions: PastVersions
    version: Version

    def ask(
        self, question: Question, seconds: float | None = None, stop: Event | None = None
    ) -> Answer:
        """As ``interface.Store`` has it."""
        return self.versions.opened(self.version).ask(question, seconds, stop)

    def stream(
        self, question: Question, seconds: float | None = None, stop: Event | None = None
    ) -> StreamedAnswer:
        """As ``interface.StreamingStore`` has it."""
        return self.versions.opened(self.version).stream(question, seconds, stop)

    def condition(self) -> Condition:
        """As ``interface.Store`` has it."""
        return self.versions.opened(self.version).condition()

    def close(self) -> None:
        """Nothing: it is closed with the others."""
