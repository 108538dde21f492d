"""The Graph Store Protocol over HTTP: each row of its section 5, directly and indirectly."""

from collections.abc import Iterator
from typing import Any

import httpx
import pyoxigraph as ox
import pytest
from tests.journeys.writing import WritingService, token

STORE = "/rdf-graph-store"
G = "http://example.org/gsp"
TURTLE = "text/turtle"
ONE = "<http://example.org/s> <http://example.org/p> [ <http://example.org/q> 'één' ] ."
TWO = "<http://example.org/s> <http://example.org/p> 2 ."

TEXT = '<http://example.org/s> <http://example.org/p> "2" .'


@pytest.fixture(autouse=True)
def nothing_is_left(request: pytest.FixtureRequest) -> Iterator[None]:
    """Take away what a test wrote into the shared service."""
    yield
    if "writing" in request.fixturenames:
        service: WritingService = request.getfixturevalue("writing")
        graphs = [f"<{G}>", f"<{str(service.client.base_url).rstrip('/')}{STORE}/person/1.ttl>"]
        drops = [f"DROP SILENT GRAPH {graph}" for graph in graphs]
        assert service.update(" ; ".join(["CLEAR DEFAULT", *drops])).status_code == 204


@pytest.fixture(params=["direct", "indirect", "default"])
def address(request: pytest.FixtureRequest) -> str:
    """An address of a graph, by each way to name one."""
    ways = {
        "direct": f"{STORE}/person/1.ttl",
        "indirect": f"{STORE}?graph={G}",
        "default": f"{STORE}?default",
    }
    return ways[request.param]


def send(
    writing: WritingService,
    method: str,
    address: str,
    body: str = "",
    kind: str = TURTLE,
    **headers: str,
) -> httpx.Response:
    sent = {**writing.admin, "Content-Type": kind, **headers}
    return writing.client.request(method, address, content=body.encode(), headers=sent)


def graph(answer: httpx.Response) -> ox.Dataset:
    """The triples of an answer in Turtle, whatever its blank nodes are called."""
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "text/turtle; charset=utf-8"
    return canonical(answer.text)


def canonical(turtle: str) -> ox.Dataset:
    found = ox.Dataset(ox.parse(turtle, format=ox.RdfFormat.TURTLE))
    found.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return found


def test_put_makes_a_graph_and_replaces_it(writing: WritingService, address: str) -> None:
    put = send(writing, "PUT", address, ONE)
    assert (put.status_code, put.content) == (201, b"")
    assert int(put.headers["werkzaam-version"]) > 1
    assert put.headers["location"] == str(writing.client.base_url.join(address))
    assert graph(writing.client.get(address)) == canonical(ONE)
    assert send(writing, "PUT", address, TWO).status_code == 204
    assert graph(writing.client.get(address)) == canonical(TWO)


def test_post_merges(writing: WritingService, address: str) -> None:
    assert send(writing, "POST", address, ONE).status_code == 201
    assert send(writing, "POST", address, TWO).status_code == 204
    assert graph(writing.client.get(address)) == canonical(f"{ONE} {TWO}")


def test_delete_takes_the_graph_away(writing: WritingService, address: str) -> None:
    send(writing, "PUT", address, ONE)
    assert send(writing, "DELETE", address).status_code == 204
    default = address.endswith("default")
    assert writing.client.get(address).status_code == (200 if default else 404)
    assert writing.client.head(address).status_code == (200 if default else 404)
    assert send(writing, "DELETE", address).status_code == (204 if default else 404)


def test_head_is_get_without_the_body(writing: WritingService, address: str) -> None:
    send(writing, "PUT", address, ONE)
    get, head = writing.client.get(address), writing.client.head(address)
    assert (head.status_code, head.content) == (200, b"")
    for name in ("content-type", "content-length", "etag", "vary"):
        assert head.headers[name] == get.headers[name]


def test_post_to_the_store_makes_a_graph_of_its_own(writing: WritingService) -> None:
    answer = send(writing, "POST", STORE, ONE)
    assert answer.status_code == 201
    where = answer.headers["location"]
    assert where.startswith(str(writing.client.base_url).rstrip("/") + STORE + "/")
    assert graph(writing.client.get(where)) == canonical(ONE)
    assert send(writing, "POST", where, "").status_code == 204
    assert graph(writing.client.get(where)) == canonical(ONE)
    assert writing.ask(f"ASK {{ GRAPH <{where}> {{ ?s ?p ?o }} }}")
    assert send(writing, "DELETE", where).status_code == 204


def test_a_direct_name_is_the_public_address(writing: WritingService) -> None:
    send(writing, "PUT", f"{STORE}/person/1.ttl", "<#me> <p> 1 .")
    name = f"{str(writing.client.base_url).rstrip('/')}{STORE}/person/1.ttl"
    query = f"ASK {{ GRAPH <{name}> {{ <{name}#me> ?p 1 }} }}"
    assert writing.ask(query)
    assert writing.client.get(STORE, params={"graph": name}).status_code == 200


def test_a_form_with_several_files_is_merged(writing: WritingService, address: str) -> None:
    files = [
        ("graph", ("one.ttl", ONE.encode(), "text/turtle; charset=utf-8")),
        ("graph", ("two.nt", TEXT.encode(), "application/n-triples")),
    ]
    answer = writing.client.post(address, files=files, headers=writing.admin)
    assert answer.status_code in (201, 204), answer.text
    assert graph(writing.client.get(address)) == canonical(ONE + TEXT)


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("text/turtle; charset=utf-8", "<http://example.org/s> a <http://example.org/C> ."),
        ("application/n-triples", TEXT),
        (
            "application/rdf+xml",
            '<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://example.org/">'
            '<e:C r:about="http://example.org/s"/></r:RDF>',
        ),
        ("application/ld+json", '{"@id": "http://example.org/s", "http://example.org/p": 1}'),
    ],
)
def test_each_syntax_can_be_sent(writing: WritingService, kind: str, body: str) -> None:
    assert send(writing, "PUT", f"{STORE}?graph={G}", body, kind).status_code == 201
    assert len(graph(writing.client.get(f"{STORE}?graph={G}"))) == 1


@pytest.mark.parametrize(
    ("accept", "status", "kind"),
    [
        ("", 200, "text/turtle; charset=utf-8"),
        ("*/*", 200, "text/turtle; charset=utf-8"),
        ("text/turtle; charset=utf-8", 200, "text/turtle; charset=utf-8"),
        ("application/n-triples", 200, "application/n-triples"),
        ("application/rdf+xml, text/turtle;q=0.5", 200, "application/rdf+xml"),
        ("application/ld+json;q=0.9, text/html", 200, "application/ld+json"),
        ("text/html", 406, "application/problem+json"),
        ("application/n-quads", 200, "application/n-quads"),
        ("application/n-quads;q=0", 406, "application/problem+json"),
    ],
)
def test_get_gives_what_is_accepted(
    writing: WritingService, accept: str, status: int, kind: str
) -> None:
    answer = writing.client.get(f"{STORE}?default", headers={"Accept": accept})
    assert (answer.status_code, answer.headers["content-type"]) == (status, kind)


@pytest.mark.parametrize(
    ("address", "kind", "body", "status", "more"),
    [
        (STORE, TURTLE, ONE, 400, {}),
        (f"{STORE}?graph=", TURTLE, ONE, 400, {}),
        (f"{STORE}?graph=relative", TURTLE, ONE, 400, {}),
        (f"{STORE}?graph={G}%3E", TURTLE, ONE, 400, {}),
        (f"{STORE}?graph={G}&default", TURTLE, ONE, 400, {}),
        (f"{STORE}?graph={G}&graph={G}2", TURTLE, ONE, 400, {}),
        (f"{STORE}?default=x", TURTLE, ONE, 400, {}),
        (f"{STORE}?defaults", TURTLE, ONE, 400, {}),
        (f"{STORE}/person/1.ttl?default", TURTLE, ONE, 400, {}),
        (f"{STORE}?graph={G}", "application/rdf+xml", ONE, 400, {"line": 1, "column": 8}),
        (f"{STORE}?graph={G}", TURTLE, f"{ONE}\n<a> <b", 400, {"line": 2, "column": 5}),
        (f"{STORE}?graph={G}", TURTLE, "<a> <b> <<( <a> <b> <c> )>> .", 400, {}),
        (f"{STORE}?graph={G}", "application/ld+json", '{"@context": "http://h/"}', 400, {}),
        (f"{STORE}?graph={G}", "application/rdf+xml", "<!DOCTYPE x><x/>", 400, {}),
        (f"{STORE}?graph={G}", "application/trig", ONE, 415, {}),
        (f"{STORE}?graph={G}", "application/n-quads", "", 415, {}),
        (f"{STORE}?graph={G}", "", ONE, 415, {}),
        (f"{STORE}?graph={G}", TURTLE, "#" * (13 << 20), 413, {}),
    ],
)
def test_what_is_not_written_says_why(
    writing: WritingService, address: str, kind: str, body: str, status: int, more: dict[str, int]
) -> None:
    answer = send(writing, "PUT", address, body, kind)
    assert answer.status_code == status, answer.text
    problem = answer.json()
    assert {name: problem[name] for name in more} == more
    assert writing.client.get(f"{STORE}?graph={G}").status_code == 404


def test_an_empty_body_is_an_empty_graph(writing: WritingService) -> None:
    send(writing, "PUT", f"{STORE}?graph={G}", ONE)
    assert send(writing, "POST", f"{STORE}?graph={G}", "").status_code == 204
    assert graph(writing.client.get(f"{STORE}?graph={G}")) == canonical(ONE)
    assert send(writing, "PUT", f"{STORE}?graph={G}", "").status_code == 204
    assert writing.client.get(f"{STORE}?graph={G}").status_code == 404


def test_the_same_again_is_no_change(writing: WritingService) -> None:
    first = send(writing, "PUT", f"{STORE}?graph={G}", ONE).headers["werkzaam-version"]
    again = send(writing, "PUT", f"{STORE}?graph={G}", ONE)
    assert (again.status_code, again.headers["werkzaam-version"]) == (204, first)


def test_nobody_overwrites_what_they_have_not_seen(writing: WritingService) -> None:
    address = f"{STORE}?graph={G}"
    assert send(writing, "PUT", address, ONE, **{"If-Match": "*"}).status_code == 412
    assert send(writing, "PUT", address, ONE, **{"If-None-Match": "*"}).status_code == 201
    assert send(writing, "PUT", address, TWO, **{"If-None-Match": "*"}).status_code == 412
    seen = writing.client.get(address).headers["etag"]
    assert writing.client.get(address, headers={"If-None-Match": seen}).status_code == 304
    assert send(writing, "PUT", address, TWO, **{"If-Match": seen}).status_code == 204
    assert send(writing, "PUT", address, ONE, **{"If-Match": seen}).status_code == 412
    assert send(writing, "DELETE", address, **{"If-Match": f'"x", {seen}'}).status_code == 412
    assert graph(writing.client.get(address)) == canonical(TWO)


def test_all_may_read_and_only_an_admin_may_write(writing: WritingService) -> None:
    curator = token(writing.running.folder, "curator")
    for method in ("PUT", "POST", "DELETE"):
        for headers, status in (({}, 401), (curator, 403)):
            answer = writing.client.request(method, f"{STORE}?graph={G}", headers=headers)
            assert answer.status_code == status
    assert writing.client.get(f"{STORE}?default").status_code == 200


def test_writing_is_off_unless_it_is_switched_on(service: Any) -> None:
    for method in ("PUT", "POST", "DELETE"):
        answer = service.client.request(method, f"{STORE}?graph={G}", content=ONE)
        assert answer.status_code == 403
        assert "WERKZAAM_UPDATES=1" in answer.json()["detail"]


def test_any_graph_of_ours_can_be_read_whole(service: Any) -> None:
    ours = "https://w3id.org/mdt-kennisgraaf/graph/ontology"
    answer = service.client.get(STORE, params={"graph": ours})
    assert len(graph(answer)) > 1000
    assert service.client.get(STORE).status_code == 400


def test_a_large_graph_comes_whole_and_piece_by_piece(service: Any) -> None:
    large = "https://w3id.org/mdt-kennisgraaf/graph/knowledge/pilot"
    answer = service.client.get(
        STORE, params={"graph": large}, headers={"Accept": "application/n-triples"}
    )
    assert "content-length" not in answer.headers
    count = f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{large}> {{ ?s ?p ?o }} }}"
    rows = service.client.get("/sparql", params={"query": count}).json()["results"]["bindings"]
    assert len(answer.text.splitlines()) == int(rows[0]["n"]["value"])


def test_other_methods_are_told_what_may_be_done(writing: WritingService) -> None:
    for address in (f"{STORE}?graph={G}", f"{STORE}/person/1.ttl"):
        patch = send(writing, "PATCH", address, "")
        assert patch.status_code == 405
        options = writing.client.options(address)
        assert options.status_code == 204
        for answer in (patch, options):
            assert {"GET", "HEAD", "PUT", "POST", "DELETE"} <= set(
                answer.headers["allow"].split(", ")
            )


@pytest.mark.parametrize("method", ["PUT", "POST"])
def test_our_graphs_meet_the_shapes_here_too(writing: WritingService, method: str) -> None:
    base = "https://w3id.org/mdt-kennisgraaf/"
    body = f"<{base}id/goal/x> a <{base}def/Goal> ."
    answer = send(writing, method, f"{STORE}?default", body)
    assert answer.status_code == 400
    assert answer.json()["report"]["conforms"] is False
    assert send(writing, method, f"{STORE}?graph={G}", body).status_code == 201


@pytest.mark.parametrize("name", ["inferred", "provenance", "records"])
def test_what_is_submitted_or_derived_is_not_edited(writing: WritingService, name: str) -> None:
    address = f"{STORE}?graph=https://w3id.org/mdt-kennisgraaf/graph/{name}"
    answer = send(writing, "PUT", address, ONE)
    assert answer.status_code in (400, 409)
    assert f"graph/{name}" in answer.json()["detail"]
