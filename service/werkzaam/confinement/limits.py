"""What a confined process takes from itself before it touches anything from outside."""

import os
import resource
import threading
from dataclasses import asdict, dataclass

from werkzaam.confinement import network_filter


@dataclass(frozen=True)
class Limits:
    """``memory_bytes`` of address space, ``file_bytes`` per written file, ``open_files``."""

    memory_bytes: int = 1 << 30
    file_bytes: int = 1 << 20
    open_files: int = 64


@dataclass(frozen=True)
class Level:
    """How far confinement reached on this machine: shown in the ready check."""

    memory: bool
    network: bool

    def as_json(self) -> dict[str, bool]:
        """The same as a JSON object."""
        return asdict(self)


def confine(limits: Limits, lifeline: int) -> Level:
    """Limit this process and tie its life to the other end of the pipe ``lifeline``.

    Call once, before reading anything from outside.
    """
    threading.Thread(target=_die_with, args=(lifeline,), daemon=True).start()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (limits.file_bytes, limits.file_bytes))
    resource.setrlimit(resource.RLIMIT_NOFILE, (limits.open_files, limits.open_files))
    return Level(memory=_limit_memory(limits.memory_bytes), network=network_filter.install())


def _limit_memory(size: int) -> bool:
    try:
        resource.setrlimit(resource.RLIMIT_AS, (size, size))
    except (ValueError, OSError):
        return False
    return True


def _die_with(lifeline: int) -> None:
    os.read(lifeline, 1)
    os._exit(1)
