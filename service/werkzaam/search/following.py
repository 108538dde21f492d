"""The index that is searched now, and the next one that is made beside it."""

import logging
import threading
import time
from collections.abc import Callable, Iterable
from typing import Final

from werkzaam.domain.versions import Version
from werkzaam.errors import BadRequest, StoreBusy, WerkzaamError
from werkzaam.search.entries import Entry
from werkzaam.search.gathering import gather
from werkzaam.search.index import Index
from werkzaam.search.removed import removed_in
from werkzaam.store.interface import Store

_log = logging.getLogger(__name__)
_RETRY_SECONDS: Final = 2
_MOST_WAITING: Final = 4
_PAUSE_SECONDS: Final = 0.5
_LONGEST_PAUSE_SECONDS: Final = 30.0
_UNASKED_SECONDS: Final = 30.0


class Search:
    """Keeps an index of the version that ``store`` is at. For several threads.

    A new one is made in a thread of its own once the dataset ``moved``. Until it is ready the old one
    answers, without anything that was removed from the dataset since, and says of which version it is.
    Where nobody searched since the last one was made, the next one waits for a while, unless somebody
    does: changes that follow each other fast, and that nobody looks for, cost little.
    """

    def __init__(
        self,
        store: Store,
        more: Callable[[], Iterable[Entry]] = tuple,
        removed: Callable[[int, int], bytes] = lambda _, __: b"",
        *,
        wait_seconds: float = 10.0,
        unasked_seconds: float = _UNASKED_SECONDS,
    ) -> None:
        """``more``: what is found beside the dataset. ``removed``: the quads of one version, by its number,
        that a later one has no more, as N-Quads; it raises BadRequest where they are too many to tell.
        ``wait_seconds``: how long to wait for an index where there is none that can answer.
        ``unasked_seconds``: how long an index stays behind that nobody asks."""
        self._store = store
        self._more = more
        self._removed = removed
        self._wait = wait_seconds
        self._unasked = unasked_seconds
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._wanted = threading.Event()
        self._over = threading.Event()
        self._made = threading.Condition()
        self._waiting = threading.BoundedSemaphore(_MOST_WAITING)
        self._index: Index | None = None
        self._checking = threading.Lock()
        self._checked: tuple[Index, Version, Index] | None = None
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
        """The newest index that is ready, without what was removed since. Raises StoreBusy where there
        is none yet, or so much was removed that only the next one can tell."""
        self._asked = True
        found, newest = self._index, self._store.version
        if found is not None and found.version == newest:
            return self._without_removed(found, newest)
        self._want()
        if found is None:
            return self._next(0)
        try:
            return self._without_removed(found, newest)
        except BadRequest:
            return self._next(newest.number)

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

    def _next(self, number: int) -> Index:
        if not self._waiting.acquire(blocking=False):
            raise _not_ready()
        try:
            return self.index_of(number, self._wait)
        finally:
            self._waiting.release()

    def _without_removed(self, index: Index, newest: Version) -> Index:
        with self._checking:
            known = self._checked
            if known is not None and known[:2] == (index, newest):
                return known[2]
            gone = self._removed(index.version.number, newest.number)
            without = index.without(removed_in(gone, newest.number))
            if self._index is index:
                self._checked = (index, newest, without)
            return without

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
            while not self._wanted.wait(self._unasked) and not self._is_behind():
                pass

    def _is_behind(self) -> bool:
        return self._index is None or self._index.version != self._store.version

    def _make(self) -> None:
        if not self._is_behind():
            return
        begun = time.monotonic()
        self._asked = False
        made = Index(gather(self._store), self._more())
        with self._made:
            self._index, self._checked = made, None
            self._made.notify_all()
        took = round(time.monotonic() - begun, 2)
        facts = {"version": made.version.number, "entries": len(made), "seconds": took}
        _log.info("search index ready", extra=facts)


def _not_ready() -> StoreBusy:
    return StoreBusy(
        _RETRY_SECONDS,
        "The search index is being made. Try again in {retry_after} seconds.",
    )
