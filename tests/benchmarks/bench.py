"""``make bench``: measure, beside peers, and write ``build/bench/results.json`` and ``.md``.

Exit 1 where a measurement failed, never because a target was missed. Progress is on standard error.
"""

import argparse
import contextlib
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks import catalogue_rows, moving, searching, servers, throughput, validating
from tests.benchmarks.catalogue_rows import Engine, OverHttp, Pace
from tests.benchmarks.inprocess import InProcess
from tests.benchmarks.load import ROOT
from tests.benchmarks.projects import fill
from tests.benchmarks.questions import catalogued, save_triples
from tests.benchmarks.rows import Table, progress, write
from tests.benchmarks.servers import NotRun, Server

_FIRST_FREE = 500_001


@dataclass(frozen=True)
class Plan:
    """How much is measured. At the larger size every so-manyth query of ``sample`` is asked, and rdflib
    is not; ``whole``: all of them, and rdflib that sample."""

    projects: int = 20_000
    turns: int = 5
    seconds: float = 3.0
    safety_turns: int = 1_000
    pace: Pace = Pace()
    sample: int = 9
    whole: bool = False
    only: str = ""
    peers: frozenset[str] = frozenset({"rdflib", "Fuseki"})


@dataclass
class Bench:
    """One run of ``plan`` in ``folder``."""

    table: Table
    folder: Path
    plan: Plan

    def run(self) -> None:
        """Measure everything, the content alone first."""
        attempt = self.table.attempt
        attempt("starts", lambda: moving.starts(self.table, self.folder, min(3, self.plan.turns)))
        attempt("validation", lambda: validating.measure(self.table))
        attempt("content", lambda: self._at_size("content", 0))
        if self.plan.projects:
            size = f"{self.plan.projects:,} projects"
            attempt(size, lambda: self._at_size(size, self.plan.projects))

    def _at_size(self, size: str, count: int) -> None:
        place = self.folder / f"size-{count}"
        if count:
            self.table.say(f"-- writing {size} into a journal")
            place.mkdir(parents=True)
            fill(place, count)
        with self._service(place) as server, contextlib.ExitStack() as running:
            moving.start_with(self.table, server, size)
            triples = self.folder / f"size-{count}.nt"
            number = save_triples(server.target, triples)
            self.table.say(f"-- {number:,} triples in the unnamed graph")
            peers = _Peers(self.table, triples, self.folder / f"peers-{count}", running)
            self._queries(server, size, count, peers)
            if not count:
                self._small(server, peers)
            self._moves(server, size, count)

    @contextlib.contextmanager
    def _service(self, place: Path) -> Iterator[Server]:
        """The service; that it ended by itself is a failure of its own."""
        with servers.werkzaam(place) as server:
            yield server
            code = server.process.poll()
            if code is not None:
                last = server.log.read_text("utf-8")[-1000:]
                raise NotRun(f"the service ended by itself with exit code {code}: {last}")

    def _queries(self, server: Server, size: str, count: int, peers: "_Peers") -> None:
        queries = [query for query in catalogued(ROOT) if self.plan.only in query.name]
        # at the larger size rdflib needs minutes to load, and for many a query
        sample = queries[:: self.plan.sample]
        part = bool(count) and not self.plan.whole
        engines: dict[str, Engine] = {}
        for name, open_one in peers.openers().items():
            if name in ("rdflib", "Fuseki") and name not in self.plan.peers:
                continue
            if part and name == "rdflib":
                continue
            with peers.told(f"catalogued queries, {size}", name):
                engines[name] = open_one()
        only = {"rdflib": {query.name for query in sample}} if count else {}
        asked = sample if part else queries
        self.table.attempt(
            f"catalogued queries, {size}",
            lambda: catalogue_rows.measure(
                self.table, size, asked, server.target, engines, self.plan.pace, only
            ),
        )
        for engine in engines.values():
            if engine is not peers.raw:
                engine.close()

    def _small(self, server: Server, peers: "_Peers") -> None:
        table, plan = self.table, self.plan
        nothing = peers.running.enter_context(servers.trivial(self.folder))
        try:
            peer = peers.oxigraph()
        except NotRun as reason:
            table.not_run("small query over HTTP", "queries/s", "oxigraph serve", str(reason))
            return
        ours, theirs, least = server.target, peer.target, nothing.target
        table.attempt(
            "small query over HTTP",
            lambda: throughput.rates(table, ours, theirs, least, plan.turns, plan.seconds),
        )
        table.attempt(
            "overhead of safety",
            lambda: throughput.safety(
                table, ours, theirs, least, peers.in_process(), plan.safety_turns
            ),
        )

    def _moves(self, server: Server, size: str, count: int) -> None:
        table, turns = self.table, self.plan.turns
        parts: list[tuple[str, Callable[[], None]]] = [
            ("search", lambda: searching.measure(table, server, size, turns)),
            ("memory", lambda: moving.memory(table, server, size)),
            ("commits", lambda: moving.commits(table, server, size, turns, _FIRST_FREE)),
        ]
        if not count:
            parts.append(("kills", lambda: moving.kills(table, server, 2 * turns)))
        for what, part in parts:
            table.attempt(f"{what}, {size}", part)


class _Peers:
    """The peers at one size, started when first wanted, stopped with ``running``."""

    def __init__(
        self, table: Table, triples: Path, folder: Path, running: contextlib.ExitStack
    ) -> None:
        self._table, self._triples, self._folder = table, triples, folder
        self.running = running
        self.raw: InProcess | None = None
        self._serve: Server | None = None

    def openers(self) -> dict[str, Callable[[], Engine]]:
        """How each peer is opened."""
        return {
            "pyoxigraph in process": self.in_process,
            "oxigraph serve": lambda: OverHttp(self.oxigraph().target),
            "Fuseki": lambda: OverHttp(self._enter(self._fuseki()).target),
            "rdflib": lambda: InProcess("rdflib", self._triples),
        }

    @contextlib.contextmanager
    def told(self, work: str, peer: str) -> Iterator[None]:
        """A peer that does not run is a row that says why."""
        self._table.say(f"-- {peer} loads")
        try:
            yield
        except NotRun as reason:
            self._table.not_run(work, "ms", peer, str(reason))

    def in_process(self) -> InProcess:
        """pyoxigraph in a bare process."""
        if self.raw is None:
            self.raw = InProcess("pyoxigraph", self._triples)
            self.running.callback(self.raw.close)
        return self.raw

    def oxigraph(self) -> Server:
        """``oxigraph serve``."""
        if self._serve is None:
            self._serve = self._enter(servers.oxigraph(self._triples, self._folder / "oxigraph"))
        return self._serve

    def _fuseki(self) -> Server:
        return servers.fuseki(self._triples, self._folder / "fuseki")

    def _enter(self, server: Server) -> Server:
        return self.running.enter_context(server)


def bench(plan: Plan, results: Path) -> int:
    """Run ``plan`` and write the results; the exit code."""
    table = Table([], [], progress)
    with tempfile.TemporaryDirectory(prefix="werkzaam-bench-") as folder:
        try:
            Bench(table, Path(folder), plan).run()
        finally:
            write(results, table)
    for failure in table.failures:
        progress(f"FAILED {failure}")
    return 1 if table.failures else 0


def main() -> int:
    """Read the options and run."""
    standard = Plan()
    reader = argparse.ArgumentParser(prog="make bench")
    reader.add_argument("--projects", type=int, default=standard.projects)
    reader.add_argument("--turns", type=int, default=standard.turns)
    reader.add_argument("--seconds", type=float, default=standard.seconds)
    reader.add_argument("--whole", action="store_true", help="all queries at both sizes: an hour")
    reader.add_argument("--only", default="", help="only catalogued queries with this in the name")
    reader.add_argument("--results", type=Path, default=ROOT / "build" / "bench")
    given = reader.parse_args()
    servers.stop_when_asked()
    plan = Plan(given.projects, given.turns, given.seconds, whole=given.whole, only=given.only)
    return bench(plan, given.results)


if __name__ == "__main__":
    sys.exit(main())
