"""Who is answered next: two lanes, so that small queries go on beside slow ones.

A query begins in the fast lane. One that is not done after a moment moves to the slow lane, where few
run at once; where that is full it goes on only as long as nobody needs its place, and then begins
again in the slow lane when there is room. In each lane callers take turns, and each may hold a bounded
number of places. Whoever sent a slow query a moment ago is a suspect: one place of the fast lane is
kept free of them, and so is the last idle reader, for where queries have to be ended readers go faster
than they come. No process is started and no clock is read here.
"""

import threading
from collections import OrderedDict, deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from werkzaam.errors import StoreBusy
from werkzaam.store.reader import Reader

_RETRY_SECONDS: Final = 2
_MOST_IDLE_SLOW: Final = 1
OURSELVES: Final = ""
"""The caller of the service's own questions, such as those behind a page: no cap holds for it."""


@dataclass(frozen=True)
class LaneLimits:
    """How many queries run at once in each lane, how many wait for it in all, and how many places
    one caller may hold, waiting or running, in each."""

    fast: int
    slow: int
    wait: int
    per_caller: int


@dataclass(eq=False)
class Ticket:
    """A query that waits for a reader or has one. ``wake`` is called, by any thread, when it is
    granted or the lanes close."""

    caller: str
    slow: bool
    wake: Callable[[], None]
    suspect: bool = False
    reader: Reader | None = None
    overdue: bool = False
    closed: bool = False
    pushed_out: bool = False


@dataclass
class _Lane:
    most: int
    most_suspects: int
    running: set[Ticket] = field(default_factory=set)
    waiting: OrderedDict[str, deque[Ticket]] = field(default_factory=OrderedDict)

    @property
    def length(self) -> int:
        return sum(map(len, self.waiting.values()))

    def places_of(self, caller: str) -> int:
        running = sum(ticket.caller == caller for ticket in self.running)
        return running + len(self.waiting.get(caller, ()))

    def join(self, ticket: Ticket) -> None:
        self.waiting.setdefault(ticket.caller, deque()).append(ticket)

    def next(self, *, spare: bool = True) -> Ticket | None:
        """The first of the caller whose turn it is, suspects last; the caller goes to the end.

        Without a ``spare`` reader no suspect."""
        if not self.may_start(spare=spare):
            return None
        caller, tickets = self._first()
        ticket = tickets.popleft()
        del self.waiting[caller]
        if tickets:
            self.waiting[caller] = tickets
        return ticket

    def may_start(self, *, spare: bool = True) -> bool:
        """Whether there is a place for the first of those who wait."""
        if not self.waiting or len(self.running) >= self.most:
            return False
        suspects = sum(ticket.suspect for ticket in self.running)
        return (spare and suspects < self.most_suspects) or not self._first()[1][0].suspect

    def _first(self) -> tuple[str, deque[Ticket]]:
        return min(self.waiting.items(), key=lambda item: item[1][0].suspect)

    def push_out(self, caller: str) -> Ticket | None:
        """The last ticket of whoever has most waiting, for one of ``caller`` that has fewer."""
        others = [name for name in self.waiting if name != OURSELVES]
        longest = max(others, key=lambda name: len(self.waiting[name]), default=caller)
        if len(self.waiting.get(longest, ())) <= len(self.waiting.get(caller, ())) + 1:
            return None
        return self.waiting[longest].pop()

    def drop(self, ticket: Ticket) -> None:
        self.running.discard(ticket)
        tickets = self.waiting.get(ticket.caller)
        if tickets and ticket in tickets:
            tickets.remove(ticket)
            if not tickets:
                del self.waiting[ticket.caller]


class Lanes:
    """The idle readers, and the queries that wait for one or have one. For several threads."""

    def __init__(self, limits: LaneLimits) -> None:
        self._limits = limits
        self._lock = threading.Lock()
        self._idle: list[Reader] = []
        self._idle_slow: list[Reader] = []
        self._long_idle: list[Reader] = []
        self._fast = _Lane(limits.fast, limits.fast - 1)
        self._slow = _Lane(limits.slow, limits.slow)
        self._closed = False

    def enter(
        self, caller: str, wake: Callable[[], None], *, slow: bool = False, suspect: bool = False
    ) -> Ticket:
        """Ask for a reader. Raises StoreBusy where the lane is full and nobody has more waiting than
        the caller, or the caller has enough."""
        only_slow = suspect and not self._fast.most_suspects
        ticket = Ticket(caller, slow or only_slow, wake, suspect, closed=self._closed)
        pushed_out: Ticket | None = None
        with self._lock:
            lane = self._lane(ticket)
            capped = caller != OURSELVES and lane.places_of(caller) >= self._limits.per_caller
            if capped:
                raise _enough(self._limits.per_caller)
            if lane.length >= self._limits.wait and not self._free(lane):
                pushed_out = lane.push_out(caller)
                if pushed_out is None:
                    raise busy()
            lane.join(ticket)
        if pushed_out:
            pushed_out.pushed_out = True
            pushed_out.wake()
        self._match()
        return ticket

    def leave(self, ticket: Ticket) -> None:
        """The query is done, or gives up: its place is free. The reader is put back by ``put``."""
        with self._lock:
            self._lane(ticket).drop(ticket)
        self._match()

    @property
    def at_rest(self) -> int:
        """How many readers there are when nobody asks: one for each place of the fast lane, and one in
        reserve."""
        return self._fast.most + 1

    def put(self, reader: Reader, *, last: bool = False) -> bool:
        """A reader is idle; with ``last`` others are taken before it. One that was slowed down stays in
        the slow lane; whether there is a place for it."""
        with self._lock:
            idle = self._idle_slow if reader.slowed else self._idle
            if reader.slowed and len(idle) >= _MOST_IDLE_SLOW:
                return False
            idle.insert(0 if last else len(idle), reader)
        self._match()
        return True

    def exchange_idle(self, readers: Iterable[Reader]) -> list[Reader]:
        """Put ``readers`` in the place of all that are idle, and give those."""
        with self._lock:
            idle, self._idle = [*self._idle, *self._idle_slow], list(readers)
            self._idle_slow.clear()
        self._match()
        return idle

    def idle_handles(self) -> list[int]:
        """What can be read once an idle reader dies."""
        with self._lock:
            return [reader.handle for reader in (*self._idle, *self._idle_slow)]

    def take_dead(self) -> list[Reader]:
        """The idle readers that died, taken out."""
        with self._lock:
            dead = [one for one in (*self._idle, *self._idle_slow) if not one.is_running]
            for idle in (self._idle, self._idle_slow):
                idle[:] = [one for one in idle if one not in dead]
        return dead

    def take_unused_slow(self) -> list[Reader]:
        """The slowed readers that were idle the last time as well, taken out: they keep what memory
        their queries needed."""
        with self._lock:
            unused = [reader for reader in self._idle_slow if reader in self._long_idle]
            self._idle_slow = [reader for reader in self._idle_slow if reader not in unused]
            self._long_idle = list(self._idle_slow)
        return unused

    def missing(self) -> int:
        """How many idle readers there should be more: one for each free place of the fast lane, one
        for whoever may start in the slow lane, and one in reserve."""
        with self._lock:
            free = max(0, self._fast.most - len(self._fast.running))
            room = max(0, self._slow.most - len(self._slow.running))
            slow = max(0, min(room, self._slow.length) - len(self._idle_slow))
            return 1 + free + slow - len(self._idle)

    def overdue(self, ticket: Ticket) -> bool:
        """The query takes long: whether it is in the slow lane now. If not, it may be preempted;
        our own may not."""
        with self._lock:
            if not ticket.slow and len(self._slow.running) < self._slow.most:
                self._fast.running.discard(ticket)
                ticket.slow = True
                self._slow.running.add(ticket)
            ticket.overdue = not ticket.slow and ticket.caller != OURSELVES
        if ticket.slow and ticket.reader:
            ticket.reader.slow_down()
        self._match()
        return ticket.slow

    def close(self) -> None:
        """Send away whoever waits."""
        with self._lock:
            self._closed = True
            waiting = [
                ticket
                for lane in (self._fast, self._slow)
                for tickets in lane.waiting.values()
                for ticket in tickets
            ]
        for ticket in waiting:
            ticket.closed = True
            ticket.wake()

    def _lane(self, ticket: Ticket) -> _Lane:
        return self._slow if ticket.slow else self._fast

    def _free(self, lane: _Lane) -> bool:
        return len(lane.running) < lane.most and len(self._idle) > lane.length

    def _match(self) -> None:
        with self._lock:
            granted = [*self._grant_fast(), *self._grant_slow()]
            stopped = self._to_preempt()
        for ticket in granted:
            if ticket.slow and ticket.reader:
                ticket.reader.slow_down()
            ticket.wake()
        if stopped and stopped.reader:
            stopped.reader.preempt()

    def _grant_fast(self) -> Iterator[Ticket]:
        while self._idle and (ticket := self._fast.next(spare=len(self._idle) > 1)):
            yield self._granted(ticket, self._fast, self._idle)

    def _grant_slow(self) -> Iterator[Ticket]:
        while (self._idle_slow or len(self._idle) > 1) and (ticket := self._slow.next()):
            yield self._granted(ticket, self._slow, self._idle_slow or self._idle)

    @staticmethod
    def _granted(ticket: Ticket, lane: _Lane, idle: list[Reader]) -> Ticket:
        ticket.reader = idle.pop()
        lane.running.add(ticket)
        return ticket

    def _to_preempt(self) -> Ticket | None:
        """A query in the fast lane that is overdue while others wait for its place."""
        if not self._fast.waiting or self._fast.may_start():
            return None
        found = next((ticket for ticket in self._fast.running if ticket.overdue), None)
        if found and found.reader:
            found.overdue = False
            # before its query may end and the reader is granted to another, who would be stopped
            found.reader.preempted = True
        return found


def busy() -> StoreBusy:
    """What a caller is told for whom there is no room."""
    return StoreBusy(
        _RETRY_SECONDS,
        "All readers are at work and the queue is full. Try again in {retry_after} seconds.",
    )


def _enough(most: int) -> StoreBusy:
    return StoreBusy(
        _RETRY_SECONDS,
        "You have {most} queries running or waiting already, as many as one caller may. Try again in "
        "{retry_after} seconds, or send fewer at once.",
        most=most,
    )
