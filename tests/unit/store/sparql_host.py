"""Another host, in this process: a SPARQL service, and paths that misbehave."""

import contextlib
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

import pyoxigraph as ox

from werkzaam.store.federation_hosts import Host

RESULTS = "application/sparql-results+json"
DATA = """
@prefix : <http://x/> .
:a :p 1, "twee"@nl ; :name "it's \\"so\\"\\\\\\n" .
:b :p 2 ; :q :a .
:c :blank [ :end :b ] .
"""
Answer = tuple[int, dict[str, str], bytes]


class SparqlHost:
    """``asked`` are the queries it was sent, ``headers`` those of the last request; ``answers`` are
    fixed answers by path. A path that begins with ``/drip`` never ends."""

    def __init__(self, port: int) -> None:
        self.host = Host("http", "127.0.0.1", port, private=True)
        self.iri = f"http://127.0.0.1:{port}/sparql"
        self.store = ox.Store()
        self.store.load(DATA, format=ox.RdfFormat.TURTLE)
        self.asked: list[str] = []
        self.headers: dict[str, str] = {}
        self.answers: dict[str, Answer] = {}
        self.gone = threading.Event()

    def at(self, path: str) -> str:
        """The address of ``path``."""
        return self.iri.replace("/sparql", path)

    def answer(self, query: str) -> Answer:
        """What a SPARQL service says."""
        self.asked.append(query)
        try:
            found = self.store.query(query)
        except SyntaxError as fault:
            return 400, {"Content-Type": "text/plain"}, str(fault).encode()
        assert isinstance(found, ox.QuerySolutions)
        body = found.serialize(format=ox.QueryResultsFormat.JSON)
        return 200, {"Content-Type": RESULTS}, body or b""


class _Handler(BaseHTTPRequestHandler):
    served: SparqlHost

    def do_GET(self) -> None:
        self._send(self.served.answers.get(self.path, (404, {}, b"nothing here")))

    def do_POST(self) -> None:
        form = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.served.headers = {name.lower(): value for name, value in self.headers.items()}
        if self.path == "/sparql":
            direct = self.headers["Content-Type"].startswith("application/sparql-query")
            self._send(self.served.answer(form if direct else parse_qs(form)["query"][0]))
        elif self.path.startswith("/drip"):
            self._drip()
        else:
            self.do_GET()

    def _send(self, answer: Answer) -> None:
        status, headers, body = answer
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        with contextlib.suppress(OSError):
            self.wfile.write(body)

    def _drip(self) -> None:
        """Send a byte now and then for as long as anyone listens: of a header, or of the body."""
        begun = b"HTTP/1.1 200 OK\r\n"
        if self.path == "/drip/body":
            begun += f"Content-Type: {RESULTS}\r\n\r\n".encode()
        with contextlib.suppress(OSError):
            self.wfile.write(begun)
            while not self.served.gone.wait(0.02):
                self.wfile.write(b"x")

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Say nothing."""


@contextlib.contextmanager
def serving() -> Iterator[SparqlHost]:
    """A host on a free port, until the end of the block."""
    handler = type("Handler", (_Handler,), {})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    handler.served = host = SparqlHost(server.server_address[1])  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield host
    finally:
        host.gone.set()
        server.shutdown()
        thread.join()
        server.server_close()
