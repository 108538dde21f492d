"""``/mcp`` in itself: the package of the protocol is loaded late, and a request leaves nothing behind."""

import asyncio
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import httpx
import pytest

from werkzaam.api.links import Links
from werkzaam.api.query_threads import QueryThreads
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
        threads=QueryThreads(),
    )
    return McpEndpoint(service)


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


def test_what_nobody_foresaw_is_logged_and_not_told(
    run_async: Callable[..., Any], caplog: pytest.LogCaptureFixture
) -> None:
    async def ask() -> Any:
        app = endpoint()
        params = {"name": "find_entity", "arguments": {"name": "x", "language": "en"}}
        call = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params}
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            answer = await client.post("/mcp", json=call, headers=HEADERS)
        await app.close()
        return answer.json()["result"]

    result = run_async(ask())
    assert result["isError"]
    assert result["content"][0]["text"].startswith("Something went wrong on our side")
    assert "no attribute 'search'" not in str(result)
    assert [record.message for record in caplog.records if record.levelname == "ERROR"] == [
        "tool failed"
    ]


def test_it_closes_though_nobody_ever_came(run_async: Callable[..., Any]) -> None:
    async def close() -> None:
        await endpoint().close()

    run_async(close())
