"""The dataset of one data folder: its journal, its store, and the store following the journal."""

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from werkzaam.confinement.limits import Limits
from werkzaam.curation.provenance import provenance_lines
from werkzaam.domain.changes import ChangeData
from werkzaam.domain.content import Content
from werkzaam.domain.identifiers import EXAMPLES, holds_examples
from werkzaam.domain.versions import Version
from werkzaam.errors import NotFound, WerkzaamError
from werkzaam.store.embedded import EmbeddedStore, StoreLimits
from werkzaam.store.interface import FollowingStore, StreamingStore
from werkzaam.store.journal import Journal
from werkzaam.store.journal_chain import FIRST_HASH
from werkzaam.store.nursery import content_lines
from werkzaam.store.nursery_deriver import NurseryDeriver
from werkzaam.store.past_versions import PastVersions
from werkzaam.store.remote_address import EngineAddress
from werkzaam.store.replica import Source, sources_of
from werkzaam.store.rule_text import Derivation

_log = logging.getLogger(__name__)
_FOLLOW_SECONDS = 0.5
_AGENT = "local"
_EXAMPLES = EXAMPLES.encode()


class Dataset:
    """Version N is journal changes 1 … N: the content as last recorded, the records in force, and what
    updates wrote."""

    def __init__(
        self,
        folder: Path,
        content: Content,
        derivations: Sequence[Derivation],
        limits: StoreLimits,
        *,
        demo: bool = False,
        engine: EngineAddress | None = None,
        before_recording: Callable[[], object] = lambda: None,
    ) -> None:
        """Open the journal, record the content if it changed, and start the store.

        ``demo``: the folder is for examples alone. ``engine`` holds the dataset; without one it is
        held here. What ``before_recording`` raises is raised, and nothing is recorded.

        Raises ContentError where the content cannot be loaded, StoreUnavailable where the journal or
        the engine cannot be used.
        """
        self._content = content
        self._derivations = derivations
        self._limits = limits
        self._past = PastVersions(self._opened_again, max(limits.seconds, limits.token_seconds))
        self._demo = demo
        self._before_recording = before_recording
        self.when_moved: Callable[[], None] = lambda: None
        """Called once the store is at a new version."""
        self._stop = threading.Event()
        self._one_at_a_time = threading.Lock()
        self.journal = Journal.open(folder)
        try:
            self._examples = demo or holds_examples(self.journal.records_state())
            self._record_content()
            number = self.journal.last_number()
            self._provenance = self._provenance_of(number)
            self.store = self._opened(self._version(number), engine)
        except BaseException:
            self.close()
            raise
        threading.Thread(target=self._follow, name="journal-follower", daemon=True).start()

    def follow_once(self) -> None:
        """Move the store to the last change of the journal, if it is not there yet."""
        with self._one_at_a_time:
            if self._advance() and self._record_content():
                self._advance()

    def at(self, number: int) -> StreamingStore:
        """The dataset as it was in version ``number``, with what follows by the rules of now.

        Raises NotFound, which names the versions that there are.
        """
        last = self.store.version.number
        if number == last:
            return self.store
        if not 1 <= number < last:
            raise NotFound(
                "There is no version {number} of the dataset; there are versions 1 to {last}.",
                number=number,
                last=last,
            )
        demo = self._demo or holds_examples(self.journal.records_state(number))
        return self._past.at(Version(number, self._content.digest, demo))

    def close(self) -> None:
        """Stop following, stop the readers, close the journal."""
        self._stop.set()
        self._past.close()
        if hasattr(self, "store"):
            self.store.close()
        self.journal.close()

    def _advance(self) -> bool:
        """Whether the store had to move."""
        number, before = self.journal.last_number(), self.store.version.number
        if number == before:
            return False
        change = self.journal.net(before, number)
        if _EXAMPLES in change.added or _EXAMPLES in change.removed:
            self._examples = self._demo or holds_examples(self.journal.records_state(number))
        provenance = self._provenance_of(number)
        self.store.advance(self._version(number), _and(change, self._provenance, provenance))
        self._provenance = provenance
        self.when_moved()
        _log.info("moved to version", extra={"version": number})
        return True

    def _load(self, version: Version) -> list[Source]:
        """All that the journal says of ``version``."""
        return [Source("journal", "", self._asserted(version.number))]

    def _asserted(self, number: int) -> bytes:
        provenance = provenance_lines(self.journal, self._content, number)
        return self.journal.state(number) + provenance

    def _opened(self, version: Version, engine: EngineAddress | None) -> FollowingStore:
        if engine is None:
            return EmbeddedStore(self._load, self._derivations, self._limits, version)
        # a sixth of all that a start has to import, and nothing of it is for a store of our own
        from werkzaam.store.remote import open_remote

        deriver = NurseryDeriver(self._derivations, Limits(self._limits.memory_bytes))
        history = _History(self.journal, self._asserted)
        limits = self._limits
        return open_remote(
            *(engine, deriver, history, version),
            seconds=limits.seconds,
            connections=2 * limits.readers,
            service_hosts=limits.service_hosts,
        )

    def _opened_again(self, version: Version) -> EmbeddedStore:
        return EmbeddedStore(
            self._load, self._derivations, replace(self._limits, readers=1), version
        )

    def _version(self, number: int) -> Version:
        return Version(number, self._content.digest, self._examples)

    def _provenance_of(self, number: int) -> frozenset[bytes]:
        return frozenset(provenance_lines(self.journal, self._content, number).splitlines(True))

    def _record_content(self) -> bool:
        """Whether the content was recorded: it, or whether examples stand, changed since."""
        digest = self._content.digest_with(self._examples)
        if self.journal.last_content_digest() == digest:
            return False
        lines = _lines(self._content, self._examples, self._limits)
        self._before_recording()
        change = self.journal.record_content(digest, lines, _AGENT)
        _log.info("content recorded", extra={"change": change.number})
        return True

    def _follow(self) -> None:
        """Another process on this machine may write the journal too."""
        while not self._stop.wait(_FOLLOW_SECONDS):
            try:
                self.follow_once()
                self.store.mend()
            except WerkzaamError as fault:
                if not self._stop.is_set():
                    _log.error("cannot follow the journal", extra={"reason": str(fault)})


@dataclass(frozen=True)
class _History:
    """The journal, as far as an engine elsewhere is kept in step with it."""

    journal: Journal
    lines_of: Callable[[int], bytes]

    def hash_of(self, number: int) -> str:
        return self.journal.change(number).public_hash if number else FIRST_HASH

    def has(self, number: int, found: str) -> bool:
        # earlier versions of the package wrote the hash of the chain
        secret = self.journal.change(number).hash if number else FIRST_HASH
        return found in (self.hash_of(number), secret)


def open_journal(
    journal: Journal,
    content: Content,
    derivations: Sequence[Derivation],
    limits: StoreLimits,
    *,
    demo: bool = False,
) -> EmbeddedStore:
    """A store on the last version of ``journal``, which stays as it is, with ``content`` in the place
    of the content that was last recorded. Raises as ``Dataset`` does."""
    number = journal.last_number()
    examples = demo or holds_examples(journal.records_state(number))
    state = journal.state(number)
    if journal.last_content_digest() != content.digest_with(examples):
        lines = _lines(content, examples, limits)
        state = _with_content(state, journal.content_state(number), lines)
    source = Source("journal", "", state + provenance_lines(journal, content, number))
    version = Version(number, content.digest, examples)
    return EmbeddedStore(lambda _: [source], derivations, limits, version)


def _lines(content: Content, examples: bool, limits: StoreLimits) -> bytes:
    return content_lines(sources_of(content, examples), Limits(limits.memory_bytes))


def _with_content(state: bytes, old: bytes, new: bytes) -> bytes:
    """``state`` with other content: what updates added to the old stays, what they removed is gone."""
    all_lines, before, after = (set(part.splitlines()) for part in (state, old, new))
    kept = (after | (all_lines - before)) - (before - all_lines)
    return b"".join(line + b"\n" for line in sorted(kept))


def _and(change: ChangeData, old: frozenset[bytes], new: frozenset[bytes]) -> ChangeData:
    """``change``, and what differs between ``old`` and ``new`` lines of provenance."""
    return ChangeData(
        change.added + b"".join(sorted(new - old)), change.removed + b"".join(sorted(old - new))
    )
