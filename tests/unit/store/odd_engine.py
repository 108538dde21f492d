"""A SPARQL endpoint that answers as a test tells it to, well or badly."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from werkzaam.store.remote_address import EngineAddress
from werkzaam.store.remote_http import Engine

Answering = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    """One request; ``asked`` is its body."""

    server: "OddServer"
    asked: str

    def do_POST(self) -> None:
        """Read the request and answer."""
        self.asked = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        self.server.requests.append((self.asked, dict(self.headers)))
        try:
            self.server.answering(self)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def say(self, status: int, body: bytes, **headers: str) -> None:
        """A whole answer."""
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def begin(self, size: int) -> None:
        """The head of an answer that promises ``size`` bytes."""
        self.send_response(200)
        self.send_header("Content-Length", str(size))
        self.end_headers()
        self.wfile.flush()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Nothing is logged."""


class OddServer(ThreadingHTTPServer):
    """``gone`` is set at the end: what waits for it stops then."""

    daemon_threads = True

    def __init__(self, answering: Answering) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answering = answering
        self.requests: list[tuple[str, dict[str, str]]] = []
        self.gone = threading.Event()


@contextmanager
def odd_engine(answering: Answering, authorization: str = "") -> Iterator[tuple[Engine, OddServer]]:
    """An engine that asks such an endpoint."""
    server = OddServer(answering)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    url = f"http://127.0.0.1:{server.server_port}/query"
    engine = Engine(EngineAddress.of(url, authorization=authorization), connections=1)
    try:
        yield engine, server
    finally:
        engine.close()
        server.gone.set()
        server.shutdown()
        server.server_close()
        thread.join()
