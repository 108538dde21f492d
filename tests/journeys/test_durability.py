"""Killed at any moment of committing, the service keeps what it acknowledged, whole, and starts again.

``DURABILITY_COMMITS=200`` makes it long; ``DURABILITY_SEED`` repeats a run that failed.
"""

import contextlib
import ctypes
import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from threading import Timer
from typing import Any
from urllib.parse import quote

import httpx
import pytest

from werkzaam.store.journal import Journal
from werkzaam.store.tokens import Tokens

COMMITS = int(os.environ.get("DURABILITY_COMMITS", "10"))
SEED = int(os.environ.get("DURABILITY_SEED", random.randrange(1 << 32)))
HEAD = "identificatie,titel,subsidieronde\n"
PROJECTS = "SELECT ?p { ?p a <https://w3id.org/mdt-kennisgraaf/def/Project> } ORDER BY ?p"
QUESTION = """\
#+ title: {nl: Projecten, en: Projects}
#+ question: {nl: "Welke projecten zijn er?", en: "Which projects are there?"}
#+ description: {nl: Alle., en: All.}
#+ tags: [projects]
#+ since: 0.1.0
#+ shows: table
#+ columns:
#+   p: {label: {nl: Project, en: Project}, role: identifier}
"""
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
KILLED = ("service", "service", "child", "child", "command")
LATEST = 1.2
PR_SET_CHILD_SUBREAPER = 36


def sheet(number: int) -> bytes:
    rows = (f"MDT-{number}-{half},Project {number}-{half},5a\n" for half in "ab")
    return (HEAD + "".join(rows)).encode()


def parents() -> dict[int, int]:
    """Every process on this machine with the one that started it."""
    found = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            found[int(stat.parent.name)] = int(stat.read_text().rpartition(")")[2].split()[1])
    return found


def descendants(ancestor: int) -> set[int]:
    started, known = parents(), {ancestor}
    while more := {pid for pid, parent in started.items() if parent in known} - known:
        known |= more
    return known - {ancestor}


def kill(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def told_of(parent: int) -> str:
    """What those below it are and do."""
    told = []
    for pid in descendants(parent):
        with contextlib.suppress(OSError):
            words = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
            told.append(f"{pid} {state} {words}")
    return "; ".join(told)


def until(condition: Callable[[], Any], words: str, seconds: float = 20.0) -> Any:
    deadline = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < deadline, f"{words}; seed {SEED}; {told_of(os.getpid())}"
        time.sleep(0.02)
    return found


@pytest.fixture
def orphans() -> Iterator[Callable[[], set[int]]]:
    """The processes that lost the one that started them, which come to this one then, with their ends
    awaited; what was here before is none."""
    libc = ctypes.CDLL(None)
    assert libc.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) == 0
    before = {pid for pid, parent in parents().items() if parent == os.getpid()}
    known: set[int] = set(before)

    def left(*ours: int) -> set[int]:
        known.update(ours)
        mine = {pid for pid, parent in parents().items() if parent == os.getpid()} - known
        for pid in mine:
            with contextlib.suppress(ChildProcessError):
                os.waitpid(pid, os.WNOHANG)
        return {pid for pid in mine if Path(f"/proc/{pid}").exists()}

    yield left
    libc.prctl(PR_SET_CHILD_SUBREAPER, 0, 0, 0, 0)


@pytest.fixture
def asked_content(gate_content: str, tmp_path: Path) -> str:
    """What the gate needs of the content, and one question."""
    shutil.copytree(gate_content, tmp_path / "asked")
    (tmp_path / "asked/queries/coverage").mkdir()
    (tmp_path / "asked/queries/coverage/projects.rq").write_text(QUESTION + PROJECTS + "\n")
    return str(tmp_path / "asked")


class Deliverer:
    """Commits to a service that is killed, or its children, or the command that commits beside it, and
    remembers what it was told. A submission is two records."""

    def __init__(self, start: Callable[[], Any], orphans: Callable[..., set[int]]) -> None:
        self.start, self.orphans = start, orphans
        self.running = start()
        with contextlib.closing(Journal.open(self.running.folder)) as journal:
            self.token = Tokens(journal.database).create("curator").secret
        self.chance = random.Random(SEED)
        self.submitted: set[int] = set()
        self.withdrawn: set[int] = set()
        self.tried_to_withdraw: set[int] = set()
        self.places: dict[int, str] = {}
        self.asking: list[socket.socket] = []
        self.usual = {"submit": 2.0, "withdraw": 0.05, "ingest": 3.0}

    def commit(self, number: int, content: str) -> None:
        """One commit during which something is killed; afterwards all works again by itself."""
        victim = self.chance.choice(KILLED)
        free = sorted(self.submitted & self.places.keys() - self.tried_to_withdraw)
        if victim == "command":
            self._while_killed("ingest", self._ingest_killed, number, content)
        elif free and self.chance.random() < 0.5:
            self._while_killed("withdraw", self.withdraw, self.chance.choice(free), victim)
        else:
            self._while_killed("submit", self.submit, number, victim)
        if self.running.process.poll() is not None:
            self.running.close()
            while self.asking:
                self.asking.pop().close()
            until(lambda: not self.orphans(), "a process outlived the service")
            self.running = self.start()
        until(self.answers, "no answer after a kill")

    def _while_killed(self, what: str, act: Callable[..., bool], *given: Any) -> None:
        begun, self.moment = time.monotonic(), self.chance.uniform(0, LATEST * self.usual[what])
        if act(*given):
            self.usual[what] = time.monotonic() - begun
        else:
            self.usual[what] = max(self.usual[what], self.moment)  # the machine is busier now

    @contextlib.contextmanager
    def _killing(self, victim: str) -> Iterator[None]:
        pid = self.running.process.pid
        if victim == "service":
            self._keep_a_reader_busy()
            timer = Timer(self.moment, kill, [pid])
        else:
            timer = Timer(self.moment, self._kill_a_child, [pid])
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            timer.join()
        if victim == "service":
            kill(pid)
            self.running.process.wait()

    def _keep_a_reader_busy(self) -> None:
        """Ask what takes longer than this test: who is at work hears nothing from a dead parent."""
        address = httpx.URL(self.running.url)
        asking = socket.create_connection((address.host, address.port or 80))
        self.asking.append(asking)
        asking.sendall(f"GET /sparql?query={quote(ENDLESS)} HTTP/1.1\r\nHost: x\r\n\r\n".encode())

    def _kill_a_child(self, pid: int) -> None:
        children = sorted(descendants(pid))
        if children:
            kill(self.chance.choice(children))

    def submit(self, number: int, victim: str) -> bool:
        with self._killing(victim):
            answer = self._send(
                "POST",
                "v1/submissions",
                files={"file": ("a.csv", sheet(number), "text/csv")},
                data={"mapping": "projects", "mode": "commit"},
            )
        if answer is None or answer.status_code != 201:
            unfinished = answer is not None and answer.json().get("report", {}).get("validated")
            assert not unfinished, answer and answer.text
            return False
        self.submitted.add(number)
        self.places[number] = answer.headers["Location"].partition("/v1/")[2]
        return True

    def withdraw(self, number: int, victim: str) -> bool:
        self.tried_to_withdraw.add(number)
        with self._killing(victim):
            answer = self._send("DELETE", f"v1/{self.places[number]}")
        if answer is None or not answer.is_success:
            return False
        self.withdrawn.add(number)
        return True

    def _send(self, method: str, path: str, **body: Any) -> httpx.Response | None:
        headers = {"Authorization": f"Bearer {self.token}"}
        try:
            answer = httpx.request(
                method, self.running.url + path, headers=headers, timeout=120, **body
            )
        except httpx.TransportError:
            return None
        assert answer.status_code in (200, 201, 204, 400, 503), (answer.text, SEED)
        return answer

    def _ingest_killed(self, number: int, content: str) -> bool:
        """The command beside the running service, killed; done where it said so before."""
        file = self.running.folder.parent / "sent.csv"
        file.write_bytes(sheet(number))
        # readers whose nursery was killed go on, and are no children of the service any more
        readers = self.orphans(self.running.process.pid)
        command = self.command(content, "ingest", str(file), "--mapping", "projects")
        try:
            done = command.wait(self.moment) == 0
        except subprocess.TimeoutExpired:
            command.kill()
            done = command.wait() == 0
        until(
            lambda: self.orphans(self.running.process.pid) <= readers,
            "a process outlived its command",
        )
        if done:
            self.submitted.add(number)
        return done

    def command(
        self, content: str, *words: str, output: int = subprocess.DEVNULL
    ) -> "subprocess.Popen[bytes]":
        """Start ``werkzaam`` on the data folder of the service."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith("WERKZAAM_")}
        here = {"WERKZAAM_DATA_DIR": str(self.running.folder), "WERKZAAM_CONTENT_DIR": content}
        return subprocess.Popen(
            [sys.executable, "-m", "werkzaam", *words],
            stdout=output,
            stderr=subprocess.DEVNULL,
            env=kept | here,
        )

    def answers(self) -> set[str]:
        """What the service has, as its last word; empty where it does not answer just now."""
        found = httpx.get(self.running.url + "sparql", params={"query": PROJECTS}, timeout=60)
        if found.status_code != 200:
            assert found.status_code == 503, (found.text, SEED)
            return set()
        rows = json.loads(found.content)["results"]["bindings"]
        return {"", *(row["p"]["value"].rsplit("/", 1)[1] for row in rows)}

    def must_be_there(self) -> set[int]:
        return self.submitted - self.tried_to_withdraw


@pytest.mark.slow
def test_kills_at_any_moment_lose_nothing_and_halve_nothing(
    start_service: Callable[..., Any], asked_content: str, orphans: Callable[..., set[int]]
) -> None:
    start = partial(start_service, WERKZAAM_CONTENT_DIR=asked_content, WERKZAAM_QUERY_SECONDS="600")
    one = Deliverer(start, orphans)
    for number in range(COMMITS):
        one.commit(number, asked_content)
    asked = one.command(
        *(asked_content, "query", "coverage/projects", "--format", "csv"), output=subprocess.PIPE
    )
    out = asked.communicate()[0].decode()
    found = {line.rsplit("/", 1)[1] for line in out.split("\r\n")[1:] if line}
    until(lambda: one.answers() == found | {""}, "it does not follow the journal")
    there = {number for number in range(COMMITS) if f"mdt-{number}-a" in found}
    assert found == {f"mdt-{number}-{half}" for number in there for half in "ab"}, SEED
    assert one.must_be_there() <= there, SEED
    assert not one.withdrawn & there, SEED
    assert one.submitted, f"every kill came too early to say anything; seed {SEED}"
    assert one.command(asked_content, "journal", "verify").wait() == 0, SEED
    assert one.running.stop() == 0
    until(lambda: not orphans(), "a process outlived the service")
