"""How many files are checked at once, and who waits: without a thread, for a short while, in a short row.

A check takes a process and up to a minute. Callers without a token never have all places, so that
they cannot keep those out who record.
"""

from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from threading import Event
from typing import Final, Literal, TypeVar

from anyio import CancelScope, CapacityLimiter, current_time
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from werkzaam.api.connection import watched
from werkzaam.errors import QueryStopped, StoreBusy

Asking = Literal["anonymous preview", "preview", "commit"]
T = TypeVar("T")

_RETRY_SECONDS: Final = 5


class GatePlaces:
    """The places at the gate, ``reserved`` of them for callers with a token.

    In each row, one for each kind of asking, at most ``row`` callers wait, for ``wait_seconds``.
    """

    def __init__(
        self, places: int = 2, reserved: int = 1, row: int = 8, wait_seconds: float = 30.0
    ) -> None:
        every = CapacityLimiter(places)
        self._limiters: dict[Asking, tuple[CapacityLimiter, ...]] = {
            "anonymous preview": (CapacityLimiter(places - reserved), every),
            "preview": (every,),
            "commit": (CapacityLimiter(1), every),
        }
        self._row = row
        self._wait_seconds = wait_seconds
        self._waiting: Counter[Asking] = Counter()

    def waiting(self, asking: Asking) -> int:
        """How many are in the row."""
        return self._waiting[asking]

    def line_up(self, asking: Asking) -> "Turn":
        """A turn at the end of the row. Raises StoreBusy at once where the row is full."""
        if self._waiting[asking] >= self._row:
            raise _busy()
        return Turn(self._limiters[asking], self._waiting, asking, self._wait_seconds)


class Turn:
    """Somebody's turn, to be used at once: it counts from the start."""

    def __init__(
        self,
        limiters: tuple[CapacityLimiter, ...],
        waiting: Counter[Asking],
        asking: Asking,
        wait_seconds: float,
    ) -> None:
        self._limiters = limiters
        self._waiting = waiting
        self._asking = asking
        self._wait_seconds = wait_seconds
        self._in_row = True
        waiting[asking] += 1

    def give_up(self) -> None:
        """Leave the row, if still in it."""
        if self._in_row:
            self._in_row = False
            self._waiting[self._asking] -= 1

    async def during(self, preparation: Awaitable[T]) -> T:
        """What ``preparation`` gives; where it fails, the place in the row is given up."""
        try:
            return await preparation
        except BaseException:
            self.give_up()
            raise

    async def while_connected(self, request: Request, work: Callable[[Event], T]) -> T:
        """Wait, then run ``work`` in a thread. The event it is given is set when the caller is gone,
        who gives up the place in the row too.

        Raises StoreBusy where no place came free in time.
        """
        stop = Event()
        waiting = CancelScope(deadline=current_time() + self._wait_seconds)

        def leave() -> None:
            stop.set()
            waiting.cancel()

        async with watched(request, leave):
            return await self._run(work, stop, waiting)

    async def however_long(self, work: Callable[[Event], T]) -> T:
        """Wait without limit, then run ``work`` in a thread; its event is set when this is cancelled."""
        return await self._run(work, Event(), CancelScope())

    async def _run(self, work: Callable[[Event], T], stop: Event, waiting: CancelScope) -> T:
        async with AsyncExitStack() as held:
            with waiting:
                await self.during(self._reach(held))
            self.give_up()
            if stop.is_set():
                raise QueryStopped("The check was stopped; nothing was kept.")
            if waiting.cancelled_caught:
                raise _busy()
            try:
                return await run_in_threadpool(work, stop)
            finally:
                stop.set()

    async def _reach(self, held: AsyncExitStack) -> None:
        for limiter in self._limiters:
            await held.enter_async_context(limiter)


def _busy() -> StoreBusy:
    return StoreBusy(
        _RETRY_SECONDS, "Other files are being checked. Try again in {retry_after} seconds."
    )
