"""With all places at the gate taken, everything else goes on, and who records is not kept out."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from threading import Event
from typing import Any

import httpx
import pytest
from starlette.types import ASGIApp

from werkzaam.api.service import Service
from werkzaam.app import create_app
from werkzaam.curation.submissions import ORDINARY, Submissions, Way
from werkzaam.domain.changes import Agent
from werkzaam.ingest.gate_outcome import GateOutcome
from werkzaam.opening import open_service
from werkzaam.settings import read_settings

GOOD = b"identificatie,titel,subsidieronde\nMDT-1,Samen op pad,5a\n"
ROW = 8
QUESTION = "/v1/queries/coverage/working-elements-without-projects"


class HeldGate(Submissions):
    """Holds every preview without a token until it is released."""

    entered: Event
    release: Event

    def preview(
        self,
        data: bytes,
        file_name: str,
        mapping: str,
        agent: Agent | None = None,
        stop: Event | None = None,
        way: Way = ORDINARY,
    ) -> GateOutcome:
        if agent is None:
            self.entered.set()
            assert self.release.wait(120)
        return super().preview(data, file_name, mapping, agent, stop, way)


@pytest.fixture
def instance(tmp_path: Path, root: Path) -> Iterator[tuple[ASGIApp, Service]]:
    """An application in this process, whose gate is held."""
    settings = read_settings({"WERKZAAM_CONTENT_DIR": str(root), "WERKZAAM_READERS": "1"})
    service, dataset = open_service(settings, tmp_path / "data", "http://here")
    gate = HeldGate(dataset.journal, service.submissions.content, after_change=dataset.follow_once)
    gate.entered, gate.release = Event(), Event()
    service.submissions = gate
    yield create_app(service, dataset.close), service
    gate.release.set()
    dataset.close()


@asynccontextmanager
async def client_of(app: ASGIApp) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app)
    async with (
        asyncio.timeout(110),
        httpx.AsyncClient(transport=transport, base_url="http://here") as client,
    ):
        yield client


async def send(client: httpx.AsyncClient, path: str, mode: str, **headers: str) -> Any:
    files = {"file": ("a.csv", GOOD, "text/csv")}
    data = {"mapping": "projects", "mode": mode}
    return await client.post(path, files=files, data=data, headers=headers)


async def fill(client: httpx.AsyncClient, service: Service) -> list[asyncio.Task[Any]]:
    """Take every place and every place in the row that may be had without a token."""
    first = asyncio.create_task(send(client, "/v1/submissions", "preview"))
    while not service.submissions.entered.is_set():  # type: ignore[attr-defined]
        await asyncio.sleep(0)
    paths = ("/v1/submissions", "/submit") * (ROW // 2)
    held = [first, *(asyncio.create_task(send(client, path, "preview")) for path in paths)]
    while service.places.waiting("anonymous preview") < ROW:
        await asyncio.sleep(0)
    return held


def test_a_held_gate_holds_up_nobody_else(
    instance: tuple[ASGIApp, Service], run_async: Callable[[Coroutine[Any, Any, None]], None]
) -> None:
    app, service = instance
    token = service.tokens.create("submitter", 1, "een").secret

    async def test() -> None:
        async with client_of(app) as client:
            held = await fill(client, service)
            for path in ("/v1/submissions", "/submit"):
                refused = await send(client, path, "preview")
                assert refused.status_code == 503
                assert refused.headers["retry-after"] == "5"
            assert (await client.get("/health/ready")).status_code == 200
            assert (await client.get(QUESTION)).status_code == 200
            owner = {"Authorization": f"Bearer {token}"}
            preview = await send(client, "/v1/submissions", "preview", **owner)
            assert preview.json()["conforms"] is True
            committed = await send(client, "/v1/submissions", "commit", **owner)
            assert committed.status_code == 201
            assert not any(one.done() for one in held)
            service.submissions.release.set()  # type: ignore[attr-defined]
            assert {(await one).status_code for one in held} == {200}

    run_async(test())
