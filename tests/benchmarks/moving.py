"""What moves: commits until they are seen, killed readers until they are replaced, starts, memory."""

import json
import statistics
import time
from base64 import b64encode
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from tests.benchmarks import processes, servers
from tests.benchmarks.exchange import BadAnswer, Target, once
from tests.benchmarks.projects import Project, delivery, projects, spreadsheet
from tests.benchmarks.questions import SMALL, numbered
from tests.benchmarks.rows import Row, Table, plain
from tests.benchmarks.servers import Server

from werkzaam.store.journal import Journal

_VISIBLE_S, _FOLLOWED_S, _REPLACED_MS, _READY_S = 0.3, 1.0, 50.0, 3.0
_IN_ONE = 100
_PATIENCE = 30.0


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
    """SIGKILL to one reader, and to all at once: until a query is answered, and all stand again."""
    full = len(processes.leaves(server.pid))
    answered: list[float] = []
    replaced: list[float] = []
    after_all: list[float] = []
    for turn in range(turns):
        readers = processes.leaves(server.pid)
        victim = readers[turn % len(readers)]
        answered.append(_after(lambda one=victim: processes.kill(one), server, turn))  # type: ignore[misc]
        replaced.append(answered[-1] + _until_full(server, full))
    for turn in range(turns):
        after_all.append(_after(lambda: _kill_all(server), server, turns + turn))
        _until_full(server, full)
    table.add(plain("a reader killed: until the next answer", "ms", answered, _REPLACED_MS))
    table.add(plain("a reader killed: until all stand again", "ms", replaced, _REPLACED_MS))
    table.add(plain("all readers killed at once: until the next answer", "ms", after_all))


def _kill_all(server: Server) -> None:
    for reader in processes.leaves(server.pid):
        processes.kill(reader)


def _after(kill: Callable[[], None], server: Server, number: int) -> float:
    """Milliseconds from the kill to the end of the next good answer; refusals are asked again."""
    request = server.target.query(numbered(SMALL, number))
    began = time.perf_counter()
    kill()
    if processes.wait_until(lambda: once(server.target, request).status == 200, _PATIENCE) is None:
        raise BadAnswer("no query was answered after the kill")
    return (time.perf_counter() - began) * 1000


def _until_full(server: Server, full: int) -> float:
    """Milliseconds until there are as many readers again, and they have come to rest."""
    waited = processes.wait_until(lambda: _at_rest(server, full), _PATIENCE)
    if waited is None:
        raise BadAnswer(f"there are not {full} readers again after {_PATIENCE:g} s")
    return waited * 1000


def _at_rest(server: Server, full: int) -> bool:
    """A reader that still loads is at work: in state R, not S."""
    readers = processes.leaves(server.pid)
    return len(readers) >= full and all(reader.state == "S" for reader in readers)


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
