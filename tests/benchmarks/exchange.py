"""HTTP/1.1 as bytes: requests made beforehand, and answers read without a library in the way."""

import socket
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

_END = b"\r\n\r\n"
JSON_RESULTS = "application/sparql-results+json"
COUNTER = "0000000000"
"""Stands in a request where each time it is sent another number of ten digits comes."""


class BadAnswer(Exception):
    """What came back is not an answer in HTTP/1.1."""


@dataclass(frozen=True)
class Target:
    """Where a server listens and where it answers SPARQL; ``source`` is the caller's own address."""

    host: str
    port: int
    path: str = "/sparql"
    source: str = "127.0.0.1"

    @classmethod
    def of(cls, url: str, path: str = "/sparql") -> "Target":
        """The target at ``url``, which names a host and a port."""
        parts = urlsplit(url)
        return cls(parts.hostname or "127.0.0.1", parts.port or 80, path)

    def connect(self, seconds: float = 30.0) -> socket.socket:
        """A connection from the caller's own address."""
        opened = socket.create_connection((self.host, self.port), seconds, (self.source, 0))
        opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return opened

    def request(self, method: str, path: str, body: bytes = b"", **headers: str) -> bytes:
        """A whole request; ``_`` in the name of a header stands for ``-``."""
        lines = [f"{method} {path} HTTP/1.1", f"Host: {self.host}:{self.port}"]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        if body or method == "POST":
            lines.append(f"Content-Length: {len(body)}")
        return ("\r\n".join(lines)).encode() + _END + body

    def query(self, text: str, accept: str = JSON_RESULTS, **more: str) -> bytes:
        """A query by POST as a form: what every SPARQL server takes."""
        body = urlencode({"query": text, **more}).encode()
        form = "application/x-www-form-urlencoded"
        return self.request("POST", self.path, body, Accept=accept, Content_Type=form)


@dataclass(frozen=True)
class Reply:
    """A whole answer."""

    status: int
    head: bytes
    body: bytes


class Unfinished:
    """The bytes of one answer as they come in."""

    def __init__(self) -> None:
        self._bytes = bytearray()
        self._body_at = 0
        self._size: int | None = None

    def feed(self, piece: bytes) -> bool:
        """Whether the answer is whole now. Raises BadAnswer where the other side stopped early."""
        if not piece:
            raise BadAnswer("the connection ended before the answer did")
        self._bytes += piece
        if not self._body_at and not self._head():
            return False
        if self._size is None:
            return self._bytes.endswith(b"0\r\n\r\n")
        return len(self._bytes) - self._body_at >= self._size

    def _head(self) -> bool:
        end = self._bytes.find(_END)
        if end < 0:
            return False
        self._body_at = end + len(_END)
        head = bytes(self._bytes[:end]).lower()
        if b"transfer-encoding: chunked" in head:
            return True
        _, found, rest = head.partition(b"content-length:")
        self._size = int(rest.split(b"\r\n", 1)[0]) if found else 0
        return True

    @property
    def ok(self) -> bool:
        """Whether the status is 200."""
        return self._bytes[9:12] == b"200"

    def reply(self) -> Reply:
        """The answer, once it is whole; chunks put together."""
        head, body = bytes(self._bytes[: self._body_at]), bytes(self._bytes[self._body_at :])
        return Reply(int(head[9:12]), head, _joined(body) if self._size is None else body)


def _joined(body: bytes) -> bytes:
    pieces, at = [], 0
    while at < len(body):
        end = body.index(b"\r\n", at)
        size = int(body[at:end].split(b";")[0], 16)
        pieces.append(body[end + 2 : end + 2 + size])
        at = end + 2 + size + 2
    return b"".join(pieces)


def exchange(connection: socket.socket, request: bytes) -> Reply:
    """Send one request and read its whole answer. Raises BadAnswer or OSError."""
    connection.sendall(request)
    answer = Unfinished()
    while not answer.feed(connection.recv(1 << 18)):
        continue
    return answer.reply()


def once(target: Target, request: bytes, seconds: float = 30.0) -> Reply:
    """One request on a connection of its own."""
    with target.connect(seconds) as connection:
        return exchange(connection, request)
