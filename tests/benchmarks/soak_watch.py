"""A watch over the processes of the service: who ever lived, and how long a reader works at one thing."""

import threading
import time
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

from tests.benchmarks import processes
from tests.benchmarks.processes import Process

GLANCE = 0.05
_IDLE_SHARE = 0.02


@dataclass
class Streak:
    """Since when a process has worked without waiting for anything."""

    waits: int
    worked: float
    since: float

    def longer(self, waits: int, worked: float, now: float) -> float:
        """Seconds of work without a wait, up to ``now``; starts anew after a wait or when it rests."""
        if waits != self.waits:
            self.waits, self.worked, self.since = waits, worked, now
            return 0.0
        spent = now - self.since
        return spent if worked - self.worked > _IDLE_SHARE * spent else 0.0


@dataclass
class Watch:
    """Looks at all descendants of ``root`` every ``GLANCE`` seconds, in a thread of its own.

    Readers are the leaves of the tree. ``spared`` are the command lines whose processes are no readers
    and have limits of their own: the gate checks a file for longer than a query may take.
    """

    root: int
    longest: float = 0.0
    who: str = ""
    most_memory: int = 0
    ever: set[tuple[int, int]] = field(default_factory=set)
    spared: tuple[bytes, ...] = (b"gate_process", b"ingest")
    _streaks: dict[tuple[int, int], Streak] = field(default_factory=dict)
    _over: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> Self:
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._over.set()
        self._thread.join()

    def _run(self) -> None:
        turn = 0
        while not self._over.wait(GLANCE):
            self.glance()
            turn += 1
            if turn % 20 == 0:
                self.most_memory = max(self.most_memory, processes.tree_memory(self.root))

    def glance(self) -> None:
        """Look once."""
        tree = self._tree()
        self.ever.update(process.name for process in tree)
        parents = {process.parent for process in tree}
        for process in tree:
            if process.pid not in parents and not self._is_spared(process):
                self._follow(process)

    def _tree(self) -> list[Process]:
        """All below ``root``, and those that once were and lost the parent between."""
        tree = {process.name: process for process in processes.below(self.root)}
        for name in self.ever - set(tree):
            found = processes.look(name[0])
            if found is not None and found.name == name and not found.dead:
                tree[name] = found
        return list(tree.values())

    def _follow(self, process: Process) -> None:
        now = time.perf_counter()
        waits = processes.waits(process.pid)
        streak = self._streaks.setdefault(process.name, Streak(waits, process.worked, now))
        spent = streak.longer(waits, process.worked, now)
        if spent > self.longest and not processes.doomed(process.pid):
            age = processes.age(process)
            self.longest, self.who = spent, f"process {process.pid}, {age:.1f} s old"

    def _is_spared(self, process: Process) -> bool:
        words = processes.words(process.pid)
        return any(part in words for part in self.spared)

    def left(self) -> list[int]:
        """Those ever seen that still live."""
        return sorted(name[0] for name in self.ever if processes.alive(name))
