"""The index that is searched now, and the next one that is made beside it."""

import logging
import threading
import time
from collections.abc import Callable, Iterable
from typing import Final

from werkzaam.errors import StoreBusy, WerkzaamError
from werkzaam.search.entries import Entry
from werkzaam.search.gathering import gather
from werkzaam.search.index import Index
from werkzaam.store.interface import Store

_log = logging.getLogger(__name__)
_RETRY_SECONDS: Final = 2
_MOST_WAITING: Final = 4
_PAUSE_SECONDS: Final = 0.5
_LONGEST_PAUSE_SECONDS: Final = 30.0


class Search:
    """Keeps an index of the version that ``store`` is at. For several threads.

    A new one is made in a thread of its own once the dataset ``moved``; until it is ready the old one
    answers, and says of which version it is. Where nobody searched since the last one was made, the
    next one waits until somebody does: changes that nobody looks for cost nothing.
    """

    def __init__(
        self,
        store: Store,
        more: Callable[[], Iterable[Entry]] = tuple,
        wait_seconds: float = 10.0,
    ) -> None:
        """``more``: what is found beside the dataset. ``wait_seconds``: how long to wait for the very
        first index, before it is said to be on its way."""
        self._store = store
        self._more = more
        self._wait = wait_seconds
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._wanted = threading.Event()
        self._over = threading.Event()
        self._made = threading.Condition()
        self._waiting = threading.BoundedSemaphore(_MOST_WAITING)
        self._index: Index | None = None
        self._asked = False

    def begin(self, after_seconds: float = 0.0) -> None:
        """Make the first index after a while, unless somebody searches sooner; returns at once."""
        with self._lock:
            if self._thread is None and not self._over.is_set():
                work = threading.Thread(
                    target=self._run, args=(after_seconds,), name="search-index", daemon=True
                )
                self._thread = work
                work.start()

    def moved(self) -> None:
        """There is a new version; returns at once."""
        if self._asked:
            self._want()

    def index(self) -> Index:
        """The newest index that is ready. Raises StoreBusy where there is none yet."""
        self._asked = True
        found = self._index
        if found is not None:
            if found.version != self._store.version:
                self._want()
            return found
        self._want()
        if self._waiting.acquire(blocking=False):
            try:
                return self.index_of(0, self._wait)
            finally:
                self._waiting.release()
        raise _not_ready()

    def index_of(self, number: int, seconds: float) -> Index:
        """The index of version ``number`` or a later one, once it is ready. Raises StoreBusy where it
        is not within ``seconds``."""
        ends = time.monotonic() + seconds
        with self._made:
            while self._index is None or self._index.version.number < number:
                left = ends - time.monotonic()
                if left <= 0 or self._over.is_set():
                    raise _not_ready()
                self._made.wait(left)
            return self._index

    def close(self) -> None:
        """Make no more indexes; the last one goes on answering."""
        self._over.set()
        self._wanted.set()
        with self._made:
            self._made.notify_all()

    def _want(self) -> None:
        self._wanted.set()
        self.begin()

    def _run(self, after_seconds: float) -> None:
        self._wanted.wait(after_seconds)
        pause = _PAUSE_SECONDS
        while not self._over.is_set():
            self._wanted.clear()
            begun = time.monotonic()
            try:
                self._make()
                pause = _PAUSE_SECONDS
            except WerkzaamError as fault:
                if self._over.wait(pause):
                    return
                _log.warning("no new search index", extra={"reason": str(fault), "paused": pause})
                pause = min(2 * pause, _LONGEST_PAUSE_SECONDS)
                self._wanted.set()
            # half of the time at most goes into indexes, however fast changes follow each other
            self._over.wait(time.monotonic() - begun)
            self._wanted.wait()

    def _make(self) -> None:
        if self._index is not None and self._index.version == self._store.version:
            return
        begun = time.monotonic()
        self._asked = False
        made = Index(gather(self._store), self._more())
        with self._made:
            self._index = made
            self._made.notify_all()
        took = round(time.monotonic() - begun, 2)
        facts = {"version": made.version.number, "entries": len(made), "seconds": took}
        _log.info("search index ready", extra=facts)


def _not_ready() -> StoreBusy:
    return StoreBusy(
        _RETRY_SECONDS,
        "The search index is being made. Try again in {retry_after} seconds.",
    )
