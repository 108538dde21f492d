"""Killed at any moment of committing, the service keeps what it acknowledged, whole, and starts again."""

import json
import random
from collections.abc import Callable
from typing import Any

import httpx

ROUNDS = 50
HEAD = "identificatie,titel,subsidieronde\n"
PROJECTS = "SELECT ?p { ?p a <https://w3id.org/mdt-kennisgraaf/def/Project> } ORDER BY ?p"
MOST_SECONDS = 1.2


def send(running: Any, token: str, number: int, seconds: float) -> bool:
    """Commit two projects; whether that was acknowledged before ``seconds`` were over."""
    rows = "".join(f"MDT-{number}-{half},Project {number}-{half},5a\n" for half in "ab")
    try:
        answer = httpx.post(
            running.url + "v1/submissions",
            files={"file": ("a.csv", (HEAD + rows).encode(), "text/csv")},
            data={"mapping": "projects", "mode": "commit"},
            headers={"Authorization": f"Bearer {token}"},
            timeout=seconds,
        )
    except httpx.TransportError:
        return False
    assert answer.status_code == 201, answer.text
    return True


def test_fifty_kills_lose_nothing_and_halve_nothing(
    start_service: Any, werkzaam: Callable[..., Any]
) -> None:
    chance = random.Random(20231004)
    acknowledged: set[int] = set()
    running = start_service(WERKZAAM_READERS="1")
    here = {"WERKZAAM_DATA_DIR": str(running.folder)}
    token = werkzaam("token", "create", "--role", "submitter", **here).out.decode().strip()
    for number in range(ROUNDS):
        if send(running, token, number, chance.uniform(0.05, MOST_SECONDS)):
            acknowledged.add(number)
        running.process.kill()
        running.close()
        running = start_service(WERKZAAM_READERS="1")
    answer = running.client.get("/sparql", params={"query": PROJECTS}).content
    found = {
        row["p"]["value"].rsplit("/", 1)[1] for row in json.loads(answer)["results"]["bindings"]
    }
    there = {number for number in range(ROUNDS) if f"mdt-{number}-a" in found}
    assert found == {f"mdt-{number}-{half}" for number in there for half in "ab"}
    assert 0 < len(acknowledged) < ROUNDS, "the kills came too early or too late to say anything"
    assert acknowledged <= there
    assert werkzaam("journal", "verify", **here).code == 0
