"""Connections that take more than they may: too large a head, no end, no reading."""

import asyncio
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from socket import create_connection, socket
from typing import Any

import pytest
import uvicorn

from werkzaam import connections
from werkzaam.api.quick_sparql import KEEP
from werkzaam.connections import MOST_HEAD_BYTES, BoundedConnection, Repeats
from werkzaam.domain.versions import Version
from werkzaam.serving import listen

GET = b"GET / HTTP/1.1\r\nHost: h\r\n"


async def app(scope: Any, receive: Any, send: Any) -> None:
    """Answers with the address of the client, or with much more than fits in a buffer."""
    while (await receive()).get("more_body"):
        pass
    large = scope["path"] == "/large"
    await send({"type": "http.response.start", "status": 200, "headers": []})
    for _ in range(1000 if large else 1):
        body = bytes(100_000) if large else scope["client"][0].encode()
        await send({"type": "http.response.body", "body": body, "more_body": True})
    await send({"type": "http.response.body"})


@contextmanager
def served(
    app: Any = app, http: type[BoundedConnection] = BoundedConnection, **more: Any
) -> Iterator[socket]:
    """A connection to a server in a thread of its own."""
    listener = listen("127.0.0.1", 0)
    config = uvicorn.Config(
        app,
        http=http,
        interface="asgi3",
        lifespan="off",
        log_config=None,
        access_log=False,
        **more,
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=lambda: asyncio.run(server.serve([listener])))
    thread.start()
    try:
        with create_connection(listener.getsockname(), timeout=20) as connection:
            yield connection
    finally:
        server.should_exit = True
        thread.join()
        listener.close()


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Limits that a test can wait for."""
    monkeypatch.setattr(connections, "REQUEST_SECONDS", 0.2)
    monkeypatch.setattr(connections, "READING_SECONDS", 0.2)
    monkeypatch.setattr(connections, "_GRACE_SECONDS", 0.1)


def everything(connection: socket) -> bytes:
    """All that comes until the other side closes or cuts."""
    pieces = []
    try:
        while piece := connection.recv(1 << 16):
            pieces.append(piece)
    except ConnectionError:
        pass
    return b"".join(pieces)


def test_an_ordinary_request_is_answered_and_so_is_the_next() -> None:
    with served() as connection:
        for _ in range(3):
            connection.sendall(GET + b"\r\n")
            answer = connection.recv(1000)
            while b"0\r\n\r\n" not in answer:
                answer += connection.recv(1000)
            assert answer.startswith(b"HTTP/1.1 200")


def test_a_head_that_never_ends_is_refused() -> None:
    with served() as connection:
        line = b"X-A: " + b"a" * 1000 + b"\r\n"
        connection.sendall(GET)
        try:
            for _ in range(2 * MOST_HEAD_BYTES // len(line)):
                connection.sendall(line)
        except ConnectionError:
            return
        assert everything(connection).startswith(b"HTTP/1.1 431")


def test_a_large_body_is_no_head() -> None:
    with served() as connection:
        size = 3 * MOST_HEAD_BYTES
        connection.sendall(b"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: %d\r\n" % size)
        connection.sendall(b"Connection: close\r\n\r\n" + bytes(size))
        assert everything(connection).startswith(b"HTTP/1.1 200")


@pytest.mark.usefixtures("short")
@pytest.mark.parametrize("begun", [b"", b"GET", GET, GET + b"Content-Length: 9\r\n\r\nabc"])
def test_a_request_that_does_not_come_is_waited_for_no_longer(begun: bytes) -> None:
    with served() as connection:
        connection.sendall(begun)
        assert everything(connection) == b""


@pytest.mark.usefixtures("short")
def test_a_client_that_does_not_read_is_cut() -> None:
    with served() as connection:
        connection.sendall(b"GET /large HTTP/1.1\r\nHost: h\r\n\r\n")
        cut = threading.Event()
        assert not cut.wait(1)
        assert len(everything(connection)) < 100_000_000


@pytest.mark.parametrize(
    ("trusted", "seen"),
    [([], b"127.0.0.1"), (["127.0.0.1"], b"192.0.2.7"), (["::1"], b"127.0.0.1")],
)
def test_only_a_proxy_that_was_named_says_who_the_client_is(
    trusted: list[str], seen: bytes
) -> None:
    with served(proxy_headers=bool(trusted), forwarded_allow_ips=trusted) as connection:
        connection.sendall(GET + b"X-Forwarded-For: 192.0.2.7\r\nConnection: close\r\n\r\n")
        assert seen in everything(connection)


@dataclass
class Kept:
    """A server that keeps every answer it may, and counts what it is asked."""

    version: list[Version]
    connection: socket = field(init=False)
    asked: list[str] = field(default_factory=list)
    let_go: threading.Event = field(default_factory=threading.Event)

    async def app(self, scope: Any, receive: Any, send: Any) -> None:
        """Answers with the path, and how many were asked before; ``/late`` when it is let go."""
        await receive()
        if scope["path"] == "/late":
            await asyncio.to_thread(self.let_go.wait)
        body = f"{scope['path']} {len(self.asked)}".encode()
        self.asked.append(scope["path"])
        headers = [(b"content-length", b"%d" % len(body))]
        if KEEP in scope:
            scope[KEEP](self.version[0], headers, body)
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    def ask(self, *pieces: bytes, answers: int = 1) -> list[bytes]:
        """The bodies of so many answers."""
        for piece in pieces:
            self.connection.sendall(piece)
        found = b""
        while len(re.findall(rb"(/\w* \d)", found)) < answers:
            piece = self.connection.recv(1 << 16)
            assert piece, found
            found += piece
        assert found.count(b"HTTP/1.1 200 OK\r\ndate: ") == answers
        return re.findall(rb"(/\w* \d)", found)


@pytest.fixture
def kept() -> Iterator[Kept]:
    version = [Version(1, "")]
    made = Kept(version)
    repeating = type("Repeating", (BoundedConnection,), {"repeats": Repeats(lambda: version[0])})
    with served(made.app, http=repeating, timeout_keep_alive=1) as connection:
        made.connection = connection
        yield made


def test_the_same_bytes_get_the_same_answer_until_the_version_is_another(kept: Kept) -> None:
    one, other = GET + b"\r\n", GET.replace(b"/ ", b"/other ") + b"\r\n"
    assert [*kept.ask(one), *kept.ask(one), *kept.ask(other), *kept.ask(one)] == [
        *(b"/ 0", b"/ 0", b"/other 1", b"/ 0")
    ]
    kept.version[0] = Version(2, "")
    assert [*kept.ask(one), *kept.ask(one)] == [b"/ 2", b"/ 2"]
    kept.version[0] = Version(2, "", demo=True)
    assert kept.ask(one) == [b"/ 3"]


def test_a_request_with_a_body_is_told_by_all_of_it(kept: Kept) -> None:
    head = b"POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\n\r\n"
    assert [*kept.ask(head + b"1"), *kept.ask(head + b"2"), *kept.ask(head + b"1")] == [
        *(b"/a 0", b"/a 1", b"/a 0")
    ]


@pytest.mark.parametrize(
    "pieces",
    [
        [GET, b"\r\n"],
        [GET + b"\r\n" + GET + b"\r\n"],
        [GET + b"\r\n" + GET[:7], GET[7:] + b"\r\n"],
        [GET + b"X-A: " + b"a" * (1 << 14) + b"\r\n\r\n"],
        [GET.replace(b"GET", b"POST") + b"Content-Length: 3\r\n\r\n", b"abc"],
    ],
)
def test_what_is_not_one_whole_request_is_not_kept(kept: Kept, pieces: list[bytes]) -> None:
    answers = b"".join(pieces).count(b"Host")
    kept.ask(*pieces, answers=answers)
    kept.ask(*pieces, answers=answers)
    assert len(kept.asked) == 2 * answers


def test_requests_that_were_kept_may_come_behind_each_other(kept: Kept) -> None:
    kept.ask(GET + b"\r\n")
    assert kept.ask(GET + b"\r\n" + GET + b"\r\n", answers=2) == [b"/ 1", b"/ 2"]
    assert kept.ask(GET + b"\r\n") == [b"/ 0"]


def test_no_answer_overtakes_another(kept: Kept) -> None:
    one = GET + b"\r\n"
    kept.ask(one)
    kept.connection.sendall(one.replace(b"/ ", b"/late "))
    kept.connection.sendall(one)
    kept.connection.settimeout(0.2)
    with pytest.raises(TimeoutError):
        kept.connection.recv(1)
    kept.connection.settimeout(20)
    kept.let_go.set()
    assert kept.ask(answers=2) == [b"/late 1", b"/ 2"]


def test_a_connection_that_closes_is_no_matter_of_repeating(kept: Kept) -> None:
    kept.connection.sendall(GET + b"Connection: close\r\n\r\n")
    assert everything(kept.connection).endswith(b"/ 0")


def test_an_answer_that_was_kept_keeps_the_connection_no_longer_than_another(kept: Kept) -> None:
    kept.ask(GET + b"\r\n")
    kept.ask(GET + b"\r\n")
    assert kept.asked == ["/"]
    assert everything(kept.connection) == b""
