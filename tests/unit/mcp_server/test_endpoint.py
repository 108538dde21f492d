"""``/mcp`` in itself: the package of the protocol is loaded late, and a request leaves nothing behind."""

import asyncio
import subprocess
import sys
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import httpx

from werkzaam.api.links import Links
from werkzaam.mcp_server.endpoint import McpEndpoint

HELLO = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "initialize",
    "params": {
        "protocolVersion": "2025-11-25",
        "capabilities": {},
        "clientInfo": {"name": "test", "version": "1"},
    },
}
HEADERS = {"Accept": "application/json, text/event-stream"}


def endpoint() -> McpEndpoint:
    service: Any = SimpleNamespace(
        links=Links("http://localhost"),
        catalogue=SimpleNamespace(all=list),
        package_version="1",
    )
    return McpEndpoint(service)


def test_the_start_loads_nothing_of_the_protocol() -> None:
    code = "import sys, werkzaam.app; sys.exit('mcp' in sys.modules or 'mcp_types' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], timeout=120).returncode == 0


def test_requests_leave_no_task_and_no_session(run_async: Callable[..., Any]) -> None:
    async def many() -> list[int]:
        app = endpoint()
        transport = httpx.ASGITransport(app)
        counts = []
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            for number in range(30):
                answer = await client.post("/mcp", json=HELLO | {"id": number}, headers=HEADERS)
                assert answer.json()["result"]["serverInfo"]["name"] == "werkzaam"
                assert "mcp-session-id" not in answer.headers
                counts.append(len(asyncio.all_tasks()))
        await app.close()
        return counts

    counts = run_async(many())
    assert counts[-1] <= counts[1]


def test_it_closes_though_nobody_ever_came(run_async: Callable[..., Any]) -> None:
    async def close() -> None:
        await endpoint().close()

    run_async(close())
