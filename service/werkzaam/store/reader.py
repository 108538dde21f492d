"""The service's side of one reader: ask it, and turn what it says into our errors."""

import contextlib
import json
import logging
import os
import select
import signal
import threading
import time
from collections.abc import Iterator, Mapping
from threading import Event
from typing import Any

from werkzaam.confinement.frames import Channel, ChannelClosed, ChannelStopped, ChannelTimeout
from werkzaam.domain.versions import Version
from werkzaam.errors import (
    QueryDeadlineExceeded,
    QueryRefused,
    QueryStopped,
    QuerySyntaxError,
    QueryTooLarge,
    WerkzaamError,
)

_log = logging.getLogger(__name__)

_LOW_PRIORITY = 10
"""A tenth of the processor time that others have who want it too; less would starve it on a busy machine."""


class Reader:
    """One reader process at one version. ``alive`` is False once it was killed; ``died``: it ended
    by itself in the middle of a query, or was killed from outside. ``handle`` can be read once it died."""

    def __init__(self, pid: int, version: Version, channel: Channel, lifeline: int) -> None:
        """Take over the channel to process ``pid``, and the pipe whose closing ends it."""
        self.pid = pid
        self.version = version
        self.alive = True
        self.preempted = False
        self.died = False
        self.slowed = False
        self.channel = channel
        self.handle = os.pidfd_open(pid)
        self._lifeline = lifeline
        self._in_use = threading.RLock()

    def begin(self, header: bytes, body: bytes, deadline: float) -> None:
        """Send it a frame with ``header``, a JSON object, and how many seconds are left. Raises as
        ``piece`` does."""
        left = max(0.001, deadline - time.monotonic())
        with self._errors(deadline):
            self.channel.send(b'%b, "seconds": %.3f}' % (header[:-1], left), body, deadline)

    def piece(
        self, body: bytes, deadline: float, stop: Event | None = None, patience: float = 0.0
    ) -> tuple[bytes, bool] | None:
        """The next piece of the answer to the query ``body``, and whether there is more.

        None where it did not come before ``patience`` (monotonic seconds; 0: not asked). Kills the
        process when it is late, died, or is to stop, and raises what the caller is told.
        """
        with self._errors(deadline):
            until = min(deadline, patience) if patience else deadline
            try:
                header, data = self.channel.receive(until, stop)
            except ChannelTimeout:
                if until < deadline:
                    return None
                raise
        if header.get("error"):
            raise refusal(header, body)
        return data, bool(header.get("more"))

    def arrived(self) -> int | None:
        """How many bytes of the next piece have arrived, once that is whole; 0 where none will."""
        try:
            self.channel.fill()
        except ChannelClosed:
            return 0
        return self.channel.whole

    def reply(self, header: Mapping[str, Any], body: bytes, deadline: float) -> tuple[Any, bytes]:
        """Send it a frame and give the one that comes back. Raises as ``piece`` does."""
        self.begin(json.dumps(header).encode(), body, deadline)
        with self._errors(deadline):
            return self.channel.receive(deadline)

    @property
    def is_running(self) -> bool:
        """Whether the process has not ended."""
        return self.alive and not self._ends(0)

    @property
    def processor_seconds(self) -> float:
        """The time that a processor has spent on it so far."""
        with contextlib.suppress(OSError):
            return time.clock_gettime(_processor_clock(self.pid))
        return 0.0

    def slow_down(self) -> None:
        """Let others go first from now on; there is no way back."""
        self.slowed = True
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, self.pid, _LOW_PRIORITY)

    def preempt(self) -> None:
        """Stop it for a query that can begin again; whoever waits for its answer is told so."""
        self.preempted = True
        self.stop()

    def stop(self) -> None:
        """End the process at once. May be called by another thread than the one that waits for an
        answer: that one sees the end, and kills it."""
        with self._in_use:
            if not self.alive:
                return
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(self.handle, signal.SIGKILL)
            self._ends()

    def kill(self) -> None:
        """End the process at once; nothing is left of it."""
        self.stop()
        with self._in_use:
            if self.alive:
                self.alive = False
                self.channel.close()
                os.close(self._lifeline)
                os.close(self.handle)

    def _ends(self, milliseconds: int | None = None) -> bool:
        """Whether the process ends within that time. Each call polls with an object of its own: one
        cannot be used by two threads at once."""
        poll = select.poll()
        poll.register(self.handle, select.POLLIN)
        return bool(poll.poll(milliseconds))

    @contextlib.contextmanager
    def _errors(self, deadline: float) -> Iterator[None]:
        try:
            yield
        except ChannelStopped:
            self.kill()
            raise QueryStopped("The query was stopped: nobody waits for its answer.") from None
        except ChannelTimeout:
            self.kill()
            raise late() from None
        except ChannelClosed:
            preempted = self.preempted
            self.kill()
            if preempted:
                raise Preempted from None
            # at the deadline it ends by itself, sooner than a busy machine comes round to it here
            if time.monotonic() >= deadline:
                raise late() from None
            self.died = True
            raise _too_large() from None


def _processor_clock(pid: int) -> int:
    """The clock of another process, as `clock_getcpuclockid(3)
    <https://man7.org/linux/man-pages/man3/clock_getcpuclockid.3.html>`_ makes it on Linux."""
    return (~pid << 3) | 2


class Preempted(Exception):
    """The reader was taken away from a slow query, which may begin again when there is room."""


def late() -> QueryDeadlineExceeded:
    """What a caller is told whose query took too long."""
    return QueryDeadlineExceeded(
        "The query was stopped: it took longer than it may. Narrow it: more fixed terms, fewer "
        "unconnected patterns, a LIMIT."
    )


def too_long(most_bytes: int) -> QueryTooLarge:
    """What a caller is told whose answer has more than ``most_bytes``."""
    return QueryTooLarge(
        "The answer has more than {bytes} bytes, more than is sent at once. Add a LIMIT, or ask "
        "for fewer columns.",
        bytes=most_bytes,
    )


def refusal(reply: Mapping[str, Any], body: bytes) -> WerkzaamError:
    """What a caller is told for a frame with ``error`` in answer to the query ``body``."""
    values = reply.get("values", {})
    if reply["error"] == "syntax":
        return _syntax_error(reply["line"], reply["column"], body.decode())
    if reply["error"] == "answer-too-large":
        return too_long(values["bytes"])
    if reply["error"] == "not-evaluated":
        _log.info("query not evaluated", extra={"reason": reply["reason"]})
        return QueryRefused(
            "This query cannot be evaluated here. It may use a function that is unknown here, or a "
            "format that cannot hold the answer: try Turtle or JSON."
        )
    if reply["error"] == "refused":
        return QueryRefused(reply["template"], **values)
    return _too_large()


def _too_large() -> QueryTooLarge:
    return QueryTooLarge(
        "The query needed more memory or nesting than one query may have, and was stopped. "
        "Narrow it: more fixed terms, fewer unconnected patterns, less nesting."
    )


def _syntax_error(line: int | None, column: int | None, query: str) -> QuerySyntaxError:
    lines = query.split("\n")
    if line is None or column is None or line > len(lines):
        return QuerySyntaxError(line, column, "The query is not SPARQL 1.1.")
    near = lines[line - 1][column - 1 : column + 19]
    if not near:
        return QuerySyntaxError(
            line,
            column,
            "The query is not SPARQL 1.1: something is wrong at or before line {line}, column "
            "{column}.",
        )
    return QuerySyntaxError(
        line,
        column,
        "The query is not SPARQL 1.1: something is wrong at or before line {line}, column {column}, "
        "near {near}.",
        near=repr(near),
    )
