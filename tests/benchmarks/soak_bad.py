"""Bad callers: queries that never end, that eat memory, that nest; callers that go away, or dawdle.

Run as ``python -m tests.benchmarks.soak_bad`` with a job as JSON on standard input; how often each got
which answer comes as JSON on standard output.
"""

import contextlib
import json
import os
import random
import socket
import sys
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from typing import Any

from tests.benchmarks.exchange import COUNTER, BadAnswer, Target, once
from tests.benchmarks.questions import anew

_PATIENCE = 60.0
_LARGE = "SELECT * { ?s ?p ?o } LIMIT 60000"
_CROSS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


def heavy() -> dict[str, str]:
    """Queries that no service can answer, by what is wrong with them."""
    exists = "FILTER EXISTS { " * 90 + "?a ?b ?c" + " }" * 90
    long_bgp = " . ".join(f"?s{n} ?p{n} ?s{n + 1}" for n in range(400))
    values = " ".join(f'"{n}"' for n in range(8_000))
    return {
        "cross product": _CROSS,
        "ordered cross product": "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c ?f",
        "deep braces": "SELECT * " + "{" * 2_000 + "?s ?p ?o" + "}" * 2_000,
        "deep brackets": "SELECT * { FILTER" + "(" * 3_000 + "1" + ")" * 3_000 + " }",
        "deep exists": f"SELECT * {{ ?s ?p ?o {exists} }}",
        "long pattern": f"SELECT * {{ {long_bgp} }}",
        "concatenation": "SELECT (GROUP_CONCAT(CONCAT(STR(?c), STR(?f))) AS ?t) "
        "{ ?a ?b ?c . ?d ?e ?f }",
        "values": f"SELECT (COUNT(*) AS ?n) {{ VALUES ?a {{ {values} }} VALUES ?b {{ {values} }} "
        "FILTER(?a != ?b) FILTER(STRLEN(CONCAT(?a, ?b)) > 0) }",
        "path": "SELECT (COUNT(*) AS ?n) { ?a (!<urn:a>)* ?b . ?b (!<urn:b>)* ?c }",
    }


class Crowd:
    """Bad callers at ``target`` for ``seconds``, each in a thread of its own."""

    def __init__(self, target: Target, seconds: float, seed: int) -> None:
        self._target = target
        self._end = time.perf_counter() + seconds
        self._chance = random.Random(seed)
        self._numbers = iter(range(seed * 10**6, (seed + 1) * 10**6))
        self.tally: dict[str, Counter[str]] = defaultdict(Counter)
        self.slowest: dict[str, float] = defaultdict(float)

    def run(self) -> None:
        """Until the time is over and all have gone."""
        actors: list[tuple[str, Callable[[], str]]] = [
            (name, lambda query=query: self._asked(query))  # type: ignore[misc]
            for name, query in heavy().items()
        ]
        actors += [
            ("gone before the answer", self._gone),
            ("gone in the answer", self._half_read),
            ("reads byte by byte", self._slow_reader),
            ("sends half", self._half_sent),
        ]
        threads = [threading.Thread(target=self._repeat, args=actor) for actor in actors]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def _repeat(self, name: str, act: Callable[[], str]) -> None:
        while time.perf_counter() < self._end:
            began = time.perf_counter()
            try:
                outcome = act()
            except TimeoutError:
                outcome = "no answer"
            except (OSError, BadAnswer, ValueError):
                outcome = "closed"
            self.slowest[name] = max(self.slowest[name], time.perf_counter() - began)
            self.tally[name][outcome] += 1
            if outcome in ("closed", "503", "400"):
                time.sleep(0.05)

    def _request(self, query: str) -> bytes:
        text = anew(query).replace(COUNTER, f"{next(self._numbers):010}", 1)
        return self._target.query(text)

    def _asked(self, query: str) -> str:
        return str(once(self._target, self._request(query), _PATIENCE).status)

    def _gone(self) -> str:
        with self._target.connect(_PATIENCE) as connection:
            connection.sendall(self._request(_CROSS))
            time.sleep(self._chance.random() * 0.08)
        return "left"

    def _half_read(self) -> str:
        with self._target.connect(_PATIENCE) as connection:
            connection.sendall(self._request(_LARGE))
            status = connection.recv(1 << 14)[9:12].decode()
        return f"left at {status}"

    def _slow_reader(self) -> str:
        with self._target.connect(_PATIENCE) as connection:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            connection.sendall(self._request(_LARGE))
            return self._dawdle(connection)

    def _dawdle(self, connection: socket.socket) -> str:
        while time.perf_counter() < self._end:
            if not connection.recv(1):
                return "cut"
            time.sleep(0.01)
        return "let go"

    def _half_sent(self) -> str:
        request = self._request(_LARGE)
        with contextlib.ExitStack() as held:
            kept = [held.enter_context(self._target.connect(_PATIENCE)) for _ in range(8)]
            for place, connection in enumerate(kept):
                connection.sendall(request[: len(request) * (place + 1) // 10])
            rest = min(5.0, max(0.0, self._end - time.perf_counter()))
            time.sleep(rest)
        return "let go"


def main() -> None:
    """Do the job on standard input: ``target``, ``seconds``, ``seed``.

    Bad callers stand on machines of their own; here their own work lets that of the service go first.
    """
    os.nice(10)
    job: dict[str, Any] = json.load(sys.stdin)
    crowd = Crowd(Target(**job["target"]), job["seconds"], job["seed"])
    crowd.run()
    json.dump({"tally": crowd.tally, "slowest": crowd.slowest}, sys.stdout)


if __name__ == "__main__":
    main()
