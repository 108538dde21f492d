"""Engines in a process of their own, without a server: what they need for a query and its answer.

Run as ``python -m tests.benchmarks.inprocess pyoxigraph|rdflib TRIPLES``; a line of JSON asks, a line of
JSON answers. The time is taken inside, from the text of the query to the bytes of the results.
"""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.benchmarks.load import ROOT
from tests.benchmarks.servers import NotRun

Ask = Callable[[str], bytes]


class Late(Exception):
    """The engine took longer than it was given."""


class InProcess:
    """One engine with ``triples`` loaded."""

    def __init__(self, kind: str, triples: Path) -> None:
        """Start and load. Raises NotRun."""
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.benchmarks.inprocess", kind, str(triples)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
        if self._answer().get("ready") is not True:
            self.close()
            raise NotRun(f"{kind} could not load the data")

    def ask(self, query: str, seconds: float) -> tuple[float, int]:
        """Seconds taken, and how many rows came. Raises Late, or NotRun for what it cannot do."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"query": query, "seconds": seconds}) + "\n")
        self._process.stdin.flush()
        answer = self._answer()
        if "error" in answer:
            raise NotRun(answer["error"])
        if answer.get("late"):
            raise Late(f"over {seconds:g} s")
        return answer["seconds"], answer["rows"]

    def close(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.communicate()

    def _answer(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        answer: dict[str, Any] = json.loads(line) if line else {"error": "the engine died"}
        return answer


def rows_in(results: bytes) -> int:
    """How many rows there are in SPARQL results in JSON; 1 for a yes or no."""
    answer = json.loads(results)
    return len(answer["results"]["bindings"]) if "results" in answer else 1


def _pyoxigraph(triples: Path) -> Ask:
    import pyoxigraph as ox

    store = ox.Store()
    store.bulk_load(triples.read_bytes(), format=ox.RdfFormat.N_TRIPLES)

    def ask(query: str) -> bytes:
        found = store.query(query)
        assert isinstance(found, ox.QuerySolutions | ox.QueryBoolean)
        return found.serialize(format=ox.QueryResultsFormat.JSON) or b""

    return ask


def _rdflib(triples: Path) -> Ask:
    import rdflib

    graph = rdflib.Graph()
    graph.parse(triples, format="nt")
    return lambda query: graph.query(query).serialize(format="json") or b""


def _timed(ask: Ask, query: str, seconds: float) -> dict[str, Any]:
    def late(*_: object) -> None:
        raise Late

    signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    began = time.perf_counter()
    try:
        results = ask(query)
        took = time.perf_counter() - began
    except Late:
        return {"late": True}
    except Exception as fault:
        return {"error": f"{type(fault).__name__}: {fault}"[:200]}
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    return {"seconds": took, "rows": rows_in(results)}


def main(kind: str, triples: str) -> None:
    """Load, say so, and answer until the input ends."""
    ask = {"pyoxigraph": _pyoxigraph, "rdflib": _rdflib}[kind](Path(triples))
    sys.stdout.write('{"ready": true}\n')
    sys.stdout.flush()
    for line in sys.stdin:
        asked = json.loads(line)
        sys.stdout.write(json.dumps(_timed(ask, asked["query"], asked["seconds"])) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
