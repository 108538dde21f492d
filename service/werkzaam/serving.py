"""Listen, say so, and stop within seconds when asked."""

import contextlib
import gc
import logging
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from types import FrameType

import uvicorn
from starlette.types import ASGIApp

from werkzaam.connections import BoundedConnection, Repeats
from werkzaam.domain.versions import Version
from werkzaam.errors import AddressInUse

_log = logging.getLogger(__name__)

_GRACE_SECONDS = 2
_SWITCH_SECONDS = 0.0005
_SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Stopped(BaseException):
    """Asked to stop before there was anything to stop."""


def stop_on_signals() -> None:
    """From now on SIGINT and SIGTERM raise Stopped, until ``serve`` takes them over."""

    def stop(*_: object) -> None:
        for number in _SIGNALS:
            signal.signal(number, signal.SIG_IGN)
        raise Stopped

    for number in _SIGNALS:
        signal.signal(number, stop)


@contextlib.contextmanager
def standing_for_good() -> Iterator[None]:
    """What is made meanwhile stands until the end, and is never looked through for garbage: that would
    take the start a tenth longer, and stop all answers for as long as 0.1 s every few seconds.

    From now on threads that compute give way to others ten times sooner: to those that only start
    processes and wait for them, later to the event loop, which answers most queries."""
    sys.setswitchinterval(_SWITCH_SECONDS)
    gc.disable()
    try:
        yield
        gc.freeze()
    finally:
        gc.enable()


def listen(host: str, port: int) -> socket.socket:
    """A listening socket; port 0 is any free port. Raises AddressInUse."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio sends small answers at once (TCP_NODELAY) only where the protocol is named
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(128)
    except (OSError, UnicodeError, TypeError) as fault:
        listener.close()
        raise AddressInUse(
            "Cannot listen on {host} port {port}: {reason}. Set WERKZAAM_PORT to another port, or "
            "to 0 for any free one.",
            host=host,
            port=port,
            reason=getattr(fault, "strerror", None) or fault,
        ) from None
    return listener


def address_of(listener: socket.socket) -> str:
    """The URL of ``listener``, without a final slash."""
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def serve(
    app: ASGIApp,
    listener: socket.socket,
    stopping: Callable[[], None],
    version: Callable[[], Version],
    proxies: Sequence[str] = (),
) -> None:
    """Answer on ``listener`` until SIGINT or SIGTERM; says on standard output when it is ready.

    ``stopping`` is called at once, in a thread of its own, so that long answers are cut short. Answers
    are repeated while ``version`` is the same. Only ``proxies``, by their addresses, are believed who
    the client is.
    """
    connection = type("Connection", (BoundedConnection,), {"repeats": Repeats(version)})
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=bool(proxies),
        forwarded_allow_ips=list(proxies),
        http=connection,
        timeout_graceful_shutdown=_GRACE_SECONDS,
        timeout_keep_alive=5,
        lifespan="on",
    )
    server = _Server(config, lambda: print_ready(address_of(listener)), stopping)
    # uvicorn raises the signal again once it has stopped; a stop that was asked for is no failure
    for number in _SIGNALS:
        signal.signal(number, lambda *_: None)
    server.run(sockets=[listener])


def print_ready(address: str) -> None:
    """The one line on standard output that says where the service is; without one, in the log."""
    try:
        sys.stdout.write(f"Werkzaam: {address}/\n")
        sys.stdout.flush()
    except (OSError, AttributeError, ValueError):
        sys.stdout = None
        _log.warning("standard output is closed", extra={"address": address})


class _Server(uvicorn.Server):
    def __init__(
        self, config: uvicorn.Config, ready: Callable[[], None], stopping: Callable[[], None]
    ) -> None:
        super().__init__(config)
        self._ready = ready
        self._stopping = stopping

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._ready()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        threading.Thread(target=self._stopping, name="stopping").start()
        super().handle_exit(sig, frame)
