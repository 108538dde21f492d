"""The store in this machine: Oxigraph in reader processes that can be killed.

The process that speaks HTTP never opens a store and never evaluates a caller's query.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from threading import Event
from typing import Any, Final

from werkzaam.confinement.limits import Limits
from werkzaam.domain.changes import ChangeData
from werkzaam.domain.versions import Version
from werkzaam.errors import WerkzaamError
from werkzaam.store.answer_cache import AnswerCache
from werkzaam.store.asked_query import Asked, RestOfAnswer, stopping
from werkzaam.store.interface import Answer, Condition, Question, StreamedAnswer
from werkzaam.store.lanes import LaneLimits, Lanes, Ticket
from werkzaam.store.query_policy import read_query
from werkzaam.store.reader import Preempted, Reader
from werkzaam.store.reader_supply import Load, ReaderSupply
from werkzaam.store.rule_text import Derivation
from werkzaam.store.slow_queries import SlowQueries, SlowWatch

_GLANCE: Final = 0.1
_FIRST_BYTES: Final = 4 << 20
"""An answer up to this size does not wait for the caller to read it."""


@dataclass(frozen=True)
class StoreLimits:
    """``seconds`` a query may take, ``memory_bytes`` a reader may have, ``readers`` for quick queries
    and as many for slow ones, how many callers may ``wait`` for either, and how many queries
    ``per_caller`` may run or wait in each."""

    seconds: float = 10.0
    memory_bytes: int = 1 << 30
    readers: int = 2
    wait: int = 64
    per_caller: int = 32


class EmbeddedStore:
    """Readers on one version, and the next ones when it moves; see ``interface`` for the promises."""

    def __init__(
        self,
        load: Load,
        derivations: Sequence[Derivation],
        limits: StoreLimits,
        version: Version,
    ) -> None:
        """Load what ``load`` gives for ``version``, and start the readers.

        Raises ContentError where a source cannot be loaded, StoreUnavailable.
        """
        self._limits = limits
        lanes = LaneLimits(limits.readers, limits.readers, limits.wait, limits.per_caller)
        self._lanes = Lanes(lanes)
        self._cache = AnswerCache()
        self._slow = SlowQueries()
        confined = Limits(limits.memory_bytes)
        self._supply = ReaderSupply(load, derivations, confined, version, self._lanes)

    @property
    def version(self) -> Version:
        """The version that new queries are answered on."""
        return self._supply.version

    def advance(self, version: Version, change: ChangeData) -> None:
        """Move to ``version``, which ``change`` leads to; see ``interface.FollowingStore``."""
        self._supply.advance(version, change)

    def ask(
        self, question: Question, seconds: float | None = None, stop: Event | None = None
    ) -> Answer:
        """Answer within ``seconds`` or until ``stop``; see ``interface.Store``."""
        streamed = self._answer(question, seconds, stop, question.most_bytes)
        pieces = [streamed.first, *(streamed.rest or ())]
        return Answer(b"".join(pieces) if streamed.rest else streamed.first, streamed.version)

    def stream(
        self, question: Question, seconds: float | None = None, stop: Event | None = None
    ) -> StreamedAnswer:
        """The same piece by piece; see ``interface.StreamingStore``."""
        return self._answer(question, seconds, stop, None)

    def edit(self, header: Mapping[str, Any], body: bytes, seconds: float) -> tuple[Any, bytes]:
        """What a change would remove and add; see ``interface.FollowingStore``."""
        reader = self._supply.another()
        try:
            return reader.reply({"kind": "edit", **header}, body, time.monotonic() + seconds)
        finally:
            self._supply.retire(reader)

    def condition(self) -> Condition:
        """Ask a real query and say whether it was answered."""
        question = Question("ASK {}", "application/sparql-results+json")
        deadline = time.monotonic() + 2.0
        try:
            asked = Asked(question, read_query(question.text), deadline, None, None)
            self._evaluate(asked)
        except WerkzaamError:
            return Condition(ready=False)
        return Condition(True, self._supply.quads, self._supply.confinement)

    def reader_pids(self) -> list[int]:
        """The process numbers of the readers, for supervision and tests."""
        return self._supply.pids()

    def close(self) -> None:
        """Kill all readers, those at work included, and send away whoever waits for one."""
        self._lanes.close()
        self._supply.close()

    def _answer(
        self,
        question: Question,
        seconds: float | None,
        stop: Event | None,
        most_bytes: int | None,
    ) -> StreamedAnswer:
        query = read_query(question.text)
        key = (question.text, question.media_type, question.default_graphs, question.named_graphs,
               question.most_rows, question.base, question.any_graph)  # fmt: skip
        version = self.version
        kept = self._cache.get(version, key) if query.repeatable else None
        if kept is not None:
            return StreamedAnswer(kept, None, version)
        allowed = self._limits.seconds
        deadline = time.monotonic() + (allowed if seconds is None else min(seconds, allowed))
        streamed = self._evaluate(Asked(question, query, deadline, stop, most_bytes))
        if query.repeatable and streamed.rest is None:
            self._cache.keep(streamed.version, key, streamed.first)
        return streamed

    def _evaluate(self, asked: Asked) -> StreamedAnswer:
        slow = self._slow.knows(asked)
        while True:
            ticket = self._granted(asked, slow)
            try:
                return self._read(asked, ticket)
            except Preempted:
                slow = True
            except WerkzaamError:
                if self._supply.closed:
                    raise stopping() from None
                raise

    def _granted(self, asked: Asked, slow: bool) -> Ticket:
        woken = Event()
        ticket = self._lanes.enter(asked.question.caller, woken.set, slow=slow)
        self._supply.replenish()
        try:
            while ticket.reader is None:
                asked.look(ticket)
                woken.wait(max(0.0, min(asked.deadline - time.monotonic(), _GLANCE)))
        except BaseException:
            self._lanes.leave(ticket)
            self._supply.give_back(ticket.reader)
            raise
        return ticket

    def _read(self, asked: Asked, ticket: Ticket) -> StreamedAnswer:
        """The first part of the answer; the reader is given back once the answer is whole."""
        reader = ticket.reader
        assert reader is not None  # noqa: S101
        done = self._leaving(ticket, reader)
        try:
            reader.begin(asked.header, asked.body, asked.deadline)
            first, more = self._first_piece(asked, ticket, reader)
            if not more:
                done()
                return StreamedAnswer(first, None, reader.version)
        except BaseException:
            done()
            raise
        return StreamedAnswer(first, RestOfAnswer(reader, asked, done), reader.version)

    def _first_piece(self, asked: Asked, ticket: Ticket, reader: Reader) -> tuple[bytes, bool]:
        pieces: list[bytes] = []
        size, more = 0, True
        watch = SlowWatch(reader)
        while more and size < _FIRST_BYTES:
            piece = reader.piece(asked.body, asked.deadline, asked.stop, patience=watch.next_look)
            if piece is None:
                if watch.is_slow():
                    self._slow.learn(asked, slow=True)
                    self._lanes.overdue(ticket)
                continue
            more = piece[1]
            pieces.append(piece[0])
            size += len(piece[0])
        self._slow.learn(asked, slow=more or watch.is_slow())
        if more and not self._lanes.overdue(ticket) and not asked.ours:
            reader.kill()
            raise Preempted
        return b"".join(pieces) if len(pieces) > 1 else pieces[0], more

    def _leaving(self, ticket: Ticket, reader: Reader) -> Callable[[], None]:
        def leave() -> None:
            self._lanes.leave(ticket)
            if ticket.slow:
                reader.kill()
            self._supply.give_back(reader)

        return leave
