"""Search over HTTP: how long until the first index answers, and how long a search takes."""

import time
from typing import Final
from urllib.parse import quote

from tests.benchmarks import processes
from tests.benchmarks.exchange import BadAnswer, Reply, Target, once
from tests.benchmarks.rows import Table, plain
from tests.benchmarks.servers import Server

WORDS: Final = (
    *("wederkerigheid", "ontmoetingen", "sociaal kapitaal", "taalmaatjes", "wederkerigeid"),
    *("welke werkzame elementen hebben geen projecten", "de", "vertrouwen", "buurtcontact"),
)
_PATIENCE: Final = 120.0
_MOST_MS: Final = 50.0


def _search(target: Target, words: str, number: int) -> Reply:
    # another limit each time, so that no answer was asked before
    path = f"/v1/search?q={quote(words)}&limit={1 + number % 50}"
    return once(target, target.request("GET", path))


def measure(table: Table, server: Server, size: str, turns: int) -> None:
    """Rows for the first index and for one search, over ``turns`` times each of WORDS."""
    target = server.target
    began = time.monotonic()
    ready = processes.wait_until(lambda: _search(target, WORDS[0], 0).status == 200, _PATIENCE)
    if ready is None:
        raise BadAnswer(f"no search was answered within {_PATIENCE:g} s")
    table.add(plain(f"first search after a start, {size}", "s", [time.monotonic() - began]))
    times = []
    for turn in range(turns):
        for words in WORDS:
            begun = time.monotonic()
            reply = _search(target, words, turn)
            times.append((time.monotonic() - begun) * 1000)
            if reply.status != 200:
                raise BadAnswer(f"{reply.status} {reply.body[:200]!r}")
    table.add(plain(f"one search over HTTP, {size}", "ms", times, most=_MOST_MS))
