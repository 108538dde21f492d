"""One query from the queue to the first part of its answer, in steps that do not wait or that do."""

import time
from collections.abc import Callable
from threading import Event
from typing import Final

from werkzaam.errors import QueryTooLarge, WerkzaamError
from werkzaam.store.answer_pieces import PIECE_BYTES
from werkzaam.store.asked_query import Asked, RestOfAnswer, stopping
from werkzaam.store.interface import StreamedAnswer
from werkzaam.store.lanes import Lanes, Ticket
from werkzaam.store.reader import Preempted, Reader
from werkzaam.store.reader_supply import ReaderSupply
from werkzaam.store.slow_queries import SlowQueries, SlowWatch

_GLANCE: Final = 0.1
_AT_ONCE: Final = 0.25
_FIRST_BYTES: Final = 4 << 20
"""An answer up to this size does not wait for the caller to read it."""


class Evaluation:
    """A query on its way through ``lanes``. One thread at a time has it.

    ``finish`` is all that a thread needs. An event loop, which must not wait, sends the query with
    ``send`` once it ``can_be_sent``, looks with ``look`` whenever ``descriptor`` can be read,
    calls ``finish`` where it ``is_answered``, and gives all else to a thread.
    """

    def __init__(self, asked: Asked, lanes: Lanes, supply: ReaderSupply, slow: SlowQueries) -> None:
        """Ask for a reader. Raises StoreBusy."""
        self.asked = asked
        self.when_granted: Callable[[], None] = lambda: None
        """Called, by any thread, once it is granted."""
        self._lanes = lanes
        self._supply = supply
        self._slow = slow
        self._woken: Event | None = None
        self._sent = False
        self._tried_again = False
        self._arrived: int | None = None
        self._pieces: list[bytes] = []
        self._ticket = self._entered(asked.question.patient or slow.knows(asked))

    @property
    def is_granted(self) -> bool:
        """Whether it has a reader."""
        return self._ticket.reader is not None

    @property
    def can_be_sent(self) -> bool:
        """Whether its reader runs: one may have died while it had no work."""
        return self._ticket.reader is not None and self._ticket.reader.is_running

    @property
    def descriptor(self) -> int:
        """Of the pipe on which the answer comes, once it was sent."""
        return self._reader.channel.reading

    def send(self) -> None:
        """Send the query to the reader it has. Raises as ``finish`` does."""
        try:
            self._sent_at = time.monotonic()
            self._watch = SlowWatch(self._reader, suspect=self._ticket.suspect)
            self._reader.begin(self.asked.header, self.asked.body, self.asked.deadline)
            self._sent = True
        except BaseException:
            self.end()
            raise

    def look(self) -> bool:
        """Take in what has arrived, and say whether that is enough to go on."""
        self._arrived = self._reader.arrived()
        return self._arrived is not None

    @property
    def is_answered(self) -> bool:
        """Whether what arrived is the whole answer, or the end of the reader: ``finish`` will not wait."""
        return self._arrived is not None and self._arrived < PIECE_BYTES

    def finish(self, stop: Event | None = None) -> StreamedAnswer:
        """Wait for the first part of the answer, until the deadline or until ``stop``.

        Raises QueryRefused, QuerySyntaxError, QueryDeadlineExceeded, QueryTooLarge, QueryStopped,
        StoreBusy, StoreUnavailable.
        """
        self.asked.stop = stop
        while True:
            try:
                return self._answer()
            except Preempted:
                self._begin_again(slow=True)
            except QueryTooLarge:
                if not self._may_try_again():
                    raise
                self._begin_again(slow=self._ticket.slow)
            except WerkzaamError:
                if self._supply.closed:
                    raise stopping() from None
                raise

    def end(self) -> None:
        """Give the place back, and the reader if it has one."""
        self._lanes.leave(self._ticket)
        reader = self._ticket.reader
        if reader and not self._sent:
            reader.kill()
        self._supply.give_back(reader)

    def abandon(self) -> None:
        """Nobody will ask for the answer: end the reader, which may be at work on it."""
        if self._sent:
            self._reader.kill()
            self._learn_unfinished()
        self.end()

    @property
    def _reader(self) -> Reader:
        assert self._ticket.reader is not None  # noqa: S101
        return self._ticket.reader

    def _entered(self, slow: bool) -> Ticket:
        suspect = self._slow.suspects(self.asked)
        ticket = self._lanes.enter(
            self.asked.question.caller, self._wake, slow=slow, suspect=suspect
        )
        self._supply.replenish()
        return ticket

    def _wake(self) -> None:
        if self._woken:
            self._woken.set()
        self.when_granted()

    def _may_try_again(self) -> bool:
        """Once: a reader that ended as soon as it was asked was most likely killed from outside."""
        at_once = time.monotonic() < self._sent_at + _AT_ONCE
        again = self._reader.died and at_once and not self._tried_again
        self._tried_again = True
        return again

    def _begin_again(self, *, slow: bool) -> None:
        self._sent = False
        self._pieces = []
        self._ticket = self._entered(slow)

    def _answer(self) -> StreamedAnswer:
        self._wait_for_reader()
        while not (self._sent or self._reader.is_running):
            self.end()
            self._begin_again(slow=self._ticket.slow)
            self._wait_for_reader()
        if not self._sent:
            self.send()
        reader = self._reader
        try:
            first, more = self._first_part()
        except BaseException:
            self._learn_unfinished()
            self.end()
            raise
        if more:
            return StreamedAnswer(first, RestOfAnswer(reader, self.asked, self.end), reader.version)
        self.end()
        return StreamedAnswer(first, None, reader.version)

    def _wait_for_reader(self) -> None:
        self._woken = woken = Event()
        try:
            while not self.is_granted:
                self.asked.look(self._ticket)
                left = self.asked.deadline - time.monotonic()
                woken.wait(max(0.0, min(left, _GLANCE)))
        except BaseException:
            self.end()
            raise

    def _first_part(self) -> tuple[bytes, bool]:
        size, more = 0, True
        while more and size < _FIRST_BYTES:
            piece = self._reader.piece(
                self.asked.body, self.asked.deadline, self.asked.stop, self._watch.next_look
            )
            if piece is None:
                self._look_whether_slow()
                continue
            more = piece[1]
            self._pieces.append(piece[0])
            size += len(piece[0])
        self._slow.learn(self.asked, slow=more or self._watch.is_slow())
        if more and not self._gone_slow() and not self.asked.ours:
            self._reader.kill()
            raise Preempted
        return b"".join(self._pieces) if len(self._pieces) > 1 else self._pieces[0], more

    def _learn_unfinished(self) -> None:
        if not self._reader.alive:
            self._slow.learn_unfinished(self.asked)

    def _look_whether_slow(self) -> None:
        if self._watch.is_slow():
            self._slow.learn(self.asked, slow=True)
            self._gone_slow()

    def _gone_slow(self) -> bool:
        """Whether the query is in the slow lane now; its place in the other is free then."""
        slow = self._lanes.overdue(self._ticket)
        self._supply.replenish()
        return slow
