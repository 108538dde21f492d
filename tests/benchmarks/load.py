"""The load: clients with kept connections that ask without pause, in a process of their own.

Closed loop: each client has one request out at a time. Run as ``python -m tests.benchmarks.load``
with a job as JSON on standard input; the outcome comes as JSON on standard output. One process with
a selector drives all clients, so that little of the machine goes to asking.
"""

import json
import selectors
import socket
import subprocess
import sys
import time
from base64 import b64decode, b64encode
from dataclasses import asdict, dataclass, field
from pathlib import Path

from tests.benchmarks.exchange import COUNTER, BadAnswer, Target, Unfinished

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Outcome:
    """How many whole answers came with status 200 and how many did not, and how long each took (seconds)."""

    seconds: float
    good: int
    bad: int
    latencies: list[float] = field(repr=False)

    @property
    def rate(self) -> float:
        """Good answers a second."""
        return self.good / self.seconds


class _Client:
    def __init__(self, target: Target, request: bytes, first: int, step: int) -> None:
        self.socket = target.connect()
        self._head, self._counted, self._tail = request.partition(COUNTER.encode())
        self._number, self._step = first, step
        self.answer = Unfinished()
        self.began = 0.0

    def send(self) -> None:
        self.answer = Unfinished()
        request = self._head
        if self._counted:
            request = b"%b%010d%b" % (self._head, self._number, self._tail)
            self._number += self._step
        self.began = time.perf_counter()
        self.socket.sendall(request)


def drive(target: Target, request: bytes, clients: int, seconds: float, first: int = 1) -> Outcome:
    """Ask ``request`` with ``clients`` at once for ``seconds``; see ``COUNTER``."""
    chosen = selectors.DefaultSelector()
    crowd = [_Client(target, request, first + place, clients) for place in range(clients)]
    latencies: list[float] = []
    bad = 0
    began = time.perf_counter()
    for client in crowd:
        chosen.register(client.socket, selectors.EVENT_READ, client)
        client.send()
    end = began + seconds
    while (now := time.perf_counter()) < end:
        for key, _ in chosen.select(end - now):
            client = key.data
            if not client.answer.feed(_received(client.socket)):
                continue
            latencies.append(time.perf_counter() - client.began)
            bad += not client.answer.ok
            client.send()
    took = time.perf_counter() - began
    for client in crowd:
        client.socket.close()
    return Outcome(took, len(latencies) - bad, bad, sorted(latencies))


def _received(connection: socket.socket) -> bytes:
    return connection.recv(1 << 18)


def drive_apart(
    target: Target, request: bytes, clients: int, seconds: float, first: int = 1
) -> Outcome:
    """``drive`` in a process of its own. Raises BadAnswer where that failed."""
    job = {
        "target": asdict(target),
        "request": b64encode(request).decode(),
        "clients": clients,
        "seconds": seconds,
        "first": first,
    }
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.load"],
        input=json.dumps(job),
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=seconds + 60,
    )
    if done.returncode:
        raise BadAnswer(done.stderr.strip().splitlines()[-1] if done.stderr else "no outcome")
    return Outcome(**json.loads(done.stdout))


def main() -> None:
    """Do the job on standard input."""
    job = json.load(sys.stdin)
    target, request = Target(**job.pop("target")), b64decode(job.pop("request"))
    json.dump(asdict(drive(target, request, **job)), sys.stdout)


if __name__ == "__main__":
    main()
