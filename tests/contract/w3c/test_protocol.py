"""The protocol suite of the W3C, test by test under its names there.

The manifest that says what to send came after the suites that ``make w3c`` fetches, so the requests
are written here; what each is to prove is the manifest's.
"""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import httpx
import pyoxigraph as ox
import pytest

pytestmark = pytest.mark.xdist_group("writable")

DATA = [f"http://example.org/data/{number}" for number in range(4)]
MADE = "http://example.org/made"
FOAF = "<http://xmlns.com/foaf/0.1/Document>"
DC = "<http://purl.org/dc/terms/BibliographicResource>"
FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
DEFAULT, NAMED = "default-graph-uri", "named-graph-uri"
USING, USING_NAMED = "using-graph-uri", "using-named-graph-uri"
ABSENT = (DEFAULT, DATA[0])

BOOLEAN = ("application/sparql-results+json", "application/sparql-results+xml")
TABULAR = (*BOOLEAN, "text/csv", "text/tab-separated-values")
RDF = ("text/turtle", "application/rdf+xml", "application/n-triples", "application/ld+json")


@pytest.fixture(scope="module")
def client(writable: Any) -> Iterator[httpx.Client]:
    headers = {"Authorization": f"Bearer {writable.token}"}
    with httpx.Client(base_url=writable.url, headers=headers, timeout=30) as opened:
        yield opened


def send(
    client: httpx.Client,
    kind: str | None,
    body: bytes | str,
    *pairs: tuple[str, str],
) -> httpx.Response:
    headers = {"Content-Type": kind} if kind else {}
    address = "/sparql" + (f"?{urlencode(pairs)}" if pairs else "")
    return client.post(address, content=body, headers=headers)


def get(client: httpx.Client, *pairs: tuple[str, str]) -> httpx.Response:
    return client.get(f"/sparql?{urlencode(pairs)}")


def typed(number: int) -> str:
    return f"<{DATA[number]}> a ?type"


def fill(client: httpx.Client) -> None:
    blocks = " ".join(f"GRAPH <{g}> {{ <{g}> a {FOAF} }}" for g in DATA[1:])
    answer = send(client, UPDATE, f"DROP ALL ; INSERT DATA {{ {blocks} }}")
    assert answer.is_success, answer.text


def is_true(answer: httpx.Response) -> bool:
    assert answer.is_success, answer.text
    kind = answer.headers["content-type"].partition(";")[0]
    assert kind == BOOLEAN[0]
    return bool(answer.json()["boolean"])


QUERIES: dict[str, tuple[str, str, list[tuple[str, str]]]] = {
    "query_get": ("GET", "ASK {}", [ABSENT]),
    "query_post_form": (FORM, "ASK {}", [ABSENT]),
    "query_post_direct": (QUERY, "ASK {}", []),
    "query_dataset_default_graphs_get": (
        "GET",
        f"ASK {{ {typed(1)} . {typed(2)} }}",
        [(DEFAULT, DATA[1]), (DEFAULT, DATA[2])],
    ),
    "query_dataset_default_graphs_post": (
        QUERY,
        f"ASK {{ {typed(1)} . {typed(2)} }}",
        [(DEFAULT, DATA[1]), (DEFAULT, DATA[2])],
    ),
    "query_dataset_named_graphs_get": (
        "GET",
        f"ASK {{ GRAPH ?g {{ {typed(1)} }} GRAPH ?h {{ {typed(2)} }} }}",
        [(NAMED, DATA[1]), (NAMED, DATA[2])],
    ),
    "query_dataset_named_graphs_post": (
        QUERY,
        f"ASK {{ GRAPH ?g {{ {typed(1)} }} GRAPH ?h {{ {typed(2)} }} }}",
        [(NAMED, DATA[1]), (NAMED, DATA[2])],
    ),
    "query_dataset_full": (
        QUERY,
        f"ASK {{ {typed(3)} GRAPH ?g {{ {typed(1)} }} GRAPH ?h {{ {typed(2)} }} }}",
        [(DEFAULT, DATA[3]), (NAMED, DATA[1]), (NAMED, DATA[2])],
    ),
    "query_multiple_dataset": (
        QUERY,
        f"ASK FROM <{DATA[3]}> {{ GRAPH ?g {{ {typed(1)} }} GRAPH ?h {{ {typed(2)} }} }}",
        [(NAMED, DATA[1]), (NAMED, DATA[2])],
    ),
}


@pytest.mark.parametrize("name", QUERIES)
def test_queries(client: httpx.Client, name: str) -> None:
    way, query, pairs = QUERIES[name]
    fill(client)
    if way == "GET":
        assert is_true(get(client, ("query", query), *pairs))
    elif way == FORM:
        assert is_true(send(client, FORM, urlencode([("query", query)]), *pairs))
    else:
        assert is_true(send(client, QUERY, query, *pairs))


@pytest.mark.parametrize(
    ("name", "query", "kinds"),
    [
        ("query_content_type_select", "SELECT (1 AS ?value) {}", TABULAR),
        ("query_content_type_ask", "ASK {}", BOOLEAN),
        ("query_content_type_describe", "DESCRIBE <http://example.org/>", RDF),
        ("query_content_type_construct", "CONSTRUCT { <s> <p> 1 } WHERE {}", RDF),
    ],
)
def test_media_types(client: httpx.Client, name: str, query: str, kinds: tuple[str, ...]) -> None:
    answer = send(client, QUERY, query, ABSENT)
    assert answer.is_success, f"{name}: {answer.text}"
    assert answer.headers["content-type"].partition(";")[0] in kinds


COPY = f"INSERT {{ GRAPH <{MADE}> {{ ?s a {DC} }} }} WHERE"
FILLED = "DROP ALL ; INSERT DATA {{ {} }} ;".format(
    " ".join(f"GRAPH <{g}> {{ <{g}> a {FOAF} }}" for g in DATA[1:])
)
UPDATES: dict[str, tuple[str, list[tuple[str, str]], set[int]]] = {
    "update_dataset_default_graph": (
        f"{FILLED} {COPY} {{ ?s a {FOAF} }}",
        [(USING, DATA[1])],
        {1},
    ),
    "update_dataset_default_graphs": (
        f"{FILLED} {COPY} {{ ?s a {FOAF} }}",
        [(USING, DATA[1]), (USING, DATA[2])],
        {1, 2},
    ),
    "update_dataset_named_graphs": (
        f"{FILLED} {COPY} {{ GRAPH ?g {{ ?s a {FOAF} }} }}",
        [(USING_NAMED, DATA[1]), (USING_NAMED, DATA[2])],
        {1, 2},
    ),
    "update_dataset_full": (
        f"{FILLED} {COPY} {{ {{ ?s a {FOAF} }} UNION {{ GRAPH ?g {{ ?s a {FOAF} }} }} }}",
        [(USING, DATA[1]), (USING_NAMED, DATA[2])],
        {1, 2},
    ),
}


@pytest.mark.parametrize("name", UPDATES)
def test_updates_on_the_dataset_of_the_request(client: httpx.Client, name: str) -> None:
    update, pairs, copied = UPDATES[name]
    answer = send(client, UPDATE, update, *pairs)
    assert answer.is_success, answer.text
    for number in (1, 2, 3):
        asked = get(client, ("query", f"ASK {{ GRAPH <{MADE}> {{ <{DATA[number]}> a {DC} }} }}"))
        assert is_true(asked) is (number in copied)


@pytest.mark.parametrize(
    ("name", "kind", "body"),
    [
        ("update_post_form", FORM, "update=CLEAR+ALL"),
        ("update_post_direct", UPDATE, "CLEAR ALL"),
    ],
)
def test_updates_are_sent_both_ways(client: httpx.Client, name: str, kind: str, body: str) -> None:
    fill(client)
    answer = send(client, kind, body)
    assert answer.is_success, f"{name}: {answer.text}"
    assert not is_true(get(client, ("query", "ASK { GRAPH ?g { ?s ?p ?o } }")))


def test_update_base_uri(client: httpx.Client) -> None:
    made = f"CLEAR SILENT GRAPH <{MADE}> ; INSERT DATA {{ GRAPH <{MADE}> {{ <urn:s> <urn:p> <test> }} }}"
    assert send(client, UPDATE, made).is_success
    answer = send(client, QUERY, f"SELECT ?o {{ GRAPH <{MADE}> {{ <urn:s> <urn:p> ?o }} }}")
    (row,) = ox.parse_query_results(answer.content, format=ox.QueryResultsFormat.JSON)  # type: ignore[misc]
    assert row["o"] == ox.NamedNode(str(client.base_url.join("test")))


BAD: dict[str, tuple[str, str, str | None, bytes]] = {
    "bad_query_method": ("PUT", "query=ASK%20%7B%7D", FORM, b""),
    "bad_multiple_queries": ("GET", "query=ASK%20%7B%7D&query=SELECT%20%2A%20%7B%7D", None, b""),
    "bad_query_wrong_media_type": ("POST", "", "text/plain", b"ASK {}"),
    "bad_query_missing_form_type": ("POST", "", None, b"query=ASK%20%7B%7D"),
    "bad_query_missing_direct_type": ("POST", "", None, b"ASK {}"),
    "bad_query_non_utf8": ("POST", "", f"{QUERY}; charset=UTF-16", "ASK {}".encode("utf-16")),
    "bad_query_syntax": ("GET", "query=ASK%20%7B", None, b""),
    "bad_update_get": ("GET", "update=CLEAR%20ALL", None, b""),
    "bad_multiple_updates": ("POST", "", FORM, b"update=CLEAR+NAMED&update=CLEAR+DEFAULT"),
    "bad_update_wrong_media_type": ("POST", "", "text/plain", b"CLEAR NAMED"),
    "bad_update_missing_form_type": ("POST", "", None, b"update=CLEAR%20NAMED"),
    "bad_update_non_utf8": ("POST", "", f"{UPDATE}; charset=UTF-16", "CLEAR NAMED".encode("utf-16")),
    "bad_update_syntax": ("POST", "", FORM, b"update=CLEAR%20XYZ"),
    "bad_update_dataset_conflict": (
        "POST",
        urlencode([(USING_NAMED, DATA[1])]),
        UPDATE,
        f"WITH <{DATA[2]}> DELETE {{ ?s ?p 'a' }} INSERT {{ ?s ?p 'b' }} WHERE {{ ?s ?p 'a' }}".encode(),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_bad_requests_are_refused_and_change_nothing(client: httpx.Client, name: str) -> None:
    method, query, kind, body = BAD[name]
    fill(client)
    headers = {"Content-Type": kind} if kind else {}
    answer = client.request(method, f"/sparql?{query}", content=body, headers=headers)
    assert 400 <= answer.status_code < 500, answer.text
    assert is_true(get(client, ("query", f"ASK {{ GRAPH <{DATA[3]}> {{ {typed(3)} }} }}")))
