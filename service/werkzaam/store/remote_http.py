"""Requests to a SPARQL engine elsewhere: each ends by its deadline, and none is sent twice.

They run in an event loop with a thread of its own, so that a request can be cut off at any moment:
at its deadline, when nobody waits for it any more, or when the service stops.
"""

import asyncio
import concurrent.futures
import contextlib
import logging
import ssl
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from threading import Event
from typing import Any, Final

import httpx

from werkzaam.errors import QueryStopped, QueryTooLarge, StoreUnavailable
from werkzaam.store.remote_address import EngineAddress
from werkzaam.store.remote_refusals import busy, late, stopping, unreachable

logging.getLogger("httpx").setLevel(logging.WARNING)

_GLANCE: Final = 0.1
_CONNECT_SECONDS: Final = 5.0
_MOST_TO_WAIT: Final = 32


@dataclass(frozen=True)
class Reply:
    """What came back: ``media_type`` without parameters, ``retry_after`` in seconds.

    ``whole`` is False where reading stopped because there was enough.
    """

    status: int
    media_type: str
    body: bytes
    retry_after: int = 0
    whole: bool = True


@dataclass(frozen=True)
class Reading:
    """How far an answer is read: more than ``most_bytes`` is an error, and it stops, content, once
    ``enough`` says so of what came so far."""

    most_bytes: int = 1 << 20
    enough: Callable[[bytearray], bool] | None = None


class Engine:
    """The other end. ``connections`` queries run at once; an update never waits for them."""

    def __init__(self, address: EngineAddress, connections: int = 4) -> None:
        """Opens nothing yet."""
        self.address = address
        headers = {"User-Agent": "werkzaam", "Accept-Encoding": "identity"}
        if address.authorization:
            headers["Authorization"] = address.authorization
        self._most = connections + _MOST_TO_WAIT
        self._under_way = 0
        self._lock = threading.Lock()
        self._closed = False
        trusted = ssl.create_default_context()
        self._clients = [
            # proxies and .netrc of this machine are not for the engine
            httpx.AsyncClient(
                headers=headers,
                trust_env=False,
                verify=trusted,
                limits=httpx.Limits(max_connections=number),
            )
            for number in (connections, 1)
        ]
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="engine", daemon=True)
        self._thread.start()

    def query(
        self,
        fields: Mapping[str, str | Sequence[str]],
        accept: str,
        seconds: float,
        *,
        stop: Event | None = None,
        reading: Reading = Reading(),
    ) -> Reply:
        """Send a query by POST with the ``fields`` of the protocol.

        Raises QueryDeadlineExceeded after ``seconds``, QueryStopped once ``stop`` is set, QueryTooLarge,
        StoreBusy, StoreUnavailable.
        """
        with self._lock:
            full = self._under_way >= self._most
            self._under_way += not full
        if full:
            raise busy()
        try:
            request = {"url": self.address.query, "data": fields, "headers": {"Accept": accept}}
            return self._send(self._clients[0], request, seconds, stop, reading)
        finally:
            with self._lock:
                self._under_way -= 1

    def update(self, text: str, seconds: float) -> Reply:
        """Send an update as it is. Raises QueryDeadlineExceeded, StoreUnavailable."""
        headers = {"Content-Type": "application/sparql-update", "Accept": "*/*"}
        body = text.encode()
        request = {"url": self.address.update, "content": body, "headers": headers}
        return self._send(self._clients[1], request, seconds, None, Reading())

    def close(self) -> None:
        """Cut off whatever is under way."""
        with self._lock:
            if self._closed:
                return
            self._closed = True
        with contextlib.suppress(concurrent.futures.TimeoutError):
            asyncio.run_coroutine_threadsafe(self._shut(), self._loop).result(timeout=2)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(timeout=2)
        if not self._thread.is_alive():
            self._loop.close()

    async def _shut(self) -> None:
        mine = asyncio.current_task()
        tasks = [task for task in asyncio.all_tasks() if task is not mine]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for client in self._clients:
            await client.aclose()

    def _send(
        self,
        client: httpx.AsyncClient,
        request: dict[str, Any],
        seconds: float,
        stop: Event | None,
        reading: Reading,
    ) -> Reply:
        deadline = time.monotonic() + seconds
        with self._lock:
            if self._closed:
                raise stopping()
            future = asyncio.run_coroutine_threadsafe(
                self._exchange(client, request, seconds, reading), self._loop
            )
        while True:
            left = deadline - time.monotonic()
            try:
                return future.result(timeout=max(0.0, min(left, _GLANCE)))
            except concurrent.futures.CancelledError:
                raise stopping() from None
            except concurrent.futures.TimeoutError:
                if left <= 0:
                    future.cancel()
                    raise late(seconds) from None
                if stop is not None and stop.is_set():
                    future.cancel()
                    raise QueryStopped(
                        "The query was stopped: nobody waits for its answer."
                    ) from None

    async def _exchange(
        self, client: httpx.AsyncClient, request: dict[str, Any], seconds: float, reading: Reading
    ) -> Reply:
        timeout = httpx.Timeout(seconds, connect=min(seconds, _CONNECT_SECONDS))
        try:
            async with client.stream("POST", timeout=timeout, **request) as response:
                return await _read(response, reading)
        except (httpx.ConnectTimeout, httpx.ConnectError) as fault:
            raise unreachable(request["url"], str(fault)) from None
        except httpx.PoolTimeout:
            raise busy() from None
        except httpx.TimeoutException:
            raise late(seconds) from None
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, OSError) as fault:
            raise StoreUnavailable(
                "The connection to the SPARQL engine at {url} broke off ({reason}), and what it had "
                "sent is no whole answer. Try again; its log may say more.",
                url=request["url"],
                reason=type(fault).__name__,
            ) from None


async def _read(response: httpx.Response, reading: Reading) -> Reply:
    body = bytearray()
    whole = True
    most = reading.most_bytes if response.is_success else 64 << 10
    async for chunk in response.aiter_bytes():
        body += chunk
        if response.is_success and reading.enough is not None and reading.enough(body):
            whole = False
            break
        if len(body) > most and response.is_success:
            raise QueryTooLarge(
                "The answer has more than {most} bytes, more than is sent at once. Add a LIMIT, or "
                "ask for fewer columns.",
                most=most,
            )
        if len(body) > most:
            break
    media_type = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    wait = response.headers.get("retry-after", "")
    seconds = int(wait) if wait.isascii() and wait.isdigit() and len(wait) < 6 else 0
    return Reply(response.status_code, media_type, bytes(body), seconds, whole)
