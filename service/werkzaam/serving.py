"""Listen, say so, and stop within seconds when asked."""

import signal
import socket
import sys
from collections.abc import Callable

import uvicorn
from fastapi import FastAPI

from werkzaam.errors import AddressInUse

_GRACE_SECONDS = 2


def listen(host: str, port: int) -> socket.socket:
    """A listening socket; port 0 is any free port. Raises AddressInUse."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(128)
    except OSError as fault:
        listener.close()
        raise AddressInUse(
            "Cannot listen on {host} port {port}: {reason}. Set WERKZAAM_PORT to another port, or "
            "to 0 for any free one.",
            host=host,
            port=port,
            reason=fault.strerror,
        ) from None
    return listener


def address_of(listener: socket.socket) -> str:
    """The URL of ``listener``, without a final slash."""
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def serve(app: FastAPI, listener: socket.socket) -> None:
    """Answer on ``listener`` until SIGINT or SIGTERM; says on standard output when it is ready."""
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=_GRACE_SECONDS,
        timeout_keep_alive=5,
        lifespan="on",
    )
    server = _Server(config, lambda: print_ready(address_of(listener)))
    # uvicorn raises the signal again once it has stopped; a stop that was asked for is no failure
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: None)
    server.run(sockets=[listener])


def print_ready(address: str) -> None:
    """The one line on standard output that says where the service is."""
    sys.stdout.write(f"Werkzaam: {address}/\n")
    sys.stdout.flush()


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._ready()
