"""The query operation of the `SPARQL 1.1 Protocol <https://www.w3.org/TR/sparql11-protocol/>`_, §2.1,
row by row, and what other sites and shared caches may do with the answers."""

from typing import Any

import httpx
import pytest

GRAPH = "https://w3id.org/mdt-kennisgraaf/graph/"
CONCEPTS, ONTOLOGY = GRAPH + "concepts", GRAPH + "ontology"
IN_CONCEPTS = "?s a <https://w3id.org/mdt-kennisgraaf/def/WorkingElement>"
IN_ONTOLOGY = "?c a <http://www.w3.org/2002/07/owl#Class>"
DIRECT = {"Content-Type": "application/sparql-query"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}

Pairs = list[tuple[str, str]]


def get(client: httpx.Client, query: str, pairs: Pairs) -> httpx.Response:
    """§2.1.1"""
    return client.get("/sparql", params=[("query", query), *pairs])


def form(client: httpx.Client, query: str, pairs: Pairs) -> httpx.Response:
    """§2.1.2"""
    body = str(httpx.QueryParams([("query", query), *pairs]))
    return client.post("/sparql", content=body, headers=FORM)


def direct(client: httpx.Client, query: str, pairs: Pairs) -> httpx.Response:
    """§2.1.3"""
    return client.post("/sparql", params=[*pairs], content=query.encode(), headers=DIRECT)


OPERATIONS = pytest.mark.parametrize("send", [get, form, direct])
DEFAULT, NAMED = "default-graph-uri", "named-graph-uri"
DATASETS: list[tuple[str, Pairs, bool]] = [
    # §2.1.4: none, one or several graphs of either kind
    (f"ASK {{ {IN_CONCEPTS} . {IN_ONTOLOGY} }}", [], True),
    (f"ASK {{ GRAPH <{CONCEPTS}> {{ {IN_CONCEPTS} }} }}", [], True),
    (f"ASK {{ {IN_CONCEPTS} }}", [(DEFAULT, CONCEPTS)], True),
    (f"ASK {{ {IN_ONTOLOGY} }}", [(DEFAULT, CONCEPTS)], False),
    (f"ASK {{ {IN_CONCEPTS} . {IN_ONTOLOGY} }}", [(DEFAULT, CONCEPTS), (DEFAULT, ONTOLOGY)], True),
    ("ASK { GRAPH ?g { ?s ?p ?o } }", [(DEFAULT, CONCEPTS)], False),
    (f"ASK {{ GRAPH ?g {{ {IN_CONCEPTS} }} }}", [(NAMED, CONCEPTS)], True),
    (f"ASK {{ GRAPH ?g {{ {IN_ONTOLOGY} }} }}", [(NAMED, CONCEPTS)], False),
    (f"ASK {{ GRAPH <{ONTOLOGY}> {{ ?s ?p ?o }} }}", [(NAMED, CONCEPTS)], False),
    ("ASK { ?s ?p ?o }", [(NAMED, CONCEPTS)], False),
    (
        f"ASK {{ GRAPH ?g {{ {IN_CONCEPTS} }} GRAPH ?h {{ {IN_ONTOLOGY} }} }}",
        [(NAMED, CONCEPTS), (NAMED, ONTOLOGY)],
        True,
    ),
    (
        f"ASK {{ {IN_ONTOLOGY} GRAPH ?g {{ {IN_CONCEPTS} }} }}",
        [(NAMED, CONCEPTS), (DEFAULT, ONTOLOGY)],
        True,
    ),
    # what the request names wins from what the query names, all of it
    (f"ASK FROM <{ONTOLOGY}> {{ {IN_ONTOLOGY} }}", [(DEFAULT, CONCEPTS)], False),
    (f"ASK FROM <{ONTOLOGY}> {{ ?s ?p ?o }}", [(NAMED, CONCEPTS)], False),
    (f"ASK FROM NAMED <{ONTOLOGY}> {{ GRAPH ?g {{ ?s ?p ?o }} }}", [(DEFAULT, CONCEPTS)], False),
    (f"ASK FROM <{CONCEPTS}> {{ {IN_CONCEPTS} }}", [], True),
    (f"ASK FROM NAMED <{CONCEPTS}> {{ GRAPH ?g {{ {IN_CONCEPTS} }} }}", [], True),
]


@OPERATIONS
@pytest.mark.parametrize(("query", "pairs", "found"), DATASETS)
def test_the_dataset_of_the_request(
    service: Any, send: Any, query: str, pairs: Pairs, found: bool
) -> None:
    answer = send(service.client, query, pairs)
    assert answer.status_code == 200, answer.text
    assert answer.json()["boolean"] is found


def test_a_form_may_name_its_dataset_in_the_address(service: Any) -> None:
    address = f"/sparql?{httpx.QueryParams([(DEFAULT, CONCEPTS)])}"
    answer = service.client.post(address, data={"query": f"ASK {{ {IN_ONTOLOGY} }}"})
    assert answer.json()["boolean"] is False


@pytest.mark.parametrize(
    "content_type",
    [
        "application/sparql-query",
        "application/sparql-query; charset=utf-8",
        'application/sparql-query;charset="UTF-8"',
        "APPLICATION/SPARQL-QUERY",
    ],
)
def test_a_query_in_the_body_is_utf_8(service: Any, content_type: str) -> None:
    answer = service.client.post(
        "/sparql",
        content="SELECT ('é€😀' AS ?x) {}".encode(),
        headers={"Content-Type": content_type},
    )
    assert answer.json()["results"]["bindings"][0]["x"]["value"] == "é€😀"


REFUSED: list[tuple[str, str, bytes | None, dict[str, str], int]] = [
    # §2.1: GET and POST only; exactly one query
    ("PUT", "?query=ASK%7B%7D", None, FORM, 405),
    ("PATCH", "?query=ASK%7B%7D", None, FORM, 405),
    ("GET", "?query=ASK%7B%7D&query=SELECT+*+%7B%7D", None, {}, 400),
    ("POST", "", b"query=ASK%7B%7D&query=ASK%7B%7D", FORM, 400),
    ("POST", "?query=ASK%7B%7D", b"query=ASK%7B%7D", FORM, 400),
    ("POST", "?query=ASK%7B%7D", b"ASK {}", DIRECT, 400),
    ("POST", "", b"", FORM, 400),
    ("POST", "", b"default-graph-uri=urn:x", FORM, 400),
    ("POST", "", b"", DIRECT, 400),
    ("GET", "?query=", None, {}, 400),
    # the media type of the body
    ("POST", "", b"ASK {}", {"Content-Type": "text/plain"}, 415),
    ("POST", "", b"ASK {}", {}, 415),
    ("POST", "", b"query=ASK%7B%7D", {}, 415),
    ("POST", "", b"ASK {}", {"Content-Type": "application/sparql-query-x"}, 415),
    ("POST", "", b"--x--", {"Content-Type": "multipart/form-data; boundary=x"}, 415),
    # its characters
    ("POST", "", "ASK {}".encode("utf-16"), {"Content-Type": "application/sparql-query; charset=UTF-16"}, 415),
    ("POST", "", b"ASK {}", {"Content-Type": "application/sparql-query; charset=iso-8859-1"}, 415),
    ("POST", "", b"query=ASK%7B%7D", {"Content-Type": FORM["Content-Type"] + "; charset=utf-16"}, 415),
    ("POST", "", "ASK {}".encode("utf-16"), DIRECT, 400),
    ("POST", "", b"SELECT ('\xe9' AS ?x) {}", DIRECT, 400),
    ("GET", "?query=SELECT+('%E9'+AS+%3Fx)+%7B%7D", None, {}, 400),
    # §2.1.6: what is no SPARQL, and what is not run
    ("GET", "?query=ASK%20%7B", None, {}, 400),
    ("GET", "?query=CLEAR%20ALL", None, {}, 400),
    ("GET", "?update=CLEAR%20ALL", None, {}, 405),
    ("GET", "?query=ASK%7B%7D&update=CLEAR%20ALL", None, {}, 405),
    ("GET", "?query=ASK%7B%7D&default-graph-uri=http://example.org/none", None, {}, 400),
    ("GET", "?query=ASK%7B%7D&named-graph-uri=http://example.org/none", None, {}, 400),
    ("GET", "?query=ASK%7B%7D", None, {"Accept": "image/png"}, 406),
    ("GET", "?query=ASK%7B%7D", None, {"Accept": "text/turtle"}, 406),
    ("GET", "?query=CONSTRUCT%7B%7DWHERE%7B%7D", None, {"Accept": "text/csv"}, 406),
    ("GET", "?query=ASK%7B%7D", None, {"Accept": "*/*;q=0"}, 406),
    ("POST", "", b"query=ASK%7B%7D", {**FORM, "Accept": "text/html"}, 406),
]  # fmt: skip


@pytest.mark.parametrize(("method", "address", "body", "headers", "status"), REFUSED)
def test_requests_that_are_refused(
    service: Any,
    method: str,
    address: str,
    body: bytes | None,
    headers: dict[str, str],
    status: int,
) -> None:
    answer = service.client.request(method, "/sparql" + address, content=body, headers=headers)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["detail"]
    if status == 405:
        assert "POST" in answer.headers["allow"]


@pytest.mark.parametrize(
    ("query", "listed", "other"),
    [
        ("ASK {}", "application/sparql-results+json", "text/turtle"),
        ("CONSTRUCT {} WHERE {}", "application/n-quads", "text/csv"),
    ],
)
def test_not_acceptable_lists_what_is(service: Any, query: str, listed: str, other: str) -> None:
    answer = service.client.get("/sparql", params={"query": query}, headers={"Accept": "image/png"})
    assert listed in answer.json()["detail"]
    assert other not in answer.json()["detail"]


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("application/sparql-results+xml;q=0.4, text/csv;q=0.6", "text/csv"),
        ("text/csv;q=0, */*;q=0.1", "application/sparql-results+json"),
        ("text/*;q=0.9, application/sparql-results+xml;q=0.8", "text/csv"),
        ("application/sparql-results+json;q=0, application/*", "application/sparql-results+xml"),
        ("text/tab-separated-values;charset=utf-8;q=1.0", "text/tab-separated-values"),
        ("image/png, application/sparql-results+xml;q=0.001", "application/sparql-results+xml"),
    ],
)
def test_the_format_by_quality(service: Any, accept: str, kind: str) -> None:
    query = {"query": "SELECT (1 AS ?x) {}"}
    answer = service.client.get("/sparql", params=query, headers={"Accept": accept})
    assert answer.headers["content-type"].partition(";")[0] == kind
    assert "Accept" in answer.headers["vary"]


def test_head_has_the_headers_of_get(service: Any) -> None:
    got = service.client.get("/sparql", params={"query": "ASK {}"})
    head = service.client.head("/sparql", params={"query": "ASK {}"})
    assert head.content == b""
    for name in ("content-type", "etag", "vary", "cache-control"):
        assert head.headers[name] == got.headers[name]


@pytest.mark.parametrize("query", ["ASK {}", "SELECT (RAND() AS ?x) {}"])
def test_a_cache_keeps_apart_what_another_site_got(service: Any, query: str) -> None:
    for headers in ({}, ORIGIN):
        answer = service.client.get("/sparql", params={"query": query}, headers=headers)
        assert ("access-control-allow-origin" in answer.headers) is bool(headers)
        if not headers:
            assert "Origin" in answer.headers["vary"]


ORIGIN = {"Origin": "https://example.org"}


@pytest.mark.parametrize(
    ("address", "accept", "status"),
    [
        ("?query=ASK%7B%7D", "*/*", 200),
        ("", "text/turtle", 200),
        ("?query=ASK%7B", "*/*", 400),
        ("?query=ASK%7B%7D", "image/png", 406),
        ("?update=CLEAR+ALL", "*/*", 405),
    ],
)
def test_a_page_of_another_site_may_read_answers_and_refusals(
    service: Any, address: str, accept: str, status: int
) -> None:
    answer = service.client.get("/sparql" + address, headers={**ORIGIN, "Accept": accept})
    assert answer.status_code == status
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in answer.headers
    assert "ETag" in answer.headers["access-control-expose-headers"]


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
def test_a_page_of_another_site_may_bring_a_token_and_a_query(service: Any, method: str) -> None:
    answer = service.client.options(
        "/sparql",
        headers={
            **ORIGIN,
            "Access-Control-Request-Method": method,
            "Access-Control-Request-Headers": "authorization, content-type, accept, if-none-match",
        },
    )
    assert answer.status_code == 200
    allowed = answer.headers["access-control-allow-headers"].lower()
    assert {"authorization", "content-type"} <= {name.strip() for name in allowed.split(",")}
    assert method in answer.headers["access-control-allow-methods"]
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in answer.headers
