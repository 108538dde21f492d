"""What was asked with ``Prefer: respond-async``, in memory: while it is done and a while after."""

import asyncio
import logging
import secrets
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from werkzaam.errors import NotFound, QueryStopped, RequestError, StoreBusy

_log = logging.getLogger(__name__)

TaskStatus = Literal["waiting", "running", "done", "failed"]
Outcome = dict[str, Any]
_MOST: Final = 32
_SECONDS: Final = 60 * 60


@dataclass(eq=False)
class Task:
    """Something under way; ``outcome`` is the report or where the result is, once done."""

    id: str
    status: TaskStatus = "waiting"
    outcome: Outcome = field(default_factory=dict)
    error: Exception | None = None
    ended: float | None = None

    def begin(self) -> None:
        """It left the row."""
        self.status = "running"


class Tasks:
    """The tasks of this process. Of those without a token, and of those with one, the last ``most``
    that ended are kept, for ``seconds``."""

    def __init__(
        self,
        most: int = _MOST,
        seconds: float = _SECONDS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._most = most
        self._seconds = seconds
        self._clock = clock
        self._tasks: dict[bool, dict[str, Task]] = {False: {}, True: {}}
        self._running: set[asyncio.Task[None]] = set()

    def start(self, work: Callable[[Task], Awaitable[Outcome]], *, known: bool) -> Task:
        """Start ``work``; ``known``: the caller has a token."""
        self._forget()
        task = Task(secrets.token_urlsafe(18))
        self._tasks[known][task.id] = task
        running = asyncio.create_task(self._follow(task, work))
        self._running.add(running)
        running.add_done_callback(self._running.discard)
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
        for running in self._running:
            running.cancel()

    async def _follow(self, task: Task, work: Callable[[Task], Awaitable[Outcome]]) -> None:
        try:
            task.outcome = await work(task)
            task.status = "done"
        except Exception as fault:
            task.error = fault
            task.status = "failed"
            if not isinstance(fault, RequestError | QueryStopped | StoreBusy):
                _log.error("task failed", exc_info=fault)
        finally:
            task.ended = self._clock()

    def _forget(self) -> None:
        oldest = self._clock() - self._seconds
        for tasks in self._tasks.values():
            ended = [task for task in tasks.values() if task.ended is not None]
            ended.sort(key=lambda task: task.ended or 0)
            surplus = ended[: max(0, len(ended) - self._most)]
            for task in {*surplus, *(one for one in ended if (one.ended or 0) < oldest)}:
                del tasks[task.id]
