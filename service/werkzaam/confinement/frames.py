"""Messages over a pipe: a JSON header and a body of bytes, with a deadline on every read and write."""

import contextlib
import json
import os
import select
import struct
import time
from collections.abc import Mapping
from threading import Event
from typing import Any, BinaryIO

Header = Mapping[str, Any]

_SIZES = struct.Struct(">IQ")
_PIECE = 1 << 20
_GLANCE = 0.1


class ChannelClosed(Exception):
    """The other side is gone."""


class ChannelTimeout(Exception):
    """The other side did not answer before the deadline."""


class ChannelFull(ChannelClosed):
    """The other side sends more than is read; nothing more can be read from it."""


def write_frame(stream: BinaryIO, header: Header, body: bytes = b"") -> None:
    """Write one frame and flush it; waits as long as it takes."""
    text = json.dumps(header).encode()
    stream.write(_SIZES.pack(len(text), len(body)) + text)
    stream.write(body)
    stream.flush()


def read_frame(stream: BinaryIO) -> tuple[dict[str, Any], bytes]:
    """Read one frame; waits as long as it takes. Raises ChannelClosed at the end of the stream."""
    sizes = stream.read(_SIZES.size)
    if len(sizes) < _SIZES.size:
        raise ChannelClosed
    header_size, body_size = _SIZES.unpack(sizes)
    return json.loads(stream.read(header_size)), stream.read(body_size)


class ChannelStopped(Exception):
    """The event to stop on was set while waiting."""


class Channel:
    """The parent's side: file descriptors that never block past a deadline (monotonic seconds)."""

    def __init__(self, reading: int, writing: int) -> None:
        self._reading = reading
        self._writing = writing
        os.set_blocking(reading, False)
        os.set_blocking(writing, False)

    def send(self, header: Header, body: bytes, deadline: float) -> None:
        """Write one frame. Raises ChannelClosed or ChannelTimeout."""
        text = json.dumps(header).encode()
        waiting = memoryview(_SIZES.pack(len(text), len(body)) + text + body)
        while waiting:
            self._wait(self._writing, select.POLLOUT, deadline)
            try:
                waiting = waiting[os.write(self._writing, waiting[:_PIECE]) :]
            except BlockingIOError:
                continue
            except BrokenPipeError as gone:
                raise ChannelClosed from gone

    def receive(
        self, deadline: float, stop: Event | None = None, most_bytes: int | None = None
    ) -> tuple[dict[str, Any], bytes]:
        """Read one frame of at most ``most_bytes``. Raises ChannelClosed, ChannelFull or
        ChannelTimeout; ChannelStopped soon after ``stop`` is set."""
        self._wait_or_stop(deadline, stop)
        header_size, body_size = _SIZES.unpack(self._exactly(_SIZES.size, deadline))
        if most_bytes is not None and header_size + body_size > most_bytes:
            raise ChannelFull
        header = json.loads(self._exactly(header_size, deadline))
        return header, self._exactly(body_size, deadline)

    def close(self) -> None:
        """Close both ends; the process on the other side sees the end of its input."""
        os.close(self._reading)
        os.close(self._writing)

    def _exactly(self, size: int, deadline: float) -> bytes:
        pieces: list[bytes] = []
        while size:
            self._wait(self._reading, select.POLLIN, deadline)
            try:
                piece = os.read(self._reading, min(size, _PIECE))
            except BlockingIOError:
                continue
            if not piece:
                raise ChannelClosed
            pieces.append(piece)
            size -= len(piece)
        return b"".join(pieces)

    def _wait_or_stop(self, deadline: float, stop: Event | None) -> None:
        while stop is not None:
            if stop.is_set():
                raise ChannelStopped
            with contextlib.suppress(ChannelTimeout):
                self._wait(self._reading, select.POLLIN, min(deadline, time.monotonic() + _GLANCE))
                return
            if time.monotonic() >= deadline:
                raise ChannelTimeout

    @staticmethod
    def _wait(descriptor: int, event: int, deadline: float) -> None:
        poll = select.poll()
        poll.register(descriptor, event)
        left = deadline - time.monotonic()
        if left <= 0 or not poll.poll(left * 1000):
            raise ChannelTimeout
