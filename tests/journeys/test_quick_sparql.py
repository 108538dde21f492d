"""Queries that are answered before any route: the same answer, to the letter, as the route gives."""

import itertools
import json
import socket
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from tests.journeys.writing import token

MDT = "https://w3id.org/mdt-kennisgraaf/"
SELECT = f"SELECT ?e {{ ?e a <{MDT}def/WorkingElement> }} ORDER BY ?e LIMIT 3"
QUERIES = [
    SELECT,
    "ASK {}",
    f"CONSTRUCT {{ ?s a ?o }} {{ ?s a ?o FILTER(?o = <{MDT}def/WorkingElement>) }}",
    "SELECT (UUID() AS ?u) {}",
    "SELECT * {",
    "SELECT (foo(1) AS ?x) {}",
    f"SELECT * FROM <{MDT}graph/concepts> {{ ?s a ?o }} ORDER BY ?s ?o LIMIT 1",
]
ACCEPTS = [None, "text/csv", "application/json", "text/turtle", "text/html;q=0.1,*/*;q=0.2", "x/y"]
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
LONG = "SELECT * { ?s ?p ?o }"


def comparable(answer: httpx.Response) -> tuple[Any, ...]:
    """Everything of an answer that must be the same."""
    headers = {name: value for name, value in answer.headers.items() if name != "date"}
    body = b"" if b"urn:uuid:" in answer.content else answer.content
    if not body:
        headers.pop("content-length")
    return answer.status_code, headers, body


@pytest.mark.parametrize("instance", ["service", "demo"])
@pytest.mark.parametrize(("query", "accept"), list(itertools.product(QUERIES, ACCEPTS)))
def test_both_ways_give_the_same(
    request: pytest.FixtureRequest, instance: str, query: str, accept: str | None
) -> None:
    service = request.getfixturevalue(instance)
    quick = {"Accept": accept} if accept else {"Accept": ""}
    # what asks for a part of an answer is not answered before the routes, which pass that over
    slow = {**quick, "Range": "bytes=0-"}
    ways: list[tuple[str, dict[str, Any]]] = [
        ("get", {"params": {"query": query}}),
        ("post", {"data": {"query": query}}),
        ("post", {"content": query.encode()}),
    ]
    for method, sent in [*ways, *ways]:
        kind = {"Content-Type": "application/sparql-query"} if "content" in sent else {}
        answers = [
            service.client.request(method, "/sparql", headers={**headers, **kind}, **sent)
            for headers in (quick, slow)
        ]
        assert comparable(answers[0]) == comparable(answers[1])


def test_what_was_answered_before_is_not_changed_by_a_condition(service: Any) -> None:
    first = service.client.get("/sparql", params={"query": SELECT})
    tag = {"If-None-Match": first.headers["etag"]}
    assert service.client.get("/sparql", params={"query": SELECT}, headers=tag).status_code == 304
    assert service.client.head("/sparql", params={"query": SELECT}).content == b""


def test_a_query_over_its_time_is_told_so_on_the_way_of_all(service: Any) -> None:
    cross = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    answer = service.client.post("/sparql", data={"query": cross, "timeout": "0.5"})
    assert answer.status_code == 504
    assert service.client.post("/sparql", data={"query": "ASK {}"}).json()["boolean"] is True


def test_only_a_token_raises_the_deadline(start_service: Callable[..., Any]) -> None:
    running = start_service(WERKZAAM_QUERY_SECONDS="1.5", WERKZAAM_TOKEN_QUERY_SECONDS="60")
    many = " ".join(map(str, range(5000)))
    query = f"SELECT (COUNT(*) AS ?n) {{ VALUES ?a {{ {many} }} VALUES ?b {{ {many} }} VALUES ?c {{ 1 2 3 }} }}"
    submitter = token(running.folder, "submitter")
    for headers, timeout, status in (
        ({}, "60", 504),
        ({"Authorization": "Basic YTpi"}, "60", 504),
        ({"Authorization": "Bearer wz_nonsense"}, "60", 401),
        (submitter, "0.1", 504),
        (submitter, "60", 200),
    ):
        form = {"query": query, "timeout": timeout}
        answer = running.client.post("/sparql", data=form, headers=headers, timeout=70)
        assert answer.status_code == status, (headers, answer.text)
    assert answer.json()["results"]["bindings"][0]["n"]["value"] == "75000000"


def test_a_long_answer_comes_whole(service: Any) -> None:
    answer = service.client.post("/sparql", data={"query": LONG})
    assert "content-length" not in answer.headers
    counted = service.client.post("/sparql", data={"query": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"})
    expected = int(counted.json()["results"]["bindings"][0]["n"]["value"])
    assert len(json.loads(answer.content)["results"]["bindings"]) == expected


def begun_in(service: Any, query: str, seconds: int) -> bool:
    """Read an answer to its end, unless its time was up before it began (`504`)."""
    form = {"query": query, "timeout": str(seconds)}
    with service.client.stream("POST", "/sparql", data=form) as answer:
        assert answer.status_code in (200, 504)
        for _ in answer.iter_raw():
            pass
        return bool(answer.status_code == 200)


def test_an_answer_that_ends_before_its_time_does_not_look_whole(service: Any) -> None:
    cross = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    with pytest.raises(httpx.RemoteProtocolError):
        any(begun_in(service, cross, seconds) for seconds in (1, 3, 9))


def until(holds: Callable[[], bool]) -> None:
    ends = time.monotonic() + 20
    while not holds():
        assert time.monotonic() < ends
        time.sleep(0.02)


def test_who_does_not_read_loses_the_reader_at_the_deadline(
    start_service: Callable[..., Any],
) -> None:
    running = start_service()
    at_rest = len(running.children())
    url = httpx.URL(running.url)
    target = f"/sparql?timeout=4&query={quote(LONG)}"
    with socket.create_connection((url.host, url.port or 80)) as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.sendall(f"GET {target} HTTP/1.1\r\nHost: h\r\n\r\n".encode())
        assert connection.recv(12) == b"HTTP/1.1 200"
        until(lambda: len(running.children()) > at_rest)
        until(lambda: len(running.children()) == at_rest)
    assert running.client.post("/sparql", data={"query": "ASK {}"}).json()["boolean"] is True


def test_a_browser_that_leaves_frees_its_reader(start_service: Callable[..., Any]) -> None:
    running = start_service(WERKZAAM_READERS="1", WERKZAAM_QUERY_SECONDS="600")
    address = ("127.0.0.1", int(running.url.rsplit(":", 1)[1][:-1]))
    at_rest = len(running.children())
    with socket.create_connection(address) as leaving:
        asked = (
            f"GET /sparql?query={quote(ENDLESS)} HTTP/1.1\r\nHost: x\r\nAccept: text/html\r\n\r\n"
        )
        leaving.sendall(asked.encode())
        until(lambda: len(running.children()) > at_rest)
    until(lambda: len(running.children()) == at_rest)
    assert running.client.get("/sparql?query=ASK%7B%7D").json()["boolean"] is True
