"""``/mcp`` over HTTP: who may come, and the package of the protocol, loaded when somebody first does."""

import asyncio
import contextlib
import json
from importlib import import_module
from typing import TYPE_CHECKING

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from werkzaam.api.negotiation import choose_language
from werkzaam.api.problems import STATUS, problem_json
from werkzaam.api.service import Service
from werkzaam.errors import MethodNotAllowed, WerkzaamError
from werkzaam.mcp_server.hosts import KnownHosts

if TYPE_CHECKING:
    from mcp.server.streamable_http_manager import StreamableHTTPSessionManager

PATH = "/mcp"


class McpEndpoint:
    """Answers the `Model Context Protocol <https://modelcontextprotocol.io/specification>`_ over
    streamable HTTP for ``service``; ``close`` it where ``service`` stops."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._hosts = KnownHosts(service.links.public_url)
        self._starting = asyncio.Lock()
        self._manager: StreamableHTTPSessionManager | None = None
        self._stop = asyncio.Event()
        self._running: asyncio.Task[None] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        request = Request(scope, receive)
        try:
            self._hosts.check(request.headers.get("host"), request.headers.get("origin"))
            if request.method != "POST":
                raise MethodNotAllowed(
                    ("POST",),
                    "This address is for programs that speak the Model Context Protocol, which send "
                    "a POST. There is no stream to listen to and no session to end.",
                )
        except WerkzaamError as refusal:
            await _refused(request, refusal)(scope, receive, send)
            return
        manager = self._manager or await self._started()
        await manager.handle_request(scope, receive, send)

    async def close(self) -> None:
        """End what runs for it."""
        self._stop.set()
        if self._running is not None:
            await self._running

    async def _started(self) -> "StreamableHTTPSessionManager":
        async with self._starting:
            if self._manager is None:
                module = await to_thread.run_sync(import_module, "werkzaam.mcp_server.server")
                manager: StreamableHTTPSessionManager = module.session_manager(self._service)
                ready = asyncio.get_running_loop().create_future()
                self._running = asyncio.create_task(self._run(manager, ready))
                await ready
                self._manager = manager
            return self._manager

    async def _run(
        self, manager: "StreamableHTTPSessionManager", ready: "asyncio.Future[None]"
    ) -> None:
        """Its tasks end in the task that began them, so that is none of a request."""
        async with contextlib.AsyncExitStack() as opened:
            try:
                await opened.enter_async_context(manager.run())
            except Exception as fault:
                ready.set_exception(fault)
                return
            ready.set_result(None)
            await self._stop.wait()


def _refused(request: Request, refusal: WerkzaamError) -> Response:
    language = choose_language(request.headers.get("accept-language"))
    headers = {"Cache-Control": "no-store", "Vary": "Accept-Language"}
    if isinstance(refusal, MethodNotAllowed):
        headers["Allow"] = ", ".join(refusal.allowed)
    return Response(
        json.dumps(problem_json(refusal, language), ensure_ascii=False),
        STATUS[type(refusal)],
        headers,
        media_type="application/problem+json",
    )
