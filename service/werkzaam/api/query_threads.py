"""Threads that wait for answers to queries: of their own, so that no page waits for them."""

from collections.abc import Callable
from typing import Final, TypeVar

from anyio import CapacityLimiter, to_thread

_NEWEST: Final = 256
_PAST: Final = 16

Result = TypeVar("Result")


class QueryThreads:
    """As many threads as there may be queries, running or waiting: each has somebody who looks at its
    deadline. Those on versions of the past, which may first have to be loaded, are counted apart."""

    def __init__(self) -> None:
        self._newest = CapacityLimiter(_NEWEST)
        self._past = CapacityLimiter(_PAST)

    async def run(self, work: Callable[[], Result], *, past: bool = False) -> Result:
        """Do ``work`` in a thread, once there is one."""
        return await to_thread.run_sync(work, limiter=self._past if past else self._newest)
