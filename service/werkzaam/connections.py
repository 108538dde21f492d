"""What a connection may take before it is a request, how long it may not read its answer, and what it
is answered at once.

In front of a service on the open internet stands a reverse proxy; these limits hold without one.
"""

import asyncio
import logging
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, Final

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from werkzaam.api.quick_sparql import KEEP
from werkzaam.domain.versions import Version
from werkzaam.store.answer_cache import AnswerCache

_log = logging.getLogger(__name__)

MOST_HEAD_BYTES: Final = 1 << 16
REQUEST_SECONDS: Final = 60.0
"""From the first byte of a request, or the connection, to the last."""
READING_SECONDS: Final = 60.0
"""How long a client may not read while an answer waits for it."""
_GRACE_SECONDS: Final = 1.0

_MOST_KEPT_BYTES: Final = 16 << 20
_LONGEST_KEPT: Final = 1 << 14
"""Bytes of a request; so an entry has as many bytes more than its answer at most."""
_OK: Final = b"HTTP/1.1 200 OK\r\n"
_TOO_LARGE: Final = b"HTTP/1.1 431 Request Header Fields Too Large\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"


Headers = Iterable[tuple[bytes, bytes]]


class Repeats:
    """Requests that came in one piece, and what they were answered: the very same bytes get the same
    answer for as long as the version is served, before anything is parsed."""

    def __init__(self, version: Callable[[], Version], most_bytes: int = _MOST_KEPT_BYTES) -> None:
        """``version``: the one that is served now."""
        self._version = version
        self._answers = AnswerCache(most_bytes)

    def keep(self, request: bytes, version: Version, headers: Headers, body: bytes) -> None:
        """From now on ``request`` is answered with status 200, ``headers`` and ``body``."""
        lines = b"".join(b"%b: %b\r\n" % header for header in headers)
        self._answers.keep(version, request, lines + b"\r\n" + body)

    def answer(self, request: bytes, headers: Headers) -> bytes | None:
        """The answer to ``request``, ``headers`` before those that were kept."""
        kept = self._answers.get(self._version(), request)
        if kept is None:
            return None
        return b"".join((_OK, *(b"%b: %b\r\n" % header for header in headers), kept))


class BoundedConnection(HttpToolsProtocol):
    """A connection whose requests have a bounded head and come to their end."""

    repeats: Repeats | None = None
    """Set by whoever serves."""

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self._inside = False
        self._begun = 0
        self._head_bytes = 0
        self._in_head = True
        self._request: asyncio.TimerHandle | None = None
        self._reading: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """A client is there: it has a while for its first request."""
        super().connection_made(transport)
        self._expect_request()

    def connection_lost(self, exc: Exception | None) -> None:
        """The client is gone."""
        for timer in (self._request, self._reading):
            if timer:
                timer.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Some bytes of a request, or all of one."""
        waits = not self._inside and self._is_idle
        if waits and self._answered_again(data):
            return
        if self._in_head:
            self._head_bytes += len(data)
        begun = self._begun
        super().data_received(data)
        if self._in_head and self._head_bytes > MOST_HEAD_BYTES:
            self.transport.write(_TOO_LARGE)
            self._cut("the head of its request is too large")
        elif waits and self._begun == begun + 1 and not self._inside:
            self._may_repeat(data)

    def on_message_begin(self) -> None:
        """The first byte of a request."""
        self._inside = True
        self._begun += 1
        super().on_message_begin()
        self._expect_request()

    def on_headers_complete(self) -> None:
        """The head is whole."""
        self._in_head = False
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """The request is whole; the next one begins with its head."""
        self._inside = False
        self._in_head, self._head_bytes = True, 0
        if self._request:
            self._request.cancel()
        super().on_message_complete()

    def pause_writing(self) -> None:
        """The client does not read."""
        super().pause_writing()
        self._reading = self.loop.call_later(READING_SECONDS, self._cut, "it does not read")

    def resume_writing(self) -> None:
        """It reads again."""
        super().resume_writing()
        if self._reading:
            self._reading.cancel()

    @property
    def _is_idle(self) -> bool:
        done = self.cycle is None or self.cycle.response_complete
        return done and not self.pipeline and not self.flow.write_paused

    def _answered_again(self, data: bytes) -> bool:
        if self.repeats is None or len(data) > _LONGEST_KEPT:
            return False
        answer = self.repeats.answer(data, self.server_state.default_headers)
        if answer is None:
            return False
        self.transport.write(answer)
        if self._request:
            self._request.cancel()
        # as after any answer: the next request may begin, for as long as a connection is kept
        self.on_response_complete()
        return True

    def _may_repeat(self, data: bytes) -> None:
        """Let whoever answers keep the answer: ``data`` is one whole request and nothing else."""
        if self.repeats and self.cycle.keep_alive and len(data) <= _LONGEST_KEPT:
            keep = partial(self.repeats.keep, data)
            self.scope[KEEP] = keep  # type: ignore[typeddict-unknown-key]

    def _expect_request(self) -> None:
        if self._request:
            self._request.cancel()
        self._request = self.loop.call_later(REQUEST_SECONDS, self._cut, "it sends no request")

    def _cut(self, reason: str) -> None:
        _log.info("connection cut", extra={"reason": reason})
        self.transport.close()
        self.loop.call_later(_GRACE_SECONDS, self.transport.abort)
