"""SPARQL over HTTP: the protocol, the formats, the refusals."""

import json
import socket
import threading
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
import rdflib

SELECT = "PREFIX mdt: <https://w3id.org/mdt-kennisgraaf/def/>\nSELECT ?e { ?e a mdt:WorkingElement } ORDER BY ?e"
CONSTRUCT = "CONSTRUCT { ?s a ?o } WHERE { ?s a ?o FILTER(isIRI(?s)) }"
CROSS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
JOIN = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l } ORDER BY ?z"


@pytest.mark.parametrize(
    ("query", "accept", "kind"),
    [
        (SELECT, None, "application/sparql-results+json"),
        (SELECT, "*/*", "application/sparql-results+json"),
        (SELECT, "application/json;q=0.1, */*;q=0.01", "application/json"),
        (SELECT, "application/sparql-results+xml", "application/sparql-results+xml"),
        (SELECT, "text/csv", "text/csv; charset=utf-8"),
        (SELECT, "text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        ("ASK {}", "application/sparql-results+json", "application/sparql-results+json"),
        (CONSTRUCT, None, "text/turtle; charset=utf-8"),
        (CONSTRUCT, "text/turtle; charset=utf-8", "text/turtle; charset=utf-8"),
        (CONSTRUCT, "application/n-triples", "application/n-triples"),
        (CONSTRUCT, "application/ld+json", "application/ld+json"),
        (CONSTRUCT, "application/rdf+xml", "application/rdf+xml"),
        (CONSTRUCT, "application/trig", "application/trig"),
        (CONSTRUCT, "application/n-quads", "application/n-quads"),
    ],
)
def test_formats(service: Any, query: str, accept: str | None, kind: str) -> None:
    headers = {"Accept": accept} if accept else {"Accept": ""}
    get = service.client.get("/sparql", params={"query": query}, headers=headers)
    form = service.client.post("/sparql", data={"query": query}, headers=headers)
    direct = service.client.post(
        "/sparql",
        content=query.encode(),
        headers={**headers, "Content-Type": "application/sparql-query"},
    )
    for answer in (get, form, direct):
        assert answer.status_code == 200, answer.text
        assert answer.headers["content-type"] == kind
    assert get.content == form.content == direct.content


GRAPH_FORMATS = (
    *("text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json"),
    *("application/trig", "application/n-quads"),
)


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")
@pytest.mark.filterwarnings("ignore:Dataset.default_context is deprecated")
def test_every_graph_format_is_the_same_graph(service: Any) -> None:
    graphs = []
    for accept in GRAPH_FORMATS:
        answer = service.client.get(
            "/sparql", params={"query": CONSTRUCT}, headers={"Accept": accept}
        )
        graphs.append(
            set(rdflib.Dataset().parse(data=answer.text, format=accept).triples((None, None, None)))
        )
    assert graphs[0]
    assert all(graph == graphs[0] for graph in graphs)


def test_relative_iris_are_below_the_endpoint(service: Any) -> None:
    query = "CONSTRUCT { <thing> a <sparql> } WHERE {}"
    answer = service.client.post("/sparql", data={"query": query})
    (triple,) = rdflib.Graph().parse(data=answer.text, format="turtle")
    assert [str(term) for term in triple[::2]] == [service.url + "thing", service.url + "sparql"]


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("SELECT * {\n ?s ?p }", 400),
        ("hello", 400),
        ("CLEAR ALL", 400),
        ("SELECT (foo(1) AS ?x) {}", 400),
        ("SELECT (<http://h/f>(1) AS ?x) {}", 400),
        ("SELECT * FROM <http://example.org/data.ttl> { ?s ?p ?o }", 400),
        ("SELECT * { ?s skos:prefLabel ?o }", 400),
        ("SELECT * { " + "{" * 5000 + "}" * 5000 + " }", 400),
        ("SELECT * { " + " ".join(["?s ?p ?o ."] * 30_000) + " }", 400),
    ],
)
def test_what_is_refused(service: Any, query: str, status: int) -> None:
    answer = service.client.post("/sparql", data={"query": query})
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert_answers(service)


def test_a_syntax_error_has_line_and_column(service: Any) -> None:
    problem = service.client.get("/sparql", params={"query": "SELECT * {\n ?s ?p }"}).json()
    assert problem["line"] == 2
    assert problem["column"] in (8, 9)


@pytest.mark.parametrize(
    ("method", "path", "options", "status"),
    [
        ("GET", "/sparql?update=CLEAR+ALL", {}, 405),
        ("POST", "/sparql", {"data": {"update": "CLEAR ALL"}}, 403),
        ("PUT", "/sparql", {}, 405),
        ("DELETE", "/sparql", {}, 405),
        ("POST", "/sparql", {"content": b"ASK {}", "headers": {"Content-Type": "text/plain"}}, 415),
        ("POST", "/sparql", {"content": b"x" * (2 << 20), "headers": {"Content-Type": "application/sparql-query"}}, 413),
        ("GET", "/sparql?query=ASK%7B%7D&query=ASK%7B%7D", {}, 400),
        ("GET", "/sparql?query=ASK%7B%7D&timeout=x", {}, 400),
        ("GET", "/sparql?query=ASK%7B%7D&default-graph-uri=http://h/", {}, 400),
        ("GET", "/sparql?query=%FF", {}, 400),
        ("GET", "/sparql?query=ASK%7B%7D", {"headers": {"Accept": "image/png"}}, 406),
        ("GET", "/sparql/?query=ASK%7B%7D", {}, 404),
    ],
)  # fmt: skip
def test_the_protocol_refuses(
    service: Any, method: str, path: str, options: dict[str, Any], status: int
) -> None:
    answer = service.client.request(method, path, **options)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == status
    if status == 405:
        assert "POST" in answer.headers["allow"]


BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


@pytest.mark.parametrize(
    "path",
    [
        "query=SELECT+*+%7B",
        "query=SERVICE",
        "query=SELECT+*+%7B%3Fs+%3Fp",
        "query=CLEAR+ALL",
        "query=ASK%7B%7D&default-graph-uri=http://nope/",
        "query=ASK%7B%7D&timeout=x",
        "update=CLEAR+ALL",
    ],
)
def test_a_browser_is_told_in_a_page(service: Any, path: str) -> None:
    answer = service.client.get(f"/sparql?{path}", headers=BROWSER)
    assert answer.status_code in (400, 405)
    assert answer.headers["content-type"].startswith("text/html")
    assert (
        service.client.get(f"/sparql?{path}").headers["content-type"] == "application/problem+json"
    )


def test_a_browser_gets_the_first_rows_of_a_bomb(service: Any) -> None:
    ones = " ".join(["1"] * 1000)
    bomb = f"SELECT ?x {{ VALUES ?a {{ {ones} }} VALUES ?b {{ {ones} }} VALUES ?c {{ {ones} }} }}"
    answer = service.client.get("/sparql", params={"query": bomb}, headers=BROWSER)
    assert answer.status_code == 200
    assert len(answer.content) < 1_000_000


def test_a_client_that_leaves_frees_its_reader(start_service: Any) -> None:
    running = start_service(WERKZAAM_READERS="1", WERKZAAM_QUERY_SECONDS="600")
    address = ("127.0.0.1", int(running.url.rsplit(":", 1)[1][:-1]))
    with socket.create_connection(address) as leaving:
        leaving.sendall(f"GET /sparql?query={quote(CROSS)} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
    assert running.client.get("/sparql?query=ASK%7B%7D").json()["boolean"] is True


def test_what_is_different_each_time_is_not_kept(service: Any) -> None:
    answer = service.client.get("/sparql?query=SELECT+(RAND()+AS+%3Fr)+%7B%7D")
    assert "etag" not in answer.headers
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("accept", ["application/json", "application/xml"])
def test_general_names_of_formats_are_understood(service: Any, accept: str) -> None:
    answer = service.client.get("/sparql?query=ASK%7B%7D", headers={"Accept": accept})
    assert answer.headers["content-type"] == accept


def test_a_cross_product_ends_at_the_deadline(service: Any) -> None:
    started = time.monotonic()
    answer = service.client.get("/sparql", params={"query": CROSS, "timeout": "0.5"})
    assert answer.status_code == 504
    assert time.monotonic() - started < 5
    assert_answers(service)


def test_a_join_of_many_gigabytes_ends_at_the_memory_limit(service: Any) -> None:
    answer = service.client.post("/sparql", data={"query": JOIN})
    assert answer.status_code in (503, 504)
    assert_answers(service)


@pytest.fixture
def listener() -> Iterator[tuple[str, list[str]]]:
    """An address on this machine, and who came there."""
    visitors: list[str] = []
    server = socket.create_server(("127.0.0.1", 0))

    def wait_for_visitors() -> None:
        while True:
            try:
                connection, address = server.accept()
            except OSError:
                return
            visitors.append(str(address))
            connection.close()

    thread = threading.Thread(target=wait_for_visitors)
    thread.start()
    yield f"http://127.0.0.1:{server.getsockname()[1]}/", visitors
    server.shutdown(socket.SHUT_RDWR)
    server.close()
    thread.join()


@pytest.mark.parametrize(
    "template",
    [
        "SELECT * {{ SERVICE <{url}> {{ ?s ?p ?o }} }}",
        "SELECT * {{ SERVICE SILENT <{url}> {{ ?s ?p ?o }} }}",
        "SELECT * {{ ?s ?p trueSERVICE SILENT<{url}>{{}} }}",
        "PREFIX h: <{url}> SELECT * {{ SERVICE h:x {{}} }}",
        "SELECT * {{ BIND(<{url}> AS ?v) LATERAL {{ SERVICE SILENT ?v {{}} }} }}",
        "PREFIX a: <b:> SELECT * {{ ?s ?p a:b.c.SERVICE SILENT <{url}> {{}} }}",
        "SELECT * {{ VALUES ?v {{ '''a' }} SERVICE SILENT <{url}> {{}} }}",
        "SELECT * {{ FILTER(?a<1&&'>'!=?x) SERVICE SILENT <{url}> {{}} FILTER(?x!='') }}",
        "SELECT * FROM <{url}> {{ ?s ?p ?o }}",
        "LOAD <{url}>",
    ],
)
def test_nobody_elsewhere_is_reached(
    service: Any, listener: tuple[str, list[str]], template: str
) -> None:
    url, visitors = listener
    answer = service.client.post("/sparql", data={"query": template.format(url=url)})
    assert answer.status_code == 400
    assert visitors == []
    assert_answers(service)


def test_another_site_may_ask(service: Any) -> None:
    answer = service.client.get(
        "/sparql?query=ASK%7B%7D", headers={"Origin": "https://example.org"}
    )
    assert answer.headers["access-control-allow-origin"] == "*"
    preflight = service.client.options(
        "/sparql",
        headers={
            "Origin": "https://example.org",
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "content-type",
        },
    )
    assert preflight.status_code == 200


def test_no_message_tells_about_our_insides(service: Any) -> None:
    for query in (
        "SELECT * {",
        "SELECT (foo(1) AS ?x) {}",
        quote("\udcff", errors="surrogatepass"),
    ):
        answer = service.client.post("/sparql", data={"query": query})
        assert answer.status_code == 400
        assert "Traceback" not in answer.text
        assert "expected one of" not in answer.text
    strange = service.client.post("/sparql", data={"query": "SELECT (<http://h/f>(1) AS ?x) {}"})
    assert "custom function" not in strange.text


def assert_answers(service: Any) -> None:
    answer = service.client.get("/sparql", params={"query": SELECT})
    assert answer.status_code == 200
    assert len(json.loads(answer.content)["results"]["bindings"]) == 20
