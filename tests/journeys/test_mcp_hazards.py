"""``/mcp`` before callers who send what they like, leave, or come by another name."""

import json
import socket
import time
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

ACCEPT = {"Accept": "application/json, text/event-stream"}
TOOLS = (
    *("list_questions", "describe_question", "run_question"),
    *("describe_model", "find_entity", "describe_entity", "run_sparql"),
)
CROSS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


def message(tool: object, arguments: object) -> dict[str, Any]:
    params = {"name": tool, "arguments": arguments}
    return {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params}


def posted(service: Any, body: bytes, **headers: str) -> httpx.Response:
    said = {**ACCEPT, "Content-Type": "application/json"}
    said |= {name.replace("_", "-"): value for name, value in headers.items()}
    answer: httpx.Response = service.client.post("/mcp", content=body, headers=said)
    return answer


def version_of(service: Any) -> int:
    answer = service.client.get("/v1/changes?order=newest&limit=1").json()
    return int(answer["changes"][0]["number"])


TEXTS = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        [
            *("INSERT DATA { <urn:a> <urn:b> <urn:c> }", "DELETE WHERE { ?s ?p ?o }", "CLEAR ALL"),
            *("LOAD <http://127.0.0.1/>", "SELECT * { ?s ?p ?o } LIMIT 3", "ASK {}", "' } #"),
            *("evidence/hedged-claims", "Assessment", "../../etc/passwd", "\x00", "\\u0027"),
        ]
    ),
)
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), TEXTS),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=5,
)
NAMES = st.sampled_from(
    [
        *("question", "parameters", "query", "name", "term", "limit", "after", "language"),
        *("timeout", "search", "tag", "update", "entity", "kind"),
    ]
)


@settings(
    max_examples=150,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(tool=st.sampled_from(TOOLS), arguments=st.dictionaries(NAMES, VALUES, max_size=4))
def test_no_call_changes_the_dataset_or_fails_on_our_side(
    service: Any, tool: str, arguments: dict[str, Any]
) -> None:
    before = version_of(service)
    answer = posted(service, json.dumps(message(tool, arguments)).encode())
    if answer.status_code == 200:
        result = answer.json()["result"]
        problem = result["structuredContent"] if result.get("isError") else {}
        assert problem.get("status") != 500, problem
    else:
        assert answer.status_code == 400, answer.text
    assert version_of(service) == before


@pytest.mark.parametrize(
    "body",
    [
        *(b"", b"{", b"[]", b"null", b'"x"', b"\xff\xfe", b"[" * 100_000, b'{"a":' * 50_000),
        json.dumps([message("run_sparql", {})] * 3).encode(),
        json.dumps(message(["x"], {})).encode(),
        json.dumps(message("run_sparql", "x")).encode(),
        json.dumps(message("run_sparql", {"query": "\ud800"})).encode(),
        json.dumps(message("\ud800", {})).encode(),
        b'{"jsonrpc":"2.0","id":1,"method":"subscriptions/listen","params":{}}',
        b'{"jsonrpc":"2.0","id":1,"method":"tools/call"}',
        b'{"jsonrpc":"2.0","id":null,"method":"tools/list"}',
        b'{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1}}',
        b'{"jsonrpc":"2.0","id":1,"result":{}}',
        b'{"jsonrpc":"2.0","id":' + b"9" * 5000 + b',"method":"ping"}',
    ],
    ids=range(19),
)
@pytest.mark.parametrize("protocol", ["2025-11-25", "2026-07-28", "2099-01-01", "x\ty"])
def test_what_is_no_call_is_refused_and_nothing_hangs(
    service: Any, body: bytes, protocol: str
) -> None:
    answer = posted(service, body, MCP_Protocol_Version=protocol)
    assert answer.status_code < 500, answer.text
    assert "Traceback" not in answer.text


def test_a_body_that_is_too_large_is_refused_unread(service: Any) -> None:
    large = json.dumps(message("run_sparql", {"query": "x" * (1 << 20)})).encode()
    whole = posted(service, large)
    in_pieces = service.client.post(
        "/mcp", content=iter([large]), headers={**ACCEPT, "Content-Type": "application/json"}
    )
    for answer in (whole, in_pieces):
        assert answer.status_code == 413
        assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Host": "evil.example", "Origin": "http://evil.example"},
    ],
)
def test_another_name_or_page_is_refused(service: Any, headers: dict[str, str]) -> None:
    answer = posted(service, json.dumps(message("list_questions", {})).encode(), **headers)
    assert answer.status_code == 403
    assert answer.json()["type"].endswith("/problem/forbidden")


def test_a_page_of_this_service_may_ask(service: Any) -> None:
    body = json.dumps(message("list_questions", {})).encode()
    assert posted(service, body, Origin=service.url.rstrip("/")).status_code == 200


@pytest.mark.parametrize("method", ["GET", "HEAD", "DELETE", "PUT", "PATCH"])
def test_only_a_post_is_taken(service: Any, method: str) -> None:
    answer = service.client.request(method, "/mcp", headers={"Accept": "text/event-stream"})
    assert answer.status_code == 405
    assert answer.headers["allow"] == "POST"
    assert method == "HEAD" or answer.json()["title"] == "Method Not Allowed"


def test_a_caller_who_leaves_ends_the_query(start_service: Callable[..., Any]) -> None:
    running = start_service(WERKZAAM_QUERY_SECONDS="600")
    assert posted(running, json.dumps(message("find_entity", {"name": "mdt"})).encode()).is_success
    at_rest = len(running.children())
    url = httpx.URL(running.url)
    for protocol in ("2025-11-25", "2025-03-26"):
        body = json.dumps(message("run_sparql", {"query": f"{CROSS} #{protocol}"})).encode()
        head = (
            f"POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Length: {len(body)}\r\n"
            f"Content-Type: application/json\r\nMCP-Protocol-Version: {protocol}\r\n"
            "Accept: application/json, text/event-stream\r\n\r\n"
        )
        with socket.create_connection((url.host, url.port or 80), timeout=20) as connection:
            connection.sendall(head.encode() + body)
            until(lambda: len(running.children()) >= at_rest)
        until(lambda: len(running.children()) == at_rest)
        quick = posted(running, json.dumps(message("run_sparql", {"query": "ASK {}"})).encode())
        assert quick.json()["result"]["structuredContent"]["answer"] is True
    assert '"level": "error"' not in running.log.read_text()


def test_it_is_switched_off_by_a_setting(start_service: Callable[..., Any]) -> None:
    running = start_service(WERKZAAM_MCP="0")
    answer = posted(running, json.dumps(message("list_questions", {})).encode())
    assert answer.status_code == 404


def until(holds: Callable[[], bool]) -> None:
    ends = time.monotonic() + 20
    while not holds():
        assert time.monotonic() < ends
        time.sleep(0.02)
