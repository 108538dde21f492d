"""Start, talk to and kill one confined process."""

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from threading import Event, Lock
from typing import Any

from werkzaam.confinement.frames import (
    Channel,
    ChannelClosed,
    ChannelFull,
    ChannelStopped,
    ChannelTimeout,
    Header,
)
from werkzaam.confinement.limits import Limits

__all__ = ["ChannelClosed", "ChannelFull", "ChannelStopped", "ChannelTimeout", "ConfinedProcess"]

_INHERITED = ("PATH", "LANG", "LC_ALL", "TZ", "SYSTEMROOT")


class ConfinedProcess:
    """A Python module in a process of its own, in its own session, without our environment.

    The module is started as ``python -P -m MODULE LIFELINE MEMORY`` and confines itself with
    ``limits.confine``; frames go over its standard input and output.
    """

    def __init__(self, module: str, limits: Limits) -> None:
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 (closed in kill)
        lifeline, self._lifeline = os.pipe()
        try:
            self._process = subprocess.Popen(  # noqa: S603
                [sys.executable, "-P", "-m", module, str(lifeline), str(limits.memory_bytes)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._errors,
                pass_fds=(lifeline,),
                start_new_session=True,
                env={name: os.environ[name] for name in _INHERITED if name in os.environ},
            )
        finally:
            os.close(lifeline)
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

    def ask(
        self,
        header: Header,
        body: bytes,
        seconds: float,
        stop: Event | None = None,
        most_bytes: int | None = None,
    ) -> tuple[dict[str, Any], bytes]:
        """Send one frame and read the answer, of at most ``most_bytes``; else of what fits in the
        memory that the process may have.

        Raises ChannelClosed, ChannelFull or ChannelTimeout; ChannelStopped soon after ``stop`` is
        set.
        """
        with self._in_use:
            if not self._open:
                raise ChannelClosed
            deadline = time.monotonic() + seconds
            self._channel.send(header, body, deadline)
            return self._channel.receive(deadline, stop, most_bytes or self._most_bytes)

    def last_words(self) -> str:
        """The end of what it wrote on standard error, for the log."""
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
