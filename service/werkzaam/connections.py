"""What a connection may take before it is a request, and how long it may not read its answer.

In front of a service on the open internet stands a reverse proxy; these limits hold without one.
"""

import asyncio
import logging
from typing import Any, Final

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

_log = logging.getLogger(__name__)

MOST_HEAD_BYTES: Final = 1 << 16
REQUEST_SECONDS: Final = 60.0
"""From the first byte of a request, or the connection, to the last."""
READING_SECONDS: Final = 60.0
"""How long a client may not read while an answer waits for it."""
_GRACE_SECONDS: Final = 1.0

_TOO_LARGE: Final = b"HTTP/1.1 431 Request Header Fields Too Large\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"


class BoundedConnection(HttpToolsProtocol):
    """A connection whose requests have a bounded head and come to their end."""

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
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
        """Some bytes of a request."""
        if self._in_head:
            self._head_bytes += len(data)
        super().data_received(data)
        if self._in_head and self._head_bytes > MOST_HEAD_BYTES:
            self.transport.write(_TOO_LARGE)
            self._cut("the head of its request is too large")

    def on_message_begin(self) -> None:
        """The first byte of a request."""
        super().on_message_begin()
        self._expect_request()

    def on_headers_complete(self) -> None:
        """The head is whole."""
        self._in_head = False
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """The request is whole; the next one begins with its head."""
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

    def _expect_request(self) -> None:
        if self._request:
            self._request.cancel()
        self._request = self.loop.call_later(REQUEST_SECONDS, self._cut, "it sends no request")

    def _cut(self, reason: str) -> None:
        _log.info("connection cut", extra={"reason": reason})
        self.transport.close()
        self.loop.call_later(_GRACE_SECONDS, self.transport.abort)
