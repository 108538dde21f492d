"""The store in this machine: Oxigraph in reader processes that can be killed.

The process that speaks HTTP never opens a store and never evaluates a caller's query.
"""

import contextlib
import logging
import queue
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from threading import Event
from typing import Final

from werkzaam.confinement.limits import Limits
from werkzaam.domain.content import Content
from werkzaam.domain.identifiers import holds_examples
from werkzaam.domain.versions import Version
from werkzaam.errors import QueryStopped, StoreBusy, StoreUnavailable, WerkzaamError
from werkzaam.store.interface import Answer, Condition, Question
from werkzaam.store.query_policy import read_query
from werkzaam.store.reader_process import Reader, ReaderTask, change_between, start_readers
from werkzaam.store.replica import Source, sources_of
from werkzaam.store.rule_text import Derivation

_log = logging.getLogger(__name__)
_GLANCE = 0.1
_MOST_LEFT_BEHIND: Final = 20_000
"""After this number of quads were removed the readers start anew: the engine keeps their memory."""


@dataclass(frozen=True)
class StoreLimits:
    """``seconds`` a query may take, ``memory_bytes`` a reader may have, ``readers`` at once, and
    how many callers may ``wait`` for one."""

    seconds: float = 10.0
    memory_bytes: int = 1 << 30
    readers: int = 2
    wait: int = 32


class EmbeddedStore:
    """A fixed number of readers on one version; see ``interface.Store`` for the promises."""

    def __init__(
        self,
        content: Content,
        derivations: Sequence[Derivation],
        limits: StoreLimits,
        *,
        number: int = 1,
        records: bytes = b"",
        demo: bool = False,
        idle: bool = False,
    ) -> None:
        """Start all readers on ``content`` and ``records`` (N-Quads), as version ``number``; with
        ``idle`` none, until ``advance``.

        The concepts that only examples use are loaded when there are examples among the records,
        and always with ``demo``.

        Raises ContentError where the content cannot be loaded.
        """
        self._limits = limits
        self._sources = {examples: sources_of(content, examples) for examples in (False, True)}
        self._digest = content.digest
        self._demo = demo
        self._derivations = derivations
        self._task = self._task_for(number, records)
        self._idle: queue.LifoQueue[Reader | None] = queue.LifoQueue()
        self._lock = threading.Lock()
        self._readers: set[Reader] = set()
        self._waiting = 0
        self._left_behind = 0
        self._closed = False
        try:
            for _ in range(0 if idle else limits.readers):
                self._start()
        except BaseException:
            self.close()
            raise

    @property
    def version(self) -> Version:
        """The version that new queries are answered on."""
        return self._task.version

    def advance(self, number: int, records: bytes) -> None:
        """Move to version ``number``, whose records are ``records``; returns when new queries do.

        Queries under way finish on the version they started with. Raises StoreUnavailable, and then
        stays where it is.
        """
        task = self._task_for(number, records)
        ready = self._moved(task) or self._fresh(task)
        with self._lock:
            if not self._closed:
                self._task = task
                self._readers.update(ready)
        if self._closed:
            for reader in ready:
                reader.kill()
            return
        for stale in self._taken():
            self._retire(stale)
        for reader in ready:
            self._idle.put(reader)
        for _ in range(self._limits.readers - len(ready)):
            self._start_another()

    def content_lines(self) -> bytes:
        """The content of this version as sorted N-Quads lines, the same at every start.

        Raises StoreUnavailable.
        """
        task = self._task
        reader = Reader(replace(task, sources=self._sources[task.version.demo]))
        try:
            return reader.lines()
        finally:
            reader.kill()

    def ask(
        self, question: Question, seconds: float | None = None, stop: Event | None = None
    ) -> Answer:
        """Answer within ``seconds`` or until ``stop``; see ``interface.Store``."""
        query = read_query(question.text)
        from_caller = question.default_graphs or question.named_graphs
        header = {
            "query": query.text,
            "media_type": question.media_type,
            "most_rows": question.most_rows,
            "most_bytes": question.most_bytes,
            "default": question.default_graphs if from_caller else query.default_graphs,
            "named": question.named_graphs if from_caller else query.named_graphs,
        }
        allowed = self._limits.seconds
        deadline = time.monotonic() + (allowed if seconds is None else min(seconds, allowed))
        reader = self._take(deadline, stop)
        try:
            body = reader.ask(header, max(0.0, deadline - time.monotonic()), stop)
        except WerkzaamError:
            if self._closed:
                raise _stopping() from None
            raise
        finally:
            self._give_back(reader)
        return Answer(body, reader.task.version)

    def condition(self) -> Condition:
        """Ask a real query and say whether it was answered."""
        question = Question("ASK {}", "application/sparql-results+json")
        try:
            self.ask(question, seconds=2.0)
        except WerkzaamError:
            return Condition(ready=False)
        with self._lock:
            reader = next(iter(self._readers), None)
        if reader is None:
            return Condition(ready=False)
        return Condition(ready=True, quads=reader.quads, confinement=reader.confinement)

    def reader_pids(self) -> list[int]:
        """The process numbers of the readers, for supervision and tests."""
        with self._lock:
            return sorted(reader.pid for reader in self._readers)

    def close(self) -> None:
        """Kill all readers, those at work included, and send away whoever waits for one."""
        with self._lock:
            self._closed = True
            readers, self._readers = self._readers, set()
        self._idle.put(None)
        for reader in readers:
            reader.kill()

    def _take(self, deadline: float, stop: Event | None) -> Reader:
        with self._lock:
            full = self._idle.empty() and self._waiting >= self._limits.wait
            self._waiting += not full
        if full:
            raise _busy()
        try:
            return self._wait(deadline, stop)
        finally:
            with self._lock:
                self._waiting -= 1

    def _wait(self, deadline: float, stop: Event | None) -> Reader:
        """The next reader that is free. None in the queue means that the store is closed."""
        while stop is None or not stop.is_set():
            left = deadline - time.monotonic()
            with contextlib.suppress(queue.Empty):
                reader = self._idle.get(timeout=max(0.0, min(left, _GLANCE)))
                if reader is not None:
                    return reader
                self._idle.put(None)
                raise _stopping()
            if left <= 0:
                raise _busy()
        raise QueryStopped("The query was stopped: nobody waits for its answer.")

    def _give_back(self, reader: Reader) -> None:
        if reader.alive and reader.task is self._task:
            self._idle.put(reader)
            return
        self._retire(reader)
        if reader.task is self._task and not self._closed:
            self._start_another()

    def _moved(self, task: ReaderTask) -> list[Reader]:
        """The readers that had no work and are at the version of ``task`` now. Until they are put back
        nobody is answered: that is shorter than starting one."""
        change = change_between(self._task, task)
        self._left_behind += change.size if change else 0
        if change is None or self._left_behind > _MOST_LEFT_BEHIND:
            self._left_behind = 0
            return []
        moved = []
        for reader in self._taken():
            if reader.advance(task, change):
                moved.append(reader)
            else:
                self._retire(reader)
        return moved

    def _fresh(self, task: ReaderTask) -> list[Reader]:
        """All readers, started for ``task``. Raises StoreUnavailable."""
        try:
            return start_readers(task, self._limits.readers)
        except BaseException:
            for _ in range(self._limits.readers - len(self._readers)):
                self._start_another()
            raise

    def _taken(self) -> list[Reader]:
        """All readers that have no work, taken out of the queue."""
        taken: list[Reader] = []
        with contextlib.suppress(queue.Empty):
            while (reader := self._idle.get_nowait()) is not None:
                taken.append(reader)
            self._idle.put(None)
        return taken

    def _start_another(self) -> None:
        threading.Thread(target=self._replace, name="reader-replacement", daemon=True).start()

    def _retire(self, reader: Reader) -> None:
        with self._lock:
            self._readers.discard(reader)
        reader.kill()

    def _task_for(self, number: int, records: bytes) -> ReaderTask:
        demo = self._demo or holds_examples(records)
        return ReaderTask(
            [*self._sources[demo], Source("records.nq", "", records)],
            self._derivations,
            Limits(self._limits.memory_bytes),
            Version(number, self._digest, demo),
        )

    def _start(self) -> None:
        task = self._task
        reader = Reader(task)
        with self._lock:
            wanted = not self._closed and self._task is task
            if wanted:
                self._readers.add(reader)
        if wanted:
            self._idle.put(reader)
        else:
            reader.kill()

    def _replace(self) -> None:
        """Start a reader for one that was killed; keeps trying, ever less often, until it works."""
        pause = 0.1
        while not self._closed:
            try:
                self._start()
            except (WerkzaamError, OSError) as fault:
                _log.error("reader not replaced", extra={"reason": str(fault), "again_in": pause})
                time.sleep(pause)
                pause = min(pause * 2, 30.0)
            else:
                return


def _stopping() -> StoreUnavailable:
    return StoreUnavailable("The service is stopping. Try again when it is back.")


def _busy() -> StoreBusy:
    return StoreBusy(
        2, "All readers are at work and the queue is full. Try again in {retry_after} seconds."
    )
