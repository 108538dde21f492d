"""Questions asked ahead: after a change the answers that people look at are kept before they ask again."""

import contextlib
import logging
import threading
from typing import Final

from werkzaam.catalogue.questions import MOST_WANTED, Catalogue, Wanted
from werkzaam.errors import WerkzaamError

_log = logging.getLogger(__name__)
_QUIET_SECONDS: Final = 1.0
"""Changes that follow each other sooner are waited out."""


class Warming:
    """Asks again what was asked of ``catalogue`` since the change before, each time the dataset
    ``moved``, in the lane of slow queries, where it is in nobody's way. What nobody looked at costs
    nothing."""

    def __init__(self, catalogue: Catalogue, quiet_seconds: float = _QUIET_SECONDS) -> None:
        self._catalogue = catalogue
        self._quiet = quiet_seconds
        self._moved = threading.Event()
        self._left: dict[Wanted, None] = {}
        self.rounds = 0
        """How many times all that was wanted was asked."""
        threading.Thread(target=self._run, name="warming", daemon=True).start()

    def moved(self) -> None:
        """There is a new version; returns at once."""
        self._moved.set()

    def _run(self) -> None:
        while self._moved.wait():
            self._moved.clear()
            if self._moved.wait(self._quiet):
                continue
            self._ask_again()

    def _ask_again(self) -> None:
        wanted = dict.fromkeys([*self._catalogue.take_wanted(), *self._left])
        self._left = dict.fromkeys(list(wanted)[:MOST_WANTED])
        asked = len(self._left)
        for one in list(self._left):
            if self._moved.is_set():
                return
            name, given, language = one
            with contextlib.suppress(WerkzaamError):
                query = self._catalogue.get(name)
                self._catalogue.answer(query, dict(given), language=language, ahead=True)
            del self._left[one]
        self.rounds += 1
        _log.info("answers kept ahead", extra={"questions": asked})
