"""What the kernel says of a tree of processes: who is in it, how much memory it has, who works."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

_TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Process:
    """One process at one moment; ``started`` (clock ticks since boot) tells it from a later one
    with its number. ``worked``: seconds of processor time."""

    pid: int
    parent: int
    state: str
    started: int
    worked: float

    @property
    def name(self) -> tuple[int, int]:
        """What no other process is called."""
        return self.pid, self.started

    @property
    def dead(self) -> bool:
        """Whether it only waits for its parent to see it go."""
        return self.state in "ZX"


def look(pid: int) -> Process | None:
    """The process with this number, if there is one."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    worked = (int(fields[11]) + int(fields[12])) / _TICK
    return Process(pid, int(fields[1]), fields[0], int(fields[19]), worked)


def age(process: Process) -> float:
    """Seconds since the process began."""
    uptime = float(Path("/proc/uptime").read_text().split()[0])
    return uptime - process.started / _TICK


def everyone() -> Iterator[Process]:
    """All processes of this machine."""
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit() and (found := look(int(folder.name))) is not None:
            yield found


def below(root: int) -> list[Process]:
    """All living descendants of ``root``, itself left out."""
    children: dict[int, list[Process]] = {}
    for process in everyone():
        children.setdefault(process.parent, []).append(process)
    found: list[Process] = []
    waiting = [root]
    while waiting:
        for child in children.get(waiting.pop(), []):
            found.append(child)
            waiting.append(child.pid)
    return [process for process in found if not process.dead]


def leaves(root: int) -> list[Process]:
    """The living descendants that have no children: readers, not who started them.

    Where readers are forked from one process made for that, it is no leaf while it has any.
    """
    tree = below(root)
    parents = {process.parent for process in tree}
    return [process for process in tree if process.pid not in parents]


def waits(pid: int) -> int:
    """How often the process gave up the processor of its own will, or read; -1 once it is gone.

    While it computes this stands still; each wait for a next question adds to it, and so does a
    question that was there before it could wait.
    """
    gave_up = int(_told(pid, "status").get("voluntary_ctxt_switches", "-1"))
    return gave_up + int(_told(pid, "io").get("syscr", "0"))


def doomed(pid: int) -> bool:
    """Whether SIGKILL was sent and the kernel has yet to end it: it does no work of its own any more."""
    status = _told(pid, "status")
    pending = int(status.get("SigPnd", "0"), 16) | int(status.get("ShdPnd", "0"), 16)
    return bool(pending >> (signal.SIGKILL - 1) & 1)


def _told(pid: int, file: str) -> dict[str, str]:
    try:
        lines = Path(f"/proc/{pid}/{file}").read_text().splitlines()
    except OSError:
        return {}
    return {name: value.strip() for name, _, value in (line.partition(":") for line in lines)}


def memory(pid: int) -> int:
    """Bytes that the process has, its share of what it shares (PSS); 0 once it is gone."""
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0
    found = [line for line in text.splitlines() if line.startswith("Pss:")]
    return int(found[0].split()[1]) * 1024 if found else 0


def tree_memory(root: int) -> int:
    """Bytes that ``root`` and all below it have."""
    return memory(root) + sum(memory(process.pid) for process in below(root))


def alive(name: tuple[int, int]) -> bool:
    """Whether that very process still runs."""
    found = look(name[0])
    return found is not None and found.name == name and not found.dead


def kill(process: Process) -> None:
    """SIGKILL to that very process, if it is still there."""
    if alive(process.name):
        os.kill(process.pid, signal.SIGKILL)


def wait_until(true: Callable[[], bool], seconds: float, pause: float = 0.002) -> float | None:
    """Seconds until ``true()``; None where it did not come true in time."""
    began = time.perf_counter()
    while not true():
        if time.perf_counter() - began > seconds:
            return None
        time.sleep(pause)
    return time.perf_counter() - began


def words(pid: int) -> bytes:
    """The command line; empty once the process is gone."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""
