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
Frame = tuple[dict[str, Any], bytes]

_SIZES = struct.Struct(">IQ")
_PIECE = 1 << 20
_EMPTY = len("{}")
_GLANCE = 0.1


class ChannelClosed(Exception):
    """The other side is gone."""


class ChannelTimeout(Exception):
    """The other side did not answer before the deadline."""


class ChannelFull(ChannelClosed):
    """The other side sends more than is read; nothing more can be read from it."""


def _text(header: Header | bytes) -> bytes:
    return header if isinstance(header, bytes) else json.dumps(header).encode()


def write_frame(stream: BinaryIO, header: Header, body: bytes = b"") -> None:
    """Write one frame and flush it; waits as long as it takes."""
    text = _text(header)
    stream.write(_SIZES.pack(len(text), len(body)) + text)
    stream.write(body)
    stream.flush()


def read_frame(stream: BinaryIO) -> Frame:
    """Read one frame; waits as long as it takes. Raises ChannelClosed at the end of the stream."""
    sizes = stream.read(_SIZES.size)
    if len(sizes) < _SIZES.size:
        raise ChannelClosed
    header_size, body_size = _SIZES.unpack(sizes)
    return json.loads(stream.read(header_size)), stream.read(body_size)


def private_output() -> BinaryIO:
    """Standard output for frames alone, in a confined process; whatever a library prints goes to
    standard error."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return answers


class ChannelStopped(Exception):
    """The event to stop on was set while waiting."""


class Channel:
    """The parent's side: file descriptors that never block past a deadline (monotonic seconds)."""

    def __init__(self, reading: int, writing: int) -> None:
        self.reading = reading
        self._writing = writing
        self._read = bytearray()
        os.set_blocking(reading, False)
        os.set_blocking(writing, False)

    def send(self, header: Header | bytes, body: bytes, deadline: float) -> None:
        """Write one frame; ``header`` may be a JSON object already. Raises ChannelClosed or ChannelTimeout."""
        text = _text(header)
        waiting = memoryview(_SIZES.pack(len(text), len(body)) + text + body)
        while waiting:
            try:
                waiting = waiting[os.write(self._writing, waiting[:_PIECE]) :]
            except BlockingIOError:
                self._wait(self._writing, select.POLLOUT, deadline)
            except BrokenPipeError as gone:
                raise ChannelClosed from gone

    def receive(
        self, deadline: float, stop: Event | None = None, most_bytes: int | None = None
    ) -> Frame:
        """Read one frame of at most ``most_bytes``. Raises ChannelClosed, ChannelFull or
        ChannelTimeout, after which the same frame can still be received; ChannelStopped soon after
        ``stop`` is set."""
        while (frame := self.received(most_bytes)) is None:
            self._wait_or_stop(deadline, stop)
            self.fill()
        return frame

    def fill(self) -> None:
        """Take in what has arrived, without waiting. Raises ChannelClosed at the end."""
        try:
            piece = os.read(self.reading, _PIECE)
        except BlockingIOError:
            return
        if not piece:
            raise ChannelClosed
        self._read += piece

    @property
    def whole(self) -> int | None:
        """How many bytes the next frame has, if it has arrived whole."""
        if len(self._read) < _SIZES.size:
            return None
        size = _SIZES.size + sum(_SIZES.unpack_from(self._read))
        return size if len(self._read) >= size else None

    def received(self, most_bytes: int | None = None) -> Frame | None:
        """The next frame, if it has arrived whole. Raises ChannelFull."""
        if len(self._read) < _SIZES.size:
            return None
        header_size, body_size = _SIZES.unpack_from(self._read)
        if most_bytes is not None and header_size + body_size > most_bytes:
            raise ChannelFull
        if self.whole is None:
            return None
        starts = _SIZES.size + header_size
        header = json.loads(self._read[_SIZES.size : starts]) if header_size > _EMPTY else {}
        body = bytes(self._read[starts : starts + body_size])
        del self._read[: starts + body_size]
        return header, body

    def close(self) -> None:
        """Close both ends; the process on the other side sees the end of its input."""
        os.close(self.reading)
        os.close(self._writing)

    def _wait_or_stop(self, deadline: float, stop: Event | None) -> None:
        if stop is None:
            self._wait(self.reading, select.POLLIN, deadline)
            return
        while not stop.is_set():
            with contextlib.suppress(ChannelTimeout):
                self._wait(self.reading, select.POLLIN, min(deadline, time.monotonic() + _GLANCE))
                return
            if time.monotonic() >= deadline:
                raise ChannelTimeout
        raise ChannelStopped

    @staticmethod
    def _wait(descriptor: int, event: int, deadline: float) -> None:
        poll = select.poll()
        poll.register(descriptor, event)
        left = deadline - time.monotonic()
        if left <= 0 or not poll.poll(left * 1000):
            raise ChannelTimeout
