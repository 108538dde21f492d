"""The catalogued questions asked ahead: after a change their answers are kept before anybody asks."""

import contextlib
import logging
import threading
from typing import Final

from werkzaam.catalogue.questions import Catalogue
from werkzaam.domain.queries import LANGUAGES
from werkzaam.errors import WerkzaamError

_log = logging.getLogger(__name__)
_QUIET_SECONDS: Final = 1.0
"""Changes that follow each other sooner are waited out."""


class Warming:
    """Asks every question of ``catalogue`` in both languages each time the dataset ``moved``, in the
    lane of slow queries, where it is in nobody's way."""

    def __init__(self, catalogue: Catalogue, quiet_seconds: float = _QUIET_SECONDS) -> None:
        self._catalogue = catalogue
        self._quiet = quiet_seconds
        self._moved = threading.Event()
        self.rounds = 0
        """How many times all were asked."""
        threading.Thread(target=self._run, name="warming", daemon=True).start()

    def moved(self) -> None:
        """There is a new version; returns at once."""
        self._moved.set()

    def _run(self) -> None:
        while self._moved.wait():
            self._moved.clear()
            if self._moved.wait(self._quiet):
                continue
            self._ask_all()

    def _ask_all(self) -> None:
        for query in self._catalogue.all():
            for language in LANGUAGES:
                if self._moved.is_set():
                    return
                with contextlib.suppress(WerkzaamError):
                    self._catalogue.answer(query, {}, language=language, ahead=True)
        self.rounds += 1
        _log.info("answers kept ahead", extra={"questions": len(self._catalogue.all())})
