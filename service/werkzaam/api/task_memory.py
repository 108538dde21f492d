"""What was asked with ``Prefer: respond-async``, in memory: while it is done and a while after."""

import asyncio
import json
import logging
import secrets
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from threading import Event
from typing import Final, Literal

from werkzaam.errors import NotFound, QueryStopped, RequestError, StoreBusy

_log = logging.getLogger(__name__)

TaskStatus = Literal["waiting", "running", "done", "failed", "cancelled"]
_MOST: Final = 32
_MOST_BYTES: Final = 32 << 20
_SECONDS: Final = 60 * 60


@dataclass(eq=False)
class Task:
    """Something under way; ``outcome`` is the report or where the result is, once done: an object in
    JSON, as bytes, so that what it takes is known.

    ``progress``: which part goes on, and with how many records.
    """

    id: str
    status: TaskStatus = "waiting"
    outcome: bytes = b"{}"
    error: Exception | None = None
    ended: float | None = None
    progress: tuple[str, int] | None = None
    cancelled: bool = False
    _stop: Event | None = None

    def begin(self, stop: Event | None = None) -> None:
        """It left the row. ``stop``: what ends the work soon, unless it is done by then."""
        self.status = "running"
        self._stop = stop

    def tell(self, part: str, number: int) -> None:
        """How far it is."""
        self.progress = (part, number)

    def stop(self) -> bool:
        """End it soon; False where it has not begun, so that there is nothing to end."""
        self.cancelled = True
        if self._stop is None:
            return False
        self._stop.set()
        return True


class Tasks:
    """The tasks of this process. Of those without a token, and of those with one, the last ``most``
    that ended are kept, for ``seconds``, and no more of them than have outcomes of ``most_bytes``
    together; the very last is kept whatever it takes."""

    def __init__(
        self,
        most: int = _MOST,
        seconds: float = _SECONDS,
        most_bytes: int = _MOST_BYTES,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._most = most
        self._seconds = seconds
        self._most_bytes = most_bytes
        self._clock = clock
        self._tasks: dict[bool, dict[str, Task]] = {False: {}, True: {}}
        self._running: dict[str, asyncio.Task[None]] = {}

    def start(self, work: Callable[[Task], Awaitable[bytes]], *, known: bool) -> Task:
        """Start ``work``; ``known``: the caller has a token."""
        self._forget()
        task = Task(secrets.token_urlsafe(18))
        self._tasks[known][task.id] = task
        running = asyncio.create_task(self._follow(task, work))
        self._running[task.id] = running
        running.add_done_callback(lambda _: self._running.pop(task.id, None))
        return task

    def cancel(self, name: str) -> Task:
        """Give one task up, unless it has ended. What it was about is then not done at all: a task
        that was just being recorded still ends as done. Raises NotFound."""
        task = self.find(name)
        if task.ended is None and not task.stop() and name in self._running:
            self._running[name].cancel()
        return task

    def find(self, name: str) -> Task:
        """One task. Raises NotFound, also for one that was forgotten."""
        self._forget()
        for tasks in self._tasks.values():
            if name in tasks:
                return tasks[name]
        raise NotFound(
            "There is no task {name}. A task is kept for an hour, and not over a restart.",
            name=name,
        )

    def stop(self) -> None:
        """Give up what is under way."""
        for running in list(self._running.values()):
            running.cancel()

    async def _follow(self, task: Task, work: Callable[[Task], Awaitable[bytes]]) -> None:
        try:
            task.outcome = await work(task)
            task.status = "done"
        except asyncio.CancelledError:
            task.status = "cancelled"
            if not task.cancelled:
                raise
        except QueryStopped as fault:
            task.error = None if task.cancelled else fault
            task.status = "cancelled" if task.cancelled else "failed"
        except Exception as fault:
            task.error = fault
            task.status = "failed"
            if not isinstance(fault, RequestError | StoreBusy):
                _log.error("task failed", exc_info=fault)
        finally:
            task.error = _bare(task.error)
            task.ended = self._clock()
            self._forget()

    def _forget(self) -> None:
        oldest = self._clock() - self._seconds
        for tasks in self._tasks.values():
            ended = [task for task in tasks.values() if task.ended is not None]
            ended.sort(key=lambda task: task.ended or 0, reverse=True)
            total = 0
            for number, task in enumerate(ended):
                total += len(task.outcome)
                surplus = number >= self._most or (number and total > self._most_bytes)
                if surplus or (task.ended or 0) < oldest:
                    del tasks[task.id]


def as_outcome(value: Mapping[str, object]) -> bytes:
    """What came of a task as it is kept and sent: JSON in UTF-8."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()


def _bare(fault: Exception | None) -> Exception | None:
    """``fault`` without the frames that it came through: they hold the file that was sent."""
    if fault is not None:
        fault.__cause__ = fault.__context__ = None
        fault.with_traceback(None)
    return fault
