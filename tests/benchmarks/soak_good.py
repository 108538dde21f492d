"""Good callers: small queries with known answers, one after another with a short rest between.

Run as ``python -m tests.benchmarks.soak_good`` with a job as JSON on standard input; the outcome comes
as JSON on standard output.
"""

import json
import socket
import sys
import threading
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import pyoxigraph as ox
from tests.benchmarks.exchange import COUNTER, BadAnswer, Reply, Target, exchange
from tests.benchmarks.load import ROOT
from tests.benchmarks.questions import SMALL, anew

from werkzaam.domain.identifiers import THINGS

_PREFIXES = "PREFIX skos: <http://www.w3.org/2004/02/skos/core#>\n"
_SCHEME = f"<{THINGS}scheme/working-elements>"
_MOST_TOLD = 5


@dataclass(frozen=True)
class Kind:
    """A query, and the answer that it must have: the sorted rows, or true or false."""

    name: str
    query: str
    answer: Any


def kinds(root: Path) -> list[Kind]:
    """Several small queries; the answers come from the files themselves, read without the service.

    Each is asked as a query never asked before and, in turn, as the same one again.
    """
    store = ox.Store()
    for file in sorted(root.glob("graph_data/concepts/*.ttl")):
        store.load(path=str(file))
    element = f"<{THINGS}working-element/wederkerigheid>"
    queries = {
        "label": SMALL,
        "yes or no": f"{_PREFIXES}ASK {{ {element} a skos:Concept }}",
        "in a scheme": f"{_PREFIXES}SELECT (COUNT(DISTINCT ?e) AS ?n) {{ ?e skos:inScheme {_SCHEME} }}",
        "definitions": f"{_PREFIXES}SELECT ?text {{ {element} skos:definition ?text }}",
    }
    made = []
    for name, query in queries.items():
        found = store.query(query)
        assert isinstance(found, ox.QuerySolutions | ox.QueryBoolean)
        answer = answer_in(found.serialize(format=ox.QueryResultsFormat.JSON) or b"")
        made += [Kind(f"{name}, new", anew(query), answer), Kind(f"{name}, again", query, answer)]
    return made


def answer_in(results: bytes) -> Any:
    """SPARQL results in JSON in a form that can be compared."""
    read = json.loads(results)
    if "results" not in read:
        return read["boolean"]
    return sorted(json.dumps(row, sort_keys=True) for row in read["results"]["bindings"])


@dataclass
class Outcome:
    """Latencies of the good answers in seconds, sorted; and what was no good answer.

    ``refused``: 503 with ``Retry-After``.
    """

    latencies: list[float] = field(default_factory=list)
    refused: int = 0
    failed: int = 0
    told: list[str] = field(default_factory=list)

    @property
    def slowest(self) -> float:
        """The 99th percentile, in milliseconds."""
        place = int(len(self.latencies) * 0.99)
        return self.latencies[place] * 1000 if self.latencies else float("inf")


class _Caller(threading.Thread):
    def __init__(self, target: Target, asked: list[Kind], number: int, job: dict[str, Any]) -> None:
        super().__init__(daemon=True)
        self._target, self._kinds, self._number = target, asked, number
        self._pause: float = job["pause"]
        self._end = time.perf_counter() + job["seconds"]
        self._connection: socket.socket | None = None
        self.outcome = Outcome()

    def run(self) -> None:
        turn = self._number * 10**8
        while time.perf_counter() < self._end:
            turn += 1
            self._ask(self._kinds[turn % len(self._kinds)], turn)
            time.sleep(self._pause)
        self._leave()

    def _ask(self, kind: Kind, turn: int) -> None:
        query = kind.query.replace(COUNTER, f"{turn:010}", 1)
        began = time.perf_counter()
        try:
            reply = self._exchange(self._target.query(query))
        except (OSError, BadAnswer, ValueError) as fault:
            self._leave()
            self._note(f"{kind.name}: {type(fault).__name__} {fault}")
            return
        took = time.perf_counter() - began
        if reply.status == 503 and b"retry-after:" in reply.head.lower():
            self.outcome.refused += 1
        elif reply.status != 200:
            self._note(f"{kind.name}: {reply.status} {reply.body[:200]!r}")
        elif answer_in(reply.body) != kind.answer:
            self._note(f"{kind.name}: another answer, {reply.body[:200]!r}")
        else:
            self.outcome.latencies.append(took)

    def _exchange(self, request: bytes) -> Reply:
        connection = self._connection or self._target.connect(60)
        self._connection = connection
        reply = exchange(connection, request)
        if b"connection: close" in reply.head.lower():
            self._leave()
        return reply

    def _leave(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _note(self, what: str) -> None:
        self.outcome.failed += 1
        self.outcome.told.append(what)


def call(job: dict[str, Any]) -> Outcome:
    """Do the job: ``target``, ``clients``, ``seconds``, ``pause``."""
    asked = kinds(ROOT)
    target = Target(**job["target"])
    callers = [_Caller(target, asked, number, job) for number in range(job["clients"])]
    for caller in callers:
        caller.start()
    whole = Outcome()
    for caller in callers:
        caller.join()
        whole.latencies += caller.outcome.latencies
        whole.refused += caller.outcome.refused
        whole.failed += caller.outcome.failed
        whole.told += caller.outcome.told
    whole.latencies.sort()
    whole.told = whole.told[:_MOST_TOLD]
    return whole


if __name__ == "__main__":
    json.dump(asdict(call(json.load(sys.stdin))), sys.stdout)
