"""What moves: commits until they are seen, killed readers until they are replaced, starts, memory."""

import json
import statistics
import time
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tests.benchmarks import processes, servers
from tests.benchmarks.exchange import BadAnswer, Target, once
from tests.benchmarks.processes import Process
from tests.benchmarks.projects import Project, delivery, projects, spreadsheet
from tests.benchmarks.questions import SMALL, numbered
from tests.benchmarks.rows import Row, Table, plain
from tests.benchmarks.servers import Server

from werkzaam.store.journal import Journal

_VISIBLE_S, _FOLLOWED_S, _REPLACED_MS, _READY_S = 0.3, 1.0, 50.0, 3.0
_IN_ONE = 100
_PATIENCE = 30.0
_A_WHILE = 2.0
_STANDING = 5.0


def token(folder: Path) -> str:
    """A token of a submitter, made beside the running service."""
    return servers.command(folder, "token", "create", "--role", "submitter").strip()


def submission(target: Target, secret: str, data: bytes, name: str = "metingen.csv") -> bytes:
    """The request that commits a spreadsheet."""
    mark = "----" + b64encode(name.encode()).decode().strip("=")
    fields = {"mapping": "projects", "mode": "commit"}
    parts = [
        f'--{mark}\r\nContent-Disposition: form-data; name="{field}"\r\n\r\n{value}\r\n'
        for field, value in fields.items()
    ]
    file = (
        f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
        "Content-Type: text/csv\r\n\r\n"
    )
    body = ("".join(parts) + file).encode() + data + f"\r\n--{mark}--\r\n".encode()
    kind = f"multipart/form-data; boundary={mark}"
    authorization = f"Bearer {secret}"
    return target.request(
        "POST", "/v1/submissions", body, Content_Type=kind, Authorization=authorization
    )


def seen(target: Target, project: Project) -> bool:
    """Whether a query sees that project now."""
    query = f"ASK {{ <{project.iri}> ?p ?o }}"
    reply = once(target, target.query(numbered(query, time.monotonic_ns() % 10**10)))
    if reply.status != 200:
        raise BadAnswer(f"{reply.status} {reply.body[:200]!r}")
    return json.loads(reply.body)["boolean"] is True


def _until_seen(target: Target, project: Project) -> float:
    """The time (of the clock on the wall) of the first answer that sees it."""
    if processes.wait_until(lambda: seen(target, project), _PATIENCE) is None:
        raise BadAnswer(f"no query saw {project.iri} within {_PATIENCE:g} s")
    return time.time()


def commits(table: Table, server: Server, size: str, turns: int, first: int) -> None:
    """How long 100 projects take from their row in the journal to the first query that sees them.

    The service's own commits, through HTTP and the gate; and rows that another process writes.
    """
    secret = token(server.folder)
    by_http: list[float] = []
    whole: list[float] = []
    beside: list[float] = []
    for turn in range(turns):
        made = list(projects(_IN_ONE, first + 2 * turn * _IN_ONE))
        began = time.time()
        reply = once(server.target, submission(server.target, secret, spreadsheet(made)), 300)
        if reply.status != 201:
            raise BadAnswer(f"{reply.status} {reply.body[:300]!r}")
        visible = _until_seen(server.target, made[-1])
        whole.append(visible - began)
        by_http.append(visible - _time_of_last(server.folder))
        more = list(projects(_IN_ONE, first + (2 * turn + 1) * _IN_ONE))
        beside.append(_written_beside(server, more))
    held = f"{_IN_ONE} projects, {size}"
    most = _VISIBLE_S if size == "content" else None
    table.add(plain(f"commit over HTTP: row to visible, {held}", "s", by_http, most))
    table.add(plain(f"commit over HTTP: request to visible, gate and all, {held}", "s", whole))
    table.add(plain(f"row by another process to visible, {held}", "s", beside, _FOLLOWED_S))


def _time_of_last(folder: Path) -> float:
    journal = Journal.open(folder, read_only=True)
    try:
        change = journal.change(journal.last_number())
    finally:
        journal.close()
    return datetime.fromisoformat(change.time).timestamp()


def _written_beside(server: Server, made: Sequence[Project]) -> float:
    journal = Journal.open(server.folder)
    try:
        journal.append_submission(delivery(made, agent="beside"))
        written = time.time()
    finally:
        journal.close()
    return _until_seen(server.target, made[-1]) - written


def kills(table: Table, server: Server, turns: int) -> None:
    """SIGKILL to one reader, and to all at once: until a query is answered, and all stand again.

    Where they do not all stand again within ``_STANDING`` seconds, that is the figure.
    """
    full = _readers_at_rest(server)
    one: list[_Recovery] = []
    all_at_once: list[_Recovery] = []
    for turn in range(turns):
        readers = processes.leaves(server.pid)
        one.append(_recovery(server, [readers[turn % len(readers)]], full, turn))
        _ask_until_full(server, full, turn)
    for turn in range(turns):
        all_at_once.append(_recovery(server, processes.leaves(server.pid), full, turns + turn))
        _ask_until_full(server, full, turns + turn)
    for what, most, found in (
        ("a reader killed", _REPLACED_MS, one),
        ("all readers killed at once", None, all_at_once),
    ):
        table.add(plain(f"{what}: until the next answer", "ms", [r.answered for r in found], most))
        table.add(plain(f"{what}: until all stand again", "ms", [r.standing for r in found], most))
        refused = [float(r.refused) for r in found]
        table.add(plain(f"{what}: good queries refused", "answers", refused, most and 0.0))


@dataclass(frozen=True)
class _Recovery:
    """Milliseconds until the next good answer and until all readers stood, and how many answers
    before that were no good ones."""

    answered: float
    standing: float
    refused: int


def _recovery(server: Server, killed: Sequence[Process], full: int, number: int) -> _Recovery:
    request = server.target.query(numbered(SMALL, number))
    statuses: list[int] = []
    began = time.perf_counter()
    for reader in killed:
        processes.kill(reader)

    def good() -> bool:
        statuses.append(once(server.target, request).status)
        return statuses[-1] == 200

    if processes.wait_until(good, _PATIENCE) is None:
        raise BadAnswer("no query was answered after the kill")
    answered = time.perf_counter() - began
    processes.wait_until(lambda: _at_rest(server, full), _STANDING)
    standing = time.perf_counter() - began
    return _Recovery(answered * 1000, standing * 1000, len(statuses) - 1)


def _ask_until_full(server: Server, full: int, number: int) -> None:
    """Questions make a service see what it overlooked; the next turn begins whether they did or not."""
    request = server.target.query(numbered(SMALL, number))

    def stands() -> bool:
        once(server.target, request)
        return _at_rest(server, full)

    processes.wait_until(stands, _A_WHILE)


def _readers_at_rest(server: Server) -> int:
    """How many there are when nobody asks: the fewest of a while, for those that retire go late."""
    end = time.monotonic() + _A_WHILE
    fewest = len(processes.leaves(server.pid))
    while time.monotonic() < end:
        time.sleep(0.05)
        fewest = min(fewest, len(processes.leaves(server.pid)))
    return fewest


def _at_rest(server: Server, full: int) -> bool:
    """A reader that has yet to wait for its first question does not stand. One that waited may be at
    work again: it warms itself."""
    readers = processes.leaves(server.pid)
    return len(readers) >= full and all(processes.waits(reader.pid) > 0 for reader in readers)


def memory(table: Table, server: Server, size: str) -> None:
    """What each reader has to itself, and the whole tree."""
    readers = [processes.memory(leaf.pid) / 2**20 for leaf in processes.leaves(server.pid)]
    table.add(plain(f"memory of a reader (PSS), {len(readers)} of them, {size}", "MB", readers))
    whole = processes.tree_memory(server.pid) / 2**20
    table.add(plain(f"memory of the service and all its processes (PSS), {size}", "MB", [whole]))


def starts(table: Table, folder: Path, turns: int) -> None:
    """From the start of the process to the line that says it is ready: in an empty folder, and again."""
    first: list[float] = []
    again: list[float] = []
    for turn in range(turns):
        place = folder / f"start-{turn}"
        for times in (first, again):
            with servers.werkzaam(place) as server:
                times.append(server.started)
    table.add(plain("start to ready, in an empty folder", "s", first, _READY_S))
    table.add(plain("start to ready, once more", "s", again, _READY_S))


def start_with(table: Table, server: Server, size: str) -> None:
    """The start of the service that is there already."""
    median = statistics.median([server.started])
    table.add(Row(f"start to ready, {size}", "s", median, 0.0))
