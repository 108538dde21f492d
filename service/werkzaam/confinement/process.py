"""Start, talk to and kill one confined process."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from threading import Event, Lock

from werkzaam.confinement.frames import (
    Channel,
    ChannelClosed,
    ChannelFull,
    ChannelStopped,
    ChannelTimeout,
    Frame,
    Header,
)
from werkzaam.confinement.limits import Limits

__all__ = ["ChannelClosed", "ChannelFull", "ChannelStopped", "ChannelTimeout", "ConfinedProcess"]

_INHERITED = ("PATH", "LANG", "LC_ALL", "TZ", "SYSTEMROOT")


class ConfinedProcess:
    """A Python module in a process of its own, in a group of its own, without our environment.

    The module is started as ``python -P -m MODULE LIFELINE MEMORY`` and confines itself with
    ``limits.confine``; frames go over its standard input and output. With ``receives`` there is one
    more word, the number of a socket over which ``give`` sends it open files.
    """

    def __init__(self, module: str, limits: Limits, *, receives: bool = False) -> None:
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 (closed in kill)
        lifeline, self._lifeline = os.pipe()
        self._giving: socket.socket | None
        self._giving, taking = socket.socketpair() if receives else (None, None)
        inherited = [lifeline, *([taking.fileno()] if taking else [])]
        try:
            self._process = subprocess.Popen(  # noqa: S603
                [sys.executable, "-P", "-m", module, str(lifeline), str(limits.memory_bytes)]
                + [str(number) for number in inherited[1:]],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._errors,
                pass_fds=inherited,
                # not in a session of its own: where Linux shares out time by session (autogroup in
                # sched(7)), `nice` would only say who goes first among its own kind
                process_group=0,
                env={name: os.environ[name] for name in _INHERITED if name in os.environ},
            )
        finally:
            os.close(lifeline)
            if taking:
                taking.close()
        assert self._process.stdin is not None  # noqa: S101
        assert self._process.stdout is not None  # noqa: S101
        self._channel = Channel(
            os.dup(self._process.stdout.fileno()), os.dup(self._process.stdin.fileno())
        )
        self._process.stdout.close()
        self._process.stdin.close()
        self._most_bytes = limits.memory_bytes
        self._open = True
        self._in_use = Lock()

    @property
    def pid(self) -> int:
        """The process number."""
        return self._process.pid

    @property
    def running(self) -> bool:
        """Whether it was neither killed nor ended by itself."""
        return self._open and self._process.poll() is None

    def ask(
        self,
        header: Header,
        body: bytes,
        seconds: float,
        stop: Event | None = None,
        most_bytes: int | None = None,
        heard: Callable[[Header], None] | None = None,
    ) -> Frame:
        """Send one frame and read the answer, of at most ``most_bytes``; else of what fits in the
        memory that the process may have. ``heard`` gets the frames before it that only tell how far
        it is: those whose header has ``progress``.

        Raises ChannelClosed, ChannelFull or ChannelTimeout; ChannelStopped soon after ``stop`` is
        set.
        """
        with self._in_use:
            if not self._open:
                raise ChannelClosed
            deadline = time.monotonic() + seconds
            self._channel.send(header, body, deadline)
            most = most_bytes or self._most_bytes
            frame = self._channel.receive(deadline, stop, most)
            while "progress" in frame[0]:
                if heard is not None:
                    heard(frame[0])
                frame = self._channel.receive(deadline, stop, most)
            return frame

    def give(self, files: Sequence[int]) -> None:
        """Send open files to a process that ``receives`` them; they stay open here as well.

        Raises ChannelClosed.
        """
        assert self._giving is not None  # noqa: S101
        try:
            socket.send_fds(self._giving, [b"\0"], files)
        except OSError as gone:
            raise ChannelClosed from gone

    def last_words(self) -> str:
        """The end of what it wrote on standard error, for the log; nothing once it was killed."""
        with self._in_use:
            if not self._open:
                return ""
            self._errors.seek(0, os.SEEK_END)
            self._errors.seek(max(0, self._errors.tell() - 2000))
            return self._errors.read().decode(errors="replace").strip()

    def kill(self) -> None:
        """Kill it with everything it started, and wait until it is gone. May be called twice, and by
        another thread than the one that waits for an answer: that one then sees the end."""
        if self._process.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        with self._in_use:
            if not self._open:
                return
            self._open = False
            self._channel.close()
            os.close(self._lifeline)
            self._errors.close()
            if self._giving:
                self._giving.close()
