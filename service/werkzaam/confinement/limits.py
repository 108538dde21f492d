"""What a confined process takes from itself before it touches anything from outside."""

import fcntl
import os
import resource
import select
import signal
import threading
from dataclasses import asdict, dataclass
from typing import Final

from werkzaam.confinement import network_filter

BEHIND_QUERIES: Final = 5
"""``nice`` of work that somebody waits for, though longer than for a query."""


@dataclass(frozen=True)
class Limits:
    """``memory_bytes`` of address space, ``file_bytes`` per written file, ``open_files``.

    ``programs``: it may start programs. They inherit every limit, each with ``memory_bytes`` of its
    own, and die with it. ``nice``: how far it lets others go first.
    """

    memory_bytes: int = 1 << 30
    file_bytes: int = 1 << 20
    open_files: int = 64
    programs: bool = False
    nice: int = 0


@dataclass(frozen=True)
class Level:
    """How far confinement reached on this machine: shown in the ready check."""

    memory: bool
    network: bool

    def as_json(self) -> dict[str, bool]:
        """The same as a JSON object."""
        return asdict(self)


def confine(limits: Limits, lifeline: int, *, forks: bool = False) -> Level:
    """Limit this process and tie its life to the other end of the pipe ``lifeline``.

    Call once, before reading anything from outside. With ``forks`` no thread is started, so that the
    process may be forked.
    """
    if forks:
        die_by_signal(lifeline)
    else:
        threading.Thread(target=_die_with, args=(lifeline, limits.programs), daemon=True).start()
    os.nice(limits.nice)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (limits.file_bytes, limits.file_bytes))
    resource.setrlimit(resource.RLIMIT_NOFILE, (limits.open_files, limits.open_files))
    network = network_filter.install(programs=limits.programs)
    return Level(memory=_limit_memory(limits.memory_bytes), network=network)


def die_by_signal(lifeline: int) -> None:
    """Let the kernel kill this process once the other end of the pipe ``lifeline`` is closed.

    SIGIO (`fcntl(2) <https://man7.org/linux/man-pages/man2/fcntl.2.html>`_, O_ASYNC) strikes whatever
    the process is doing, and needs no thread.
    """
    signal.signal(signal.SIGIO, signal.SIG_DFL)
    fcntl.fcntl(lifeline, fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(lifeline, fcntl.F_SETFL, fcntl.fcntl(lifeline, fcntl.F_GETFL) | os.O_ASYNC)
    poll = select.poll()
    poll.register(lifeline, 0)
    if poll.poll(0):
        os._exit(1)


def _limit_memory(size: int) -> bool:
    try:
        resource.setrlimit(resource.RLIMIT_AS, (size, size))
    except (ValueError, OSError):
        return False
    return True


def _die_with(lifeline: int, with_group: bool) -> None:
    os.read(lifeline, 1)
    if with_group and os.getpgrp() == os.getpid():
        os.killpg(0, signal.SIGKILL)
    os._exit(1)
