"""A small query over HTTP: how many a second, beside a peer, and what safety costs one."""

import socket
import statistics
import time
from collections.abc import Sequence

from tests.benchmarks.exchange import BadAnswer, Target, exchange
from tests.benchmarks.inprocess import InProcess
from tests.benchmarks.load import Outcome, drive_apart
from tests.benchmarks.questions import SMALL, anew, numbered
from tests.benchmarks.rows import Table, beside, plain

CLIENTS = 8
_UNCACHED, _CACHED, _SAFETY_MS = 0.6, 1.3, 1.5
_UNIT = "queries/s"


def rates(
    table: Table, ours: Target, peer: Target, nothing: Target, turns: int, seconds: float
) -> None:
    """Rows for uncached and repeated queries with ``CLIENTS`` kept connections.

    Uncached: see ``questions.anew``; both servers parse and evaluate each time. Repeated: the very same
    request, which a service may answer from memory; the peer does what it does.
    """
    ceiling = [_rate(nothing, anew(SMALL), 0, seconds).rate for _ in range(2)]
    table.add(plain("ceiling of the load generator", _UNIT, ceiling))
    for name, query, least in (
        ("uncached", anew(SMALL), _UNCACHED),
        ("repeated", SMALL, _CACHED),
    ):
        work = f"small query over HTTP, {name}, {CLIENTS} clients"
        pairs = [
            (_rate(ours, query, turn, seconds), _rate(peer, query, turn, seconds))
            for turn in range(turns)
        ]
        mine, theirs = zip(*pairs, strict=True)
        least_row = beside(
            work, _UNIT, _rates(mine), _rates(theirs), "oxigraph serve", rate=True, least=least
        )
        table.add(least_row)
        table.add(plain(f"{work}, 99th percentile", "ms", [_late(outcome) for outcome in mine]))
        _ceiling_holds(table, ceiling, theirs)


def _rate(target: Target, query: str, turn: int, seconds: float) -> Outcome:
    outcome = drive_apart(target, target.query(query), CLIENTS, seconds, first=1 + turn * 10**8)
    if outcome.bad or not outcome.good:
        raise BadAnswer(f"{outcome.bad} of {outcome.bad + outcome.good} answers were not 200")
    return outcome


def _rates(outcomes: Sequence[Outcome]) -> list[float]:
    return [outcome.rate for outcome in outcomes]


def _late(outcome: Outcome) -> float:
    return outcome.latencies[int(len(outcome.latencies) * 0.99)] * 1000


def _ceiling_holds(table: Table, ceiling: Sequence[float], theirs: Sequence[Outcome]) -> None:
    most = max(outcome.rate for outcome in theirs)
    if statistics.median(ceiling) < 1.2 * most:
        table.say(
            f"the load generator reaches {statistics.median(ceiling):,.0f}/s, the peer {most:,.0f}/s: "
            "a rate near that is a lower bound"
        )


def safety(
    table: Table, ours: Target, peer: Target, nothing: Target, raw: InProcess, turns: int
) -> None:
    """What one small query costs here over HTTP, less what evaluating it costs in a bare process,
    less what the least possible HTTP exchange costs; all three by turns."""
    askers = [_Asker(target) for target in (ours, nothing, peer)]
    costs: list[list[float]] = [[], [], [], []]
    for turn in range(turns):
        query = numbered(SMALL, turn)
        taken = [asker.ask(query) for asker in askers] + [raw.ask(query, 10.0)[0]]
        for cost, seconds in zip(costs, taken, strict=True):
            cost.append(seconds * 1000)
    for asker in askers:
        asker.close()
    own, bare, other, inside = costs
    over = [a - b - c for a, b, c in zip(own, bare, inside, strict=True)]
    table.add(beside("one small query, uncached", "ms", own, other, "oxigraph serve"))
    table.add(plain("one small query in a bare process (pyoxigraph)", "ms", inside))
    table.add(plain("the least possible HTTP exchange", "ms", bare))
    work = "overhead of safety: small query less bare evaluation, less bare HTTP"
    table.add(plain(work, "ms", over, most=_SAFETY_MS))


class _Asker:
    def __init__(self, target: Target) -> None:
        self._target = target
        self._connection: socket.socket = target.connect()

    def ask(self, query: str) -> float:
        """Seconds for one exchange."""
        request = self._target.query(query)
        began = time.perf_counter()
        reply = exchange(self._connection, request)
        took = time.perf_counter() - began
        if reply.status != 200:
            raise BadAnswer(f"{reply.status} {reply.body[:200]!r}")
        return took

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()
