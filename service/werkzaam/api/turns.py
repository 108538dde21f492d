"""Work that is done one at a time: few wait for their turn, and not for long."""

import contextlib
import threading
from collections.abc import Callable, Iterator

from werkzaam.errors import StoreBusy


class Turns:
    """Turns for several threads.

    Who waits holds a thread that pages need too: at most ``waiting`` do, for ``seconds`` at most, and
    all others are refused at once, with ``busy``.
    """

    def __init__(self, busy: Callable[[], StoreBusy], seconds: float, waiting: int = 3) -> None:
        self._busy = busy
        self._seconds = seconds
        self._row = threading.BoundedSemaphore(waiting + 1)
        self._turn = threading.Lock()

    @contextlib.contextmanager
    def turn(self) -> Iterator[None]:
        """While this lasts, nobody else has the turn. Raises StoreBusy."""
        if not self._row.acquire(blocking=False):
            raise self._busy()
        try:
            if not self._turn.acquire(timeout=self._seconds):
                raise self._busy()
            try:
                yield
            finally:
                self._turn.release()
        finally:
            self._row.release()
