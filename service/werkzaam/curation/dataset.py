"""The dataset of one data folder: its journal, its store, and the store following the journal."""

import logging
import threading
from collections.abc import Sequence
from pathlib import Path

from werkzaam.curation.provenance import provenance_lines
from werkzaam.domain.content import Content
from werkzaam.errors import WerkzaamError
from werkzaam.store.embedded import EmbeddedStore, StoreLimits
from werkzaam.store.journal import Journal
from werkzaam.store.rule_text import Derivation

_log = logging.getLogger(__name__)
_FOLLOW_SECONDS = 0.5
_AGENT = "local"


class Dataset:
    """Version N is journal changes 1 … N: the content as last recorded, and the records in force."""

    def __init__(
        self,
        folder: Path,
        content: Content,
        derivations: Sequence[Derivation],
        limits: StoreLimits,
        *,
        demo: bool = False,
    ) -> None:
        """Open the journal, start the store, and record the content if it changed.

        ``demo``: the folder is for examples alone.

        Raises ContentError where the content cannot be loaded, StoreUnavailable where the journal
        cannot be used.
        """
        self._content = content
        self.journal = Journal.open(folder)
        self._stop = threading.Event()
        self._one_at_a_time = threading.Lock()
        try:
            self.store = open_store(
                self.journal, content, derivations, limits, demo=demo, idle=True
            )
            self._record_content()
            self._move_to(self.journal.last_number())
        except BaseException:
            self.close()
            raise
        threading.Thread(target=self._follow, name="journal-follower", daemon=True).start()

    def follow_once(self) -> None:
        """Move the store to the last change of the journal, if it is not there yet."""
        with self._one_at_a_time:
            if self._advance() and self._record_content():
                self._advance()

    def close(self) -> None:
        """Stop following, stop the readers, close the journal."""
        self._stop.set()
        if hasattr(self, "store"):
            self.store.close()
        self.journal.close()

    def _advance(self) -> bool:
        """Whether the store had to move."""
        number = self.journal.last_number()
        if number == self.store.version.number:
            return False
        self._move_to(number)
        return True

    def _move_to(self, number: int) -> None:
        self.store.advance(number, _run_time_lines(self.journal, self._content, number))
        _log.info("moved to version", extra={"version": number})

    def _record_content(self) -> bool:
        """Whether the content was recorded: it, or whether examples stand, changed since."""
        digest = self._content.digest_with(self.store.version.demo)
        if self.journal.last_content_digest() == digest:
            return False
        change = self.journal.record_content(digest, self.store.content_lines(), _AGENT)
        _log.info("content recorded", extra={"change": change.number})
        return True

    def _follow(self) -> None:
        """Another process on this machine may write the journal too."""
        while not self._stop.wait(_FOLLOW_SECONDS):
            try:
                self.follow_once()
            except WerkzaamError as fault:
                if not self._stop.is_set():
                    _log.error("cannot follow the journal", extra={"reason": str(fault)})


def open_store(
    journal: Journal,
    content: Content,
    derivations: Sequence[Derivation],
    limits: StoreLimits,
    *,
    demo: bool = False,
    idle: bool = False,
) -> EmbeddedStore:
    """A store on ``content`` and the records that are in force in ``journal``."""
    number = journal.last_number()
    records = _run_time_lines(journal, content, number)
    return EmbeddedStore(
        content, derivations, limits, number=number, records=records, demo=demo, idle=idle
    )


def _run_time_lines(journal: Journal, content: Content, number: int) -> bytes:
    """The records in force in version ``number``, and where they come from."""
    return journal.records_state(number) + provenance_lines(journal, content, number)
