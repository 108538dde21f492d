"""Killed at any moment of committing, the service keeps what it acknowledged, whole, and starts again."""

import json
import random
import time
from collections.abc import Callable
from threading import Timer
from typing import Any

import httpx

ROUNDS = 50
HEAD = "identificatie,titel,subsidieronde\n"
PROJECTS = "SELECT ?p { ?p a <https://w3id.org/mdt-kennisgraaf/def/Project> } ORDER BY ?p"
LATEST = 1.5


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


def test_fifty_kills_lose_nothing_and_halve_nothing(
    start_service: Any, werkzaam: Callable[..., Any]
) -> None:
    chance = random.Random(20231004)
    acknowledged: set[int] = set()
    running = start_service(WERKZAAM_READERS="1")
    here = {"WERKZAAM_DATA_DIR": str(running.folder)}
    token = werkzaam("token", "create", "--role", "submitter", **here).out.decode().strip()
    begun = time.monotonic()
    assert send(running, token, ROUNDS)
    usual = time.monotonic() - begun
    for number in range(ROUNDS):
        begun, moment = time.monotonic(), chance.uniform(0, LATEST * usual)
        if killed_while_sending(running, token, number, moment):
            acknowledged.add(number)
            usual = time.monotonic() - begun
        else:
            usual = max(usual, moment)  # the machine is busier than it was
        running = start_service(WERKZAAM_READERS="1")
    answer = running.client.get("/sparql", params={"query": PROJECTS}).content
    found = {
        row["p"]["value"].rsplit("/", 1)[1] for row in json.loads(answer)["results"]["bindings"]
    }
    there = {number for number in range(ROUNDS + 1) if f"mdt-{number}-a" in found}
    assert found == {f"mdt-{number}-{half}" for number in there for half in "ab"}
    assert 0 < len(acknowledged) < ROUNDS, "the kills came too early or too late to say anything"
    assert acknowledged | {ROUNDS} <= there
    assert werkzaam("journal", "verify", **here).code == 0
