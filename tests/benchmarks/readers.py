"""Two ways to have readers that can be killed, measured in the service's own code: forked from the
nursery, which holds the dataset in memory, or started anew on a read-only copy of a store on disk.

``python -m tests.benchmarks.readers --projects 20000`` prints a table; the README tells what was chosen.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import pyoxigraph as ox
from tests.benchmarks.load import ROOT
from tests.benchmarks.processes import memory
from tests.benchmarks.projects import projects
from tests.benchmarks.questions import SMALL, catalogued

from werkzaam.confinement.frames import Channel
from werkzaam.confinement.limits import Limits, confine
from werkzaam.content import read_content
from werkzaam.domain.changes import ChangeData
from werkzaam.domain.versions import Version
from werkzaam.reasoning.rules import read_rules
from werkzaam.store import reader_loop
from werkzaam.store.derivation import Rules
from werkzaam.store.nursery import Nursery, Task
from werkzaam.store.reader import Reader
from werkzaam.store.replica import Source, sources_of

_LIMITS = Limits(4 << 30, open_files=1024)
_SECONDS = 120.0
_READERS = 3
_SCAN = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
_RESULTS, _GRAPH = "application/sparql-results+json", "text/turtle"
_FIRST_FREE = 500_001

Measured = dict[str, str]
T = TypeVar("T")
Start = Callable[[], Reader]


def main() -> None:
    """Measure both ways at one size, or be a reader on disk (``--on-disk``)."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--projects", type=int, default=0)
    parser.add_argument("--every", type=int, default=1, help="every so-manyth catalogued query")
    parser.add_argument("--on-disk", nargs=2, metavar=("FOLDER", "LIFELINE"))
    options = parser.parse_args()
    if options.on_disk:
        _be_reader(Path(options.on_disk[0]), int(options.on_disk[1]))
        return
    with tempfile.TemporaryDirectory() as folder:
        found = _measured(options.projects, options.every, Path(folder))
    for name in found[0]:
        sys.stdout.write(f"{name:46}{found[0][name]:>14}{found[1][name]:>14}\n")


def _measured(count: int, every: int, folder: Path) -> tuple[Measured, Measured]:
    """What both ways take on the content with ``count`` made-up projects; of the catalogued queries
    ``every`` so-manyth is asked."""
    content = read_content(ROOT)
    records = b"".join(project.lines() for project in projects(count))
    sources = [*sources_of(content, count > 0), Source("records.nq", "", records)]
    task = Task(lambda: sources, read_rules(content), _LIMITS, Version(1, content.digest))
    more = b"".join(project.lines() for project in projects(100, _FIRST_FREE))
    with ExitStack() as stack:
        nursery = Nursery(task)
        stack.callback(nursery.kill)
        disk = _Disk(folder, nursery.all_lines())
        stack.callback(disk.end)
        forked = _one_way(nursery.fork, nursery.pid, every)
        started = _one_way(disk.start, 0, every)
        told, follows = _timed(
            lambda: nursery.follow(task.version, ChangeData(more, b""), tell=True)
        )
        forked["100 projects more, until all are at work (ms)"] = _ms(
            follows + _timed(lambda: _several(nursery.fork))[1]
        )
        moves = _timed(lambda: disk.follow(told.added))[1]
        # what follows from a change has to be worked out for a store on disk as well
        started["100 projects more, until all are at work (ms)"] = _ms(
            follows + moves + _timed(lambda: _several(disk.start))[1]
        )
    return {"": "forked", **forked}, {"": "on disk", **started}


@dataclass
class _Disk:
    """A store on disk that holds ``lines``, and readers on a read-only copy of it."""

    folder: Path
    lines: bytes
    _copies: int = 0
    _processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._store = ox.Store(self.folder / "primary")
        self._store.bulk_load(self.lines, format=ox.RdfFormat.N_QUADS)
        self._store.optimize()
        self._copy()

    def follow(self, added: bytes) -> None:
        """Take in a change; readers that start from now on have it."""
        self._store.bulk_extend(ox.parse(added, format=ox.RdfFormat.N_QUADS))
        self._copy()

    def start(self) -> Reader:
        """A reader in a process that is started for it."""
        query, answer, lifeline = os.pipe(), os.pipe(), os.pipe()
        place = self.folder / f"copy-{self._copies}"
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.benchmarks.readers"]
            + ["--on-disk", str(place), str(lifeline[0])],
            stdin=query[0],
            stdout=answer[1],
            pass_fds=[lifeline[0]],
            cwd=ROOT,
        )
        self._processes.append(process)
        for number in (query[0], answer[1], lifeline[0]):
            os.close(number)
        return Reader(process.pid, Version(1, ""), Channel(answer[0], query[1]), lifeline[1])

    def end(self) -> None:
        """No process is left."""
        for process in self._processes:
            process.kill()
            process.wait()

    def _copy(self) -> None:
        self._copies += 1
        self._store.flush()
        self._store.backup(self.folder / f"copy-{self._copies}")


def _be_reader(folder: Path, lifeline: int) -> None:
    confine(_LIMITS, lifeline, forks=True)
    reader_loop.run(ox.Store.read_only(str(folder)), Rules([]), lifeline)


def _one_way(start: Start, shared: int, every: int) -> Measured:
    """Times and memory of readers from ``start``; ``shared`` is a process that they all need."""
    found = {"ready: first answer of a new reader (ms)": _ms(_median(9, lambda: _first(start)))}
    with _readers(start) as readers:
        reader = readers[0]
        found["its first full scan (ms)"] = _ms(_timed(lambda: _ask(reader, _SCAN))[1])
        found["a later full scan (ms)"] = _ms(_median(5, lambda: _ask(reader, _SCAN)))
        found["a small query (ms)"] = _ms(_median(99, lambda: _ask(reader, SMALL)))
        texts = [query.text for query in catalogued(ROOT)][::every]
        each = [_timed(lambda text=text: _ask(reader, text))[1] for text in texts]  # type: ignore[misc]
        found[f"{len(texts)} catalogued queries, together (ms)"] = _ms(sum(each))
        found["the slowest of them (ms)"] = _ms(max(each))
        for other in readers[1:]:
            _ask(other, _SCAN)
        parts = [memory(one.pid) for one in readers]
        whole = sum(parts) + (memory(shared) if shared else 0)
        found["a reader (MB)"] = f"{statistics.median(parts) / 1e6:.0f}"
        found[f"{_READERS} readers and what they need (MB)"] = f"{whole / 1e6:.0f}"
    return found


@contextmanager
def _readers(start: Start) -> Iterator[list[Reader]]:
    readers = [start() for _ in range(_READERS)]
    try:
        yield readers
    finally:
        for reader in readers:
            reader.kill()


def _several(start: Start) -> None:
    with _readers(start) as readers:
        for reader in readers:
            _ask(reader, "ASK {}")


def _first(start: Start) -> None:
    reader = start()
    _ask(reader, "ASK {}")
    reader.kill()


def _ask(reader: Reader, text: str) -> int:
    """The bytes of the answer."""
    form = _GRAPH if "CONSTRUCT" in text else _RESULTS
    header: dict[str, object] = {
        "kind": "query",
        "media_type": form,
        "default": [],
        "named": [],
        "base": None,
    }
    limits = {"most_rows": None, "most_bytes": None, "any_graph": False}
    deadline = time.monotonic() + _SECONDS
    reader.begin(json.dumps({**header, **limits}).encode(), text.encode(), deadline)
    size, more = 0, True
    while more:
        piece = reader.piece(text.encode(), deadline)
        assert piece is not None
        size, more = size + len(piece[0]), piece[1]
    return size


def _timed(work: Callable[[], T]) -> tuple[T, float]:
    began = time.perf_counter()
    done = work()
    return done, time.perf_counter() - began


def _median(times: int, work: Callable[[], object]) -> float:
    return statistics.median(_timed(work)[1] for _ in range(times))


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.{1 if seconds < 0.1 else 0}f}"


if __name__ == "__main__":
    main()
