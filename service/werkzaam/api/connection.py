"""Whether the caller is still there."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable

from starlette.requests import Request

_GLANCE = 0.1


@contextlib.asynccontextmanager
async def watched(request: Request, when_gone: Callable[[], object]) -> AsyncIterator[None]:
    """Calls ``when_gone`` soon after the caller of ``request``, whose body was read, goes away."""

    async def watch() -> None:
        while not await request.is_disconnected():
            await asyncio.sleep(_GLANCE)
        when_gone()

    watching = asyncio.create_task(watch())
    try:
        yield
    finally:
        watching.cancel()
