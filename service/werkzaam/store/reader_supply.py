"""Where readers come from: the nursery of the version that is served, and the next one's."""

import contextlib
import logging
import os
import select
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Final

from werkzaam.confinement.freed_memory import give_back
from werkzaam.confinement.limits import Limits
from werkzaam.domain.changes import ChangeData
from werkzaam.domain.versions import Version
from werkzaam.errors import WerkzaamError
from werkzaam.store.asked_query import stopping
from werkzaam.store.lanes import Lanes
from werkzaam.store.nursery import Nursery, Task
from werkzaam.store.reader import Reader
from werkzaam.store.replica import Source
from werkzaam.store.rule_text import Derivation

_log = logging.getLogger(__name__)

_MOST_LEFT_BEHIND: Final = 20_000
"""After this number of quads were removed the nursery starts anew: the engine keeps their memory."""
_LOOK_SECONDS: Final = 0.25
_GIVE_BACK_SECONDS: Final = 5.0

Load = Callable[[Version], Sequence[Source]]


class ReaderSupply:
    """Keeps ``lanes`` in readers of one version, until it is moved to the next. For several threads."""

    def __init__(
        self,
        load: Load,
        derivations: Sequence[Derivation],
        limits: Limits,
        version: Version,
        lanes: Lanes,
    ) -> None:
        """Start the nursery of ``version`` on what ``load`` gives for it, and the first readers.

        Raises ContentError for a fault in the content, StoreUnavailable.
        """
        self._load = load
        self._task = Task(lambda: (), derivations, limits, version)
        self._lanes = lanes
        self._lock = threading.Lock()
        self._moving = threading.RLock()
        self._handing = threading.Lock()
        self._wanted = os.eventfd(0, os.EFD_NONBLOCK | os.EFD_CLOEXEC)
        self._readers: set[Reader] = set()
        self._over = False
        self._left_behind = 0
        self._given_back = time.monotonic()
        self.closed = False
        self._nursery = self._started(version)
        self.quads = self._nursery.quads
        try:
            for _ in range(lanes.missing()):
                lanes.put(self.another())
        except BaseException:
            self.close()
            raise
        threading.Thread(target=self._supply, name="reader-supply", daemon=True).start()

    @property
    def version(self) -> Version:
        """The version of the readers that are handed out."""
        return self._task.version

    @property
    def confinement(self) -> Mapping[str, bool]:
        """How far the readers are confined."""
        return self._nursery.confinement

    def replenish(self) -> None:
        """See to it that no reader is missing; returns at once."""
        if self._lanes.missing() > 0:
            self._wake()

    def another(self) -> Reader:
        """A reader beside those in the lanes, to be ``retire``-d. Raises StoreUnavailable."""
        with self._moving:
            self._have_nursery()
            return self._forked()

    def give_back(self, reader: Reader | None) -> None:
        """A reader that was handed out has no work."""
        if reader is None:
            return
        usable = reader.alive and not reader.preempted and not self.closed
        # at one go, or a reader of the version before would be put beside those of the next
        with self._handing:
            kept = usable and reader.version == self.version and self._lanes.put(reader)
        if not kept:
            self.retire(reader)
        self.replenish()

    def retire(self, reader: Reader) -> None:
        """End a reader for good."""
        with self._lock:
            self._readers.discard(reader)
        reader.kill()

    def advance(self, version: Version, change: ChangeData) -> None:
        """Hand out readers of ``version``, which ``change`` leads to. Raises StoreUnavailable, and
        stays where it is."""
        with self._moving:
            self._move_nursery(version, change)
            fresh: list[Reader] = []
            try:
                for _ in range(self._lanes.at_rest):
                    fresh.append(self._forked())
            except BaseException:
                for reader in fresh:
                    self.retire(reader)
                raise
            self.quads = self._nursery.quads
            with self._handing:
                self._task = replace(self._task, version=version)
                stale = self._lanes.exchange_idle(fresh)
        for reader in stale:
            self.retire(reader)

    def pids(self) -> list[int]:
        """The process numbers of all readers."""
        with self._lock:
            return sorted(reader.pid for reader in self._readers)

    def close(self) -> None:
        """End all readers, those at work too, and the nursery."""
        with self._lock:
            self.closed = True
            nursery = self._nursery
        self._wake()
        idle = self._lanes.exchange_idle(())
        for reader in idle:
            self.retire(reader)
        with self._lock:
            at_work, self._readers = self._readers, set()
        for reader in at_work:
            reader.stop()
        nursery.kill()

    def _move_nursery(self, version: Version, change: ChangeData) -> None:
        self._left_behind += change.removed.count(b"\n")
        try:
            if self._can_follow():
                self._nursery.follow(version, change)
                return
        except WerkzaamError as fault:
            _log.error("the nursery cannot follow", extra={"reason": str(fault)})
        self._replace_nursery(version)
        self._left_behind = 0

    def _can_follow(self) -> bool:
        at_hand = self._nursery.version == self.version
        return at_hand and self._left_behind <= _MOST_LEFT_BEHIND

    def _started(self, version: Version) -> Nursery:
        sources = partial(self._load, version)
        return Nursery(replace(self._task, version=version, sources=sources))

    def _have_nursery(self) -> None:
        """Start a nursery where there is none of this version: it may have died."""
        if not self._nursery.alive or self._nursery.version != self.version:
            self._replace_nursery(self.version)

    def _replace_nursery(self, version: Version) -> None:
        """Raises StoreUnavailable, also where it was closed meanwhile: no nursery outlives it."""
        successor = self._started(version)
        with self._lock:
            old, closed = self._nursery, self.closed
            self._nursery = old if closed else successor
        (successor if closed else old).kill()
        if closed:
            raise stopping()

    def _forked(self) -> Reader:
        reader = self._nursery.fork()
        with self._lock:
            if not self.closed:
                self._readers.add(reader)
                return reader
        reader.kill()
        raise stopping()

    def _supply(self) -> None:
        try:
            self._keep_supplied()
        finally:
            with self._lock:
                self._over = True
            os.close(self._wanted)

    def _keep_supplied(self) -> None:
        """Fork readers that are missing; after a failure ever less often, until it works."""
        pause = 0.1
        while not self.closed:
            try:
                self._wait()
                self._look_after()
                self._supply_missing()
                pause = 0.1
            except (WerkzaamError, OSError, ValueError) as fault:
                if self.closed:
                    return
                _log.error("reader not replaced", extra={"reason": str(fault), "again_in": pause})
                time.sleep(pause)
                pause = min(pause * 2, 30.0)

    def _wake(self) -> None:
        with self._lock:
            if not self._over:
                os.eventfd_write(self._wanted, 1)

    def _wait(self) -> None:
        """Until a reader is wanted, or what has no work dies; a while at most."""
        poll = select.poll()
        nursery = [self._nursery.handle] if self._nursery.alive else []
        for handle in (self._wanted, *nursery, *self._lanes.idle_handles()):
            poll.register(handle, select.POLLIN)
        poll.poll(_LOOK_SECONDS * 1000)
        with contextlib.suppress(BlockingIOError):
            os.eventfd_read(self._wanted)

    def _look_after(self) -> None:
        """Find what died while it had no work, and give freed memory back."""
        for reader in self._lanes.take_dead():
            self.retire(reader)
        if time.monotonic() > self._given_back + _GIVE_BACK_SECONDS:
            for reader in self._lanes.take_unused_slow():
                self.retire(reader)
            give_back()
            self._given_back = time.monotonic()
        if not self._nursery.alive and not self.closed:
            with self._moving:
                self._have_nursery()

    def _supply_missing(self) -> None:
        while self._lanes.missing() > 0 and not self.closed:
            reader = self.another()
            with self._moving:
                current = reader.version == self.version
                if current:
                    self._lanes.put(reader, last=True)
            if not current:
                self.retire(reader)
