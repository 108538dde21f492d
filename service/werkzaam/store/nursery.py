"""The service's side of the nursery: start it, let it follow, and have readers forked from it.

Readers are forked and not started anew because a fork is at work in milliseconds, where a process
that loads the dataset needs most of a second; see ``README`` for both measured.
"""

import logging
import os
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from werkzaam.confinement.frames import Channel, ChannelClosed, ChannelTimeout, Frame
from werkzaam.confinement.limits import Limits
from werkzaam.confinement.process import ConfinedProcess
from werkzaam.domain.changes import ChangeData
from werkzaam.domain.versions import Version
from werkzaam.errors import ContentError, StoreUnavailable
from werkzaam.store.reader import Reader
from werkzaam.store.replica import Source
from werkzaam.store.rule_text import Derivation

_log = logging.getLogger(__name__)

_MODULE = "werkzaam.store.nursery_process"
_START_SECONDS = 60.0
_FORK_SECONDS = 10.0
_CLOSED = -1


@dataclass(frozen=True)
class Task:
    """What a nursery is started for: the files, which are asked for while its process starts, the
    rules, the limits, and the version they make."""

    sources: Callable[[], Sequence[Source]]
    derivations: Sequence[Derivation]
    limits: Limits
    version: Version


class Nursery:
    """One nursery at one version; ``quads`` it holds, what follows included. ``handle`` can be read once
    it died."""

    def __init__(self, task: Task) -> None:
        """Start and load. Raises ContentError for a fault in the content, else StoreUnavailable."""
        self._process = ConfinedProcess(_MODULE, task.limits, receives=True)
        self.handle = os.pidfd_open(self._process.pid)
        self._one_at_a_time, self._ending = threading.Lock(), threading.Lock()
        self.version = task.version
        try:
            reply, _ = self._ask(*_load_frame("load", task), _START_SECONDS)
        except BaseException:
            self.kill()
            raise
        self.quads: int = reply["quads"]
        self.confinement: dict[str, bool] = reply["confinement"]

    @property
    def pid(self) -> int:
        """The process number."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Whether it can be asked."""
        return self._process.running

    def follow(self, version: Version, change: ChangeData, *, tell: bool = False) -> ChangeData:
        """Move to ``version``, which ``change`` leads to; with ``tell``, all lines that changed, those
        without a graph and those that follow too.

        Raises ContentError or StoreUnavailable; it is of no use then.
        """
        header = {"kind": "change", "removed": len(change.removed), "tell": tell}
        with self._one_at_a_time:
            reply, told = self._ask(header, change.removed + change.added, _START_SECONDS)
            self.version, self.quads = version, reply["quads"]
        split = reply["removed"]
        return ChangeData(told[split:], told[:split])

    def all_lines(self) -> bytes:
        """All that it holds as N-Quads lines. Raises StoreUnavailable."""
        with self._one_at_a_time:
            return self._ask({"kind": "dump"}, b"", _START_SECONDS)[1]

    def fork(self) -> Reader:
        """A new reader at the version it is at now. Raises StoreUnavailable."""
        query, answer, lifeline = _pipes(3)
        theirs = (query[0], answer[1], lifeline[0])
        ours = (query[1], answer[0], lifeline[1])
        try:
            with self._one_at_a_time:
                self._give(theirs)
                pid = self._ask({"kind": "fork"}, b"", _FORK_SECONDS)[0]["pid"]
                version = self.version
            return Reader(pid, version, Channel(answer[0], query[1]), lifeline[1])
        except BaseException:
            _close(ours)
            raise
        finally:
            _close(theirs)

    def kill(self) -> None:
        """End the process; its readers go on. Any thread may, and several at once."""
        self._process.kill()
        with self._ending:
            handle, self.handle = self.handle, _CLOSED
        if handle >= 0:
            os.close(handle)

    def _give(self, files: Sequence[int]) -> None:
        try:
            self._process.give(files)
        except ChannelClosed:
            raise _gone("") from None

    def _ask(self, header: dict[str, Any], body: bytes, seconds: float) -> Frame:
        return _answered(self._process, header, body, seconds)


def content_lines(sources: Sequence[Source], limits: Limits) -> bytes:
    """The content as sorted N-Quads lines, the same at every start, read in a process of its own.

    Raises ContentError with file and line, StoreUnavailable.
    """
    process = ConfinedProcess(_MODULE, limits, receives=True)
    task = Task(lambda: sources, (), limits, Version(0, ""))
    try:
        return _answered(process, *_load_frame("lines", task), _START_SECONDS)[1]
    finally:
        process.kill()


def _load_frame(kind: str, task: Task) -> tuple[dict[str, Any], bytes]:
    sources = task.sources()
    files = [
        {"path": source.path, "graph": source.graph, "size": len(source.data)} for source in sources
    ]
    rules = [{"path": rule.path, "query": rule.query} for rule in task.derivations]
    body = b"".join(source.data for source in sources)
    return {"kind": kind, "files": files, "rules": rules}, body


def _answered(
    process: ConfinedProcess, header: dict[str, Any], body: bytes, seconds: float
) -> Frame:
    try:
        reply, data = process.ask(header, body, seconds)
    except (ChannelClosed, ChannelTimeout):
        words = process.last_words()
        process.kill()
        raise _gone(words) from None
    if reply.get("error"):
        raise ContentError(reply["path"], reply["line"], reply["template"], **reply["values"])
    return reply, data


def _gone(words: str) -> StoreUnavailable:
    return StoreUnavailable(
        "A reader could not load the content ({words}). `werkzaam check` may say which file is at "
        "fault.",
        words=words.splitlines()[-1] if words else "it was too slow, or died without a word",
    )


def _pipes(number: int) -> list[tuple[int, int]]:
    """So many pipes or none. Raises StoreUnavailable where no more files may be open."""
    made: list[tuple[int, int]] = []
    try:
        made.extend(os.pipe() for _ in range(number))
    except OSError as fault:
        for pair in made:
            _close(pair)
        raise _gone(str(fault)) from None
    return made


def _close(files: Iterable[int]) -> None:
    for number in files:
        os.close(number)
