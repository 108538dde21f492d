"""Callers who leave in the middle, and requests that pretend to be plain: nothing stays behind."""

import json
import socket
import time
from collections.abc import Callable
from typing import Any

import httpx
import pytest

CROSS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


def connected(service: Any) -> socket.socket:
    url = httpx.URL(service.url)
    return socket.create_connection((url.host, url.port or 80), timeout=20)


def until(holds: Callable[[], bool]) -> None:
    ends = time.monotonic() + 20
    while not holds():
        assert time.monotonic() < ends
        time.sleep(0.02)


def head(size: int, path: str = "/sparql") -> bytes:
    return (
        f"POST {path} HTTP/1.1\r\nHost: h\r\nContent-Length: {size}\r\n"
        "Content-Type: application/sparql-query\r\n\r\n"
    ).encode()


def test_a_body_that_breaks_off_leaves_no_reader_at_work(start_service: Callable[..., Any]) -> None:
    running = start_service()
    at_rest = len(running.children())
    for number in range(3):
        with connected(running) as connection:
            connection.sendall(head(1000) + f"{CROSS} #{number}".encode())
    for _ in range(3):
        answer = running.client.post("/sparql", data={"query": "SELECT (UUID() AS ?u) {}"})
        assert answer.status_code == 200
    until(lambda: len(running.children()) == at_rest)
    assert '"level": "error"' not in running.log.read_text()


@pytest.mark.parametrize("key", ["version=999", "%76ersion=999", "versio%6E=999"])
def test_a_version_is_read_however_its_key_is_written(service: Any, key: str) -> None:
    assert service.client.get(f"/sparql?query=ASK%20%7B%7D&{key}").status_code == 404
    assert service.client.get(f"/sparql?{key}&query=ASK%20%7B%7D").status_code == 404


@pytest.mark.parametrize("key", ["version", "version=", "%76ersion="])
def test_a_version_without_a_number_is_the_newest(service: Any, key: str) -> None:
    newest = service.client.get("/sparql?query=ASK%20%7B%7D")
    for address in (f"/sparql?query=ASK%20%7B%7D&{key}", f"/sparql?{key}&query=ASK%20%7B%7D"):
        answer = service.client.get(address)
        assert (answer.status_code, answer.content) == (200, newest.content)


def test_a_client_of_http_1_0_gets_a_long_answer_without_the_marks_of_pieces(service: Any) -> None:
    query = "SELECT%20*%20%7B%20?s%20?p%20?o%20%7D"
    with connected(service) as connection:
        connection.sendall(f"GET /sparql?query={query} HTTP/1.0\r\n\r\n".encode())
        received = b"".join(iter(lambda: connection.recv(1 << 20), b""))
    start, _, body = received.partition(b"\r\n\r\n")
    assert b"transfer-encoding" not in start.lower()
    assert f"content-length: {len(body)}".encode() in start.lower()
    assert json.loads(body)["results"]["bindings"]


def read_on(connection: socket.socket) -> None:
    while connection.recv(1 << 20):
        pass


def test_a_caller_who_leaves_while_nothing_comes_ends_the_reader(
    start_service: Callable[..., Any],
) -> None:
    running = start_service(WERKZAAM_QUERY_SECONDS="600")
    at_rest = len(running.children())
    much_then_nothing = (
        "SELECT * { { ?a ?b ?c } UNION { ?f ?g ?h . ?i ?j ?k . ?l ?m ?n . "
        'FILTER(STR(?f) = CONCAT(STR(?i), STR(?l), "x")) } }'
    )
    with connected(running) as connection:
        body = much_then_nothing.encode()
        connection.sendall(head(len(body)) + body)
        connection.settimeout(2)
        with pytest.raises(TimeoutError):
            read_on(connection)
    until(lambda: len(running.children()) == at_rest)
