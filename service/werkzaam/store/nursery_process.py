"""The nursery: one process that holds a version in memory and forks readers of it. Run as a confined
module.

It has one thread, so that it may fork, and never evaluates a caller's query. It answers five kinds of
frame: ``load`` brings the quads and the rules; ``change`` what the next version removes and adds;
``dump`` asks for all quads; ``fork`` for a reader on three open files; ``lines`` brings content and
takes it back as N-Quads.
What goes wrong with content comes back as a frame with ``error``.
"""

import gc
import os
import signal
import socket
import sys
from collections.abc import Iterable
from typing import Any

import pyoxigraph as ox

from werkzaam.confinement.frames import ChannelClosed, Frame, read_frame, write_frame
from werkzaam.confinement.limits import Limits, confine
from werkzaam.errors import ContentError
from werkzaam.store import reader_loop, replica
from werkzaam.store.derivation import Rules
from werkzaam.store.rule_text import Derivation


def main() -> None:
    """Confine this process, then answer frames until the input ends."""
    lifeline, memory_bytes, taking = map(int, sys.argv[1:4])
    level = confine(Limits(memory_bytes), lifeline, forks=True)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    nursery = _Nursery(lifeline, socket.socket(fileno=taking))
    while True:
        try:
            header, body = read_frame(sys.stdin.buffer)
        except ChannelClosed:
            return
        reply = nursery.answer(header, body)
        reply[0]["confinement"] = level.as_json()
        write_frame(sys.stdout.buffer, *reply)


class _Nursery:
    def __init__(self, lifeline: int, taking: socket.socket) -> None:
        self._lifeline = lifeline
        self._taking = taking
        self._store = ox.Store()
        self._rules = Rules([])
        self._quads = 0

    def answer(self, header: dict[str, Any], body: bytes) -> Frame:
        """The reply to one frame."""
        try:
            if header["kind"] == "fork":
                return self._fork(), b""
            if header["kind"] == "change":
                return self._change(header, body)
            if header["kind"] == "dump":
                return {}, self._store.dump(format=ox.RdfFormat.N_QUADS) or b""
            if header["kind"] == "lines":
                return {}, b"\n".join(replica.content_lines(_sources(header, body)))
            return self._load(header, body)
        except ContentError as fault:
            place = {"path": fault.path, "line": fault.line}
            return {**place, "error": "content", "template": fault.template,
                    "values": fault.values}, b""  # fmt: skip

    def _load(self, header: dict[str, Any], body: bytes) -> Frame:
        self._rules = Rules(Derivation(rule["path"], rule["query"]) for rule in header["rules"])
        self._store = replica.build(_sources(header, body), self._rules)
        gc.collect()
        gc.freeze()
        self._quads = len(self._store)
        return {"quads": self._quads}, b""

    def _change(self, header: dict[str, Any], body: bytes) -> Frame:
        parts = body[: header["removed"]], body[header["removed"] :]
        changes = [list(ox.parse(part, format=ox.RdfFormat.N_QUADS)) for part in parts]
        followed = self._rules.follow(self._store, *changes)
        # the engine counts by going through all of them
        self._quads += len(followed.added) - len(followed.removed)
        told = followed if header["tell"] else None
        removed, added = (
            (_lines(quads) for quads in (told.removed, told.added)) if told else (b"", b"")
        )
        return {"quads": self._quads, "removed": len(removed)}, removed + added

    def _fork(self) -> dict[str, Any]:
        _, files, _, _ = socket.recv_fds(self._taking, 1, 3)
        child = os.fork()
        if child == 0:
            self._be_reader(*files)
        for number in files:
            os.close(number)
        return {"pid": child}

    def _be_reader(self, reading: int, writing: int, lifeline: int) -> None:
        """Never returns. The pipes of the nursery close here, or nobody would see it die."""
        try:
            os.dup2(reading, sys.stdin.fileno())
            os.dup2(writing, sys.stdout.fileno())
            for number in (reading, writing, self._lifeline, self._taking.fileno()):
                os.close(number)
            reader_loop.run(self._store, self._rules, lifeline)
        finally:
            os._exit(1)


def _lines(quads: Iterable[ox.Quad]) -> bytes:
    return ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b""


def _sources(header: dict[str, Any], body: bytes) -> list[replica.Source]:
    sources = []
    start = 0
    for file in header["files"]:
        data = body[start : start + file["size"]]
        sources.append(replica.Source(file["path"], file["graph"], data))
        start += file["size"]
    return sources


if __name__ == "__main__":
    main()
