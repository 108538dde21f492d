"""Killed at any moment of committing, the service keeps what it acknowledged, whole, and starts again."""

import json
import random
import shutil
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from threading import Timer
from typing import Any

import httpx
import pytest

KILLS = 24
HEAD = "identificatie,titel,subsidieronde\n"
PROJECTS = "SELECT ?p { ?p a <https://w3id.org/mdt-kennisgraaf/def/Project> } ORDER BY ?p"
LATEST = 1.5
NEEDED = (
    "ontology",
    "shapes",
    *(f"graph_data/{name}" for name in ("concepts", "code_lists", "mappings")),
)


def send(running: Any, token: str, number: int) -> bool:
    """Commit two projects; whether that was acknowledged."""
    rows = "".join(f"MDT-{number}-{half},Project {number}-{half},5a\n" for half in "ab")
    try:
        answer = httpx.post(
            running.url + "v1/submissions",
            files={"file": ("a.csv", (HEAD + rows).encode(), "text/csv")},
            data={"mapping": "projects", "mode": "commit"},
            headers={"Authorization": f"Bearer {token}"},
            timeout=120,
        )
    except httpx.TransportError:
        return False
    assert answer.status_code == 201, answer.text
    return True


def killed_while_sending(running: Any, token: str, number: int, seconds: float) -> bool:
    """As ``send``, with the service killed after ``seconds``."""
    killing = Timer(seconds, running.process.kill)
    killing.start()
    acknowledged = send(running, token, number)
    killing.cancel()
    running.process.kill()
    running.close()
    return acknowledged


@pytest.fixture
def gate_content(root: Path, tmp_path: Path) -> str:
    """Only what the gate needs of the content, so that fifty starts do not take too long."""
    for name in NEEDED:
        shutil.copytree(root / name, tmp_path / "content" / name)
    (tmp_path / "content" / "queries").mkdir()
    return str(tmp_path / "content")


class Deliverer:
    """Commits to a service of its own, which is killed each time, and remembers what it was told."""

    def __init__(
        self, start: Callable[..., Any], werkzaam: Callable[..., Any], folder: str, content: str
    ) -> None:
        environment = {"WERKZAAM_READERS": "1", "WERKZAAM_CONTENT_DIR": content}
        self.start = partial(start, folder=folder, **environment)
        self.running = self.start()
        self.here = {"WERKZAAM_DATA_DIR": str(self.running.folder)}
        made = werkzaam("token", "create", "--role", "submitter", **self.here)
        self.token = made.out.decode().strip()
        self.acknowledged: set[int] = set()
        self.chance = random.Random(folder)

    def go_through(self, rounds: int) -> set[str]:
        """Be killed ``rounds`` times; the records that are there afterwards."""
        begun = time.monotonic()
        assert send(self.running, self.token, rounds)
        usual = time.monotonic() - begun
        for number in range(rounds):
            begun, moment = time.monotonic(), self.chance.uniform(0, LATEST * usual)
            if killed_while_sending(self.running, self.token, number, moment):
                self.acknowledged.add(number)
                usual = time.monotonic() - begun
            else:
                usual = max(usual, moment)  # the machine is busier than it was
            self.running = self.start()
        answer = self.running.client.get("/sparql", params={"query": PROJECTS}).content
        rows = json.loads(answer)["results"]["bindings"]
        return {row["p"]["value"].rsplit("/", 1)[1] for row in rows}


@pytest.mark.slow
def test_fifty_kills_lose_nothing_and_halve_nothing(
    start_service: Callable[..., Any], werkzaam: Callable[..., Any], gate_content: str
) -> None:
    both = [Deliverer(start_service, werkzaam, name, gate_content) for name in ("one", "two")]
    rounds = KILLS // len(both)
    with ThreadPoolExecutor(len(both)) as pool:
        outcomes = list(pool.map(lambda one: one.go_through(rounds), both))
    for one, found in zip(both, outcomes, strict=True):
        there = {number for number in range(rounds + 1) if f"mdt-{number}-a" in found}
        assert found == {f"mdt-{number}-{half}" for number in there for half in "ab"}
        assert one.acknowledged | {rounds} <= there
        assert werkzaam("journal", "verify", **one.here).code == 0
    acknowledged = sum(len(one.acknowledged) for one in both)
    assert 0 < acknowledged < KILLS, "the kills came too early or too late to say anything"
