"""The catalogued queries: ours over HTTP beside every peer, one after another in each turn."""

import select
import socket
import statistics
import time
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from types import MappingProxyType

from tests.benchmarks.exchange import BadAnswer, Target, exchange
from tests.benchmarks.inprocess import InProcess, Late, rows_in
from tests.benchmarks.questions import Catalogued, numbered
from tests.benchmarks.rows import Row, Table, beside, plain
from tests.benchmarks.servers import NotRun

_UNIT = "ms"
_FEWEST = 2
_LATE = "over"


@dataclass(frozen=True)
class Pace:
    """At most ``turns`` of each query, none begun after ``seconds``. No engine is waited for longer than
    ``most`` seconds; rdflib, which needs minutes for many, not longer than ``most_rdflib``."""

    turns: int = 5
    seconds: float = 1.0
    most: float = 10.0
    most_rdflib: float = 1.0

    def most_for(self, peer: str) -> float:
        """Seconds that one query may take that engine."""
        return self.most_rdflib if peer == "rdflib" else self.most


@dataclass
class OverHttp:
    """A server that answers SPARQL, on one kept connection."""

    target: Target
    _connection: socket.socket | None = field(default=None, init=False)

    def ask(self, query: str, seconds: float) -> tuple[float, int]:
        """Seconds taken and rows; as ``InProcess.ask``."""
        request = self.target.query(query)
        connection = self._alive() or self.target.connect(seconds)
        self._connection = connection
        connection.settimeout(seconds)
        began = time.perf_counter()
        try:
            reply = exchange(connection, request)
        except TimeoutError:
            self.close()
            raise Late(f"{_LATE} {seconds:g} s") from None
        except (OSError, BadAnswer):
            self.close()
            raise
        took = time.perf_counter() - began
        if b"connection: close" in reply.head.lower():
            self.close()
        if reply.status == 504:
            raise Late(f"{_LATE} its own deadline")
        if reply.status != 200:
            raise NotRun(f"{reply.status} {reply.body[:100]!r}")
        return took, rows_in(reply.body)

    def close(self) -> None:
        """Close the connection."""
        if self._connection:
            self._connection.close()
            self._connection = None

    def _alive(self) -> socket.socket | None:
        """The kept connection, unless the server ended it while others had their turn."""
        if self._connection and select.select([self._connection], [], [], 0)[0]:
            self.close()
        return self._connection


Engine = InProcess | OverHttp


@dataclass
class Turns:
    """What one engine needed, turn by turn, in milliseconds; ``stopped`` says why there are no more."""

    peer: str
    engine: Engine
    times: list[float] = field(default_factory=list)
    rows: int | None = None
    stopped: str = ""

    def turn(self, text: str, seconds: float) -> None:
        """Ask once more."""
        if self.stopped:
            return
        try:
            took, self.rows = self.engine.ask(text, seconds)
        except Late as late:
            self.stopped = late.args[0]
        except (NotRun, OSError, BadAnswer) as fault:
            self.stopped = f"not run: {' '.join(str(fault).split())[:150]}"
        else:
            self.times.append(took * 1000)


@dataclass
class Measured:
    """All ratios to each peer, for a row over the whole catalogue."""

    ratios: dict[str, list[float]] = field(default_factory=dict)
    ours: list[float] = field(default_factory=list)


def measure(
    table: Table,
    size: str,
    queries: Sequence[Catalogued],
    ours: Target,
    peers: Mapping[str, Engine],
    pace: Pace,
    only: Mapping[str, Set[str]] = MappingProxyType({}),
) -> None:
    """A row for each query and peer, and one over all queries for each peer.

    ``only``: the names of the queries that a peer is asked, where it is not all.
    """
    whole = Measured()
    own = OverHttp(ours)
    for query in queries:
        turns = [Turns("", own), *_asked(query.name, peers, only)]
        _take_turns(query.text, turns, pace)
        work = f"query {query.name}, {size}"
        if not turns[0].times or turns[0].stopped:
            reason = turns[0].stopped or "no answer"
            if not reason.startswith(_LATE):
                table.failures.append(f"{work}: {reason}")
            table.add(Row(work, _UNIT, None, None, f"Werkzaam ({reason})"))
            continue
        whole.ours.append(statistics.median(turns[0].times))
        for other in turns[1:]:
            table.add(_row(table, work, turns[0], other, whole))
    own.close()
    _over_all(table, size, whole)


def _asked(name: str, peers: Mapping[str, Engine], only: Mapping[str, Set[str]]) -> list[Turns]:
    return [Turns(peer, engine) for peer, engine in peers.items() if name in only.get(peer, {name})]


def _take_turns(text: str, turns: Sequence[Turns], pace: Pace) -> None:
    began = time.perf_counter()
    for number in range(pace.turns + 1):
        late = time.perf_counter() - began > pace.seconds
        if late and number > _FEWEST:
            return
        for one in turns:
            one.turn(numbered(text, number), pace.most_for(one.peer))
        if number == 0:
            for one in turns:
                one.times.clear()


def _row(table: Table, work: str, ours: Turns, other: Turns, whole: Measured) -> Row:
    peer = other.peer
    if other.stopped or not other.times:
        middle = plain(work, _UNIT, ours.times)
        reason = other.stopped or "no answer"
        return Row(work, _UNIT, middle.median, middle.spread, f"{peer} ({reason})")
    if other.rows != ours.rows:
        note = f"{work}: {ours.rows} rows here, {other.rows} from {peer}"
        if peer != "rdflib":
            table.failures.append(note)
        table.say(note)
        peer = f"{peer} ({other.rows} rows, not {ours.rows})"
    row = beside(work, _UNIT, ours.times, other.times, peer)
    whole.ratios.setdefault(other.peer, []).append(row.ratio or 0.0)
    return row


def _over_all(table: Table, size: str, whole: Measured) -> None:
    for peer, ratios in whole.ratios.items():
        middle = plain("", _UNIT, whole.ours)
        ratio = statistics.median(ratios)
        work = f"median of the catalogued queries that both answered, {size}"
        table.add(Row(work, _UNIT, middle.median, middle.spread, peer, ratio))
