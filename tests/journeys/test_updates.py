"""SPARQL Update over HTTP: each row of the protocol, who may, and what is refused."""

import json
import threading
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from tests.journeys.writing import WritingService, token

FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-update"
G = "http://example.org/protocol-update"
ADD = f"INSERT DATA {{ GRAPH <{G}/1> {{ <urn:s> <urn:p> <urn:o> }} }}"
THERE = f"ASK {{ GRAPH <{G}/1> {{ <urn:s> <urn:p> <urn:o> }} }}"
MDT = "PREFIX mdt: <https://w3id.org/mdt-kennisgraaf/def/>"


@pytest.fixture(autouse=True)
def nothing_is_left(request: pytest.FixtureRequest) -> Iterator[None]:
    """Take away what a test wrote into the shared service."""
    yield
    if "writing" in request.fixturenames:
        service: WritingService = request.getfixturevalue("writing")
        graphs = [f"DROP SILENT GRAPH <{G}/{name}>" for name in ("1", "2", "3", "out")]
        assert service.update(" ; ".join(["CLEAR DEFAULT", *graphs])).status_code == 204


def test_update_by_a_form(writing: WritingService) -> None:
    answer = writing.client.post("/sparql", data={"update": ADD}, headers=writing.admin)
    assert (answer.status_code, answer.content) == (204, b"")
    assert int(answer.headers["werkzaam-version"]) > 1
    assert writing.ask(THERE)


def test_update_directly(writing: WritingService) -> None:
    assert writing.update(ADD).status_code == 204
    assert writing.ask(THERE)


def test_an_update_that_changes_nothing_is_no_change(writing: WritingService) -> None:
    first = writing.update(ADD).headers["werkzaam-version"]
    assert writing.update(ADD).headers["werkzaam-version"] == first
    assert writing.update("CREATE GRAPH <urn:new>").headers["werkzaam-version"] == first


def test_relative_iris_are_resolved_against_the_endpoint(writing: WritingService) -> None:
    assert writing.update(f"INSERT DATA {{ GRAPH <{G}/1> {{ <#s> <p> 1 }} }}").status_code == 204
    base = str(writing.client.base_url)
    assert writing.ask(f"ASK {{ GRAPH <{G}/1> {{ <{base}sparql#s> <{base}p> 1 }} }}")


SETUP = (
    f"INSERT DATA {{ GRAPH <{G}/1> {{ <urn:a> a <urn:Doc> }} GRAPH <{G}/2> {{ <urn:b> a <urn:Doc> }} "
    f"GRAPH <{G}/3> {{ <urn:c> a <urn:Doc> }} }}"
)


@pytest.mark.parametrize("direct", [True, False])
@pytest.mark.parametrize(
    ("pattern", "dataset", "expected"),
    [
        ("?s a <urn:Doc>", [("using-graph-uri", f"{G}/1")], "a"),
        ("?s a <urn:Doc>", [("using-graph-uri", f"{G}/1"), ("using-graph-uri", f"{G}/2")], "ab"),
        (
            "GRAPH ?g { ?s a <urn:Doc> }",
            [("using-named-graph-uri", f"{G}/2"), ("using-named-graph-uri", f"{G}/3")],
            "bc",
        ),
        (
            "{ ?s a <urn:Doc> } UNION { GRAPH ?g { ?s a <urn:Doc> } }",
            [("using-graph-uri", f"{G}/1"), ("using-named-graph-uri", f"{G}/3")],
            "ac",
        ),
        ("?s a <urn:Doc>", [("using-named-graph-uri", f"{G}/1")], ""),
    ],
)
def test_the_dataset_of_the_protocol(
    writing: WritingService,
    direct: bool,
    pattern: str,
    dataset: list[tuple[str, str]],
    expected: str,
) -> None:
    assert writing.update(SETUP).status_code == 204
    update = f"INSERT {{ GRAPH <{G}/out> {{ ?s <urn:seen> 1 }} }} WHERE {{ {pattern} }}"
    if direct:
        answer = writing.client.post(
            "/sparql?" + urlencode(dataset),
            content=update,
            headers={**writing.admin, "Content-Type": DIRECT},
        )
    else:
        body = urlencode([*dataset, ("update", update)])
        headers = {**writing.admin, "Content-Type": FORM}
        answer = writing.client.post("/sparql", content=body, headers=headers)
    assert answer.status_code == 204, answer.text
    for name in "abc":
        seen = f"ASK {{ GRAPH <{G}/out> {{ <urn:{name}> <urn:seen> 1 }} }}"
        assert writing.ask(seen) is (name in expected)


@pytest.mark.parametrize(
    "update",
    [
        f"INSERT {{ ?s ?p 1 }} USING <{G}/1> WHERE {{ ?s ?p ?o }}",
        f"INSERT {{ ?s ?p 1 }} USING NAMED <{G}/1> WHERE {{ ?s ?p ?o }}",
        f"WITH <{G}/1> INSERT {{ ?s ?p 1 }} WHERE {{ ?s ?p ?o }}",
    ],
)
@pytest.mark.parametrize("parameter", ["using-graph-uri", "using-named-graph-uri"])
def test_two_datasets_are_one_too_many(
    writing: WritingService, update: str, parameter: str
) -> None:
    answer = writing.update(update, **{parameter: f"{G}/2"})
    assert answer.status_code == 400
    assert "WITH or USING" in answer.json()["detail"] or "WITH of USING" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("method", "path", "body", "kind", "status"),
    [
        ("GET", "/sparql?update=CLEAR+DEFAULT", "", "", 405),
        ("PUT", "/sparql", ADD, DIRECT, 405),
        ("POST", "/sparql?update=CLEAR+DEFAULT", "", FORM, 400),
        ("POST", "/sparql", "update=CLEAR+DEFAULT&update=CLEAR+DEFAULT", FORM, 400),
        ("POST", "/sparql", "update=CLEAR+DEFAULT&query=ASK{}", FORM, 400),
        ("POST", "/sparql", "update=CLEAR+DEFAULT", "text/plain", 415),
        ("POST", "/sparql", "update=CLEAR+DEFAULT", "", 415),
        ("POST", "/sparql", ADD, "application/sparql-query", 400),
        ("POST", "/sparql", ADD, f"{DIRECT}; charset=utf-16", 415),
        ("POST", "/sparql", "CLEAR FRESH", DIRECT, 400),
        ("POST", "/sparql", "SELECT * {}", DIRECT, 400),
        ("POST", "/sparql", "LOAD <http://127.0.0.1:9/x>", DIRECT, 400),
        ("POST", "/sparql", "INSERT {} WHERE { SERVICE <http://127.0.0.1:9/> {} }", DIRECT, 400),
        ("POST", "/sparql", "MOVE <urn:none> TO <urn:other>", DIRECT, 400),
        ("POST", "/sparql?using-graph-uri=x", "CLEAR DEFAULT", DIRECT, 400),
    ],
)
def test_what_is_no_update_by_the_protocol(
    writing: WritingService, method: str, path: str, body: str, kind: str, status: int
) -> None:
    headers = {**writing.admin, **({"Content-Type": kind} if kind else {})}
    answer = writing.client.request(method, path, content=body, headers=headers)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_body_that_is_not_utf8_is_refused(writing: WritingService) -> None:
    headers = {**writing.admin, "Content-Type": DIRECT}
    answer = writing.client.post("/sparql", content=ADD.encode("utf-16"), headers=headers)
    assert answer.status_code == 400


def test_a_fault_has_line_and_column(writing: WritingService) -> None:
    answer = writing.update("PREFIX a: <urn:>\nINSERT DATA {\n a:s a:p }")
    assert answer.status_code == 400
    assert (answer.json()["line"], answer.json()["column"]) == (3, 10)


def test_only_an_admin_may(writing: WritingService) -> None:
    for headers, status in (
        ({}, 401),
        ({"Authorization": "Bearer wz_nonsense"}, 401),
        (token(writing.running.folder, "curator"), 403),
    ):
        answer = writing.client.post("/sparql", data={"update": ADD}, headers=headers)
        assert answer.status_code == status
        assert ("www-authenticate" in answer.headers) is (status == 401)
    assert not writing.ask(THERE)


def test_updates_are_off_unless_they_are_switched_on(service: Any) -> None:
    answer = service.client.post("/sparql", data={"update": ADD})
    assert answer.status_code == 403
    assert "WERKZAAM_UPDATES=1" in answer.json()["detail"]


def test_all_operations_or_none(writing: WritingService) -> None:
    assert writing.update(f"{ADD} ; MOVE <urn:none> TO <urn:other>").status_code == 400
    assert writing.update(f"{ADD} ; INSERT DATA {{ oops").status_code == 400
    assert not writing.ask(THERE)


def test_what_names_no_graph_is_seen_by_queries_at_once(writing: WritingService) -> None:
    assert writing.update("INSERT DATA { <urn:s> <urn:p> <urn:o> }").status_code == 204
    assert writing.ask("ASK { <urn:s> <urn:p> <urn:o> }")
    written = "https://w3id.org/mdt-kennisgraaf/graph/default"
    assert writing.ask(f"ASK {{ GRAPH <{written}> {{ <urn:s> <urn:p> <urn:o> }} }}")
    assert writing.update("DELETE WHERE { <urn:s> ?p ?o }").status_code == 204
    assert not writing.ask("ASK { <urn:s> ?p ?o }")


def test_graphs_of_others_stay_out_of_the_default_graph(writing: WritingService) -> None:
    assert writing.update(ADD).status_code == 204
    assert not writing.ask("ASK { <urn:s> <urn:p> <urn:o> }")
    assert writing.ask("ASK { <urn:s> <urn:p> <urn:o> }", **{"default-graph-uri": f"{G}/1"})


@pytest.mark.parametrize("graph", ["records", "inferred", "provenance", "dataset"])
def test_what_is_submitted_or_derived_is_not_written(writing: WritingService, graph: str) -> None:
    iri = f"https://w3id.org/mdt-kennisgraaf/graph/{graph}"
    answer = writing.update(f"INSERT DATA {{ GRAPH <{iri}> {{ <urn:s> <urn:p> <urn:o> }} }}")
    assert answer.status_code in (400, 409)
    assert iri in answer.json()["detail"]
    assert not writing.ask("ASK { <urn:s> <urn:p> <urn:o> }")


def test_blank_nodes_can_be_taken_away_again(writing: WritingService) -> None:
    assert (
        writing.update(f"INSERT DATA {{ GRAPH <{G}/1> {{ _:x <urn:p> [] }} }}").status_code == 204
    )
    assert writing.ask(f"ASK {{ GRAPH <{G}/1> {{ ?x <urn:p> ?y FILTER(isBlank(?y)) }} }}")
    gone = f"DELETE {{ GRAPH <{G}/1> {{ ?x ?p ?y }} }} WHERE {{ GRAPH <{G}/1> {{ ?x ?p ?y }} }}"
    assert writing.update(gone).status_code == 204
    assert not writing.ask(f"ASK {{ GRAPH <{G}/1> {{ ?x ?p ?y }} }}")


def test_a_violated_shape_refuses_the_change_with_the_report(writing: WritingService) -> None:
    update = (
        f"{MDT} INSERT DATA {{ <https://w3id.org/mdt-kennisgraaf/id/project/x> a mdt:Project }}"
    )
    answer = writing.update(update)
    assert answer.status_code == 400
    report = answer.json()["report"]
    assert (report["conforms"], report["validated"]) == (False, True)
    assert "project-title" in {finding["constraint"] for finding in report["findings"]}
    assert report["counts"]["violation"] > 0
    assert not writing.ask(f"{MDT} ASK {{ ?s a mdt:Project }}")


def test_graphs_of_others_may_say_what_they_like(writing: WritingService) -> None:
    thing = "<https://w3id.org/mdt-kennisgraaf/id/project/x>"
    update = f"{MDT} INSERT DATA {{ GRAPH <{G}/1> {{ {thing} a mdt:Project }} }}"
    assert writing.update(update).status_code == 204


def test_a_change_that_meets_the_shapes_is_carried_out(writing: WritingService) -> None:
    skos = "PREFIX skos: <http://www.w3.org/2004/02/skos/core#>"
    scheme = "SELECT ?e { ?e a skos:ConceptScheme } ORDER BY ?e LIMIT 1"
    update = f"{skos} INSERT {{ ?e skos:editorialNote 'nagekeken'@nl }} WHERE {{ {scheme} }}"
    answer = writing.update(update)
    assert answer.status_code == 204, answer.text
    assert writing.ask(
        f"{skos} ASK {{ ?e a skos:ConceptScheme ; skos:editorialNote 'nagekeken'@nl }}"
    )


def test_updates_at_the_same_time_lose_nothing(writing: WritingService) -> None:
    text = f"INSERT DATA {{ GRAPH <{G}/1> {{ <urn:s> <urn:p> %d }} }}"
    statuses: list[int] = []
    threads = [
        threading.Thread(target=lambda n=n: statuses.append(writing.update(text % n).status_code))
        for n in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses == [204] * 6
    count = f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{G}/1> {{ <urn:s> <urn:p> ?o }} }}"
    answer = writing.client.get("/sparql", params={"query": count})
    assert json.loads(answer.text)["results"]["bindings"][0]["n"]["value"] == "6"


def test_an_update_is_a_change_of_the_journal_and_outlives_a_restart(
    start_service: Callable[..., Any], werkzaam: Callable[..., Any]
) -> None:
    running = start_service(WERKZAAM_UPDATES="1")
    writing = WritingService(running, token(running.folder, "admin"))
    number = writing.update(ADD).headers["werkzaam-version"]
    log = werkzaam("journal", "log", WERKZAAM_DATA_DIR=str(running.folder)).out.decode()
    assert any(number in line and "update" in line for line in log.splitlines())
    assert running.stop() == 0
    again = start_service()
    assert WritingService(again, {}).ask(THERE)
    assert again.client.post("/sparql", data={"update": ADD}).status_code == 403


def test_a_slow_update_is_stopped_at_its_deadline(writing: WritingService) -> None:
    cross = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(?a = ?l && ?c = ?d && ?f = ?i)"
    answer = writing.update(
        f"INSERT {{ GRAPH <{G}/1> {{ <urn:s> <urn:p> ?n }} }} WHERE {{ "
        f"SELECT (COUNT(*) AS ?n) {{ {cross} }} }}",
        timeout=0.5,
    )
    assert answer.status_code == 504
    assert not writing.ask(f"ASK {{ GRAPH <{G}/1> {{ ?s ?p ?o }} }}")
